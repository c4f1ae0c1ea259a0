"""What boards, charts and plans are painted on: larger than the window, scrolled under it."""

from PyQt6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QFontMetricsF, QResizeEvent
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame

from admin_suite.ui import theme

DRAG = 8  # pixels from which on a press is a drag


class Canvas(QAbstractScrollArea):
    """A surface that the keyboard walks on; ``measure`` says how large it is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(1, 240)

    @property
    def font_scale(self) -> float:
        """How much larger the font is than it was drawn for."""
        return QFontMetricsF(theme.font(theme.SMALL)).height() / 16

    def measure(self) -> None:
        """Say by ``reach`` how far one can scroll; asked for when the window changes its size."""
        raise NotImplementedError

    def reach(self, whole: QSizeF, step: QSizeF, head: float = 0.0) -> None:
        """Scroll over all of it, by such steps; ``head`` is what stays above what is scrolled."""
        view, across, down = self.viewport(), self.horizontalScrollBar(), self.verticalScrollBar()
        if view is None or across is None or down is None:
            return
        down.setRange(0, max(0, int(whole.height()) - view.height()))
        down.setPageStep(int(view.height() - head))
        down.setSingleStep(int(step.height()))
        across.setRange(0, max(0, int(whole.width()) - view.width()))
        across.setPageStep(view.width())
        across.setSingleStep(int(step.width()))
        self.repaint_all()

    def offset(self) -> QPointF:
        """How far it is scrolled."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        return QPointF(across.value() if across else 0, down.value() if down else 0)

    def bring_into_sight(
        self, box: QRectF, corner: QPointF | None = None, room: QMarginsF | None = None
    ) -> None:
        """Scroll no further than needed to see a box of the window.

        ``corner`` is where what scrolls begins; ``room`` is left around what was out of sight.
        """
        view, across, down = self.viewport(), self.horizontalScrollBar(), self.verticalScrollBar()
        if view is None or across is None or down is None:
            return
        first, around = corner or QPointF(), room or QMarginsF()
        top, left = box.top() - first.y(), box.left() - first.x()
        below, beside = box.bottom() - view.height(), box.right() - view.width()
        if top < 0:
            down.setValue(int(down.value() + top - around.top()))
        elif below > 0:
            down.setValue(int(down.value() + below + around.bottom()))
        if left < 0:
            across.setValue(int(across.value() + left - around.left()))
        elif beside > 0:
            across.setValue(int(across.value() + beside + around.right()))

    def repaint_all(self) -> None:
        """Paint anew what is in sight."""
        if (view := self.viewport()) is not None:
            view.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.measure()
