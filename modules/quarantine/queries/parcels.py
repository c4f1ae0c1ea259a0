"""The parcel book: what lies at the gate for whom, and what was handed over."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import aliased

from admin_suite.db.work import Work
from admin_suite.registry.models import Person, User
from modules.quarantine.codes import Kind
from modules.quarantine.models import Bed, Claim, Episode, Parcel, Room
from modules.quarantine.queries.beds import FacilityRow, chosen_of, covering

MOST = 2000


class ParcelRow(Struct, frozen=True):
    """A parcel: for whom, from whom, since when, and when it was handed over by whom."""

    id: int
    person: str
    place: str
    sender: str
    content: str
    received_at: datetime
    received_by: str
    handed_at: datetime | None
    handed_by: str


class ParcelBook(Struct, frozen=True):
    """The parcels of a facility; those that lie there first."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    rows: Sequence[ParcelRow]


def parcels(work: Work, facility_id: int = 0) -> ParcelBook:
    """The parcels of a facility, or of the first one: those that lie there, then the latest."""
    there, chosen = chosen_of(work, facility_id)
    receiver, giver = aliased(User), aliased(User)
    stay = (Claim.episode_id == Episode.id) & (Claim.kind == Kind.STAY) & covering(work.now())
    query = (
        select(Parcel, Person.name, Room.name, Bed.label, receiver.full_name, giver.full_name)
        .add_columns(Person.id)
        .join(Episode, Episode.id == Parcel.episode_id)
        .join(Person, Person.id == Episode.person_id)
        .outerjoin(Claim, stay)
        .outerjoin(Bed, Bed.id == Claim.bed_id)
        .outerjoin(Room, Room.id == Claim.room_id)
        .join(receiver, receiver.id == Parcel.received_by)
        .outerjoin(giver, giver.id == Parcel.handed_by)
        .where(Parcel.facility_id == chosen)
        .order_by(Parcel.handed_at.is_not(None), Parcel.received_at.desc(), Parcel.id.desc())
        .limit(MOST)
    )
    rows = list(work.session.execute(query)) if chosen else []
    work.saw(Person.__tablename__, sorted({row[6] for row in rows}))
    made = [
        ParcelRow(
            row[0].id,
            row[1],
            f"{row[2]}-{row[3]}" if row[2] else "",
            row[0].sender,
            row[0].content,
            row[0].received_at,
            row[4],
            row[0].handed_at,
            row[5] or "",
        )
        for row in rows
    ]
    return ParcelBook(there, chosen, made)
