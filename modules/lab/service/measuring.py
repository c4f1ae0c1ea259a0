"""Entering what was measured, here or in another laboratory."""

from collections.abc import Sequence
from typing import NamedTuple

from admin_suite.core.errors import refuse
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from modules.lab import checks, queries
from modules.lab.codes import Method, Outcome, Stage
from modules.lab.models import Measurement, Tube
from modules.lab.permissions import ENTER

MEASUREMENT = (
    "tube_id",
    "pooled",
    "outcome",
    "reported",
    "current",
    "method",
    "ct",
    "tested_at",
    "entered_by",
    "entered_at",
)


class NewResult(NamedTuple):
    """A result of one tube. ``ct`` as the list writes it, ``tested_at`` a FHIR date-time."""

    accession: str
    outcome: Outcome
    method: Method = Method.PCR
    ct: str = ""
    tested_at: str = ""


@use_case(ENTER)
def enter(work: Work, results: Sequence[NewResult], _origin: Origin = TYPED) -> Stored:
    """Enter results of received tubes; the same word again changes nothing.

    A pooled tube that is not negative waits for single samples: nobody in it gets a word.
    """
    numbers = [result.accession for result in results]
    checks.hold(work, [tube.id for tube in queries.tubes_of(work, numbers).values()])
    refuse(checks.wrong_results(work, results))
    tubes = queries.tubes_of(work, numbers)
    now, rows = work.now(), dict[int, tuple[object, ...]]()
    ids: list[int] = []
    for result in results:
        tube = tubes[result.accession]
        outcome = meaning(result.outcome, pooled=tube.pooled)
        if tube.stage is Stage.MEASURED and tube.reported is result.outcome:
            continue
        rows[tube.id] = (
            tube.id,
            tube.pooled,
            outcome,
            result.outcome,
            True,
            result.method,
            result.ct,
            result.tested_at,
            work.actor.id,
            now,
        )
    old = queries.current_measurements(work, list(rows))
    bulk.update_rows(work, Measurement, list(old.values()), {"current": False})
    added = bulk.insert_rows(work, Measurement, MEASUREMENT, list(rows.values()))
    bulk.update_rows(work, Tube, list(rows), {"stage": Stage.MEASURED})
    there = queries.current_measurements(work, [tube.id for tube in tubes.values()])
    ids = [there[tubes[result.accession].id] for result in results]
    return Stored(ids, len(added))


def meaning(reported: Outcome, *, pooled: bool) -> Outcome:
    """What a reported result means for the people in the tube."""
    if pooled and reported is not Outcome.NEGATIVE:
        return Outcome.AWAITING_SINGLES
    return reported
