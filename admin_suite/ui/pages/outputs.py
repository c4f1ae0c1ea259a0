"""Output layouts: a file as its receiver wants it, arranged beside a preview and saved by name."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.excel.output import Layout, cells
from admin_suite.excel.sheet import Sheet
from admin_suite.registry import outputs
from admin_suite.registry.permissions import LAYOUTS, TAKE_BACK
from admin_suite.ui import leaving, theme
from admin_suite.ui.arranging import Columns, offered
from admin_suite.ui.cells import Column, ListModel
from admin_suite.ui.files import ask_save
from admin_suite.ui.glance import GLANCE, Glance, glance, lines_of
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, card
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row, scrolled
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick

LATEST, SIDE_BY_SIDE = 9, 720
LOW, LETTER, MOST_LETTERS = 132, 8, 40  # of a table its least height, of a column its width
KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class OutputsPage(Page):
    """F2 writes the file, Ctrl S saves the layout; what leaves can be marked as sent."""

    shows = frozenset({"registry_layout", "registry_export"})

    def build(self) -> None:
        """The choices on top, the columns and their wording, the preview below."""
        sheets = (sheet for module in self.runner.modules for sheet in module.sheets)
        self._sheets = [one for one in sheets if one.rows is not None and self._may_see(one)]
        self._rows: list[QHBoxLayout] = []
        self._saved: list[str] = []
        self._glance = Glance([], {})
        self._base: Layout | None = None
        self._filled = Layout("", "", ())  # as it stood here before anybody changed it
        self._last_export = 0
        self._head = Head(_("Output layouts"), *self._deeds())
        self._past: list[outputs.ExportRow] = []
        self.lay_out(
            self._head,
            self._choices(),
            self._sending(),
            self._columns(),
            self._preview(),
            drawer=Drawer(),
        )
        self.stretch_last()
        if self._sheets:
            self._begin(0)
        else:
            self._without_sheet()

    def _without_sheet(self) -> None:
        deeds = (self.export, self.save, self.delete, self.all, self.add)
        for one in (*deeds, self.layout_choice, self.sheet, self.columns):
            one.setEnabled(False)
        self.refuse(_("Your rights show you no list that leaves as a file."))

    def _may_see(self, sheet: Sheet[Any]) -> bool:
        return sheet.permission is None or self.runner.may(sheet.permission)

    def _deeds(self) -> list[QWidget]:
        self.export = Button(_("Export"), "F2", "export", "primary")
        self.save = Button(_("Save"), "Ctrl S", "save")
        self.delete = Button(_("Delete"), "Ctrl Del", kind="quiet")
        self.past = Button(_("Exports"), "F8", "note")
        self.back = Button(_("Take the marks back"), "F9", "undo")
        self.back.hide()
        self.export.clicked.connect(self._export)
        self.save.clicked.connect(self._save)
        self.delete.clicked.connect(self._delete)
        self.past.clicked.connect(lambda: self.ask(self._show_past, outputs.exports))
        self.back.clicked.connect(lambda: self._take_back(self._last_export))
        saving = (self.delete, self.save) if self.runner.may(LAYOUTS) else ()
        return [self.back, self.past, *saving, self.export]

    def _choices(self) -> QHBoxLayout:
        self.layout_choice, self.sheet = Choice(), Choice()
        self.split, self.order = Choice(), Choice()
        self.sheet.addItems([_(sheet.title) for sheet in self._sheets])
        self.layout_choice.activated.connect(self._choose)
        self.sheet.activated.connect(self._begin)
        for choice in (self.layout_choice, self.sheet, self.split, self.order):
            choice.setMinimumWidth(120)
        fields = (
            labelled(_("Layout"), self.layout_choice),
            labelled(_("Sheet"), self.sheet),
            labelled(_("One worksheet for each"), self.split),
            labelled(_("In the order of"), self.order),
        )
        return self._foldable(row(*fields, gap=theme.M), (1, 1, 1, 1))

    def _sending(self) -> QHBoxLayout:
        self.name, self.place = Field(_("Saved as")), Field(_("Where it is sent"))
        self.titles = Field(_("Title lines, separated by |"))
        self.only = Tick(_("Only what was not sent yet; mark it as sent"))
        self.place.edit.textChanged.connect(lambda said: self.only.setVisible(bool(said.strip())))
        self.only.hide()
        tick = framed(column(1, self.only, gap=0, pad=(0, theme.S)))
        return self._foldable(row(self.name, self.titles, self.place, tick, gap=theme.M), (1, 1, 1))

    def _columns(self) -> QWidget:
        self.columns = Columns()
        self.columns.changed.connect(self._draw)
        self.add = Button(_("Add a fixed text"), "Ins", "add", "quiet")
        self.add.clicked.connect(self.columns.add_fixed)
        keys = text(_("Space: choose · Ctrl ↑ ↓: move · Enter: words"), "small", wrap=True)
        left = column(self.columns.list, row(keys, self.add), gap=theme.S)
        right = scrolled(framed(self.columns.details, "drawerbody"))
        right.setMinimumHeight(150)
        self.columns.list.setMinimumHeight(LOW)
        cards = (card(_("Columns"), framed(left)), card(_("This column"), right))
        return framed(self._foldable(row(*cards, gap=theme.M), (3, 2)))

    def _foldable(self, made: QHBoxLayout, stretches: Sequence[int]) -> QHBoxLayout:
        """A row that becomes a column where there is little room."""
        for at, stretch in enumerate(stretches):
            made.setStretch(at, stretch)
        self._rows.append(made)
        return made

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        across = self.width() >= SIDE_BY_SIDE
        way = QBoxLayout.Direction
        for made in self._rows:
            made.setDirection(way.LeftToRight if across else way.TopToBottom)

    def _preview(self) -> QWidget:
        self._table = column(gap=0)
        self.all = Button(_("Show every row that leaves"), "F6", "search", "quiet")
        self.all.clicked.connect(self._ask_all)
        self._count = text(_("The first rows"), "small")
        tools = row(text(_("Preview"), "heading"), self._count, 1, self.all)
        return framed(
            column(tools, framed(self._table), gap=theme.S, pad=(theme.L, theme.S)), "card"
        )

    # -- which layout -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask which layouts there are."""
        self.ask(self._show_layouts, outputs.layouts)

    def entered(self) -> None:
        """Work begins with the layout."""
        self.layout_choice.setFocus()

    def digit(self, number: int) -> None:
        """Take the marks of a listed export back."""
        if self.drawer is not None and self.drawer.isVisible() and 0 < number <= len(self._past):
            self._take_back(self._past[number - 1].number)

    def _show_layouts(self, rows: Sequence[outputs.LayoutRow]) -> None:
        here = {sheet.name for sheet in self._sheets}
        first = not self._saved
        self._saved = [one.name for one in rows if one.sheet in here]
        now = self.name.words
        self.layout_choice.clear()
        self.layout_choice.addItems([_("A new one"), *self._saved])
        self.layout_choice.setCurrentIndex(self._saved.index(now) + 1 if now in self._saved else 0)
        sending = [one.name for one in rows if one.destination and one.name in self._saved]
        if first and sending and not now:
            self.layout_choice.setCurrentIndex(self._saved.index(sending[0]) + 1)
            self.ask(self._show_layout, outputs.layout, sending[0])
        self._head.say(_("{n} layouts are saved").format(n=figure(len(rows))))

    def _choose(self, number: int) -> None:
        if 0 < number <= len(self._saved):
            self.ask(self._show_layout, outputs.layout, self._saved[number - 1])
        else:
            self._begin(self.sheet.currentIndex())

    def _begin(self, number: int) -> None:
        sheet = self._sheets[number]
        self.layout_choice.setCurrentIndex(0)
        self._fill(Layout("", sheet.name, ()), sheet)

    def _show_layout(self, layout: Layout) -> None:
        at = next(n for n, sheet in enumerate(self._sheets) if sheet.name == layout.sheet)
        self.sheet.setCurrentIndex(at)
        self._fill(layout, self._sheets[at])

    def _fill(self, layout: Layout, sheet: Sheet[Any]) -> None:
        self._offer_back()
        self._base = layout
        self.name.edit.setText(layout.name)
        self.place.edit.setText(layout.destination)
        self.only.setChecked(bool(layout.destination))
        self.titles.edit.setText(" | ".join(layout.titles))
        for field in (self.name, self.place, self.titles):
            field.edit.home(False)  # a long name is read from its beginning
        self._names = ["", *(one.name for one in sheet.fields)]
        words = [_(one.heading) for one in sheet.fields]
        order = layout.order[0].removeprefix("-") if layout.order else ""
        for choice, nothing, now in (
            (self.split, _("All in one"), layout.split),
            (self.order, _("As they are stored"), order),
        ):
            choice.clear()
            choice.addItems([nothing, *words])
            choice.setCurrentIndex(self._names.index(now) if now in self._names else 0)
        self.columns.show_lines(sheet, offered(sheet, layout.columns))
        self._filled = self.arranged()
        self.ask(self._show_glance, glance, sheet)

    def _offer_back(self) -> None:
        """What was arranged and not saved comes back with Ctrl+Z; nobody is asked before."""
        base, filled = self._base, self._filled
        if base is None or (left := self.arranged()) == filled:
            return

        def back() -> None:
            self._show_layout(left)
            self._base, self._filled = base, filled
            saved = base.name in self._saved
            self.layout_choice.setCurrentIndex(self._saved.index(base.name) + 1 if saved else 0)

        words = _("What was arranged was not saved")
        self.said.emit(words)
        self.offered.emit(words, back)

    def _show_glance(self, found: Glance) -> None:
        self._glance = found
        self.columns.kinds = found.kinds
        self.columns.list.moved.emit(self.columns.list.currentIndex().row())
        self._draw()

    def arranged(self) -> Layout:
        """The layout as it stands on the page."""
        base = self._base or Layout("", "", ())
        order = self._names[self.order.currentIndex()]
        kept = base.order if base.order and base.order[0].removeprefix("-") == order else (order,)
        titles = (line.strip() for line in self.titles.words.split("|"))
        return Layout(
            name=" ".join(self.name.words.split()),
            sheet=base.sheet,
            columns=self.columns.chosen(),
            order=kept if order else (),
            split=self._names[self.split.currentIndex()],
            where=base.where,
            titles=tuple(line for line in titles if line),
            destination=" ".join(self.place.words.split()),
            note=base.note,
        )

    def _draw(self) -> None:
        """The first rows as the file will have them."""
        layout = self.arranged()
        self._count.setText(_("The first rows"))
        self._show_lines(layout, list(zip(*cells(layout, self._glance.rows), strict=True)))

    def _show_lines(self, layout: Layout, lines: Sequence[Sequence[str]]) -> None:
        emptied(self._table)
        headings = []
        for at, one in enumerate(layout.columns):
            letters = max(len(one.heading), *(len(line[at]) for line in lines[:GLANCE]), 4)
            wide = min(letters, MOST_LETTERS) * LETTER + 2 * theme.L
            headings.append(Column(str(at), one.heading, wide))
        model = ListModel(headings, lambda line: line, self)
        model.show(lines)
        table = Table(model, name=_("Preview"), filters=False, blocks=True)
        table.setMinimumHeight(LOW)
        self._table.addWidget(table)

    def _ask_all(self) -> None:
        """Every row that would leave now, as the file will have it."""
        layout, sheet = self.arranged(), self._sheets[self.sheet.currentIndex()]
        then = partial(self._show_all, layout)
        job = self.ask(then, lines_of, sheet, layout, self._where(layout))
        self.running.follow(_("Collecting the rows"), job)

    def _show_all(self, layout: Layout, lines: Sequence[Sequence[str]]) -> None:
        self._show_lines(layout, lines)
        self._count.setText(_("{n} rows").format(n=figure(len(lines))))

    def _where(self, layout: Layout) -> dict[str, str]:
        place = layout.destination if self.only.isChecked() else ""
        return dict(layout.where) | ({outputs.NOT_SENT: place} if place else {})

    # -- saving -----------------------------------------------------------------------------------

    def _save(self) -> None:
        layout, sheet = self.arranged(), self._sheets[self.sheet.currentIndex()]
        if not layout.name:
            self.name.complain(_("The layout needs a name."))
            self.name.edit.setFocus()
            return
        done = partial(self._say_saved, layout)
        self.do(_("Saving"), done, outputs.save_layout, layout, sheet)

    def _say_saved(self, layout: Layout, before: Layout | None) -> None:
        same = before is None or (self._base is not None and self._base.name == layout.name)
        said = _("The layout “{name}” is saved")
        if not same:
            said = _("The layout “{name}” is saved in the place of another one of that name")
        self._base = self._filled = layout
        self.undoable(said.format(name=layout.name), outputs.unsave_layout, layout, before)

    def _delete(self) -> None:
        if self.name.words in self._saved:
            self.do(_("Deleting"), self._say_deleted, outputs.delete_layout, self.name.words)

    def _say_deleted(self, layout: Layout) -> None:
        said = _(
            "The layout “{name}” was deleted. It stays on this page until another one is chosen;"
            " Ctrl S saves it again."
        )
        self.notice.say("done", said.format(name=layout.name))
        words = _("The layout “{name}” was deleted").format(name=layout.name)
        sheet = next(one for one in self._sheets if one.name == layout.sheet)
        self.undoable(words, outputs.save_layout, layout, sheet, back=True)

    # -- leaving ----------------------------------------------------------------------------------

    def _export(self) -> None:
        if not self.columns.chosen():
            self.refuse(_("The layout needs at least one column."))
            return
        layout = self.arranged()
        name, what = layout.name or _(self._sheets[self.sheet.currentIndex()].title), _("Export")
        self.confirmed(what, lambda: ask_save(self, what, f"{name}.xlsx", KINDS, self._export_to))

    def _export_to(self, path: Path) -> None:
        layout, sheet = self.arranged(), self._sheets[self.sheet.currentIndex()]
        place = layout.destination if self.only.isChecked() else ""
        going = outputs.Going(sheet, path, layout, place)
        leaving.send(self, going, self._where(layout), partial(self._say_where, going))

    def _say_where(self, going: outputs.Going, rows: int, export: int) -> None:
        said = _("{n} rows are in {name}").format(n=figure(rows), name=going.path.name)
        self.said.emit(said)
        self._last_export = export if going.destination else 0
        self.back.setVisible(bool(going.destination) and self.runner.may(TAKE_BACK))
        if going.destination:
            more = _("They count as sent to {place}.").format(place=going.destination)
            self.notice.say("done", f"{said}. {more}")

    def _show_past(self, rows: Sequence[outputs.ExportRow]) -> None:
        self._past = list(rows[:LATEST])
        if self.drawer is None:
            return
        items = [self._past_line(at, one) for at, one in enumerate(self._past, start=1)]
        about = _("What left, the latest first") if items else _("Nothing has left yet")
        self.drawer.show_card(_("Exports"), about, items)
        self.show_beside()

    def _past_line(self, number: int, one: outputs.ExportRow) -> QWidget:
        who = ", ".join(filter(None, (moment_shown(one.at), one.by)))
        rows = _("{n} rows").format(n=figure(one.rows))
        marks = _("taken back") if one.taken_back else one.destination
        words = column(
            text(one.file, "strong", wrap=True),
            text(" · ".join(filter(None, (rows, marks))), "small", wrap=True),
            text(who, "caption", wrap=True),
            gap=1,
        )
        if one.destination and not one.taken_back and self.runner.may(TAKE_BACK):
            button = Button(_("Take back"), str(number))
            button.clicked.connect(partial(self._take_back, one.number))
            words.addWidget(button)
        return framed(words)

    def _take_back(self, number: int, _on: bool = False) -> None:
        if number and self.runner.may(TAKE_BACK):
            self.do(_("Taking back"), self._say_back, outputs.take_back_export, number)

    def _say_back(self, rows: int) -> None:
        self.back.hide()
        self._last_export = 0
        self.said.emit(_("{n} rows count as not sent again").format(n=figure(rows)))
        if self.drawer is not None and self.drawer.isVisible():
            self.ask(self._show_past, outputs.exports)
