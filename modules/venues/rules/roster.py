"""Who works at a venue is there on the days of the roster, whether anybody noted it or not."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from admin_suite.core.clock import ZONE

DAY = 24 * 60  # minutes
WEEK = 7 * DAY


class Shift(NamedTuple):
    """Somebody's hours at a venue: ``days`` are digits of the week, Monday being 1.

    They are the days on which the shift begins; one that ends before it begins goes over midnight.
    """

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
    for n in range(-1, (last - first).days + 1):  # the night before may reach into the first day
        day = first + timedelta(days=n)
        for one in shifts:
            over = one.until is not None and day > one.until
            if str(day.isoweekday()) not in one.days or day < one.since or over:
                continue
            start = datetime.combine(day, time.fromisoformat(one.starts), ZONE)
            ends = day + timedelta(days=1) if one.ends < one.starts else day
            end = datetime.combine(ends, time.fromisoformat(one.ends), ZONE)
            if start < until and end >= since:
                yield one.person, start, end


def collide(one: Shift, other: Shift) -> bool:
    """Whether two shifts have an hour in common in a week that both are of."""
    if (one.until and one.until < other.since) or (other.until and other.until < one.since):
        return False
    return any(
        start < until + week and since + week < end
        for start, end in _in_a_week(one)
        for since, until in _in_a_week(other)
        for week in (-WEEK, 0, WEEK)
    )


def _in_a_week(one: Shift) -> list[tuple[int, int]]:
    """The hours of a shift in minutes from Monday on."""
    start, end = (hour * 60 + minute for hour, minute in map(_clock, (one.starts, one.ends)))
    long = (end - start) % DAY
    return [(int(day) * DAY + start, int(day) * DAY + start + long) for day in one.days]


def _clock(written: str) -> tuple[int, int]:
    at = time.fromisoformat(written)
    return at.hour, at.minute
