"""Tiles of rooms and beds: painted where they are in sight, walked by arrows, dragged by hand."""

from collections.abc import Sequence

from PyQt6.QtCore import QMarginsF, QPoint, QPointF, QRectF, QSizeF, Qt, pyqtSignal
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
from admin_suite.ui.widgets.board_plan import (
    HEAD,
    HIGH,
    LEAST,
    PAD,
    Laid,
    PlacedRoom,
    Tile,
    laid_out,
)
from admin_suite.ui.widgets.canvas import DRAG, Canvas
from admin_suite.ui.widgets.chips import draw_shape


class Board(Canvas):
    """All floors. Arrows walk, Enter opens, Space takes up and puts down; so does the mouse."""

    opened = pyqtSignal(int)  # a place
    dropped = pyqtSignal(int, int)  # from one place to another
    held = pyqtSignal(int)  # whose content is in the hand, 0 when put down

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.tiles: Sequence[Tile] = ()
        self.plan = Laid()
        self._at, self._held = 0, -1
        self._pressed: QPointF | None = None
        self._mouse = QPointF()
        self.setMouseTracking(True)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these places; the place of the hand stays where it was."""
        self.tiles, self._held = tiles, -1
        self._at = min(self._at, max(0, len(tiles) - 1))
        self.measure()

    @property
    def current(self) -> Tile | None:
        """The place that the keyboard is at."""
        return self.tiles[self._at] if self.tiles else None

    def go_to(self, key: int) -> None:
        """Walk to a place."""
        for at, tile in enumerate(self.tiles):
            if tile.id == key:
                self._walk(at)

    def stop(self) -> bool:
        """Put what is in the hand back; whether there was anything."""
        was, self._held, self._pressed = self._held, -1, None
        if was >= 0:
            self.held.emit(0)
        self.repaint_all()
        return was >= 0

    # -- where everything is ----------------------------------------------------------------------

    def measure(self) -> None:
        """Measure where everything is for this width, and how far one can scroll."""
        scale, view = self.font_scale, self.viewport()
        across = (view.width() if view is not None else self.width()) - 4
        self.plan = laid_out(self.tiles, across, scale)
        whole = QSizeF(self.plan.wide, self.plan.high)
        self.reach(whole, QSizeF(LEAST * scale, HIGH * scale))

    # -- painting ---------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only what comes into sight is painted anew."""
        view = self.viewport()
        if view is not None and self._held < 0:
            view.scroll(dx, dy)
        else:
            self.repaint_all()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        view = self.viewport()
        if view is None:
            return
        painter = QPainter(view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.offset())
        part = QRectF(event.rect()) if event is not None else QRectF(view.rect())
        seen = part.translated(self.offset())
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.now().text2))
        for said, y in self.plan.floors:
            painter.drawText(QPointF(2, y + 16), said)
        for room in self.plan.rooms:
            if room.box.intersects(seen):
                self._paint_room(painter, room)
                for at in room.tiles:
                    if self.plan.boxes[at].intersects(seen):
                        self._paint_tile(painter, at, self.plan.boxes[at])
        if self._held >= 0 and self._pressed is not None:
            box = QRectF(self.plan.boxes[self._held])
            box.moveCenter(self._mouse + self.offset())
            self._paint_tile(painter, self._held, box)
        painter.end()

    def _paint_room(self, painter: QPainter, room: PlacedRoom) -> None:
        t = theme.now()
        painter.setPen(QPen(QColor(t.bad.solid if room.locked else t.line), 1))
        painter.setBrush(QColor(t.sunken))
        painter.drawRoundedRect(room.box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        head = QRectF(room.box.left() + PAD + 2, room.box.top() + 4, room.box.width() - 20, 20)
        bold = theme.font(theme.SMALL, QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(t.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, room.name)
        gone = QFontMetricsF(bold).horizontalAdvance(room.name) + 10
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(t.bad.ink if room.locked else t.text2))
        box = head.adjusted(gone, 0, 0, 0)
        cut = painter.fontMetrics().elidedText(
            room.about, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)

    def _paint_tile(self, painter: QPainter, at: int, box: QRectF) -> None:
        t, tile = theme.now(), self.tiles[at]
        state = tile.tone
        colours = t.tones().get(state)
        loud = state in ("late", "bad", "busy")
        pen = QPen(QColor(colours.solid if colours and loud else t.edge), 1)
        if not tile.taken:
            pen.setStyle(Qt.PenStyle.DashLine)
        if at == self._at and self.hasFocus():
            pen = QPen(QColor(t.accent), 2)
        painter.setPen(pen)
        painter.setBrush(QColor(colours.soft if colours and loud else t.card))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        ink = QColor(colours.ink if colours else t.text2)
        painter.setFont(theme.font(theme.CAPTION, QFont.Weight.DemiBold))
        painter.setPen(ink)
        line = QFontMetricsF(theme.font(theme.SMALL)).height() + 2
        badge = QRectF(box.left() + 5, box.top() + 4, line, line)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, tile.letter)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(t.text) if tile.taken else ink)
        name = QRectF(badge.right() + 2, badge.top(), box.right() - badge.right() - 6, line)
        cut = painter.fontMetrics().elidedText(
            tile.words, Qt.TextElideMode.ElideRight, int(name.width())
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, cut)
        self._paint_below(
            painter, tile, QRectF(box.left() + 7, badge.bottom(), box.width() - 14, line)
        )

    def _paint_below(self, painter: QPainter, tile: Tile, line: QRectF) -> None:
        t, state = theme.now(), tile.tone
        painter.setFont(theme.font(theme.CAPTION))
        said = tile.badge if state else ""
        shape = line.right() - painter.fontMetrics().horizontalAdvance(said) - 13
        room = int((shape if state else line.right()) - line.left()) + 1
        painter.setPen(QColor(t.text2))
        below = painter.fontMetrics().elidedText(tile.below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, below)
        if not state:
            return
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(t.tones()[state].ink))
        painter.drawText(line, flags, said)
        draw_shape(painter, state, QRectF(shape, line.center().y() - 4, 9, 9))

    # -- mouse and keyboard -----------------------------------------------------------------------

    def _under(self, point: QPoint | QPointF) -> int:
        spot = QPointF(point) + self.offset()
        return next((at for at, box in enumerate(self.plan.boxes) if box.contains(spot)), -1)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        at = self._under(event.position())
        if at >= 0:
            self._walk(at)
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed is None:
            return
        self._mouse = event.position()
        far = (self._mouse - self._pressed).manhattanLength() > DRAG
        if self._held < 0 and far and self.tiles[self._at].taken:
            self._held = self._at
            self.held.emit(self.tiles[self._at].id)
        self.repaint_all()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed is None:
            return
        at, held = self._under(event.position()), self._held
        self._pressed = None
        if held >= 0:
            self.stop()
            if at not in (-1, held):
                self.dropped.emit(self.tiles[held].id, self.tiles[at].id)
        elif at >= 0:
            self.opened.emit(self.tiles[at].id)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self.tiles:
            return
        step = self._steps().get(Qt.Key(event.key()))
        if step is not None:
            self._walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.tiles[self._at].id)
        elif event.key() == Qt.Key.Key_Space:
            self._take_or_put()
        else:
            super().keyPressEvent(event)

    def _steps(self) -> dict[Qt.Key, int]:
        last = len(self.tiles) - 1
        return {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Up: self._nearest(-1),
            Qt.Key.Key_Down: self._nearest(1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }

    def _nearest(self, way: int) -> int:
        """The bed above or below the one the keyboard is at."""
        here = self.plan.boxes[self._at].center()
        found = [
            (abs(box.center().y() - here.y()) + abs(box.center().x() - here.x()) / 4, at)
            for at, box in enumerate(self.plan.boxes)
            if (box.center().y() - here.y()) * way > 1
        ]
        return min(found)[1] if found else self._at

    def _take_or_put(self) -> None:
        if self._held >= 0:
            start, self._held = self._held, -1
            self.held.emit(0)
            if start != self._at:
                self.dropped.emit(self.tiles[start].id, self.tiles[self._at].id)
        elif self.tiles[self._at].taken:
            self._held = self._at
            self.held.emit(self.tiles[self._at].id)
        self.repaint_all()

    def _walk(self, at: int) -> None:
        self._at = at
        if self.plan.boxes:
            box = QRectF(self.plan.boxes[at].toRect()).translated(-self.offset())
            self.bring_into_sight(box, room=QMarginsF(PAD, HEAD, PAD, PAD))
        self.repaint_all()
