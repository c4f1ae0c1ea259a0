"""The clocks of people: what is stored of exposures and stays, given to the pure rule."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from msgspec import Struct, field
from sqlalchemy import select

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import N_
from admin_suite.db import bulk
from admin_suite.db.dated import Dated, RuleBook
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.quarantine.codes import CaseState, Kind, Setting
from modules.quarantine.models import Case, Claim, Episode, HomeStay
from modules.quarantine.rules.clock import Clock, Policy, Positive, Quarantined, Span, clock, why
from modules.quarantine.rules.rounds import Thresholds

POLICY = RuleBook("quarantine.policy", N_("Length of quarantine"), Policy)
THRESHOLDS = RuleBook("quarantine.thresholds", N_("Health alerts"), Thresholds)
NOON = time(12)


class Facts(Struct, frozen=True):
    """All that a clock is computed from, of some people and whoever shared a room with them."""

    people: Mapping[int, Quarantined]
    spans: Sequence[Span]
    positives: Sequence[Positive]
    versions: Sequence[Dated[Policy]]
    names: Mapping[int, str] = field(default_factory=dict)


class Moved(Struct, frozen=True):
    """Whose end moves from which day to which, with the sentence why."""

    episode_id: int
    name: str
    old: date
    new: date
    why: str


def facts(work: Work, episodes: Sequence[int]) -> Facts:
    """What is known of these people: where they stayed, and everybody positive beside them."""
    query = select(
        Episode.id,
        Episode.person_id,
        Episode.grouping,
        Episode.arrived,
        Episode.last_contact,
        Episode.doses,
        Person.name,
    ).join(Person, Person.id == Episode.person_id)
    people: dict[int, Quarantined] = {}
    names: dict[int, str] = {}
    for part in bulk.chunks(episodes):
        for row in work.session.execute(query.where(Episode.id.in_(part))):
            people[row[0]] = Quarantined(*row[1:6])
            names[row[0]] = row[6]
    work.saw(Person.__tablename__, sorted(one.person for one in people.values()))
    positives = _positives(work)
    everybody = {one.person for one in people.values()} | {case.person for case in positives}
    spans = _spans(work, sorted(everybody))
    return Facts(people, spans, positives, POLICY.versions(work), names)


def clocks(
    work: Work, episodes: Sequence[int], besides: Sequence[Positive] = ()
) -> dict[int, Clock]:
    """The clock of each of these people now; ``besides`` are positives that are only proposed."""
    return clocks_of(facts(work, episodes), work.now(), besides) if episodes else {}


def clocks_of(
    known: Facts,
    now: datetime,
    besides: Sequence[Positive] = (),
    versions: Sequence[Dated[Policy]] | None = None,
) -> dict[int, Clock]:
    """The clocks that follow from facts, each person's own stays beside the positives'.

    A positive matters to whoever was in one of his rooms, so nobody is compared with all of them.
    """
    rules = known.versions if versions is None else versions
    cases = [*known.positives, *besides]
    by_person: dict[int, list[Span]] = {}
    for span in known.spans:
        by_person.setdefault(span.person, []).append(span)
    visited: dict[tuple[int, Setting], dict[int, list[Span]]] = {}
    for at, case in enumerate(cases):
        for span in by_person.get(case.person, ()):
            visited.setdefault((span.room, span.setting), {}).setdefault(at, []).append(span)
    found = {}
    for key, who in known.people.items():
        own = by_person.get(who.person, [])
        there = [visited.get(place, {}) for place in {(one.room, one.setting) for one in own}]
        shared = [span for met in there for spans in met.values() for span in spans]
        near = [cases[at] for at in sorted(set().union(*there))]
        made = clock(who, rules, [*own, *shared], near, now)
        if made is not None:
            found[key] = made
    return found


def explained(work: Work, episode_id: int) -> str:
    """The answer to "why 26/7?" of one person."""
    found = clocks(work, [episode_id]).get(episode_id)
    return why(found) if found is not None else ""


def impact(work: Work, policy: Policy, day: date, source: str) -> list[Moved]:
    """Whose end a policy would move if it were adopted, before it is."""
    in_beds = select(Claim.episode_id).where(Claim.kind == Kind.STAY, Claim.ends_at.is_(None))
    at_home = select(HomeStay.episode_id).where(HomeStay.ends_at.is_(None))
    open_ones = select(Episode.id).where(Episode.ended_at.is_(None))
    somewhere = Episode.id.in_(in_beds) | Episode.id.in_(at_home)
    keys = list(work.session.scalars(open_ones.where(somewhere)))
    known = facts(work, keys)
    before = clocks_of(known, work.now())
    versions = [*known.versions, Dated(0, day, source, policy)]
    return moved(known, before, clocks_of(known, work.now(), versions=versions))


def moved(known: Facts, before: Mapping[int, Clock], after: Mapping[int, Clock]) -> list[Moved]:
    """The people whose end is another day in the second picture, the earliest first."""
    found = [
        Moved(key, known.names[key], before[key].ends_on, new.ends_on, why(new))
        for key, new in after.items()
        if key in before and before[key].ends_on != new.ends_on
    ]
    return sorted(found, key=lambda one: (one.new, one.name))


def moment_of(told: str) -> datetime:
    """A FHIR day or moment of the unit; a day alone counts from noon."""
    if len(told) <= len("2021-08-12"):
        return datetime.combine(date.fromisoformat(told), NOON, ZONE)
    return datetime.fromisoformat(told).replace(tzinfo=ZONE)


def _positives(work: Work) -> list[Positive]:
    query = select(Case.id, Case.person_id, Case.sampled_at, Case.removed_at).where(
        Case.state == CaseState.CONFIRMED
    )
    return [
        Positive(row[0], row[1], moment_of(row[2]), row[3]) for row in work.session.execute(query)
    ]


def _spans(work: Work, people: Sequence[int]) -> list[Span]:
    """Where these people were: in which rooms, and at home in which households."""
    rooms = select(Claim.person_id, Claim.room_id, Claim.starts_at, Claim.ends_at)
    rooms = rooms.where(Claim.kind == Kind.STAY)
    homes = select(HomeStay.person_id, HomeStay.household_id, HomeStay.starts_at, HomeStay.ends_at)
    found = []
    for part in bulk.chunks(people):
        for row in work.session.execute(rooms.where(Claim.person_id.in_(part))):
            if row[0] is not None:
                found.append(Span(row[0], row[1], row[2], row[3]))
        for row in work.session.execute(homes.where(HomeStay.person_id.in_(part))):
            found.append(Span(row[0], row[1], row[2], row[3], Setting.HOME))
    return found
