"""Rows and columns in one expression: widgets, layouts, and whole numbers for stretch."""

from typing import TypeVar

from PyQt6.QtCore import QMargins, QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from admin_suite.ui import theme

Item = QWidget | QLayout | int
ROOM_FOR_TWO = 800
W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)


def row(*items: Item, gap: int = theme.S, pad: tuple[int, int] = (0, 0)) -> QHBoxLayout:
    """Items side by side; ``pad`` is (left and right, above and below)."""
    return _filled(QHBoxLayout(), items, gap, pad)


def column(*items: Item, gap: int = theme.S, pad: tuple[int, int] = (0, 0)) -> QVBoxLayout:
    """Items below each other."""
    return _filled(QVBoxLayout(), items, gap, pad)


def framed(layout: QLayout, name: str = "", width: int = 0, height: int = 0) -> QFrame:
    """A frame around a layout; ``name`` picks its look in the style sheet."""
    made = QFrame()
    made.setObjectName(name)
    made.setLayout(layout)
    if width:
        made.setFixedWidth(width)
    if height:
        made.setFixedHeight(height)
    return made


def rule() -> QFrame:
    """A hairline between two things."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def named(widget: W, name: str) -> W:
    """The widget, with the name a screen reader says."""
    widget.setAccessibleName(name)
    return widget


def _filled(box: B, items: tuple[Item, ...], gap: int, pad: tuple[int, int]) -> B:
    box.setSpacing(gap)
    box.setContentsMargins(QMargins(pad[0], pad[1], pad[0], pad[1]))
    for item in items:
        if isinstance(item, int):
            box.addStretch(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


TOP = Qt.AlignmentFlag.AlignTop
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def scrolled(inside: QWidget) -> QScrollArea:
    """The widget in a frame that scrolls when there is no room, and only then."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inside)
    return made


def emptied(layout: QBoxLayout) -> QBoxLayout:
    """The layout with everything taken out and thrown away."""
    while (item := layout.takeAt(0)) is not None:
        widget, below = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(below, QBoxLayout):
            emptied(below)
    return layout


class Beside(QFrame):
    """Two things side by side, three parts to two; below each other where there is little room."""

    def __init__(self, one: QWidget, other: QWidget, room: int = ROOM_FOR_TWO) -> None:
        super().__init__()
        self._room, self._both = room, row(one, other, gap=theme.L)
        self._both.setStretch(0, 3)
        self._both.setStretch(1, 2)
        self.setLayout(self._both)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if self.width() >= self._room else down)


class Leaves(QStackedWidget):
    """One thing at a time, and only that one says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._turned)

    def _turned(self) -> None:
        """What is shown begins at its top, however far the other was scrolled."""
        self.updateGeometry()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        bar = above.verticalScrollBar() if isinstance(above, QScrollArea) else None
        if bar is not None:
            bar.setValue(0)

    def sizeHint(self) -> QSize:
        """What is shown decides."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What is shown decides."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()
