"""Days and hours of events as lists write them: a day with or without an hour."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import _
from admin_suite.excel import titles
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Table, Wrong
from admin_suite.excel.words import loose
from admin_suite.registry.names import fold

SERIAL = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3_000, 80_000
OLDEST, LATEST = 1900, 2100
HALF, HOURS, MINUTES = 12, 24, 60
FIRST_OF_NIGHT = 6  # “10h đêm” is 22:00, “2h đêm” is 2:00; “1h trưa” is 13:00
FOUR = 4
MOST_DAYS, MOST_MONTHS = 31, 12
LONG_AGO = timedelta(days=400)

WHOLE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)")
SPOKEN = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
SHORT = re.compile(r"(?<![\d/.])(\d{1,2})[/.\-](\d{1,2})(?![\d/.])")

NAMED = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OF_A_NAMED_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})[/.\- ]({'|'.join(NAMED)})[a-z]*\.?,?[/.\- ](\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
NAMED_BEFORE = re.compile(
    rf"\b({'|'.join(NAMED)})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
LETTER_O = re.compile(r"(?<=[\d/.\-])o|\bo(?=\d)")
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
DAY_BESIDE = re.compile(r"\d\s*/\s*\d|\d[.\-]\d{1,2}[.\-]\d|\bthang \d")
BARE_HOUR = re.compile(r"(\d{1,2})(?:\s*[.,]\s*(\d{2}))?")


class Moment(NamedTuple):
    """A day, an hour, or both, of what a cell says."""

    day: date | None
    hour: time | None


NO_MOMENT = Moment(None, None)


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


def hour_and_day(cell: object, about: About) -> Moment:
    """The hour of an event in a column of its own, and the day where it stands there too."""
    day = None
    if isinstance(cell, datetime):
        day = cell.date() if cell.year > OLDEST else None  # a mere hour may be of the day 0
    elif isinstance(cell, int | float):
        day = _from_number(float(cell)).day
    elif isinstance(cell, str) and DAY_BESIDE.search(bare := CLOCK.sub(" ", fold(cell))):
        day = _day(bare, about)[0]
    return Moment(day, hour(cell, about))


def put_beside(moment: Moment | None, other: Moment | None) -> Moment:
    """What a column of days and one of hours say together, the column of days first."""
    one, two = moment or NO_MOMENT, other or NO_MOMENT
    return Moment(one.day or two.day, one.hour or two.hour)


def above(table: Table) -> list[date | None]:
    """The day of each row that the line above its part says, and nothing else: ``Ngày 13/8``."""
    return table.above(lambda line: titles.day_alone(line, table.about.year))


def written(day: date, at: time | None) -> str:
    """A day with or without an hour as FHIR writes it."""
    return day.isoformat() if at is None else f"{day.isoformat()}T{at.isoformat('minutes')}"
