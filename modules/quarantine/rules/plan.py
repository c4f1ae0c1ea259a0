"""Where rooms are on the plan of their floor, and beds in their room: columns and rows from 1."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

MOST = 40  # columns, and rows, of a floor
ACROSS = 6  # rooms side by side where nobody has drawn them
BEDS_ACROSS = 5  # columns of beds in a room
Place = tuple[int, int, int]  # a room or a bed, and its column and row
EMPTY, LINE = ".", "/"  # a place without a bed, and where the next row of a room begins


class Spot(NamedTuple):
    """A room and its place on the grid; 0 and 0 where nobody has drawn it."""

    room_id: int
    x: int
    y: int


class BedSpot(NamedTuple):
    """A bed and its place in the room; 0 and 0 where nobody has drawn it."""

    bed_id: int
    x: int
    y: int


def on_grid(places: Sequence[Place], across: int = ACROSS) -> Mapping[int, tuple[int, int]]:
    """A place for every room of one floor, or bed of one room: as drawn; the others below.

    Those stand in walking order. Of two that were drawn at one place the later one counts as not
    drawn.
    """
    found: dict[int, tuple[int, int]] = {}
    taken = set[tuple[int, int]]()
    for key, x, y in places:
        if x > 0 and y > 0 and (x, y) not in taken:
            found[key] = (x, y)
            taken.add((x, y))
    below = max((y for _x, y in taken), default=0)
    others = [key for key, _x, _y in places if key not in found]
    for n, key in enumerate(others):
        found[key] = (n % across + 1, below + n // across + 1)
    return found


def is_drawn(rooms: Sequence[Spot]) -> bool:
    """Whether anybody has drawn a room of this floor."""
    return any(room.x > 0 and room.y > 0 for room in rooms)


def clashes(places: Sequence[Place]) -> list[tuple[int, int]]:
    """Pairs of rooms of one floor, or of beds of one room, that are drawn at one place."""
    at: dict[tuple[int, int], int] = {}
    found = []
    for key, x, y in places:
        if not (x or y):
            continue
        other = at.setdefault((x, y), key)
        if other != key:
            found.append((other, key))
    return found


def told(words: str) -> dict[str, tuple[int, int]]:
    """Where the beds of a room stand by their names, as a list writes it: ``1 2 3 / . . 4``.

    A bed that stands there twice is told once, at its last place.
    """
    return {
        name: (column, row)
        for row, line in enumerate(words.split(LINE), start=1)
        for column, name in enumerate(line.split(), start=1)
        if name != EMPTY
    }


def written(beds: Mapping[str, tuple[int, int]]) -> str:
    """The same as a list writes it; empty of a room in which nobody has drawn a bed."""
    at = {spot: name for name, spot in beds.items() if spot[0] > 0 and spot[1] > 0}
    rows = []
    for y in range(1, max((y for _x, y in at), default=0) + 1):
        last = max((x for x, row in at if row == y), default=0)
        rows.append(" ".join(at.get((x, y), EMPTY) for x in range(1, last + 1)))
    return f" {LINE} ".join(row or EMPTY for row in rows)
