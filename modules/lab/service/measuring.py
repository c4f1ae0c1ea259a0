"""Entering what was measured, here or in another laboratory."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from admin_suite.core.errors import refuse
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry.queries import own_unit
from admin_suite.registry.service import unit_id
from modules.lab import checks, queries
from modules.lab.codes import Method, Outcome, Stage
from modules.lab.models import Gene, Measurement, MeasurementDetail, Tube, genes_said
from modules.lab.permissions import ENTER
from modules.lab.queries import NOBODY, Whose

DETAIL = ("measurement_id", "performed_at", "number", "kit", "lot", "genes")
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


class Performed(NamedTuple):
    """Where and how it was measured: the laboratory, its own number, kit and lot, Ct by gene."""

    at: str = ""
    number: str = ""
    kit: str = ""
    lot: str = ""
    genes: tuple[Gene, ...] = ()


HERE = Performed()


class NewResult(NamedTuple):
    """A result of one tube. ``ct`` as the list writes it, ``tested_at`` a FHIR date-time.

    Another laboratory's list may name no tube of ours; then ``whose`` says what it does say, and
    the result is taken for the only tube that this surely means.
    """

    accession: str
    outcome: Outcome
    method: Method = Method.PCR
    ct: str = ""
    tested_at: str = ""
    whose: Whose = NOBODY
    performed: Performed = HERE


@use_case(ENTER)
def enter(work: Work, results: Sequence[NewResult], origin: Origin = TYPED) -> Stored:
    """Enter results of received tubes; the same word again changes nothing.

    A pooled tube that is not negative waits for single samples: nobody in it gets a word.
    """
    numbers = checks.settled(work, results).numbers
    checks.hold(work, [tube.id for tube in queries.tubes_of(work, numbers).values()])
    refuse(checks.wrong_results(work, results))
    numbers = checks.settled(work, results).numbers
    tubes = queries.tubes_of(work, numbers)
    now, rows = work.now(), dict[int, tuple[object, ...]]()
    told: dict[int, Performed] = {}
    for result, number in zip(results, numbers, strict=True):
        tube = tubes[number]
        if tube.stage is not Stage.RECEIVED:
            continue
        told[tube.id] = _told(told.get(tube.id, HERE), result.performed)
        rows[tube.id] = (
            tube.id,
            tube.pooled,
            meaning(result.outcome, pooled=tube.pooled),
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
    _keep_details(work, dict(zip(added, told.values(), strict=True)), origin.sender)
    bulk.update_rows(work, Tube, list(rows), {"stage": Stage.MEASURED})
    there = queries.current_measurements(work, [tube.id for tube in tubes.values()])
    return Stored([there[tubes[number].id] for number in numbers], len(added))


def _told(before: Performed, row: Performed) -> Performed:
    """What several rows of one pooled tube say of it, taken together."""
    return Performed(
        row.at or before.at,
        row.number or before.number,
        row.kit or before.kit,
        row.lot or before.lot,
        row.genes or before.genes,
    )


def _keep_details(work: Work, told: Mapping[int, Performed], sender: str) -> None:
    """Keep what is known besides; a list that names no laboratory was made by its sender."""
    own = own_unit(work).id
    units = {name: unit_id(work, name) for name in {one.at or sender for one in told.values()}}
    rows = []
    for key, one in told.items():
        unit = units[one.at or sender]
        named = any(gene.name for gene in one.genes)
        if unit != own or named or any((one.number, one.kit, one.lot)):
            at = None if unit == own else unit
            rows.append((key, at, one.number, one.kit, one.lot, genes_said(one.genes)))
    bulk.insert_rows(work, MeasurementDetail, DETAIL, rows)


def meaning(reported: Outcome, *, pooled: bool) -> Outcome:
    """What a reported result means for the people in the tube."""
    if pooled and reported is not Outcome.NEGATIVE:
        return Outcome.AWAITING_SINGLES
    return reported
