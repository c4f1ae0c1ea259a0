"""Questions about the people who come: lists as they were stored, and who still has no bed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.narrowing import only
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Ended, Group, Kind, Setting
from modules.quarantine.models import Bed, Claim, Episode, Facility, Party, Room
from modules.quarantine.queries.beds import covering

FILTERS = ("name", "group", "facility", "arrived", "party", "waiting")


class ArrivalRow(Struct, frozen=True):
    """One person's quarantine, field by field as exports carry it; ``bed`` is where he is now."""

    id: int
    row: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    address: str
    group: Group
    index_case: str
    last_contact: str
    arrived: str
    party: str
    symptomatic: bool
    symptoms: str
    doses: int
    origin: str
    vehicle: str
    seat: str
    decision_no: str
    notes: str
    facility: str
    building: str
    room: str
    bed: str
    ended: Ended | None
    ended_at: str
    party_id: int | None
    person_id: int
    uid: str
    setting: Setting


def arrivals(work: Work, where: Mapping[str, str]) -> list[ArrivalRow]:
    """The quarantines that fit, in the order of their lists; ``waiting``: those without a bed."""
    only(where, FILTERS)
    query = _query(work).order_by(Episode.id)
    if where.get("group"):
        query = query.where(Episode.grouping == Group.read(where["group"]))
    if where.get("facility"):
        query = query.where(Facility.code == where["facility"])
    if where.get("arrived"):
        query = query.where(Episode.arrived == _day(where["arrived"]))
    if where.get("party"):
        query = query.where(Party.code == where["party"])
    if where.get("waiting"):
        query = query.where(_without_bed())
    rows = _shown(work, query)
    name = fold(where.get("name", ""))
    return [row for row in rows if name in fold(row.name)] if name else rows


def arrivals_of(work: Work, episodes: Sequence[int]) -> list[ArrivalRow]:
    """These quarantines, in the order asked for."""
    found: dict[int, ArrivalRow] = {}
    for part in bulk.chunks(episodes):
        found |= {row.id: row for row in _shown(work, _query(work).where(Episode.id.in_(part)))}
    return [found[key] for key in episodes if key in found]


def waiting(work: Work, facility_id: int | None = None) -> list[ArrivalRow]:
    """Who is to come, or has come, and has no bed: of one facility and of none in particular."""
    query = _query(work).where(_without_bed())
    if facility_id is not None:
        query = query.where((Episode.facility_id == facility_id) | Episode.facility_id.is_(None))
    return _shown(work, query.order_by(Episode.arrived, Episode.id))


def first_arrivals(work: Work, most: int) -> list[ArrivalRow]:
    """The last few quarantines, for a preview."""
    return _shown(work, _query(work).order_by(Episode.id.desc()).limit(most))


def _without_bed() -> Any:
    """Who is to have a bed and has none; whoever is at home needs none."""
    there = Episode.setting == Setting.FACILITY
    return and_(Claim.id.is_(None), Episode.ended_at.is_(None), there)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = _("“{day}” is not a day such as 2021-08-13.")
        raise UserError(said.format(day=text)) from None


COLUMNS = (
    Episode.id,
    Episode.row,
    Person.name,
    Person.dob,
    Person.sex,
    Person.phone,
    Person.id_no,
    Person.commune_code,
    Person.address,
    Episode.grouping,
    Episode.index_case,
    Episode.last_contact,
    Episode.arrived,
    Party.code,
    Episode.symptomatic,
    Episode.symptoms,
    Episode.doses,
    Episode.origin,
    Episode.vehicle,
    Episode.seat,
    Episode.decision_no,
    Episode.notes,
    Facility.code,
    Room.building,
    Room.name,
    Bed.label,
    Episode.ended,
    Episode.ended_at,
    Episode.party_id,
    Episode.person_id,
    Episode.uid,
    Episode.setting,
)


def _query(work: Work) -> Any:
    stay = (Claim.episode_id == Episode.id) & (Claim.kind == Kind.STAY) & covering(work.now())
    return (
        select(*COLUMNS)
        .join(Person, Person.id == Episode.person_id)
        .outerjoin(Party, Party.id == Episode.party_id)
        .outerjoin(Facility, Facility.id == Episode.facility_id)
        .outerjoin(Claim, stay)
        .outerjoin(Bed, Bed.id == Claim.bed_id)
        .outerjoin(Room, Room.id == Claim.room_id)
    )


COMMUNE, CONTACT, ARRIVED, PARTY, PLACE, ENDED = 7, 11, 12, 13, 22, 27


def _shown(work: Work, query: Any) -> list[ArrivalRow]:
    named, rows, people = commune_names(work), [], []
    for row in work.session.execute(query):
        told: list[Any] = list(row)
        arrived = told[ARRIVED].isoformat()
        told[CONTACT] = told[CONTACT].isoformat() if told[CONTACT] else ""
        told[ARRIVED], told[PARTY] = arrived, told[PARTY] or ""
        told[PLACE : ENDED - 1] = [text or "" for text in told[PLACE : ENDED - 1]]
        told[ENDED] = _stamped(told[ENDED])
        told.insert(COMMUNE + 1, named(told[COMMUNE], arrived))
        rows.append(ArrivalRow(*told))
        people.append(rows[-1].person_id)
    work.saw(Person.__tablename__, people)
    return rows


def _stamped(moment: datetime | None) -> str:
    return stamp(moment) if moment is not None else ""
