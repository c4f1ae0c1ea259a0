"""Entrances as lists write them: how many there are, or what they are called."""

import re
from collections.abc import Sequence

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Wrong
from admin_suite.excel.words import loose
from modules.venues.rules.marks import ENTRANCES

SUM = re.compile(
    r"\d+(?:\s*[+]\s*\d+)+"
    r"|\d+ (?:cong |cua |loi )?chinh(?: va)? \d+ (?:cong |cua |loi )?(?:phu|sau)"
)
WORDS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4"}
COUNT = re.compile(r"(-?\d+|mot|hai|ba|bon)(?:\s*(?:cong|loi|cua|diem|vi tri|ma)\b.*)?")
WITH_NAMES = re.compile(r"\s*0?(\d{1,2})\s*(?:cổng|cửa|lối|lối vào)?\s*[(:]\s*([^()]+?)\s*\)?\s*")
LABEL_SIGNS = re.compile(r"[;,+/\n]|\bvà\b")


def told_entrances(cell: object, about: About) -> object:
    """How many entrances, with their names where the cell lists them: ``2 (Cổng chính; sau)``."""
    count, written = entrances(cell, about), plain(cell)
    if (found := WITH_NAMES.fullmatch(written)) and len(names := _parts(found[2])) == int(found[1]):
        return count, joined_labels(names)
    names = _parts(written)
    if COUNT.fullmatch(loose(written)) or not _are_names(names):
        return count
    return count, joined_labels(names)


def _are_names(parts: Sequence[str]) -> bool:
    """Whether these are names of entrances: words, or several words with a number behind."""
    numbered = any(re.search(r"\d", part) for part in parts)
    return not numbered or (len(parts) > 1 and all(part[0].isalpha() for part in parts))


def _parts(written: str) -> list[str]:
    return [part.strip() for part in LABEL_SIGNS.split(written) if part.strip()]


def entrances(cell: object, _about: About) -> int:
    """How many entrances: a number, a sum (``1+1``), or their names (``Cổng 1; Cổng 2``)."""
    written = plain(cell)
    bare = loose(written) if not written.startswith("-") else written
    if SUM.fullmatch(written) or SUM.fullmatch(bare):
        count = sum(map(int, re.findall(r"\d+", written)))
    elif found := COUNT.fullmatch(bare):
        count = int(WORDS.get(found[1], found[1]))
    else:
        names = _parts(written)
        count = len(names) if _are_names(names) else 0
    if count not in ENTRANCES:
        said = _("“{cell}” is no number of entrances; a place has from 1 to 99.")
        raise Wrong("BAD_ENTRANCES", said.format(cell=written))
    return count


def labels(cell: object, _about: About) -> str:
    """The names of entrances in their order, a semicolon between: ``Cổng chính; Cổng sau``."""
    written = plain(cell)
    return joined_labels(written_labels(written) if ";" in written else _parts(written))


def joined_labels(names: Sequence[str]) -> str:
    """Names of entrances as one text; those behind the last that has one are not told."""
    return "; ".join(names).rstrip("; ")


def written_labels(text: str) -> list[str]:
    """The names of entrances of one text, by their order; some may be empty."""
    return [" ".join(part.split()) for part in text.split(";")] if text else []
