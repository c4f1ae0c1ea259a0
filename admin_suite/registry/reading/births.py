"""Births as lists write them, as precise as they were told: ``1985``, ``1985-03``, ``1985-03-07``.

An age becomes a year; a bare number of two digits that may be an age or a year is asked for in
full.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain, shortened
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.excel.words import loose
from admin_suite.registry.names import fold
from admin_suite.registry.reading.days import (
    FIRST_SERIAL,
    FOUR,
    LAST_SERIAL,
    LATEST,
    LETTER_O,
    MOST_DAYS,
    MOST_MONTHS,
    NAMED,
    OF_A_NAMED_MONTH,
    OLDEST,
    SERIAL,
)

MOST_AGE = 120
LONGEST = 120  # letters of a birth
USUAL = re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/(\d{4})")
OF_MOST = re.compile(r"(?:0[1-9]|1[0-9]|2[0-8])/(?:0[1-9]|1[0-2])/(?:19|20)[0-9]{2}")
TOLD = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam)? (\d{4})")
TOLD_MONTH = re.compile(r"thang (\d{1,2})(?: nam)? (\d{4})")
# every sign that people put between day, month and year
SIGN = re.compile(r"\s*[/.,\-\\]+\s*|(?<=\d)\s+(?=\d)")
BORN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
BORN_ISO = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
BORN_MONTH = re.compile(r"(\d{4})/(\d{1,2})")
PACKED = re.compile(r"(\d\d)(\d\d)(\d{4})")
MONTH = re.compile(r"(?:thang |t ?)?(\d{1,2})(?:/| nam )(\d{4})")
YEAR = re.compile(r"(\d{4})")
BEFORE = re.compile(
    r"^(?:(?:nam sinh|sinh ngay|sinh nam|ngay sinh|sinh|sn|ns|ngay|nam|mung|mong)[\s:./]*)+(?=\d)"
)
BEHIND = re.compile(r"\([^()]*\)|[\s,t]+(?:0?0:00(?::00)?|12:00:00 ?(?:am|sa))$|\.0$|[\s./,\-)*]+$")
EMPTY_DAY = re.compile(r"^(?:[\s0_x?/*]|khong ro|k ro)*/")
NAMED_MONTH = re.compile(rf"(?<=/)({'|'.join(NAMED)})[a-z]*(?=/)")
UNSURE = re.compile(
    r"\?|~|khoang|uoc|chung|tam|hinh nhu|≈|±|^k/|gan dung|\b(?:dau|giua|cuoi)(?: nam)?\b"
)
PART = re.compile(r"(?:ngay|thang|t)?\s*(\d{1,2})(?:\.0)?")
DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
AGE_OR_YEAR = re.compile(r"\d{1,2}(?:\.0)?")
AGE = re.compile(r"(\d{1,3})\s*(?:t|tuoi)?(?<!\d \d)|(\d{1,2}) \d\s*(?:t|tuoi)")
MONTHS = re.compile(
    r"(?:(\d{1,2})\s*(?:t|tuoi) )?(\d{1,2})\s*(?:thang|th)(?: tuoi)?(?: \d{1,2} ?ngay(?: tuoi)?)?"
)
DAYS = re.compile(r"(\d{1,2})\s*(ngay|tuan)(?: tuoi)?")


class MonthOfBirth(NamedTuple):
    """What a column of months says: the month, and the day where it stands there too."""

    month: int | None
    day: int | None


def birth(cell: object, about: About) -> object:
    """A birth as a FHIR date; refuses a day that cannot be."""
    if isinstance(cell, date):
        return _true_day(cell)
    if isinstance(cell, int | float) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return _born(SERIAL + timedelta(days=int(cell)))
    if isinstance(cell, str) and (found := USUAL.fullmatch(cell)):
        return _checked(cell, *map(int, found.group(3, 2, 1)))
    written = plain(cell)
    if len(written) > LONGEST:  # to look for a day in it would take long
        raise _bad_birth(shortened(written, LONGEST))
    text = LETTER_O.sub("0", fold(written.strip("'\u2019 ")))
    aged = "tuoi" in loose(about.headings.get("dob", ""))
    if AGE_OR_YEAR.fullmatch(text) and not aged:
        said = _("“{cell}” may be an age or a year; write the whole year of birth.")
        raise Wrong("BAD_DOB", said.format(cell=written))
    return (
        _age(loose(written), about, alone=aged)
        or _unsure(text)
        or _written_birth(written, text, about)
    )


def _true_day(cell: date) -> object:
    """A birth that is a true day; a year typed into a cell made for days shows as one of 1905."""
    number = (date(cell.year, cell.month, cell.day) - SERIAL).days
    if not OLDEST <= number <= LATEST:
        return _born(cell)
    said = _("Excel shows the number {year} as the day {day}; it is taken for the year of birth.")
    return Noted(str(number), "DOB_YEAR", said.format(year=number, day=cell.strftime("%d/%m/%Y")))


def births_of_most(texts: Iterable[str]) -> Mapping[str, str]:
    """The births written as ``05/03/1985`` on a day that every month has."""
    return {text: f"{text[6:]}-{text[3:5]}-{text[:2]}" for text in filter(OF_MOST.fullmatch, texts)}


def age(cell: object, about: About) -> object:
    """A birth told as an age: the year of the list less the years, months counted back."""
    return _age(loose(plain(cell)), about, alone=True) or birth(cell, about)


def day_of_birth(cell: object, _about: About) -> int | None:
    """The day of a birth, in a column of its own."""
    return _part(cell, MOST_DAYS)


def month_of_birth(cell: object, _about: About) -> MonthOfBirth:
    """The month of a birth in a column of its own, or day and month: ``5/8``."""
    if isinstance(cell, date):
        return MonthOfBirth(cell.month, cell.day)
    if found := DAY_AND_MONTH.fullmatch(plain(cell).strip("'\u2019 ")):
        return MonthOfBirth(_part(found[2], MOST_MONTHS), _part(found[1], MOST_DAYS))
    return MonthOfBirth(_part(cell, MOST_MONTHS), None)


def _part(cell: object, most: int) -> int | None:
    found = PART.fullmatch(LETTER_O.sub("0", fold(plain(cell).strip("'\u2019 "))))
    if found and int(found[1]) <= most:
        return int(found[1]) or None
    if re.search(r"\d", plain(cell)):
        raise _bad_birth(plain(cell))
    return None


def put_together(year: str, month: MonthOfBirth | None, day: int | None) -> str:
    """A birth whose year, month and day stand in columns; a fuller year is kept as it is."""
    if len(year) != FOUR or month is None or not month.month:
        return year
    number = day or month.day or 0
    return _checked(f"{number}/{month.month}/{year}", int(year), month.month, number)


def _unsure(text: str) -> Noted | None:
    years = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
    if len(years) != 1 or not UNSURE.search(EMPTY_DAY.sub("", SIGN.sub("/", text))):
        return None
    return Noted(years[0], "DOB_UNSURE", _("The birth is uncertain; the year is kept."))


def _written_birth(written: str, text: str, about: About) -> str:
    """Year, month and day of a text; a year of two digits is not after the list's."""
    bare = BEFORE.sub("", BEHIND.sub("", BEHIND.sub("", text)).strip())
    signed = SIGN.sub("/", bare)
    named = OF_A_NAMED_MONTH.sub(r"\1/\2/\3", signed)
    named = NAMED_MONTH.sub(lambda found: str(NAMED.index(found[1]) + 1), named)
    rest, spoken = EMPTY_DAY.sub("", signed), loose(bare).replace(" thg ", " thang ")
    if found := BORN_ISO.fullmatch(named):
        parts = (found[1], found[2], found[3])
    elif found := BORN.fullmatch(named) or PACKED.fullmatch(bare) or TOLD.fullmatch(spoken):
        parts = (found[3], found[2], found[1])
    elif found := MONTH.fullmatch(rest) or TOLD_MONTH.fullmatch(spoken):
        parts = (found[2], found[1], "0")
    elif found := BORN_MONTH.fullmatch(named):
        parts = (found[1], found[2], "0")
    elif found := YEAR.fullmatch(BEFORE.sub("", rest)):
        parts = (found[1], "0", "0")
    else:
        raise _bad_birth(written)
    year, month, number = map(int, parts)
    return _checked(written, _century(year, about) if len(parts[0]) < FOUR else year, month, number)


def _age(bare: str, about: About, *, alone: bool) -> str:
    """The birth of an age; a bare number is one only in a column of ages."""
    day = about.day or about.usual or (date(about.year, 12, 31) if about.year else None)
    born = None
    if day is not None and (found := MONTHS.fullmatch(bare)):
        months = 12 * int(found[1] or 0) + int(found[2])
        born = (day.year * 12 + day.month - 1 - months) // 12
    elif day is not None and (found := DAYS.fullmatch(bare)):
        born = (day - timedelta(days=int(found[1]) * (7 if found[2] == "tuan" else 1))).year
    elif day is not None and (found := AGE.fullmatch(bare)) and (alone or not bare.isdecimal()):
        years = int(found[1] or found[2])
        born = day.year - years if years <= MOST_AGE else None
    return "" if born is None else str(born)


def _checked(written: str, year: int, month: int, day: int) -> str:
    try:
        made = date(year, month or 1, day or 1)
    except ValueError as error:
        raise _bad_birth(written) from error
    if not OLDEST <= year <= LATEST or (day and not month):
        raise _bad_birth(written)
    whole = made.isoformat()
    return whole if day else whole[: 7 if month else 4]


def _born(day: date) -> str:
    return _checked(day.isoformat(), day.year, day.month, day.day)


def _bad_birth(written: str) -> Wrong:
    return Wrong("BAD_DOB", _("“{cell}” is not a date of birth.").format(cell=written))


def _century(year: int, about: About) -> int:
    newest = (about.year or LATEST) % 100
    return 2000 + year if year <= newest else 1900 + year
