"""How a tape chart is painted: the lines in sight, then names and days over them."""

from typing import Protocol

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from admin_suite.ui import theme
from admin_suite.ui.widgets.chips import draw_shape
from admin_suite.ui.widgets.tape_strip import Bar, Strip

MIDDLE = Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
INSET = 3


class Seen(Protocol):
    """The chart as its painter needs it."""

    strip: Strip
    line: int
    column: int
    hand: int
    mouse: QPointF

    @property
    def dragging(self) -> bool: ...
    def viewport(self) -> QWidget | None: ...
    def hasFocus(self) -> bool: ...
    def offset(self) -> QPointF: ...
    def box(self, line: int, start: float, end: float) -> QRectF: ...
    def bar_at(self, line: int, day: float) -> Bar | None: ...


class TapePainter:
    """One painting of a chart."""

    def __init__(self, tape: Seen) -> None:
        self.tape, self.strip, self.t = tape, tape.strip, theme.now()
        view = tape.viewport()
        self.size = QRectF(view.rect()) if view is not None else QRectF()
        self.painter = QPainter(view)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = tape.box(0, 0, 0)
        gone = tape.offset()
        self.left, self.top = corner.left() + gone.x(), corner.top() + gone.y()
        self.high = corner.height()

    def paint(self, part: QRectF) -> None:
        """Days, the bars in a part of the window; then names and headings over them."""
        p, strip = self.painter, self.strip
        p.fillRect(part, QColor(self.t.card))
        gone = self.tape.offset().y() - self.top
        first = max(0, int((gone + part.top()) // self.high))
        last = min(len(strip.lines), int((gone + part.bottom()) // self.high) + 1)
        seen = range(first, last)
        self._days()
        for line in seen:
            if not strip.lines[line].key:
                self._heading_ground(line)
            for bar in strip.bars.get(line, ()):
                self._bar(bar, self.tape.box(line, bar.start, bar.end))
        self._now()
        self._cursor()
        self._names(seen)
        self._head()
        self._hand()
        p.end()

    def _days(self) -> None:
        """Saturdays and Sundays shaded, a hairline before each day."""
        p = self.painter
        for at, column in enumerate(self.strip.columns):
            box = self.tape.box(0, at, at + 1)
            whole = QRectF(box.left(), self.top, box.width(), self.size.height())
            if column.free:
                p.fillRect(whole, QColor(self.t.sunken))
            p.setPen(QPen(QColor(self.t.line), 1))
            p.drawLine(whole.topLeft(), whole.bottomLeft())

    def _heading_ground(self, line: int) -> None:
        box = self.tape.box(line, 0, 1)
        ground = QRectF(0, box.top(), self.size.width(), box.height())
        self.painter.fillRect(ground, QColor(self.t.sunken))

    def _bar(self, bar: Bar, box: QRectF) -> None:
        p, t = self.painter, self.t
        colours = t.tones().get(bar.tone)
        box = box.adjusted(1, INSET, -1, -INSET)
        if box.right() < self.left or box.left() > self.size.right():
            return
        edge = QColor(colours.solid if colours else t.text3)
        p.setPen(QPen(edge, 1))
        p.setBrush(QColor(colours.soft if colours else t.hover))
        p.drawRoundedRect(box, 4, 4)
        if bar.start < bar.firm < bar.end:
            gone = box.width() * (bar.firm - bar.start) / (bar.end - bar.start)
            rest = box.adjusted(gone, 0, 0, 0)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.card))
            p.drawRect(rest.adjusted(0, 1, -3, -1))
            p.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
            p.drawLine(rest.topLeft(), rest.bottomLeft())
        p.setFont(theme.font(theme.CAPTION))
        p.setPen(QColor(colours.ink if colours else t.text))
        words = box.adjusted(6, 0, -4, 0)
        words.setLeft(self._beside_marks(bar, box, max(words.left(), self.left + 6)))
        told = bar.words
        cut = p.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, int(words.width()))
        p.drawText(words, MIDDLE, cut)

    def _beside_marks(self, bar: Bar, box: QRectF, left: float) -> float:
        """Paint what is due, at the right end of its day; where words have room beside it."""
        wide = self.painter.fontMetrics().horizontalAdvance(bar.words)
        for day, tone in sorted(bar.marks):
            right = self.tape.box(0, day, day + 1).right() - 4
            if right - 9 < self.left:
                continue
            draw_shape(self.painter, tone, QRectF(right - 9, box.center().y() - 4.5, 9, 9))
            if right - 9 < left + wide:
                left = max(left, right + 4)
        return left

    def _now(self) -> None:
        x = self.tape.box(0, self.strip.now, self.strip.now).left()
        self.painter.setPen(QPen(QColor(self.t.accent), 1.5))
        self.painter.drawLine(QPointF(x, self.top), QPointF(x, self.size.height()))

    def _cursor(self) -> None:
        tape = self.tape
        if not tape.hasFocus() or not self.strip.lines:
            return
        box = tape.box(tape.line, tape.column, tape.column + 1).adjusted(1, 1, -1, -1)
        self.painter.setPen(QPen(QColor(self.t.accent), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box, 4, 4)

    def _names(self, seen: range) -> None:
        p, t = self.painter, self.t
        p.fillRect(QRectF(0, self.top, self.left, self.size.height()), QColor(t.card))
        for at in seen:
            line, box = self.strip.lines[at], self.tape.box(at, 0, 1)
            name = QRectF(10, box.top(), self.left - 14, box.height())
            if not line.key:
                self._heading_ground(at)
                p.setFont(theme.font(theme.SMALL, QFont.Weight.DemiBold))
                p.setPen(QColor(t.text))
                p.drawText(name, MIDDLE, line.words)
                self._about(at, name.left() + p.fontMetrics().horizontalAdvance(line.words) + 12)
                continue
            p.setFont(theme.font(theme.SMALL))
            p.setPen(QColor(t.accent_ink if at == self.tape.line else t.text2))
            p.drawText(name.adjusted(10, 0, 0, 0), MIDDLE, line.words)
        p.setPen(QPen(QColor(t.line), 1))
        p.drawLine(QPointF(self.left, self.top), QPointF(self.left, self.size.height()))

    def _about(self, at: int, left: float) -> None:
        """For whom a room is, unless a bar of the room itself says more."""
        if self.strip.bars.get(at):
            return
        p, box = self.painter, self.tape.box(at, 0, 1)
        p.setFont(theme.font(theme.SMALL))
        p.setPen(QColor(self.t.text2))
        whole = QRectF(left, box.top(), self.size.width() - left, box.height())
        p.drawText(whole, MIDDLE, self.strip.lines[at].about)

    def _head(self) -> None:
        p, t = self.painter, self.t
        p.fillRect(QRectF(0, 0, self.size.width(), self.top), QColor(t.sunken))
        for at, column in enumerate(self.strip.columns):
            box = self.tape.box(0, at, at + 1)
            today = at == int(self.strip.now)
            half = self.top / 2
            if box.left() < self.left - 1:
                continue
            above = QRectF(box.left(), 2, box.width(), half - 2)
            weight = QFont.Weight.DemiBold if today else QFont.Weight.Normal
            p.setPen(QColor(t.accent_ink if today else t.text2))
            p.setFont(theme.font(theme.CAPTION, weight))
            p.drawText(above, CENTRE, column.above)
            p.drawText(above.translated(0, half - 3), CENTRE, column.below)
        p.setPen(QPen(QColor(t.line), 1))
        p.drawLine(QPointF(0, self.top), QPointF(self.size.width(), self.top))

    def _hand(self) -> None:
        """The bar in the hand, where the mouse or the keyboard is."""
        tape = self.tape
        bar = tape.bar_at(tape.hand, self.strip.now) if tape.hand >= 0 else None
        if bar is None:
            return
        box = tape.box(tape.line, bar.start, bar.end)
        if tape.dragging:
            box.moveTop(tape.mouse.y() - box.height() / 2)
        self._bar(bar, box)
        self.painter.setPen(QPen(QColor(self.t.accent), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box.adjusted(1, 2, -1, -2), 4, 4)
