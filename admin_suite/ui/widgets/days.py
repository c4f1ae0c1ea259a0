"""A field for a day, in a file of its own: the first window needs none, nor the zones of clocks."""

from datetime import UTC, datetime

from PyQt6.QtCore import QDate, QLocale
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QDateEdit

from admin_suite.core.clock import here
from admin_suite.ui.widgets.forms import draw_arrow


class Day(QDateEdit):
    """A day as people here write it; the calendar opens by F4 or the arrow."""

    def __init__(self) -> None:
        today = here(datetime.now(UTC)).date()  # the unit's day, not the computer's
        super().__init__(QDate(today.year, today.month, today.day))
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy")
        self.setLocale(QLocale(QLocale.Language.Vietnamese))
        self.setMinimumWidth(128)

    @property
    def iso(self) -> str:
        """The day as data writes it."""
        return self.date().toString("yyyy-MM-dd")

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        draw_arrow(self)
