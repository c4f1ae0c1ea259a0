"""A grid to type a list into, as people know it from Excel: paste, fill down, repeat, undo."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QUndoCommand, QUndoStack
from PyQt6.QtWidgets import QApplication

from admin_suite.core.i18n import _
from admin_suite.excel.sheet import About, Sheet
from admin_suite.excel.typed import offered
from admin_suite.ui import theme, typed_lists
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.editing import EditModel, EditTable
from admin_suite.ui.typed_lists import Said

BLANK = 30  # empty rows that are always there to go on
MOST_ROWS = 20_000
WIDTHS = {"name": 190, "address": 250, "collected_at": 150, "sex": 90, "id_no": 130, "dob": 110}
USUAL, NUMBER = 124, 52
STANDARD = QKeySequence.StandardKey
Cells = Mapping[tuple[int, int], str]


class Row(Struct, eq=False):
    """One row that is typed; what the check said of it goes with it."""

    cells: tuple[str, ...]
    said: Said = field(default_factory=Said)
    checked: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells)


class _Step(QUndoCommand):
    """Some rows in the place of others: typing, pasting, putting in, taking out."""

    def __init__(
        self, model: "GridModel", at: int, old: Sequence[Row], new: Sequence[Row], words: str
    ) -> None:
        super().__init__(words)
        self._model, self._at, self._old, self._new = model, at, list(old), list(new)

    def redo(self) -> None:
        self._model.replace(self._at, len(self._old), self._new)

    def undo(self) -> None:
        self._model.replace(self._at, len(self._new), self._old)


class GridModel(EditModel):
    """The rows of a list while it is typed; there is always an empty one to go on."""

    edited = pyqtSignal()

    def __init__(self, sheet: Sheet[Any], about: Callable[[], About], parent: QObject) -> None:
        self.sheet, self.about = sheet, about
        self.offered = offered(sheet)
        columns = [Column("row", _("Row"), NUMBER, figures=True)]
        for one in self.offered:
            title = f"{_(one.heading)} *" if one.required else _(one.heading)
            columns.append(Column(one.field, title, WIDTHS.get(one.field, USUAL)))
        super().__init__(columns, self._cells, parent)
        self.steps = QUndoStack(self)
        self.rows: list[Row] = []
        self.start([])

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the columns, without that of the row's number."""
        return tuple(one.field for one in self.offered)

    def start(self, rows: Sequence[Sequence[str]]) -> None:
        """Begin with these rows; there is nothing to undo."""
        self.beginResetModel()
        width = len(self.offered)
        self.rows = [Row(tuple([*row, *[""] * width][:width])) for row in rows]
        self.endResetModel()
        self.steps.clear()
        self._pad()

    def typed_rows(self) -> dict[int, Sequence[str]]:
        """The rows that say something, by the number a person sees."""
        return {at: row.cells for at, row in enumerate(self.rows, start=1) if not row.blank}

    def length(self) -> int:
        return len(self.rows)

    def line(self, number: int) -> Row | None:
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def editable(self, row: int, column: int) -> bool:
        return column > 0 and 0 <= row < len(self.rows)

    def written(self, row: int, column: int) -> str:
        return self.rows[row].cells[column - 1] if self.editable(row, column) else ""

    def words_for(self, column: int) -> Sequence[str]:
        kind = self.offered[column - 1].choices if column else None
        return [code.word for code in kind] if kind is not None else ()

    def cell(self, row: int, column: int) -> Cell:
        """The number of a row stands before it, with a mark when something is wrong."""
        if column == 0:
            return Cell(str(row + 1), mark="bad" if self.rows[row].said.wrong else "", role="muted")
        return super().cell(row, column)

    def _cells(self, row: Row) -> list[str | Cell]:
        cells: list[str | Cell] = [""]
        for name, words in zip(self.fields, row.cells, strict=True):
            said = row.said.wrong.get(name) or row.said.noted.get(name, "")
            tone = "bad" if name in row.said.wrong else "busy" if said else ""
            cells.append(Cell(words, mark=tone, hint=said or words))
        return cells

    # -- writing ----------------------------------------------------------------------------------

    def write(self, row: int, column: int, text: str) -> None:
        """One cell was typed; a scanned card fills the fields of its person."""
        card = typed_lists.on_card(text)
        places = {name: at for at, name in enumerate(self.fields, start=1)}
        if card and "name" in places:
            cells = {(row, places[name]): words for name, words in card.items() if name in places}
            self.put(cells, _("Card"))
        else:
            self.put({(row, column): text}, _("Typing"))

    def put(self, cells: Cells, words: str) -> None:
        """Write cells, as one step that can be undone; dittos become what they mean."""
        if not cells:
            return
        top, bottom = min(r for r, _c in cells), max(r for r, _c in cells)
        self._pad(bottom)
        about, new = self.about(), []
        for at in range(top, bottom + 1):
            new.append(list(self.rows[at].cells))
        for (row, column), text in sorted(cells.items()):
            place = column - 1
            before = new[row - top - 1] if row > top else self.rows[row - 1].cells if row else ()
            above = before[place] if before else ""
            if above and typed_lists.repeats(text):
                new[row - top][place] = above
            else:
                new[row - top][place] = typed_lists.tidied(self.offered[place], text, about)
        old = self.rows[top : bottom + 1]
        made = [
            before if before.cells == tuple(after) else Row(tuple(after))
            for before, after in zip(old, new, strict=True)
        ]
        if any(before is not after for before, after in zip(old, made, strict=True)):
            self.steps.push(_Step(self, top, old, made, words))

    def put_in(self, at: int, count: int) -> None:
        """Empty rows before this one."""
        rows = [Row(("",) * len(self.offered)) for _row in range(count)]
        self.steps.push(_Step(self, at, [], rows, _("Row put in")))

    def take_out(self, at: int, count: int) -> None:
        """These rows go, and can be brought back."""
        self.steps.push(_Step(self, at, self.rows[at : at + count], [], _("Row taken out")))

    def replace(self, at: int, count: int, new: Sequence[Row]) -> None:
        """Other rows in the place of some; what only changes keeps the view as it is."""
        if count == len(new):
            self.rows[at : at + count] = new
            last = self.index(at + count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(at, 0), last)
        else:
            self.beginResetModel()
            self.rows[at : at + count] = new
            self.endResetModel()
        self._pad()
        self.edited.emit()

    def told(self, said: Mapping[Row, Said]) -> None:
        """What a check has said of rows; those that have changed since are asked again."""
        for row, found in said.items():
            row.said, row.checked = found, True
        self.refreshed()

    def unchecked(self) -> dict[int, Row]:
        """The rows to be checked, by their number."""
        rows = enumerate(self.rows, start=1)
        return {at: row for at, row in rows if not row.checked and not row.blank}

    def _pad(self, reach: int = 0) -> None:
        last = max((at for at, row in enumerate(self.rows) if not row.blank), default=-1)
        wanted = min(max(last, reach) + 1 + BLANK, MOST_ROWS + BLANK)
        if (missing := wanted - len(self.rows)) > 0:
            self.beginInsertRows(self.index(-1, -1), len(self.rows), len(self.rows) + missing - 1)
            self.rows += [Row(("",) * len(self.offered)) for _row in range(missing)]
            self.endInsertRows()


class SheetGrid(EditTable):
    """The grid on screen, with its keys."""

    full = pyqtSignal()  # more was pasted than a grid holds

    def __init__(self, model: GridModel, name: str) -> None:
        super().__init__(model, name=name, filters=False)
        self.grid = model
        self.setMinimumHeight(6 * theme.ROW)
        self.go(0, 1)
        self._deeds: dict[tuple[int, bool], Callable[[], None]] = {
            (Qt.Key.Key_D, True): self.fill_down,
            (Qt.Key.Key_F4, False): self.repeat,
            (Qt.Key.Key_Delete, False): self.clear,
            (Qt.Key.Key_Backspace, False): self.clear,
            (Qt.Key.Key_Y, True): model.steps.redo,
            (Qt.Key.Key_Plus, True): self.put_in,
            (Qt.Key.Key_Equal, True): self.put_in,
            (Qt.Key.Key_Insert, False): self.put_in,
            (Qt.Key.Key_Minus, True): self.take_out,
            (Qt.Key.Key_Tab, False): self.move_on,
        }

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        deed = self._deeds.get((event.key(), control))
        if deed is not None and (control or not held) and not self.typing:
            deed()
        elif event.matches(STANDARD.Undo):
            self.grid.steps.undo()
        elif event.matches(STANDARD.Paste):
            self.paste()
        elif event.matches(STANDARD.Cut):
            self.copy()
            self.clear()
        elif event.key() == Qt.Key.Key_Backtab:
            self.move_on(-1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab goes from cell to cell; Esc or F6 leaves the grid."""
        return False

    def area(self) -> list[tuple[int, int]]:
        """The selected cells that can be written, row by row; else the current one."""
        found = {
            (row, column)
            for part in self._ranges()
            for row in range(part.top(), part.bottom() + 1)
            for column in range(max(1, part.left()), part.right() + 1)
        }
        here = (self.currentIndex().row(), self.currentIndex().column())
        return sorted(found) or ([here] if self.grid.editable(*here) else [])

    def clear(self) -> None:
        """Empty the selected cells."""
        self.grid.put(dict.fromkeys(self.area(), ""), _("Emptied"))

    def fill_down(self) -> None:
        """The first row of the selection into the rows below; one row is filled from above."""
        cells = self.area()
        top = min((row for row, _c in cells), default=0)
        if len({row for row, _c in cells}) == 1:
            top -= 1
        if top >= 0:
            put = {(r, c): self.grid.written(top, c) for r, c in cells if r > top}
            self.grid.put(put, _("Filled down"))

    def repeat(self) -> None:
        """The last value above, into every selected cell; then on."""
        put = {(row, column): self._above(row, column) for row, column in self.area()}
        self.grid.put({place: words for place, words in put.items() if words}, _("Repeated"))
        if len(put) == 1:
            self.move_on()

    def _above(self, row: int, column: int) -> str:
        above = (self.grid.written(at, column) for at in range(row - 1, -1, -1))
        return next((words for words in above if words), "")

    def put_in(self) -> None:
        """As many empty rows as are selected, before them."""
        rows = self.chosen_lines() or [self.currentIndex().row()]
        here = self.currentIndex().column()
        self.grid.put_in(rows[0], len(rows))
        self.go(rows[0], max(1, here))

    def take_out(self) -> None:
        """The selected rows."""
        rows = self.chosen_lines() or [self.currentIndex().row()]
        here = self.currentIndex().column()
        self.grid.take_out(rows[0], rows[-1] - rows[0] + 1)
        self.go(min(rows[0], self.grid.length() - 1), max(1, here))

    def paste(self) -> None:
        """What a spreadsheet or a text has put on the clipboard, from the current cell on."""
        board = QApplication.clipboard()
        rows = typed_lists.block(board.text()) if board is not None else []
        area = self.area()
        if not rows or not area:
            return
        (top, left), wide = area[0], len(self.grid.columns)
        if len(rows) == 1 and len(rows[0]) == 1:
            self.grid.put(dict.fromkeys(area, rows[0][0]), _("Pasted"))
            return
        if top + len(rows) > MOST_ROWS:
            self.full.emit()
            return
        put = {
            (top + down, left + right): words
            for down, row in enumerate(rows)
            for right, words in enumerate(row)
            if left + right < wide
        }
        self.grid.put(put, _("Pasted"))
