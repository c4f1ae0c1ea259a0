"""The register of venues in the window: issue codes, see each entrance, revoke."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from modules.venues import queries, service
from modules.venues.codes import Standing
from modules.venues.permissions import ISSUE, MANAGE, SEE
from modules.venues.queries import EntranceRow, VenueRow
from modules.venues.rules.marks import grouped


class VenuesPage(Page):
    """F8 issues the codes that are missing, of the lines selected or of all that are shown."""

    shows = frozenset({"venues_venue", "venues_entrance", "venues_issue"})

    def build(self) -> None:
        """The register as a list; the side card has the entrances of one venue."""
        self._id = 0
        self.issue = Button(_("Issue the missing codes"), "F8", "release", "primary")
        self.issue.clicked.connect(self._issue)
        papers = Button(_("Posters"), "Ctrl P", "print")
        papers.clicked.connect(lambda: self.go.emit("registry.papers", 0))
        bring = Button(_("Import from Excel"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        bring.setEnabled(self.runner.may(MANAGE))
        listed = Listed(
            "venues.venues", _("Venues"), columns(), line_of, _("{n} venues shown"), SEE
        )
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        self._head = Head(_("Venues"), bring, self.issue)
        about = _(
            "The communes' lists bring the venues; each entrance then gets a code of its own."
        )
        step = Button(_("Import from Excel"), kind="primary")
        step.clicked.connect(lambda: self.bring.emit(""))
        self.list.stack.addWidget(empty("module", _("No venue is registered yet"), about, step))
        tools = self.list.tools(self.list.export, papers)
        self.lay_out(self._head, tools, self.list.stack, drawer=Drawer())

    def reload(self) -> None:
        """Ask for the register again."""
        self.ask(self._show, queries.venues, {})
        if self._id:
            self.ask(self._show_card, card_of, self._id)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def open_at(self, key: int) -> None:
        """Show the entrances of a venue."""
        self._id = key
        self.ask(self._show_card, card_of, key)

    def _show(self, rows: Sequence[VenueRow]) -> None:
        self.list.show(rows)
        missing = sum(row.entrances - row.coded for row in rows)
        self.issue.setEnabled(bool(missing) and self.runner.may(ISSUE))
        said = _("{n} entrances without a code").format(n=figure(missing)) if missing else ""
        self._head.say(said)

    def _issue(self) -> None:
        chosen = self.table.chosen_lines()
        places = chosen if len(chosen) > 1 else range(self.model.length())
        rows = [row for row in map(self.model.line, places) if isinstance(row, VenueRow)]
        self.do(_("Issuing"), self._issued, service.issue, [row.id for row in rows])

    def _issued(self, count: int) -> None:
        self.said.emit(_("{n} codes issued; their posters are under Papers.").format(n=count))

    def _open(self, at: int) -> None:
        row = self.model.line(at) if at >= 0 else None
        if isinstance(row, VenueRow):
            self.open_at(row.id)

    def _show_card(self, found: tuple[VenueRow, Sequence[EntranceRow]] | None) -> None:
        if found is None or self.drawer is None:
            return
        venue, doors = found
        said = facts(
            (
                (_("Kind of place"), venue.kind.word),
                (_("Commune"), venue.commune),
                (_("Address"), venue.address),
                (_("Person in charge"), venue.keeper),
                (_("Telephone"), venue.phone),
                (_("Opening hours"), " - ".join(filter(None, (venue.opens, venue.closes)))),
                (_("Room for"), figure(venue.capacity) if venue.capacity else ""),
                *((_("Entrance {n}").format(n=door.entrance), told(door)) for door in doors),
            )
        )
        self.drawer.show_card(venue.name, grouped(venue.number), (said, *self._deeds(doors)))
        self.show_beside()

    def _deeds(self, doors: Sequence[EntranceRow]) -> tuple[QWidget, ...]:
        """Replace or revoke the codes in force."""
        live = [d.issue_id for d in doors if d.issue_id is not None and d.revoked_at is None]
        if not live or not self.runner.may(ISSUE):
            return ()
        reason = Field(_("Why are they revoked?"))
        again = Button(_("Issue new codes"), "F4", "history")
        again.clicked.connect(partial(self._again, doors[0].venue_id))
        revoke = Button(_("Revoke the codes"), "F6", "close")
        revoke.clicked.connect(partial(self._revoke, live, reason))
        return reason, again, revoke

    def _again(self, venue: int, _on: bool = False) -> None:
        self.do(_("Issuing"), self._issued, partial(service.issue, again=True), [venue])

    def _revoke(self, issues: Sequence[int], reason: Field, _on: bool = False) -> None:
        if not reason.words.strip():
            reason.complain(_("Say why the code is revoked."))
            reason.edit.setFocus()
            return
        self.do(_("Revoking"), self._revoked, service.revoke, issues, reason.words)

    def _revoked(self, count: int) -> None:
        self.said.emit(_("{n} codes revoked").format(n=figure(count)))


def card_of(work: Work, key: int) -> tuple[VenueRow, list[EntranceRow]] | None:
    """A venue with its entrances; nothing of one that was taken back."""
    rows = queries.venue_rows(work, [key])
    return (rows[0], queries.entrance_rows(work, [key])) if rows else None


def told(door: EntranceRow) -> str:
    """What code an entrance has, in words."""
    if door.issue is None or door.valid_from is None:
        return _("no code yet")
    if door.revoked_at is not None:
        return _("issue {n} was revoked").format(n=door.issue)
    return _("Issue {n} of {day}").format(n=door.issue, day=day_shown(door.valid_from))


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("number", _("Number"), 90, figures=True, room=760),
        Column("name", _("Name of the venue")),
        Column("kind", _("Kind of place"), 160, room=900),
        Column("commune", _("Commune"), 150),
        Column("keeper", _("Person in charge"), 160, room=1100),
        Column("phone", _("Telephone"), 110, room=1000),
        Column("codes", _("Codes"), 150),
    ]


def line_of(row: VenueRow) -> Sequence[str | Cell]:
    """A venue as cells."""
    return (
        grouped(row.number),
        Cell(row.name, role="strong"),
        row.kind.word,
        row.commune,
        row.keeper,
        row.phone,
        Cell(status=status_of(row)),
    )


def status_of(row: VenueRow) -> Status:
    """Whether each entrance has a code; a closed venue needs none."""
    if row.standing is not Standing.OPEN:
        return Status("idle", row.standing.word)
    if row.coded == row.entrances:
        return Status("done", _("{n} issued").format(n=figure(row.coded)))
    return Status("wait", _("{n} of {m} issued").format(n=figure(row.coded), m=row.entrances))
