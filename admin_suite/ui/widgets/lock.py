"""The cover of a locked window: nothing of the data is seen, and a PIN leads back to it.

Imports nothing of the database, as the window itself.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.brand import Avatar
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Field, Form
from admin_suite.ui.widgets.layout import CENTRE, column, emptied, framed, row, scrolled
from admin_suite.ui.widgets.text import text

CARD = 400
KEYS = ("F2", "F3", "F4", "F5")


class Who(NamedTuple):
    """Somebody who worked at this computer: the name to sign in with, and the full one."""

    name: str
    full_name: str


class Cover(QWidget):
    """Asks for the PIN of whoever is locked, or for name and PIN of somebody else."""

    wanted = pyqtSignal(str, str)  # name, PIN or password
    kept = pyqtSignal(str)  # the PIN that somebody chose
    later = pyqtSignal()  # no PIN now
    leaving = pyqtSignal()  # sign out

    def __init__(self, who: Who, since: str, others: Sequence[Who], *, changing: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.who, self._changing = who, changing
        head = _("Change user") if changing else _("Locked")
        said = _("{name} has been working here; locked at {time}.")
        self._title = _line(head, "title")
        self._about = _line(said.format(name=who.full_name, time=since), "muted")
        self.people = [who, *others][: len(KEYS)]
        self._parts = column(self._entrance(), gap=theme.L)
        self._avatar = row(1, Avatar(who.full_name, 44), 1)
        words = column(self._title, self._about, gap=2)
        inside = column(self._avatar, words, self._parts, gap=theme.L, pad=(theme.XXL, theme.XL))
        box = framed(inside, "card", width=CARD)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)  # never crushed
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        middle = framed(column(2, row(1, box, 1), 3, pad=(theme.M, theme.M)), "pagebody")
        whole.addWidget(scrolled(middle))

    def _entrance(self) -> QFrame:
        self.name = Field(_("User name"))
        self.name.edit.setText("" if self._changing else self.who.name)
        self.word = Field(_("PIN"), _("Without a PIN: the password"), secret=True, room=2)
        self.enter = Button(_("Go on"), "Enter", kind="primary")
        self.enter.clicked.connect(self._send)
        self.form = Form(self.enter, self.name, self.word)
        made = column(self.form, gap=theme.S)
        for key, who in zip(KEYS, self.people, strict=False):
            button = Button(who.full_name, key, "person")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._choose, who.name))
            made.addWidget(button)
        leave = Button(_("Sign out"), "F9", "leave", "quiet")
        leave.clicked.connect(self.leaving)
        made.addLayout(row(1, leave, 1))
        return framed(made)

    def begin(self) -> None:
        """Put the focus where typing begins."""
        (self.word if self.name.words else self.name).edit.setFocus()

    def refuse(self, words: str) -> None:
        """Say why the window stays locked; the PIN is to be typed again."""
        self.wait(busy=False)
        self.word.complain(words)
        self.word.edit.setFocus()
        self.word.edit.selectAll()

    def wait(self, *, busy: bool) -> None:
        """While the answer is on its way."""
        self.enter.setEnabled(not busy)
        self.enter.say(_("One moment…") if busy else _("Go on"))

    def invite(self, full_name: str, least: int, most: int) -> None:
        """Offer a PIN to whoever had to type the password."""
        emptied(self._parts)
        self._title.setText(_("A PIN goes faster"))
        said = _("{name} has no PIN yet. With one, changing user and signing take a few digits.")
        self._about.setText(said.format(name=full_name))
        hint = _("{least} to {most} digits, not all the same")
        self.pin = Field(_("New PIN"), hint.format(least=least, most=most), secret=True)
        self.again = Field(_("The same PIN again"), secret=True, room=2)
        self.keep = Button(_("Keep this PIN"), "Enter", kind="primary")
        self.keep.clicked.connect(self._keep)
        later = Button(_("Later"), "F8", kind="quiet")
        later.clicked.connect(self.later)
        self._parts.addWidget(Form(self.keep, self.pin, self.again))
        self._parts.addLayout(row(1, later, 1))
        self.pin.edit.setFocus()

    def refuse_pin(self, words: str) -> None:
        """Say why this PIN was not kept."""
        self.pin.complain(words)
        self.pin.edit.setFocus()
        self.pin.edit.selectAll()

    def _choose(self, name: str, _on: bool = False) -> None:
        self.name.edit.setText(name)
        self.name.complain("")
        self.word.edit.clear()
        self.word.complain("")
        self.word.edit.setFocus()

    def _send(self) -> None:
        name = self.name.words.strip()
        if name and self.word.words:
            self.word.complain("")
            self.wait(busy=True)
            self.wanted.emit(name, self.word.words)

    def _keep(self) -> None:
        if self.pin.words != self.again.words:
            self.again.complain(_("The two PINs differ. Type the second one again."))
            self.again.edit.setFocus()
            return
        self.kept.emit(self.pin.words)


def _line(words: str, role: str) -> QLabel:
    made = text(words, role, wrap=True)
    made.setAlignment(CENTRE)
    return made
