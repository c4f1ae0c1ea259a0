"""Who has to be swabbed again: the task is opened by a rejection, closed by a new swab."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab import checks
from modules.lab.codes import Again
from modules.lab.models import Recollection, Specimen
from modules.lab.permissions import RECEIVE, REGISTER

TASK = ("specimen_id", "why", "opened_at", "opened_by")


@use_case(RECEIVE)
def swab_again(work: Work, tubes: Sequence[int], why: Again) -> int:
    """Open a task for everybody whose swab is in these tubes. Returns how many."""
    query = select(Specimen.id).where(bulk.among(work, Specimen.tube_id, tubes))
    swabs = list(work.session.scalars(query.order_by(Specimen.id)))
    there = select(Recollection.specimen_id).where(
        bulk.among(work, Recollection.specimen_id, swabs)
    )
    known = set(work.session.scalars(there))
    rows = [(key, why, work.now(), work.actor.id) for key in swabs if key not in known]
    return len(bulk.insert_rows(work, Recollection, TASK, rows))


@use_case(RECEIVE)
def need_no_swab(work: Work, tubes: Sequence[int]) -> int:
    """Void the open tasks of these tubes: the tubes are good after all. Returns how many."""
    query = (
        select(Recollection.id)
        .join(Specimen, Specimen.id == Recollection.specimen_id)
        .where(bulk.among(work, Specimen.tube_id, tubes), Recollection.closed_at.is_(None))
    )
    found = list(work.session.scalars(query))
    bulk.update_rows(work, Recollection, found, {"voided_at": work.now()})
    return len(found)


@use_case(REGISTER)
def swabbed_again(work: Work, specimens: Sequence[int]) -> int:
    """Close the tasks of people whose new swabs these are. Returns how many."""
    before, after = aliased(Specimen), aliased(Specimen)
    query = (
        select(Recollection.id, after.id)
        .join(before, before.id == Recollection.specimen_id)
        .join(after, after.person_id == before.person_id)
        .where(
            Recollection.closed_at.is_(None),
            bulk.among(work, after.id, specimens),
            after.id != before.id,
            after.collected_at >= before.collected_at,
        )
    )
    found = {row[0]: row[1] for row in work.session.execute(query)}
    for task, swab in found.items():
        values = {"closed_at": work.now(), "closed_by": work.actor.id, "new_specimen_id": swab}
        bulk.update_rows(work, Recollection, [task], values)
    return len(found)


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
