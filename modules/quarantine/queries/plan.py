"""The plan of a facility: its floors, where their rooms are drawn, and the beds in them."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import select

from admin_suite.db.work import Work
from modules.quarantine.models import Bed, Room
from modules.quarantine.queries.beds import FacilityRow, chosen_of
from modules.quarantine.rules.plan import BedSpot, Spot


class PlanBed(Struct, frozen=True):
    """A bed in the order of its room, and its place in it."""

    id: int
    label: str
    position: int
    x: int
    y: int

    @property
    def spot(self) -> BedSpot:
        """Its place as the rules of plans see it."""
        return BedSpot(self.id, self.x, self.y)


class PlanRoom(Struct, frozen=True):
    """A room with its beds and its place on the plan."""

    id: int
    name: str
    building: str
    floor: int
    x: int
    y: int
    isolation: bool
    beds: Sequence[PlanBed]

    @property
    def spot(self) -> Spot:
        """Its place as the rules of plans see it."""
        return Spot(self.id, self.x, self.y)


class Plan(Struct, frozen=True):
    """The rooms of a facility, floor by floor, in walking order."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    rooms: Sequence[PlanRoom]


def plan(work: Work, facility_id: int = 0) -> Plan:
    """The plan of a facility, of the first one where none is chosen."""
    there, chosen = chosen_of(work, facility_id)
    return Plan(there, chosen, rooms_drawn(work, chosen) if chosen else ())


def rooms_drawn(work: Work, facility_id: int) -> list[PlanRoom]:
    """The rooms of a facility with their beds and places."""
    within = select(Room.id).where(Room.facility_id == facility_id)
    query = select(Bed.room_id, Bed.id, Bed.label, Bed.position, Bed.x, Bed.y)
    query = query.order_by(Bed.position, Bed.id)
    inside: dict[int, list[PlanBed]] = {}
    for row in work.session.execute(query.where(Bed.room_id.in_(within))):
        inside.setdefault(row[0], []).append(PlanBed(*row[1:]))
    rooms = select(Room).where(Room.facility_id == facility_id)
    return [
        PlanRoom(
            row.id,
            row.name,
            row.building,
            row.floor,
            row.x,
            row.y,
            row.isolation,
            inside.get(row.id, ()),
        )
        for row in work.session.scalars(rooms.order_by(Room.building, Room.floor, Room.name))
    ]
