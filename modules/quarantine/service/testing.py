"""Samples that are due, ordered from the laboratory: a tube for each room, its label to print."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work, use_case
from admin_suite.registry.queries import own_unit
from admin_suite.registry.service import NewPerson
from modules.lab.api import NewSample, Subject, register
from modules.quarantine.codes import Errand, Group
from modules.quarantine.models import Task
from modules.quarantine.permissions import OBSERVE
from modules.quarantine.queries.testing import DueRow, due_of

SUBJECTS = {
    Group.F1: Subject.F1,
    Group.RETURNEE: Subject.RETURNEE,
    Group.SYMPTOMATIC: Subject.SYMPTOMATIC,
}


@use_case(OBSERVE)
def order_tests(work: Work, episodes: Sequence[int], day: date) -> int:
    """Announce the swabs of these people to the laboratory for a day; how many tubes.

    Each facility is a sender of its own, and each commune of people at home (our own unit where
    none is known); the people of a facility come in walking order, so the labels come out
    of the printer room by room. The errands that asked for these samples are done with it.
    """
    if day < work.today():
        raise UserError(_("Samples are ordered for today or a day to come."))
    rows = due_of(work, episodes, day)
    wanted = {row.id for row in rows}
    said = _("No sample of this person is due until that day.")
    refuse([Refusal(at, "person", said) for at, key in enumerate(episodes) if key not in wanted])
    tubes = 0
    for sender in dict.fromkeys(row.sender for row in rows):
        some = [row for row in rows if row.sender == sender]
        origin = Origin(sender=sender or own_unit(work).name, day=day)
        register(work, [_sample(row, day) for row in some], origin)
        tubes += len({row.tube for row in some if row.tube}) + sum(not row.tube for row in some)
    _done(work, episodes, day)
    return tubes


def _sample(row: DueRow, day: date) -> NewSample:
    who = row.who
    person = NewPerson(
        who.name,
        who.dob,
        who.sex,
        who.phone,
        who.id_no,
        commune_code=who.commune_code,
        address=who.address,
    )
    return NewSample(
        person,
        day.isoformat(),
        row.tube,
        SUBJECTS.get(who.group, Subject.QUARANTINE),
        note=row.place,
        planned=True,
    )


def _done(work: Work, episodes: Sequence[int], day: date) -> None:
    query = select(Task.id).where(
        Task.errand == Errand.TEST,
        Task.done_at.is_(None),
        Task.due <= day,
        Task.episode_id.in_(episodes),
    )
    done = {"done_at": work.now(), "done_by": work.actor.id}
    bulk.update_rows(work, Task, list(work.session.scalars(query)), done)
