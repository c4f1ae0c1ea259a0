"""Lots and vials: what is there, what is open, a recall in two clicks."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PyQt6.QtCore import QDate
from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.clock import day_shown, moment_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal, figure
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, facts, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row, rule
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Move, Standing
from modules.vaccination.pages.confirming import save_paper
from modules.vaccination.queries.stock import LotRow, MoveRow, Recalled
from modules.vaccination.service import NewReceipt

LEAVES = (Move.RETURN, Move.TRANSFER, Move.EXPIRE, Move.BREAK, Move.COLD_CHAIN, Move.ADJUST)
MONTH = re.compile(r"\d{4}-\d\d")
WIDE = 480
WHOLE = re.compile(r"[+-]?\d{1,7}", re.ASCII)


class StockPage(Page):
    """F2 receives vaccine; Enter opens a lot: its ledger, who was given it, its recall."""

    shows = frozenset({"vaccination_lot", "vaccination_stock_move", "vaccination_vial"})

    def build(self) -> None:
        """The lots, and the card of one beside them."""
        self._lot: LotRow | None = None
        self._products: list[str] = []
        self.receive = Button(_("Receive vaccine"), "F2", "add", "primary")
        self.receive.clicked.connect(self._ask_receipt)
        self._head = Head(_("Vaccine stock"), self.receive)
        self.table = Table(ListModel(columns(), line_of, self), name=_("Lots"), filters=False)
        self.table.opened.connect(self._open)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        about = _("Write down the lots that came, in doses; vials are then opened from them.")
        self.stack.addWidget(empty("vial", _("No vaccine was received yet"), about))
        self.lay_out(self._head, self.stack, drawer=Drawer(WIDE))

    def reload(self) -> None:
        """Ask for the lots again."""
        self.ask(self._show, queries.stock.lots)
        self.ask(self._known, queries.regimen.products)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _known(self, products: dict[str, Any]) -> None:
        self._products = list(products)

    def _show(self, rows: Sequence[LotRow]) -> None:
        self._model.show(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        doses = sum(one.balance for one in rows)
        self._head.say(_("{n} doses in stock").format(n=figure(doses)))
        if self._lot is not None:
            same = [one for one in rows if one.id == self._lot.id]
            if same and self.drawer is not None and self.drawer.isVisible():
                self._show_lot(same[0])

    @property
    def _model(self) -> ListModel:
        model = self.table.model()
        assert isinstance(model, ListModel)  # noqa: S101 - the table was built with one
        return model

    def _open(self, line: int) -> None:
        lot = self._model.line(line)
        if lot is not None:
            self._show_lot(lot)

    def _show_lot(self, lot: LotRow) -> None:
        self._lot = lot
        self.ask(partial(self._show_ledger, lot), queries.stock.moves, lot.id)

    def _show_ledger(self, lot: LotRow, moves: Sequence[MoveRow]) -> None:
        if self.drawer is None:
            return
        status = status_of(lot)
        about = facts(
            (
                (_("Expires"), day_shown(lot.expires_on) if lot.expires_on else ""),
                (_("In stock"), doses_words(lot)),
                (_("Given"), figure(lot.given)),
                (
                    _("Severe"),
                    _("{n}, {rate} in a thousand").format(
                        n=lot.severe, rate=decimal(f"{lot.rate:.1f}")
                    ),
                ),
                (_("Supplier"), lot.supplier),
                (_("Recalled"), moment_shown(lot.recalled_at) if lot.recalled_at else ""),
                (_("Why"), lot.recall_reason),
            )
        )
        told = [
            Moment("done" if one.doses > 0 else "wait", words_of(one), one.reason, shown(one.at))
            for one in moves
        ]
        items = (
            row(Chip(status.tone, status.word), 1),
            about,
            self._deeds(lot),
            rule(),
            text(_("Ledger"), "caption"),
            timeline(told),
        )
        self.drawer.show_card(f"{lot.product} {lot.lot}", "", items)
        self.show_beside()

    def _deeds(self, lot: LotRow) -> Any:
        people = Button(_("Who was given it"), "F3", "person")
        recalled = lot.recalled_at is not None
        people.clicked.connect(lambda: self._ask_people(lot, recalled=recalled))
        out = Button(_("Book out"), "F4")
        out.clicked.connect(lambda: self._ask_move(lot))
        if not recalled:
            stop = Button(_("Recall the lot"), "F9", kind="danger")
            stop.clicked.connect(lambda: self._ask_recall(lot))
        else:
            stop = Button(_("Lift the recall"), "F9", "undo")
            stop.clicked.connect(lambda: self._lift(lot))
        until = Button(_("Correct the expiry"))
        until.clicked.connect(lambda: self._ask_expiry(lot))
        return framed(column(row(people, until, 1), row(out, stop, 1)))

    # -- deeds: while a form is open, no lot is shown anew over what is typed ----------------------

    def _lift(self, lot: LotRow) -> None:
        """The recall is lifted by the key that recalls; it is put back as easily."""

        def lifted(_none: object) -> None:
            words = _("The recall is lifted")
            self.undoable(words, service.recall, lot.id, lot.recall_reason)

        self.do(_("Writing down"), lifted, service.lift_recall, lot.id)

    def _ask_people(self, lot: LotRow, *, recalled: bool) -> None:
        self._lot, show = None, partial(self._show_people, lot, recalled)
        self.ask(show, queries.stock.given_of_lot, lot.id)

    def _show_people(self, lot: LotRow, recalled: bool, people: Sequence[Recalled]) -> None:
        if self.drawer is None:
            return
        letters = Button(_("Letters"), "Ctrl P", "print")
        letters.clicked.connect(lambda: save_paper(self, "recall", "lot", [lot.id]))
        letters.setEnabled(recalled)  # nobody is written to of a lot that is in use
        shown_list = Table(
            ListModel(people_columns(), people_line, self),
            name=_("People of the lot"),
            filters=False,
        )
        model = shown_list.model()
        assert isinstance(model, ListModel)  # noqa: S101 - built with one
        model.show(people)
        shown_list.setMinimumHeight(320)
        about = _("{n} people were given a dose of this lot").format(n=figure(len(people)))
        self.drawer.show_card(f"{lot.product} {lot.lot}", about, (shown_list,), letters)
        self.show_beside()

    def _ask_recall(self, lot: LotRow) -> None:
        if self.drawer is None:
            return
        self._lot = None
        why = Field(_("Why is it recalled?"), _("The document and its reason"))
        button = Button(_("Recall now"), "Ctrl Enter", kind="danger")
        button.clicked.connect(lambda: self._recall(lot, why.words))
        self.drawer.show_card(_("Recall the lot"), f"{lot.product} {lot.lot}", (why,), button)
        self.show_beside()
        why.edit.setFocus()

    def _recall(self, lot: LotRow, reason: str) -> None:
        verb = service.recall
        self.do(
            _("Recalling"), lambda _n: self._ask_people(lot, recalled=True), verb, lot.id, reason
        )

    def _ask_expiry(self, lot: LotRow) -> None:
        if self.drawer is None:
            return
        self._lot, expires = None, Day()
        known = lot.expires_on
        if known is not None:
            expires.setDate(QDate(known.year, known.month, known.day))
        button = Button(_("Correct the expiry"), "Ctrl Enter", "done", "primary")
        said: Any = lambda _n: self._booked(lot, _("Written down"))  # noqa: E731
        button.clicked.connect(
            lambda: self.do(
                _("Writing down"),
                said,
                service.correct_expiry,
                lot.id,
                date.fromisoformat(expires.iso),
            )
        )
        title = f"{lot.product} {lot.lot}"
        items = (labelled(_("Expires"), expires),)
        self.drawer.show_card(_("Correct the expiry"), title, items, button)
        self.show_beside()

    def _ask_move(self, lot: LotRow) -> None:
        if self.drawer is None:
            return
        self._lot = None
        kind, doses, why = Choice(), Field(_("Number of doses")), Field(_("Why"))
        kind.offer((move.value, move.word) for move in LEAVES)
        button = Button(_("Book"), "Ctrl Enter", "done", "primary")
        button.clicked.connect(lambda: self._move(lot, str(kind.currentData()), doses, why.words))
        items = (labelled(_("What happened"), kind), doses, why)
        self.drawer.show_card(_("Book out"), f"{lot.product} {lot.lot}", items, button)
        self.show_beside()

    def _move(self, lot: LotRow, code: str, doses: Field, why: str) -> None:
        written = doses.words.strip()
        if not WHOLE.fullmatch(written):
            doses.complain(_("A whole number is wanted."))
            doses.edit.setFocus()
            return
        kind = Move.of(code)
        if kind is Move.ADJUST and written[0] not in "+-":
            doses.complain(_("More or fewer than in the ledger? Write + or - before the number."))
            doses.edit.setFocus()
            return
        back = service.take_back_booking

        def booked(n: int) -> None:
            words = _("{n} doses left").format(n=figure(n))
            self._booked(lot, words)
            self.undoable(words, back, lot.id, n)

        self.do(_("Booking"), booked, service.move_stock, lot.id, kind, int(written), why)

    def _booked(self, lot: LotRow, words: str) -> None:
        """The card of the lot is shown again, with the new line of its ledger."""
        self.said.emit(words)
        self._lot = lot
        self.reload()

    def _ask_receipt(self) -> None:
        if self.drawer is None:
            return
        self._lot, product = None, Choice()
        product.addItems(self._products)
        usual = _("Empty: as many as the rule of the vaccine says")
        fields = {
            "lot": Field(_("Lot")),
            "doses": Field(_("Number of doses")),
            "vial": Field(_("Doses in a vial"), usual),
            "expires": Field(_("Expires"), _("As on the label, such as 31/12/2021 or 12/2021")),
            "supplier": Field(_("Supplier")),
        }
        button = Button(_("Receive"), "Ctrl Enter", "done", "primary")
        button.clicked.connect(lambda: self._receive(product.currentText(), fields))
        items = (labelled(_("Vaccine"), product), *fields.values())
        self.drawer.show_card(_("Receive vaccine"), "", items, button)
        self.show_beside()
        fields["lot"].edit.setFocus()

    def _receive(self, product: str, fields: Mapping[str, Field]) -> None:
        doses, said = fields["doses"].whole_number(), fields["vial"].words.strip()
        vial = fields["vial"].whole_number() if said else 0
        expires = last_day(fields["expires"])
        if doses is None or vial is None or expires is None:
            return
        lot, supplier = fields["lot"].words, fields["supplier"].words
        one = NewReceipt(product, lot, doses, expires, vial, supplier)
        done: Any = lambda _n: self._received()  # noqa: E731
        self.do(_("Receiving"), done, service.receive_stock, [one])

    def _received(self) -> None:
        self.close_card()
        self.said.emit(_("The vaccine is in stock"))


def last_day(field: Field) -> date | None:
    """Until when a label says that a lot is good, of a month its last day; the field says if not.

    Nobody may guess it: nothing is injected after that day.
    """
    iso = typed_day(field.words)
    field.complain("")
    month = MONTH.fullmatch(iso)
    try:
        day = date.fromisoformat(f"{iso}-01" if month else iso)
    except ValueError:
        field.complain(_("Until when is the lot good? The label says it."))
        field.edit.setFocus()
        return None
    return day.replace(day=monthrange(day.year, day.month)[1]) if month else day


def columns() -> list[Column]:
    """The headings of the lots."""
    return [
        Column("product", _("Vaccine")),
        Column("lot", _("Lot"), 130),
        Column("expires_on", _("Expires"), 110, figures=True, room=640),
        Column("balance", _("In stock"), 150, figures=True),
        Column("given", _("Given"), 90, figures=True, room=720),
        Column("severe", _("Severe reactions"), 130, figures=True, room=960),
        Column("state", _("State"), 150),
    ]


def line_of(lot: LotRow) -> Sequence[str | Cell]:
    """A lot as cells."""
    return (
        Cell(lot.product, role="strong"),
        lot.lot,
        day_shown(lot.expires_on) if lot.expires_on else "",
        doses_words(lot),
        figure(lot.given),
        figure(lot.severe),
        Cell(status=status_of(lot)),
    )


def doses_words(lot: LotRow) -> str:
    """What is in stock, in doses and whole vials."""
    return _("{n} doses, {m} vials").format(n=figure(lot.balance), m=figure(lot.vials))


def status_of(lot: LotRow) -> Status:
    """Whether a lot may be used."""
    if lot.recalled_at is not None:
        return Status("bad", _("Recalled"))
    if lot.expired:
        return Status("late", _("Out of date"))
    return Status("done", _("Good to use")) if lot.balance else Status("wait", _("Used up"))


def words_of(move: MoveRow) -> str:
    """A line of the ledger in words."""
    return _("{what}: {n}, then {m}").format(
        what=move.kind.word, n=f"{move.doses:+d}", m=move.after
    )


def people_columns() -> list[Column]:
    """The headings of whoever was given a lot."""
    return [
        Column("name", _("Full name")),
        Column("phone", _("Telephone"), 120),
        Column("given_on", _("Day"), 112, figures=True),
        Column("vial", _("Vial"), 60, figures=True),
    ]


def people_line(one: Recalled) -> Sequence[str | Cell]:
    """Somebody who was given a lot, as cells."""
    vial = str(one.vial or "")
    phone = Standing.DIED.word if one.died else one.phone  # nobody calls there any more
    return (Cell(one.name, hint=one.address), phone, day_shown(one.given_on), vial)
