"""Supplies: what is left of everything, and the ledger that says why."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, timeline
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from modules.quarantine.codes import Flow
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import KEEP
from modules.quarantine.queries.supplies import ItemRow, Supplies, SupplyLine, ledger, supplies
from modules.quarantine.service.supplies import NewItem, Passing, keep_items, pass_supplies

TONES = {Flow.IN: "done", Flow.OUT: "wait", Flow.COUNTED: "busy"}


class SuppliesPage(Page):
    """The line of a supply opens its ledger; what comes and goes is written there."""

    shows = frozenset({"quarantine_item", "quarantine_supply"})

    def build(self) -> None:
        """Facility on top, the supplies below, the ledger beside."""
        self._found: Supplies | None = None
        self._item: ItemRow | None = None
        self.new = Button(_("Another supply"), "F2", "add", "primary")
        self.new.clicked.connect(lambda _on: self._ask_new())
        self.new.setEnabled(self.runner.may(KEEP))
        self._head = Head(_("Supplies"), self.new)
        self.facility = FacilityChoice(self.reload)
        listed = Listed("quarantine.supplies", _("Supplies"), columns(), line_of, right=KEEP)
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        about = _("Name a supply, what it is counted in, and the stock that must be there.")
        self.list.stack.addWidget(empty("save", _("No supply is kept yet"), about))
        tools = self.list.tools(self.facility, self.list.export)
        self.lay_out(self._head, tools, self.list.stack, drawer=Drawer())

    def reload(self) -> None:
        """Ask what is left of everything."""
        self.ask(self._show, supplies, self.facility.key)

    def _show(self, found: Supplies) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.list.show(found.rows)
        short = sum(row.short for row in found.rows)
        said = _("{n} supplies, {short} below their least stock")
        self._head.say(said.format(n=figure(len(found.rows)), short=figure(short)))

    # -- one supply -------------------------------------------------------------------------------

    def _open(self, at: int) -> None:
        row = self.model.line(at) if at >= 0 else None
        if isinstance(row, ItemRow):
            self._item = row
            self.ask(self._show_ledger, ledger, row.id)

    def _show_ledger(self, lines: Sequence[SupplyLine]) -> None:
        row = self._item
        if row is None or self.drawer is None:
            return
        self.number = Field(_("How many"), row.unit)
        self.note = Field(_("For whom, from where, or why"))
        come = Button(_("Came in"), "F4", "import")
        gone = Button(_("Given out"), "F8", "done", "primary")
        count = Button(_("So many are left"), "F9", "search")
        for button, kind in ((come, Flow.IN), (gone, Flow.OUT), (count, Flow.COUNTED)):
            button.clicked.connect(partial(self._write, kind))
            button.setEnabled(self.runner.may(KEEP))
        moments = [
            Moment(
                TONES[one.kind],
                f"{one.kind.word}: {one.quantity:+d} → {figure(one.left)}",
                " · ".join(part for part in (one.note, one.by) if part),
                moment_shown(one.at),
            )
            for one in lines
        ]
        about = _("{left} {unit}, least stock {least}")
        about = about.format(left=figure(row.left), unit=row.unit, least=figure(row.least))
        self.drawer.show_card(
            row.name, about, [self.number, self.note, gone, come, count, timeline(moments)]
        )
        self.show_beside()
        self.number.edit.setFocus()

    def _write(self, kind: Flow, *_clicked: bool) -> None:
        if self._item is None:
            return
        quantity = self.number.whole_number()
        if quantity is None:
            return
        passing = Passing(self._item.id, kind, quantity, self.note.words)
        self.do(_("Storing"), self._written, pass_supplies, [passing])

    def _written(self, _n: object) -> None:
        self.said.emit(_("The ledger is written."))
        self.close_card()
        self.list.focus()

    # -- a new supply -----------------------------------------------------------------------------

    def _ask_new(self) -> None:
        if self.drawer is None:
            return
        self.name = Field(_("Supply"), _("Such as masks, soap, milk for children"))
        self.unit = Field(_("Counted in"), _("Such as boxes, pieces, kilograms"))
        self.least = Field(_("Least stock"), _("Home says when there is less"))
        self.name.edit.returnPressed.connect(self.unit.edit.setFocus)
        self.unit.edit.returnPressed.connect(self.least.edit.setFocus)
        self.least.edit.returnPressed.connect(self._keep)
        keep = Button(_("Keep this supply"), "Ctrl Enter", "save", "primary")
        keep.clicked.connect(self._keep)
        about = _("A name that is there takes the new unit and least stock.")
        fields = [self.name, self.unit, self.least]
        self.drawer.show_card(_("Another supply"), about, fields, keep)
        self.show_beside()
        self.name.edit.setFocus()

    def _keep(self, *_clicked: bool) -> None:
        if self._found is None:
            return
        least = self.least.whole_number() if self.least.words.strip() else 0
        if least is None:
            return
        item = NewItem(self.name.words, self.unit.words, least)
        said = _("{name} is kept").format(name=self.name.words.strip())
        self.do(said, lambda _ids: self._kept(said), keep_items, self._found.facility_id, [item])

    def _kept(self, said: str) -> None:
        self.said.emit(said)
        self.close_card()
        self.list.focus()


def columns() -> list[Column]:
    """The headings of the supplies."""
    return [
        Column("name", _("Supply"), 260),
        Column("left", _("Left"), 100, figures=True),
        Column("unit", _("Unit"), 110),
        Column("least", _("Least stock"), 120, figures=True),
        Column("state", _("State"), 160),
        Column("at", _("Last written"), 0),
    ]


def line_of(one: ItemRow) -> Sequence[str | Cell]:
    """A supply as cells."""
    state = Status("late", _("Too little")) if one.short else Status("done", _("Enough"))
    return (
        Cell(one.name, role="strong"),
        Cell(figure(one.left), amount=one.left),
        one.unit,
        Cell(figure(one.least), amount=one.least),
        Cell(status=state),
        moment_shown(one.at) if one.at is not None else "",
    )
