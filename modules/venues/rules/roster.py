"""Who works at a venue is there on the days of the roster, whether anybody noted it or not."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from admin_suite.core.clock import ZONE


class Shift(NamedTuple):
    """Somebody's hours at a venue: ``days`` are digits of the week, Monday being 1."""

    person: int
    days: str
    starts: str
    ends: str
    since: date
    until: date | None


def presences(
    shifts: list[Shift], since: datetime, until: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    """Each time between two moments at which somebody is on duty: who, from when, to when."""
    first, last = since.astimezone(ZONE).date(), until.astimezone(ZONE).date()
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for one in shifts:
            over = one.until is not None and day > one.until
            if str(day.isoweekday()) not in one.days or day < one.since or over:
                continue
            start = datetime.combine(day, time.fromisoformat(one.starts), ZONE)
            end = datetime.combine(day, time.fromisoformat(one.ends), ZONE)
            if start < until and end >= since:
                yield one.person, start, end
