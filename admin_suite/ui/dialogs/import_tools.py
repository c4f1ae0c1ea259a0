"""Around the preview's table: who sent the list, and what is done with the rows of each group."""

from collections.abc import Mapping, Sequence
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QCompleter, QFrame

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry.senders import Sender
from admin_suite.ui import lists, theme
from admin_suite.ui.lists import Found, Line
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.forms import Choice
from admin_suite.ui.widgets.layout import named, row
from admin_suite.ui.widgets.text import key, text, toned

ROOM = 300


class SenderField(QFrame):
    """Who sent the list: the known units are offered, another name may be typed."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = named(Choice(), _("Sender"))
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.choice.setMinimumWidth(ROOM)
        helper, line = self.choice.completer(), self.choice.lineEdit()
        if helper is not None:
            helper.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            helper.setFilterMode(Qt.MatchFlag.MatchContains)
        if line is not None:
            line.setPlaceholderText(_("our own unit"))
            line.editingFinished.connect(self._said)
        self.choice.activated.connect(lambda _at: self._said())
        self._about, self._shown = text("", "small"), ""
        parts = row(text(_("Sender"), "caption"), key("F6"), self.choice, self._about)
        parts.setStretch(2, 1)
        self.setLayout(parts)
        QShortcut(QKeySequence("F6"), self, self.choice.setFocus)

    @property
    def words(self) -> str:
        """The name as it stands there."""
        return " ".join(self.choice.currentText().split())

    def show_sender(self, name: str, known: Sender, units: Sequence[str]) -> None:
        """Show the name, offer the units, and say whether it is one of them."""
        self._shown = name
        self.choice.clear()
        self.choice.addItems(list(units))
        self.choice.setEditText(name)
        new = bool(name) and not known.known
        self._about.setText(_("a new unit will be entered") if new else "")
        toned(self._about, "late" if new else "")

    def _said(self) -> None:
        if self.words != self._shown:
            self._shown = self.words
            self.chosen.emit(self.words)


def sender_question(found: Found, *, typed: bool) -> tuple[str, str, Sequence[str]] | None:
    """What must be asked about the sender before storing, its name, and who else may be meant.

    A letterhead that resembles nobody's is taken as it is.
    """
    sender = found.sender
    if sender.known or not (sender.alike or typed):
        return None
    said = _("There is no unit “{name}” yet. Is it a new one?").format(name=sender.name)
    return said, sender.name, sender.alike


class Decisions(QFrame):
    """What is done with the changed and the new rows of a corrected list."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self.left: set[str] = set()
        self.buttons = {lists.CHANGED: Button("-", "F8"), lists.NEW: Button("-", "F9")}
        for group, button in self.buttons.items():
            button.clicked.connect(lambda _on, group=group: self._turn(group))
        self.setLayout(row(*self.buttons.values(), 1, gap=theme.S))
        self.hide()

    def offer(self, lines: Sequence[Line]) -> None:
        """Ask about the groups that there are."""
        good = [line for line in lines if line.status != lists.REFUSED]
        self._counts = {g: sum(one.group == g for one in good) for g in self.buttons}
        corrects = any(line.group for line in lines)
        for group, button in self.buttons.items():
            button.setVisible(corrects and bool(self._counts[group]))
        self.setVisible(corrects and any(self._counts.values()))
        self.left &= {group for group, n in self._counts.items() if corrects and n}
        self._say()

    def _turn(self, group: str) -> None:
        self.left ^= {group}
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = {
            lists.CHANGED: (_("{n} changes: take over"), _("{n} changes: leave as it was")),
            lists.NEW: (_("{n} new rows: store"), _("{n} new rows: leave out")),
        }
        for group, button in self.buttons.items():
            said = words[group][group in self.left]
            button.say(said.format(n=figure(self._counts.get(group, 0))))


class Offers(Button):
    """Takes what is offered for cells, refused or doubtful; hidden where nothing is."""

    taken = pyqtSignal(object)  # the cells, by place and field

    def __init__(self) -> None:
        super().__init__("-", "F5", "done")
        self._cells: Mapping[Any, Any] = {}
        self.clicked.connect(lambda: self.taken.emit(self._cells))
        self.hide()

    def show_offers(self, found: Found) -> None:
        """Say how many rows would be mended."""
        self._cells = lists.offers(found)
        self.say(_("Confirm {n} proposals").format(n=figure(len(self._cells))))
        self.setVisible(bool(self._cells))


def question_card(words: str, choices: Sequence[tuple[str, Any]]) -> QFrame:
    """A question with its answers, each with a digit."""
    buttons = []
    for number, (said, deed) in enumerate(choices, start=1):
        button = Button(said, str(number))
        button.setProperty("number", number)
        button.clicked.connect(lambda _on, deed=deed: deed())
        buttons.append(row(button, 1))
    return card(_("One thing must be answered first"), text(words, wrap=True), *buttons)
