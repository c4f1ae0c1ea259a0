"""Whose sample is due, and who shares a tube: pure functions of days, swabs and rooms."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from modules.quarantine.codes import Group

ALONE = frozenset({Group.F0, Group.SYMPTOMATIC})
"""Whoever is likely to be positive has a tube alone: in a pool he would cost everybody a swab."""


class Sampled(NamedTuple):
    """Somebody to be sampled, and the room whose tube it may be."""

    key: int
    room: str
    group: Group
    symptomatic: bool


def due(days: Iterable[date], swabs: Sequence[date], until: date) -> date | None:
    """The last day until then on which a sample was wanted and none was taken since."""
    begun = [day for day in days if day <= until]
    last = max(begun, default=None)
    return None if last is None or any(swab >= last for swab in swabs) else last


def tubes(people: Sequence[Sampled], size: int) -> dict[int, str]:
    """The tube of each: pooled by room, at most ``size`` in one; empty for a tube alone.

    A room that needs several tubes fills them evenly, so that no tube is left with one person
    while the others are full.
    """
    rooms: dict[str, list[int]] = {}
    for one in people:
        if one.group not in ALONE and not one.symptomatic:
            rooms.setdefault(one.room, []).append(one.key)
    found = {one.key: "" for one in people}
    for room, keys in rooms.items():
        parts = -(-len(keys) // max(size, 1))
        each = -(-len(keys) // parts)
        for at, key in enumerate(keys):
            part = at // each
            alone = len(keys[part * each : (part + 1) * each]) == 1
            found[key] = "" if alone else (room if parts == 1 else f"{room}/{part + 1}")
    return found
