"""Days, hours and births as lists write them.

A birth is kept as precise as it was told (``1985``, ``1985-03``, ``1985-03-07``); an age becomes a
year. An event is a day with or without an hour.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.excel.words import loose

SERIAL = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3_000, 80_000
OLDEST, LATEST, MOST_AGE = 1900, 2100, 120
HALF, HOURS, MINUTES = 12, 24, 60
FOUR = 4
LONG_AGO = timedelta(days=400)

WHOLE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
SPOKEN = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
TOLD = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
SHORT = re.compile(r"(?<![\d/.])(\d{1,2})[/.\-](\d{1,2})(?![\d/.])")
PACKED = re.compile(r"(\d\d)(\d\d)(\d{4})")
MONTH = re.compile(r"(?:thang )?(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4})")
YEAR = re.compile(r"(?:nam|sn|sinh nam|sinh)?\s*:?\s*(\d{4})")
EMPTY_DAY = re.compile(r"^[\s0\-/._x?]*[/.\-]\s*")
UNSURE = re.compile(r"\?|~|khoang|uoc|chung|tam|hinh nhu|≈")
AGE = re.compile(r"(\d{1,3})\s*(?:t|tuoi)?")
MONTHS = re.compile(r"(\d{1,2})\s*(?:thang|th)(?: tuoi)?")
DAYS = re.compile(r"(\d{1,2})\s*ngay(?: tuoi)?")
CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:gio|h|g|:)\s*(\d{1,2})?(?:\s*:\s*\d{2})?\s*(?:'|p|phut)?(?!\d)",
    re.IGNORECASE,
)
EVENING = re.compile(r"\b(?:ch|pm|chieu|toi)\b")


class Moment(NamedTuple):
    """A day, an hour, or both, of what a cell says."""

    day: date | None
    hour: time | None


def birth(cell: object, about: About) -> object:
    """A birth as a FHIR date; refuses a day that cannot be."""
    if isinstance(cell, date):
        return _born(cell)
    if isinstance(cell, int | float) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return _born(SERIAL + timedelta(days=int(cell)))
    written = plain(cell)
    text = " ".join(written.strip("'\u2019 ").casefold().split())
    bare = loose(text)
    return (
        _age(bare, about, alone=False)
        or _unsure(text, bare)
        or _written_birth(written, text, about)
    )


def age(cell: object, about: About) -> object:
    """A birth told as an age: the year of the list less the years, months counted back."""
    return _age(loose(plain(cell)), about, alone=True) or birth(cell, about)


def _unsure(text: str, bare: str) -> Noted | None:
    year = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
    if year is None or not (UNSURE.search(text) or UNSURE.search(bare)):
        return None
    return Noted(year[1], "DOB_UNSURE", _("The birth is uncertain; the year is kept."))


def _written_birth(written: str, text: str, about: About) -> str:
    """Year, month and day of a text; a year of two digits is not after the list's."""
    bare, rest = loose(text), EMPTY_DAY.sub("", text)
    day = re.sub(r"\s*(?:00:00(?::00)?)?$", "", text)
    if found := ISO.match(text):
        parts = (found[1], found[2], found[3])
    elif found := WHOLE.fullmatch(day) or PACKED.fullmatch(text) or TOLD.fullmatch(bare):
        parts = (found[3], found[2], found[1])
    elif found := MONTH.fullmatch(loose(rest) if "nam" in bare else rest):
        parts = (found[2], found[1], "0")
    elif found := YEAR.fullmatch(loose(rest)):
        parts = (found[1], "0", "0")
    else:
        raise _bad_birth(written)
    year, month, number = map(int, parts)
    return _checked(written, _century(year, about) if len(parts[0]) < FOUR else year, month, number)


def _age(bare: str, about: About, *, alone: bool) -> str:
    """The birth of an age; a bare number is one only in a column of ages."""
    day = about.day or (date(about.year, 12, 31) if about.year else None)
    born = None
    if day is not None and (found := MONTHS.fullmatch(bare)):
        born = (day.year * 12 + day.month - 1 - int(found[1])) // 12
    elif day is not None and (found := DAYS.fullmatch(bare)):
        born = (day - timedelta(days=int(found[1]))).year
    elif day is not None and (found := AGE.fullmatch(bare)) and (alone or not bare.isdecimal()):
        born = day.year - int(found[1]) if int(found[1]) <= MOST_AGE else None
    return "" if born is None else str(born)


def _checked(written: str, year: int, month: int, day: int) -> str:
    try:
        made = date(year, month or 1, day or 1)
    except ValueError as error:
        raise _bad_birth(written) from error
    if not OLDEST <= year <= LATEST or (day and not month):
        raise _bad_birth(written)
    return made.isoformat()[: 10 if day else 7 if month else 4]


def _born(day: date) -> str:
    return _checked(day.isoformat(), day.year, day.month, day.day)


def _bad_birth(written: str) -> Wrong:
    return Wrong("BAD_DOB", _("“{cell}” is not a date of birth.").format(cell=written))


def _century(year: int, about: About) -> int:
    newest = (about.year or LATEST) % 100
    return 2000 + year if year <= newest else 1900 + year


def moment(cell: object, about: About) -> Moment:
    """The day and hour of an event; a day without a year is of the list's year."""
    if isinstance(cell, datetime):
        return Moment(cell.date(), None if cell.time() == time() else cell.time())
    if isinstance(cell, date):
        return Moment(cell, None)
    if isinstance(cell, time):
        return Moment(None, cell)
    if isinstance(cell, int | float):
        found = _from_number(float(cell))
    else:
        day, rest = _day(plain(cell).strip("'"), about)
        found = Moment(day, clock(rest))
    if found.day is None and found.hour is None:
        raise Wrong("NO_DATE", _("“{cell}” is not a day.").format(cell=plain(cell)))
    return found


def _from_number(number: float) -> Moment:
    if 0 <= number < 1:
        return Moment(None, _fraction(number))
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return Moment(None, None)
    day = SERIAL + timedelta(days=int(number))
    return Moment(day, _fraction(number % 1) if number % 1 else None)


def _fraction(part: float) -> time:
    minutes = round(part * 24 * 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def _day(text: str, about: About) -> tuple[date | None, str]:
    """The day in a text, and the text without it."""
    bare = loose(text)
    if "thang" in bare and (found := SPOKEN.search(bare)):
        text, parts = bare, (found[3] or str(about.year), found[2], found[1])
    elif found := ISO.search(text):
        parts = (found[1], found[2], found[3])
    elif found := WHOLE.search(text):
        parts = (found[3] if len(found[3]) == FOUR else f"20{found[3]}", found[2], found[1])
    elif about.year and (found := SHORT.search(text)):
        parts = (str(about.year), found[2], found[1])
    else:
        return None, text
    year, month, day = map(int, parts)
    return _event(text, year, month, day), text.replace(found[0], " ").replace("T", " ")


def _event(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Wrong("BAD_DATE", _("There is no day “{cell}”.").format(cell=text)) from error


def clock(text: str) -> time | None:
    """The hour in a text (``7h30'``, ``7 giờ 30``, ``1:30 CH``), if one is there."""
    bare = " ".join(loose(text.replace(":", "h").replace("'", "p")).split())
    found = CLOCK.search(bare)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if EVENING.search(bare) and hour < HALF:
        hour += HALF
    return time(hour, minute) if hour < HOURS and minute < MINUTES else None


def hour(cell: object, about: About) -> time | None:
    """The hour of an event in a column of its own."""
    return clock(cell) if isinstance(cell, str) else moment(cell, about).hour


def written(day: date, at: time | None) -> str:
    """A day with or without an hour as FHIR writes it."""
    return day.isoformat() if at is None else f"{day.isoformat()}T{at:%H:%M}"
