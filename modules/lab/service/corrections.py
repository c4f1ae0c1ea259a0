"""The life of a result after it was entered: withheld, reinstated, replaced by another one.

Whoever calls has seen to it that two persons stand behind the change; here only what is in force is
moved. A result that is not in force is in no list, for every question asks for those that are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab import queries
from modules.lab.codes import Method, Outcome
from modules.lab.models import Measurement, MeasurementDetail, genes_of
from modules.lab.permissions import ENTER
from modules.lab.service.measuring import DETAIL, MEASUREMENT, meaning


class Correction(NamedTuple):
    """The result that takes the place of a tube's: what is reported, by whom, since when.

    ``measured_as`` is the measurement whose kit, lot and place hold for it too: that of the other
    tube where two were swapped.
    """

    tube_id: int
    reported: Outcome
    method: Method
    ct: str
    tested_at: str
    entered_by: int
    entered_at: datetime
    measured_as: int


@use_case(ENTER)
def withhold(work: Work, measurements: Sequence[int]) -> None:
    """Take results out of force; the tubes stay as they are."""
    bulk.update_rows(work, Measurement, measurements, {"current": False})


@use_case(ENTER)
def reinstate(work: Work, measurements: Sequence[int]) -> None:
    """Put results that were withheld back into force."""
    bulk.update_rows(work, Measurement, measurements, {"current": True})


@use_case(ENTER)
def replace(work: Work, corrections: Sequence[Correction]) -> list[int]:
    """Put another result in force for each of these tubes; the ids of the new ones, in order."""
    tubes = [one.tube_id for one in corrections]
    withhold(work, list(queries.current_measurements(work, tubes).values()))
    pooled = queries.pooled(work, tubes)
    rows = [
        (
            one.tube_id,
            pooled[one.tube_id],
            meaning(one.reported, pooled=pooled[one.tube_id]),
            one.reported,
            True,
            one.method,
            one.ct,
            one.tested_at,
            one.entered_by,
            one.entered_at,
        )
        for one in corrections
    ]
    made = bulk.insert_rows(work, Measurement, MEASUREMENT, rows)
    _keep_details(work, dict(zip(made, corrections, strict=True)))
    return made


def _keep_details(work: Work, made: Mapping[int, Correction]) -> None:
    """Say of each new measurement what is known of the one that it was measured as.

    The genes are copied where the Ct is the same, and read from the new Ct where it is another.
    """
    old = [one.measured_as for one in made.values()]
    there = select(MeasurementDetail).where(bulk.among(work, MeasurementDetail.measurement_id, old))
    known = {row.measurement_id: row for row in work.session.scalars(there)}
    wrote = select(Measurement.id, Measurement.ct).where(bulk.among(work, Measurement.id, old))
    before = {row[0]: row[1] for row in work.session.execute(wrote)}
    rows = []
    for key, one in made.items():
        was = known.get(one.measured_as)
        genes = was.genes if was is not None and before[one.measured_as] == one.ct else one.ct
        if was is not None or any(gene.name for gene in genes_of(genes)):
            told = (was.performed_at, was.number, was.kit, was.lot) if was else (None, "", "", "")
            rows.append((key, *told, genes))
    bulk.insert_rows(work, MeasurementDetail, DETAIL, rows)
