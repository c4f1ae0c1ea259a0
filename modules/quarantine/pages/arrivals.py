"""People who wait for a bed: a list or card after card, the proposal, all beds in one act."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from modules.quarantine.codes import Group
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import EXPECT, PLACE
from modules.quarantine.queries.door import LoneChild, lone_child
from modules.quarantine.queries.waiting import Waitlist, WaitRow, waitlist
from modules.quarantine.service.allocation import settle
from modules.quarantine.service.door import care_for, come_in
from modules.quarantine.service.stays import Placement


class ArrivalsPage(Page):
    """A card at the door is one line more; F7 proposes beds, F8 gives all of them."""

    shows = frozenset({"quarantine_claim", "quarantine_episode", "quarantine_party"})

    def build(self) -> None:
        """The door on top, the waiting below with the bed proposed for each."""
        self._found: Waitlist | None = None
        self._child: LoneChild | None = None
        self._proposing = True
        self.give = Button(_("Give all beds"), "F8", "bed", "primary")
        self.give.clicked.connect(self._give)
        bring = Button(_("Import a list"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        board = Button(_("Board"), "F4", "bed")
        board.clicked.connect(lambda: self.go.emit("quarantine.board", 0))
        self._head = Head(_("Arrivals"), board, bring, self.give)
        self.who = Picker(_("Card, number or name"), self.runner)
        self.who.picked.connect(self._come_in)
        self.group = Choice()
        for code in Group:
            if code is not Group.F0:
                self.group.addItem(code.word, code.value)
        self.facility = FacilityChoice(self.reload)
        self.who.setMinimumWidth(280)
        self._cost = text("", "small", wrap=True)
        self.model = ListModel(_columns(), _cells, self)
        self.table = Table(self.model, name=_("People who wait for a bed"), filters=False)
        self.table.opened.connect(self._ask_again)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        fields = row(
            self.who,
            labelled(_("Group"), self.group),
            labelled(_("Facility"), self.facility),
            1,
        )
        self._drawer = Drawer()
        self._drawer.closed.connect(self._answered)
        self.lay_out(self._head, fields, self._cost, card, drawer=self._drawer)
        self.stretch_last()

    def reload(self) -> None:
        """Ask who waits and which beds would do."""
        key = self.facility.key
        self.ask(self._show, waitlist, key, propose=self.runner.may(PLACE))

    def entered(self) -> None:
        """Work begins at the door."""
        self.who.edit.setFocus()

    def _show(self, found: Waitlist) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.model.show(found.rows)
        placed = sum(bool(one.bed_id) for one in found.rows)
        said = _("{n} wait, a bed is proposed for {placed}")
        self._head.say(said.format(n=len(found.rows), placed=placed))
        self._cost.setText(found.cost)
        self.give.setEnabled(bool(placed) and self.runner.may(PLACE))
        self.who.setEnabled(self.runner.may(EXPECT))

    def _come_in(self) -> None:
        """Somebody at the door: one more who waits, the field free for the next card."""
        if not self.who.key:
            return
        name, key = self.who.words, self.who.key
        said = _("{name} is on the list").format(name=name)
        group = Group.of(str(self.group.currentData()))
        facility = self.facility.key
        self.do(said, partial(self._came, said), come_in, key, group, facility)

    def _came(self, said: str, episode: int) -> None:
        self.said.emit(said)
        self.who.put(0, "")
        self.who.edit.setFocus()
        self.ask(self._ask_if_child, lone_child, episode)

    # -- a child who comes alone ------------------------------------------------------------------

    def _ask_again(self, line: int) -> None:
        """Whoever cares for a child can be said later too: Enter on its line."""
        if self._found is not None:
            self.ask(self._ask_if_child, lone_child, self._found.rows[line].id)

    def _ask_if_child(self, child: LoneChild | None) -> None:
        """Ask about a child; whoever else has come may care for one that is still asked about."""
        if child is not None:
            self._ask_carer(child)
        elif self._child is not None:
            self.ask(self._ask_carer, lone_child, self._child.episode_id)

    def _ask_carer(self, child: LoneChild | None) -> None:
        """Ask who cares for a child: a digit answers, Esc leaves it open."""
        if child is None:  # somebody else has answered meanwhile
            self._drawer.close_card()
            return
        self._child = child
        title = _("Who cares for {name}?").format(name=child.name)
        about = _("A child under {age} needs an adult. A digit answers, Esc leaves it open.")
        items = []
        for n, one in enumerate(child.carers, start=1):
            button = Button(f"{one.name}, {shown(one.dob)}", str(n))
            button.clicked.connect(partial(self.digit, n))
            items.append(button)
        nobody = text(_("No adult came on that day. The child waits for a bed."), wrap=True)
        self._drawer.show_card(title, about.format(age=child.under), items or [nobody])
        self.show_beside()
        (items[0] if items else self._drawer).setFocus()

    def digit(self, number: int, *_clicked: bool) -> None:
        """Who cares for the child that was asked about."""
        if self._child is None or not 1 <= number <= len(self._child.carers):
            super().digit(number)
            return
        child, carer = self._child, self._child.carers[number - 1]
        said = _("{carer} cares for {child}").format(carer=carer.name, child=child.name)

        def then(_n: object) -> None:
            self._drawer.close_card()
            self.undoable(said, care_for, child.episode_id, 0)

        self.do(said, then, care_for, child.episode_id, carer.episode_id)

    def _answered(self) -> None:
        """The question is answered or left open: the door takes the next card."""
        self._child = None
        self.who.edit.setFocus()

    def _give(self) -> None:
        if self._found is None:
            return
        wanted = [Placement(one.id, one.bed_id) for one in self._found.rows if one.bed_id]
        if not wanted:
            self.refuse(_("Nobody here can be given a bed. The last column says why."))
            return
        said = _("{n} people have beds now").format(n=len(wanted))
        self.do(said, lambda _n: self.said.emit(said), settle, wanted, self._found.families)


def _columns() -> Sequence[Column]:
    return (
        Column("name", _("Full name"), 200),
        Column("born", _("Born"), 96),
        Column("sex", _("Sex"), 84),
        Column("group", _("Group"), 170),
        Column("arrived", _("Arrived"), 116),
        Column("party", _("Family code"), 90, room=900),
        Column("notes", _("Needs and notes"), 150, room=1000),
        Column("place", _("Bed"), 0),
    )


def _cells(one: WaitRow) -> Sequence[str | Cell]:
    if one.place:
        place = Cell(status=Status("busy", one.place))
    else:
        place = Cell(one.why, role="muted", hint=one.why)
    return (
        Cell(one.name, role="strong"),
        shown(one.born),
        one.sex,
        one.group,
        shown(one.arrived),
        one.party,
        one.notes,
        place,
    )
