"""Where the rooms of a board are: in walking order, or as somebody has drawn their floor."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from msgspec import Struct, field
from PyQt6.QtCore import QPointF, QRectF, QSizeF

from admin_suite.ui import theme

GAP, PAD, HEAD, FLOOR, HIGH = 6, 8, 26, 24, 46
LEAST, WIDEST = 90, 128
LINED = 2  # tiles in a line where nobody has drawn the beds of a room


class Tile(Struct, frozen=True):
    """One place of a board: ``letter`` and ``tone`` say its state, ``badge`` what is due.

    ``room`` and ``about`` stand over the tiles of one room, ``floor`` over its rooms; ``taken``
    ones can be taken up and put down elsewhere. ``spot`` is where its room is drawn on the grid of
    the floor, ``place`` where the tile is in the room (column and row from 1 on); 0 and 0 where
    nobody has drawn one.
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
    place: tuple[int, int] = (0, 0)


class PlacedRoom(Struct):
    """A room's frame and heading on the board."""

    name: str
    about: str
    box: QRectF
    tiles: list[int] = field(default_factory=list)
    locked: bool = False


class Laid(Struct):
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
        box = _room_box(tiles, span, QPointF(x, y), size)
        if x > 0 and box.right() > laid.wide:
            x, y, high = 0.0, y + high, 0.0
            box.moveTo(x, y)
        _put_room(laid, tiles, span, box, size)
        x, high = box.right() + theme.M, max(high, box.height() + theme.S)
        laid.wide = max(laid.wide, box.right())
    return y + high


def _draw_floor(
    laid: Laid,
    tiles: Sequence[Tile],
    spans: Sequence[tuple[int, int]],
    corner: QPointF,
    size: QSizeF,
) -> float:
    """Rooms in the columns and rows of the plan; an empty row is a corridor."""
    wide: dict[int, float] = {}
    high: dict[int, float] = {}
    for span in spans:
        (column, row), box = tiles[span[0]].spot, _room_box(tiles, span, corner, size)
        wide[column] = max(wide.get(column, 0.0), box.width())
        high[row] = max(high.get(row, 0.0), box.height())
    usual = LINED * (size.width() + GAP) - GAP + 2 * PAD
    lefts = _begin(wide, usual, theme.M)
    tops = _begin(high, theme.XXL - theme.S, theme.S)
    for span in spans:
        column, row = tiles[span[0]].spot
        at = QPointF(lefts[column - 1], corner.y() + tops[row - 1])
        box = _room_box(tiles, span, at, size)
        _put_room(laid, tiles, span, box, size)
        laid.wide = max(laid.wide, box.right())
    return corner.y() + tops[-1]


def _begin(sizes: Mapping[int, float], empty: float, gap: float) -> list[float]:
    """Where each column or row begins, the first one at 0, and where the last one ends."""
    each = (sizes.get(n, empty) + gap for n in range(1, max(sizes) + 1))
    return list(accumulate(each, initial=0.0))


def _cells(tiles: Sequence[Tile], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Columns and rows of a room's tiles: as drawn, or two in a line."""
    inside = tiles[span[0] : span[1]]
    if any(tile.place == (0, 0) for tile in inside):
        return [(n % LINED + 1, n // LINED + 1) for n in range(len(inside))]
    return [tile.place for tile in inside]


def _grid(cells: Sequence[tuple[int, int]], size: QSizeF) -> tuple[list[float], list[float]]:
    """Where the columns and rows of a room begin; one without any tile is an aisle."""
    wide = {column: size.width() for column, _row in cells}
    high = {row: size.height() for _column, row in cells}
    return _begin(wide, theme.M, GAP), _begin(high, theme.M, GAP)


def _room_box(
    tiles: Sequence[Tile], span: tuple[int, int], corner: QPointF, size: QSizeF
) -> QRectF:
    """As large as a room is with its tiles, and never too narrow for its heading."""
    lefts, tops = _grid(_cells(tiles, span), size)
    wide = max(lefts[-1], LINED * (size.width() + GAP)) - GAP + 2 * PAD
    return QRectF(corner, QSizeF(wide, HEAD * size.height() / HIGH + tops[-1] - GAP + PAD))


def _put_room(
    laid: Laid, tiles: Sequence[Tile], span: tuple[int, int], box: QRectF, size: QSizeF
) -> None:
    first, inner = tiles[span[0]], QPointF(PAD, HEAD * size.height() / HIGH)
    room = PlacedRoom(first.room, first.about, QRectF(box), locked=first.locked)
    cells = _cells(tiles, span)
    lefts, tops = _grid(cells, size)
    for at, (column, row) in zip(range(*span), cells, strict=True):
        corner = box.topLeft() + inner + QPointF(lefts[column - 1], tops[row - 1])
        laid.boxes[at] = QRectF(corner, size)
        room.tiles.append(at)
    laid.rooms.append(room)


def _width_of_tiles(tiles: Sequence[Tile], across: float, scale: float) -> float:
    """So wide that rooms fill the lines of the longest floor, side by side as many as can be."""
    floors: dict[str, list[tuple[int, int]]] = {}
    for span in _spans(tiles):
        floors.setdefault(tiles[span[0]].floor, []).append(span)
    least = LEAST * scale
    lines = [_line(_abreast(tiles, spans), across, least) for spans in floors.values()]
    fit = min((_fit(line, across) for line in lines), default=across)
    return min(WIDEST * scale, max(least, fit))


def _line(rooms: Sequence[int], across: float, least: float) -> Sequence[int]:
    """As many of the rooms as stand in one line; the others go into the next."""
    n = next((n for n in range(len(rooms), 1, -1) if _fit(rooms[:n], across) >= least), 1)
    return rooms[:n]


def _abreast(tiles: Sequence[Tile], spans: Sequence[tuple[int, int]]) -> list[int]:
    """The columns of tiles in each column of a floor's plan, or in each room if nobody drew it."""
    columns = [max(LINED, len({x for x, _y in _cells(tiles, span)})) for span in spans]
    at = [tiles[span[0]].spot[0] for span in spans]
    if not at[0]:
        return columns
    return [
        max((n for x, n in zip(at, columns, strict=True) if x == column), default=LINED)
        for column in range(1, max(at) + 1)
    ]


def _fit(rooms: Sequence[int], across: float) -> float:
    """How wide a tile is where rooms of so many columns stand side by side."""
    between = (len(rooms) - 1) * theme.M + len(rooms) * 2 * PAD
    return (across - between - (sum(rooms) - len(rooms)) * GAP) / sum(rooms)


def _spans(tiles: Sequence[Tile]) -> list[tuple[int, int]]:
    """The first tile of each room and the one after its last."""
    starts = [
        at for at, tile in enumerate(tiles) if at == 0 or tiles[at - 1].room_id != tile.room_id
    ]
    return list(zip(starts, [*starts[1:], len(tiles)], strict=False))
