"""Local time of the unit, and dates that are only partly known.

A moment in the database is UTC; what people write and read is the time of the unit's clock. What
a list says of somebody's birth or of a collection is kept as FHIR writes it: ``1985``,
``1985-03``, ``1985-03-07``, ``2021-08-13T09:30`` - never more precise than it was told.
"""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d))?)?)?")


def here(moment: datetime) -> datetime:
    """The moment on the unit's clock."""
    return moment.astimezone(ZONE)


def midnight_of(day: date) -> datetime:
    """The moment at which a day begins on the unit's clock."""
    return datetime.combine(day, time(), ZONE)


def stamp(moment: datetime) -> str:
    """A moment as JSON carries it: local time to the minute, ``2021-08-13T09:30``."""
    return here(moment).strftime("%Y-%m-%dT%H:%M")


def shown(partial: str) -> str:
    """A partly known day or moment as people here write it: ``09:30 13/08/2021``, ``03/1985``."""
    found = PARTS.fullmatch(partial)
    if found is None:
        return partial
    year, month, day, clock = found.groups()
    written = "/".join(part for part in (day, month, year) if part)
    return f"{clock} {written}" if clock else written


def moment_shown(moment: datetime) -> str:
    """A moment as people here write it, on the unit's clock: ``09:30 13/08/2021``."""
    return shown(stamp(moment))


def day_shown(day: date) -> str:
    """A day as people here write it: ``13/08/2021``."""
    return f"{day:%d/%m/%Y}"
