"""Days, hours and births as lists write them.

A birth is kept as precise as it was told (``1985``, ``1985-03``, ``1985-03-07``); an age becomes a
year. An event is a day with or without an hour.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from textwrap import shorten
from typing import NamedTuple

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import _
from admin_suite.excel import titles
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Table, Wrong
from admin_suite.excel.words import loose
from admin_suite.registry.names import fold

SERIAL = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3_000, 80_000
OLDEST, LATEST, MOST_AGE = 1900, 2100, 120
HALF, HOURS, MINUTES = 12, 24, 60
FIRST_OF_NIGHT = 6  # “10h đêm” is 22:00, “2h đêm” is 2:00; “1h trưa” is 13:00
FOUR = 4
LONGEST = 120  # letters of a birth
MOST_DAYS, MOST_MONTHS = 31, 12
LONG_AGO = timedelta(days=400)

WHOLE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)")
SPOKEN = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
SHORT = re.compile(r"(?<![\d/.])(\d{1,2})[/.\-](\d{1,2})(?![\d/.])")

USUAL = re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/(\d{4})")
OF_MOST = re.compile(r"(?:0[1-9]|1[0-9]|2[0-8])/(?:0[1-9]|1[0-2])/(?:19|20)[0-9]{2}")
TOLD = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam)? (\d{4})")
TOLD_MONTH = re.compile(r"thang (\d{1,2})(?: nam)? (\d{4})")
SIGN = re.compile(r"\s*[/.,\-\\]+\s*")  # every sign that people put between day, month and year
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
NAMED = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED_MONTH = re.compile(rf"(?<=/)({'|'.join(NAMED)})[a-z]*(?=/)")
OF_A_NAMED_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})[/.\- ]({'|'.join(NAMED)})[a-z]*\.?,?[/.\- ](\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
NAMED_BEFORE = re.compile(
    rf"\b({'|'.join(NAMED)})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\?|~|khoang|uoc|chung|tam|hinh nhu|≈|±|^k/|gan dung|\b(?:dau|giua|cuoi)(?: nam)?\b"
)
LETTER_O = re.compile(r"(?<=[\d/.\-])o|\bo(?=\d)")
PART = re.compile(r"(?:ngay|thang|t)?\s*(\d{1,2})(?:\.0)?")
DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
AGE = re.compile(r"(\d{1,3})\s*(?:t|tuoi)?(?<!\d \d)|(\d{1,2}) \d\s*(?:t|tuoi)")
MONTHS = re.compile(
    r"(?:(\d{1,2})\s*(?:t|tuoi) )?(\d{1,2})\s*(?:thang|th)(?: tuoi)?(?: \d{1,2} ?ngay(?: tuoi)?)?"
)
DAYS = re.compile(r"(\d{1,2})\s*(ngay|tuan)(?: tuoi)?")
BEFORE_DAY = re.compile(r"\b\d{1,2}(?:h|g|:)\d{2}['p]?\s*[-\u2013]\s*(?=\d)", re.IGNORECASE)
POINTED = re.compile(r"(\d{1,2})\.(\d{2})")
CLOCK = re.compile(
    r"(?<![\d/.])(\d{1,2})\s*"
    r"(?:(?:gio|h|g)(?:(?:[.:'\u2019]|\s*)(\d{1,2}))?|:\s*(\d{2})|:(\d)(?!\s*[hg:]))(?!\d)",
    re.IGNORECASE,
)
BESIDE_HOUR = re.compile(r"\s*(?:ruoi\b|kem\s*(\d{1,2})(?!\d))")
EVENING = re.compile(r"(?<![a-z])(?:ch|pm|p\.m|chieu|toi)(?![a-z])")
NOON = re.compile(r"\s*trua(?![a-z])")
NIGHT = re.compile(r"\s*(?:dem|khuya)(?![a-z])")
MORNING = re.compile(r"(?<![a-z])(?:sa|am|a\.m)(?![a-z])")
BARE_HOUR = re.compile(r"(\d{1,2})(?:\s*[.,]\s*(\d{2}))?")


class Moment(NamedTuple):
    """A day, an hour, or both, of what a cell says."""

    day: date | None
    hour: time | None


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
        raise _bad_birth(shorten(written, LONGEST, placeholder="…") or written[:LONGEST])
    text = LETTER_O.sub("0", fold(written.strip("'\u2019 ")))
    return (
        _age(loose(written), about, alone="tuoi" in loose(about.headings.get("dob", "")))
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


def moment(cell: object, about: About) -> Moment:
    """The day and hour of an event; a day without a year is the one nearest to the list's."""
    if isinstance(cell, datetime):
        return Moment(cell.date(), None if cell.time() == time() else cell.time())
    if isinstance(cell, date):
        return Moment(cell, None)
    if isinstance(cell, time):
        return Moment(None, cell)
    if isinstance(cell, int | float):
        found = _from_number(float(cell))
    elif isinstance(cell, str) and ZONED.fullmatch(cell.strip()):
        at = datetime.fromisoformat(cell.strip()).astimezone(ZONE)
        found = Moment(at.date(), time(at.hour, at.minute))
    else:
        day, rest = _day(plain(cell).strip("'"), about)
        found = Moment(day, clock(rest) or _pointed(rest))
    if found.day is None and found.hour is None:
        refuse_no_hour(cell)
        raise Wrong("NO_DATE", _("“{cell}” is not a day.").format(cell=plain(cell)))
    return found


def refuse_no_hour(cell: object) -> None:
    """Refuse a cell that is written as an hour and names one that no day has: ``25h``."""
    said = fold(plain(cell))
    if CLOCK.search(said) and clock(said) is None:
        raise no_hour(cell)


def no_hour(cell: object) -> Wrong:
    """The refusal of an hour that no day has."""
    said = _("“{cell}” is not a time of day; a day has the hours from 0:00 to 23:59.")
    return Wrong("BAD_TIME", said.format(cell=plain(cell)))


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
    hourless = BEFORE_DAY.sub(" ", text)
    if "thang" in bare and (found := SPOKEN.search(bare)):
        text, parts = bare, (found[3] or _year(found, about), found[2], found[1])
    elif found := ISO.search(text):
        parts = (found[1], found[2], found[3])
    elif found := OF_A_NAMED_MONTH.search(text):
        parts = (_whole(found[3]), str(NAMED.index(found[2].casefold()) + 1), found[1])
    elif found := NAMED_BEFORE.search(text):
        parts = (found[3], str(NAMED.index(found[1].casefold()) + 1), found[2])
    elif found := WHOLE.search(hourless):
        parts = (_whole(found[3]), found[2], found[1])
    elif about.year and (found := SHORT.search(hourless)):
        parts = (_year(found, about), found[2], found[1])
    else:
        return None, text
    year, month, day = map(int, parts)
    return _event(text, year, month, day), text.replace(found[0], " ").replace("T", " ")


def _year(found: re.Match[str], about: About) -> str:
    """The year of a day written without one: that in which it is nearest to the list's day.

    A log of December goes on to 1/1. Of a list that names no day at all it is the year of reading.
    """
    near = None if about.undated else about.day or about.usual
    if near is None:
        return str(about.year)
    within = (int(found[2]) - near.month) * MOST_DAYS + int(found[1]) - near.day
    whole = MOST_MONTHS * MOST_DAYS
    return str(
        min(
            (near.year, near.year - 1, near.year + 1),
            key=lambda year: abs((year - near.year) * whole + within),
        )
    )


def _whole(year: str) -> str:
    """The year of an event, which is of this century: ``21`` is 2021."""
    return year if len(year) == FOUR else f"20{year}"


def _event(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Wrong("BAD_DATE", _("There is no day “{cell}”.").format(cell=text)) from error


def clock(text: str) -> time | None:
    """The hour in a text (``7h30'``, ``7 giờ 30``, ``1:30 CH``, ``10h đêm``), if one is there."""
    bare = LETTER_O.sub("0", fold(text))
    found = CLOCK.search(bare)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or found[4] or 0)
    told = BESIDE_HOUR.match(bare, found.end())
    if told:
        hour, minute = divmod(hour * MINUTES + _beside(told), MINUTES)
    hour = _part_of_day(hour, bare[(told or found).end() :] + " " + bare[: found.start()])
    return time(hour, minute) if 0 <= hour < HOURS and minute < MINUTES else None


def _part_of_day(hour: int, beside: str) -> int:
    """An hour as the words beside it mean it, those behind it first."""
    night = NIGHT.match(beside)
    if hour == HALF and (night or MORNING.search(beside)) and not EVENING.search(beside):
        return 0
    late = night and hour >= FIRST_OF_NIGHT
    noon = NOON.match(beside) and hour < FIRST_OF_NIGHT
    return hour + HALF if hour < HALF and (late or noon or EVENING.search(beside)) else hour


def _beside(told: re.Match[str]) -> int:
    """The minutes that stand in words behind an hour: ``8h rưỡi``, ``8h kém 15``."""
    return MINUTES // 2 if told[1] is None else -int(told[1])


def _pointed(rest: str) -> time | None:
    """The hour that stands with a point beside a day: ``08.30 13/8/2021``."""
    found = POINTED.fullmatch(rest.strip("' ,-"))
    if found is None or int(found[1]) >= HOURS or int(found[2]) >= MINUTES:
        return None
    return time(int(found[1]), int(found[2]))


def hour(cell: object, about: About) -> time | None:
    """The hour of an event in a column of its own; there a bare ``7`` is one."""
    if isinstance(cell, int | float) and 1 <= cell < HOURS:
        cell = f"{cell:.2f}"
    if not isinstance(cell, str):
        return moment(cell, about).hour
    found = BARE_HOUR.fullmatch(cell.strip("' "))
    if found is None:
        return clock(cell)
    whole, minute = int(found[1]), int(found[2] or 0)
    return time(whole, minute) if whole < HOURS and minute < MINUTES else None


def above(table: Table) -> list[date | None]:
    """The day of each row that the line above its part says, and nothing else: ``Ngày 13/8``."""
    return table.above(lambda line: titles.day_alone(line, table.about.year))


def written(day: date, at: time | None) -> str:
    """A day with or without an hour as FHIR writes it."""
    return day.isoformat() if at is None else f"{day.isoformat()}T{at.isoformat('minutes')}"
