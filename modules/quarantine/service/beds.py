"""What is done to beds and rooms, and to a stay without ending it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk, settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work, use_case
from modules.quarantine.checks import stays as checks
from modules.quarantine.checks.stays import TAKEN
from modules.quarantine.codes import Adt, Kind
from modules.quarantine.models import Claim, Leave
from modules.quarantine.permissions import PLACE, SETTINGS
from modules.quarantine.queries.beds import BedRow, beds, covering, rooms_of, stays_now
from modules.quarantine.service.stays import CLAIM, cancel, claim_beds, log

AIRING = Setting(
    "quarantine.airing_hours",
    N_("A bed of a positive person rests for"),
    N_("Hours between leaving and use; it is disinfected in between."),
    Whole(0, 168, N_("hours")),
    24,
    SETTINGS,
)


@use_case(PLACE)
def clean(work: Work, bed_ids: Sequence[int]) -> int:
    """Say that beds are clean and free; one of a positive person rests for some hours first."""
    rows = _held(work, bed_ids)
    rest = timedelta(hours=settings.value(work, AIRING))
    wrong = []
    for at, row in enumerate(rows):
        if row.kind not in (Kind.TO_CLEAN, Kind.CONTAMINATED):
            said = _("Bed {bed}, room {room} does not wait for cleaning.")
            wrong.append(Refusal(at, "bed", said.format(bed=row.label, room=row.room)))
        elif row.kind is Kind.CONTAMINATED and row.since and row.since + rest > work.now():
            said = _("Bed {bed}, room {room} rests until {until} after a positive person.")
            until = moment_shown(row.since + rest)
            wrong.append(Refusal(at, "bed", said.format(bed=row.label, room=row.room, until=until)))
    refuse(wrong)
    return _free(work, rows)


@use_case(PLACE)
def close(work: Work, bed_ids: Sequence[int], reason: str) -> int:
    """Take beds that nobody has out of service."""
    rows = _held(work, bed_ids)
    in_use = (Kind.STAY, Kind.RESERVED, Kind.OUT_OF_SERVICE)
    refuse([Refusal(at, "bed", _said(row)) for at, row in enumerate(rows) if row.kind in in_use])
    waiting = [row for row in rows if row.claim_id is not None]
    bulk.update_rows(work, Claim, [row.claim_id or 0 for row in waiting], {"ends_at": work.now()})
    places = [(row.id, row.room_id) for row in rows]
    ids = claim_beds(work, Kind.OUT_OF_SERVICE, places, reason)
    log(work, Adt.A20, [(key, None, reason) for key in ids])
    return len(ids)


@use_case(PLACE)
def open_again(work: Work, bed_ids: Sequence[int]) -> int:
    """Put beds back into service; they wait for cleaning first."""
    rows = _held(work, bed_ids)
    closed = [row for row in rows if row.kind is Kind.OUT_OF_SERVICE]
    if len(closed) < len(rows):
        raise UserError(_("Only beds that are out of service can be put back."))
    done = _free(work, rows)
    claim_beds(work, Kind.TO_CLEAN, [(row.id, row.room_id) for row in rows])
    return done


@use_case(PLACE)
def lock(work: Work, rooms: Sequence[int], reason: str) -> list[int]:
    """Let nobody move into rooms any more; who is there stays, reservations end. The locks."""
    checks.hold(work, rooms)
    there = beds(work, rooms=rooms)
    locked = {row.room_id: row for row in there if row.locked is not None}
    wrong = []
    for at, room in enumerate(rooms):
        if (row := locked.get(room)) is not None and row.locked is not None:
            said = _("Room {room} is locked since {since}.")
            said = said.format(room=row.room, since=moment_shown(row.locked))
            wrong.append(Refusal(at, "room", said))
    refuse(wrong)
    kept = [row.claim_id or 0 for row in there if row.kind is Kind.RESERVED]
    cancel(work, kept)
    log(work, Adt.A38, [(key, None, reason) for key in kept])
    now, who = work.now(), work.actor.id
    rows = [
        (Kind.LOCK, room, None, None, None, now, None, 2, None, None, None, reason, who)
        for room in rooms
    ]
    ids = bulk.insert_rows(work, Claim, CLAIM, rows)
    log(work, Adt.A20, [(key, None, reason) for key in ids])
    return ids


@use_case(PLACE)
def unlock(work: Work, rooms: Sequence[int]) -> int:
    """Let people move into rooms again; returns how many were locked."""
    checks.hold(work, rooms)
    query = select(Claim.id).where(
        Claim.kind == Kind.LOCK, Claim.room_id.in_(rooms), covering(work.now())
    )
    locks = list(work.session.scalars(query))
    now = work.now()
    bulk.update_rows(work, Claim, locks, {"ends_at": now, "enters_until": now})
    log(work, Adt.A20, [(key, None, "") for key in locks])
    return len(locks)


@use_case(PLACE)
def release(work: Work, bed_ids: Sequence[int]) -> int:
    """Give reserved beds free; returns how many were reserved."""
    kept = [row.claim_id or 0 for row in _held(work, bed_ids) if row.kind is Kind.RESERVED]
    cancel(work, kept)
    log(work, Adt.A38, [(key, None, "") for key in kept])
    return len(kept)


@use_case(PLACE)
def leave(work: Work, episode_id: int, reason: str) -> None:
    """Somebody goes for a while, to a scan or a hospital; the bed stays his."""
    there = stays_now(work, [episode_id]).get(episode_id)
    if there is None:
        raise UserError(_("This person has no bed here."))
    away = select(Leave.left_at).where(Leave.claim_id == there[0], Leave.back_at.is_(None))
    if (since := work.session.scalar(away)) is not None:
        said = _("This person is away since {since}.")
        raise UserError(said.format(since=moment_shown(since)))
    row = (there[0], work.now(), reason)
    bulk.insert_rows(work, Leave, ("claim_id", "left_at", "reason"), [row])
    log(work, Adt.A21, [(there[0], None, reason)])


@use_case(PLACE)
def come_back(work: Work, episode_id: int) -> None:
    """Somebody who was away is back in his bed."""
    there = stays_now(work, [episode_id]).get(episode_id)
    key = there[0] if there else 0
    away = select(Leave.id).where(Leave.claim_id == key, Leave.back_at.is_(None))
    found = list(work.session.scalars(away))
    if not found:
        raise UserError(_("This person was not away."))
    bulk.update_rows(work, Leave, found, {"back_at": work.now()})
    log(work, Adt.A22, [(key, None, "")])


def _held(work: Work, bed_ids: Sequence[int]) -> list[BedRow]:
    rooms = rooms_of(work, bed_ids)
    checks.hold(work, set(rooms.values()))
    rows = {row.id: row for row in beds(work, rooms=sorted(set(rooms.values())))}
    missing = [at for at, bed in enumerate(bed_ids) if bed not in rows]
    refuse([Refusal(at, "bed", _("There is no such bed.")) for at in missing])
    return [rows[bed] for bed in bed_ids]


def _free(work: Work, rows: Sequence[BedRow]) -> int:
    ids = [row.claim_id or 0 for row in rows]
    bulk.update_rows(work, Claim, ids, {"ends_at": work.now()})
    log(work, Adt.A20, [(key, None, "") for key in ids])
    return len(ids)


def _said(row: BedRow) -> str:
    return _(TAKEN[row.kind or Kind.STAY]).format(
        bed=row.label,
        room=row.room,
        person=row.person,
        since=moment_shown(row.since) if row.since else "",
        until=moment_shown(row.until) if row.until else "",
    )
