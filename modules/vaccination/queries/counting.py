"""The numbers of the reports: a day's work by session, groups, communes and ages."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, func, select

from admin_suite.core.clock import here
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.module import Period
from admin_suite.registry.models import Person
from modules.vaccination.codes import Common, Consent, Move, SessionState, Turn, Verdict
from modules.vaccination.models import (
    Dose,
    Event,
    Lot,
    Reaction,
    Registration,
    Session,
    StockMove,
    Vial,
    Visit,
)
from modules.vaccination.queries.doses import facts, judged
from modules.vaccination.queries.regimen import regimen

BOUNDS = (12, 18, 30, 50, 65)  # ages between which coverage is told
UNCOUNTED = (Verdict.DUPLICATE, Verdict.IMPOSSIBLE_DATE)
YEAR = 4
FIRST, SECOND = 1, 2
UNSETTLED = (Turn.ARRIVED, Turn.SCREENED)
SPOILT = (Move.EXPIRE, Move.BREAK, Move.COLD_CHAIN)  # thrown away unopened


class SessionCount(Struct):
    """The line of one session in the daily report (Appendix 5 of Decision 3588/QĐ-BYT).

    Whoever came was sent to hospital, refused, postponed, must not be vaccinated, was vaccinated,
    or is ``unsettled``; who refused by telephone (``called_off``) did not come. ``used`` are the
    doses of all vials that were opened: those given and those thrown away.
    """

    place: str
    held_on: date
    round: str
    product: str
    came: int = 0
    hospital: int = 0
    refused: int = 0
    deferred: int = 0
    contraindicated: int = 0
    doses: Counter[int] = field(default_factory=Counter)
    used: int = 0
    wasted: int = 0
    reactions: Counter[Common] = field(default_factory=Counter)
    cases: int = 0
    severe: int = 0
    outside: int = 0
    unsettled: int = 0
    called_off: int = 0


class Spoilt(Struct):
    """Doses of one vaccine that were thrown away unopened on one day: of which lot, and why."""

    day: date
    product: str
    parts: Counter[tuple[str, Move]] = field(default_factory=Counter)


def spoilt(work: Work, period: Period) -> list[Spoilt]:
    """What expired, broke or grew warm in the store in some days, by day and vaccine."""
    query = select(StockMove.at, Lot.product, Lot.lot, StockMove.kind, StockMove.doses)
    query = query.join(Lot, Lot.id == StockMove.lot_id).where(StockMove.kind.in_(SPOILT))
    query = query.where(StockMove.at >= period.start, StockMove.at < period.end)
    found: dict[tuple[date, str], Spoilt] = {}
    for at, product, lot, kind, doses in work.session.execute(query.order_by(StockMove.id)):
        day = here(at).date()
        one = found.setdefault((day, product), Spoilt(day, product))
        one.parts[lot, kind] -= doses
    for one in found.values():
        one.parts = +one.parts  # what was taken back was not thrown away
    return [found[key] for key in sorted(found) if found[key].parts]


def by_session(work: Work, period: Period) -> list[SessionCount]:
    """What each session of some days led to."""
    found = _sessions(work, period)
    _count_visits(work, found)
    _count_doses(work, found)
    _count_vials(work, found)
    _count_reactions(work, found)
    return list(found.values())


def reactions(work: Work, period: Period) -> tuple[int, int]:
    """What followed the injections of some days: people with usual reactions, severe ones."""
    found = _sessions(work, period)
    _count_reactions(work, found)
    return sum(one.cases for one in found.values()), sum(one.severe for one in found.values())


def _sessions(work: Work, period: Period) -> dict[int, SessionCount]:
    """The sessions of some days, nothing of them counted yet."""
    first, last = here(period.start).date(), here(period.end).date()
    query = select(Session).where(*_held(first, last))
    return {
        one.id: SessionCount(one.place, one.held_on, one.round, one.product)
        for one in work.session.scalars(query.order_by(Session.held_on, Session.place, Session.id))
    }


def _held(first: date, last: date) -> Sequence[ColumnElement[bool]]:
    """The sessions of some days, without those that were cancelled."""
    not_cancelled = Session.state != SessionState.CANCELLED
    return Session.held_on >= first, Session.held_on < last, not_cancelled


def _count_visits(work: Work, found: Mapping[int, SessionCount]) -> None:
    query = select(Visit.session_id, Visit.turn, Visit.consent, Visit.arrived_at, Visit.outside)
    for key, turn, consent, arrived, outside in work.session.execute(_of(query, found)):
        one = found[key]
        one.came += arrived is not None
        one.outside += bool(outside)
        one.hospital += turn is Turn.HOSPITAL
        one.refused += consent in (Consent.REFUSED, Consent.WITHDRAWN) and turn is Turn.REFUSED
        one.called_off += turn is Turn.REFUSED and arrived is None
        one.unsettled += turn in UNSETTLED
        one.deferred += turn is Turn.DEFERRED
        one.contraindicated += turn is Turn.CONTRAINDICATED


def _of(query: Any, found: Mapping[int, SessionCount]) -> Any:
    return query.where(Visit.session_id.in_(found))


def _count_doses(work: Work, found: Mapping[int, SessionCount]) -> None:
    query = select(Dose.id, Dose.session_id, Dose.person_id, Person.dob)
    query = query.join(Person, Person.id == Dose.person_id).where(Dose.session_id.in_(found))
    rows = work.session.execute(query).all()
    numbers = _numbers(work, {row[2]: row[3] for row in rows})
    for dose, key, _person, _dob in rows:
        if key is not None:
            found[key].doses[numbers.get(dose) or 0] += 1


def _numbers(work: Work, people: Mapping[int, str]) -> dict[int, int | None]:
    rules, day = regimen(work), work.today()
    return {
        line.id: line.number
        for person, rows in facts(work, list(people)).items()
        for line in judged(rows, people[person], day, rules)
    }


def _count_vials(work: Work, found: Mapping[int, SessionCount]) -> None:
    query = select(Vial.session_id, func.sum(Vial.doses), func.sum(Vial.wasted))
    query = query.where(Vial.session_id.in_(found)).group_by(Vial.session_id)
    for key, used, wasted in work.session.execute(query):
        found[key].used, found[key].wasted = used or 0, wasted or 0


def _count_reactions(work: Work, found: Mapping[int, SessionCount]) -> None:
    query = select(Dose.session_id, Reaction.kind, Dose.id).join(Dose, Dose.id == Reaction.dose_id)
    cases: dict[int, set[int]] = {}
    for key, kind, dose in work.session.execute(query.where(Dose.session_id.in_(found))):
        if key is not None:
            found[key].reactions[kind] += 1
            cases.setdefault(key, set()).add(dose)
    for key, doses in cases.items():
        found[key].cases = len(doses)
    severe = select(Dose.session_id, func.count()).join(Event, Event.dose_id == Dose.id)
    severe = severe.where(Dose.session_id.in_(found)).group_by(Dose.session_id)
    for key, n in work.session.execute(severe):
        if key is not None:
            found[key].severe = n


class Coverage(Struct):
    """How many are registered, how many have a dose, how many the whole schedule."""

    registered: int = 0
    one: int = 0
    complete: int = 0
    extra: int = 0

    @property
    def share(self) -> float:
        """Hundredths of the registered who have at least one dose."""
        return 100 * self.one / self.registered if self.registered else 0.0

    @property
    def whole(self) -> float:
        """Hundredths of the registered whose schedule is complete."""
        return 100 * self.complete / self.registered if self.registered else 0.0


def anybody(work: Work) -> bool:
    """Whether somebody is registered for vaccination."""
    return work.session.scalar(select(Registration.id).limit(1)) is not None


def coverage(work: Work, by: str, until: date) -> dict[str, Coverage]:
    """Registered people and their doses by ``commune``, ``age`` or ``group``, up to a day."""
    rules, day = regimen(work), work.today()
    doses = facts(work)
    found: dict[str, Coverage] = {}
    for person, dob, key, _registered in _people(work, by, until):
        one = found.setdefault(key, Coverage())
        one.registered += 1
        known = [row for row in doses.get(person, ()) if row[2] <= until]
        good = [one for one in judged(known, dob, day, rules) if one.verdict not in UNCOUNTED]
        numbers = [one.number or 0 for one in good]
        basic = next((one.product for one in good if one.product), "")
        whole = rules.doses(basic, until)  # the schedule is that of the first product
        one.one += bool(numbers)
        one.complete += max(numbers, default=0) >= whole
        one.extra += max(numbers, default=0) > whole
    return found


def age_group(dob: str, day: date) -> str:
    """Between which ages somebody is, by the year of birth; empty where it is not known."""
    if not dob:
        return ""
    age = day.year - int(dob[:YEAR])
    low = max((bound for bound in BOUNDS if bound <= age), default=0)
    high = min((bound for bound in BOUNDS if bound > age), default=None)
    return f"{low}-{high - 1}" if high else f"{low}+"


def round_by(work: Work, period: Period, by: str) -> dict[str, Sequence[int]]:
    """End of a round (Appendix 6) by ``group``, ``unit`` (where people work) or ``commune``.

    Registered, vaccinated before, invited or come now, vaccinated now, of those first, second and
    further doses, vaccinated elsewhere in these days. Vaccinated now is who was so in a session of
    these days; whoever came without being registered counts in all but the first.
    """
    first, last = here(period.start).date(), here(period.end).date()
    invited = select(Visit.person_id).join(Session, Session.id == Visit.session_id)
    invited = invited.where(*_held(first, last))
    here_now = set(work.session.scalars(select(Session.id).where(*_held(first, last))))
    on_list = set(work.session.scalars(invited))
    rules, day, doses = regimen(work), work.today(), facts(work)
    found: dict[str, list[int]] = {}
    for person, born, key, registered in _people(work, by, last, on_list):
        numbers = found.setdefault(key, [0] * 8)
        lines = judged(doses.get(person, ()), born, day, rules)
        good = [line for line in lines if line.verdict not in UNCOUNTED]
        now = [line.number for line in good if line.session_id in here_now]
        told: Sequence[int | bool] = (
            registered,
            any(line.on < first for line in good),
            person in on_list or bool(now),
            bool(now),
            FIRST in now,
            SECOND in now,
            any((number or 0) > SECOND for number in now),
            any(first <= line.on < last and line.session_id not in here_now for line in good),
        )
        for at, one in enumerate(told):
            numbers[at] += one
    return dict(found)


def _people(
    work: Work, by: str, until: date, besides: Collection[int] = ()
) -> list[tuple[int, str, str, bool]]:
    """Everybody who is registered, and some ``besides``: birth, what is counted by, registered."""
    about = (Person.id, Person.dob, Person.commune_code, Person.workplace)
    group, registered = func.min(Registration.priority_group), func.count(Registration.id) > 0
    query = select(*about, group, registered)
    query = query.outerjoin(Registration, Registration.person_id == Person.id)
    query = query.where(Registration.id.is_not(None) | bulk.among(work, Person.id, besides))
    keys: dict[str, Callable[[Any], str]] = {
        "group": lambda row: str(row[4] or ""),
        "unit": lambda row: row[3],
        "commune": lambda row: row[2],
        "age": lambda row: age_group(row[1], until),
    }
    rows = work.session.execute(query.group_by(*about))
    return [(row[0], row[1], keys[by](row), bool(row[5])) for row in rows]
