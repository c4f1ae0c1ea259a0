"""The plan of a floor as somebody draws it: where rooms are, and where in them their beds."""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from admin_suite.core.errors import Refusal, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.checks.stays import hold
from modules.quarantine.models import Bed, Room
from modules.quarantine.permissions import PLACES
from modules.quarantine.rules.plan import BEDS_ACROSS, MOST, Spot, clashes

R = TypeVar("R", Room, Bed)


class BedOrder(NamedTuple):
    """A bed, its place in the order of its room, and its column and row there (0: not drawn)."""

    bed_id: int
    position: int
    x: int = 0
    y: int = 0


@use_case(PLACES)
def arrange(work: Work, rooms: Sequence[Spot], beds: Sequence[BedOrder] = ()) -> int:
    """Draw rooms on the plan of their floors and put beds in order; how many have moved."""
    within = {row.room_id for row in _rows(work, Bed, [one.bed_id for one in beds])}
    hold(work, sorted({one.room_id for one in rooms} | within))
    wrong = [*_outside(rooms), *_in_one_place(work, rooms)]
    refuse([*wrong, *_beyond(beds), *_twice(work, beds, within)])
    there = {row.id: row for row in _rows(work, Room, [one.room_id for one in rooms])}
    moved = [one for one in rooms if (there[one.room_id].x, there[one.room_id].y) != one[1:]]
    for one in moved:
        there[one.room_id].x, there[one.room_id].y = one.x, one.y
    furniture = {row.id: row for row in _rows(work, Bed, [one.bed_id for one in beds])}
    put = [one for one in beds if _place_of(furniture[one.bed_id]) != one[1:]]
    for bed in put:
        there_is = furniture[bed.bed_id]
        there_is.position, there_is.x, there_is.y = bed[1:]
    work.session.flush()
    return len(moved) + len(put)


def _rows(work: Work, model: type[R], ids: Sequence[int]) -> list[R]:
    query = select(model)
    return [
        row
        for part in bulk.chunks(ids)
        for row in work.session.scalars(query.where(model.id.in_(part)))
    ]


def _outside(rooms: Sequence[Spot]) -> list[Refusal]:
    """Rooms beyond the edge of the plan; 0 and 0 takes one off it."""
    said = _("The plan of a floor has {n} columns and {n} rows.").format(n=MOST)
    return [Refusal(at, "room", said) for at, one in enumerate(rooms) if _is_off(one, MOST)]


def _is_off(one: Spot | BedOrder, across: int) -> bool:
    return (one.x, one.y) != (0, 0) and not (1 <= one.x <= across and 1 <= one.y <= MOST)


def _in_one_place(work: Work, rooms: Sequence[Spot]) -> list[Refusal]:
    """Rooms that would stand in the place of another one of their floor."""
    wanted = {one.room_id: one for one in rooms}
    facilities = select(Room.facility_id).where(bulk.among(work, Room.id, list(wanted)))
    floors: dict[tuple[int, str, int], list[Spot]] = {}
    names: dict[int, str] = {}
    there = select(Room).where(Room.facility_id.in_(facilities)).order_by(Room.id)
    for row in work.session.scalars(there):
        spot = wanted.get(row.id, Spot(row.id, row.x, row.y))
        floors.setdefault((row.facility_id, row.building, row.floor), []).append(spot)
        names[row.id] = row.name
    said = _("Rooms {one} and {other} are drawn in one place. Move one of them.")
    pairs = [pair for spots in floors.values() for pair in clashes(spots)]
    return _between(pairs, "room", said, ([one.room_id for one in rooms], names))


def _between(
    pairs: Sequence[tuple[int, int]],
    field: str,
    said: str,
    known: tuple[Sequence[int], Mapping[int, str]],
) -> list[Refusal]:
    """What is said of two in one place, of which at least one was to be put there."""
    wanted, names = known
    at = {key: n for n, key in enumerate(wanted)}
    return [
        Refusal(
            at.get(other, at.get(one, 0)), field, said.format(one=names[one], other=names[other])
        )
        for one, other in pairs
        if one in at or other in at
    ]


def _place_of(bed: Bed) -> tuple[int, int, int]:
    return bed.position, bed.x, bed.y


def _beyond(beds: Sequence[BedOrder]) -> list[Refusal]:
    """Beds beyond the walls of a room; 0 and 0 takes one off the plan."""
    said = _("A room has {n} columns of beds.").format(n=BEDS_ACROSS)
    return [Refusal(at, "bed", said) for at, one in enumerate(beds) if _is_off(one, BEDS_ACROSS)]


def _twice(work: Work, beds: Sequence[BedOrder], within: Set[int]) -> list[Refusal]:
    """Beds that would have the place of another one in their rooms, which are these."""
    wanted = {one.bed_id: one for one in beds}
    rooms: dict[int, list[BedOrder]] = {}
    names: dict[int, str] = {}
    query = select(Bed).where(Bed.room_id.in_(sorted(within))).order_by(Bed.id)
    for row in work.session.scalars(query):
        there = rooms.setdefault(row.room_id, [])
        there.append(wanted.get(row.id, BedOrder(row.id, *_place_of(row))))
        names[row.id] = row.label
    said = _("Beds {one} and {other} have one place in the room. Move one of them.")
    pairs = [pair for inside in rooms.values() for pair in _clashing(inside)]
    return _between(pairs, "bed", said, ([one.bed_id for one in beds], names))


def _clashing(inside: Sequence[BedOrder]) -> list[tuple[int, int]]:
    """Pairs of beds of a room with one place in its order, or on its plan."""
    ordered = [(one.bed_id, one.position, 1) for one in inside]
    drawn = [(one.bed_id, one.x, one.y) for one in inside]
    return list(dict.fromkeys([*clashes(ordered), *clashes(drawn)]))
