"""What a table shows: columns, cells, and the model of a list that is all there.

A list that is not all there has the model of ``ui.paged``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from admin_suite.ui.widgets.chips import Status

ROOT = QModelIndex()
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True)
class Cell:
    """What a cell shows beyond plain words."""

    words: str = ""
    status: Status | None = None
    role: str = ""  # strong, muted, link
    mark: str = ""  # tone of the ground: a cell with a problem
    tick: bool | None = None
    icon: str = ""
    hint: str = ""
    amount: float = 0  # what counts when the column is summed

    @property
    def spoken(self) -> str:
        """The words for copying and for screen readers."""
        return self.status.word if self.status else self.words


@dataclass(frozen=True)
class Column:
    """A heading; ``width`` 0 takes what is left.

    ``filter`` is the hint of the filter field (None: no field), ``choices`` are values and words to
    choose from instead, ``sort`` what to sort by, ``room`` the width of the table below which the
    column is left out. ``hidden`` columns are shown when somebody asks for them; of ``sums`` the
    status line shows the sum of what is selected.
    """

    name: str
    title: str
    width: int = 0
    figures: bool = False
    filter: str | None = None
    sort: str = ""
    room: int = 0
    fixed: str = ""  # stands in the place of the filter field and cannot be changed
    choices: Sequence[tuple[str, str]] = ()
    hidden: bool = False
    sums: bool = False


Draw = Callable[[Any], Sequence[str | Cell]]


class CellModel(QAbstractTableModel):
    """Lines that ``draw`` turns into cells."""

    def __init__(self, columns: Sequence[Column], draw: Draw, parent: QObject) -> None:
        super().__init__(parent)
        self.columns, self._draw = columns, draw
        self._drawn: tuple[Any, Sequence[str | Cell]] = (None, ())

    def line(self, number: int) -> Any | None:
        """What stands behind a line; None while it is on its way."""
        raise NotImplementedError

    def length(self) -> int:
        """How many lines."""
        raise NotImplementedError

    def when_there(self, numbers: Sequence[int], then: Callable[[], None]) -> None:
        """Do something once these lines are known."""
        del numbers
        then()

    def cell(self, row: int, column: int) -> Cell:
        """The cell, plain words included; empty while the line is on its way."""
        cells = self.cells(row)
        if not cells:
            return Cell()
        found = cells[column]
        return found if isinstance(found, Cell) else Cell(found)

    def cells(self, row: int) -> Sequence[str | Cell]:
        """Every cell of a line, drawn once for all columns; none while it is on its way."""
        line = self.line(row)
        if line is None:
            return ()
        if line is not self._drawn[0]:
            self._drawn = (line, self._draw(line))
        return self._drawn[1]

    def gather(
        self, numbers: Sequence[int], columns: Sequence[int], then: Callable[[list[str]], None]
    ) -> None:
        """The words of these lines, cells parted by tabs, once all of them are known."""
        then([self.words(self.line(number), columns) for number in numbers])

    def words(self, line: Any, columns: Sequence[int]) -> str:
        """A line as a spreadsheet reads it."""
        cells = self._draw(line)
        found = (cells[column] for column in columns)
        return "\t".join(cell.spoken if isinstance(cell, Cell) else cell for cell in found)

    def rowCount(self, parent: QModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else self.length()

    def columnCount(self, parent: QModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers and copying; painting asks ``cell``."""
        if role in SPOKEN:
            return self.cell(index.row(), index.column()).spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()).hint or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in SPOKEN:
            return self.columns[section].title
        return None

    def refreshed(self) -> None:
        """Paint every line anew."""
        self._drawn = (None, ())
        if self.length():
            last = self.index(self.length() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class ListModel(CellModel):
    """Lines that are all there."""

    def __init__(self, columns: Sequence[Column], draw: Draw, parent: QObject) -> None:
        super().__init__(columns, draw, parent)
        self._lines: Sequence[Any] = ()

    def show(self, lines: Sequence[Any]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, number: int) -> Any | None:
        """What stands behind a line."""
        return self._lines[number] if number < len(self._lines) else None

    def length(self) -> int:
        """How many lines."""
        return len(self._lines)
