"""Several windows on one database: each looks every few seconds for what the others have stored."""

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from admin_suite.registry import news
from admin_suite.ui.runner import Runner

EVERY_MS = 5_000


class News(QTimer):
    """Looks while the window is in sight; the runner says what the others have changed."""

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window
        self._last: int | None = None
        self._asked = False
        self.setInterval(EVERY_MS)
        self.timeout.connect(self.look)
        self.start()
        self.look()

    def look(self) -> None:
        """Ask what was stored since the last time, unless that is asked already."""
        if self._asked or not (self._last is None or self._window.isVisible()):
            return
        self._asked = True
        job = self._runner.ask(news.since, self._last).on_refusal(_unheard)
        job.failed.connect(self._failed)
        job.then(self._tell)

    def _tell(self, found: news.Changes) -> None:
        before, self._last, self._asked = self._last or 0, found.last, False
        own = self._runner.written
        self._runner.elsewhere.emit(frozenset(t for n, t in found.tables.items() if n not in own))
        own.difference_update(range(before, found.last + 1))

    def _failed(self, _error: Exception) -> None:
        self._asked = False


def _unheard(_why: str) -> None:
    """The server is away, or the person was switched off: whoever does something is told."""
