"""The form by which check-ins are held for a case: whose or of which venue, why, from when on."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.dates import typed_day
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.choosing import Picker, Searched
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.layout import TOP, column, row
from modules.venues.queries import VenueRow
from modules.venues.rules.limits import Tracing
from modules.venues.rules.marks import grouped


class Wanted(NamedTuple):
    """What is to be held: of a person, or else of a venue; ``until`` none means until lifted."""

    person: int
    venue: int
    reason: str
    since: date
    until: date | None


class HoldForm(QFrame):
    """A person or a venue, never both: they are held apart, each by its own reason."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        beside = _("With everybody who was there then")
        self.who = Picker(_("Card, number or name"), runner, beside)
        self.venue = Searched(_("or a whole venue"))
        self.since = Day()
        self.until = Field(_("Until which day"), _("Empty: until it is lifted"))
        self.reason = Field(_("The case, and who decided"))
        venue = labelled(_("or a whole venue"), self.venue)
        since = labelled(_("Since"), self.since)
        whom = _level(self.who, venue)
        days = _level(since, self.until, self.reason)
        whom.setStretch(0, 1)
        self.setLayout(column(whom, days, gap=theme.M))

    def begin_by(self, rule: Tracing) -> None:
        """A case met people before it was known: so many days back, as the rule of results has."""
        self.since.setDate(self.since.date().addDays(-rule.before))

    def offer(self, venues: Sequence[VenueRow]) -> None:
        """The venues to choose from, closed ones too: a case may be the reason."""
        self.venue.offer(
            [
                (str(one.id), " · ".join((one.name, one.commune, grouped(one.number))))
                for one in venues
            ]
        )

    def clear(self) -> None:
        """Ready for the next one; the days stay, for one case often holds several."""
        self.who.put(0, "")
        self.venue.put("")
        self.reason.edit.clear()

    def why_not(self) -> str:
        """Why it is not clear whose or of which venue, in a sentence; empty where it is."""
        if self.venue.unknown:
            return _("This is no venue of the register; choose it by its name.")
        if self.who.words and self.venue.code:
            return _("Hold a person or a venue; for both there are two holds.")
        if not (self.who.key or self.venue.code):
            return _("Say whose check-ins are held, or of which venue.")
        return ""

    def read(self) -> Wanted | None:
        """What was asked for; None where a field says what is wrong with it."""
        since, until = date.fromisoformat(self.since.iso), self._until()
        if self._is_wrong(since, until):
            return None
        venue = int(self.venue.code or 0)
        return Wanted(self.who.key, venue, self.reason.words, since, until)

    def _until(self) -> date | None:
        """The last day that was typed; the field says so where it is none."""
        self.until.complain("")
        if not self.until.words.strip():
            return None
        try:
            return date.fromisoformat(typed_day(self.until.words))
        except ValueError:
            said = _("“{text}” is no day; write it as 31/12/2021.")
            self.until.complain(said.format(text=self.until.words))
            return None

    def _is_wrong(self, since: date, until: date | None) -> bool:
        """Whether a field complains; the first that does has the focus."""
        if until is not None and until < since:
            self.until.complain(_("The last day is before the first."))
        self.reason.complain("")
        if not self.reason.words.strip():
            self.reason.complain(_("Say for which case the check-ins are held."))
        wrong = [f for f in (self.until, self.reason) if f.edit.property("wrong") == "true"]
        for field in wrong[:1]:
            field.edit.setFocus()
        return bool(wrong)


def _level(*items: QWidget) -> QHBoxLayout:
    """Fields side by side, the last one the widest; what one says below moves no other."""
    made = row(*items, gap=theme.L)
    for one in items:
        made.setAlignment(one, TOP)
    made.setStretch(len(items) - 1, 1)
    return made
