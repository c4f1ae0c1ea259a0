"""The card of one person: what every module knows of him, newest first."""

from collections.abc import Sequence

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.i18n import _
from admin_suite.module import Happening
from admin_suite.registry import queries
from admin_suite.registry.queries import PersonRow
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Moment, card, empty, timeline
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed


class PersonPage(Page):
    """Opened by the search box; Esc goes back to the list."""

    def build(self) -> None:
        """Head and one card."""
        self._person = 0
        back = Button(_("Back"), "Esc", "back")
        back.clicked.connect(self.left)
        self._head = Head(_("Person"), back)
        self._story = column(gap=0)
        self.lay_out(self._head, framed(self._story), 1, gap=theme.L)

    def open_at(self, key: int) -> None:
        """Show somebody the search box has found."""
        self._person = key
        self.reload()

    def reload(self) -> None:
        """Ask every module again."""
        if self._person:
            self.ask(self._name, queries.person, self._person)
            self.ask(self._show, self.runner.suite.timeline, self._person)

    def _name(self, person: PersonRow) -> None:
        self._head.say(shown(person.dob), person.name)

    def _show(self, happenings: Sequence[Happening]) -> None:
        emptied(self._story)
        if not happenings:
            about = _("Swabs, results, stays and doses will stand here, the newest first.")
            self._story.addWidget(empty("person", _("Nothing is known of this person yet"), about))
            return
        moments = [Moment("done", h.title, h.detail, moment_shown(h.at)) for h in happenings]
        self._story.addWidget(card(_("What happened"), timeline(moments)))
