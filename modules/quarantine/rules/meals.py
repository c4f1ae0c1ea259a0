"""Who eats when: a pure function of stays, last days and the hours of the kitchen."""

from collections.abc import Iterable
from datetime import date, datetime, time

from msgspec import Struct

from admin_suite.core.clock import ZONE


class Kitchen(Struct, frozen=True):
    """When meals are served and until when they may be ordered: a dated row.

    ``times`` are hours as ``HH:MM``; the order of a day closes at ``cut_off`` on the day before.
    """

    times: tuple[str, ...] = ("06:30", "11:00", "17:30")
    cut_off: str = "16:00"


class Eater(Struct, frozen=True):
    """A span of one person in one facility, and the last day of the quarantine."""

    person: int
    start: datetime
    end: datetime | None
    last_day: date | None = None


def moment(day: date, hour: str) -> datetime:
    """A day and an hour of the unit."""
    return datetime.combine(day, time.fromisoformat(hour), ZONE)


def meals_of(eater: Eater, day: date, kitchen: Kitchen) -> tuple[bool, ...]:
    """Which meals of a day somebody eats: a stay covers the hour, the last day included."""
    if eater.end is None and eater.last_day is not None and day > eater.last_day:
        return (False,) * len(kitchen.times)
    hours = [moment(day, hour) for hour in kitchen.times]
    return tuple(eater.start <= hour and (eater.end is None or hour < eater.end) for hour in hours)


def together(parts: Iterable[tuple[bool, ...]], meals: int) -> tuple[bool, ...]:
    """The meals of several stays of one person on one day, none counted twice."""
    found = [False] * meals
    for part in parts:
        found = [one or other for one, other in zip(found, part, strict=True)]
    return tuple(found)
