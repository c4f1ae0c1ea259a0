"""A row of bars with a word below each: how many came in each hour, on each day."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QWidget

from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.widgets.layout import named

HEIGHT, LABEL, GAP = 96, 18, 3


class Bars(QWidget):
    """Bars in the colours of the theme; the accessible name says every number."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._bars: Sequence[tuple[str, int]] = ()
        self.show_bars(())

    def show_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        """Show these counts; an empty word leaves the place below its bar free."""
        self._bars = bars
        said = ", ".join(f"{word} {figure(count)}" for word, count in bars if count)
        named(self, f"{self._title}: {said}" if said else self._title)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As small as can be read; the layout gives it more."""
        return QSize(240, HEIGHT + LABEL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return QSize(160, HEIGHT + LABEL)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL))
        most = max([count for _word, count in self._bars] or [0]) or 1
        each = self.width() / max(1, len(self._bars))
        room = self.height() - 2 * LABEL
        for place, (word, count) in enumerate(self._bars):
            box = QRectF(place * each + GAP / 2, 0, each - GAP, float(self.height()))
            tall = room * count / most
            bar = QRectF(box.left(), LABEL + room - tall, box.width(), tall)
            painter.fillRect(bar, QColor(theme.ink("busy.solid")))
            painter.setPen(QColor(theme.ink("text2")))
            below = QRectF(box.left() - each, LABEL + room, box.width() + 2 * each, LABEL)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, word)
            if count and each >= 2 * LABEL:
                above = QRectF(box.left(), bar.top() - LABEL, box.width(), LABEL)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, figure(count))
