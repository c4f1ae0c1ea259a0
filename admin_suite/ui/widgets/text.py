"""Writing: labels by their step of the type scale, and the caps of keys."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLabel

CAP_HEIGHT = 18
ROUNDED = 2  # pixels that no letter fills


def text(words: str, role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``role`` is a step of the type scale, ``tone`` a status colour."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


class Yielding(QLabel):
    """One line that gives way to what stands beside it, with dots where its end is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)

    @property
    def shown(self) -> str:
        """What there is room for."""
        dots = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), dots, self.width() + ROUNDED)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        style = self.style()
        if style is not None:
            about = (self.rect(), self.alignment(), self.palette(), self.isEnabled(), self.shown)
            with QPainter(self) as painter:
                style.drawItemText(painter, *about, self.foregroundRole())


def key(words: str) -> QLabel:
    """The key that does what stands beside it."""
    made = text(words, "key")
    made.setFixedHeight(CAP_HEIGHT)
    return made


def toned(label: QLabel, tone: str) -> None:
    """Give a label another status colour."""
    label.setProperty("tone", tone)
    style = label.style()
    if style is not None:
        style.unpolish(label)
        style.polish(label)
