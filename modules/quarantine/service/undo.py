"""The last thing that happened to somebody, taken back with its cancelling event of HL7."""

from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry import presence
from modules.quarantine.checks import stays as checks
from modules.quarantine.codes import Adt, Channel, Kind, Setting
from modules.quarantine.models import (
    Claim,
    Episode,
    Facility,
    HomeStay,
    Movement,
    Observation,
    Room,
)
from modules.quarantine.permissions import PLACE
from modules.quarantine.service.moves import not_gone
from modules.quarantine.service.stays import log

CLEANING = (Kind.TO_CLEAN, Kind.CONTAMINATED)
OPEN = {"ends_at": None, "ended": None}


@use_case(PLACE)
def take_back(work: Work, episode_id: int, reason: str) -> Adt:
    """Take the last admission, move or departure of somebody back; the event that says so.

    A bed that was left for cleaning by it is taken again, unless somebody else has it by now.
    """
    last = _last(work, episode_id)
    stay = work.session.get_one(Claim, last.claim_id)
    checks.hold(work, [stay.room_id], [episode_id])
    if last.event is Adt.A03:
        if stay.ends_at is not None:
            not_gone(work, {episode_id: stay.ends_at})
        _leave_home(work, episode_id)
        _reopen(work, stay)
        episode = work.session.get_one(Episode, episode_id)
        episode.ended_at, episode.ended, episode.is_open = None, None, 1
    else:
        stay.voided_at = work.now()
        work.session.flush()
        if last.former_id is not None:
            _reopen(work, work.session.get_one(Claim, last.former_id))
    work.session.flush()
    event = last.event.undone
    assert event is not None  # noqa: S101 - only events that can be undone are found
    log(work, event, [(stay.id, None, reason)])
    _place(work, episode_id)
    return event


def _last(work: Work, episode_id: int) -> Movement:
    """The last event of somebody's stays that is in force and can be undone."""
    query = (
        select(Movement)
        .join(Claim, Claim.id == Movement.claim_id)
        .where(Claim.episode_id == episode_id, Claim.kind == Kind.STAY)
        .where(Movement.event.in_((Adt.A01, Adt.A02, Adt.A03, Adt.A11, Adt.A12, Adt.A13, Adt.A17)))
        .order_by(Movement.id.desc())
    )
    undone = 0
    for movement in work.session.scalars(query):
        if movement.event in (Adt.A11, Adt.A12, Adt.A13):
            undone += 1
        elif undone:
            undone -= 1
        elif movement.event.undone is None:
            raise UserError(_("Beds that two people exchanged are exchanged back, not taken back."))
        else:
            return movement
    raise UserError(_("There is nothing to take back."))


def _leave_home(work: Work, episode_id: int) -> None:
    """Whoever went home by the departure has not been there; who has been called was."""
    rows = list(
        work.session.scalars(
            select(HomeStay).where(HomeStay.episode_id == episode_id, HomeStay.ends_at.is_(None))
        )
    )
    heard = select(Observation.id).where(
        Observation.episode_id == episode_id, Observation.channel != Channel.ROUND
    )
    if rows and work.session.scalars(heard).first() is not None:
        raise UserError(
            _("This person has been called at home since; bring this person to a facility instead.")
        )
    for row in rows:
        row.voided_at = work.now()
    work.session.get_one(Episode, episode_id).setting = Setting.FACILITY
    work.session.flush()


def _reopen(work: Work, stay: Claim) -> None:
    """Let a stay go on as if it had not ended; the cleaning that came next is void.

    The clock goes on within one act, so the cleaning begins a moment after the stay has ended.
    """
    cleaning = (
        select(Claim)
        .where(Claim.bed_id == stay.bed_id, Claim.id > stay.id, Claim.starts_at >= stay.ends_at)
        .order_by(Claim.starts_at, Claim.id)
    )
    first = work.session.scalars(cleaning).first()
    if first is not None and first.kind in CLEANING:
        first.voided_at = work.now()
    work.session.flush()
    bulk.update_rows(work, Claim, [stay.id], dict(OPEN))
    work.session.expire(stay)


def _place(work: Work, episode_id: int) -> None:
    """Say where the person is now."""
    person = work.session.get_one(Episode, episode_id).person_id
    query = (
        select(Facility.unit_id)
        .join(Room, Room.facility_id == Facility.id)
        .join(Claim, Claim.room_id == Room.id)
        .where(Claim.episode_id == episode_id, Claim.kind == Kind.STAY, Claim.ends_at.is_(None))
    )
    unit = work.session.scalar(query)
    if unit is None:
        presence.depart(work, [person], work.now())
    else:
        presence.arrive(work, [person], unit, work.now())
