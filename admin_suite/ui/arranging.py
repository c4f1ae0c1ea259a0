"""The columns of an output layout while a person arranges them: chosen, ordered, worded."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QVBoxLayout

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_, _
from admin_suite.excel.output import DATES, NUMBER, OutputColumn
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.writer import is_moment
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import column, emptied
from admin_suite.ui.widgets.text import text

NUMBERED, FIXED = N_("Running number"), N_("Fixed text")
WIDTHS = (6, 10, 14, 20, 28, 36)
Line = tuple[bool, OutputColumn]


def offered(sheet: Sheet[Any], columns: Sequence[OutputColumn] = ()) -> list[Line]:
    """The columns of a layout, chosen, and after them what else the sheet has; without, all."""
    there = {one.field for one in columns}
    rest = [
        OutputColumn(_(one.heading), one.name, width=one.width)
        for one in sheet.fields
        if one.name not in there
    ]
    if NUMBER not in there:
        rest.insert(0, OutputColumn(_("No."), NUMBER, width=6))
    return [(True, one) for one in columns] + [(not columns, one) for one in rest]


class ColumnList(Table):
    """The columns below each other: Space chooses, Ctrl and an arrow moves."""

    moved_by = pyqtSignal(int)

    def __init__(self, model: ListModel) -> None:
        super().__init__(model, name=_("Columns"), filters=False)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move a line where another list would only go to the next."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier if event else None
        if event is not None and held and Qt.Key(event.key()) in steps:
            self.moved_by.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Columns(QFrame):
    """The list of columns at the left, what the current one is like at the right."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._names: dict[str, str] = {}
        self.kinds: Mapping[str, type[Code]] = {}
        headings = [
            Column("tick", "", 36),
            Column("heading", _("Heading")),
            Column("field", _("What stands there"), 190, room=330),
        ]
        self._model = ListModel(headings, self._draw, self)
        self.list = ColumnList(self._model)
        self.list.ticked.connect(self._toggle)
        self.list.moved_by.connect(self._move)
        self.list.moved.connect(self._show_details)
        self.list.opened.connect(lambda _line: self._first_field())
        self.details: QVBoxLayout = column(gap=theme.S)
        self._heading: Field | None = None

    def show_lines(self, sheet: Sheet[Any], lines: Sequence[Line]) -> None:
        """Begin with these columns of a sheet."""
        self._names = {one.name: _(one.heading) for one in sheet.fields}
        self._names |= {NUMBER: _(NUMBERED), "": _(FIXED)}
        self.lines = list(lines)
        self._model.show(self.lines)
        self.list.go_to(0)
        self._show_details(0)

    def chosen(self) -> tuple[OutputColumn, ...]:
        """The chosen columns in their order."""
        return tuple(one for on, one in self.lines if on)

    def add_fixed(self) -> None:
        """A column of one text below the current line."""
        at = max(self.list.currentIndex().row(), 0)
        self.lines.insert(at + 1, (True, OutputColumn(_(FIXED))))
        self._again(at + 1)
        self._first_field()

    def _draw(self, line: Line) -> Sequence[str | Cell]:
        on, one = line
        what = Cell(self._names.get(one.field, one.field), role="muted")
        return Cell(tick=on), Cell(one.heading, role="strong" if on else "muted"), what

    def _toggle(self, at: int) -> None:
        on, one = self.lines[at]
        self.lines[at] = (not on, one)
        self._model.refreshed()
        self.changed.emit()

    def _move(self, step: int) -> None:
        at = self.list.currentIndex().row()
        to = at + step
        if 0 <= at < len(self.lines) and 0 <= to < len(self.lines):
            self.lines[at], self.lines[to] = self.lines[to], self.lines[at]
            self._again(to)

    def _again(self, at: int) -> None:
        self._model.show(self.lines)
        self.list.go_to(at)
        self.changed.emit()

    # -- the current column -----------------------------------------------------------------------

    def _first_field(self) -> None:
        if self._heading is not None:
            self._heading.edit.setFocus()
            self._heading.edit.selectAll()

    def _show_details(self, at: int) -> None:
        emptied(self.details)
        self._heading = None
        if not 0 <= at < len(self.lines):
            return
        one = self.lines[at][1]
        self._heading = self._field(at, _("Heading"), one.heading, _headed)
        if not one.field:
            self._field(at, _("Text in every row"), one.constant, _constant)
        if is_moment(one.field):
            forms = [form or _("As usual") for form in DATES]
            self._choice(at, _("How dates are written"), forms, DATES.index(one.date), _date)
        widths = sorted({*WIDTHS, one.width})
        said = [str(width) for width in widths]
        self._choice(at, _("Width"), said, widths.index(one.width), _width(widths))
        kind = self.kinds.get(one.field)
        if kind is not None:
            self.details.addWidget(text(_("Words"), "caption"))
        for code in kind or ():
            told = one.words.get(code.value, "")
            made = self._field(at, code.word, told, _word(code.value))
            made.edit.setPlaceholderText(code.word)
        self.details.addStretch(1)

    def _field(self, at: int, label: str, value: str, change: "Change") -> Field:
        made = Field(label)
        made.edit.setText(value)
        made.edit.textEdited.connect(lambda words: self._alter(at, change, words))
        self.details.addWidget(made)
        return made

    def _choice(
        self, at: int, label: str, words: Sequence[str], now: int, change: "ChangeTo"
    ) -> None:
        made = Choice()
        made.addItems(words)
        made.setCurrentIndex(now)
        made.activated.connect(lambda number: self._put(at, change(self.lines[at][1], number)))
        self.details.addWidget(labelled(label, made))

    def _alter(self, at: int, change: "Change", words: str) -> None:
        self._put(at, change(self.lines[at][1], words))

    def _put(self, at: int, one: OutputColumn) -> None:
        self.lines[at] = (self.lines[at][0], one)
        self._model.refreshed()
        self.changed.emit()


Change = Callable[[OutputColumn, str], OutputColumn]
ChangeTo = Callable[[OutputColumn, int], OutputColumn]


def _headed(one: OutputColumn, words: str) -> OutputColumn:
    return replace(one, heading=words)


def _constant(one: OutputColumn, words: str) -> OutputColumn:
    return replace(one, constant=words)


def _date(one: OutputColumn, number: int) -> OutputColumn:
    return replace(one, date=DATES[number])


def _width(widths: Sequence[int]) -> ChangeTo:
    return lambda one, number: replace(one, width=widths[number])


def _word(code: str) -> Change:
    def change(one: OutputColumn, words: str) -> OutputColumn:
        kept = {name: word for name, word in one.words.items() if name != code}
        return replace(one, words=kept | ({code: words} if words else {}))

    return change
