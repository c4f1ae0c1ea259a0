"""Everybody in the register: filtered under the headings, in the order of Vietnamese names."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.registry import people, queries
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold, whole_address
from admin_suite.registry.people import PeopleView, PersonLine
from admin_suite.registry.permissions import KEEP, SEE
from admin_suite.registry.queries import CommuneRow
from admin_suite.registry.sheets import WholePerson, whole
from admin_suite.ui import lists
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import typed_day
from admin_suite.ui.leaving import Out
from admin_suite.ui.listing import Listed, LongList
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Asked, Source
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.head import Head

NOBODY = ("import", "0")  # words that mean nothing in the register find nobody
PERSON, ENTRY = "registry.person", "registry.entry"


class PeoplePage(Page):
    """Enter opens somebody; what is shown is what is exported."""

    shows = frozenset({"registry_person"})

    def build(self) -> None:
        """Head and table."""
        self._communes: Sequence[CommuneRow] = ()
        listed = Listed(
            "registry.people", _("People"), columns(), line_of, _("{n} people shown"), SEE
        )
        source = Source(self._view, people.people_page, people.people_places)
        self.list = LongList(self, listed, source, out=self._out())
        self.list.shown.connect(self._say)
        self.table, self.model, self.stack = self.list.table, self.list.model, self.list.stack
        self.table.opened.connect(lambda line: self.list.open(line, self._go_to))
        self._head = Head(_("People"), *self._keeping(), self.list.export, *self._new_button())
        about = _("Type in the first person, or bring in a list of people.")
        nobody = empty("person", _("Nobody is in the register yet"), about)
        self.stack.addWidget(nobody)
        self.lay_out(self._head, self.list.tools(), self.stack)
        self.ask(self._know, queries.communes)

    def _out(self) -> Out | None:
        sheet = lists.sheet_named(self.runner.modules, queries.PEOPLE_SHEET)
        return Out(sheet, whole_rows, {}) if sheet is not None else None

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
        self.list.reload()

    def _know(self, communes: Sequence[CommuneRow]) -> None:
        self._communes = communes

    def _view(self, asked: Asked) -> PeopleView:
        filters = dict(self._meant(name, words) for name, words in asked.filters.items())
        return PeopleView(filters, asked.down)

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

    def _say(self) -> None:
        said = self.list.listed.counting.format(n=figure(self.model.length()))
        self._head.say(said)

    def _go_to(self, line: PersonLine) -> None:
        self.go.emit(PERSON, line.id)


def whole_rows(work: Work, view: PeopleView) -> list[WholePerson]:
    """Everybody that a view shows, as the sheet of people carries them."""
    ids = people.people_keys(work, view)
    return whole(work, ids)


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
