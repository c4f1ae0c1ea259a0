"""Which check-ins are past their time, and which of them an open case still needs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import midnight_of
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.queries import names_of
from modules.venues.codes import Source
from modules.venues.models import Checkin, Hold, Staff, Stay, Venue
from modules.venues.models.visits import BY_RESULT, LONGEST_STAY
from modules.venues.queries.limits import keeping
from modules.venues.queries.visits import moment, seconds
from modules.venues.rules.limits import Keeping
from modules.venues.rules.roster import Shift, presences

AROUND = 30 * 60  # seconds before and after the stay of a case in which others count as there
EVER = 10**11
C = Checkin.__table__.c  # the bare table: those that were withdrawn are personal too
P, V = Person.__table__.c, Venue.__table__.c  # whose list was taken back is held by name still


class Expiring(Struct, frozen=True):
    """The check-ins of one source: kept for so many days, so many are to go, so many are held.

    ``last`` is the last day of which nothing is kept any more.
    """

    source: Source
    days: int | None
    last: date | None
    due: int
    held: int


class HoldRow(Struct, frozen=True):
    """What is held for a case: of whom or of which venue, for which days, why, by whom."""

    id: int
    person_id: int | None
    venue_id: int | None
    what: str
    since: date
    until: date | None
    reason: str
    held_at: datetime
    held_by: str
    lifted_at: datetime | None


def expiring(work: Work) -> list[Expiring]:
    """Of each source, what a deletion would delete now and what it would leave."""
    return expiring_by(work, keeping(work).value)


def expiring_by(work: Work, rule: Keeping) -> list[Expiring]:
    """The same by another rule; counted where they are, for there may be a million."""
    past = _past(work, rule)
    if past is None:
        return counted(work, rule, {}, {})
    many = select(C.source, func.count()).group_by(C.source)
    mine = bulk.among(work, C.id, _held_ids(work, rule, past))
    whole, held = (
        {row[0]: row[1] for row in work.session.execute(many.where(which))}
        for which in (past, mine)
    )
    return counted(work, rule, whole, held)


def counted(
    work: Work, rule: Keeping, whole: Mapping[Source, int], held: Mapping[Source, int]
) -> list[Expiring]:
    """What is past its time by a rule, by source, and how much of it is held."""
    today = work.today()
    found = []
    for source in Source:
        days = rule.of(source)
        last = None if days is None else today - timedelta(days=days + 1)
        stay = held.get(source, 0)
        found.append(Expiring(source, days, last, whole.get(source, 0) - stay, stay))
    return found


def due_ids(work: Work, rule: Keeping) -> tuple[dict[int, Source], set[int]]:
    """The check-ins that are past their time with their source, and those of them that are held."""
    past = _past(work, rule)
    if past is None:
        return {}, set()
    rows = work.session.execute(select(C.id, C.source).where(past)).all()
    return {row[0]: row[1] for row in rows}, _held_ids(work, rule, past)


def _held_ids(work: Work, rule: Keeping, past: ColumnElement[bool]) -> set[int]:
    """Of those past their time, the check-ins that a case needs."""
    held: set[int] = set()
    last = seconds(midnight_of(work.today() - timedelta(days=min(d for _s, d in rule.days))))
    for query in _held(work, last):
        held.update(work.session.scalars(query.where(past)))
    return held


def _past(work: Work, rule: Keeping) -> ColumnElement[bool] | None:
    """That a check-in ended before the time of its source began."""
    today = midnight_of(work.today())
    clauses = [
        and_(C.source == Source.of(source), C.until < seconds(today - timedelta(days=days)))
        for source, days in rule.days
    ]
    return or_(*clauses) if clauses else None


def _held(work: Work, last: int) -> Iterator[Select[Any]]:
    """Questions after what is held, each by an index; each speaks of check-ins.

    Of those that end before ``last``: about later ones nobody has to ask.
    """
    for hold in work.session.scalars(select(Hold).where(Hold.lifted_at.is_(None))):
        low = seconds(midnight_of(hold.since))
        if low - LONGEST_STAY - AROUND > last:
            continue
        high = EVER
        if hold.until is not None:
            high = seconds(midnight_of(hold.until + timedelta(days=1)))
        if hold.person_id is not None:
            own = (C.person_id == hold.person_id) & (C.at <= high) & (C.until >= low)
            yield select(C.id).where(own)
            yield _beside(hold.person_id, low, high)
            yield from _on_duty(work, hold.person_id, low, min(high, last + LONGEST_STAY))
        elif hold.venue_id is not None:
            yield _at_venue(hold.venue_id, low, high)


def _on_duty(work: Work, person: int, low: int, high: int) -> Iterator[Select[Any]]:
    """The check-ins of everybody who was at a venue while somebody was on its roster.

    Who works there is there, scanned or not, so no stay may tell it.
    """
    columns = (Staff.person_id, Staff.days, Staff.starts, Staff.ends, Staff.since, Staff.until)
    query = select(Staff.venue_id, *columns).where(Staff.person_id == person)
    for venue, *said in work.session.execute(query):
        for _who, start, end in presences([Shift._make(said)], moment(low), moment(high)):
            yield _at_venue(venue, seconds(start) - AROUND, seconds(end) + AROUND)


def _at_venue(venue: int, low: int, high: int) -> Select[Any]:
    """The check-ins of everybody who was at a venue between two moments."""
    stay = aliased(Stay)
    where = (stay.venue_id == venue) & stay.t_in.between(low - LONGEST_STAY, high)
    return _of_stays(stay).where(where & (stay.t_out >= low))


def _beside(person: int, low: int, high: int) -> Select[Any]:
    """The check-ins of everybody who was at a venue together with somebody."""
    case, other = aliased(Stay), aliased(Stay)
    return (
        _of_stays(other)
        .join(case, case.venue_id == other.venue_id)
        .where(
            case.person_id == person,
            case.t_in <= high,
            case.t_out >= low,
            other.t_in.between(case.t_in - LONGEST_STAY - AROUND, case.t_out + AROUND),
            other.t_out >= case.t_in - AROUND,
        )
    )


def _of_stays(stay: Any) -> Select[Any]:
    """The check-ins that stays were computed from."""
    same = (C.person_id == stay.person_id) & (C.venue_id == stay.venue_id)
    return select(C.id).join(stay, same & (C.at <= stay.t_out) & (C.until >= stay.t_in))


def holds(work: Work) -> list[HoldRow]:
    """What is held, those that were lifted last."""
    query = (
        select(Hold, P.name, V.name)
        .outerjoin(Person.__table__, P.id == Hold.person_id)
        .outerjoin(Venue.__table__, V.id == Hold.venue_id)
        .order_by(Hold.lifted_at.is_not(None), Hold.id.desc())
    )
    rows = work.session.execute(query).all()
    users = names_of(work, [row[0].held_by for row in rows])
    work.saw(Person.__tablename__, sorted({r[0].person_id for r in rows if r[0].person_id}))
    return [
        HoldRow(
            one.id,
            one.person_id,
            one.venue_id,
            person or venue or "",
            one.since,
            one.until,
            _why(one.reason),
            one.held_at,
            users.get(one.held_by, ""),
            one.lifted_at,
        )
        for one, person, venue in rows
    ]


def _why(reason: str) -> str:
    if reason.startswith(BY_RESULT):
        return _("A positive result was handed out.")
    return reason
