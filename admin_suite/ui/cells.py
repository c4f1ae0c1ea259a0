"""What a table shows: columns, cells, and the model of a list that is all there.

A list that is not all there has the model of ``ui.paged``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from admin_suite.ui.ordering import kept, sort_value
from admin_suite.ui.widgets.chips import Status

ROOT = QModelIndex()
SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Cell(Struct, frozen=True):
    """What a cell shows beyond plain words."""

    words: str = ""
    status: Status | None = None
    role: str = ""  # strong, muted, link
    mark: str = ""  # tone of the ground: a cell with a problem
    tick: bool | None = None
    icon: str = ""
    hint: str = ""
    amount: float = 0  # what counts when the column is summed or sorted

    @property
    def spoken(self) -> str:
        """The words for copying and for screen readers."""
        return self.status.word if self.status else self.words


class Column(Struct, frozen=True):
    """A heading; ``width`` 0 takes what is left.

    ``filter`` is the hint of the filter field (None: no field), ``choices`` are values and words to
    choose from instead, ``sort`` what to sort by, ``room`` the width of the table below which the
    column is left out. ``hidden`` columns are shown when somebody asks for them; of ``sums`` the
    status line shows the sum of what is selected; ``people`` are sorted as names of people are.
    """

    name: str
    title: str
    width: int = 0
    figures: bool = False
    filter: str | None = None
    sort: str = ""
    room: int = 0
    choices: Sequence[tuple[str, str]] = ()
    hidden: bool = False
    sums: bool = False
    people: bool = False


def whole(columns: Sequence[Column]) -> list[Column]:
    """The columns of a list that is all there: each one is filtered and sorted by."""
    return [
        replace(
            one,
            sort=one.sort or one.name,
            filter="" if one.filter is None and not one.choices else one.filter,
        )
        if one.title
        else one
        for one in columns
    ]


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
        words = (cell.spoken if isinstance(cell, Cell) else cell for cell in found)
        return "\t".join(" ".join(one.split()) for one in words)  # a cell is one cell there too

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
    """Lines that are all there, some of them left out by filters, in the order that is wanted."""

    def __init__(self, columns: Sequence[Column], draw: Draw, parent: QObject) -> None:
        super().__init__(columns, draw, parent)
        self._all: Sequence[Any] = ()
        self._last: Sequence[Any] = ()
        self._lines: Sequence[Any] = ()
        self._asked: tuple[Mapping[str, str], str, bool] = ({}, "", False)

    def show(self, lines: Sequence[Any], last: Sequence[Any] = ()) -> None:
        """Replace what is shown; ``last`` are sums: below in any order, away under a filter."""
        self.beginResetModel()
        self._all, self._last = lines, last
        self._drawn = (None, ())
        self._lines = self._arranged()
        self.endResetModel()

    def arrange(self, filters: Mapping[str, str], by: str = "", *, down: bool = False) -> None:
        """Leave out what the filters do not ask for, and sort by a column; "" as they came."""
        self._asked = (filters, by, down)
        self.show(self._all, self._last)

    def whole_length(self) -> int:
        """How many lines there are without any filter."""
        return len(self._all)

    def _arranged(self) -> Sequence[Any]:
        filters, by, down = self._asked
        places = {column.name: number for number, column in enumerate(self.columns)}
        wanted = [(places[name], words) for name, words in filters.items() if name in places]
        by_place = next((n for n, one in enumerate(self.columns) if by and one.sort == by), None)
        if not wanted and by_place is None:
            return [*self._all, *self._last]
        drawn = [(line, self._draw(line)) for line in self._all]
        found = [
            (line, cells)
            for line, cells in drawn
            if all(kept(_words(cells[place]), words) for place, words in wanted)
        ]
        if by_place is not None:
            column = self.columns[by_place]
            found.sort(key=lambda pair: _sort_value(pair[1][by_place], column), reverse=down)
        return [*(line for line, _cells in found), *(() if wanted else self._last)]

    def line(self, number: int) -> Any | None:
        """What stands behind a line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def place_of(self, wanted: Callable[[Any], bool]) -> int:
        """The line of the first one that is wanted, -1 where none is shown."""
        return next((at for at, line in enumerate(self._lines) if wanted(line)), -1)

    def length(self) -> int:
        """How many lines."""
        return len(self._lines)


def _words(cell: str | Cell) -> str:
    return cell.spoken if isinstance(cell, Cell) else cell


def _sort_value(cell: str | Cell, column: Column) -> tuple[Any, ...]:
    if isinstance(cell, Cell) and (cell.amount or cell.tick is not None):
        return (0, cell.amount or bool(cell.tick))
    return sort_value(_words(cell), figures=column.figures, people=column.people)
