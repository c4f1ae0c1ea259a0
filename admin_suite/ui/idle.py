"""Whether anybody is there: says so when nothing was pressed, composed or moved for a while."""

from collections.abc import Callable
from time import time

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QTimer, pyqtSignal

MINUTE = 60
ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,  # the only one of a key that a shortcut then takes
        QEvent.Type.InputMethod,  # letters composed by an input method press no key here
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """While it watches, it sees every event; none is stopped, only the moment of the last is kept.

    It looks at the clock on the wall: a computer that slept was left alone too. Where that clock
    is put back, it counts anew.
    """

    long = pyqtSignal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time) -> None:
        super().__init__(parent)
        self._clock, self._last, self._most = clock, clock(), 0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._look)

    def watch(self, minutes: int) -> None:
        """Begin to count, or with no minutes leave off."""
        self._most, self._last = minutes * MINUTE, self._clock()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            if minutes:
                app.installEventFilter(self)
        self._wait()

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        """Keep the moment of whatever a person does."""
        if event is not None and event.type() in ACTIVITY:
            if self._most and self.timer.isActive() and self._is_long():
                self.timer.start(0)  # it slept: the first key must not count as work
            else:
                self._last = self._clock()
        return False

    def _is_long(self) -> bool:
        return self._since() >= self._most

    def _since(self) -> float:
        now = self._clock()
        self._last = min(self._last, now)
        return now - self._last

    def _look(self) -> None:
        if self._is_long():
            self.long.emit()
        else:
            self._wait()

    def _wait(self) -> None:
        self.timer.stop()
        if self._most:
            self.timer.start(max(1, round((self._most - self._since()) * 1000)))
