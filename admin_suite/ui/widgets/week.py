"""The days of a week: bars for how many, a line above them for the share.

Painted by hand, because the first page shows it at every start: matplotlib would be half of what
the program loads until then.
"""

from collections.abc import Sequence
from datetime import date

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.dates import day_names
from admin_suite.ui.widgets.chips import draw_shape
from admin_suite.ui.widgets.layout import named

LEAST_HEIGHT, GAP, MARK = 190, 6, 4.5
BAR, FAINT = 0.56, 82  # part of a day's width; how opaque of 255
LINES, LEAST = 5, 4  # most lines across; what they reach to at least
ROOM, LEAST_SHARE = 1.4, 5.0  # room above the line; percent that the height is at least
CENTRE = Qt.AlignmentFlag.AlignCenter


def percent(part: int, whole: int) -> str:
    """A share as people here write it: ``3,2 %``."""
    return f"{figure(100 * part / whole, 1)} %"


def step_of(most: float) -> int:
    """The distance of few lines up to a number: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= step * LINES:
                return step
        power *= 10


class WeekChart(QWidget):
    """Bars for how many, a line above them for the share, of days as (day, how many, of them)."""

    def __init__(self, days: Sequence[tuple[date, int, int]], name: str, tone: str) -> None:
        super().__init__()
        self._days, self._tone = days, tone
        self._most = max(LEAST, 1.25 * max((whole for _day, whole, _part in days), default=0))
        named(self, name)
        self.setMinimumHeight(LEAST_HEIGHT)

    def sizeHint(self) -> QSize:
        """As small as can be read; the layout gives it more."""
        return QSize(280, LEAST_HEIGHT)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        letters = QFontMetricsF(painter.font())
        lines = range(0, int(self._most) + 1, step_of(self._most))
        left = GAP + max(letters.horizontalAdvance(figure(number)) for number in lines)
        below = 2 * letters.height() + GAP
        field = QRectF(0, 0, self.width(), self.height())
        field.adjust(left, letters.height() / 2, 0, -below)
        for number in lines:
            self._line(painter, field, number)
        each, names = field.width() / max(1, len(self._days)), day_names()
        fill = QColor(theme.ink("busy.solid"))
        fill.setAlpha(FAINT)
        for at, (day, whole, _part) in enumerate(self._days):
            middle, tall = field.left() + (at + 0.5) * each, field.height() * whole / self._most
            wide = each * BAR
            painter.fillRect(QRectF(middle - wide / 2, field.bottom() - tall, wide, tall), fill)
            painter.setPen(QColor(theme.now().text3))
            words = QRectF(middle - each, field.bottom() + GAP, 2 * each, below - GAP)
            painter.drawText(words, CENTRE, f"{names[day.weekday()]}\n{day.day}/{day.month}")
        self._share(painter, field, each)

    def _line(self, painter: QPainter, field: QRectF, number: int) -> None:
        """A line across with its number on the left."""
        high = field.bottom() - field.height() * number / self._most
        painter.setPen(QColor(theme.now().line))
        painter.drawLine(QPointF(field.left(), high), QPointF(field.right(), high))
        painter.setPen(QColor(theme.now().text3))
        tall = painter.fontMetrics().height()
        words = QRectF(0, high - tall / 2, field.left() - GAP, tall)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | CENTRE, figure(number))

    def _share(self, painter: QPainter, field: QRectF, each: float) -> None:
        """The line of the share, over the days that have any, with its words."""
        known = [(at, part, whole) for at, (_d, whole, part) in enumerate(self._days) if whole]
        most = max([ROOM * 100 * part / whole for _at, part, whole in known] + [LEAST_SHARE])
        spots = [
            QPointF(
                field.left() + (at + 0.5) * each,
                field.bottom() - field.height() * 100 * part / whole / most,
            )
            for at, part, whole in known
        ]
        painter.setPen(QPen(QColor(theme.ink(f"{self._tone}.solid")), 2))
        painter.drawPolyline(QPolygonF(spots))
        letters = painter.fontMetrics()
        for spot, (_at, part, whole) in zip(spots, known, strict=True):
            mark = QRectF(spot.x() - MARK, spot.y() - MARK, 2 * MARK, 2 * MARK)
            draw_shape(painter, self._tone, mark)
            said = percent(part, whole)
            wide, tall = letters.horizontalAdvance(said) + GAP, letters.height()
            words = QRectF(spot.x() - wide / 2, spot.y() - MARK - GAP - tall, wide, tall)
            painter.fillRect(words, QColor(theme.now().card))
            painter.setPen(QColor(theme.ink(f"{self._tone}.ink")))
            painter.drawText(words, CENTRE, said)
