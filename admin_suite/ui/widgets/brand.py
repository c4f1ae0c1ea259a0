"""The sign of the program, and the initials of a person."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QPainter
from PyQt6.QtWidgets import QWidget

from admin_suite.ui import theme


class Avatar(QWidget):
    """Initials in a disc."""

    def __init__(self, name: str, size: int = 28) -> None:
        super().__init__()
        self._initials = initials(name)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: object) -> None:
        t, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent_soft))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor(t.accent_ink))
        painter.setFont(theme.font(theme.CAPTION, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


def initials(name: str) -> str:
    """The last two words of a Vietnamese name: Nguyễn Thu Hà is TH."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


class Mark(QWidget):
    """A cross in a rounded square."""

    def __init__(self, size: int = 28) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, _event: object) -> None:
        t, painter, s = theme.now(), QPainter(self), self.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent))
        painter.drawRoundedRect(QRectF(0, 0, s, s), s * 0.28, s * 0.28)
        painter.setBrush(QColor(t.on_accent))
        arm, long = s * 0.16, s * 0.54
        for w, h in ((arm, long), (long, arm)):
            painter.drawRoundedRect(QRectF((s - w) / 2, (s - h) / 2, w, h), 1.5, 1.5)
