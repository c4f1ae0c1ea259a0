"""Status: always a shape, a colour and a word together. Only what needs somebody is filled."""

from functools import cache

from msgspec import Struct
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from admin_suite.ui import theme

LOUD = ("late", "bad")
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "late": ((0, -1), (1.1, 0.9), (-1.1, 0.9)),
    "bad": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
}


class Status(Struct, frozen=True):
    """What a chip says: ``tone`` is done, wait, busy, late or bad."""

    tone: str
    word: str


def draw_shape(painter: QPainter, tone: str, box: QRectF, colour: str = "") -> None:
    """Done: disc. Wait: ring. Busy: half disc. Late: triangle. Bad: diamond."""
    ink = QColor(colour or theme.now().tones()[tone].solid)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    middle, r = box.center(), box.width() / 2
    if tone == "done":
        painter.drawEllipse(box)
    elif tone in CORNERS:
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * r for x, y in CORNERS[tone]]))
    else:
        if tone == "busy":
            painter.drawPie(box, 90 * 16, 180 * 16)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
    painter.restore()


def chip_width(status: Status, metrics: QFontMetricsF) -> float:
    """How wide the chip is, so that columns can make room."""
    return metrics.horizontalAdvance(status.word) + 16 + (16 if status.tone in LOUD else 0)


def draw_chip(painter: QPainter, status: Status, at: QRectF) -> None:
    """Paint a chip at the left of a box, centred in height."""
    tone = theme.now().tones()[status.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_letters())
    loud = status.tone in LOUD
    width = min(at.width(), chip_width(status, QFontMetricsF(_letters())))
    box = QRectF(at.left(), at.center().y() - 11, width, 22)
    if loud:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.soft))
        painter.drawRoundedRect(box, 6, 6)
    left = box.left() + (8 if loud else 0)
    draw_shape(painter, status.tone, QRectF(left, box.center().y() - 4.5, 9, 9))
    painter.setPen(QColor(tone.ink))
    words = QRectF(left + 15, box.top(), box.right() - left - 15, box.height())
    short = painter.fontMetrics().elidedText(
        status.word, Qt.TextElideMode.ElideRight, int(words.width()) + 1
    )
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, short)
    painter.restore()


@cache
def _letters() -> QFont:
    return theme.font(theme.SMALL, QFont.Weight.Medium)


class Chip(QWidget):
    """A status chip outside tables."""

    def __init__(self, tone: str, word: str) -> None:
        super().__init__()
        self._status = Status(tone, word)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for the word."""
        metrics = QFontMetricsF(theme.font(theme.SMALL, QFont.Weight.Medium))
        return QSize(round(chip_width(self._status, metrics)) + 2, 22)

    def paintEvent(self, _event: object) -> None:
        draw_chip(QPainter(self), self._status, QRectF(self.rect()))


class Shape(QWidget):
    """The shape alone, for legends and lists that say the word themselves."""

    def __init__(self, tone: str, size: int = 10) -> None:
        super().__init__()
        self.tone, self._size = tone, size
        self.setFixedSize(size + 4, size + 4)

    def paintEvent(self, _event: object) -> None:
        draw_shape(QPainter(self), self.tone, QRectF(2, 2, self._size, self._size))
