"""Where the list of a worksheet stands: its headings, one to four rows of them, and its columns.

Headings are found by content: the row, and the number of rows, that surely mean most fields.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.draft import Lacking
from admin_suite.excel.grid import Grid, blank, plain
from admin_suite.excel.headings import EXACT, LONGEST, NUMBER, Seats, missing, seats
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.words import words

LOOK = 60  # rows searched for the headings
FEW = 2  # headings or texts that a row of headings has at least
MOST = 400  # headings of a list; to look at thousands of them would take minutes
ALIKE = 3  # headings that must come again for a second table
TALLEST = 4  # rows of headings
SURER = EXACT // 5  # what a further row of headings must add
NUMBERS = re.compile(r"\W*\d[\d\W]*")


class Total(Struct, frozen=True):
    """A line that states how many rows there are: the numbers it says."""

    row: int
    stated: tuple[int, ...]


class Layout(Struct):
    """One list in a worksheet; rows count from 0.

    ``totals`` are of the whole list; ``left`` are the rows below it that are none of its records,
    ``between`` those above its last record that are neither that nor anything known, ``below`` the
    row where another table begins under it.
    """

    seats: Seats
    top: int
    first: int
    end: int  # the column where a second table begins, or the width
    second: int = 0  # rows of the second table
    rows: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    below: int = 0
    between: list[int] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def worth(self) -> int:
        """How surely these are the headings; each further row of them must add to it."""
        return self.seats.worth - SURER * (self.first - self.top)


def headed(sheet: Sheet[Any], grid: Grid, asked: Mapping[str, str]) -> Layout:
    """Where the headings of this worksheet stand; refuses when it has none."""
    best = _best(sheet, grid, asked)
    called = grid.name or _("The file")
    if best is None or len(best.seats.places) < FEW:
        raise UserError(
            _("“{name}” has no row with the headings of this sheet.").format(name=called)
        )
    if lacks := missing(sheet, best.seats):
        names = ", ".join(_(column.heading) for column in lacks)
        said = _("“{name}” has no column for: {fields}.").format(name=called, fields=names)
        raise Lacking(said, sheet, best.texts, best.seats.headings)
    return best


def _best(sheet: Sheet[Any], grid: Grid, asked: Mapping[str, str]) -> Layout | None:
    best: Layout | None = None
    for top in range(min(LOOK, len(grid.rows))):
        if best is not None and top > best.first and len(best.seats.places) > ALIKE:
            break
        texts = sum(isinstance(cell, str) and bool(cell.strip()) for cell in grid.rows[top])
        if not FEW <= texts <= MOST:
            continue
        for layout in _from(sheet, grid, top, asked):
            if best is None or layout.worth > best.worth:
                best = layout
    return best


def _from(sheet: Sheet[Any], grid: Grid, top: int, asked: Mapping[str, str]) -> list[Layout]:
    """The layouts with headings of one row, two rows and so on, all beginning here."""
    end = _second(grid, top)
    texts = [[text] if (text := _heading(grid.cell(top, at))) else [] for at in range(end)]
    found = []
    for first in range(top + 1, top + TALLEST + 1):
        layout = Layout(seats(sheet, texts, asked), top, first, end)
        layout.texts = [" ".join(text) for text in texts]
        layout.second = _beside(grid, first, end)
        found.append(layout)
        if not _may_be_lower(grid, first, end):
            break
        texts = _joined(grid, first, texts)
    return found


def _heading(cell: object) -> str:
    return plain(cell)[:LONGEST]


def _second(grid: Grid, top: int) -> int:
    """Where a second table begins beside the first one: its headings or numbers come again."""
    heads = [words(_heading(cell)) for cell in grid.rows[top]]
    start = next((at for at, head in enumerate(heads) if head), 0)
    for at in range(start + FEW, len(heads)):
        head, before = heads[at], heads[start:at]
        again = head and heads[at : at + ALIKE] == heads[start : start + ALIKE]
        numbers = head in NUMBER and any(known in NUMBER for known in before)
        apart = head in before and not heads[at - 1] and heads[at + 1 : at + 2] != [""]
        if numbers or (again and at >= start + ALIKE) or (head and apart):
            return at
    return grid.width


def _beside(grid: Grid, first: int, end: int) -> int:
    """How many rows the table beside has."""
    if end >= grid.width:
        return 0
    return sum(
        any(not blank(grid.cell(row, at)) for at in range(end + 1, end + 4))
        for row in range(first, len(grid.rows))
    )


def _may_be_lower(grid: Grid, at: int, end: int) -> bool:
    """Whether a row may belong to the headings: only words, no numbers."""
    filled = [grid.cell(at, column) for column in range(end)]
    filled = [cell for cell in filled if not blank(cell)]
    return len(filled) >= FEW and all(
        isinstance(cell, str) and not NUMBERS.fullmatch(cell) for cell in filled
    )


def _joined(grid: Grid, at: int, texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Each lower heading behind the one above it, which may stand over several columns."""
    above: Sequence[str] = []
    joined: list[list[str]] = []
    for column, heading in enumerate(texts):
        lower = _heading(grid.cell(at, column))
        above = heading or above
        joined.append([*above, lower] if lower else list(heading))
    return joined
