"""Writing: labels by their step of the type scale, and the caps of keys."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel

CAP_HEIGHT = 18


def text(words: str, role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``role`` is a step of the type scale, ``tone`` a status colour."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


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
