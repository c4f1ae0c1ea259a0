"""The laboratory's door: what the other modules may use."""

from datetime import datetime

from sqlalchemy import Select, select

from modules.lab.checks import hold
from modules.lab.codes import Again, Material, Method, Outcome, Stage, Subject, outcome_word
from modules.lab.facts import RapidPositive, RapidPositives, RapidPositivesWithdrawn
from modules.lab.models import TOLD, Gene, Measurement, SamplingList, Specimen, Tube
from modules.lab.queries import Detail, SampleRow, details, details_of, sample_rows, tube_ids
from modules.lab.rules import grouped
from modules.lab.service import (
    Correction,
    NewSample,
    meaning,
    move,
    register,
    reinstate,
    replace,
    result_changed,
    swab_again,
    swab_by_result,
    withhold,
)

__all__ = [
    "TOLD",
    "Again",
    "Correction",
    "Detail",
    "Gene",
    "Material",
    "Method",
    "NewSample",
    "Outcome",
    "RapidPositive",
    "RapidPositives",
    "RapidPositivesWithdrawn",
    "SampleRow",
    "Stage",
    "Subject",
    "details",
    "details_of",
    "grouped",
    "hold",
    "meaning",
    "measurements",
    "move",
    "outcome_word",
    "receptions",
    "register",
    "reinstate",
    "replace",
    "result_changed",
    "sample_rows",
    "specimens",
    "swab_again",
    "swab_by_result",
    "tube_ids",
    "tubes",
    "withhold",
]


def measurements() -> Select[int, int, str, bool, Stage, Outcome, Method, str, str, int, Outcome]:
    """Every result in force with its tube, to be joined as a subquery.

    Columns: id, tube_id, accession, pooled, stage, outcome, method, ct, tested_at, entered_by,
    reported.
    """
    return (
        select(
            Measurement.id,
            Measurement.tube_id,
            Tube.accession,
            Measurement.pooled,
            Tube.stage,
            Measurement.outcome,
            Measurement.method,
            Measurement.ct,
            Measurement.tested_at,
            Measurement.entered_by,
            Measurement.reported,
        )
        .join(Tube, Tube.id == Measurement.tube_id)
        .where(Measurement.current)
    )


def receptions() -> Select[int, int, datetime | None]:
    """Every received tube: tube_id, sender_id, received_at, to be joined as a subquery."""
    return (
        select(Tube.id.label("tube_id"), SamplingList.sender_id, Tube.received_at)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .where(Tube.received_at.is_not(None))
    )


def tubes() -> Select[int, str, bool, Stage, int]:
    """Every tube, whatever is known of it: id, accession, pooled, stage, list_id."""
    return select(Tube.id, Tube.accession, Tube.pooled, Tube.stage, Tube.list_id)


def specimens() -> Select[int, int, int, int, int, str, Stage]:
    """Every swab: id, tube_id, person_id, list_id, sender_id, collected_at, stage; to be joined."""
    return (
        select(
            Specimen.id,
            Specimen.tube_id,
            Specimen.person_id,
            Tube.list_id,
            SamplingList.sender_id,
            Specimen.collected_at,
            Tube.stage,
        )
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
    )
