"""The tick box of the house: seen in both themes, by the keyboard as by the mouse."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import QCheckBox

from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import draw_tick

SIZE = 16


class Tick(QCheckBox):
    """A box that Space ticks and from which Enter moves on."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:
        painter, t, box = QPainter(self), theme.now(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        draw_tick(painter, QRectF(4, box.center().y() - SIZE / 2, SIZE, SIZE), on=self.isChecked())
        painter.setPen(QColor(t.text))
        words = box.adjusted(SIZE + theme.M, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def sizeHint(self) -> QSize:
        """As wide as the words, with the box and room for the frame of the focus."""
        return super().sizeHint() + QSize(theme.M, theme.XS)
