"""Where and how a result was measured, besides what a release tells of it."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Select, select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Unit
from modules.lab.models import Gene, MeasurementDetail, genes_of


class Detail(Struct, frozen=True):
    """The details of one measurement; ``performed_at`` is empty where it was measured here."""

    measurement_id: int
    performed_at: str
    number: str
    kit: str
    lot: str
    genes: tuple[Gene, ...]


def details() -> Select[int, str, str, str, str, str]:
    """Every result that has details, to be joined as a subquery.

    Columns: measurement_id, performed_at (the name of the unit, null here), number, kit, lot,
    genes (a text that ``genes_of`` reads).
    """
    found = MeasurementDetail
    return select(
        found.measurement_id,
        Unit.name.label("performed_at"),
        found.number,
        found.kit,
        found.lot,
        found.genes,
    ).outerjoin(Unit, Unit.id == found.performed_at)


def details_of(work: Work, measurements: Sequence[int]) -> dict[int, Detail]:
    """The details of these measurements, of those that have any."""
    query = details().where(bulk.among(work, MeasurementDetail.measurement_id, measurements))
    return {
        row[0]: Detail(row[0], row[1] or "", row[2], row[3], row[4], genes_of(row[5]))
        for row in work.session.execute(query)
    }
