"""Who is in which room with the dates of each: what is printed for doors, rounds and kitchens."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import here, midnight_of
from admin_suite.db.work import Work
from modules.quarantine.codes import Adt, Ended, Kind
from modules.quarantine.models import Claim, Episode, Facility, Movement, Room
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import BedRow, beds
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.rules.clock import Clock


class Lodger(Struct, frozen=True):
    """A bed with whoever stays in it; an empty one has nobody."""

    bed: BedRow
    who: ArrivalRow | None = None
    clock: Clock | None = None


class RoomSheet(Struct, frozen=True):
    """A room with all its beds in their order."""

    name: str
    building: str
    floor: int
    most: int
    lodgers: Sequence[Lodger]

    @property
    def people(self) -> list[Lodger]:
        """The beds that somebody has."""
        return [one for one in self.lodgers if one.who is not None]


class Gone(Struct, frozen=True):
    """Somebody who left without leave: when, and from which bed."""

    who: ArrivalRow
    facility: str
    room: str
    last_seen: datetime
    left_at: datetime
    reason: str


def roster(work: Work, facility_id: int, room: str = "") -> list[RoomSheet]:
    """The rooms of a facility in walking order, or the one of that name."""
    rows = [one for one in beds(work, facility_id) if not room or one.room == room]
    keys = [one.episode_id for one in rows if one.kind is Kind.STAY and one.episode_id]
    people = {who.id: who for who in arrivals_of(work, keys)}
    known = clocks(work, keys)
    inside: dict[int, list[Lodger]] = {}
    for one in rows:
        key = one.episode_id if one.kind is Kind.STAY else None
        lodger = Lodger(one, people.get(key or 0), known.get(key or 0))
        inside.setdefault(one.room_id, []).append(lodger)
    return [
        RoomSheet(
            some[0].bed.room,
            some[0].bed.building,
            some[0].bed.floor,
            min(len(some), some[0].bed.most or len(some)),
            some,
        )
        for some in inside.values()
    ]


def passengers(work: Work, facility_id: int, day: date) -> dict[str, list[ArrivalRow]]:
    """Who comes to a facility on a day, by vehicle and in the order of the seats."""
    query = select(Episode.id).where(Episode.facility_id == facility_id, Episode.arrived == day)
    rows = arrivals_of(work, list(work.session.scalars(query.order_by(Episode.id))))
    found: dict[str, list[ArrivalRow]] = {}
    for row in sorted(rows, key=lambda row: (row.vehicle, len(row.seat), row.seat, row.id)):
        found.setdefault(row.vehicle, []).append(row)
    return found


def departed(work: Work, facility_id: int, day: date) -> list[ArrivalRow]:
    """Who completed quarantine at a facility on a day and went home."""
    first = midnight_of(day)
    query = (
        select(Claim.episode_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Claim.ended == Ended.DISCHARGED, Room.facility_id == facility_id)
        .where(Claim.ends_at >= first, Claim.ends_at < first + timedelta(days=1))
        .order_by(Claim.ends_at, Claim.id)
    )
    return arrivals_of(work, [key for key in work.session.scalars(query) if key is not None])


def absconders(work: Work, facility_id: int, day: date) -> list[Gone]:
    """Who left a facility without leave on a day."""
    query = (
        select(
            Claim.episode_id,
            Facility.name,
            Room.name,
            Claim.starts_at,
            Claim.ends_at,
            Movement.reason,
        )
        .join(Movement, (Movement.claim_id == Claim.id) & (Movement.event == Adt.A03))
        .join(Room, Room.id == Claim.room_id)
        .join(Facility, Facility.id == Room.facility_id)
        .where(Claim.ended == Ended.ABSCONDED, Room.facility_id == facility_id)
        .order_by(Movement.id)
    )
    found: list[Any] = list(work.session.execute(query))
    rows = [
        (key, *told, since, until, reason)
        for key, *told, since, until, reason in found
        if key is not None and until is not None and here(until).date() == day
    ]
    people = {who.id: who for who in arrivals_of(work, [row[0] for row in rows])}
    last = {row[0]: Gone(people[row[0]], *row[1:]) for row in rows}
    return list(last.values())
