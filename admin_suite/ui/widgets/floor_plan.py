"""A floor on a grid: rooms are dragged to where they are, beds to their place in the room."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct, field
from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from admin_suite.ui import theme
from admin_suite.ui.widgets.canvas import DRAG, Canvas

WIDE, HIGH, GAP, BED, TOP = 136, 84, 10, 22, 26
BEDS_ACROSS, BED_ROWS, SPARE = 5, 2, 2
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class DrawnRoom(Struct):
    """A room in a column and row of the grid, with its beds in order (id and name).

    ``spots`` are the columns and rows of the beds in the room; without any they stand in order.
    """

    id: int
    name: str
    x: int
    y: int
    beds: list[tuple[int, str]]
    about: str = ""
    spots: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.spots:
            self.spots = {
                key: (n % BEDS_ACROSS + 1, n // BEDS_ACROSS + 1)
                for n, (key, _name) in enumerate(self.beds)
            }
        self.sort_beds()

    def spot(self, n: int) -> tuple[int, int]:
        """Where a bed stands."""
        return self.spots[self.beds[n][0]]

    @property
    def lines(self) -> int:
        """How many rows of beds there are; an empty one counts."""
        return max([BED_ROWS, *(line for _column, line in self.spots.values())])

    def sort_beds(self) -> None:
        """The order of the beds is that of their places, row by row."""
        self.beds.sort(key=lambda one: self.spots[one[0]][::-1])


class FloorPlan(Canvas):
    """Arrows walk, Space takes a room up, arrows move it, Space puts it down.

    Enter goes to the beds of a room, where the same keys move them; the mouse drags both. A room
    or a bed that is put on another one changes places with it.
    """

    moved = pyqtSignal()
    told = pyqtSignal(str)  # which room and bed the keyboard is at

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name)
        self._most = most
        self.rooms: Sequence[DrawnRoom] = ()
        self.at, self.bed = 0, -1  # no bed: the keyboard is at the room itself
        self._hand = False
        self._before: tuple[int, int] | None = None
        self._stood: dict[int, tuple[int, int]] = {}
        self._pressed: QPointF | None = None
        self._mouse = QPointF()
        self._tops: list[float] = [0.0]

    def show_rooms(self, rooms: Sequence[DrawnRoom]) -> None:
        """Show the rooms of a floor; they are changed in place as they are moved."""
        self.rooms, self._hand = rooms, False
        self.at, self.bed = min(self.at, max(0, len(rooms) - 1)), -1
        self.measure()

    @property
    def current(self) -> DrawnRoom | None:
        """The room that the keyboard is at."""
        return self.rooms[self.at] if self.rooms else None

    @property
    def holding(self) -> bool:
        """Whether a room or a bed is in the hand."""
        return self._hand

    def stop(self) -> bool:
        """Put what is in the hand back, or leave the beds of a room; whether there was either."""
        room = self.current
        if self._hand and room is not None:
            if self.bed < 0 and self._before is not None:
                self._put_at(room, *self._before)
            elif self._pressed is None:
                self._put_beds_back(room)
            self._hand, self._pressed = False, None
        elif self.bed >= 0:
            self.bed = -1
        else:
            return False
        self._told()
        return True

    # -- where everything is ----------------------------------------------------------------------

    def measure(self) -> None:
        """How far there is to scroll: over the columns and rows in use, and some more.

        A row of the grid is as high as the room in it with the most rows of beds.
        """
        lines: dict[int, int] = {}
        for room in self.rooms:
            lines[room.y] = max(lines.get(room.y, BED_ROWS), room.lines)
        rows = (_height(lines.get(y, BED_ROWS)) + GAP for y in range(1, self._most + 1))
        self._tops = list(accumulate(rows, initial=0.0))
        scale = self.font_scale
        columns = min(self._most, max((one.x for one in self.rooms), default=0) + SPARE)
        last = min(self._most, max(lines, default=0) + SPARE)
        whole = QSizeF(columns * (WIDE + GAP) * scale, self._tops[last] * scale)
        self.reach(whole, QSizeF(WIDE * scale, HIGH * scale))

    def box(self, x: int, y: int, lines: int = BED_ROWS) -> QRectF:
        """Where a place of the grid is in the window, for a room with so many rows of beds."""
        scale = self.font_scale
        corner = QPointF((x - 1) * (WIDE + GAP) * scale, self._tops[y - 1] * scale)
        return QRectF(corner - self.offset(), QSizeF(WIDE * scale, _height(lines) * scale))

    def room_box(self, room: DrawnRoom) -> QRectF:
        """Where a room is in the window, with all its beds."""
        return self.box(room.x, room.y, room.lines)

    def bed_box(self, room: DrawnRoom, n: int) -> QRectF:
        """Where a bed of a room is in the window."""
        return self._bed_cell(room, *room.spot(n))

    def _bed_cell(self, room: DrawnRoom, column: int, line: int) -> QRectF:
        scale, box = self.font_scale, self.box(room.x, room.y)
        left = box.left() + 8 * scale + (column - 1) * (BED + 2) * scale
        top = box.top() + TOP * scale + (line - 1) * (BED + 2) * scale
        return QRectF(left, top, BED * scale, BED * scale)

    def _cell(self, spot: QPointF) -> tuple[int, int]:
        scale, first = self.font_scale, self.box(1, 1).topLeft()
        x = int((spot.x() - first.x()) // ((WIDE + GAP) * scale)) + 1
        y = bisect_right(self._tops, (spot.y() - first.y()) / scale)
        return max(1, min(self._most, x)), max(1, min(self._most, y))

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        view = self.viewport()
        if view is None:
            return
        painter = QPainter(view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(view.rect())
        self._paint_grid(painter, seen)
        for at, room in enumerate(self.rooms):
            box = self.room_box(room)
            if box.intersects(seen):
                self._paint_room(painter, at, room, box)
        if self._pressed is not None and self._hand:
            painter.setPen(QPen(QColor(theme.now().accent), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = self.box(1, 1)
            box.moveCenter(self._mouse)
            painter.drawRoundedRect(box, 8, 8)
        painter.end()

    def _paint_grid(self, painter: QPainter, seen: QRectF) -> None:
        """A dot in the middle of every place, so that empty ones are seen."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.now().edge))
        first, last = self._cell(seen.topLeft()), self._cell(seen.bottomRight())
        for x in range(first[0], last[0] + 1):
            for y in range(first[1], last[1] + 1):
                painter.drawEllipse(self.box(x, y).center(), 2, 2)

    def _paint_room(self, painter: QPainter, at: int, room: DrawnRoom, box: QRectF) -> None:
        t, here, scale = theme.now(), at == self.at, self.font_scale
        held = here and self._hand and self.bed < 0
        painter.setPen(QPen(QColor(t.accent if here else t.edge), 2 if here else 1))
        painter.setBrush(QColor(t.accent_soft if held else t.card))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        bold = theme.font(theme.SMALL, QFont.Weight.DemiBold)
        head = QRectF(box.left() + 10, box.top() + 4, box.width() - 16, 20 * scale)
        painter.setFont(bold)
        painter.setPen(QColor(t.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, room.name)
        gone = QFontMetricsF(bold).horizontalAdvance(room.name) + 8
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(t.text2))
        painter.drawText(head.adjusted(gone, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, room.about)
        for n in range(len(room.beds)):
            self._paint_bed(painter, room, n, chosen=here and n == self.bed)

    def _paint_bed(self, painter: QPainter, room: DrawnRoom, n: int, *, chosen: bool) -> None:
        t, box = theme.now(), self.bed_box(room, n)
        painter.setPen(QPen(QColor(t.accent if chosen else t.line), 2 if chosen else 1))
        painter.setBrush(QColor(t.accent_soft if chosen and self._hand else t.sunken))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(t.text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, room.beds[n][1])

    # -- keyboard ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        room = self.current
        if event is None or room is None:
            return
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(room, *STEPS[key])
        elif key == Qt.Key.Key_Space:
            self._hand = not self._hand
            self._before, self._stood = (room.x, room.y), dict(room.spots)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._hand:
            self.bed = 0 if self.bed < 0 and room.beds else -1
        else:
            super().keyPressEvent(event)
            return
        self._told()

    def _step(self, room: DrawnRoom, dx: int, dy: int) -> None:
        if self.bed >= 0 and self._hand:
            column, line = room.spot(self.bed)
            self._put_bed(room, column + dx, line + dy)
        elif self.bed >= 0:
            self.bed = _nearest([room.spot(n) for n in range(len(room.beds))], self.bed, dx, dy)
        elif self._hand:
            x, y = room.x + dx, room.y + dy
            if 1 <= x <= self._most and 1 <= y <= self._most:
                self._put_at(room, x, y)
        else:
            self.at = _nearest([(one.x, one.y) for one in self.rooms], self.at, dx, dy)

    def _put_at(self, room: DrawnRoom, x: int, y: int) -> None:
        """Put a room at a place; whichever is there takes the place it comes from."""
        if (x, y) == (room.x, room.y):
            return
        for other in self.rooms:
            if (other.x, other.y) == (x, y):
                other.x, other.y = room.x, room.y
        room.x, room.y = x, y
        self.measure()
        self.moved.emit()

    def _put_bed(self, room: DrawnRoom, column: int, line: int) -> None:
        """Put a bed at a place of its room; whichever is there takes the place it comes from.

        It may begin one row below the others.
        """
        key, here = room.beds[self.bed][0], room.spot(self.bed)
        below = max((y for one, (_x, y) in room.spots.items() if one != key), default=0) + 1
        inside = 1 <= column <= BEDS_ACROSS and 1 <= line <= max(BED_ROWS, below)
        if not inside or (column, line) == here:
            return
        for other, spot in room.spots.items():
            if spot == (column, line):
                room.spots[other] = here
        room.spots[key] = (column, line)
        self._sorted(room, key)

    def _put_beds_back(self, room: DrawnRoom) -> None:
        """The beds stand as they did before one was taken up."""
        if self._stood and self._stood != room.spots:
            key = room.beds[self.bed][0]
            room.spots = dict(self._stood)
            self._sorted(room, key)

    def _sorted(self, room: DrawnRoom, key: int) -> None:
        """The order follows the places; the keyboard stays at its bed."""
        room.sort_beds()
        self.bed = [one for one, _name in room.beds].index(key)
        self.measure()
        self.moved.emit()

    def _told(self) -> None:
        """Scroll to where the keyboard is, and say it."""
        room = self.current
        if room is None:
            return
        self.bring_into_sight(self.room_box(room))
        said, place = room.name, (room.x, room.y)
        if self.bed >= 0:
            self.bring_into_sight(self.bed_box(room, self.bed))
            said, place = f"{room.name}-{room.beds[self.bed][1]}", room.spot(self.bed)
        self.setAccessibleDescription(f"{said}, {place[0]}, {place[1]}")
        self.told.emit(said)
        self.repaint_all()

    # -- mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        spot = event.position()
        for at, room in enumerate(self.rooms):
            if self.room_box(room).contains(spot):
                self.at, self._pressed, self._hand = at, spot, False
                beds = range(len(room.beds))
                self.bed = next((n for n in beds if self.bed_box(room, n).contains(spot)), -1)
        self._told()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed is None:
            return
        self._mouse = event.position()
        self._hand = self._hand or (self._mouse - self._pressed).manhattanLength() > DRAG
        self.repaint_all()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        room, held = self.current, self._hand
        self._pressed, self._hand = None, False
        if event is None or room is None or not held:
            return
        if self.bed < 0:
            self._put_at(room, *self._cell(event.position()))
        else:
            columns, lines = range(1, BEDS_ACROSS + 1), range(1, room.lines + 1)
            cells = [(x, y) for x in columns for y in lines]
            for cell in cells:
                if self._bed_cell(room, *cell).contains(event.position()):
                    self._put_bed(room, *cell)
                    break
        self._told()


def _height(lines: int) -> float:
    """How high a room with so many rows of beds is, at the font it was drawn for."""
    return HIGH + (lines - BED_ROWS) * (BED + 2)


def _nearest(spots: Sequence[tuple[int, int]], here: int, dx: int, dy: int) -> int:
    """The nearest of these places in a direction; the same one where there is none."""
    x, y = spots[here]
    found = [
        (abs(one_x - x) + abs(one_y - y) + 3 * across, at)
        for at, (one_x, one_y) in enumerate(spots)
        if (one_x - x) * dx + (one_y - y) * dy > 0
        for across in [abs((one_x - x) * dy) + abs((one_y - y) * dx)]
    ]
    return min(found)[1] if found else here
