"""A list is checked while it is typed: only rows that are finished and have changed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QLabel

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.excel.sheet import About, Sheet
from admin_suite.excel.typed import Typed
from admin_suite.ui import typed_lists
from admin_suite.ui.page import Page
from admin_suite.ui.sheet_grid import GridModel, Row, SheetGrid
from admin_suite.ui.typed_lists import Said
from admin_suite.ui.typing_head import TypingHead
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.text import toned

AT_ONCE = 400  # rows that one check looks at


class CheckedTyping(Page):
    """A page with a grid and the head of its list."""

    sheet: Sheet[Any] | None
    world: Any
    grid: SheetGrid | None
    around: TypingHead
    store: Button
    _said: QLabel
    _check_soon: QTimer

    def _edited(self) -> None:
        raise NotImplementedError

    @property
    def model(self) -> GridModel:
        """The rows of the grid that is open."""
        assert self.grid is not None  # noqa: S101 - asked only while one is open
        return self.grid.grid

    def typed(self) -> Typed:
        """What stands in the grid."""
        return Typed(self.model.fields, self.model.typed_rows(), self.around.head)

    def _about(self) -> About:
        return typed_lists.about_of(Typed((), {}, self.around.head), self.world)

    def _head_changed(self) -> None:
        for row in self.model.rows if self.grid is not None else ():
            row.checked = False
        if self.grid is not None:
            self._edited()

    def _check(self) -> None:
        """Look at the rows that are finished and have changed; the one being typed waits."""
        if self.grid is None or self.sheet is None:
            return
        here = self.grid.currentIndex().row() + 1
        rows = {at: row for at, row in self.model.unchecked().items() if at != here}
        rows = dict(list(rows.items())[:AT_ONCE])
        if not rows:
            return
        cells = {at: row.cells for at, row in rows.items()}
        typed = Typed(self.model.fields, cells, self.around.head)
        then = partial(self._checked, self.model, rows)
        self.ask(then, typed_lists.check_rows, self.sheet, typed, self.world)

    def _checked(self, model: GridModel, rows: Mapping[int, Row], said: Mapping[int, Said]) -> None:
        model.told({row: said.get(at, Said()) for at, row in rows.items()})
        self._say_cell()
        self._check_soon.start()

    def _say_cell(self) -> None:
        """What is wrong with the current cell, else how far the list is."""
        if self.grid is None:
            return
        here = self.grid.currentIndex()
        row = self.model.line(here.row())
        name = self.model.columns[max(0, here.column())].name
        said, tone = "", ""
        if row is not None and not row.blank:
            bad = row.said.wrong
            said = bad.get(name) or row.said.noted.get(name) or " ".join(bad.values())
            tone = "bad" if bad else "busy"
        rows = [one for one in self.model.rows if not one.blank]
        wrong = sum(bool(one.said.wrong) for one in rows)
        count = _("{n} rows, {m} with a problem").format(n=figure(len(rows)), m=figure(wrong))
        self._said.setText(said or count)
        toned(self._said, tone if said else "")
        self.store.say(_("Store {n} rows").format(n=figure(len(rows))))
        self.status.emit(_("Nothing is stored yet · {said}").format(said=count))
