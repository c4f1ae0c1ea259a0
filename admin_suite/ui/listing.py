"""One list of a page: its table with filters, order and views, its status line, its way out.

Every list has the same: a filter row and sorting by the headings, views by name (F3), blocks that
are copied, a count and the sums of what is selected in the status line, and Ctrl+E, which writes
what is shown. A list that is all there is a ``WholeList``, one of any length a ``LongList``.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.core.permissions import Permission
from admin_suite.db.paging import Place, Places
from admin_suite.db.work import Work, taken_out
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.registry.outputs import Going
from admin_suite.registry.permissions import EXPORT
from admin_suite.ui import leaving
from admin_suite.ui.cells import CellModel, Column, Draw, ListModel, whole
from admin_suite.ui.files import ask_save
from admin_suite.ui.leaving import Out, Rows, Shape, every_row
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Asked, PagedModel, Source
from admin_suite.ui.table import Table
from admin_suite.ui.views import Views
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.layout import column, framed

KINDS = "Excel (*.xlsx);;CSV (*.csv)"
LETTER = 7  # pixels of a column for one letter in a file


class Listed(Struct, frozen=True):
    """What a list is: the name its views are kept by, its title, its columns and its lines.

    ``count`` is the sentence for how many lines are shown, with {n}; ``right`` is asked of whoever
    takes them out.
    """

    name: str
    title: str
    columns: Sequence[Column]
    draw: Draw
    count: str = ""
    right: Permission | None = None
    filters: bool = True  # a row of filters below the headings

    @property
    def counting(self) -> str:
        """The sentence for how many lines are shown."""
        return self.count or _("{n} lines shown")


class Listing(QObject):
    """What both kinds of lists share; the page lays ``stack``, ``tools`` and ``export`` out."""

    shown = pyqtSignal()  # other lines, or their number is known now

    def __init__(
        self,
        page: Page,
        listed: Listed,
        model: CellModel,
        segments: Segments | None = None,
        table: Table | None = None,
    ) -> None:
        super().__init__(page)
        self.page, self.listed, self.segments = page, listed, segments
        self.export = Button(_("Export"), "Ctrl E", "export")
        self.export.clicked.connect(self.ask_export)
        if not page.runner.may(EXPORT):
            self.export.hide()
        self.clear = Button(_("Clear the filters"), "Esc", kind="quiet")
        self.clear.clicked.connect(self.clear_filters)
        self.clear.hide()
        plain = partial(Table, name=listed.title, filters=listed.filters, blocks=True)
        self.table = table or plain(model)
        self.views = Views(page, self.table, listed.name, self.again, segments)
        self.table.headings.filtered.connect(self._changed)
        self.table.headings.sorted_by.connect(self._sorted)
        self.table.selected.connect(self.say)
        if segments is not None:
            segments.chosen.connect(self._changed)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        page.lists.append(self)

    def tools(self, *others: QWidget) -> QBoxLayout:
        """The line above the table: the segments, then what clears the filters and the views."""
        return self.views.beside(self.clear, *others)

    def asked(self) -> Asked:
        """What is to be shown now."""
        headings = self.table.headings
        which = self.segments.at() if self.segments is not None else 0
        return Asked(headings.texts(), headings.by, headings.down, which)

    @property
    def narrowed(self) -> bool:
        """Whether a filter or a segment leaves lines out."""
        asked = self.asked()
        return bool(asked.filters or asked.which)

    def again(self) -> None:
        """Show what is asked for now."""
        raise NotImplementedError

    def known(self) -> bool:
        """Whether it is known how many lines there are."""
        return True

    def rows_out(self, going: Callable[[Sequence[Any], Sheet[Any]], None]) -> None:
        """Find the rows that leave, with the sheet they leave by."""
        raise NotImplementedError

    # -- what a page passes on --------------------------------------------------------------------

    def focus(self) -> None:
        """Work begins in the table."""
        self.table.setFocus()
        self.say()

    def escape(self) -> bool:
        """Clear the filters, if there are any."""
        if not self.narrowed or not self.table.isVisible():
            return False
        self.clear_filters()
        return True

    def digit(self, number: int) -> bool:
        """Choose a view while they are shown."""
        return self.views.digit(number)

    def standing(self) -> Asked:
        """Segment, filters and order, for the next person at this page."""
        return self.asked()

    def stand(self, asked: object) -> None:
        """Show the lines that were shown to somebody else."""
        if not isinstance(asked, Asked):
            return
        if self.segments is not None:
            self.segments.put(asked.which)
        self.table.put_filters(asked.filters)
        self.table.put_order(asked.by, down=asked.down)
        self.again()
        self.focus()

    def clear_filters(self) -> None:
        """Show everything again."""
        if self.segments is not None:
            self.segments.put(0)
        self.table.put_filters({})
        self._changed()
        self.focus()

    def say(self, lines: int = 0) -> None:
        """How many are shown and selected, and the sums of what is selected, in the status line."""
        if not self.table.isVisible():  # another list of the page is in sight
            return
        said = self.listed.counting if self.known() else _("more than {n} lines shown")
        parts = [said.format(n=figure(self.table.rows.length()))]
        if lines > 1:
            parts.insert(0, _("{n} selected").format(n=figure(lines)))
        self.page.status.emit(" · ".join([*parts, *self.table.sums()]))

    def close(self) -> None:
        """Show it no more, though its page is shown."""
        self.page.lists.remove(self)
        self.views.close()
        self.deleteLater()

    def _changed(self, _what: object = None) -> None:
        self.views.forget()
        self.again()

    def _sorted(self, _by: str, _down: bool) -> None:
        self.again()

    def _drawn(self) -> None:
        there = bool(self.table.rows.length())
        self.clear.setVisible(bool(self.table.headings.texts()))
        if self.stack.count() > 1:
            self.stack.setCurrentIndex(0 if there or self.narrowed else 1)
        self.export.setEnabled(there)
        self.say()
        self.shown.emit()

    # -- out of the program -----------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for the PIN and for a name, then write what is shown; nothing without the right."""
        if self.export.isHidden():
            return
        what, name = _("Export what is shown"), f"{self.listed.title}.xlsx"
        self.page.confirmed(what, lambda: ask_save(self.page, what, name, KINDS, self.export_to))

    def export_to(self, path: Path) -> None:
        """Write the lines that are shown, with the columns that are shown, in their order."""

        def go(rows: Sequence[Any], sheet: Sheet[Any]) -> None:
            leaving.send_rows(self.page, Going(sheet, path), rows, partial(self._say_where, path))

        self.rows_out(go)

    def shape(self) -> "Shape":
        """The columns that are shown, as a sheet to leave by."""
        columns = self.listed.columns
        places = [
            n
            for n in self.table.arrangement.order()
            if columns[n].title and self.table.arrangement.is_shown(n)
        ]
        fields = tuple(
            Field(columns[n].name, columns[n].title, max(8, self.table.columnWidth(n) // LETTER))
            for n in places
        )
        listed = self.listed
        sheet: Sheet[Any] = Sheet(
            name=listed.name, title=listed.title, permission=listed.right, fields=fields
        )
        return Shape(sheet, places, listed.draw)

    def _say_where(self, path: Path, rows: int, _export: int) -> None:
        said = _("{n} rows are in {name}").format(n=figure(rows), name=path.name)
        self.page.said.emit(said)


class WholeList(Listing):
    """A list that is all there; ``question`` is what its lines were asked by, if they are people.

    It is asked again when they leave, so that the audit calls the look an export.
    """

    def __init__(
        self,
        page: Page,
        listed: Listed,
        segments: Segments | None = None,
        question: Callable[[Work], object] | None = None,
    ) -> None:
        self._question = question
        columns = whole(listed.columns)
        self.model = ListModel(columns, listed.draw, page)
        super().__init__(page, replace(listed, columns=columns), self.model, segments)

    def show(self, lines: Sequence[Any], last: Sequence[Any] = ()) -> None:
        """Replace what is shown; ``last`` are sums."""
        self.model.show(lines, last)
        self._drawn()

    def again(self) -> None:
        """Filter and sort anew."""
        asked = self.asked()
        self.model.arrange(asked.filters, asked.by, down=asked.down)
        self._drawn()

    def rows_out(self, going: Callable[[Sequence[Any], Sheet[Any]], None]) -> None:
        """What stands there now."""
        shape = self.shape()
        rows = [shape.row(self.model.line(at)) for at in range(self.model.length())]
        if self._question is None:
            going(rows, shape.sheet)
            return
        then: Callable[[object], None] = lambda _answer: going(rows, shape.sheet)  # noqa: E731
        self.page.ask(then, taken_out(self._question))


class LongList(Listing):
    """A list of any length, asked for a page at a time."""

    def __init__(
        self,
        page: Page,
        listed: Listed,
        source: Source,
        segments: Segments | None = None,
        out: Out | None = None,
    ) -> None:
        self._source, self._out = source, out
        self.view: Any = source.view(Asked({}))
        self.model = PagedModel(listed.columns, listed.draw, self._fetch, page)
        super().__init__(page, listed, self.model, segments)

    def reload(self) -> None:
        """Ask anew for what is in sight; it stays in place."""
        self.page.ask(self._renewed, self._source.page, self.view, None)

    def again(self) -> None:
        """Ask for other lines, or for another order."""
        self.view = self._source.view(self.asked())
        self.page.ask(self._begun, self._source.page, self.view, None)

    def known(self) -> bool:
        """Whether the length of the list has come."""
        return self.model.whole

    def open(self, number: int, then: Callable[[Any], None]) -> None:
        """Do something with a line once it is there."""

        def go_on() -> None:
            line = self.model.line(number)
            if line is not None:
                then(line)

        if 0 <= number < self.model.length():
            self.model.when_there([number], go_on)

    def rows_out(self, going: Callable[[Sequence[Any], Sheet[Any]], None]) -> None:
        """Every line of the view, page after page, or the rows of the sheet it leaves by."""
        if self._out is not None:
            rows_of: Rows = self._out.rows
            sheet = self._fields_shown(self._out)
        else:
            shape = self.shape()
            rows_of, sheet = partial(every_row, self._source, shape), shape.sheet
        then: Callable[[Any], None] = lambda rows: going(rows, sheet)  # noqa: E731
        job = self.page.ask(then, taken_out(rows_of), self.view)
        self.page.running.follow(_("Collecting the rows"), job)

    def _fields_shown(self, out: Out) -> Sheet[Any]:
        known = {field.name: field for field in out.sheet.fields}
        names = [n for name in self.table.arrangement.names() for n in out.fields.get(name, [name])]
        return replace(out.sheet, fields=tuple(known[name] for name in names if name in known))

    def _fetch(self, start: Place | None, then: Callable[[Sequence[Any]], None]) -> None:
        self.page.runner.ask(self._source.page, self.view, start).finished.connect(then)

    def _begun(self, lines: Sequence[Any]) -> None:
        self._first_page(more=self.model.begin(lines))

    def _renewed(self, lines: Sequence[Any]) -> None:
        self._first_page(more=self.model.renew(lines))

    def _first_page(self, *, more: bool) -> None:
        if more:
            self.page.ask(partial(self.settled, self.view), self._source.places, self.view)
        self._drawn()

    def settled(self, view: Any, places: Places) -> None:
        """The length of a view is known; of another one it is of no interest any more."""
        if view is self.view:
            self.model.settle(places)
            self._drawn()


def share_keys(page: Page, *lists: Listing) -> None:
    """Of several lists in sight at once, F3 and Ctrl+E are for the one that has the focus."""

    def current() -> Listing:
        focus = QApplication.focusWidget()
        within = (one for one in lists if focus is not None and one.table.isAncestorOf(focus))
        at = (one for one in lists if one.table is focus)
        shown = (one for one in lists if one.table.isVisible())
        return next(chain(at, within, shown), lists[0])

    for one in lists:
        one.views.button.setShortcut(QKeySequence())
        one.export.setShortcut(QKeySequence())
    for keys, deed in (("F3", _open_views), ("Ctrl+E", Listing.ask_export)):
        QShortcut(QKeySequence(keys), page, lambda do=deed: do(current()))


def _open_views(one: Listing) -> None:
    one.views.open()
