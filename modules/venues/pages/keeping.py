"""How long check-ins are kept: what would go now, what a case holds, and the deletion itself."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import day_shown, moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from modules.venues import queries, service
from modules.venues.pages.holding import HoldForm
from modules.venues.permissions import KEEP
from modules.venues.queries.keeping import Expiring, HoldRow, expiring, holds
from modules.venues.queries.limits import tracing
from modules.venues.service import Deleted

LEAST = 150


class KeepingPage(Page):
    """F8 deletes what is past its time, after the PIN; F4 holds for a case, F6 holds no longer.

    Both of the latter are taken back by Ctrl+Z; the card of a venue leads here with that venue.
    """

    shows = frozenset({"venues_checkin", "venues_hold", "venues_venue", "house_rule"})

    def build(self) -> None:
        """The sources on top, the holds below, the form of a new hold between."""
        self._due = 0
        self.delete = Button(_("Delete what is over"), "F8", "close", "danger")
        self.delete.clicked.connect(self._ask_to_delete)
        self._head = Head(_("How long check-ins are kept"), self.delete)
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("What would go now"), filters=False)
        self.table.setMinimumHeight(LEAST)
        self.form = HoldForm(self.runner)
        self.ask(self.form.begin_by, tracing)
        add = Button(_("Hold for the case"), "F4", "lock")
        add.clicked.connect(self._hold)
        self.lift = Button(_("Hold no longer"), "F6")
        self.lift.clicked.connect(self._lift)
        self.holds = ListModel(hold_columns(), hold_line, self)
        self.held = Table(self.holds, name=_("What is held for cases"), filters=False)
        self.held.setMinimumHeight(LEAST)
        self._rule = text("", "small", wrap=True)
        self.lay_out(
            self._head,
            framed(column(self.table, gap=0, pad=(1, 1)), "card"),
            self._rule,
            card(_("Hold check-ins for a case"), self.form, row(add, 1)),
            row(text(_("What is held for cases"), "heading"), 1, self.lift),
            framed(column(self.held, gap=0, pad=(1, 1)), "card"),
        )
        for button in (self.delete, add, self.lift):
            button.setEnabled(self.runner.may(KEEP))

    def reload(self) -> None:
        """Count what would go, and ask what is held."""
        self.ask(self._show, expiring)
        self.ask(self._show_holds, holds)
        self.ask(self.form.offer, queries.venues, {})

    def open_at(self, key: int) -> None:
        """Hold a venue: it was chosen on its card."""
        self.form.venue.put(str(key))
        self.form.reason.edit.setFocus()

    def entered(self) -> None:
        """Work begins with what would go."""
        self.table.setFocus()

    def _show(self, rows: Sequence[Expiring]) -> None:
        self._due = sum(row.due for row in rows)
        held = sum(row.held for row in rows)
        self.model.show(rows)
        said = _("{n} are to go, {held} past their time are held for cases")
        self._head.say(said.format(n=figure(self._due), held=figure(held)))
        self.delete.setEnabled(bool(self._due) and self.runner.may(KEEP))
        self._rule.setText(_("The days are a dated rule; this list has deleted nothing."))

    def _show_holds(self, rows: Sequence[HoldRow]) -> None:
        self.holds.show(rows)

    def _ask_to_delete(self) -> None:
        said = _("Delete {n} check-ins whose time is over? They do not come back.")
        self.confirmed(said.format(n=figure(self._due)), self._delete)

    def _delete(self) -> None:
        self.do(_("Deleting"), self._deleted, service.delete_expired)

    def _deleted(self, done: Deleted) -> None:
        said = _("{n} check-ins were deleted, {held} stay for cases")
        self.said.emit(said.format(n=figure(done.total), held=figure(done.held)))

    def _hold(self) -> None:
        if why := self.form.why_not():
            self.refuse(why)
            return
        wanted = self.form.read()
        if wanted is None:
            return
        verb = service.hold_venue if wanted.venue else service.hold_person
        whom, why = wanted.venue or wanted.person, wanted.reason
        self.do(_("Storing"), self._held, verb, whom, why, wanted.since, wanted.until)

    def _held(self, key: int) -> None:
        self.form.clear()
        self.undoable(_("The check-ins are held"), service.lift_holds, [key])

    def _lift(self) -> None:
        rows = [self.holds.line(at) for at in self.held.chosen_lines()]
        ids = [one.id for one in rows if isinstance(one, HoldRow) and one.lifted_at is None]
        if not ids:
            self.refuse(_("Select the hold that is over."))
            return
        self.do(_("Storing"), partial(self._lifted, ids), service.lift_holds, ids)

    def _lifted(self, ids: Sequence[int], _count: int) -> None:
        said = _("The check-ins are held no longer")
        self.undoable(said, service.hold_again, ids)


def columns() -> list[Column]:
    """The headings of what would go."""
    return [
        Column("source", _("Known from")),
        Column("days", _("Kept for days"), 120, figures=True),
        Column("last", _("Nothing kept until"), 180, room=800),
        Column("due", _("To go now"), 90, figures=True),
        Column("held", _("Held for cases"), 130, figures=True),
    ]


def line_of(row: Expiring) -> Sequence[str | Cell]:
    """A source as cells."""
    return (
        Cell(row.source.word, role="strong"),
        _("for ever") if row.days is None else figure(row.days),
        day_shown(row.last) if row.last else "",
        figure(row.due),
        figure(row.held),
    )


def hold_columns() -> list[Column]:
    """The headings of holds."""
    return [
        Column("what", _("Person or venue")),
        Column("since", _("Since"), 110, room=760),
        Column("until", _("Until"), 110, room=950),
        Column("reason", _("The case, and who decided"), 260, room=700),
        Column("by", _("Held for the case by"), 150, room=1050),
        Column("state", _("State"), 190),
    ]


def hold_line(row: HoldRow) -> Sequence[str | Cell]:
    """A hold as cells."""
    state = Status("busy", _("is held"))
    if row.lifted_at is not None:
        state = Status("idle", _("lifted {time}").format(time=moment_shown(row.lifted_at)))
    return (
        Cell(row.what, role="strong"),
        day_shown(row.since),
        day_shown(row.until) if row.until else "",
        row.reason,
        row.held_by,
        Cell(status=state),
    )
