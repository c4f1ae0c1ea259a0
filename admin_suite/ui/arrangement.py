"""Which columns a table shows, in which order, how wide, and how many of them stand still."""

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHeaderView, QTableView

from admin_suite.ui import theme
from admin_suite.ui.cells import CellModel
from admin_suite.ui.headings import Headings

LEAST, STRETCHED, STEP = 40, 200, 20
LEGIBLE = 130  # of a column that takes what is left: narrower ones tell no names apart


class Arrangement:
    """The columns of one table as somebody wants them; until then, as the page meant them."""

    def __init__(self, table: QTableView, rows: CellModel, headings: Headings) -> None:
        self._table, self._headings, self.columns = table, headings, rows.columns
        self._shown = {column.name for column in self.columns if not column.hidden}
        self._chosen = False
        self.still = 0
        headings.setMinimumSectionSize(LEAST)
        for number, column in enumerate(self.columns):
            table.setColumnWidth(number, column.width or STRETCHED)
        headings.sectionMoved.connect(self._moved_by_hand)

    def is_shown(self, number: int) -> bool:
        """Whether a column is wanted; there may be no room for it."""
        return self.columns[number].name in self._shown

    def order(self) -> list[int]:
        """Every column, from left to right."""
        return sorted(range(len(self.columns)), key=self._headings.visualIndex)

    def names(self) -> list[str]:
        """The columns that are wanted, from left to right."""
        return [self.columns[number].name for number in self.order() if self.is_shown(number)]

    def show(self, number: int, *, on: bool) -> None:
        """Show a column or leave it out; the last one stays."""
        name = self.columns[number].name
        wanted = self._shown | {name} if on else self._shown - {name}
        if wanted:
            self._shown, self._chosen = wanted, True
            self.fit()

    def move(self, number: int, step: int) -> None:
        """Move a column to the left or to the right."""
        place = self._headings.visualIndex(number)
        goal = max(0, min(len(self.columns) - 1, place + step))
        self._headings.moveSection(place, goal)

    def widen(self, number: int, steps: int) -> None:
        """Make a column wider or narrower."""
        if self.columns[number].width:
            width = self._table.columnWidth(number) + steps * STEP
            self._table.setColumnWidth(number, max(LEAST, width))
            self.fit()

    def hold(self, count: int) -> None:
        """Let so many columns at the left stand still."""
        self.still = count
        self.fit()

    def fit(self) -> None:
        """Show what is wanted; what matters less is left out where there is little room."""
        room, taken = self._table.width(), 0
        for number, column in enumerate(self.columns):
            narrow = not self._chosen and room < column.room
            self._table.setColumnHidden(number, not self.is_shown(number) or narrow)
            if column.width and not self._table.isColumnHidden(number):
                taken += self._table.columnWidth(number)
        least = STRETCHED if self._chosen else LEGIBLE
        free = room - taken >= least
        mode = QHeaderView.ResizeMode
        for number, column in enumerate(self.columns):
            if not column.width:
                wanted = mode.Stretch if free and not self.still else mode.Interactive
                self._headings.setSectionResizeMode(number, wanted)
                if wanted is mode.Interactive:
                    self._table.setColumnWidth(number, max(least, room - taken - theme.XL))
        self._headings.place()

    def kept(self) -> dict[str, Any]:
        """What is to be remembered; nothing of a table that nobody has arranged."""
        widths = {
            column.name: self._table.columnWidth(number)
            for number, column in enumerate(self.columns)
            if column.width and self._table.columnWidth(number) not in (0, column.width)
        }
        made: dict[str, Any] = {"widths": widths} if widths else {}
        if self._chosen:
            order = [self.columns[number].name for number in self.order()]
            made |= {"order": order, "shown": [name for name in order if name in self._shown]}
        return made | ({"still": self.still} if self.still else {})

    def wear(self, kept: Mapping[str, Any]) -> None:
        """Arrange the columns as they were kept; what is not known any more is passed over."""
        places = {column.name: number for number, column in enumerate(self.columns)}
        shown = {name for name in kept.get("shown", ()) if name in places}
        self._chosen = bool(shown)
        self._shown = shown or {column.name for column in self.columns if not column.hidden}
        known = [name for name in kept.get("order", ()) if name in places]
        known += [name for name in places if name not in known]
        for place, name in enumerate(known):
            self._headings.moveSection(self._headings.visualIndex(places[name]), place)
        for name, number in places.items():
            width = kept.get("widths", {}).get(name, self.columns[number].width)
            self._table.setColumnWidth(number, max(LEAST, int(width) or STRETCHED))
        self._chosen = bool(shown)  # moving them here was nobody's wish
        self.hold(int(kept.get("still", 0)))

    def _moved_by_hand(self, _number: int, _old: int, _new: int) -> None:
        self._chosen = True


class Still(QTableView):
    """The columns at the left that stand still while the others move below them."""

    def __init__(self, table: QTableView, rows: CellModel, *, filters: bool) -> None:
        super().__init__(table)
        self._table, self._rows = table, rows
        self.setObjectName("still")
        self.headings = Headings(rows.columns, self, filters=filters)
        self.headings.setMinimumSectionSize(LEAST)
        self.setHorizontalHeader(self.headings)
        self.setModel(rows)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setSelectionBehavior(table.selectionBehavior())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(table.accessibleName())
        lines, above = self.verticalHeader(), table.verticalScrollBar()
        mine = self.verticalScrollBar()
        if lines is not None and above is not None and mine is not None:
            lines.hide()
            lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            lines.setDefaultSectionSize(theme.ROW)
            above.valueChanged.connect(mine.setValue)
            mine.valueChanged.connect(above.setValue)
        self.hide()

    def stand(self, arrangement: Arrangement) -> None:
        """Lie over the first columns of the table; away where none is to stand still."""
        visible = [n for n in arrangement.order() if not self._table.isColumnHidden(n)]
        mine = visible[: arrangement.still]
        for number in range(len(self._rows.columns)):
            self.setColumnHidden(number, number not in mine)
        for place, number in enumerate(arrangement.order()):
            self.headings.moveSection(self.headings.visualIndex(number), place)
            self.setColumnWidth(number, self._table.columnWidth(number))
        view = self._table.viewport()
        width = sum(self._table.columnWidth(number) for number in mine)
        if view is not None:
            high = view.height() + self.headings.sizeHint().height()
            self.setGeometry(0, 0, min(width, view.width()), high)
        self.setVisible(bool(mine))
        self.raise_()
