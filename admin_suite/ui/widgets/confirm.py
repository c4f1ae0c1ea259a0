"""Who is it? A line in the page that asks for the PIN again before a deed that weighs."""

from collections.abc import Callable
from functools import partial

from PyQt6 import sip
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from admin_suite.core.i18n import _
from admin_suite.registry import pins
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.runner import Job, Runner
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.layout import column, named, row
from admin_suite.ui.widgets.text import text, toned

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROOM = 130


class Confirm(QFrame):
    """Enter goes on, Esc leaves everything as it was; wrong PINs are counted."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("notice-busy")
        self._runner = runner
        self._what = ""
        self._then: Callable[[], object] = _nothing
        self._job: Job | None = None
        self._before: QWidget | None = None
        self._words, self._about = text("", "strong", wrap=True), text("", "small", wrap=True)
        self.edit = named(QLineEdit(), _("PIN"))
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMinimumHeight(theme.CONTROL)
        self.edit.setMinimumWidth(ROOM)
        self.edit.setMaximumWidth(2 * ROOM)
        self.go = Button(_("Confirm"), "Enter", kind="primary")
        self.cancel = Button(_("Cancel"), "Esc", kind="quiet")
        self.go.clicked.connect(self._send)
        self.cancel.clicked.connect(self.stop)
        said = column(self._words, self._about, gap=2)
        fields = row(Picture("lock", 16), self.edit, self.go, self.cancel, 1)
        self.setLayout(column(said, fields, gap=theme.S, pad=(theme.M, theme.S)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def ask(self, what: str, then: Callable[[], object]) -> None:
        """Say which deed it is about and wait for the PIN."""
        self._what, self._then = what, then
        window = self.window()
        self._before = window.focusWidget() if window is not None else None
        self._words.setText(what)
        self._say(_("PIN of {name}").format(name=self._runner.actor.name))
        self._wait(busy=False)
        self.edit.clear()
        self.show()
        self.edit.setFocus()
        self._ask_standing().then(self._name_it)

    def stop(self) -> bool:
        """Leave the deed undone; tells whether one was waiting."""
        there = not self.isHidden()
        self._away()
        return there

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in ENTER:
            self._send()
        else:
            super().keyPressEvent(event)

    def _ask_standing(self) -> Job:
        return self._runner.ask(pins.standing, self._runner.actor.id).on_refusal(_unheard)

    def _name_it(self, standing: pins.Standing) -> None:
        name = self._runner.actor.name
        if standing is pins.Standing.BLOCKED:
            self._say(pins.blocked(name), "bad")
        elif standing is pins.Standing.NONE:
            said = _("Password of {name}. With a PIN it goes faster: F7, PIN.")
            self._say(said.format(name=name))
        counts = standing is pins.Standing.COUNTS
        self.edit.setAccessibleName(_("PIN") if counts else _("Password"))

    def _send(self) -> None:
        words = self.edit.text()
        if words and self.go.isEnabled():
            self._wait(busy=True)
            self._job = job = self._runner.do(pins.confirm, words, self._what)
            job.on_refusal(self._refuse).then(partial(self._answer, job))
            job.failed.connect(self._failed)

    def _failed(self, _error: Exception) -> None:
        self._wait(busy=False)

    def _answer(self, job: Job, right: bool) -> None:
        if job is not self._job:  # left, or asked anew, in the meantime
            return
        if not right:
            self._ask_standing().then(partial(self._refuse_wrong, job))
            return
        then = self._then
        self._away()
        then()

    def _refuse_wrong(self, job: Job, standing: pins.Standing) -> None:
        if job is not self._job:
            return
        self._refuse(_("This PIN or password is wrong. Type it again."))
        if standing is pins.Standing.BLOCKED:
            self._name_it(standing)

    def _refuse(self, why: str) -> None:
        self._wait(busy=False)
        self._say(why, "bad")
        self.edit.setFocus()
        self.edit.selectAll()

    def _away(self) -> None:
        self._then, self._what, self._job = _nothing, "", None
        self.edit.clear()
        self.hide()
        if self._before is not None and not sip.isdeleted(self._before):
            self._before.setFocus()
        self._before = None

    def _say(self, words: str, tone: str = "") -> None:
        self._about.setText(words)
        toned(self._about, tone)
        self.setAccessibleName(f"{self._what}. {words}")

    def _wait(self, *, busy: bool) -> None:
        self.go.setEnabled(not busy)


def _nothing() -> None:
    """No deed waits."""


def _unheard(_why: str) -> None:
    """The question is asked for comfort only."""
