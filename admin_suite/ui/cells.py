"""What a table shows: columns, cells, and the two models behind them.

``PagedModel`` holds the ids of every line and fetches two hundred lines at a time when they come
into sight, so a list of a million opens as fast as one of ten.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer

from admin_suite.ui.widgets.chips import Status

ROOT = QModelIndex()
PAGE = 200
KEPT_PAGES = 50
WAITING_MOST = 4
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

    @property
    def spoken(self) -> str:
        """The words for copying and for screen readers."""
        return self.status.word if self.status else self.words


@dataclass(frozen=True)
class Column:
    """A heading; ``width`` 0 takes what is left.

    ``filter`` is the hint of the filter field (None: no field), ``sort`` what to sort by, ``room``
    the width of the table below which the column is left out.
    """

    name: str
    title: str
    width: int = 0
    figures: bool = False
    filter: str | None = None
    sort: str = ""
    room: int = 0
    fixed: str = ""  # stands in the place of the filter field and cannot be changed


Draw = Callable[[Any], Sequence[str | Cell]]
Asked = Callable[[Sequence[int], Callable[[Sequence[Any]], None]], None]


class CellModel(QAbstractTableModel):
    """Lines that ``draw`` turns into cells."""

    def __init__(self, columns: Sequence[Column], draw: Draw, parent: QObject) -> None:
        super().__init__(parent)
        self.columns, self._draw = columns, draw

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
        line = self.line(row)
        if line is None:
            return Cell()
        found = self._draw(line)[column]
        return found if isinstance(found, Cell) else Cell(found)

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


class PagedModel(CellModel):
    """Lines known by their ids, fetched a page at a time by ``ask``."""

    def __init__(self, columns: Sequence[Column], draw: Draw, ask: Asked, parent: QObject) -> None:
        super().__init__(columns, draw, parent)
        self._ask = ask
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._wanted: list[int] = []
        self._under_way: set[int] = set()
        self._age = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    @property
    def ids(self) -> Sequence[int]:
        """Every line's id, in order."""
        return self._ids

    def show(self, ids: Sequence[int]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def renew(self, ids: Sequence[int]) -> None:
        """The same list after a change: lines stay in place when their ids do."""
        if len(ids) != len(self._ids) or ids != self._ids:
            self.show(ids)
            return
        self._forget()
        self.refreshed()

    def _forget(self) -> None:
        self._age += 1
        self._pages.clear()
        self._wanted.clear()
        self._under_way.clear()

    def line(self, number: int) -> Any | None:
        """What stands behind a line; asks for its page when it is not there."""
        page, place = divmod(number, PAGE)
        lines = self._pages.get(page)
        if lines is None:
            if page not in self._wanted and page not in self._under_way:
                self._wanted.append(page)
                self._soon.start()
            return None
        return lines[place] if place < len(lines) else None

    def length(self) -> int:
        """How many lines."""
        return len(self._ids)

    def when_there(self, numbers: Sequence[int], then: Callable[[], None]) -> None:
        """Fetch the pages of these lines, then go on."""
        missing = sorted({number // PAGE for number in numbers} - self._pages.keys())
        if not missing:
            then()
            return
        self._get(missing[0], lambda: self.when_there(numbers, then))

    def _fetch(self) -> None:
        wanted, self._wanted = self._wanted[-WAITING_MOST:], []
        for page in wanted:
            self._get(page, lambda: None)

    def _get(self, page: int, then: Callable[[], None]) -> None:
        age = self._age
        self._under_way.add(page)

        def take(lines: Sequence[Any]) -> None:
            if age != self._age:
                return
            self._under_way.discard(page)
            self._pages[page] = lines
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
            first = page * PAGE
            last = min(first + PAGE, self.length()) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            then()

        self._ask(self._ids[page * PAGE : (page + 1) * PAGE], take)
