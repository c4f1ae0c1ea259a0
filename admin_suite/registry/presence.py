"""Where people stay: a module that places them says so, any other may ask.

A verb here is called by the verb that places people, in the same unit of work.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import Presence, Unit
from admin_suite.registry.permissions import KEEP


@use_case(KEEP)
def arrive(work: Work, people: Sequence[int], unit_id: int, since: datetime) -> None:
    """These people stay at the unit from a moment on, and nowhere else."""
    depart(work, people, since)
    rows = [(person, unit_id, since) for person in people]
    bulk.insert_rows(work, Presence, ("person_id", "unit_id", "since"), rows)


@use_case(KEEP)
def depart(work: Work, people: Sequence[int], until: datetime) -> None:
    """These people stay nowhere any more that anybody knows of."""
    query = select(Presence.id).where(Presence.until.is_(None))
    for part in bulk.chunks(people):
        ids = list(work.session.scalars(query.where(Presence.person_id.in_(part))))
        bulk.update_rows(work, Presence, ids, {"until": until})


def whereabouts(work: Work, people: Sequence[int]) -> dict[int, str]:
    """The names of the units where these people stay now."""
    query = (
        select(Presence.person_id, Unit.name)
        .join(Unit, Unit.id == Presence.unit_id)
        .where(Presence.until.is_(None))
    )
    return {
        row[0]: row[1]
        for part in bulk.chunks(people)
        for row in work.session.execute(query.where(Presence.person_id.in_(part)))
    }
