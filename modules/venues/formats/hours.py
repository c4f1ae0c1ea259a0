"""Opening hours as lists write them: times of the day, from when to when, on which days."""

import re

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted
from admin_suite.excel.words import loose
from admin_suite.registry.names import fold
from admin_suite.registry.reading import days

CLOCK = re.compile(r"(\d{1,2})\s*(?:gio|[:hg.])?\s*(\d{2})?(?::00|\s*(?:phut|ph|p|'))?")
PART_OF_DAY = r"(?:sang|trua|chieu|toi|dem|khuya)"
NAMED_PART = re.compile(PART_OF_DAY)
TOLD_CLOCK = re.compile(
    rf"(?:{PART_OF_DAY}\s*)?\d{{1,2}}\s*(?:gio|[h:g])\s*(?:\d{{1,2}}\s*(?:phut|ph|p|')?)?"
    rf"(?:ruoi)?\s*{PART_OF_DAY}?(?:\s*(?:ngay )?hom sau)?"
)
ENGLISH_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b")
# of folded words, in which "toi" is the evening or until
SPAN = re.compile(
    r"\s*(?:[-–—→~]+>?|\bden\b|\bto\b)\s*"  # noqa: RUF001 - dashes of lists
    r"|(?<=\S)\s+toi\s+(?=\d)"
)
SHIFTS = re.compile(r"[;,]|\bva\b")
ALWAYS = re.compile(
    r"\b24 ?(?:h )?(?:24h?|7)\b|\b(?:ca|suot) ngay(?: lan)? dem\b|^24 ?(?:h|gio|tieng)$"
)
WEEKDAY = (
    r"(?:t ?[2-7]\b|thu (?:[2-7]|hai|ba|tu|nam|sau|bay)\b|cn\b|chu nhat\b|cuoi tuan\b"
    r"|(?:ngay )?(?:le|tet)\b)"
)
WEEKDAYS = re.compile(
    r"\(?(?:\b(?:tru|nghi|ke ca|ca|cac|rieng|tu|vao|ngay|hop|phien|cho)\b\s*:?\s*)*"
    rf"\b{WEEKDAY}(?:\s*(?:[-–,&/]|den\b|toi\b|va\b)?\s*{WEEKDAY})*"  # noqa: RUF001 - dashes of lists
    r"(?:\s+(?:nghi|dong cua)\b)?\s*[:)]?"
)
UNSAID = re.compile(  # what says nothing beside hours
    r"\(?\b(?:(?:hang|moi|tat ca cac|cac) ngay(?: trong tuan)?|ca tuan|trong tuan)\b\s*[:)]?"
    r"|\b(?:tu|mo(?: cua)?(?: luc)?|buoi)\b\s*:?"
)
CLOSING = re.compile(r"[,;]?\s*\bdong(?: cua)?(?: luc)?\s*:?\s*(?=\d)")
COLON = re.compile(rf"({PART_OF_DAY})\s*:")
LAST_HOUR, LAST_MINUTE = 24, 59
HALF, HOUR, DAY = 12, 60, 24 * 60  # hours, minutes


def clock(cell: object, _about: About) -> object:
    """A time of the day as ``07:30``; Excel keeps one as a part of a day."""
    written = _of_a_day(cell) if isinstance(cell, float) else plain(cell)
    found = CLOCK.fullmatch(loose(written).replace(" ", ":")) or CLOCK.fullmatch(written.strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour <= LAST_HOUR and minute <= LAST_MINUTE:
            return f"{hour % LAST_HOUR:02d}:{minute:02d}"
    told = days.clock(written) if TOLD_CLOCK.fullmatch(fold(written).strip()) else None
    if told:
        return f"{told:%H:%M}"
    said = _("“{cell}” is no time of the day and was left out.")
    return Noted("", "TIME_UNKNOWN", said.format(cell=written))


def _of_a_day(cell: float) -> str:
    """What a number says of an hour: ``0.3125`` is 7:30 to Excel, ``7.3`` was typed as 7.30."""
    if cell.is_integer():
        return plain(cell)
    if not 0 < cell < 1:
        return f"{cell:.2f}"
    hour, minute = divmod(round(cell * DAY), HOUR)
    return f"{hour:02d}:{minute:02d}"


def opening(cell: object, about: About) -> object:
    """When a place opens; both times where the cell says them: ``7h - 21h`` below “Giờ mở cửa”."""
    if ALWAYS.search(loose(plain(cell))):
        return hours(cell, about)
    found = clock(cell, about)
    if not isinstance(found, Noted):
        return found
    both = hours(cell, about)
    said = both.value if isinstance(both, Noted) else both
    return found if said == ("", "") else both


def hours(cell: object, about: About) -> object:
    """Opening and closing time written in one cell: ``7h - 21h30``; of shifts the outer ones.

    On which days it is open nobody asks here: they are left out, and said so.
    """
    written = plain(cell).strip()
    if ALWAYS.search(loose(written)):
        return ("00:00", "00:00")
    text = fold(written.replace("\n", ";").replace("\u2019", "'"))
    bare = WEEKDAYS.sub(" ", text)
    plainer = COLON.sub(r"\1", UNSAID.sub(" ", CLOSING.sub(" - ", bare)))
    told = ENGLISH_CLOCK.sub(_as_here, plainer)
    shifts = [_shift(part.strip()) for part in SHIFTS.split(told) if part.strip(" .:()")]
    times = [clock(part, about) for shift in shifts for part in shift]
    whole = bool(shifts) and all(len(shift) == 2 for shift in shifts)  # noqa: PLR2004 - from, to
    if not (whole and all(isinstance(one, str) for one in times)):
        said = _("“{cell}” does not say from when to when; the hours were left out.")
        return Noted(("", ""), "TIME_UNKNOWN", said.format(cell=written))
    both = times[0], times[-1]
    if bare == text:
        return both
    said = _("“{cell}”: the hours are kept, on which days is not.")
    return Noted(both, "DAYS_NOT_KEPT", said.format(cell=written))


def _as_here(found: re.Match[str]) -> str:
    """An hour of ``a.m.`` or ``p.m.`` as hours are counted here."""
    hour = int(found[1]) % HALF + (HALF if found[3] == "p" else 0)
    return f"{hour}:{found[2] or '00'}"


def _shift(written: str) -> list[str]:
    """From when to when; a part of the day said before both speaks of both: ``chiều 2h-5h``."""
    times = SPAN.split(written)
    if days.EVENING.match(times[0]):
        times[1:] = [one if NAMED_PART.search(one) else f"{one} chieu" for one in times[1:]]
    return times
