"""Time that runs out and things that are used up: a ring that empties, a row of drops."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from admin_suite.ui import theme
from admin_suite.ui.widgets.chips import draw_shape
from admin_suite.ui.widgets.layout import named

SIDE, DROP = 44, 20
SAID_BY_SHAPE = ("done", "bad")


class Ring(QWidget):
    """A ring that empties, with what is left of ``whole`` in it; some tones show their shape."""

    def __init__(self, left: int, whole: int, tone: str, name: str) -> None:
        super().__init__()
        self._left, self._whole, self._tone = left, max(1, whole), tone
        self.setFixedSize(SIDE, SIDE)
        named(self, name)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter, t = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(3, 3, SIDE - 6, SIDE - 6)
        painter.setPen(QPen(QColor(t.edge), 3))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(t.tones()[self._tone].solid), 3))
        gone = min(self._whole, max(0, self._whole - self._left))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * gone / self._whole))
        if self._tone in SAID_BY_SHAPE:
            draw_shape(painter, self._tone, QRectF(16, 16, 12, 12))
            return
        painter.setPen(QColor(t.text))
        painter.setFont(theme.font(theme.HEADING, QFont.Weight.DemiBold))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._left))


class Drops(QWidget):
    """A drop for each of ``whole`` doses: used, the next one, left."""

    def __init__(self, used: int, whole: int, name: str) -> None:
        super().__init__()
        self._used, self._whole = used, whole
        self.setFixedSize(whole * DROP, DROP)
        named(self, name)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter, t = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(self._whole):
            spot = QRectF(number * DROP + 3, 3, 13, 13)
            this = number == self._used
            painter.setPen(QPen(QColor(t.accent if this else t.text3), 2 if this else 1))
            full = t.text3 if number < self._used else t.card
            painter.setBrush(QColor(t.accent_soft if this else full))
            painter.drawEllipse(spot)
