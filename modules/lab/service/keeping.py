"""What happens to a tube beside its test: rejected, stored, sent on, thrown away, lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.service import unit_id
from modules.lab import checks, queries
from modules.lab.codes import Again, Deed, Stage, State, Unfit
from modules.lab.models import Referral, Specimen, Storage, Tube
from modules.lab.permissions import KEEP, RECEIVE, REGISTER
from modules.lab.rules import DAY, WAYS, reached
from modules.lab.service.again import missed_again, need_no_swab, swab_again, swabbed_again

STORAGE = ("tube_id", "freezer", "rack", "position", "stored_at", "stored_by")
REFERRAL = ("tube_id", "unit_id", "referred_at", "referred_by")
LYING = frozenset({State.STORED, State.REFERRED_OUT})  # these have a place to leave
FIT = {"unfit": None, "unfit_note": "", "rejected_at": None, "rejected_by": None}


@use_case(REGISTER)
def collect(work: Work, tubes: Sequence[int], collected_at: str) -> int:
    """Say that planned swabs were taken, at a local FHIR date-time. Returns how many tubes."""
    if not collected_at or collected_at[:DAY] > stamp(work.now())[:DAY]:
        raise UserError(_("This day is still to come."))
    done = _do(work, tubes, Deed.COLLECT)
    bulk.update_rows(work, Specimen, _swabs(work, tubes), {"collected_at": collected_at})
    return done


@use_case(REGISTER)
def send(work: Work, tubes: Sequence[int]) -> int:
    """Say that tubes are on their way to the laboratory. Returns how many."""
    return _do(work, tubes, Deed.SEND)


@use_case(RECEIVE)
def reject(work: Work, tubes: Sequence[int], reason: Unfit | None, note: str = "") -> int:
    """Reject received tubes, with the reason; everybody in them is swabbed again."""
    refuse(checks.unreasoned(reason, note))
    values: dict[str, Any] = {"unfit": reason, "unfit_note": note.strip()}
    values |= {"rejected_at": work.now(), "rejected_by": work.actor.id}
    done = _do(work, tubes, Deed.REJECT, values)
    swab_again(work, tubes, Again.REJECTED)
    return done


@use_case(RECEIVE)
def unreject(work: Work, tubes: Sequence[int]) -> int:
    """Take a rejection back; nobody is swabbed again because of it. Returns how many."""
    done = _do(work, tubes, Deed.UNREJECT, FIT)
    need_no_swab(work, tubes, Again.REJECTED)
    return done


@use_case(KEEP)
def store(work: Work, tubes: Sequence[int], rack: str, first: int = 0) -> list[int]:
    """Lay tubes into the free positions of a rack, from ``first`` on; returns where they lie.

    ``rack`` is what its label says (``TL1/G03``); without ``first`` the first free ones are taken.
    """
    freezer, shelf = queries.rack_of(rack)
    checks.hold(work, tubes)
    if first:
        positions = list(range(first, first + len(tubes)))
    else:
        taken = queries.taken_positions(work, freezer, shelf)
        free = (at for at in range(1, len(taken) + len(tubes) + 1) if at not in taken)
        positions = [at for at, _tube in zip(free, tubes, strict=False)]
    refuse(checks.unstorable(work, tubes, (freezer, shelf), positions))
    rows = [
        (tube, freezer, shelf, position, work.now(), work.actor.id)
        for tube, position in zip(tubes, positions, strict=True)
    ]
    bulk.insert_rows(work, Storage, STORAGE, rows)
    _turn(work, tubes, Deed.STORE)
    return positions


@use_case(KEEP)
def take_out(work: Work, tubes: Sequence[int]) -> int:
    """Take tubes out of the store. Returns how many."""
    return _do(work, tubes, Deed.TAKE_OUT)


@use_case(KEEP)
def refer(work: Work, tubes: Sequence[int], laboratory: str) -> int:
    """Send tubes on to another laboratory; their results come from there. Returns how many."""
    if not laboratory.strip():
        raise UserError(_("Say which laboratory the tubes are sent to."))
    done = _do(work, tubes, Deed.REFER)
    to = unit_id(work, laboratory.strip())
    rows = [(tube, to, work.now(), work.actor.id) for tube in tubes]
    bulk.insert_rows(work, Referral, REFERRAL, rows)
    return done


@use_case(KEEP)
def take_back(work: Work, tubes: Sequence[int]) -> int:
    """Take tubes back that another laboratory had. Returns how many."""
    return _do(work, tubes, Deed.RETURN)


@use_case(KEEP)
def dispose(work: Work, tubes: Sequence[int]) -> int:
    """Throw tubes away that wait for nothing more and were kept long enough. Returns how many."""
    checks.hold(work, tubes)
    refuse(checks.undisposable(work, tubes))
    _leave_places(work, tubes)
    return _turn(work, tubes, Deed.DISPOSE)


@use_case(REGISTER)
def cancel(work: Work, tubes: Sequence[int]) -> int:
    """Say that tubes will not come; whom they had been taken for waits again. Returns how many."""
    done = _do(work, tubes, Deed.CANCEL)
    missed_again(work, _swabs(work, tubes))
    return done


@use_case(RECEIVE)
def lose(work: Work, tubes: Sequence[int]) -> int:
    """Report tubes as lost; whoever has no result yet is swabbed again. Returns how many."""
    done = _do(work, tubes, Deed.LOSE)
    there = queries.lives(work, tubes)
    without = [key for key, (stage, _state, _in) in there.items() if stage is Stage.CANCELLED]
    swab_again(work, without, Again.LOST)
    return done


@use_case(RECEIVE)
def reopen(work: Work, tubes: Sequence[int]) -> int:
    """Take tubes up again that were lost or cancelled. Returns how many."""
    done = _do(work, tubes, Deed.REOPEN)
    need_no_swab(work, tubes, Again.LOST)
    swabbed_again(work, _swabs(work, tubes))
    return done


def _do(
    work: Work, tubes: Sequence[int], deed: Deed, values: Mapping[str, Any] | None = None
) -> int:
    """One deed with tubes whose way allows it: held, looked at, out of their places, turned."""
    checks.hold(work, tubes)
    refuse(checks.impossible(work, tubes, deed))
    if WAYS[deed].states & LYING:
        _leave_places(work, tubes)
    return _turn(work, tubes, deed, values)


def _swabs(work: Work, tubes: Sequence[int]) -> list[int]:
    inside = select(Specimen.id).where(bulk.among(work, Specimen.tube_id, tubes))
    return list(work.session.scalars(inside))


def _turn(
    work: Work, tubes: Sequence[int], deed: Deed, values: Mapping[str, Any] | None = None
) -> int:
    """Give tubes the stage and state that a deed leads to."""
    to: dict[tuple[Stage, State], list[int]] = {}
    for key, (stage, _state, received) in queries.lives(work, tubes).items():
        after = reached(deed, stage, received=received)
        to.setdefault(after, []).append(key)
    for after, keys in to.items():
        turned = dict(zip(("stage", "state"), after, strict=True))
        bulk.update_rows(work, Tube, keys, {**turned, **(values or {})})
    return len(tubes)


def _leave_places(work: Work, tubes: Sequence[int]) -> None:
    """Nothing lies any more where these tubes lay, and no other laboratory has them."""
    lying = select(Storage.id).where(
        bulk.among(work, Storage.tube_id, tubes), Storage.taken_at.is_(None)
    )
    left = {"taken_at": work.now(), "taken_by": work.actor.id}
    bulk.update_rows(work, Storage, list(work.session.scalars(lying)), left)
    away = select(Referral.id).where(
        bulk.among(work, Referral.tube_id, tubes), Referral.returned_at.is_(None)
    )
    back = {"returned_at": work.now(), "returned_by": work.actor.id}
    bulk.update_rows(work, Referral, list(work.session.scalars(away)), back)
