"""What calamine does not tell of an OpenDocument: hidden rows, merged cells, fonts, lines through.

Loaded by name, in the child process that reads such files.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct, field

MOST_ROWS, MOST_COLUMNS = 200_000, 512
HIDDEN = {"filter", "collapse"}
CELLS = {"table:table-cell", "table:covered-table-cell"}
Attributes = Mapping[str, str]
Merge = tuple[tuple[int, int], tuple[int, int]]


class Looks(Struct):
    """How one table looks: rows and columns count from 0."""

    hidden: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)


def looks(path: Path) -> dict[str, Looks]:
    """How each table of a file looks, by its name."""
    reader = _Reader()
    with zipfile.ZipFile(path) as book:
        for name in ("styles.xml", "content.xml"):
            if name in book.namelist():
                parser = expat.ParserCreate()
                parser.StartElementHandler = reader.start
                parser.EndElementHandler = reader.end
                parser.Parse(book.read(name), True)
    return reader.tables


class _Reader:
    """Follows the elements of the file."""

    def __init__(self) -> None:
        self.tables: dict[str, Looks] = {}
        self.table: Looks | None = None
        self.row = self.column = self.rows = 0
        self.style = ""
        self.parents: dict[str, str] = {}
        self.fonts: dict[str, str] = {}
        self.struck: set[str] = set()
        self.defaults: list[str] = []

    def start(self, name: str, said: Attributes) -> None:
        """An element begins."""
        if name == "style:style":
            self.style = said.get("style:name", "")
            self.parents[self.style] = said.get("style:parent-style-name", "")
        elif name == "style:text-properties" and self.style:
            font = said.get("style:font-name") or said.get("fo:font-family", "")
            self.fonts[self.style] = font.strip("'\"")
            if said.get("style:text-line-through-style", "none") != "none":
                self.struck.add(self.style)
        elif name == "table:table":
            self.table = self.tables.setdefault(said.get("table:name", ""), Looks())
            self.row, self.rows, self.defaults = -1, 1, []
        elif self.table is not None:
            self._within(self.table, name, said)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "style:style":
            self.style = ""
        elif name == "table:table":
            self.table = None

    def _within(self, table: Looks, name: str, said: Attributes) -> None:
        if name == "table:table-column":
            times = min(_number(said, "table:number-columns-repeated"), MOST_COLUMNS)
            self.defaults += [said.get("table:default-cell-style-name", "")] * times
            del self.defaults[MOST_COLUMNS:]
        elif name == "table:table-row":
            self.row += self.rows
            self.rows = _number(said, "table:number-rows-repeated")
            self.column = 0
            if said.get("table:visibility") in HIDDEN and self.row < MOST_ROWS:
                table.hidden |= set(range(self.row, min(self.row + self.rows, MOST_ROWS)))
        elif name in CELLS:
            self._cell(table, said)

    def _cell(self, table: Looks, said: Attributes) -> None:
        at, times = self.column, _number(said, "table:number-columns-repeated")
        self.column += times
        times = min(times, MOST_COLUMNS)
        if at >= MOST_COLUMNS or self.row >= MOST_ROWS:
            return
        down = _number(said, "table:number-rows-spanned")
        right = _number(said, "table:number-columns-spanned")
        if down > 1 or right > 1:
            table.merges.append(((self.row, at), (self.row + down - 1, at + right - 1)))
        if "office:value-type" in said:
            style = said.get("table:style-name") or (self.defaults + [""] * (at + 1))[at]
            font = self._font(style)
            if font or style in self.struck:
                rows = range(self.row, self.row + min(self.rows, MOST_COLUMNS))
                places = [(row, c) for row in rows for c in range(at, at + times)]
                table.fonts.update(dict.fromkeys(places, font) if font else {})
                table.struck.update(places if style in self.struck else ())

    def _font(self, style: str) -> str:
        for _step in range(8):
            if not style or style in self.fonts:
                break
            style = self.parents.get(style, "")
        return self.fonts.get(style, "")


def _number(said: Attributes, name: str) -> int:
    text = said.get(name, "1")
    return max(int(text), 1) if text.isdecimal() else 1
