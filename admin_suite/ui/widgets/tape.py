"""A tape chart: a line for each place, a column for each day, a bar for whoever is there."""

from PyQt6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

from admin_suite.ui.widgets.canvas import DRAG, Canvas
from admin_suite.ui.widgets.tape_paint import TapePainter
from admin_suite.ui.widgets.tape_strip import Bar, Strip

NAMES, LEAST_DAY, HIGH, TOP = 104, 40, 26, 38


class Tape(Canvas):
    """Arrows walk, Enter opens, Space takes a bar up and puts it down; so does the mouse.

    Only the lines in sight are painted, so the number of places does not matter.
    """

    opened = pyqtSignal(int, int)  # a place, a bar or 0
    dropped = pyqtSignal(int, int)  # from one place to another
    held = pyqtSignal(int)  # whose bar is in the hand, 0 when put down

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.strip = Strip()
        self.line, self.column = 0, 0
        self.hand = -1  # the line whose bar is in the hand
        self.mouse = QPointF()
        self.scale, self.wide = 1.0, float(LEAST_DAY)  # of the font; of a day
        self._pressed: QPointF | None = None
        self.setMouseTracking(True)

    def show_strip(self, strip: Strip) -> None:
        """Show these places and days; the keyboard stays at its place, at first at today."""
        if not self.strip.lines:
            self.column = int(strip.now)
        self.strip, self.hand = strip, -1
        self.line = self._place_near(min(self.line, len(strip.lines) - 1), 1)
        self.measure()

    def go_to(self, key: int) -> None:
        """Walk to a place."""
        for at, line in enumerate(self.strip.lines):
            if line.key == key:
                self.walk(at, self.column)

    def stop(self) -> bool:
        """Put what is in the hand back; whether there was anything."""
        was, self.hand, self._pressed = self.hand, -1, None
        if was >= 0:
            self.held.emit(0)
        self.repaint_all()
        return was >= 0

    @property
    def dragging(self) -> bool:
        """Whether the mouse, not the keyboard, has a bar in its hand."""
        return self.hand >= 0 and self._pressed is not None

    @property
    def current(self) -> int:
        """The place that the keyboard is at."""
        lines = self.strip.lines
        return lines[self.line].key if 0 <= self.line < len(lines) else 0

    # -- where everything is ----------------------------------------------------------------------

    def box(self, line: int, start: float, end: float) -> QRectF:
        """Where a span of a line is in the window."""
        scale, wide, gone = self.scale, self.wide, self.offset()
        left = NAMES * scale + start * wide - gone.x()
        top = TOP * scale + line * HIGH * scale - gone.y()
        return QRectF(left, top, (end - start) * wide, HIGH * scale)

    def bar_at(self, line: int, day: float) -> Bar | None:
        """What a place is used for at a moment: of several on a day, the last."""
        found = [bar for bar in self.strip.bars.get(line, ()) if bar.start <= day < bar.end]
        return found[-1] if found else None

    def bar_of_day(self, line: int, column: int) -> Bar | None:
        """What a place is used for on a day: of several, the last."""
        bars = self.strip.bars.get(line, ())
        found = [bar for bar in bars if bar.start < column + 1 and bar.end > column]
        return found[-1] if found else None

    def measure(self) -> None:
        """How wide a day is in this window, and how far one can scroll."""
        view = self.viewport()
        if view is None:
            return
        scale = self.scale = self.font_scale
        room = view.width() - NAMES * scale
        self.wide = max(LEAST_DAY * scale, room / max(1, len(self.strip.columns)))
        high = TOP * scale + len(self.strip.lines) * HIGH * scale
        width = NAMES * scale + len(self.strip.columns) * self.wide
        self.reach(QSizeF(width, high), QSizeF(self.wide, HIGH * scale), TOP * scale)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted below the days; only what comes into sight is painted anew."""
        view, top = self.viewport(), int(TOP * self.scale) + 1
        if view is None or dx or self.hand >= 0:
            self.repaint_all()
        else:
            view.scroll(0, dy, QRect(0, top, view.width(), view.height() - top))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if event is not None:
            TapePainter(self).paint(QRectF(event.rect()))

    # -- mouse and keyboard -----------------------------------------------------------------------

    def _under(self, spot: QPointF) -> tuple[int, float] | None:
        """The line and the day at a point; none over headings of days."""
        scale = self.scale
        if spot.y() < TOP * scale:
            return None
        gone = self.offset()
        line = int((spot.y() + gone.y() - TOP * scale) // (HIGH * scale))
        if not 0 <= line < len(self.strip.lines) or not self.strip.lines[line].key:
            return None
        return line, (spot.x() + gone.x() - NAMES * scale) / self.wide

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        found = self._under(event.position()) if event is not None else None
        if event is None or found is None:
            return
        line, day = found
        self.walk(line, max(0, min(len(self.strip.columns) - 1, int(day))))
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        self.mouse = event.position()
        if self._pressed is None:
            found = self._under(self.mouse)
            bar = self.bar_at(*found) if found is not None else None
            self.setToolTip(self.strip.tell(bar.key) if bar is not None else "")
            return
        if self.hand < 0 and (self.mouse - self._pressed).manhattanLength() > DRAG:
            self._take_up()
        self.repaint_all()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed is None:
            return
        found, was = self._under(event.position()), self.hand
        self._pressed = None
        if was >= 0:
            self.stop()
            if found is not None and found[0] != was:
                self._put_down(was, found[0])
        elif found is not None:
            bar = self.bar_at(*found)
            self.opened.emit(self.strip.lines[found[0]].key, bar.key if bar is not None else 0)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self.strip.lines:
            return
        step = self._steps().get(Qt.Key(event.key()))
        if step is not None:
            self.walk(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            bar = self.bar_of_day(self.line, self.column)
            self.opened.emit(self.current, bar.key if bar is not None else 0)
        elif event.key() == Qt.Key.Key_Space:
            self._take_or_put()
        else:
            super().keyPressEvent(event)

    def _steps(self) -> dict[Qt.Key, tuple[int, int]]:
        line, day, last = self.line, self.column, len(self.strip.columns) - 1
        page = max(1, (self.height() - TOP) // HIGH - 2)
        return {
            Qt.Key.Key_Left: (line, max(0, day - 1)),
            Qt.Key.Key_Right: (line, min(last, day + 1)),
            Qt.Key.Key_Up: (self._place_near(line - 1, -1), day),
            Qt.Key.Key_Down: (self._place_near(line + 1, 1), day),
            Qt.Key.Key_PageUp: (self._place_near(line - page, -1), day),
            Qt.Key.Key_PageDown: (self._place_near(line + page, 1), day),
            Qt.Key.Key_Home: (self._place_near(0, 1), day),
            Qt.Key.Key_End: (self._place_near(len(self.strip.lines) - 1, -1), day),
        }

    def _place_near(self, line: int, way: int) -> int:
        """The next line that is a place; the one at the other side where there is none."""
        lines = self.strip.lines
        if not lines:
            return 0
        at = max(0, min(len(lines) - 1, line))
        for step in (way, -way):
            for found in range(at, len(lines) if step > 0 else -1, step):
                if lines[found].key:
                    return found
        return 0

    def walk(self, line: int, column: int) -> None:
        """Go to a day of a place and scroll it into sight."""
        self.line, self.column = line, column
        self.setAccessibleDescription(self._said())
        box = self.box(line, column, column + 1).adjusted(0, -HIGH, 0, 0)  # with the line above
        self.bring_into_sight(box, QPointF(NAMES * self.scale, TOP * self.scale))
        self.repaint_all()

    def _said(self) -> str:
        """Where the keyboard is, for a screen reader."""
        bar = self.bar_of_day(self.line, self.column)
        lines, columns = self.strip.lines, self.strip.columns
        if not lines or not columns:
            return ""
        day = columns[min(self.column, len(columns) - 1)].below
        told = self.strip.tell(bar.key) if bar is not None else ""
        return ", ".join(part for part in (lines[self.line].words, day, told) if part)

    def _take_or_put(self) -> None:
        if self.hand < 0:
            self._take_up()
            return
        start = self.hand
        self.stop()
        if start != self.line:
            self._put_down(start, self.line)

    def _take_up(self) -> None:
        bar = self.bar_at(self.line, self.strip.now)
        if bar is not None and bar.taken:
            self.hand = self.line
            self.held.emit(self.current)
        self.repaint_all()

    def _put_down(self, start: int, end: int) -> None:
        lines = self.strip.lines
        self.dropped.emit(lines[start].key, lines[end].key)
