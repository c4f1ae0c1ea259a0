"""The head of a page: title, one line about it, the deeds with their keys."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from admin_suite.ui import theme
from admin_suite.ui.widgets.layout import column, row
from admin_suite.ui.widgets.text import text

GAP = 24


class Head(QFrame):
    """The main deed stands last. Where there is no room, the deeds go below the title.

    Where there is none for all of them in one line, the first ones stand above the last.
    """

    def __init__(self, title: str, *actions: QWidget) -> None:
        super().__init__()
        self._title, self._about = text(title, "title"), text("", "small")
        self._about.hide()
        self._words = column(self._title, self._about, gap=2)
        self._deeds, self._above = actions, 0
        self._upper, self._lower = row(1), row(1, *actions)
        self._actions = column(self._upper, self._lower, gap=theme.S)
        self._inside = row(self._words, self._actions, gap=theme.S, pad=(theme.XL, theme.M))
        self._inside.setStretch(1, 1)
        self.setLayout(self._inside)
        self.setMinimumHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def say(self, about: str, title: str = "") -> None:
        """Change the line below the title, and the title."""
        self._about.setText(about)
        self._about.setVisible(bool(about))
        if title:
            self._title.setText(title)
        self._fit(self.width())

    @property
    def about(self) -> str:
        """The line below the title."""
        return self._about.text()

    def event(self, event: QEvent | None) -> bool:
        """A deed that appears or gets other words may need the second line."""
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._fit(self.width())
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None:
            self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        words = max(self._title.sizeHint().width(), self._about.sizeHint().width())
        self._part(width - 2 * theme.XL)
        needed = words + _wide(self._deeds[self._above :]) + 2 * theme.XL + GAP
        across = QBoxLayout.Direction.LeftToRight
        self._inside.setDirection(across if needed <= width else QBoxLayout.Direction.TopToBottom)

    def _part(self, room: int) -> None:
        """Two lines of deeds where one has no room: no word is cut off."""
        above = 0
        while above < len(self._deeds) - 1 and _wide(self._deeds[above:]) > room:
            above += 1
        if above == self._above:
            return
        self._above = above
        for at, one in enumerate(self._deeds):
            for line in (self._upper, self._lower):
                line.removeWidget(one)
            (self._upper if at < above else self._lower).addWidget(one)


def _wide(deeds: Sequence[QWidget]) -> int:
    widths = [one.sizeHint().width() for one in deeds if not one.isHidden()]
    return sum(widths) + theme.S * max(0, len(widths) - 1)
