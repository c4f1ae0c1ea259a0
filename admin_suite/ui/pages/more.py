"""What is not done every day: every page that has no line of its own in the navigation."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QWidget

from admin_suite.core.i18n import _
from admin_suite.module import PageSpec
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.page import Page
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text

DIGITS = 9


class MorePage(Page):
    """Opened by F7; a digit opens a page."""

    def __init__(
        self, runner: Runner, shelved: Sequence[tuple[str, PageSpec]], parent: QWidget | None = None
    ) -> None:
        self._shelved = shelved
        super().__init__(runner, parent)

    def build(self) -> None:
        """A line for each page."""
        self._lines: list[Layered] = []
        for number, (name, spec) in enumerate(self._shelved, start=1):
            line = _line(spec, str(number) if number <= DIGITS else "")
            line.clicked.connect(lambda _on, wanted=name: self.go.emit(wanted, 0))
            self._lines.append(line)
        head = Head(_("More"))
        head.say(_("What is not done every day"))
        self.lay_out(head, framed(column(*self._lines, 1, gap=theme.S)), 1)

    def reload(self) -> None:
        """The pages are the same as long as the same person is signed in."""

    def entered(self) -> None:
        """Arrows and Enter choose."""
        if self._lines:
            self._lines[0].setFocus()

    def digit(self, number: int) -> None:
        """Open the page of that number."""
        if 0 < number <= len(self._lines):
            self._lines[number - 1].click()


def _line(spec: PageSpec, key: str) -> Layered:
    made = Layered("stat", _(spec.title))
    words = column(text(_(spec.title), "strong"), gap=0)
    if spec.about:
        words.addWidget(text(_(spec.about), "small", wrap=True))
    parts = row(Picture(spec.icon, 20), words, text(key, "caption"), gap=theme.M, pad=(theme.L, 8))
    parts.setStretch(1, 1)
    made.setLayout(parts)
    return made
