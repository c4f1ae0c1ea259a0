"""Where rooms are on the plan of their floor: a grid of columns ``x`` and rows ``y`` from 1 on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

MOST = 40  # columns, and rows, of a floor
ACROSS = 6  # rooms side by side where nobody has drawn them


class Spot(NamedTuple):
    """A room and its place on the grid; 0 and 0 where nobody has drawn it."""

    room_id: int
    x: int
    y: int


def on_grid(rooms: Sequence[Spot]) -> Mapping[int, tuple[int, int]]:
    """A place for every room of one floor: as drawn; the others below, in walking order.

    Of two rooms that were drawn at one place the later one counts as not drawn.
    """
    found: dict[int, tuple[int, int]] = {}
    taken = set[tuple[int, int]]()
    for room in rooms:
        spot = (room.x, room.y)
        if room.x > 0 and room.y > 0 and spot not in taken:
            found[room.room_id] = spot
            taken.add(spot)
    below = max((y for _x, y in taken), default=0)
    others = [room for room in rooms if room.room_id not in found]
    for n, room in enumerate(others):
        found[room.room_id] = (n % ACROSS + 1, below + n // ACROSS + 1)
    return found


def is_drawn(rooms: Sequence[Spot]) -> bool:
    """Whether anybody has drawn a room of this floor."""
    return any(room.x > 0 and room.y > 0 for room in rooms)


def clashes(rooms: Sequence[Spot]) -> list[tuple[int, int]]:
    """Pairs of rooms of one floor that are drawn at one place."""
    at: dict[tuple[int, int], int] = {}
    found = []
    for room in rooms:
        if not (room.x or room.y):
            continue
        other = at.setdefault((room.x, room.y), room.room_id)
        if other != room.room_id:
            found.append((other, room.room_id))
    return found
