"""Test kits: the lots, what the ledger says is left, and what comes in or is thrown away."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from admin_suite.core.clock import day_shown, here
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import typed_day
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from modules.lab import queries, service
from modules.lab.permissions import KITS, SEE
from modules.lab.queries import LotRow
from modules.lab.service import NewLot


class KitsPage(Page):
    """The line of a lot opens its card; the ledger is written from there."""

    shows = frozenset({"lab_kit", "lab_kit_lot", "lab_kit_movement"})

    def build(self) -> None:
        """Head and table; the side card takes what is written."""
        self.come = Button(_("Kits have come in"), "F2", "import", "primary")
        self.come.clicked.connect(lambda _on: self._take_in())
        self.come.setEnabled(self.runner.may(KITS))
        self._head = Head(_("Test kits"), self.come)
        listed = Listed("lab.kits", _("Test kits"), columns(), line_of, right=SEE)
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        about = _("Enter what the box says: kit, lot, expiry and how many tests are in it.")
        self.list.stack.addWidget(empty("kit", _("No kit is entered yet"), about))
        tools = self.list.tools(self.list.export)
        self.lay_out(self._head, tools, self.list.stack, drawer=Drawer())

    def reload(self) -> None:
        """Ask for the lots again."""
        self.ask(self._show, queries.lots)

    def _show(self, lots: Sequence[LotRow]) -> None:
        self.list.show(lots)
        left = sum(max(0, lot.balance) for lot in lots)
        self._head.say(_("{n} tests are left by the ledger").format(n=figure(left)))

    def _open(self, at: int) -> None:
        lot = self.model.line(at) if at >= 0 else None
        if lot is None or self.drawer is None:
            return
        number = Field(_("How many"))
        why = Field(_("Why, or who counted"))
        count = Button(_("So many are left"), "F8", "done")
        count.clicked.connect(lambda: self._write(service.count_kits, lot, number, why))
        away = Button(_("Throw tests away"), "F9", "close")
        away.clicked.connect(lambda: self._write(service.discard_kits, lot, number, why))
        more = Button(_("More came in"), "F4", "import")
        more.clicked.connect(lambda: self._take_in(lot))
        for button in (count, away, more):
            button.setEnabled(self.runner.may(KITS))
        told = facts(
            (
                (_("Maker"), lot.maker),
                (_("Method"), lot.method.word),
                (_("Expires on"), day_shown(lot.expires_on) if lot.expires_on else ""),
                (_("Received"), figure(lot.received)),
                (_("Used"), figure(lot.used)),
                (_("Left"), figure(lot.balance)),
            )
        )
        self.drawer.show_card(lot.kit, lot.lot, (told, number, why, count, away, more))
        self.show_beside()
        number.edit.setFocus()

    def _write(self, verb: object, lot: LotRow, number: Field, why: Field) -> None:
        quantity = number.whole_number()
        if quantity is None:
            return
        counts = verb is service.count_kits
        done = service.count_kits if counts else service.discard_kits
        self.do(_("Storing"), self._written, done, lot.id, quantity, why.words)

    def _written(self, _answer: object) -> None:
        self.said.emit(_("The ledger is written."))
        self.close_card()

    def _take_in(self, lot: LotRow | None = None) -> None:
        if self.drawer is None:
            return
        fields = {
            "kit": Field(_("Kit")),
            "lot": Field(_("Lot")),
            "expires_on": Field(_("Expires on"), _("31/12/2026, as the box says")),
            "quantity": Field(_("How many tests")),
            "maker": Field(_("Maker")),
        }
        if lot is not None:
            fields["kit"].edit.setText(lot.kit)
            fields["lot"].edit.setText(lot.lot)
            fields["maker"].edit.setText(lot.maker)
            if lot.expires_on is not None:
                fields["expires_on"].edit.setText(day_shown(lot.expires_on))
        store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        store.clicked.connect(partial(self._store, fields))
        self.drawer.show_card(_("Kits have come in"), "", tuple(fields.values()), store)
        self.show_beside()
        fields["quantity" if lot is not None else "kit"].edit.setFocus()

    def _store(self, fields: dict[str, Field], _on: bool = False) -> None:
        words = {name: field.words.strip() for name, field in fields.items()}
        expires = day_of(words["expires_on"])
        wrong = {
            "kit": "" if words["kit"] else _("The name of the kit is missing."),
            "lot": "" if words["lot"] else _("The number of the lot is missing."),
            "expires_on": ""
            if expires or not words["expires_on"]
            else _("A day is written 31/12/2026."),
            "quantity": ""
            if words["quantity"].isdecimal() and int(words["quantity"])
            else _("Say how many tests have come in."),
        }
        for name, why in wrong.items():
            fields[name].complain(why)
        if first := next((name for name, why in wrong.items() if why), ""):
            fields[first].edit.setFocus()
            return
        new = NewLot(words["kit"], words["lot"], int(words["quantity"]), expires, words["maker"])
        self.do(_("Storing"), self._written, service.receive_kits, [new])


def day_of(words: str) -> date | None:
    """A day as it is typed; none where it is none."""
    try:
        return date.fromisoformat(typed_day(words))
    except ValueError:
        return None


def columns() -> list[Column]:
    """The headings of the lots."""
    return [
        Column("kit", _("Kit")),
        Column("lot", _("Lot"), 120, room=560),
        Column("maker", _("Maker"), 130, room=1000),
        Column("expires_on", _("Expires on"), 120, figures=True, room=640),
        Column("received", _("Received"), 100, figures=True, room=900),
        Column("used", _("Used"), 100, figures=True, room=900),
        Column("balance", _("Left"), 100, figures=True, sums=True),
        Column("state", _("State"), 200),
    ]


def line_of(lot: LotRow) -> Sequence[str | Cell]:
    """A lot as cells."""
    return (
        Cell(lot.kit, role="strong"),
        lot.lot,
        lot.maker,
        day_shown(lot.expires_on) if lot.expires_on else "",
        figure(lot.received),
        figure(lot.used),
        Cell(figure(lot.balance), amount=lot.balance),
        Cell(status=state_of(lot), hint=lot.wrong(today())),
    )


def state_of(lot: LotRow) -> Status:
    """One word of a lot."""
    if lot.expires_on is not None and lot.expires_on.isoformat() < today():
        return Status("bad", _("Expired"))
    if lot.balance < 0:
        return Status("bad", _("More used than received"))
    return Status("late", _("Used up")) if not lot.balance else Status("done", _("Usable"))


def today() -> str:
    """The day of the unit's clock, ISO."""
    return here(datetime.now(UTC)).date().isoformat()
