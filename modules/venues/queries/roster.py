"""Who is on the roster of a venue, as its side card and the command line show it."""

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import or_, select

from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.venues.models import Staff


class StaffRow(Struct, frozen=True):
    """Somebody on a roster: ``days`` are digits of the week, Monday being 1."""

    id: int
    person_id: int
    name: str
    phone: str
    days: str
    starts: str
    ends: str
    since: date
    until: date | None


def roster(work: Work, venue_id: int) -> list[StaffRow]:
    """Who is on the roster of a venue today or later, by name."""
    columns: tuple[Any, ...] = (
        Staff.id,
        Staff.person_id,
        Person.name,
        Person.phone,
        Staff.days,
        Staff.starts,
        Staff.ends,
        Staff.since,
        Staff.until,
    )
    query = (
        select(*columns)
        .join(Person, Person.id == Staff.person_id)
        .where(
            Staff.venue_id == venue_id,
            or_(Staff.until.is_(None), Staff.until >= work.today()),
        )
        .order_by(Person.sorted, Staff.id)
    )
    rows = [StaffRow(*row) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows}))
    return rows
