"""Checking results, releasing them, sending them back."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import Stage, hold, move, swab_by_result
from modules.results import checks, queries
from modules.results.codes import Status
from modules.results.facts import ForewarningsWithdrawn, ResultsReleased
from modules.results.models import CHECKED, COPIED, Release, Return, Version
from modules.results.permissions import RELEASE, VALIDATE
from modules.results.queries import SIGNATURES, Line, Told, copied

RETURN = ("tube_id", "measurement_id", "notice_id", "reason", "returned_by", "returned_at")
VERSION = (
    *COPIED,
    "number",
    "status",
    "since",
    "supersedes",
    "reason",
    "remark",
    "release_id",
    "proposal_id",
    "proposed_by",
    "signed_by",
    "at",
)


@use_case(VALIDATE)
def validate(work: Work, tubes: Sequence[int]) -> int:
    """Confirm that the results of these tubes are sound; never one's own. Returns how many."""
    hold(work, tubes)
    found = queries.lines(work, tubes)
    refuse(checks.unsound(work, tubes, found))
    _insert(work, found, CHECKED, _checked(work))
    move(work, tubes, Stage.CHECKED)
    return len(found)


@use_case(RELEASE)
def release(work: Work, tubes: Sequence[int]) -> int:
    """Hand the checked results of these tubes out. Returns how many."""
    hold(work, tubes)
    found = queries.lines(work, tubes)
    refuse(checks.unreleasable(work, tubes, found))
    return _release(work, found)


@use_case(RELEASE)
def sign(work: Work, tubes: Sequence[int]) -> int:
    """Check and release in one act, where the rule asks for two persons. Returns how many."""
    hold(work, tubes)
    found = queries.lines(work, tubes)
    unchecked = [line for line in found if line.stage is Stage.MEASURED]
    keys = [line.tube_id for line in unchecked]
    if unchecked:
        work.require(VALIDATE)
        refuse(checks.unsound(work, keys, unchecked))
    checked = _checked(work)
    fresh = {
        line.tube_id: replace(
            line, stage=Stage.CHECKED, persons=checked[0], validated_by=work.actor.id
        )
        for line in unchecked
    }
    found = [fresh.get(line.tube_id, line) for line in found]
    refuse(checks.unreleasable(work, tubes, found))
    others = [line for line in found if line.tube_id not in fresh]
    if others:
        _release(work, others)
    signed = (*checked, work.actor.id, work.now())
    ids = _insert(work, unchecked, (*CHECKED, "released_by", "released_at"), signed)
    move(work, keys, Stage.CHECKED, Stage.RELEASED)
    made = zip(unchecked, ids, strict=True)
    return len(others) + _hand_out(work, [replace(line, release_id=key) for line, key in made])


def _release(work: Work, found: Sequence[Line]) -> int:
    """Sign checked results that nothing speaks against, and hand them out. Returns how many."""
    ids = [line.release_id for line in found if line.release_id is not None]
    bulk.update_rows(work, Release, ids, {"released_by": work.actor.id, "released_at": work.now()})
    move(work, [line.tube_id for line in found], Stage.RELEASED)
    return _hand_out(work, found)


def _checked(work: Work) -> tuple[int, int, int, datetime]:
    """What a check by the actor says, by the rule of today; ``CHECKED`` names the fields."""
    rule = SIGNATURES.at(work, work.today())
    return rule.value.persons, rule.id, work.actor.id, work.now()


def _insert(
    work: Work, found: Sequence[Line], fields: Sequence[str], said: tuple[object, ...]
) -> list[int]:
    rows = [(*copied(line), *said) for line in found]
    return bulk.insert_rows(work, Release, (*COPIED, *fields), rows)


def _hand_out(work: Work, found: Sequence[Line]) -> int:
    """Write the first versions of results that are released, and tell of them."""
    if not found:
        return 0
    first, now = (1, Status.FINAL, 1, None, "", ""), work.now()
    told = [Told(*copied(line)) for line in found]
    rows = [
        (*one, *first, line.release_id, None, line.entered_by, work.actor.id, now)
        for one, line in zip(told, found, strict=True)
    ]
    bulk.insert_rows(work, Version, VERSION, rows)
    swab_by_result(work, [(one.tube_id, one.outcome) for one in told])
    work.publish(ResultsReleased(queries.person_results(work, told)))
    return len(found)


@use_case(VALIDATE)
def send_back(work: Work, tubes: Sequence[int], reason: str) -> int:
    """Give results that are not released back to the bench, with the reason. Returns how many.

    Whoever heard of one before its release is to be told that it is void.
    """
    if not reason.strip():
        raise UserError(_("Say why the result goes back."))
    hold(work, tubes)
    found = queries.lines(work, tubes)
    refuse(checks.unreturnable(work, tubes, found))
    values = {"returned_by": work.actor.id, "returned_at": work.now(), "reason": reason.strip()}
    checked = [line.release_id for line in found if line.release_id is not None]
    bulk.update_rows(work, Release, checked, values)
    _withdraw(work, found, reason.strip())
    move(work, tubes, Stage.RECEIVED)
    return len(found)


def _withdraw(work: Work, found: Sequence[Line], reason: str) -> None:
    """Write down why results went back, and tell of those that were told before."""
    notices = queries.notices(work, [line.measurement_id for line in found])
    now, by = work.now(), work.actor.id
    rows = [
        (line.tube_id, line.measurement_id, notices.get(line.measurement_id), reason, by, now)
        for line in found
    ]
    bulk.insert_rows(work, Return, RETURN, rows)
    told = [Told(*copied(line)) for line in found if line.measurement_id in notices]
    if told:
        work.publish(ForewarningsWithdrawn(queries.person_results(work, told)))


@use_case(VALIDATE)
def unvalidate(work: Work, tubes: Sequence[int]) -> int:
    """Take one's own check back, of results that are not released. Returns how many."""
    hold(work, tubes)
    found = queries.lines(work, tubes)
    refuse(checks.unreturnable_check(work, tubes, found))
    ids = [line.release_id for line in found if line.release_id is not None]
    said = {"reason": _("The check was taken back."), "returned_at": work.now()}
    bulk.update_rows(work, Release, ids, {"returned_by": work.actor.id, **said})
    move(work, tubes, Stage.MEASURED)
    return len(ids)
