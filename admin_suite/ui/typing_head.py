"""Around the typing grid: the head of the list, and what may be typed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QSizePolicy

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.excel import titles
from admin_suite.excel.typed import Head
from admin_suite.registry.senders import Sender
from admin_suite.ui import theme, typed_lists
from admin_suite.ui.dialogs.import_tools import SenderField
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.layout import column, framed, named, row, rule
from admin_suite.ui.widgets.text import text

DAY_WIDTH, PLACE_WIDTH = 110, 200
ONE_LINE = 860  # the width from which the head stands in one line
DIGITS = 9


class TypingHead(QFrame):
    """Who sent the list, its day and its place, as a paper says them above its rows."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.from_whom = SenderField()
        self.day = named(QLineEdit(), _("Day of the list"))
        self.place = named(QLineEdit(), _("Place of collection"))
        self.day.setPlaceholderText(_("dd/mm/yyyy"))
        self.day.setFixedWidth(DAY_WIDTH)
        self.place.setMaximumWidth(PLACE_WIDTH)
        self._units: Sequence[str] = ()
        self.from_whom.chosen.connect(lambda _name: self.changed.emit())
        self.day.editingFinished.connect(self._day_typed)
        self.place.editingFinished.connect(self.changed)
        day, place = (
            text(_("Day of the list"), "caption"),
            text(_("Place of collection"), "caption"),
        )
        self._lines = row(self.from_whom, row(day, self.day, place, self.place, 1), gap=theme.S)
        self._lines.setStretch(1, 1)
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        across, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lines.setDirection(across if self.width() >= ONE_LINE else below)

    @property
    def head(self) -> Head:
        """What stands there."""
        return Head(
            sender=self.from_whom.words,
            day=titles.day_of([self.day.text()]),
            place=" ".join(self.place.text().split()),
        )

    @property
    def content(self) -> dict[str, str]:
        """What a draft keeps of it."""
        return {
            "sender": self.from_whom.words,
            "day": self.day.text(),
            "place": self.place.text(),
        }

    def show_head(self, content: Mapping[str, str]) -> None:
        """Begin with what was kept."""
        self.day.setText(content.get("day", ""))
        self.place.setText(content.get("place", ""))
        self.name_sender(content.get("sender", ""))

    def offer_units(self, units: Sequence[str]) -> None:
        """The units that are known."""
        self._units = units
        self.name_sender(self.from_whom.words)

    def name_sender(self, name: str) -> None:
        """Put a sender's name there."""
        self.from_whom.show_sender(name, Sender(name, known=True), self._units)

    def _day_typed(self) -> None:
        written = "/".join(filter(None, typed_lists.unpacked(self.day.text().strip()).split("/")))
        parts = written.split("/")
        if len(parts) == len("dmy") and len(parts[-1]) == len("yy"):
            written = "/".join([*parts[:-1], f"20{parts[-1]}"])
        found: date | None = titles.day_of([written])
        if found is not None:
            self.day.setText(day_shown(found))
        self.day.setProperty("wrong", "true" if self.day.text() and found is None else "false")
        style = self.day.style()
        if style is not None:
            style.unpolish(self.day)
            style.polish(self.day)
        self.changed.emit()


def choice_card(deeds: Sequence[tuple[str, str, Callable[[], None]]]) -> QFrame:
    """What may be typed, each with a digit: its name, a sentence, what it does."""
    made = column(gap=0)
    for number, (title, about, deed) in enumerate(deeds, start=1):
        button = Button(_("Open"), str(number) if number <= DIGITS else "")
        button.setProperty("number", number)
        button.clicked.connect(lambda _on, deed=deed: deed())
        words = column(text(title, "strong"), text(about, "small", wrap=True), gap=1)
        line = row(words, button, gap=theme.M, pad=(0, 7))
        line.setStretch(0, 1)
        made.addWidget(rule())
        made.addLayout(line)
    return card(_("Which list shall be typed?"), framed(made))
