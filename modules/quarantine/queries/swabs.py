"""Swabs of people in quarantine, as the laboratory lets them be known."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import and_, select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.lab.api import Method, Outcome, Stage, measurements, specimens, tubes

OVER = (Stage.REJECTED, Stage.CANCELLED)


class Swab(Struct, frozen=True):
    """One swab; without a result that was released it has neither method nor outcome."""

    person_id: int
    taken_on: date
    accession: str
    method: Method | None
    outcome: Outcome | None

    @property
    def pending(self) -> bool:
        """Whether its result is still to come."""
        return self.outcome is None


def swabs(work: Work, people: Sequence[int]) -> dict[int, list[Swab]]:
    """The swabs of each of these people, the earliest first; what is unfit or void is left out."""
    swab, tube, found = specimens().subquery(), tubes().subquery(), measurements().subquery()
    query = (
        select(
            swab.c.person_id,
            swab.c.collected_at,
            tube.c.accession,
            tube.c.stage,
            found.c.method,
            found.c.outcome,
        )
        .join(tube, tube.c.id == swab.c.tube_id)
        .outerjoin(found, and_(found.c.tube_id == tube.c.id, tube.c.stage == Stage.RELEASED))
        .where(tube.c.stage.not_in(OVER))
        .order_by(swab.c.collected_at, swab.c.id)
    )
    told: dict[int, list[Swab]] = {}
    for part in bulk.chunks(people):
        for row in work.session.execute(query.where(swab.c.person_id.in_(part))):
            day = date.fromisoformat(row[1][:10])
            told.setdefault(row[0], []).append(Swab(row[0], day, row[2], row[4], row[5]))
    return told
