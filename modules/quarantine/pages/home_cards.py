"""The side cards of home quarantine: who begins it, and what can be done about one person."""

from collections.abc import Callable, Sequence
from datetime import date

from admin_suite.core.clock import day_shown, moment_shown, shown
from admin_suite.core.i18n import _
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import facts
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import Item, column
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.quarantine.codes import Group
from modules.quarantine.queries.home import HomeRow, housemates
from modules.quarantine.rules.clock import why
from modules.quarantine.service import home
from modules.quarantine.service.home import Terms


class Beginning:
    """The form by which people of the register begin quarantine at home: one, or a household."""

    def __init__(self, page: Page, done: Callable[[str, Sequence[int]], None]) -> None:
        self._page, self._done = page, done
        self.people: dict[int, Tick] = {}

    def show(self) -> None:
        """Open the empty form."""
        page = self._page
        if page.drawer is None:
            return
        self.people = {}
        self.who = Picker(_("Card, number or name"), page.runner)
        self.who.picked.connect(self._picked)
        self._list = column(gap=4)
        self.group = Choice()
        self.group.offer((code.value, code.word) for code in Group if code is not Group.F0)
        self.since = Day()
        self.contact = Field(_("Last contact"), _("Such as 10/8/2021; empty if nobody knows"))
        self.case = Field(_("Index case"))
        self.go = Button(_("Begin"), "F8", kind="primary")
        self.go.clicked.connect(self._begin)
        self.contact.edit.returnPressed.connect(self.case.edit.setFocus)
        self.case.edit.returnPressed.connect(self.go.click)
        items: list[Item] = [
            self.who,
            self._list,
            labelled(_("Group"), self.group),
            labelled(_("At home since"), self.since),
            self.contact,
            self.case,
        ]
        about = _("Whoever lives together is one household.")
        page.drawer.show_card(_("Begin quarantine at home"), about, items, self.go)
        page.show_beside()
        self.who.edit.setFocus()

    def _picked(self) -> None:
        """One more of the household, with whoever the register says lives there."""
        key = self.who.key
        self.who.put(0, "")
        self._page.ask(self._add, housemates, key)
        self.who.edit.setFocus()

    def _add(self, found: Sequence[tuple[int, str]]) -> None:
        for key, name in found:
            if key not in self.people:
                self.people[key] = tick = Tick(name)
                tick.setChecked(True)
                tick.setAccessibleName(name)
                self._list.addWidget(tick)

    def _begin(self) -> None:
        chosen = [key for key, tick in self.people.items() if tick.isChecked()]
        if not chosen:
            self.who.field.complain(_("Nobody is chosen."))
            self.who.edit.setFocus()
            return
        try:
            written = typed_day(self.contact.words)
            contact = date.fromisoformat(written) if written else None
        except ValueError:
            said = _("“{day}” is not a day such as 13/8/2021.")
            self.contact.complain(said.format(day=self.contact.words.strip()))
            self.contact.edit.setFocus()
            return
        group = Group.of(str(self.group.currentData()))
        terms = Terms(group, date.fromisoformat(self.since.iso), contact, self.case.words)
        said = _("{n} people are in quarantine at home now").format(n=len(chosen))
        self._page.do(said, lambda keys: self._done(said, keys), home.begin_at_home, chosen, terms)


def person_items(one: HomeRow) -> list[Item]:
    """What is known of somebody at home, and why the last day is what it is."""
    pairs = [
        (_("Telephone"), one.phone),
        (_("Born"), shown(one.who.dob)),
        (_("Address"), ", ".join(part for part in (one.home.address, one.commune) if part)),
        (_("Group"), one.who.group.word),
        (_("At home since"), moment_shown(one.home.since)),
        (_("Last day"), day_shown(one.clock.ends_on)),
        (_("Followed until"), day_shown(one.clock.home_until)),
        (_("Decision"), one.who.decision_no),
        (_("Needs and notes"), one.who.notes),
    ]
    shown_pairs = [pair for pair in pairs if pair[1]]
    return [facts(shown_pairs), text(why(one.clock), "small", wrap=True)]
