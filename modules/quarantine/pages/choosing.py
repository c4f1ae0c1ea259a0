"""The facility that a page is about, chosen in one way on all pages."""

from collections.abc import Callable, Sequence

from admin_suite.core.i18n import _
from admin_suite.ui.widgets.forms import Choice
from modules.quarantine.queries.beds import FacilityRow

WIDTH = 220


class FacilityChoice(Choice):
    """The facilities there are; whoever chooses another one has the page ask anew."""

    def __init__(self, reload: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(_("Facility"))
        self.setMinimumWidth(WIDTH)
        self.activated.connect(lambda _n: reload())

    @property
    def key(self) -> int:
        """The facility that is chosen; 0 before any was offered."""
        return int(self.currentData() or 0)

    def offer_facilities(self, facilities: Sequence[FacilityRow], chosen: int) -> None:
        """Show the facilities there are now, and the one that the page is about."""
        self.clear()
        for one in facilities:
            self.addItem(one.name, one.id)
        self.setCurrentIndex(max(0, self.findData(chosen)))
