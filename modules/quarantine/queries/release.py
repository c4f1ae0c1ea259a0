"""Who goes home on a day, and what is missing before he may."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, field
from sqlalchemy import or_, select

from admin_suite.db.work import Work
from admin_suite.registry.names import fold
from modules.lab.api import Outcome
from modules.quarantine.codes import CaseState, Document, Errand, Kind, Lack
from modules.quarantine.models import Case, Claim, Issue, Observation, Room, Task
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import FacilityRow, chosen_of, covering
from modules.quarantine.queries.clocks import THRESHOLDS, clocks
from modules.quarantine.queries.roster import departed
from modules.quarantine.queries.swabs import Swab, swabs
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.gate import Standing, lacking


class Leaver(Struct, frozen=True):
    """Somebody in a bed whose quarantine ends, with everything that keeps him here."""

    id: int
    who: ArrivalRow
    clock: Clock
    lacks: Sequence[Lack]
    batch: int
    number: str
    tested_on: date | None

    @property
    def ready(self) -> bool:
        """Whether the gate is open."""
        return not self.lacks

    @property
    def certifiable(self) -> bool:
        """Whether the certificate can be made: nothing but the clock is missing."""
        return all(one is Lack.CLOCK for one in self.lacks)


class Leavers(Struct, frozen=True):
    """The people of a facility whose last day is at most ``day``, in walking order."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    day: date
    rows: Sequence[Leaver]


class Known(Struct, frozen=True):
    """What the gate asks beside the clock, of many people at once."""

    swabs: dict[int, list[Swab]]
    unwell: dict[int, datetime]
    alerts: set[int]
    undecided: set[int]
    papers: dict[int, tuple[int, str]] = field(default_factory=dict)


def leavers(work: Work, facility_id: int = 0, ahead: int = 1) -> Leavers:
    """Who goes home until so many days ``ahead``, and what is missing of each."""
    there, chosen = chosen_of(work, facility_id)
    day = work.today() + timedelta(days=ahead)
    if not chosen:
        return Leavers(there, 0, day, ())
    keys = staying(work, chosen)
    found = clocks(work, keys)
    going = [key for key in keys if key in found and found[key].ends_on <= day]
    return Leavers(there, chosen, day, gate(work, going))


def staying(work: Work, facility_id: int | None = None) -> list[int]:
    """The quarantines of everybody in a bed, of one facility if named, in walking order."""
    query = (
        select(Claim.episode_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Claim.kind == Kind.STAY, covering(work.now()))
        .order_by(Room.building, Room.floor, Room.name, Claim.bed_id)
    )
    if facility_id is not None:
        query = query.where(Room.facility_id == facility_id)
    return [key for key in work.session.scalars(query) if key is not None]


def handovers(
    work: Work, facility_id: int, day: date, commune: str = ""
) -> dict[str, list[Leaver]]:
    """Who goes home on a day, commune by commune: who has left, and today also who may leave."""
    rows = gate(work, [who.id for who in departed(work, facility_id, day)])
    if day == work.today():
        rows += [one for one in leavers(work, facility_id, 0).rows if one.ready]
    found: dict[str, list[Leaver]] = {}
    for one in sorted(rows, key=lambda one: fold(one.who.commune)):
        if not commune or one.who.commune == commune:
            found.setdefault(one.who.commune, []).append(one)
    return found


def gate(work: Work, episodes: Sequence[int]) -> list[Leaver]:
    """What keeps each of these people here, in the order asked for."""
    people = arrivals_of(work, episodes)
    found, known, now = clocks(work, episodes), _known(work, people), work.now()
    rows = []
    for who in people:
        if who.id not in found:
            continue
        standing = _standing(who, known)
        lacks = lacking(standing, found[who.id], now)
        paper = known.papers.get(who.id, (0, ""))
        tested = standing.negative_on
        rows.append(Leaver(who.id, who, found[who.id], lacks, *paper, tested))
    return rows


def _standing(who: ArrivalRow, known: Known) -> Standing:
    told = known.swabs.get(who.person_id, ())
    here = [one for one in told if one.taken_on.isoformat() >= who.arrived]
    negative = [one.taken_on for one in here if one.outcome is Outcome.NEGATIVE]
    return Standing(
        group=who.group,
        commune_code=who.commune_code,
        phone=who.phone,
        negative_on=max(negative, default=None),
        pending=any(one.pending for one in here),
        unwell_at=known.unwell.get(who.id),
        alert=who.id in known.alerts,
        undecided=who.person_id in known.undecided,
    )


def _known(work: Work, people: Sequence[ArrivalRow]) -> Known:
    keys = [who.id for who in people]
    limits = THRESHOLDS.at(work, work.today()).value
    ill = select(Observation.episode_id, Observation.at).where(
        Observation.episode_id.in_(keys),
        or_(Observation.temperature >= limits.warm, Observation.symptoms != ""),
    )
    unwell = {row[0]: row[1] for row in work.session.execute(ill.order_by(Observation.at))}
    open_alerts = select(Task.episode_id).where(
        Task.episode_id.in_(keys), Task.errand == Errand.ALERT, Task.done_at.is_(None)
    )
    cases = select(Case.person_id).where(Case.state == CaseState.PROPOSED)
    papers = select(Issue.episode_id, Issue.batch, Issue.number).where(
        Issue.episode_id.in_(keys), Issue.kind == Document.COMPLETION
    )
    return Known(
        swabs(work, [who.person_id for who in people]),
        unwell,
        set(work.session.scalars(open_alerts)),
        set(work.session.scalars(cases)),
        {row[0]: (row[1], row[2]) for row in work.session.execute(papers.order_by(Issue.id))},
    )
