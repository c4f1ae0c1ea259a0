"""Which column of a list is which field: headings in any wording, with or without marks.

Every heading is compared with every name known for a field; the best pairs win, and headings that
are known to mean something else compete too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from admin_suite.excel.sheet import Column, Sheet
from admin_suite.excel.words import in_every_language, words

NUMBER = ("stt", "tt", "so tt", "so thu tu", "thu tu", "no")
EXACT, BEGINS, HOLDS = 1000, 500, 300
SHORT = 3  # a name of so few letters must be the whole heading


@dataclass(frozen=True)
class Seats:
    """Where the fields stand: ``places`` by field, their headings as written, and the others."""

    places: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    number: int | None = None


def seats(sheet: Sheet[Any], headings: Sequence[Sequence[str]], asked: Mapping[str, str]) -> Seats:
    """Match headings, each the texts above one column from the top, with the fields of a sheet.

    ``asked`` are headings that a person named for a field.
    """
    pairs = sorted(_pairs(sheet, headings, asked), key=lambda pair: (-pair[0], pair[2]))
    places: dict[str, int] = {}
    taken: dict[int, str] = {}
    for _score, name, place in pairs:
        if place in taken or name in places:
            continue
        taken[place] = name
        if name not in ("", "#"):
            places[name] = place
    numbers = [place for place, name in taken.items() if name == "#"]
    written = {name: " ".join(headings[place]) for name, place in places.items()}
    others = [" ".join(h) for at, h in enumerate(headings) if h and taken.get(at, "") in ("", "#")]
    return Seats(places, written, tuple(others), min(numbers, default=None))


def missing(sheet: Sheet[Any], found: Seats) -> list[Column]:
    """The columns a list must have and does not."""
    served = {c.serves for c in sheet.columns if c.field in found.places}
    return [
        column
        for column in sheet.columns
        if column.required and column.field not in found.places and column.field not in served
    ]


def _pairs(
    sheet: Sheet[Any], headings: Sequence[Sequence[str]], asked: Mapping[str, str]
) -> list[tuple[int, str, int]]:
    wanted = {name: words(heading) for name, heading in asked.items()}
    pairs = []
    for place, texts in enumerate(headings):
        if not texts:
            continue
        whole, last = words(" ".join(texts)), words(texts[-1])
        for name, known in _names(sheet):
            score = max(_score(whole, known), _score(last, known) - 1 if last != whole else 0)
            if name in wanted:
                score = 2 * EXACT if wanted[name] in (whole, last) else 0
            if score > 0:
                pairs.append((score, name, place))
    return pairs


@cache
def _names(sheet: Sheet[Any]) -> list[tuple[str, tuple[str, ...]]]:
    names = [
        (c.field, tuple(dict.fromkeys(words(text) for text in _spellings(c))))
        for c in sheet.columns
    ]
    return [*names, ("#", NUMBER), ("", tuple(words(text) for text in sheet.ignored))]


def _spellings(column: Column) -> list[str]:
    return [column.field, *in_every_language(column.heading), *column.aliases]


def _score(heading: str, names: Sequence[str]) -> int:
    return max((_likeness(heading, name) for name in names), default=0)


def _likeness(heading: str, name: str) -> int:
    if heading == name:
        return EXACT + len(name)
    if len(name) <= SHORT:
        return 0
    if heading.startswith(f"{name} "):
        return BEGINS + len(name)
    return HOLDS + len(name) if f" {name} " in f" {heading} " else 0
