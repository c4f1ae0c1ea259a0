"""What stands above the rows of a log: the venue that it names, the day of a group."""

import re

from admin_suite.core.errors import UserError
from admin_suite.excel.sheet import About
from modules.venues.formats.checkins import Scan, by_number
from modules.venues.formats.places import Places, called

WITHIN = re.compile(r"(?<![\w:])(\d\d\s?\d{3}\s?[A-Z])(?!\w)")
OF_A_WEEK = re.compile(
    r"\b(thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|cn)\s*[,:-]?\s*(?=\d{1,2}\s*[/.-]\s*\d)",
    re.IGNORECASE,
)
BARE_DAY = re.compile(r"\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*")


def venue_in(text: str, about: About) -> Scan | None:
    """The venue that a title, a worksheet's name or the line above a group names."""
    world = about.world if isinstance(about.world, Places) else Places()
    for found in WITHIN.findall(text.upper()):
        try:
            scan = by_number(found, world)
        except UserError:
            continue
        if scan is not None:
            return scan
    bare = f" {called(text)} "
    names = [name for name in world.named if f" {name} " in bare]
    longest = max(names, key=len, default="")
    numbers = world.named.get(longest, ())
    return Scan(numbers[0]) if len(numbers) == 1 else None


def day_line(line: str) -> str:
    """A line above a group as titles write days: ``Thứ bảy, 28/11`` is ``Thứ bảy ngày 28/11``."""
    if BARE_DAY.fullmatch(line):
        return f"ngày {line.strip()}"
    return OF_A_WEEK.sub(r"\1 ngày ", line)
