"""The foot of a page that makes papers: their numbers, once the registry has given them."""

from collections.abc import Callable, Sequence
from datetime import date

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.layout import framed, row
from modules.quarantine.permissions import DECIDE
from modules.quarantine.service import papers


class Numbering:
    """F6 gives a batch its numbers; the foot is there while a batch of the page waits for them."""

    def __init__(self, page: Page, done: Callable[[str], None], hint: str) -> None:
        self._page, self._done, self.batch = page, done, 0
        self.first = Field(_("First number"), _("As the registry gave it, such as 045"))
        self.tail = Field(_("What follows each number"), hint)
        self.signed = Day()
        self.give = Button(_("Give the batch its numbers"), "F6", "barcode")
        self.give.clicked.connect(self._number)
        self.first.edit.returnPressed.connect(self.tail.edit.setFocus)
        self.tail.edit.returnPressed.connect(self._number)
        signed = labelled(_("Signed on"), self.signed)
        self.box = framed(row(self.first, self.tail, signed, self.give, 1))

    def offer(self, made: Sequence[tuple[int, str]]) -> None:
        """Take the newest batch that is not numbered, or the newest at all, of (batch, number)."""
        waiting = [batch for batch, number in made if batch and not number]
        self.batch = max(waiting or [batch for batch, _number in made], default=0)
        self.box.setVisible(bool(waiting) and self._page.runner.may(DECIDE))

    def _number(self) -> None:
        if not self.first.words.strip():
            self.first.complain(_("The first number is written in digits, such as 045."))
            self.first.edit.setFocus()
            return
        day, batch = date.fromisoformat(self.signed.iso), self.batch
        said = _("Batch {n} has its numbers").format(n=batch)
        self._page.do(
            _("Giving numbers"),
            lambda _n: self._numbered(said),
            papers.number,
            batch,
            self.first.words,
            self.tail.words,
            day,
        )

    def _numbered(self, said: str) -> None:
        self.first.edit.clear()
        self._done(said)
