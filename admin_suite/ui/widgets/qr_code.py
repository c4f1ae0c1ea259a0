"""A QR code on the screen, for a telephone held before it."""

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from admin_suite.qr.making import matrix
from admin_suite.ui.widgets.layout import named

SIDE, QUIET = 260, 4


class QrCode(QWidget):
    """A text as a QR code, dark on white in both themes, as readers want it."""

    def __init__(self, told: str, name: str, side: int = SIDE) -> None:
        super().__init__()
        self._rows = matrix(told, "L")
        self.setFixedSize(side, side)
        named(self, name)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        step = self.width() / (len(self._rows) + 2 * QUIET)
        for y, line in enumerate(self._rows):
            for x, dark in enumerate(line):
                if dark:
                    place = QRectF((x + QUIET) * step, (y + QUIET) * step, step + 0.2, step + 0.2)
                    painter.fillRect(place, QColor("black"))
