"""A ruled table: grouped heads, a number row, wrapped cells, a total row.

The head comes again on every page. A row longer than a page goes on on the next one, so nothing
that somebody wrote is cut off.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from reportlab.pdfgen.canvas import Canvas

from admin_suite.documents.parts import MM, Align, Column, Look, Style
from admin_suite.documents.text import JOINED, Line, Spot, draw_line, wrap

PAD = 2.8
RISE = 2.0
"""White space beside and above the text of a cell, in points."""
LEADING = 1.16
TAIL = 2
"""So many last rows stay together with the total and with what must follow it."""

Lines = tuple[Line, ...]


class Frame(Struct):
    """Where a table may be drawn.

    Left edge, room, current height, lowest line, the height at which a fresh page begins, and how
    to get the next page.
    """

    canvas: Canvas
    left: float
    room: float
    y: float
    bottom: float
    fresh: float
    turn: Callable[[], float]


class Row(Struct):
    """A measured row: the lines of each cell (None: joined to the cell above) and its height."""

    cells: list[Lines | None]
    height: float = 0.0
    reach: list[float] | None = None

    @property
    def joined(self) -> bool:
        """Whether a cell belongs to the row above, so that no page may begin here."""
        return None in self.cells


class Table:
    """Columns ready to receive rows."""

    def __init__(self, frame: Frame, columns: Sequence[Column], look: Look) -> None:
        self.frame = frame
        self.columns = columns
        self.look = look
        self.line = look.size * LEADING
        whole = sum(column.share for column in columns)
        self.widths = [frame.room * column.share / whole for column in columns]
        self.style = Style(look.size, family=look.family)
        self.strong = Style(look.size, family=look.family, bold=True)
        self.upper, self.lower = self._depths()
        self.empty = True
        self.boxes: list[str] = []

    def draw(
        self, rows: Sequence[Sequence[str]], total: Sequence[str] = (), keep: float = 0
    ) -> float:
        """Draw all rows and return the height reached.

        The last two rows stay with the total and with ``keep`` points below it.
        """
        frame, measured = self.frame, self._measured(rows)
        last = self._total_row(total) if total else None
        tail = (last.height if last else 0) + keep
        if frame.y - self.head_height - sum(r.height for r in measured[:TAIL]) < frame.bottom:
            frame.y = frame.turn()
        self._head()
        for place, row in enumerate(measured):
            if not row.joined:
                self._need(self._wanted(measured, place, tail))
            self._draw_row(row)
        if last:
            self._need(last.height)
            self._draw_total(last, total)
        return frame.y

    @property
    def head_height(self) -> float:
        """Height of the head with its number row."""
        return self.upper + self.lower + (self.line + RISE if self.look.number_row else 0)

    # -- measuring --------------------------------------------------------------------------------

    def _measured(self, rows: Sequence[Sequence[str]]) -> list[Row]:
        page = self.frame.fresh - self.frame.bottom - self.head_height - 2 * RISE - 1
        most = max(1, int(page / self.line))
        measured = [part for row in rows for part in self._parts(self._row(row), most)]
        for spot in range(len(self.columns)):
            self._share(measured, spot)
        self._reach(measured)
        return measured

    def _row(self, texts: Sequence[str]) -> Row:
        cells: list[Lines | None] = []
        for text, room in zip(texts, self.widths, strict=True):
            lines = wrap(text, room - 2 * PAD, self.style) if text else ()
            cells.append(None if text == JOINED else lines)
        return Row(cells, self._tall(cells))

    def _total_row(self, texts: Sequence[str]) -> Row:
        ends = enumerate(self._end(texts, place) for place in range(len(texts)))
        rooms = (sum(self.widths[place:end]) for place, end in ends)
        cells: list[Lines | None] = [
            self._bold(text, room) for text, room in zip(texts, rooms, strict=True)
        ]
        return Row(cells, self._tall(cells))

    def _tall(self, cells: Sequence[Lines | None]) -> float:
        lines = max((len(lines) for lines in cells if lines), default=1)
        return max(self.look.least * MM, lines * self.line + 2 * RISE + 1)

    def _parts(self, row: Row, most: int) -> Iterator[Row]:
        """A row of at most ``most`` lines, or several that hold its lines one after the other."""
        tall = max((len(lines) for lines in row.cells if lines), default=1)
        if tall <= most:
            yield row
            return
        for start in range(0, tall, most):
            cells = [lines and lines[start : start + most] for lines in row.cells]
            yield Row(cells, self._tall(cells))

    def _share(self, rows: Sequence[Row], spot: int) -> None:
        """Make rows that share a joined cell high enough for it."""
        for first, end in _joins(rows, spot):
            lines = rows[first].cells[spot] or ()
            each = (len(lines) * self.line + 2 * RISE + 1) / (end - first)
            for row in rows[first:end]:
                row.height = max(row.height, each)

    def _reach(self, rows: Sequence[Row]) -> None:
        for spot in range(len(self.columns)):
            for first, end in _joins(rows, spot):
                row = rows[first]
                row.reach = row.reach or [r.height for r in [row] * len(self.columns)]
                row.reach[spot] = sum(r.height for r in rows[first:end])

    def _wanted(self, rows: Sequence[Row], place: int, tail: float) -> float:
        """How much must fit below this row's top for it to stand on this page."""
        if place >= len(rows) - TAIL:
            return sum(row.height for row in rows[place:]) + tail
        end = place + 1
        while end < len(rows) and rows[end].joined:
            end += 1
        return sum(row.height for row in rows[place:end])

    def _depths(self) -> tuple[float, float]:
        """Height of the group headings and of the column headings."""
        groups = [
            len(wrap(name, sum(self.widths[i] for i in places) - 2 * PAD, self.strong))
            for name, places in self._groups()
            if name
        ]
        upper = max(groups) * self.line + 2 * RISE if groups else 0.0
        lower = 0.0
        for column, room in zip(self.columns, self.widths, strict=True):
            lines = len(wrap(column.head, room - 2 * PAD, self.strong))
            tall = lines * self.line + 2 * RISE + 1
            lower = max(lower, tall if column.group else tall - upper)
        return upper, lower

    def _groups(self) -> list[tuple[str, list[int]]]:
        places = range(len(self.columns))
        parts = groupby(places, key=lambda place: self.columns[place].group)
        return [(name, list(part)) for name, part in parts]

    def _end(self, texts: Sequence[str], place: int) -> int:
        """Where a total's cell ends: words stand over the empty ones after them, numbers do not."""
        end = place + 1
        while end < len(texts) and not texts[end] and self.columns[place].align != "right":
            end += 1
        return end

    # -- drawing ----------------------------------------------------------------------------------

    def _need(self, height: float) -> None:
        """Begin a new page unless the height fits, or nothing stands on this one yet."""
        if not self.empty and self.frame.y - height < self.frame.bottom:
            self.frame.y = self.frame.turn()
            self._head()

    def _head(self) -> None:
        self.empty = True
        frame, x = self.frame, self.frame.left
        for name, places in self._groups():
            span = sum(self.widths[place] for place in places)
            if name:
                self._box(self._bold(name, span), (x, frame.y, span, self.upper), "center")
            for place in places:
                room, head = self.widths[place], self.columns[place].head
                top = frame.y - self.upper if name else frame.y
                tall = self.lower if name else self.upper + self.lower
                self._box(self._bold(head, room), (x, top, room, tall), "center")
                x += room
        self._rule()
        frame.y -= self.upper + self.lower
        if self.look.number_row:
            self._number_row()

    def _number_row(self) -> None:
        frame, x = self.frame, self.frame.left
        style = Style(self.look.size - 1.5, italic=True, family=self.look.family)
        tall = self.line + RISE
        for place, room in enumerate(self.widths, start=1):
            lines = wrap(f"({place})", room - 2 * PAD, style)
            self._box(lines, (x, frame.y, room, tall), "center", style.size)
            x += room
        self._rule()
        frame.y -= tall

    def _draw_row(self, row: Row) -> None:
        self.empty = False
        x = self.frame.left
        for spot, (lines, room) in enumerate(zip(row.cells, self.widths, strict=True)):
            if lines is not None:
                tall = row.reach[spot] if row.reach else row.height
                self._box(lines, (x, self.frame.y, room, tall), self.columns[spot].align)
            x += room
        self._rule()
        self.frame.y -= row.height

    def _draw_total(self, row: Row, texts: Sequence[str]) -> None:
        x, place = self.frame.left, 0
        while place < len(texts):
            end = self._end(texts, place)
            room = sum(self.widths[place:end])
            align = self.columns[place].align if end == place + 1 else "center"
            self._box(row.cells[place] or (), (x, self.frame.y, room, row.height), align)
            x, place = x + room, end
        self._rule()
        self.frame.y -= row.height

    def _rule(self) -> None:
        """Rule the boxes of a row as one path: half the time of asking the canvas for each."""
        self.frame.canvas.addLiteral(f"0.5 w {' '.join(self.boxes)} S")
        self.boxes.clear()

    def _bold(self, text: str, room: float) -> Lines:
        return wrap(text, room - 2 * PAD, self.strong) if text else ()

    def _box(
        self, lines: Lines, box: tuple[float, float, float, float], align: Align, size: float = 0
    ) -> None:
        """A ruled box (left, top, width, height) with its lines in the middle."""
        canvas, (x, top, room, height) = self.frame.canvas, box
        size = size or self.look.size
        start, low = round(x, 2), round(top - height, 2)  # edges meet: no line is drawn twice
        wide, tall = round(x + room, 2) - start, round(top, 2) - low
        self.boxes.append(f"{start:.2f} {low:.2f} {wide:.2f} {tall:.2f} re")
        y = top - (height - len(lines) * size * LEADING) / 2 - size * 0.9
        for line in lines:
            draw_line(canvas, line, Spot(x + PAD, y, room - 2 * PAD), size, align)
            y -= size * LEADING


def _joins(rows: Sequence[Row], spot: int) -> Iterator[tuple[int, int]]:
    """First row and end of every run of rows joined in one column."""
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place].cells[spot] is not None:
            if place - first > 1:
                yield first, place
            first = place
