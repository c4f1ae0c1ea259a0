"""The tape chart of a facility: what every bed is used for, day by day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy import or_, select

from admin_suite.core.clock import here, midnight_of
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.quarantine.codes import Kind
from modules.quarantine.models import Bed, Claim, Room
from modules.quarantine.queries.board import due_now
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.rules.clock import Clock

BEFORE, AFTER = 7, 14


class Span(Struct, frozen=True):
    """A half-open span of a bed, or of a room that is locked (``bed_id`` 0).

    ``last_day``, ``day`` of ``days`` and ``tests`` are of people who are there now.
    """

    claim_id: int
    kind: Kind
    room_id: int
    bed_id: int
    since: datetime
    until: datetime | None
    person: str
    reason: str
    last_day: date | None = None
    day: int = 0
    days: int = 0
    tests: Sequence[date] = ()


class BedLine(Struct, frozen=True):
    """A bed in walking order with the room that it stands in."""

    id: int
    label: str
    room_id: int
    room: str
    building: str
    floor: int


class Chart(Struct, frozen=True):
    """The beds of a facility from ``first`` on, and everything that claims them until ``last``."""

    first: date
    last: date
    now: datetime
    beds: Sequence[BedLine]
    spans: Sequence[Span]


def chart(work: Work, facility_id: int) -> Chart:
    """The past week and the two weeks to come of a facility's beds."""
    today = work.today()
    first, last = today - timedelta(days=BEFORE), today + timedelta(days=AFTER)
    query = (
        select(Bed.id, Bed.label, Room.id, Room.name, Room.building, Room.floor)
        .join(Room, Room.id == Bed.room_id)
        .where(Room.facility_id == facility_id)
        .order_by(Room.building, Room.floor, Room.name, Bed.position, Bed.id)
    )
    beds = [BedLine(*row) for row in work.session.execute(query)]
    return Chart(first, last, work.now(), beds, _spans(work, facility_id, first, last))


def _spans(work: Work, facility_id: int, first: date, last: date) -> list[Span]:
    query = (
        select(
            Claim.id,
            Claim.kind,
            Claim.room_id,
            Claim.bed_id,
            Claim.starts_at,
            Claim.ends_at,
            Claim.reason,
            Claim.episode_id,
            Claim.person_id,
            Person.name,
        )
        .join(Room, Room.id == Claim.room_id)
        .outerjoin(Person, Person.id == Claim.person_id)
        .where(Room.facility_id == facility_id, Claim.starts_at < midnight_of(last))
        .where(or_(Claim.ends_at.is_(None), Claim.ends_at > midnight_of(first)))
        .order_by(Claim.starts_at, Claim.id)
    )
    rows = list(work.session.execute(query))
    work.saw(Person.__tablename__, sorted({row[8] for row in rows if row[8]}))
    staying = [row[7] for row in rows if row[1] is Kind.STAY and row[5] is None and row[7]]
    known, due, today = clocks(work, staying), due_now(work), work.today()
    made = []
    for row in rows:
        own = (row[0], row[1], row[2], row[3] or 0, row[4], row[5], row[9] or "", row[6])
        one = known.get(row[7] or 0) if row[5] is None else None
        told = _of_clock(one, today, late=row[7] in due) if one is not None else ()
        made.append(Span(*own, *told))
    return made


def _of_clock(one: Clock, today: date, *, late: bool) -> tuple[date, int, int, Sequence[date]]:
    """The last day, the day of how many, and the days of sampling that are to come.

    What was due before and has not been taken is due today.
    """
    tests = {day for day in one.tests if day >= today} | ({today} if late else set())
    return here(one.release_at).date(), one.day(today), one.days, tuple(sorted(tests))
