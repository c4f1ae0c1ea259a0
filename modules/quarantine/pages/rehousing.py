"""Somebody at home in another household: whose last day would move is shown, then it is done."""

from functools import partial

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import Item, column, emptied, framed
from admin_suite.ui.widgets.text import text
from modules.quarantine.queries.home import HomeRow
from modules.quarantine.queries.rehousing import Rehousing, beside
from modules.quarantine.service.rehousing import rehouse

MISTAKEN, MOVES = "MISTAKEN", "MOVES"


class Rehousings:
    """Asks to whom somebody moves and since when, and moves exactly what it has shown."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._who: HomeRow | None = None
        self._seen: Rehousing | None = None

    def show(self, who: HomeRow) -> None:
        """Open the form for somebody of the call list."""
        page = self._page
        if page.drawer is None:
            return
        self._who = who
        self.mate = Picker(
            _("Somebody of the other household"),
            page.runner,
            _("Card, number or name; empty: a household of one's own"),
        )
        self.mate.picked.connect(self._look)
        self.mate.edit.textEdited.connect(lambda _words: self._forget())
        self.since = Choice()
        self.since.offer(
            (
                (MISTAKEN, _("from the beginning, it was entered wrongly")),
                (MOVES, _("from now on")),
            )
        )
        self.since.activated.connect(lambda _n: self._look())
        self.reason = Field(_("Why the household changes"))
        self.reason.edit.returnPressed.connect(self._go)
        self.effects = column(gap=theme.XS)
        go = Button(_("Move to this household"), "F8", "done", "primary")
        go.clicked.connect(self._go)
        items: list[Item] = [
            self.mate,
            labelled(_("From when the change counts"), self.since),
            self.reason,
            framed(self.effects),
        ]
        page.drawer.show_card(who.who.name, _("Another household"), items, go)
        page.show_beside()
        self.mate.edit.setFocus()
        self._look()

    def _forget(self) -> None:
        """What was shown is not what is typed now."""
        self._seen = None
        emptied(self.effects)
        if not self.mate.words:
            self._look()

    def _look(self) -> None:
        if self._who is not None:
            mistaken = self.since.currentData() == MISTAKEN
            key = self.mate.key if self.mate.words else 0
            self._seen = None
            self._page.ask(self._show, beside, self._who.id, key, mistaken=mistaken)

    def _show(self, seen: Rehousing) -> None:
        self._seen = seen
        emptied(self.effects)
        where = _("To the household at {address}").format(address=seen.address or "-")
        self.effects.addWidget(
            text(where if seen.household else _("To a household of one's own"), wrap=True)
        )
        title = _("Last days that move:") if seen.moved else _("Nobody's last day moves")
        self.effects.addWidget(text(title, "strong"))
        for one in seen.moved:
            old, new = day_shown(one.old), day_shown(one.new)
            self.effects.addWidget(text(f"{one.name}: {old} → {new}", "small", wrap=True))

    def _go(self) -> None:
        """Do what is shown; where something else is typed, it is shown first."""
        who, seen = self._who, self._seen
        if who is None:
            return
        if seen is None:
            self.mate.field.complain(_("Choose somebody who is found, or leave it empty."))
            self.mate.edit.setFocus()
            return
        said = _("{name} is in another household now").format(name=who.who.name)
        then = partial(self._moved, said, seen)
        self._page.do(
            said,
            then,
            rehouse,
            list(seen.moving),
            seen.household,
            mistaken=seen.mistaken,
            reason=self.reason.words,
        )

    def _moved(self, said: str, seen: Rehousing, _keys: object) -> None:
        self._page.close_card()
        before = seen.before[seen.moving[0]]
        self._page.undoable(said, rehouse, list(seen.moving), before, mistaken=True)
