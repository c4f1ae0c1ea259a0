"""What is not done every day: every page that has no line of its own in the navigation."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLabel, QLineEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.module import PageSpec
from admin_suite.registry.names import fold
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.page import Page
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, named, row
from admin_suite.ui.widgets.text import text

DIGITS = 9


class MorePage(Page):
    """Opened by F7; letters leave lines out, a digit opens one of the first nine that are left."""

    def __init__(
        self, runner: Runner, shelved: Sequence[tuple[str, PageSpec]], parent: QWidget | None = None
    ) -> None:
        self._shelved = shelved
        super().__init__(runner, parent)

    def build(self) -> None:
        """A line for each page."""
        self._lines: list[Layered] = []
        self._keys: list[QLabel] = []
        for name, spec in self._shelved:
            line, cap = _line(spec)
            line.clicked.connect(lambda _on, wanted=name: self.go.emit(wanted, 0))
            self._lines.append(line)
            self._keys.append(cap)
        self.sought = named(QLineEdit(), _("Find a page"))
        self.sought.setPlaceholderText(_("Type a few letters of what you look for"))
        self.sought.setReadOnly(True)  # what is typed comes by ``hear``, so a scanner is heard too
        self.sought.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sought.setMinimumHeight(theme.CONTROL)
        head = Head(_("More"))
        head.say(_("What is not done every day"))
        self.lay_out(head, self.sought, framed(column(*self._lines, 1, gap=theme.S)), 1)
        self._narrow("")

    def reload(self) -> None:
        """The pages are the same as long as the same person is signed in."""

    def entered(self) -> None:
        """Letters, digits, arrows and Enter choose."""
        self._narrow("")

    def escape(self) -> bool:
        """Show every line again first."""
        if super().escape():
            return True
        if self.sought.text():
            self._narrow("")
            return True
        return False

    def hear(self, words: str) -> bool:
        """Leave out the lines that have not what was typed; where none has it, it is not ours."""
        typed = self.sought.text() + words
        if not any(_has(spec, typed) for _name, spec in self._shelved):
            return False
        self._narrow(typed)
        return True

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Backspace and self.sought.text():
            self._narrow(self.sought.text()[:-1])
        else:
            super().keyPressEvent(event)

    def digit(self, number: int) -> None:
        """Open the page of that number among those that are left."""
        left = self.left_over()
        if 0 < number <= min(len(left), DIGITS):
            left[number - 1].click()

    def left_over(self) -> list[Layered]:
        """The lines that have what was typed."""
        return [line for line in self._lines if not line.isHidden()]

    def _narrow(self, typed: str) -> None:
        """Leave out what was not asked for; the first nine that are left have a digit."""
        self.sought.setText(typed)
        number = 0
        lines = zip(self._lines, self._keys, self._shelved, strict=True)
        for line, cap, (_name, spec) in lines:
            shown = _has(spec, typed)
            number += shown
            line.setVisible(shown)
            cap.setText(str(number) if shown and number <= DIGITS else "")
        if left := self.left_over():
            left[0].setFocus()


def _has(spec: PageSpec, typed: str) -> bool:
    told = fold(f"{_(spec.title)} {_(spec.about) if spec.about else ''}")
    return all(word in told for word in fold(typed).split())


def _line(spec: PageSpec) -> tuple[Layered, QLabel]:
    made = Layered("stat", _(spec.title))
    words = column(text(_(spec.title), "strong"), gap=0)
    if spec.about:
        words.addWidget(text(_(spec.about), "small", wrap=True))
    cap = text("", "caption")
    parts = row(Picture(spec.icon, 20), words, cap, gap=theme.M, pad=(theme.L, 8))
    parts.setStretch(1, 1)
    made.setLayout(parts)
    return made, cap
