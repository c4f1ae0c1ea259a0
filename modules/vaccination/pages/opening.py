"""What is done with the vials of a desk: one opened, a dose more drawn from it, all closed."""

from collections.abc import Callable, Sequence
from typing import Any

from PyQt6.QtWidgets import QFrame

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field
from admin_suite.ui.widgets.layout import column, named, row
from modules.vaccination import service
from modules.vaccination.pages.stations import close_open_vials
from modules.vaccination.pages.vial import VialCard
from modules.vaccination.queries.desk import Desk
from modules.vaccination.queries.stock import VialRow
from modules.vaccination.service import VialEnd


class VialDeeds(QFrame):
    """F6 opens a vial of the lot that is chosen, Ctrl F6 closes those that are open."""

    def __init__(self, page: Page, card: VialCard) -> None:
        super().__init__()
        self._page, self._card, self._session = page, card, 0
        self.lot = named(Choice(), _("Lot"))
        self.lot.hide()
        self.open = Button(_("Open a vial"), "F6", "vial").once()
        self.extra = Button(_("Extra dose"))
        self.end = Button(_("Close the vials"), "Ctrl F6")
        self.open.clicked.connect(self._open_vial)
        self.extra.clicked.connect(self._note_extra)
        self.end.clicked.connect(self._close_vials)
        deeds = row(self.open, self.extra, self.end, 1)
        self.setLayout(column(row(self.lot, 1), deeds))  # beside each other they are too wide

    def show_desk(self, desk: Desk) -> None:
        """Offer the lots of a session; the one of before stays chosen while it is good."""
        same = desk.session_id == self._session and self.lot.count() > 1
        before = self.lot.currentData() if same else str(desk.lot_id)
        self._session = desk.session_id
        self.lot.offer((str(key), words) for key, words in desk.lots)
        self.lot.setCurrentIndex(max(0, self.lot.findData(before)))
        self.lot.setVisible(len(desk.lots) > 1)

    def _open_vial(self) -> None:
        opened: Any = lambda _key: self._page.said.emit(_("A vial is open"))  # noqa: E731
        lot = int(self.lot.currentData() or 0) or None
        self._page.do(_("Opening a vial"), opened, service.open_vial, self._session, lot)

    def _note_extra(self) -> None:
        vial = self._card.vial
        if vial is None:
            self._page.refuse(_("No vial is open. F6 opens one of the lot of the day."))
            return
        words, back = _("One dose more is drawn from vial {number}"), service.drop_extra
        told = words.format(number=vial.number)
        noted: Any = lambda _n: self._page.undoable(told, back, vial.id)  # noqa: E731
        self._page.do(_("Writing down"), noted, service.note_extra, vial.id)

    def _close_vials(self) -> None:
        self._page.do(_("Writing down"), self._closed, close_open_vials, self._session)

    def _closed(self, told: tuple[Sequence[int], int]) -> None:
        vials, wasted = told
        words = _("{n} doses thrown away; the vials add up").format(n=wasted)
        if not wasted:
            words = _("Nothing was left in the vials")
        self._page.undoable(words, service.reopen_vials, vials)


def ask_end(page: Page, vial: VialRow, then: Callable[[], None]) -> None:
    """Ask how much of one vial was thrown away: what is missing then is not accounted for."""
    if page.drawer is None:
        return
    wasted, why = Field(_("Doses thrown away")), Field(_("Why"))
    wasted.edit.setText(str(max(0, vial.doses - vial.given)))
    title = _("Vial {number}").format(number=vial.number)
    button = Button(_("Close the vial"), "Ctrl Enter", "done", "primary")

    def closed(_n: object) -> None:
        words = _("Vial {number} is closed").format(number=vial.number)
        page.undoable(words, service.reopen_vials, [vial.id])
        then()

    def close() -> None:
        count = wasted.whole_number()
        if count is not None:
            ends = [VialEnd(vial.id, count, why.words)]
            page.do(_("Writing down"), closed, service.close_vials, ends)

    button.clicked.connect(close)
    about = _("{n} of {m} doses were given").format(n=vial.given, m=vial.doses)
    page.drawer.show_card(title, about, (wasted, why), button)
    page.show_beside()
    wasted.edit.setFocus()


def ask_back(page: Page, visit: int, name: str) -> None:
    """Ask why the injection of somebody is taken back; the vial has its dose again."""
    if page.drawer is None:
        return
    why = Field(_("Why is it taken back?"))
    button = Button(_("Take back"), "Ctrl Enter", "undo", "danger")

    def done(_none: object) -> None:
        page.close_card()
        page.said.emit(_("The injection is taken back"))

    def take_back() -> None:
        page.do(_("Taking back"), done, service.take_back_injection, visit, why.words)

    button.clicked.connect(take_back)
    page.drawer.show_card(_("Take the injection back"), name, (why,), button)
    page.show_beside()
    why.edit.setFocus()
