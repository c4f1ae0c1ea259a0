"""What is what in a worksheet: headings, rows of data, lines above groups, totals, signatures.

The rows of headings are found by content; lists repeat them every page, put a line before each
hamlet, a total after it, and names to sign below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.draft import Lacking
from admin_suite.excel.grid import Grid, blank, plain
from admin_suite.excel.headings import Seats, missing, seats
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.words import words

LOOK = 60  # rows searched for the headings
FEW = 2  # headings or texts that a row of headings has at least
ALIKE = 3  # headings that must come again for a second table or repeated headings
TOTAL = re.compile(r"(?:tong|cong)(?: |$)")
SIGNED = re.compile(
    r"nguoi lap|lap bieu|ky ten|ky ghi ro|thu truong|truong tram|giam doc|ke toan|"
    r"ngay \d+ thang \d+ nam|^ghi chu |xac nhan cua|dong dau|t m |nguoi lay mau$|noi nhan"
)
ORDINAL = re.compile(r"\(?\s*\d{1,3}\s*\)?")
EXAMPLES = {"vi du", "vd", "example", "mau"}
COUNT = re.compile(r"\d+")


@dataclass(frozen=True)
class Total:
    """A line that states how many rows there are; ``grand`` for the whole list."""

    row: int
    stated: int
    grand: bool


@dataclass
class Layout:
    """One list in a worksheet; rows count from 0."""

    seats: Seats
    top: int
    first: int
    end: int  # the column where a second table begins, or the width
    second: int = 0  # rows of the second table
    rows: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def headed(sheet: Sheet[Any], grid: Grid, asked: Mapping[str, str]) -> Layout:
    """Where the headings of this worksheet stand; refuses when it has none."""
    best: Layout | None = None
    for top in range(min(LOOK, len(grid.rows))):
        if best is not None and top > best.top + ALIKE and len(best.seats.places) > ALIKE:
            break
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in grid.rows[top]) < FEW:
            continue
        layout = _headed(sheet, grid, top, asked)
        if best is None or len(layout.seats.places) > len(best.seats.places) + 1:
            best = layout
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


def walk(sheet: Sheet[Any], grid: Grid, layout: Layout) -> None:
    """Say of every row below the headings what it is."""
    _Walk(grid, layout, _leads(sheet, layout.seats)).run()


def _leads(sheet: Sheet[Any], found: Seats) -> list[int]:
    """The columns that say that a row is a row: the required ones, or what stands for them."""
    required = [c.field for c in sheet.columns if c.required]
    names = [c.field for c in sheet.columns if c.required or c.serves in required]
    places = [found.places[name] for name in names if name in found.places]
    return places or [min(found.places.values())]


def _headed(sheet: Sheet[Any], grid: Grid, top: int, asked: Mapping[str, str]) -> Layout:
    width = _second(grid, top)
    texts = [[plain(grid.cell(top, at))] for at in range(width)]
    texts = [[] if text == [""] else text for text in texts]
    first = top + 1
    if _is_lower(grid, top, width):
        _join(grid, top, texts)
        first += 1
    layout = Layout(seats(sheet, texts, asked), top, first, width)
    layout.texts = [" ".join(text) for text in texts]
    if width < grid.width:
        filled = (
            any(not blank(grid.cell(r, c)) for c in range(width + 1, width + 4))
            for r in range(first, len(grid.rows))
        )
        layout.second = sum(filled)
    return layout


def _second(grid: Grid, top: int) -> int:
    """Where the same headings begin again beside the first ones."""
    heads = [words(plain(cell)) for cell in grid.rows[top]]
    start = next((at for at, head in enumerate(heads) if head), 0)
    for at in range(start + ALIKE, len(heads) - ALIKE):
        if heads[at] == heads[start] and heads[at : at + ALIKE] == heads[start : start + ALIKE]:
            return at
    return grid.width


def _is_lower(grid: Grid, top: int, width: int) -> bool:
    """Whether the row below belongs to the headings: only short words under empty or wide cells."""
    below = [(at, grid.cell(top + 1, at)) for at in range(width)]
    filled = [(at, cell) for at, cell in below if not blank(cell)]
    if not filled or len(filled) == width:
        return False
    names = [words(plain(cell)) for _at, cell in filled]
    if any(not isinstance(cell, str) or COUNT.search(words(cell) or "1") for _at, cell in filled):
        return False
    upper = [blank(grid.cell(top, at)) or blank(grid.cell(top, at + 1)) for at, _cell in filled]
    merged = any(low[0] > high[0] == top for high, low in grid.merges)
    return len(names) >= FEW and all(upper) and (merged or len(filled) < width - 2)


def _join(grid: Grid, top: int, texts: list[list[str]]) -> None:
    """Put the upper heading before each lower one."""
    above: list[str] = []
    for at, heading in enumerate(texts):
        lower = plain(grid.cell(top + 1, at))
        if heading:
            above = heading
        if lower:
            texts[at] = [*above, lower]


class _Walk:
    """Goes down the rows below the headings and says of each what it is."""

    def __init__(self, grid: Grid, layout: Layout, leads: Sequence[int]) -> None:
        self.grid, self.layout, self.leads = grid, layout, leads
        number = layout.seats.number
        self.number = number
        taken = {*leads, *(() if number is None else (number,))}
        self.others = sorted(set(layout.seats.places.values()) - taken)
        heads = [*grid.rows[layout.top][: layout.end]]
        if layout.first > layout.top + 1:
            heads += grid.rows[layout.top + 1][: layout.end]
        self.heads = {words(plain(cell)) for cell in heads if not blank(cell)}
        self.section, self.ended = "", False
        self.odd: dict[Any, bool] = {}

    def run(self) -> None:
        """Fill in the rows, sections and totals of the layout."""
        layout, rows = self.layout, self.grid.rows
        lead, others = self.leads[0], self.others
        for at in range(layout.first, len(rows)):
            row = rows[at]
            name = row[lead] if lead < len(row) else None
            usual = not self.ended and not self._is_odd(name) and not self._is_shown(row)
            if (usual and any(map(row.__getitem__, others))) or self._is_data(at, row):
                layout.rows.append(at)
                layout.sections.append(self.section)

    def _is_shown(self, row: Sequence[Any]) -> bool:
        return self.number is not None and isinstance(row[self.number], str)

    def _is_odd(self, name: Any) -> bool:
        known = self.odd.get(name)
        if known is None:
            text = words(plain(name)) if not blank(name) else ""
            known = not text or bool(TOTAL.match(text) or SIGNED.search(text) or text.isdecimal())
            self.odd[name] = known = known or text in self.heads
        return known

    def _is_data(self, at: int, row: Sequence[Any]) -> bool:
        filled = {c: cell for c, cell in enumerate(row[: self.layout.end]) if not blank(cell)}
        numbered = self.number in filled and bool(COUNT.fullmatch(plain(filled[self.number])))
        texts = {c: words(plain(cell)) for c, cell in filled.items() if isinstance(cell, str)}
        empty = not filled or (set(filled) == {self.number} and numbered)
        if empty or self._is_head(filled, texts) or self._is_example(filled):
            return False
        if self._is_total(at, filled, texts):
            return False
        if not numbered:
            self.ended = self.ended or any(SIGNED.search(text) for text in texts.values())
            if self.ended:
                self.layout.footer += [plain(cell) for cell in filled.values()]
                return False
        return self._is_row(filled, texts, numbered=numbered)

    def _is_example(self, filled: Mapping[int, Any]) -> bool:
        """A row of our own template that shows how rows are written."""
        if self.number is None:
            return False
        return words(plain(filled.get(self.number))) in EXAMPLES

    def _is_head(self, filled: Mapping[int, Any], texts: Mapping[int, str]) -> bool:
        again = sum(text in self.heads for text in texts.values())
        if again >= FEW and again * 10 >= len(filled) * 6:
            return True
        orders = [plain(cell) for cell in filled.values() if ORDINAL.fullmatch(plain(cell))]
        return len(orders) == len(filled) >= ALIKE and (
            orders[0].startswith("(") or orders == [str(n + 1) for n in range(len(orders))]
        )

    def _is_total(self, at: int, filled: Mapping[int, Any], texts: Mapping[int, str]) -> bool:
        said = next((text for text in list(texts.values())[:2] if TOTAL.match(text)), None)
        data = sum(c in filled and c not in texts for c in self.others)
        if said is None or data > 1 or len(filled) > max(3, len(self.others) // 2):
            return False
        counts = [found for cell in filled.values() for found in COUNT.findall(_unnamed(cell))]
        grand = said.startswith("tong")
        if counts:
            self.layout.totals.append(Total(at, int(counts[-1]), grand))
        self.ended = self.ended or grand
        return True

    def _is_row(
        self, filled: Mapping[int, Any], texts: Mapping[int, str], *, numbered: bool
    ) -> bool:
        if numbered:
            return any(c in filled for c in (*self.leads, *self.others))
        if len({plain(cell) for cell in filled.values()}) == 1 and len(texts) == len(filled):
            self.section = plain(next(iter(filled.values())))
            return False
        return any(c in filled for c in self.others) or sum(c in filled for c in self.leads) > 1


def _unnamed(cell: Any) -> str:
    """What a total says after its name: ``Cộng Bản Bon 1: 14 người`` says 14."""
    text = plain(cell)
    return text.rsplit(":", 1)[-1]
