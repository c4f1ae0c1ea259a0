"""Every list that was brought in: its rows, and taking it back as a whole."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QFrame, QVBoxLayout

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.origin import Said
from admin_suite.registry import imports
from admin_suite.registry.imports import ImportRow, StoredRow
from admin_suite.registry.permissions import SEE, TAKE_BACK
from admin_suite.ui import lists, take_back, theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card, empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Leaves, column, emptied, framed, row
from admin_suite.ui.widgets.text import text

LIST, ROWS, ASKING, NONE = range(4)
SHOWN = 8  # rows that stay, named one by one


class ImportsPage(Page):
    """Enter opens the rows of a list; F8 takes it back, after saying what stands on it."""

    shows = frozenset({"house_import"})

    def build(self) -> None:
        """A table of imports, one of rows, and a place to ask."""
        self._lines: Sequence[ImportRow] = ()
        self._chosen: ImportRow | None = None
        self.open_rows = Button(_("Open the rows"), "F2", "note")
        self.take = Button(_("Take back"), "F8", "undo")
        self.bring_one = Button(_("Import from Excel"), "Ctrl I", "import", "primary")
        self.open_rows.clicked.connect(self._open_rows)
        self.take.clicked.connect(self._look)
        self.bring_one.clicked.connect(lambda: self.bring.emit(""))
        if not self.runner.may(TAKE_BACK):
            self.take.hide()
        draw = partial(cells_of, self._title)
        title, count = _("Imported lists"), _("{n} imports shown")
        self.list = WholeList(self, Listed("registry.imports", title, columns(), draw, count, SEE))
        self.table, self.model = self.list.table, self.list.model
        self._within: WholeList | None = None
        self._head = Head(_("Imported lists"), self.open_rows, self.take, self.bring_one)
        self.table.opened.connect(lambda _line: self._open_rows())
        self.table.moved.connect(self._moved)
        self._rows, self._asking = QVBoxLayout(), QVBoxLayout()
        self._rows.setSpacing(theme.M)
        about = _("Bring a list in with Ctrl+I, or drop it on the window.")
        none = empty("import", _("No list was imported yet"), about)
        inside = column(self.list.tools(self.list.export), self.list.stack, gap=theme.M)
        self.stack = Leaves()
        for part in (
            framed(inside),
            framed(self._rows),
            framed(self._asking),
            none,
        ):
            self.stack.addWidget(part)
        self.lay_out(self._head, self.stack)

    def reload(self) -> None:
        """Ask for every import again."""
        self.ask(self._show, imports.imports)

    def entered(self) -> None:
        """Back to the list."""
        self._to_list()

    def open_at(self, key: int) -> None:
        """The import of that number."""
        place = self.model.place_of(lambda one: one.number == key)
        if place >= 0:
            self.table.go_to(place)

    def escape(self) -> bool:
        """From rows or a question back to the list."""
        if super().escape():
            return True
        if self.stack.currentIndex() in (ROWS, ASKING):
            self._to_list()
            return True
        return False

    def _to_list(self) -> None:
        self.stack.setCurrentIndex(LIST if self._lines else NONE)
        self._head.say(_("{n} imports").format(n=figure(len(self._lines))), _("Imported lists"))
        self._moved(self.table.currentIndex().row())
        self.table.setFocus()

    def _show(self, lines: Sequence[ImportRow]) -> None:
        here = self._chosen.number if self._chosen else 0
        self._lines = lines
        self.list.show(lines)
        if self.model.length():
            self.table.go_to(max(0, self.model.place_of(lambda one: one.number == here)))
        self._to_list()

    def _moved(self, line: int) -> None:
        self._chosen = self.model.line(line)
        there = self._chosen is not None
        at_list = self.stack.currentIndex() != ASKING
        done = bool(self._chosen and self._chosen.taken_back_at and not self._chosen.kept)
        self.open_rows.setEnabled(there and at_list)
        self.take.setEnabled(there and at_list and not done)

    def _title(self, name: str) -> str:
        sheet = lists.sheet_named(self.runner.modules, name)
        return _(sheet.title) if sheet is not None else name

    # -- the rows of one list ---------------------------------------------------------------------

    def _open_rows(self) -> None:
        if self._chosen is not None:
            self.ask(partial(self._show_rows, self._chosen), imports.rows_of, self._chosen.number)

    def _show_rows(self, one: ImportRow, rows: Sequence[StoredRow]) -> None:
        if self._within is not None:
            self._within.close()
            self._within = None
        emptied(self._rows)
        sheet = lists.sheet_named(self.runner.modules, one.sheet)
        if not rows:
            about = _("Rows are kept for lists that can be corrected or taken back.")
            self._rows.addWidget(empty("note", _("The rows of this list were not kept"), about))
        else:
            heads, draw = rows_table(sheet, rows)
            name, title = f"registry.import-rows.{one.sheet}", _("Rows of the list")
            within = WholeList(self, Listed(name, title, heads, draw, right=SEE))
            self._within = within
            self._rows.addLayout(within.tools(within.export))
            self._rows.addWidget(within.stack)
            within.show(rows)
            within.table.go_to(0)
            within.focus()
        self._head.say(_("{file}, {time}").format(file=file_of(one), time=shown(one.at)))
        self.stack.setCurrentIndex(ROWS)

    # -- taking back ------------------------------------------------------------------------------

    def _sheets(self) -> list[Any]:
        return [sheet for module in self.runner.modules for sheet in module.sheets]

    def _look(self) -> None:
        one = self._chosen
        if one is not None:
            then = partial(self._say_before, one)
            what = _("Looking at what stands on it")
            self.do(what, then, imports.look_before, self._sheets(), one.number)

    def _say_before(self, one: ImportRow, answer: Any) -> None:
        emptied(self._asking)
        self._asking.addWidget(self._question(one, answer))
        self._asking.addStretch()
        self.stack.setCurrentIndex(ASKING)
        self._moved(self.table.currentIndex().row())

    def _question(self, one: ImportRow, answer: Any) -> QFrame:
        k = len(answer.stays)
        parts = (
            (answer.taken, _("{n} rows go.")),
            (answer.undone, _("{n} changes are undone.")),
            (k, _("{n} rows stay, because something stands on them.")),
        )
        words = " ".join(said.format(n=figure(n)) for n, said in parts if n)
        items: list[Any] = [text(words or _("There is nothing to take back."), wrap=True)]
        for stays in answer.stays[:SHOWN]:
            line = _("Row {row} stays: {why}").format(row=stays.row, why=stays.message)
            items.append(text(line, "small", wrap=True))
        if k > SHOWN:
            items.append(text(_("and {n} more").format(n=figure(k - SHOWN)), "small"))
        deed = Button(_("Take back now"), "Ctrl Enter", "undo", "danger")
        deed.clicked.connect(partial(self._take_back, one))
        leave = Button(_("Leave it"), "Esc", kind="quiet")
        leave.clicked.connect(self._to_list)
        title = _("Take back “{file}” of {time}?").format(file=file_of(one), time=shown(one.at))
        return card(title, *items, row(deed, leave, 1))

    def _take_back(self, one: ImportRow, _on: bool = False) -> None:
        self._to_list()
        self.do(_("Taking back"), self._taken, imports.take_back, self._sheets(), one.number)

    def _taken(self, answer: Any) -> None:
        self.said.emit(take_back.sentence(answer))


def columns() -> list[Column]:
    """The headings of the list of imports."""
    return [
        Column("at", _("When"), 144),
        Column("sheet", _("Sheet"), 190, room=760),
        Column("file", _("File"), 0),
        Column("sender", _("Sender"), 190, room=900),
        Column("by", _("By whom"), 150, room=1200, people=True),
        Column("counts", _("Rows"), 210),
        Column("state", _("State"), 180),
    ]


def cells_of(title: Any, one: ImportRow) -> list[str | Cell]:
    """One import as a line."""
    return [
        shown(one.at),
        title(one.sheet),
        Cell(file_of(one), hint=file_of(one)),
        Cell(one.sender or _("our own unit"), hint=one.sender),
        one.by,
        _counts(one),
        Cell(status=_state(one)),
    ]


def file_of(one: ImportRow) -> str:
    """The name of the file, or that the list was typed."""
    return lists.file_named(one.file)


def _counts(one: ImportRow) -> str:
    parts = (
        (one.stored, _("{n} stored")),
        (one.changed, _("{n} changed")),
        (one.unchanged, _("{n} as before")),
        (one.refused, _("{n} refused")),
    )
    return ", ".join(said.format(n=figure(n)) for n, said in parts if n) or _("nothing")


def _state(one: ImportRow) -> Status:
    if one.taken_back_at and one.kept:
        return Status("busy", _("Taken back but {n}").format(n=figure(one.kept)))
    if one.taken_back_at:
        return Status("wait", _("Taken back"))
    if one.revises:
        return Status("done", _("A corrected list"))
    return Status("done", _("Stored"))


def rows_table(sheet: Any, rows: Sequence[StoredRow]) -> tuple[list[Column], Any]:
    """The headings of the rows that a list had, and how a row becomes cells."""
    there = {name for one in rows for name in one.cells}
    known = [c.field for c in sheet.columns] if sheet is not None else []
    names = [name for name in known if name in there] + sorted(there - set(known))
    coded = {c.field: c.choices for c in sheet.columns if c.choices} if sheet is not None else {}
    own = (("#row", _("Row"), 72), ("#kind", _("What it was"), 130))  # no field begins with #
    heads = [Column(name, title, width, figures=name == "#row") for name, title, width in own]
    for name in names:
        title = sheet.heading_of(name) if sheet is not None else name
        heads.append(Column(name, title, 250 if name == "address" else 150))
    tones = {Said.NEW: "done", Said.CHANGED: "busy", Said.UNCHANGED: "wait"}

    def draw(one: StoredRow) -> list[str | Cell]:
        kind = Status(tones[one.kind], one.kind.word)
        first: list[str | Cell] = [str(one.row), Cell(status=kind)]
        for name in names:
            value = one.cells.get(name, "")
            code = coded.get(name)
            words = code.read(value).word if code is not None and value else shown(value)
            first.append(Cell(words, role="muted" if one.gone else "", hint=words))
        return first

    return heads, draw
