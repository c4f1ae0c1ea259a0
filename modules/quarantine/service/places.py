"""Facilities, and rooms with their beds."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import Refusal, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry.service import unit_id
from modules.quarantine.models import Bed, Facility, Room
from modules.quarantine.permissions import PLACES
from modules.quarantine.rules.plan import BEDS_ACROSS, EMPTY, LINE, MOST, told
from modules.quarantine.service.plan import BedOrder, arrange

FACILITY = ("code", "name", "unit_id", "commune_code", "address", "phone")
ROOM = ("facility_id", "building", "floor", "name", "most", "accessible", "isolation", "note")
BED = ("room_id", "label", "position")
MOST_BEDS = 200


class NewFacility(NamedTuple):
    """A facility to set up; ``code`` is how lists and commands call it."""

    code: str
    name: str
    commune_code: str = ""
    address: str = ""
    phone: str = ""


class NewRoom(NamedTuple):
    """A room to set up with its beds; ``most`` is how many people it takes, 0 all its beds.

    ``places`` is where the beds stand in it, ``1 2 3 / . . 4``; empty leaves them where they are.
    """

    facility: str
    name: str
    beds: int
    building: str = ""
    floor: int = 0
    most: int = 0
    accessible: bool = False
    isolation: bool = False
    note: str = ""
    places: str = ""


@use_case(PLACES)
def add_facilities(
    work: Work, facilities: Sequence[NewFacility], _origin: Origin = TYPED
) -> Stored:
    """Set up facilities; one whose code is known takes the new words."""
    refuse(wrong_facilities(work, facilities))
    known = bulk.existing(work, Facility, "code", [one.code for one in facilities])
    new: list[tuple[object, ...]] = []
    for one in facilities:
        if one.code in known:
            there = work.session.get_one(Facility, known[one.code])
            there.name, there.commune_code = one.name, one.commune_code
            there.address, there.phone = one.address, one.phone
        else:
            unit = unit_id(work, one.name)
            new.append((one.code, one.name, unit, one.commune_code, one.address, one.phone))
    work.session.flush()
    added = bulk.insert_rows(work, Facility, FACILITY, new)
    fresh = iter(added)
    ids = [known[one.code] if one.code in known else next(fresh) for one in facilities]
    return Stored(ids, len(added), frozenset(added))


@use_case(PLACES)
def add_rooms(work: Work, rooms: Sequence[NewRoom], _origin: Origin = TYPED) -> Stored:
    """Set up rooms with their beds; a known room takes the new words, and beds that it lacks."""
    refuse(wrong_rooms(work, rooms))
    facilities = bulk.existing(work, Facility, "code", [one.facility for one in rooms])
    known = _known(work, set(facilities.values()))
    places = [(facilities[one.facility], one.building, one.name) for one in rooms]
    new = [
        (place[0], one.building, one.floor, one.name, one.most or None, *one[6:9])
        for one, place in zip(rooms, places, strict=True)
        if place not in known
    ]
    added = bulk.insert_rows(work, Room, ROOM, new)
    fresh = iter(added)
    ids = []
    for one, place in zip(rooms, places, strict=True):
        if place in known:
            _change(work.session.get_one(Room, known[place]), one)
        ids.append(known[place] if place in known else next(fresh))
    work.session.flush()
    _furnish(work, dict(zip(ids, [one.beds for one in rooms], strict=True)))
    drawn = {room: told(one.places) for room, one in zip(ids, rooms, strict=True) if one.places}
    if drawn:
        arrange(work, [], _orders(work, drawn))
    return Stored(ids, len(added), frozenset(added))


def wrong_facilities(_work: Work, facilities: Sequence[NewFacility]) -> list[Refusal]:
    """Which facilities cannot be set up, and why."""
    wrong, seen = [], set[str]()
    for at, one in enumerate(facilities):
        if not one.code or not one.name:
            wrong.append(Refusal(at, "code", _("A facility needs a code and a name.")))
        if one.code in seen:
            wrong.append(Refusal(at, "code", _("This code stands in the list twice.")))
        seen.add(one.code)
    return wrong


def wrong_rooms(work: Work, rooms: Sequence[NewRoom]) -> list[Refusal]:
    """Which rooms cannot be set up, and why."""
    codes = bulk.existing(work, Facility, "code", [one.facility for one in rooms])
    wrong, seen = [], set[tuple[str, str, str]]()
    for at, one in enumerate(rooms):
        if one.facility not in codes:
            said = _("There is no facility “{code}”. Set it up first.")
            wrong.append(Refusal(at, "facility", said.format(code=one.facility)))
        if not one.name:
            wrong.append(Refusal(at, "name", _("The name of the room is missing.")))
        if not 0 <= one.beds <= MOST_BEDS:
            wrong.append(Refusal(at, "beds", _("A room has between 0 and 200 beds.")))
        place = (one.facility, one.building, one.name)
        if place in seen:
            wrong.append(Refusal(at, "name", _("This room stands in the list twice.")))
        seen.add(place)
        if one.places and (said := _misplaced(one)):
            wrong.append(Refusal(at, "places", said))
    return wrong


def _misplaced(one: NewRoom) -> str:
    """What is wrong with the places of a room's beds, as a sentence."""
    names = [name for name in one.places.replace(LINE, " ").split() if name != EMPTY]
    if len(names) > len(set(names)):
        return _("A bed stands twice among the places of room {room}.").format(room=one.name)
    numbers = {str(number) for number in range(1, one.beds + 1)}
    if missing := [name for name in names if name not in numbers]:
        said = _("Room {room} has no bed {bed}.")
        return said.format(room=one.name, bed=missing[0])
    if any(x > BEDS_ACROSS or y > MOST for x, y in told(one.places).values()):
        return _("A room has {n} columns of beds.").format(n=BEDS_ACROSS)
    return ""


def _known(work: Work, facilities: set[int]) -> dict[tuple[int, str, str], int]:
    query = select(Room.facility_id, Room.building, Room.name, Room.id)
    rows = work.session.execute(query.where(Room.facility_id.in_(facilities)))
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def _change(room: Room, one: NewRoom) -> None:
    room.floor, room.most = one.floor, one.most or None
    room.accessible, room.isolation, room.note = one.accessible, one.isolation, one.note


def _furnish(work: Work, wanted: dict[int, int]) -> None:
    """Put up the beds that rooms lack; none is taken away."""
    query = select(Bed.room_id, Bed.label)
    there: dict[int, set[str]] = {}
    for part in bulk.chunks(list(wanted)):
        for room, label in work.session.execute(query.where(Bed.room_id.in_(part))):
            there.setdefault(room, set()).add(label)
    rows = [
        (room, str(number), number)
        for room, count in wanted.items()
        for number in range(1, count + 1)
        if str(number) not in there.get(room, ())
    ]
    bulk.insert_rows(work, Bed, BED, rows)


def _orders(work: Work, drawn: Mapping[int, Mapping[str, tuple[int, int]]]) -> list[BedOrder]:
    """The beds of these rooms at their places row by row, then those without one."""
    query = select(Bed.room_id, Bed.id, Bed.label, Bed.position).order_by(Bed.position, Bed.id)
    inside: dict[int, list[tuple[int, str, int]]] = {}
    for row in work.session.execute(query.where(bulk.among(work, Bed.room_id, list(drawn)))):
        inside.setdefault(row[0], []).append((row[1], row[2], row[3]))
    found = []
    for room, beds in inside.items():
        spots = drawn[room]
        order = sorted(beds, key=lambda bed: spots.get(bed[1], (0, MOST + 1))[::-1])
        places = [position for _key, _label, position in beds]
        for (key, label, _position), position in zip(order, places, strict=True):
            found.append(BedOrder(key, position, *spots.get(label, (0, 0))))
    return found
