"""How long a tube is kept after its release, and whether it may be needed once more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from admin_suite.core.i18n import N_
from admin_suite.db import bulk
from admin_suite.db.dated import RuleBook
from admin_suite.db.work import Work
from modules.lab.codes import Stage
from modules.lab.models import Measurement, Passage, Recollection, Specimen, Tube
from modules.lab.rules import Retention

RETENTION = RuleBook("lab.retention", N_("How long tubes are kept after their release"), Retention)


def released_since(work: Work, tubes: Sequence[int]) -> dict[int, datetime]:
    """Since when the results of these tubes are released, of those that are."""
    query = (
        select(Passage.tube_id, func.max(Passage.at))
        .join(Tube, Tube.id == Passage.tube_id)
        .where(Tube.stage == Stage.RELEASED, Passage.stage == Stage.RELEASED)
        .where(bulk.among(work, Passage.tube_id, tubes))
        .group_by(Passage.tube_id)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}


def in_doubt(work: Work, tubes: Sequence[int]) -> set[int]:
    """Which released tubes have no result in force, and nobody in them is swabbed again.

    A result that was annulled is in force no more either, but it asks for new swabs.
    """
    current = select(Measurement.id).where(Measurement.tube_id == Tube.id, Measurement.current)
    again = (
        select(Recollection.id)
        .join(Specimen, Specimen.id == Recollection.specimen_id)
        .where(Specimen.tube_id == Tube.id)
    )
    query = select(Tube.id).where(
        bulk.among(work, Tube.id, tubes),
        Tube.stage == Stage.RELEASED,
        ~current.exists(),
        ~again.exists(),
    )
    return set(work.session.scalars(query))
