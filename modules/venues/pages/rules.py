"""The rules of venues: what is believed of visits, how long they are kept, by which decision."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.ui import ruling, theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import facts
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import labelled
from admin_suite.ui.widgets.layout import column, emptied, framed
from admin_suite.ui.widgets.text import text
from modules.venues import service
from modules.venues.permissions import RULES
from modules.venues.queries import changing, computing
from modules.venues.queries.computing import Anew

MONTH = 30  # days


class RulesPage(ruling.RulesPage):
    """Stays, plausibility, retention and tracing by day; F8 computes earlier stays anew."""

    ruling = ruling.Ruling(
        title=N_("Rules of venues"),
        about=N_("Stays that were computed before stay as they are."),
        adopted=N_("The rule is adopted"),
        rows=changing.rule_rows,
        titles=changing.TITLES,
        effects=changing.effects,
        adopt=service.adopt_change,
        right=RULES,
        codes=changing.CODES,
    )

    def deeds(self) -> Sequence[QWidget]:
        """Earlier stays may follow today's rules too."""
        anew = Button(_("Compute earlier stays anew"), "F8", "note")
        anew.clicked.connect(self.ask_anew)
        anew.setEnabled(self.runner.may(RULES))
        return (anew,)

    def ask_anew(self) -> None:
        """Ask from which day on; first how many stays would be others, then it is done."""
        if self.drawer is None:
            return
        day = Day()
        day.setDate(day.date().addDays(-MONTH))
        count = Button(_("Count what would change"), "F6", "search")
        store = Button(_("Compute anew"), "Ctrl Enter", "done", "primary")
        count.clicked.connect(lambda: self._count(day))
        store.clicked.connect(lambda: self._compute(day))
        self.effects = column(gap=theme.S)
        said = _(
            "The ends that nobody noted are guessed again by the rules, hours and kinds of today."
            " It cannot be undone. What is older than the shortest time of keeping stays as it is."
        )
        items = (
            text(said, "muted", wrap=True),
            labelled(_("Stays from that day on"), day),
            framed(self.effects),
        )
        self.drawer.show_card(_("Compute earlier stays anew"), "", items, count, store)
        self.show_beside()
        day.setFocus()

    def _count(self, day: Day) -> None:
        self.notice.hide()
        since = date.fromisoformat(day.iso)
        self.ask(partial(self._counted, self.effects), computing.would_change, (), since)

    def _counted(self, place: QVBoxLayout, found: Anew) -> None:
        if place is not self.effects:
            return
        emptied(place)
        lines = (
            (_("How many people"), figure(found.people)),
            (_("Stays looked at"), figure(found.stays)),
            (_("Stays that would be others"), figure(found.changed)),
        )
        place.addWidget(facts(lines, 230))

    def _compute(self, day: Day) -> None:
        since = date.fromisoformat(day.iso)
        self.do(_("Computing stays"), self._computed, service.recompute, (), since)

    def _computed(self, done: Anew) -> None:
        self.close_card()
        said = _("{n} of {m} stays are others now")
        self.said.emit(said.format(n=figure(done.changed), m=figure(done.stays)))
