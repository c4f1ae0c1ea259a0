"""What changes by the clock alone is looked at again each minute, while it is in sight."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QWidget

MINUTE_MS = 60_000


class Minutely(QTimer):
    """Looks once a minute while a page is in sight, and when it comes into sight again.

    A page that nobody sees asks for nothing: a look at people is written down.
    """

    def __init__(self, page: QWidget, look: Callable[[], None]) -> None:
        super().__init__(page)
        self._left = False
        self.setInterval(MINUTE_MS)
        self.timeout.connect(look)
        page.installEventFilter(self)

    def eventFilter(self, _page: QObject | None, event: QEvent | None) -> bool:
        """Begin when the page is shown, rest when it is hidden."""
        kind = event.type() if event is not None else None
        if kind == QEvent.Type.Show:
            self.start()
            if self._left:
                self.timeout.emit()
        elif kind == QEvent.Type.Hide:
            self.stop()
            self._left = True
        return False
