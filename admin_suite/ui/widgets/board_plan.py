"""Where the rooms of a board are: in walking order, or as somebody has drawn their floor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PyQt6.QtCore import QPointF, QRectF, QSizeF

from admin_suite.ui import theme

GAP, PAD, HEAD, FLOOR, HIGH = 6, 8, 26, 24, 46
LEAST, WIDEST = 90, 128


@dataclass(frozen=True)
class Tile:
    """One place of a board: ``letter`` and ``tone`` say its state, ``badge`` what is due.

    ``room`` and ``about`` stand over the tiles of one room, ``floor`` over its rooms; ``taken``
    ones can be taken up and put down elsewhere. ``spot`` is where its room is drawn on the grid of
    the floor (column and row from 1 on); 0 and 0 where nobody has drawn one.
    """

    id: int
    room_id: int
    floor: str
    room: str
    about: str
    letter: str
    words: str
    below: str
    tone: str = ""  # done, wait, busy, late, bad
    badge: str = ""
    taken: bool = False
    locked: bool = False
    spot: tuple[int, int] = (0, 0)


@dataclass
class PlacedRoom:
    """A room's frame and heading on the board."""

    name: str
    about: str
    box: QRectF
    tiles: list[int] = field(default_factory=list)
    locked: bool = False


@dataclass
class Laid:
    """Everything in its place: a box for each tile, rooms, and the heading of each floor."""

    boxes: list[QRectF] = field(default_factory=list)
    rooms: list[PlacedRoom] = field(default_factory=list)
    floors: list[tuple[str, float]] = field(default_factory=list)
    wide: float = 0.0
    high: float = 0.0


def laid_out(tiles: Sequence[Tile], across: float, scale: float) -> Laid:
    """Floor below floor; a floor that was drawn as it was drawn, others as rooms fit."""
    laid = Laid(boxes=[QRectF()] * len(tiles), wide=across)
    size = QSizeF(_width_of_tiles(tiles, across, scale), HIGH * scale)
    floors: dict[str, list[tuple[int, int]]] = {}
    for span in _spans(tiles):
        floors.setdefault(tiles[span[0]].floor, []).append(span)
    y = 0.0
    for floor, spans in floors.items():
        laid.floors.append((floor, y))
        corner = QPointF(0, y + FLOOR * scale)
        if tiles[spans[0][0]].spot != (0, 0):
            y = _draw_floor(laid, tiles, spans, corner, size)
        else:
            y = _fill_floor(laid, tiles, spans, corner, size)
    laid.high = y
    return laid


def _fill_floor(
    laid: Laid,
    tiles: Sequence[Tile],
    spans: Sequence[tuple[int, int]],
    corner: QPointF,
    size: QSizeF,
) -> float:
    """Rooms in walking order, as many side by side as there is room for; where the floor ends."""
    x, y, high = 0.0, corner.y(), 0.0
    for span in spans:
        box = _room_box(span, QPointF(x, y), size)
        if x > 0 and box.right() > laid.wide:
            x, y, high = 0.0, y + high, 0.0
            box.moveTo(x, y)
        _put_room(laid, tiles, span, box, size)
        x, high = box.right() + theme.M, max(high, box.height() + theme.S)
    return y + high


def _draw_floor(
    laid: Laid,
    tiles: Sequence[Tile],
    spans: Sequence[tuple[int, int]],
    corner: QPointF,
    size: QSizeF,
) -> float:
    """Rooms in the columns and rows of the plan; an empty row is a corridor."""
    rows: dict[int, float] = {}
    for start, end in spans:
        _x, row = tiles[start].spot
        rows[row] = max(rows.get(row, 0.0), _room_box((start, end), corner, size).height())
    tops, y = {}, corner.y()
    for row in range(1, max(rows) + 1):
        tops[row] = y
        y += rows[row] + theme.S if row in rows else theme.XXL
    for span in spans:
        column, row = tiles[span[0]].spot
        box = _room_box(span, corner, size)
        box.moveTo((column - 1) * (box.width() + theme.M), tops[row])
        _put_room(laid, tiles, span, box, size)
        laid.wide = max(laid.wide, box.right())
    return y


def _room_box(span: tuple[int, int], corner: QPointF, size: QSizeF) -> QRectF:
    """As large as a room is with its tiles, two in a line."""
    lines, scale = (span[1] - span[0] + 1) // 2, size.height() / HIGH
    tall = HEAD * scale + lines * (size.height() + GAP) + PAD - GAP
    return QRectF(corner, QSizeF(2 * size.width() + GAP + 2 * PAD, tall))


def _put_room(
    laid: Laid, tiles: Sequence[Tile], span: tuple[int, int], box: QRectF, size: QSizeF
) -> None:
    first, scale = tiles[span[0]], size.height() / HIGH
    room = PlacedRoom(first.room, first.about, QRectF(box), locked=first.locked)
    for n, at in enumerate(range(*span)):
        left = box.left() + PAD + n % 2 * (size.width() + GAP)
        top = box.top() + HEAD * scale + n // 2 * (size.height() + GAP)
        laid.boxes[at] = QRectF(QPointF(left, top), size)
        room.tiles.append(at)
    laid.rooms.append(room)


def _width_of_tiles(tiles: Sequence[Tile], across: float, scale: float) -> float:
    """So wide that the rooms of the longest floor stand side by side, if they can."""
    rooms: dict[str, set[int]] = {}
    for tile in tiles:
        rooms.setdefault(tile.floor, set()).add(tile.room_id)
    drawn = max((tile.spot[0] for tile in tiles), default=0)
    most = max([1, drawn, *map(len, rooms.values())])
    fit = ((across - (most - 1) * theme.M) / most - 2 * PAD - GAP) / 2
    return min(WIDEST * scale, max(LEAST * scale, fit))


def _spans(tiles: Sequence[Tile]) -> list[tuple[int, int]]:
    """The first tile of each room and the one after its last."""
    starts = [
        at for at, tile in enumerate(tiles) if at == 0 or tiles[at - 1].room_id != tile.room_id
    ]
    return list(zip(starts, [*starts[1:], len(tiles)], strict=False))
