"""A positive person: what one act would do is shown in the side card, then done."""

from functools import partial

from PyQt6.QtCore import QDate

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.layout import Item, column, named
from admin_suite.ui.widgets.text import text
from modules.quarantine.queries.cases import CaseProposal, proposal
from modules.quarantine.service import cases


class Positives:
    """Reports and decides on positives for a page with a side card."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._case: CaseProposal | None = None

    def report(self, episode_id: int) -> None:
        """Somebody is positive as a hospital or a rapid test says; look at what follows."""
        day = QDate.currentDate().toString("yyyy-MM-dd")
        said = _("Looking at what follows")
        self._page.do(said, self.preview, cases.report, episode_id, day)

    def preview(self, case_id: int) -> None:
        """Show what acting on a positive would do."""
        self._page.ask(self._show, proposal, case_id)

    def _show(self, seen: CaseProposal) -> None:
        """What one act would do, before it does it."""
        page = self._page
        if page.drawer is None:
            return
        self._case = seen
        self.target = named(Choice(), _("Where the person goes"))
        for bed in seen.beds:
            self.target.addItem(f"{bed.room}-{bed.label}", bed.id)
        self.target.addItem(_("Referred to hospital"), 0)
        moved = [f"{one.name}: {one.old:%d/%m} → {one.new:%d/%m}" for one in seen.moved]
        locked = _("Room {room} is locked.").format(room=seen.room)
        stays = _("Whoever lives there stays at home.")
        items: list[Item] = [
            labelled(_("Where the person goes"), self.target),
            text(locked if seen.room_id else stays, "small", wrap=True),
            text(_("Last days that move:"), "strong"),
            column(*(text(line, "small", wrap=True) for line in moved), gap=2),
            text(_("Samples to be taken: {n}").format(n=len(seen.tests)), "small"),
        ]
        go = Button(_("Do all of this"), "F8", kind="danger")
        go.clicked.connect(self._confirm)
        page.drawer.show_card(seen.case.name, _("Positive result"), items, go)
        page.show_beside()

    def _confirm(self) -> None:
        seen = self._case
        if seen is None:
            return
        bed = int(self.target.currentData() or 0) or None
        said = _("{name} is isolated and the room is locked")
        if not seen.room_id:
            said = _("{name} is isolated")
        said = said.format(name=seen.case.name)
        then = partial(self._acted, said, seen.case.id)
        self._page.do(said, then, cases.confirm, seen.case.id, bed)

    def _acted(self, said: str, case: int, _n: object) -> None:
        self._page.close_card()
        self._page.undoable(said, cases.revoke, case, "")
