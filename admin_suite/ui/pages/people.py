"""Everybody in the register: filtered under the headings, in the order of Vietnamese names."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtWidgets import QStackedWidget, QWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.paging import Place, Places
from admin_suite.db.work import Work, taken_out
from admin_suite.registry import people, queries
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold, whole_address
from admin_suite.registry.outputs import Going
from admin_suite.registry.people import PeopleView, PersonLine
from admin_suite.registry.permissions import KEEP
from admin_suite.registry.queries import CommuneRow
from admin_suite.registry.sheets import WholePerson
from admin_suite.ui import leaving, lists
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import typed_day
from admin_suite.ui.dialogs.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.paged import PagedModel
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row

NOBODY = ("import", "0")  # words that mean nothing in the register find nobody
PERSON, ENTRY = "registry.person", "registry.entry"


class PeoplePage(Page):
    """Enter opens somebody; what is shown is what is exported."""

    shows = frozenset({"registry_person"})

    def build(self) -> None:
        """Head and table."""
        self.view = PeopleView()
        self._communes: Sequence[CommuneRow] = ()
        self._sheet = lists.sheet_named(self.runner.modules, queries.PEOPLE_SHEET)
        self.export = Button(_("Export"), "Ctrl E", "export")
        self.export.clicked.connect(self._export)
        self._head = Head(_("People"), *self._keeping(), self.export, *self._new_button())
        self.clear = Button(_("Clear the filters"), "Esc", kind="quiet")
        self.clear.clicked.connect(self._clear)
        self.clear.hide()
        self.model = PagedModel(columns(), line_of, self._fetch, self)
        self.table = Table(self.model, name=_("People"), blocks=True)
        self.table.headings.filtered.connect(lambda _texts: self._look_again())
        self.table.headings.sorted_by.connect(self._sort)
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._selected)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        about = _("Type in the first person, or bring in a list of people.")
        nobody = empty("person", _("Nobody is in the register yet"), about)
        self.stack.addWidget(nobody)
        self.lay_out(self._head, row(1, self.clear), self.stack)
        self.ask(self._know, queries.communes)

    def _keeping(self) -> list[QWidget]:
        if not self.runner.may(KEEP):
            return []
        bring = Button(_("Import from Excel"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        return [bring]

    def _new_button(self) -> list[QWidget]:
        if not self.runner.may(KEEP):
            return []
        self.new = Button(_("New person"), "F2", "add", "primary")
        self.new.clicked.connect(lambda: self.go.emit(ENTRY, 0))
        return [self.new]

    # -- which lines ------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the first lines; how many there are comes after them."""
        self.ask(self._show_page, people.people_page, self.view)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def escape(self) -> bool:
        """Clear the filters first."""
        if super().escape():
            return True
        if self.view.filters:
            self._clear()
            return True
        return False

    def _know(self, communes: Sequence[CommuneRow]) -> None:
        self._communes = communes

    def _look_again(self) -> None:
        texts = self.table.headings.texts()
        filters = dict(self._meant(name, words) for name, words in texts.items())
        self.view = PeopleView(filters, self.view.descending)
        self.clear.setVisible(bool(filters))
        self.reload()

    def _meant(self, name: str, words: str) -> tuple[str, str]:
        """A filter as the register asks for it: days, codes of sexes and communes."""
        if name == "dob":
            return name, typed_day(words)
        if name == "sex":
            begun = [one for one in Sex if fold(one.word).startswith(fold(words))]
            return (name, str(begun[0])) if begun else NOBODY
        if name == "commune_code":
            called = [(c.code, fold(f"{c.kind} {c.name}")) for c in self._communes]
            codes = sorted({code for code, known in called if fold(words) in known})
            return (name, " ".join(codes)) if codes else NOBODY
        return name, words

    def _sort(self, _by: str, down: bool) -> None:
        self.view = PeopleView(self.view.filters, down)
        self.reload()

    def _clear(self) -> None:
        self.table.headings.clear()
        self.table.setFocus()

    def _show_page(self, lines: Sequence[PersonLine]) -> None:
        if self.model.renew(lines):
            self.ask(partial(self._settled, self.view), people.people_places, self.view)
        self.stack.setCurrentIndex(0 if lines or self.view.filters else 1)
        self.export.setEnabled(bool(lines) and self._sheet is not None)
        self._selected(0)

    def _settled(self, view: PeopleView, places: Places) -> None:
        if view is self.view:  # else another list is shown by now
            self.model.settle(places)
            self._selected(0)

    def _fetch(self, start: Place | None, then: Callable[[Sequence[Any]], None]) -> None:
        self.runner.ask(people.people_page, self.view, start).finished.connect(then)

    def _open(self, line: int) -> None:
        if 0 <= line < self.model.length():
            self.model.when_there([line], lambda: self._go_to(self.model.line(line)))

    def _go_to(self, line: PersonLine | None) -> None:
        if line is not None:
            self.go.emit(PERSON, line.id)

    def _selected(self, lines: int) -> None:
        shown_now = _("{n} people shown").format(n=figure(self.model.length()))
        self._head.say(shown_now)
        chosen = _("{n} selected · ").format(n=figure(lines)) if lines else ""
        self.status.emit(f"{chosen}{shown_now}")

    # -- export -----------------------------------------------------------------------------------

    def _export(self) -> None:
        name, what, kind = _("people.xlsx"), _("Export what is shown"), "Excel (*.xlsx)"
        self.confirmed(what, lambda: ask_save(self, what, name, kind, self._export_to))

    def _export_to(self, path: Path) -> None:
        job = self.ask(partial(self._write, path), taken_out(whole_rows), self.view)
        self.running.follow(_("Collecting the rows"), job)

    def _write(self, path: Path, rows: Sequence[WholePerson]) -> None:
        if self._sheet is not None:
            done = partial(self._say_where, path.name)
            leaving.send_rows(self, Going(self._sheet, path), rows, done)

    def _say_where(self, name: str, rows: int, _export: int) -> None:
        self.said.emit(_("{n} rows are in {name}").format(n=figure(rows), name=name))


def whole_rows(work: Work, view: PeopleView) -> list[WholePerson]:
    """Everybody that a view shows, as the sheet of people carries them."""
    ids = people.people_keys(work, view)
    more = people.further_phones(work, ids)
    return [
        WholePerson(**vars(row), other_phones=more.get(row.id, ""))
        for row in queries.people_of(work, ids)
    ]


def columns() -> list[Column]:
    """The headings; what matters less is left out where there is little room."""
    return [
        Column("name", _("Full name"), filter=_("Without marks too"), sort="name"),
        Column("dob", _("Born"), 110, figures=True, filter=""),
        Column("sex", _("Sex"), 80, filter="", room=560),
        Column("phone", _("Telephone"), 130, filter="", room=480),
        Column("id_no", _("Citizen number"), 140, filter="", room=760),
        Column("commune_code", _("Commune"), 150, filter="", room=680),
        Column("address", _("Address"), 260, room=1050),
    ]


def line_of(person: PersonLine) -> Sequence[str | Cell]:
    """A person as cells."""
    return (
        Cell(person.name, role="strong"),
        shown(person.dob),
        person.sex.word if person.sex else "",
        person.phone,
        person.id_no,
        person.commune,
        Cell(person.address, hint=whole_address(person.address, person.commune)),
    )
