"""The facility or the commune that a page is about, chosen in one way on all pages."""

from collections.abc import Callable, Sequence

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.widgets.forms import Choice
from modules.quarantine.queries.beds import FacilityRow
from modules.quarantine.queries.home import CommuneRow

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


class CommuneChoice(Choice):
    """The communes with people at home and all of them together; another one asks anew."""

    def __init__(self, reload: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(_("Commune"))
        self.setMinimumWidth(WIDTH)
        self.activated.connect(lambda _n: reload())

    @property
    def code(self) -> str:
        """The commune that is chosen; empty for all of them."""
        return str(self.currentData() or "")

    def offer_communes(self, communes: Sequence[CommuneRow], chosen: str) -> None:
        """Show the communes there are now with their people, and the one that is shown."""
        said = _("{name}: {n}")
        many = figure(sum(one.people for one in communes))
        every = ("", said.format(name=_("All communes"), n=many))
        named = [
            (one.code, said.format(name=one.name or _("Commune not known"), n=figure(one.people)))
            for one in communes
        ]
        self.offer([every, *named])
        self.setCurrentIndex(max(0, self.findData(chosen)))
