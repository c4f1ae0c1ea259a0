"""The parcel book: what was received at the gate, and handed over."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import Refusal, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Kind
from modules.quarantine.models import Claim, Episode, Parcel, Room
from modules.quarantine.permissions import KEEP
from modules.quarantine.queries.beds import covering

PARCEL = ("facility_id", "episode_id", "sender", "content", "received_at", "received_by")


class NewParcel(NamedTuple):
    """Something that came for somebody: from whom, and what it is."""

    person_id: int
    sender: str
    content: str


@use_case(KEEP)
def receive_parcels(work: Work, facility_id: int, parcels: Sequence[NewParcel]) -> list[int]:
    """Enter what was brought for people who are in a facility."""
    staying = _staying(work, facility_id, [one.person_id for one in parcels])
    wrong = []
    for at, one in enumerate(parcels):
        if one.person_id not in staying:
            said = _("This person is not in this facility now. Look at the name on the parcel.")
            wrong.append(Refusal(at, "person", said))
        if not one.sender.strip():
            wrong.append(Refusal(at, "sender", _("Say who sent the parcel.")))
        if not one.content.strip():
            wrong.append(Refusal(at, "content", _("Say what it is, such as a bag of clothes.")))
    refuse(wrong)
    now, by = work.now(), work.actor.id
    rows = [
        (facility_id, staying[one.person_id], one.sender.strip(), one.content.strip(), now, by)
        for one in parcels
    ]
    return bulk.insert_rows(work, Parcel, PARCEL, rows)


@use_case(KEEP)
def hand_over(work: Work, parcels: Sequence[int]) -> int:
    """Say that parcels were handed to the people they are for."""
    rows = _held(work, parcels)
    said = _("This parcel was handed over at {at} already.")
    refuse(
        [
            Refusal(at, "parcel", said.format(at=moment_shown(row.handed_at)))
            for at, row in enumerate(rows)
            if row.handed_at is not None
        ]
    )
    values = {"handed_at": work.now(), "handed_by": work.actor.id}
    bulk.update_rows(work, Parcel, [row.id for row in rows], values)
    return len(rows)


@use_case(KEEP)
def bring_back(work: Work, parcels: Sequence[int]) -> int:
    """Take a hand-over back: the parcels lie there again."""
    rows = _held(work, parcels)
    values = {"handed_at": None, "handed_by": None}
    bulk.update_rows(work, Parcel, [row.id for row in rows], values)
    return len(rows)


@use_case(KEEP)
def withdraw_parcels(work: Work, parcels: Sequence[int]) -> int:
    """Take parcels out of the book that were entered in error; one handed over stays in it."""
    rows = _held(work, parcels)
    said = _("What was handed over stays in the book.")
    refuse(
        [Refusal(at, "parcel", said) for at, row in enumerate(rows) if row.handed_at is not None]
    )
    bulk.update_rows(work, Parcel, [row.id for row in rows], {"voided_at": work.now()})
    return len(rows)


def _held(work: Work, parcels: Sequence[int]) -> list[Parcel]:
    """These parcels in the order asked for, which nobody else hands over meanwhile."""
    query = select(Parcel).with_for_update()
    found = {
        row.id: row
        for part in bulk.chunks(sorted(set(parcels)))
        for row in work.session.scalars(query.where(Parcel.id.in_(part)).order_by(Parcel.id))
    }
    gone = _("This parcel is not in the book any more.")
    refuse([Refusal(at, "parcel", gone) for at, key in enumerate(parcels) if key not in found])
    return [found[key] for key in dict.fromkeys(parcels)]


def _staying(work: Work, facility_id: int, people: Sequence[int]) -> dict[int, int]:
    """The quarantines of these people who have a bed in a facility now."""
    query = (
        select(Claim.person_id, Claim.episode_id)
        .join(Room, Room.id == Claim.room_id)
        .join(Episode, Episode.id == Claim.episode_id)
        .where(Claim.kind == Kind.STAY, covering(work.now()), Room.facility_id == facility_id)
    )
    return {
        row[0]: row[1]
        for part in bulk.chunks(sorted(set(people)))
        for row in work.session.execute(query.where(Claim.person_id.in_(part)))
        if row[0] is not None and row[1] is not None
    }
