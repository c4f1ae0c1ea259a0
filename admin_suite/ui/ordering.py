"""Filtering and sorting what stands in cells: moments as moments, figures as figures, names."""

import re
from functools import lru_cache
from typing import Any

from admin_suite.registry.names import fold, sort_key

DAY = re.compile(r"(?:(\d\d:\d\d) )?(?:(\d\d)/)?(?:(\d\d)/)?(\d{4})")
RUNS = re.compile(r"\d+")
THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
DIGITS = 12


def kept(words: str, asked: str) -> bool:
    """Whether a cell has what its filter asks for; of pasted lines, whether it is one of them."""
    several = asked.splitlines()
    if len(several) > 1:
        return fold(words) in {fold(one) for one in several}
    return fold(asked) in fold(words)


@lru_cache(maxsize=50_000)
def sort_value(words: str, *, figures: bool = False, people: bool = False) -> tuple[Any, ...]:
    """A key whose plain order is the one that people expect; what is empty comes last."""
    if (found := DAY.fullmatch(words)) is not None:
        clock, first, second, year = found.groups()
        day, month = (first, second) if second else ("", first)
        return (1, year, month or "", day or "", clock or "")
    number = NUMBER.match(THOUSANDS.sub("", words)) if figures else None
    if number is not None:
        return (0, float(number[0].replace(",", ".")))
    return (2 if words else 9, sort_key(words if people else _spelled(words)))


def _spelled(words: str) -> str:
    """Words in such an order that the key of a name, which begins with the last, begins right."""
    first, *others = RUNS.sub(lambda run: run[0].zfill(DIGITS), words).split() or [""]
    return " ".join([*others, first])
