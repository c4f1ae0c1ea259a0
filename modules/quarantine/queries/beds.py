"""Which bed is what at this moment: one question, asked by the board, the verbs and the lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.narrowing import only
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.quarantine.codes import Group, Kind
from modules.quarantine.models import Bed, Claim, Episode, Facility, Leave, Room
from modules.quarantine.rules.keys import Roomer, key_of, sex_key
from modules.quarantine.rules.plan import written


class BedRow(Struct, frozen=True):
    """One bed with what claims it now; ``locked`` is since when its room takes nobody.

    ``x`` and ``y`` are where its room is on the floor, ``column`` and ``line`` where it is in it.
    """

    id: int
    label: str
    room_id: int
    room: str
    building: str
    floor: int
    facility_id: int
    isolation: bool
    accessible: bool
    most: int | None
    claim_id: int | None
    kind: Kind | None
    since: datetime | None
    until: datetime | None
    reason: str
    person_id: int | None
    person: str
    sex: Sex | None
    dob: str
    episode_id: int | None
    group: Group | None
    party_id: int | None
    key: str
    infected: bool
    x: int
    y: int
    column: int
    line: int
    locked: datetime | None = None
    away: datetime | None = None

    @property
    def roomer(self) -> Roomer:
        """Whoever has this bed, as the rules of rooms see him."""
        assert self.person_id is not None  # noqa: S101 - asked of taken and reserved beds alone
        return Roomer(self.person_id, self.sex, self.party_id, self.infected)


class FacilityRow(Struct, frozen=True):
    """A facility, and what its beds are used for now."""

    id: int
    code: str
    name: str
    commune_code: str
    address: str
    phone: str
    rooms: int
    beds: int
    taken: int


def covering(now: datetime, claim: Any = Claim) -> Any:
    """That a claim counts at a moment."""
    return and_(claim.starts_at <= now, or_(claim.ends_at.is_(None), claim.ends_at > now))


def beds(
    work: Work, facility_id: int | None = None, rooms: Sequence[int] | None = None
) -> list[BedRow]:
    """Every bed of a facility, or of these rooms, in walking order."""
    query = (
        select(*_columns())
        .join(Room, Room.id == Bed.room_id)
        .outerjoin(Claim, and_(Claim.bed_id == Bed.id, covering(work.now())))
        .outerjoin(Episode, Episode.id == Claim.episode_id)
        .outerjoin(Person, Person.id == Claim.person_id)
        .order_by(Room.building, Room.floor, Room.name, Bed.position, Bed.id)
    )
    if facility_id is not None:
        query = query.where(Room.facility_id == facility_id)
    if rooms is not None:
        query = query.where(bulk.among(work, Room.id, rooms))
    rows = [BedRow(*tuple(row)) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, sorted({r.person_id for r in rows if r.person_id}))
    locks, leaves = locked_rooms(work), _leaves(work)
    return [_with(row, locks, leaves) for row in rows] if locks or leaves else rows


def _columns() -> tuple[Any, ...]:
    return (
        Bed.id,
        Bed.label,
        Room.id,
        Room.name,
        Room.building,
        Room.floor,
        Room.facility_id,
        Room.isolation,
        Room.accessible,
        Room.most,
        Claim.id,
        Claim.kind,
        Claim.starts_at,
        Claim.ends_at,
        func.coalesce(Claim.reason, ""),
        Claim.person_id,
        func.coalesce(Person.name, ""),
        Person.sex,
        func.coalesce(Person.dob, ""),
        Claim.episode_id,
        Episode.grouping,
        Episode.party_id,
        func.coalesce(Claim.key, ""),
        func.coalesce(Claim.infected, 0) == 1,
        Room.x,
        Room.y,
        Bed.x,
        Bed.y,
    )


def _with(row: BedRow, locks: Mapping[int, datetime], leaves: Mapping[int, datetime]) -> BedRow:
    locked, away = locks.get(row.room_id), leaves.get(row.claim_id or 0)
    if locked is None and away is None:
        return row
    return BedRow(**{**asdict(row), "locked": locked, "away": away})


def locked_rooms(work: Work) -> dict[int, datetime]:
    """The rooms that take nobody now, and since when."""
    query = select(Claim.room_id, func.min(Claim.starts_at)).where(
        Claim.kind == Kind.LOCK, covering(work.now())
    )
    return {row[0]: row[1] for row in work.session.execute(query.group_by(Claim.room_id))}


def _leaves(work: Work) -> dict[int, datetime]:
    query = select(Leave.claim_id, Leave.left_at).where(Leave.back_at.is_(None))
    return {row[0]: row[1] for row in work.session.execute(query)}


def mixed_rooms(work: Work) -> list[BedRow]:
    """Who is in a room of the other sex since an entry was corrected, and cannot stay there.

    A room keeps the key its people came with; where everybody in it was corrected, or one who is
    alone there, the key follows with the next who comes.
    """
    changed = select(Claim.room_id).join(Person, Person.id == Claim.person_id)
    changed = changed.where(Claim.kind == Kind.STAY, covering(work.now()))
    other = (and_(Claim.key == sex.value, Person.sex != sex) for sex in Sex)
    rooms = sorted(set(work.session.scalars(changed.where(or_(*other)))))
    found: dict[int, list[BedRow]] = {}
    for row in beds(work, rooms=rooms) if rooms else ():
        if row.kind is Kind.STAY:
            found.setdefault(row.room_id, []).append(row)
    return [
        row
        for inside in found.values()
        if not key_of([row.roomer for row in inside])
        for row in inside
        if row.key != sex_key(row.roomer)
    ]


def away_now(work: Work) -> set[int]:
    """The quarantines of everybody who is away with leave."""
    query = select(Claim.episode_id).join(Leave, Leave.claim_id == Claim.id)
    keys = work.session.scalars(query.where(Leave.back_at.is_(None)))
    return {key for key in keys if key is not None}


def rooms_of(work: Work, bed_ids: Sequence[int]) -> dict[int, int]:
    """The room of each of these beds."""
    query = select(Bed.id, Bed.room_id)
    return {
        row[0]: row[1]
        for part in bulk.chunks(bed_ids)
        for row in work.session.execute(query.where(Bed.id.in_(part)))
    }


def stays_now(work: Work, episodes: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """The stay, bed and room that each of these people has now, by episode."""
    query = select(Claim.episode_id, Claim.id, Claim.bed_id, Claim.room_id).where(
        Claim.kind == Kind.STAY, covering(work.now())
    )
    return {
        row[0]: (row[1], row[2] or 0, row[3])
        for part in bulk.chunks(episodes)
        for row in work.session.execute(query.where(Claim.episode_id.in_(part)))
        if row[0] is not None
    }


def facilities(work: Work) -> list[FacilityRow]:
    """Every facility with its beds, by name."""
    inside = select(Room.facility_id, func.count().label("n")).group_by(Room.facility_id).subquery()
    held = (
        select(Room.facility_id, func.count(Bed.id).label("n"))
        .join(Bed, Bed.room_id == Room.id)
        .group_by(Room.facility_id)
        .subquery()
    )
    other = aliased(Room)
    used = (
        select(other.facility_id, func.count(Claim.id).label("n"))
        .join(Claim, Claim.room_id == other.id)
        .where(Claim.kind == Kind.STAY, covering(work.now()))
        .group_by(other.facility_id)
        .subquery()
    )
    query = (
        select(
            Facility.id,
            Facility.code,
            Facility.name,
            Facility.commune_code,
            Facility.address,
            Facility.phone,
            func.coalesce(inside.c.n, 0),
            func.coalesce(held.c.n, 0),
            func.coalesce(used.c.n, 0),
        )
        .outerjoin(inside, inside.c.facility_id == Facility.id)
        .outerjoin(held, held.c.facility_id == Facility.id)
        .outerjoin(used, used.c.facility_id == Facility.id)
        .order_by(Facility.name)
    )
    return [FacilityRow(*row) for row in work.session.execute(query)]


def chosen_of(work: Work, facility_id: int) -> tuple[list[FacilityRow], int]:
    """Every facility, and the one that was chosen: the first where it is none, 0 without any."""
    there = facilities(work)
    first = there[0].id if there else 0
    return there, next((one.id for one in there if one.id == facility_id), first)


def facility_coded(work: Work, code: str) -> FacilityRow:
    """The facility of that code or name; without one, the only one there is.

    An unknown one is refused with those there are.
    """
    there = facilities(work)
    codes = ", ".join(row.code for row in there)
    if not there:
        raise UserError(_("There is no facility yet. Set one up first."))
    if not (sought := code.strip().casefold()):
        if len(there) == 1:
            return there[0]
        raise UserError(_("Say which facility: {codes}.").format(codes=codes))
    found = [row for row in there if sought in (row.code.casefold(), row.name.casefold())]
    if not found:
        said = _("There is no facility “{code}”. There are: {codes}.")
        raise UserError(said.format(code=code, codes=codes))
    return found[0]


class RoomRow(Struct, frozen=True):
    """A room as the list of rooms carries it; ``places`` is where its beds stand in it."""

    id: int
    facility: str
    building: str
    floor: int
    name: str
    beds: int
    most: int | None
    accessible: bool
    isolation: bool
    note: str
    taken: int
    places: str = ""


def rooms(work: Work, where: Mapping[str, str]) -> list[RoomRow]:
    """Every room with the number of its beds, in walking order; of one ``facility`` if named."""
    only(where, ("facility",))
    held = select(func.count(Bed.id)).where(Bed.room_id == Room.id).scalar_subquery()
    used = (
        select(func.count(Claim.id))
        .where(Claim.room_id == Room.id, Claim.kind == Kind.STAY, covering(work.now()))
        .scalar_subquery()
    )
    query = (
        select(
            Room.id,
            Facility.code,
            Room.building,
            Room.floor,
            Room.name,
            held,
            Room.most,
            Room.accessible,
            Room.isolation,
            Room.note,
            used,
        )
        .join(Facility, Facility.id == Room.facility_id)
        .order_by(Facility.code, Room.building, Room.floor, Room.name)
    )
    if where.get("facility"):
        query = query.where(Facility.code == where["facility"])
    drawn = select(Bed.room_id, Bed.label, Bed.x, Bed.y).where(Bed.x > 0, Bed.y > 0)
    beds_of: dict[int, dict[str, tuple[int, int]]] = {}
    for room, label, x, y in work.session.execute(drawn):
        beds_of.setdefault(room, {})[label] = (x, y)
    rows = work.session.execute(query)
    return [replace(RoomRow(*row), places=written(beds_of.get(row[0], {}))) for row in rows]
