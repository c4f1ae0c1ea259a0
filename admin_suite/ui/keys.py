"""A short list beside a page in which keys do something to the current line."""

from collections.abc import Callable, Mapping

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QListWidget, QSizePolicy

from admin_suite.ui.widgets.layout import named

LINE = 30
MOST_LINES = 8


class Keys(QListWidget):
    """A list of a few lines; what is pressed in it is done to the current one."""

    def __init__(self, name: str, deeds: Mapping[tuple[Qt.Key, bool], Callable[[int], None]]):
        super().__init__()
        self.setObjectName("keys")
        self._deeds = deeds
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """As high as its lines; a long one scrolls."""
        self.setFixedHeight(max(1, min(self.count(), MOST_LINES)) * LINE + 10)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        deed = self._deeds.get((Qt.Key(event.key()), held))
        if deed is not None:
            deed(self.currentRow())
        elif event.key() == Qt.Key.Key_Escape or event.text().isdecimal():
            event.ignore()
        else:
            super().keyPressEvent(event)
