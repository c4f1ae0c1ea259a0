"""Who has to be swabbed again: a rejection or a pool opens the task, a new swab closes it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab import checks
from modules.lab.codes import Again, Outcome, Stage
from modules.lab.models import Recollection, Specimen, Tube
from modules.lab.permissions import ENTER, RECEIVE, REGISTER

BY_RESULT = {
    Outcome.AWAITING_SINGLES: Again.POOL,
    Outcome.INCONCLUSIVE: Again.UNCLEAR,
    Outcome.INVALID: Again.UNCLEAR,
}
TASK = ("specimen_id", "why", "opened_at", "opened_by")


@use_case(RECEIVE)
def swab_again(work: Work, tubes: Sequence[int], why: Again) -> int:
    """Open a task for everybody whose swab is in these tubes, once. Returns how many."""
    query = select(Specimen.id).where(bulk.among(work, Specimen.tube_id, tubes))
    swabs = list(work.session.scalars(query.order_by(Specimen.id)))
    there = select(Recollection.specimen_id).where(
        bulk.among(work, Recollection.specimen_id, swabs)
    )
    known = set(work.session.scalars(there))
    rows = [(key, why, work.now(), work.actor.id) for key in swabs if key not in known]
    return len(bulk.insert_rows(work, Recollection, TASK, rows))


@use_case(ENTER)
def swab_by_result(work: Work, told: Sequence[tuple[int, Outcome]]) -> int:
    """Open the tasks that released results ask for: single samples of a pool, a clear swab.

    Whoever was swabbed since then need not come again. Returns how many were opened.
    """
    asking: dict[Again, list[int]] = {}
    for tube, outcome in told:
        if (why := BY_RESULT.get(outcome)) is not None:
            asking.setdefault(why, []).append(tube)
    opened = sum(swab_again(work, tubes, why) for why, tubes in asking.items())
    if opened:
        swabbed_again(work, _later(work, [tube for tubes in asking.values() for tube in tubes]))
    return opened


@use_case(ENTER)
def result_changed(work: Work, told: Sequence[tuple[int, Outcome]]) -> int:
    """Let the tasks of tubes be those that their corrected results ask for. Returns how many."""
    for why in dict.fromkeys(BY_RESULT.values()):
        others = [tube for tube, outcome in told if BY_RESULT.get(outcome) is not why]
        need_no_swab(work, others, why)
    return swab_by_result(work, told)


def _later(work: Work, tubes: Sequence[int]) -> list[int]:
    """Swabs of the people in these tubes that were taken later, into tubes that are tested."""
    before, after = aliased(Specimen), aliased(Specimen)
    query = (
        select(after.id)
        .join(before, before.person_id == after.person_id)
        .join(Tube, Tube.id == after.tube_id)
        .where(
            bulk.among(work, before.tube_id, tubes),
            after.collected_at > before.collected_at,
            Tube.stage.not_in((Stage.REJECTED, Stage.CANCELLED)),
        )
        .order_by(after.id)
    )
    return list(dict.fromkeys(work.session.scalars(query)))


@use_case(RECEIVE)
def need_no_swab(work: Work, tubes: Sequence[int], why: Again) -> int:
    """Void the open tasks of these tubes for this reason: it is none any more. Returns how many."""
    query = (
        select(Recollection.id)
        .join(Specimen, Specimen.id == Recollection.specimen_id)
        .where(bulk.among(work, Specimen.tube_id, tubes), Recollection.closed_at.is_(None))
        .where(Recollection.why == why)
    )
    found = list(work.session.scalars(query))
    bulk.update_rows(work, Recollection, found, {"voided_at": work.now()})
    return len(found)


@use_case(REGISTER)
def swabbed_again(work: Work, specimens: Sequence[int]) -> int:
    """Close the tasks of people whose new swabs these are. Returns how many.

    A list that tells no hour may well hold the new swab of the same day.
    """
    if not specimens:
        return 0
    before, after = aliased(Specimen), aliased(Specimen)
    query = (
        select(Recollection.id, after.id)
        .join(before, before.id == Recollection.specimen_id)
        .join(after, after.person_id == before.person_id)
        .where(
            Recollection.closed_at.is_(None),
            bulk.among(work, after.id, specimens),
            after.id != before.id,
            after.collected_at
            >= func.substr(before.collected_at, 1, func.length(after.collected_at)),
        )
    )
    found = {row[0]: row[1] for row in work.session.execute(query)}
    for task, swab in found.items():
        values = {"closed_at": work.now(), "closed_by": work.actor.id, "new_specimen_id": swab}
        bulk.update_rows(work, Recollection, [task], values)
    return len(found)


@use_case(REGISTER)
def missed_again(work: Work, specimens: Sequence[int]) -> int:
    """Open the tasks again that these swabs had closed: they do not come. Returns how many."""
    query = select(Recollection.id).where(
        bulk.among(work, Recollection.new_specimen_id, specimens),
        Recollection.closed_at.is_not(None),
    )
    return take_up_swabbing(work, list(work.session.scalars(query)))


@use_case(REGISTER)
def give_up_swabbing(work: Work, tasks: Sequence[int], reason: str) -> int:
    """Close tasks that no swab will close, with the reason. Returns how many."""
    if not reason.strip():
        raise UserError(_("Say why nobody is swabbed again."))
    refuse(checks.closed_tasks(work, tasks))
    values = {"closed_at": work.now(), "closed_by": work.actor.id, "reason": reason.strip()}
    bulk.update_rows(work, Recollection, tasks, values)
    return len(tasks)


@use_case(REGISTER)
def take_up_swabbing(work: Work, tasks: Sequence[int]) -> int:
    """Open tasks again that were given up. Returns how many."""
    values = {"closed_at": None, "closed_by": None, "reason": "", "new_specimen_id": None}
    bulk.update_rows(work, Recollection, tasks, values)
    return len(tasks)
