"""What became of the posters of many venues at once: handed over, put up, seen."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.layout import column
from admin_suite.ui.widgets.text import text
from modules.venues.queries import VenueRow
from modules.venues.service import Step

NAMED = 3


class BatchCard(QFrame):
    """The day, who took them, and a key for each step; ``noted`` with step, day and name."""

    noted = pyqtSignal(object, object, str)

    def __init__(self, venues: Sequence[VenueRow]) -> None:
        super().__init__()
        self.day, self.to = Day(), Field(_("Handed to"), _("Who took them for the commune"))
        inside = column(
            text(about(venues), wrap=True),
            labelled(_("Day"), self.day),
            self.to,
            gap=theme.M,
        )
        self.steps: dict[Step, Button] = {}
        for step, words, key in steps():
            button = Button(words, key, "done")
            button.clicked.connect(partial(self._say, step))
            inside.addWidget(button)
            self.steps[step] = button
        self.setLayout(inside)

    def _say(self, step: Step, _on: bool = False) -> None:
        self.noted.emit(step, date.fromisoformat(self.day.iso), self.to.words.strip())


def steps() -> tuple[tuple[Step, str, str], ...]:
    """What is noted of posters in turn, with its words and its key."""
    return (
        (Step.HANDED, _("Posters handed over"), "Ctrl 1"),
        (Step.POSTED, _("Put up"), "Ctrl 2"),
        (Step.SEEN, _("Seen by an inspection"), "Ctrl 3"),
    )


def about(venues: Sequence[VenueRow]) -> str:
    """How many venues and posters it is about; a few venues by name."""
    posters = sum(venue.coded for venue in venues)
    said = _("{n} venues, {m} posters").format(n=figure(len(venues)), m=figure(posters))
    names = ", ".join(venue.name for venue in venues) if len(venues) <= NAMED else ""
    return f"{said}: {names}" if names else said
