"""The vial at the desk: lot, discard time, one drop for each dose."""

from collections.abc import Callable, Mapping, Sequence

from PyQt6.QtWidgets import QFrame

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.cards import card, facts
from admin_suite.ui.widgets.chips import Chip
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.rings import Drops
from admin_suite.ui.widgets.text import text
from modules.vaccination.pages.closing import last_hour
from modules.vaccination.queries.closing import Closing
from modules.vaccination.queries.stock import VialRow

WORDS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "": ("done", lambda: _("Good to use")),
    "recalled": ("bad", lambda: _("Lot recalled")),
    "expired": ("bad", lambda: _("Out of date")),
    "closed": ("wait", lambda: _("Closed")),
    "over": ("bad", lambda: _("Over its time, throw away")),
    "empty": ("late", lambda: _("Used up")),
}


class VialCard(QFrame):
    """The vial that the next dose is drawn from."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column(gap=theme.M)
        self.setLayout(self._inside)
        self.vial: VialRow | None = None

    def show_vials(self, vials: Sequence[VialRow], told: Closing | None = None) -> None:
        """Take the vial that was opened first and is good, else the last one that is open.

        In the last hour the card of what to open stands below it.
        """
        still = [vial for vial in vials if not vial.closed]
        good = [vial for vial in still if not vial.unusable]
        self.vial = good[0] if good else still[-1] if still else None
        emptied(self._inside)
        self._inside.addWidget(self._card(self.vial, len(still)))
        if told is not None:
            self._inside.addWidget(last_hour(told))

    def _card(self, vial: VialRow | None, still: int) -> QFrame:
        if vial is None:
            about = _("No vial is open. F6 opens one of the lot of the day.")
            return card(_("Vial"), text(about, "muted", wrap=True))
        tone, word = WORDS[vial.unusable]
        left = facts(
            (
                (_("Lot"), f"{vial.product} {vial.lot}"),
                (_("Expires"), day_shown(vial.expires_on) if vial.expires_on else ""),
                (
                    _("Opened"),
                    _("{time}, until {end}").format(time=vial.opened_at, end=vial.discard_at),
                ),
            ),
            84,
        )
        nth = _("Dose {n}").format(n=min(vial.given + 1, vial.doses))
        of = _("of {m} in vial {number}").format(m=vial.doses, number=vial.number)
        minutes = _("{hours} hours {minutes} minutes left").format(
            hours=vial.minutes_left // 60, minutes=vial.minutes_left % 60
        )
        more = _("{n} vials are open").format(n=still) if still > 1 else ""
        right = column(
            row(text(nth, "strong"), text(of, "small"), 1),
            Drops(vial.given, vial.doses, f"{nth} {of}"),
            text(" · ".join(part for part in (minutes, more) if part), "small", wrap=True),
            gap=6,
        )
        body = row(left, right, gap=theme.XL)
        body.setStretch(0, 1)
        return card(_("Vial"), framed(body), aside=Chip(tone, word()))
