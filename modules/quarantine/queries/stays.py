"""Stays and health rounds, as lists and cards show them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import stamp
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel.narrowing import only
from admin_suite.module import Happening
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.quarantine.codes import Adt, Channel, Ended, Group, Kind, Mark
from modules.quarantine.models import (
    Bed,
    Claim,
    Episode,
    Facility,
    HomeStay,
    Household,
    Movement,
    Observation,
    Room,
)
from modules.quarantine.queries.clocks import clocks


class StayRow(Struct, frozen=True):
    """One stay in one bed, field by field as exports carry it."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    group: Group
    facility: str
    building: str
    room: str
    bed: str
    starts_at: str
    ends_at: str
    ended: Ended | None
    day0: str
    last_day: str
    person_id: int
    episode_id: int


class ObservationRow(Struct, frozen=True):
    """One person in one health round; degrees and per cent as people write them."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    facility: str
    room: str
    bed: str
    day: str
    round: int
    at: str
    temperature: float | None
    saturation: int | None
    symptoms: str
    mark: Mark | None
    person_id: int
    episode_id: int


WHO = (
    Person.name,
    Person.dob,
    Person.sex,
    Person.phone,
    Person.id_no,
    Person.commune_code,
)


def stays(work: Work, where: Mapping[str, str]) -> list[StayRow]:
    """Every stay, the earliest first; ``facility`` limits them to one, ``now`` to those open."""
    only(where, ("facility", "now"))
    query = (
        select(
            Claim.id,
            *WHO,
            Episode.grouping,
            Facility.code,
            Room.building,
            Room.name,
            Bed.label,
            Claim.starts_at,
            Claim.ends_at,
            Claim.ended,
            Claim.person_id,
            Claim.episode_id,
        )
        .join(Episode, Episode.id == Claim.episode_id)
        .join(Person, Person.id == Claim.person_id)
        .join(Room, Room.id == Claim.room_id)
        .join(Bed, Bed.id == Claim.bed_id)
        .join(Facility, Facility.id == Room.facility_id)
        .where(Claim.kind == Kind.STAY)
        .order_by(Claim.starts_at, Claim.id)
    )
    if where.get("facility"):
        query = query.where(Facility.code == where["facility"])
    if where.get("now"):
        query = query.where(Claim.ends_at.is_(None))
    rows: list[Any] = list(work.session.execute(query))
    known = clocks(work, sorted({row[-1] for row in rows}))
    work.saw(Person.__tablename__, sorted({row[-2] for row in rows}))
    found = []
    for row in rows:
        one, told = known.get(row[-1]), list(row)
        told[12:14] = [stamp(row[12]), stamp(row[13]) if row[13] else ""]
        told[15:15] = [one.exposure.on.isoformat(), one.ends_on.isoformat()] if one else ["", ""]
        found.append(StayRow(*told))
    return found


def observations(work: Work, where: Mapping[str, str]) -> list[ObservationRow]:
    """Every health round entered; ``day`` and ``facility`` limit them."""
    only(where, ("day", "facility"))
    query = _observed()
    if where.get("day"):
        query = query.where(Observation.day == date.fromisoformat(where["day"]))
    if where.get("facility"):
        query = query.where(Facility.code == where["facility"])
    found = []
    for row in work.session.execute(query):
        told: list[Any] = list(row)
        told[10], told[12] = told[10].isoformat(), stamp(told[12])
        told[13] = told[13] / 10 if told[13] is not None else None
        found.append(ObservationRow(*told))
    work.saw(Person.__tablename__, sorted({row.person_id for row in found}))
    return found


def _observed() -> Any:
    return (
        select(
            Observation.id,
            *WHO,
            func.coalesce(Facility.code, ""),
            func.coalesce(Room.name, ""),
            func.coalesce(Bed.label, ""),
            Observation.day,
            Observation.round,
            Observation.at,
            Observation.temperature,
            Observation.saturation,
            Observation.symptoms,
            Observation.mark,
            Person.id,
            Episode.id,
        )
        .join(Episode, Episode.id == Observation.episode_id)
        .join(Person, Person.id == Episode.person_id)
        .outerjoin(
            Claim,
            (Claim.episode_id == Episode.id)
            & (Claim.kind == Kind.STAY)
            & (Claim.starts_at <= Observation.at)
            & (Claim.ends_at.is_(None) | (Claim.ends_at > Observation.at)),
        )
        .outerjoin(Room, Room.id == Claim.room_id)
        .outerjoin(Bed, Bed.id == Claim.bed_id)
        .outerjoin(Facility, Facility.id == Room.facility_id)
        .where(Observation.channel == Channel.ROUND)  # calls at home have a list of their own
        .order_by(Observation.day, Observation.round, Observation.id)
    )


def of_person(work: Work, person_id: int) -> Sequence[Happening]:
    """What happened to somebody in quarantine, for the person's card."""
    query = (
        select(Movement.at, Movement.event, Facility.name, Room.name, Bed.label, Movement.reason)
        .join(Claim, Claim.id == Movement.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .join(Bed, Bed.id == Claim.bed_id)
        .join(Facility, Facility.id == Room.facility_id)
        .where(Claim.person_id == person_id)
        .order_by(Movement.id)
    )
    return [*(_happening(*row) for row in work.session.execute(query)), *_home(work, person_id)]


def _home(work: Work, person_id: int) -> list[Happening]:
    """When somebody began to be at home, and how it ended."""
    query = select(HomeStay.starts_at, HomeStay.ends_at, HomeStay.ended, HomeStay.reason)
    query = query.where(HomeStay.person_id == person_id).order_by(HomeStay.id)
    found = []
    for since, until, ended, reason in work.session.execute(query):
        found.append(Happening(since, _("At home in quarantine or followed")))
        if until is not None and ended is not None:
            told = f"{ended.word}. {reason}" if reason else ended.word
            found.append(Happening(until, _("At home no more"), told))
    return [*found, *_corrected(work, person_id)]


def _corrected(work: Work, person_id: int) -> list[Happening]:
    """Times at home that were withdrawn because they were entered in a wrong household."""
    gone, kept = HomeStay.__table__.alias(), HomeStay.__table__.alias()
    left, entered = Household.__table__.alias(), Household.__table__.alias()
    same = (kept.c.episode_id == gone.c.episode_id) & (kept.c.starts_at == gone.c.starts_at)
    query = (
        select(gone.c.voided_at, left.c.address, entered.c.address)
        .join(kept, same & kept.c.voided_at.is_(None))
        .join(left, left.c.id == gone.c.household_id)
        .join(entered, entered.c.id == kept.c.household_id)
        .where(gone.c.person_id == person_id, gone.c.voided_at.is_not(None))
        .order_by(gone.c.id)
    )
    said = _("The household was corrected")
    rows = work.session.execute(query)
    return [Happening(at, said, f"{old or '-'} → {new or '-'}") for at, old, new in rows]


def _happening(
    at: datetime, event: Adt, facility: str, room: str, bed: str, reason: str
) -> Happening:
    place = _("{facility}, room {room}, bed {bed}").format(facility=facility, room=room, bed=bed)
    return Happening(at, event.word, f"{place}. {reason}" if reason else place)
