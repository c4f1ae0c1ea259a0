"""The life of a result after it was entered: withheld, reinstated, replaced by another one.

Whoever calls has seen to it that two persons stand behind the change; here only what is in force is
moved. A result that is not in force is in no list, for every question asks for those that are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab import queries
from modules.lab.codes import Method, Outcome
from modules.lab.models import Measurement
from modules.lab.permissions import ENTER
from modules.lab.service.measuring import MEASUREMENT, meaning


class Correction(NamedTuple):
    """The result that takes the place of a tube's: what is reported, by whom, since when."""

    tube_id: int
    reported: Outcome
    method: Method
    ct: str
    tested_at: str
    entered_by: int
    entered_at: datetime


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
    return bulk.insert_rows(work, Measurement, MEASUREMENT, rows)
