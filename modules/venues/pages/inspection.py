"""Venues to be looked at: what of their check-ins can hardly be so, posters that nobody scans."""

from collections.abc import Sequence
from datetime import UTC, datetime

from admin_suite.core.clock import day_shown, here
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from modules.venues import service
from modules.venues.codes import Doubt
from modules.venues.permissions import MANAGE, SEE
from modules.venues.queries.inspection import InspectionRow, inspection
from modules.venues.rules.marks import grouped
from modules.venues.service import Noted, Step

TONES = {Doubt.FUTURE: "bad", Doubt.TWO_PLACES: "bad", Doubt.QUIET: "wait"}


class InspectionPage(Page):
    """F8 notes that the posters of the selected venues were seen today; Ctrl+E takes the list."""

    shows = frozenset({"venues_checkin", "venues_stay", "venues_issue", "venues_venue"})

    def build(self) -> None:
        """The list, commune by commune."""
        self.seen = Button(_("Seen by an inspection"), "F8", "done", "primary")
        self.seen.clicked.connect(self._seen)
        self.seen.setEnabled(self.runner.may(MANAGE))
        papers = Button(_("Report"), "F6", "print")
        papers.clicked.connect(lambda: self.go.emit("registry.reports", 0))
        listed = Listed(
            "venues.inspection", _("Inspection"), columns(), line_of, _("{n} reasons shown"), SEE
        )
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        about = _("Nothing of the last 14 days gives a reason to look at a venue.")
        self.list.stack.addWidget(empty("done", _("Nothing to inspect"), about))
        self._head = Head(_("Venues to inspect"), self.seen)
        self.lay_out(self._head, self.list.tools(self.list.export, papers), self.list.stack)

    def reload(self) -> None:
        """Ask again."""
        self.ask(self._show, inspection)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _show(self, rows: Sequence[InspectionRow]) -> None:
        self.list.show(rows)
        venues = len({row.id for row in rows})
        self._head.say(_("{n} venues").format(n=figure(venues)) if rows else "")

    def _open(self, at: int) -> None:
        row = self.model.line(at) if at >= 0 else None
        if isinstance(row, InspectionRow):
            self.go.emit("venues.venues", row.id)

    def _seen(self) -> None:
        rows = [self.model.line(at) for at in self.table.chosen_lines()]
        ids = sorted({row.id for row in rows if isinstance(row, InspectionRow)})
        if not ids:
            self.refuse(_("Select the venues that were seen."))
            return
        today = here(datetime.now(UTC)).date()
        self.do(_("Storing"), self._noted, service.note_posters, ids, Step.SEEN, today)

    def _noted(self, noted: Noted) -> None:
        said = _("{n} posters were noted as seen").format(n=figure(noted.posters))
        self.undoable(said, service.take_back_posters, noted)


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("number", _("Number"), 90, figures=True, room=1150),
        Column("name", _("Name of the venue"), 220),
        Column("commune", _("Commune"), 150, room=980),
        Column("doubt", _("Reason to look"), 190, room=640),
        Column("detail", _("Why")),
        Column("phone", _("Telephone"), 110, room=1250),
        Column("seen", _("Seen by an inspection"), 165, room=1250),
    ]


def line_of(row: InspectionRow) -> Sequence[str | Cell]:
    """A reason as cells."""
    return (
        grouped(row.number),
        Cell(row.name, role="strong"),
        row.commune,
        Cell(status=Status(TONES.get(row.doubt, "late"), row.doubt.word)),
        Cell(row.detail, hint=row.detail),
        row.phone,
        day_shown(row.seen) if row.seen else "",
    )
