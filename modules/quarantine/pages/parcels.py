"""The parcel book: F2 takes a parcel in, F8 hands over what is chosen."""

from collections.abc import Sequence

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import KEEP
from modules.quarantine.queries.parcels import ParcelBook, ParcelRow, parcels
from modules.quarantine.service.parcels import (
    NewParcel,
    bring_back,
    hand_over,
    receive_parcels,
    withdraw_parcels,
)


class ParcelsPage(Page):
    """What lies there stands first; Enter on a line shows who brought and who took it."""

    shows = frozenset({"quarantine_parcel", "quarantine_claim"})

    def build(self) -> None:
        """The facility on top, the book below, what is entered beside."""
        self._found: ParcelBook | None = None
        self.take = Button(_("A parcel has come"), "F2", "import")
        self.take.clicked.connect(lambda _on: self._take())
        self.hand = Button(_("Hand the parcel over"), "F8", "done", "primary")
        self.hand.clicked.connect(lambda _on: self._hand())
        self._head = Head(_("Parcels"), self.take, self.hand)
        self.facility = FacilityChoice(self.reload)
        listed = Listed("quarantine.parcels", _("Parcels"), columns(), line_of, right=KEEP)
        self.list = WholeList(self, listed, question=self._again)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        self.table.selected.connect(lambda _n: self._count())
        about = _("Enter what is brought for somebody: from whom, and what it is.")
        self.list.stack.addWidget(empty("save", _("No parcel is in the book"), about))
        tools = self.list.tools(self.facility, self.list.export)
        self.lay_out(self._head, tools, self.list.stack, drawer=Drawer())

    def reload(self) -> None:
        """Ask for the book."""
        self.ask(self._show, parcels, self.facility.key)

    def _again(self, work: Work) -> object:
        return parcels(work, self.facility.key)

    def _show(self, found: ParcelBook) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.list.show(found.rows)
        there = sum(row.handed_at is None for row in found.rows)
        self._head.say(_("{n} parcels lie there").format(n=figure(there)))
        self._count()

    def _chosen(self) -> list[ParcelRow]:
        """What is selected, or the current line, as far as it lies there."""
        rows = [self.model.line(at) for at in self.table.chosen_lines()]
        return [row for row in rows if isinstance(row, ParcelRow) and row.handed_at is None]

    def _count(self) -> None:
        n = len(self._chosen())
        self.hand.say(
            _("Hand {n} over").format(n=figure(n)) if n > 1 else _("Hand the parcel over")
        )
        self.hand.setEnabled(bool(n) and self.runner.may(KEEP))

    # -- deeds ------------------------------------------------------------------------------------

    def _hand(self) -> None:
        keys = [row.id for row in self._chosen()]
        if not keys:
            self.refuse(_("Choose a parcel that lies there."))
            return
        said = _("{n} parcels are handed over").format(n=figure(len(keys)))
        self.do(said, lambda _n: self.undoable(said, bring_back, keys), hand_over, keys)

    def _take(self) -> None:
        """The form of a new parcel; Enter goes from field to field and stores at the last."""
        if self.drawer is None:
            return
        self.who = Picker(_("For whom"), self.runner, _("Name, number or card"))
        self.from_whom = Field(_("From whom"))
        self.content = Field(_("What it is"))
        self.who.picked.connect(self.from_whom.edit.setFocus)
        self.from_whom.edit.returnPressed.connect(self.content.edit.setFocus)
        self.content.edit.returnPressed.connect(self._store)
        store = Button(_("Enter the parcel"), "Ctrl Enter", "save", "primary")
        store.clicked.connect(self._store)
        about = _("Lies at the gate until it is handed over.")
        items = [self.who, self.from_whom, self.content]
        self.drawer.show_card(_("A parcel has come"), about, items, store)
        self.show_beside()
        self.who.edit.setFocus()

    def _store(self, *_clicked: bool) -> None:
        if self._found is None:
            return
        if not self.who.key:
            self.who.field.complain(_("Choose the person it is for."))
            self.who.edit.setFocus()
            return
        new = NewParcel(self.who.key, self.from_whom.words, self.content.words)
        said = _("The parcel for {name} is in the book").format(name=self.who.words)
        self.do(said, lambda ids: self._stored(said, ids), receive_parcels, self._here, [new])

    @property
    def _here(self) -> int:
        return self._found.facility_id if self._found else 0

    def _stored(self, said: str, ids: Sequence[int]) -> None:
        self.undoable(said, withdraw_parcels, ids)
        self._take()

    def _open(self, at: int) -> None:
        row = self.model.line(at) if at >= 0 else None
        if not isinstance(row, ParcelRow) or self.drawer is None:
            return
        handed = moment_shown(row.handed_at) if row.handed_at is not None else ""
        told = facts(
            (
                (_("From whom"), row.sender),
                (_("What it is"), row.content),
                (_("Received"), moment_shown(row.received_at)),
                (_("Received by"), row.received_by),
                (_("Handed to the person"), handed),
                (_("Handed to the person by"), row.handed_by),
            )
        )
        foot = []
        if row.handed_at is None:
            away = Button(_("Entered in error"), "F9", "close")
            away.setEnabled(self.runner.may(KEEP))
            away.clicked.connect(lambda _on: self._withdraw(row))
            foot.append(away)
        self.drawer.show_card(row.person, row.place, [told], *foot)
        self.show_beside()

    def _withdraw(self, row: ParcelRow) -> None:
        said = _("The parcel for {name} is taken out of the book").format(name=row.person)
        self.do(said, lambda _n: self._withdrawn(said), withdraw_parcels, [row.id])

    def _withdrawn(self, said: str) -> None:
        self.said.emit(said)
        self.close_card()


def columns() -> list[Column]:
    """The headings of the book."""
    return [
        Column("state", _("State"), 132),
        Column("person", _("For whom"), 170, people=True),
        Column("place", _("Bed"), 80),
        Column("sender", _("From whom"), 150),
        Column("content", _("What it is"), 0),
        Column("received", _("Received"), 150, room=800),
        Column("handed", _("Handed to the person"), 150, room=900),
    ]


def line_of(one: ParcelRow) -> Sequence[str | Cell]:
    """A parcel as cells."""
    lies = one.handed_at is None
    state = Status("late", _("Lies there")) if lies else Status("done", _("With the person"))
    return (
        Cell(status=state),
        Cell(one.person, role="strong"),
        one.place,
        one.sender,
        one.content,
        moment_shown(one.received_at),
        moment_shown(one.handed_at) if one.handed_at is not None else "",
    )
