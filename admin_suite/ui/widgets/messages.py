"""What the program says: a notice in the page, long work, a deed that was done."""

from collections.abc import Callable
from time import monotonic

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.runner import Job
from admin_suite.ui.widgets.buttons import Button, icon_button
from admin_suite.ui.widgets.chips import Shape
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.text import text, toned

PATIENCE_MS = 400
TOAST_MS, OFFER_MS = 6_000, 20_000
MINUTE = 60


class Notice(QFrame):
    """What happened, who or what is in the way, what to do. Stays until it is put away."""

    def __init__(self) -> None:
        super().__init__()
        self._shape = Shape("late", 12)
        self._title, self._about = text("", "strong", wrap=True), text("", "small", wrap=True)
        self._close = icon_button("close", _("Put away"))
        self._close.clicked.connect(self.hide)
        words = column(self._title, self._about, gap=2)
        inside = row(column(self._shape, 1, gap=0), words, gap=10, pad=(theme.M, theme.S))
        self._deed = row(gap=0)
        inside.addLayout(self._deed)
        inside.addWidget(self._close)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else f"{self._title.text()} {self._about.text()}".strip()

    def say(
        self,
        tone: str,
        title: str,
        about: str = "",
        *,
        stays: bool = False,
        deed: QWidget | None = None,
    ) -> None:
        """Show a sentence, with a button that does what it speaks of; the next takes its place."""
        emptied(self._deed)
        if deed is not None:
            self._deed.addWidget(deed)
        self.setObjectName(f"notice-{tone}")
        self._shape.tone = tone
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._close.setVisible(not stays)
        toned(self._title, tone)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)
        self.setAccessibleName(f"{title} {about}".strip())
        self.show()


class Running(QFrame):
    """What runs, how far it is, how long it still takes, and a Cancel that cancels."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._what, self._about = text("", "strong"), text("", "small")
        self._bar, self._since = QProgressBar(), 0.0
        self._job: Job | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._appear)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(80)
        self.cancel = Button(_("Cancel"), "Esc", kind="quiet")
        self.cancel.clicked.connect(self.stop)
        inside = row(self._what, self._bar, self._about, self.cancel, gap=theme.M, pad=(theme.M, 6))
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    def follow(self, what: str, job: Job) -> None:
        """Show how far a job is, once it takes longer than a moment."""
        self._what.setText(what)
        self._about.setText("")
        self._bar.setAccessibleName(what)
        self._bar.setRange(0, 0)
        self._job, self._since = job, monotonic()
        job.progressed.connect(lambda done, total: self._moved(job, done, total))
        job.finished.connect(lambda _answer: self._ended(job))
        job.failed.connect(lambda _error: self._ended(job))
        self._patience.start(PATIENCE_MS)

    def _appear(self) -> None:
        self.setVisible(self._job is not None)

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return self._job is not None

    def stop(self) -> bool:
        """Cancel what runs; tells whether there was anything."""
        if self._job is None:
            return False
        self._job.cancel()
        self._about.setText(_("Stopping…"))
        return True

    def _moved(self, job: Job, done: int, total: int) -> None:
        if job is not self._job:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        said = _("{done} of {total}") if total else _("{done} rows")
        words = said.format(done=figure(done), total=figure(total))
        spent = monotonic() - self._since
        if total and done and spent > 1:
            words = f"{words} · {_left(spent * (total - done) / done)}"
        self._about.setText(words)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._patience.stop()
            self.hide()


def _left(seconds: float) -> str:
    if seconds > MINUTE:
        return _("about {n} minutes left").format(n=round(seconds / MINUTE))
    return _("about {n} seconds left").format(n=max(1, round(seconds)))


class Toast(QFrame):
    """Says what was done, for a few seconds, and offers to take it back.

    It lies over the status line and the edge of the page, where no deed of the page is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._words = text("")
        self._undo: Callable[[], None] | None = None
        self.undo = Button(_("Undo"), "Ctrl Z", kind="quiet")
        self.undo.clicked.connect(self._take_back)
        self.setLayout(
            row(Picture("done", 16, "card"), self._words, self.undo, pad=(theme.L, 4), gap=theme.M)
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show the sentence."""
        self.offer(words, None)

    def offer(self, words: str, undo: Callable[[], None] | None) -> None:
        """Show the sentence, and the key that takes the deed back."""
        self._undo = undo
        self.undo.setVisible(undo is not None)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS if undo is None else OFFER_MS)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def place(self) -> None:
        """Keep to the middle of the foot of the window."""
        under = self.parentWidget()
        if under is not None:
            left = max(0, (under.width() - self.width()) // 2)
            self.move(left, under.height() - self.height() - 2)


def hint(words: str) -> QFrame:
    """A quiet sentence with the sign for information."""
    return framed(row(Picture("info"), text(words, "small", wrap=True), gap=theme.S))
