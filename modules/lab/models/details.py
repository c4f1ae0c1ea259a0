"""What another laboratory's list, or a machine, says of a result besides what is told of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import append_only

COMPLAINTS = {
    "uq_lab_measurement_detail_measurement_id": N_("The details of this result are stored."),
    "fixed_lab_measurement_detail": N_("The details of a result are never changed."),
    "kept_lab_measurement_detail": N_("The details of a result are never deleted."),
}
GENES = ("ORF1ab", "E", "N", "S", "RdRp", "IC")
BETWEEN = " · "
NOTHING = "–"  # noqa: RUF001 - how people write that a gene was not found


class Gene(NamedTuple):
    """One target of a test; ``ct`` has a decimal point and is empty where it was not found.

    Somewhat more than one laboratory tests two genes by one dye, so a name may be ``N/S``; the
    internal control is ``IC``.
    """

    name: str
    ct: str = ""


class MeasurementDetail(Base):
    """What is known of a measurement besides what a release copies: one row each, if anything.

    ``performed_at`` is the other laboratory, ``number`` that laboratory's own number of the tube;
    ``genes`` says the Ct of each gene as ``genes_of`` reads it.
    """

    __tablename__ = "lab_measurement_detail"
    __table_args__ = (append_only("lab_measurement_detail"),)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("lab_measurement.id"), unique=True)
    performed_at: Mapped[int | None] = mapped_column(ForeignKey("registry_unit.id"), info=OPEN)
    number: Mapped[str]
    kit: Mapped[str]
    lot: Mapped[str]
    genes: Mapped[str]


def genes_said(genes: Sequence[Gene]) -> str:
    """The genes as people read them: ``ORF1ab 24.5 · N 25``; a Ct without a gene stands alone."""
    return BETWEEN.join(f"{gene.name} {gene.ct or NOTHING}".strip() for gene in genes)


def genes_of(said: str) -> tuple[Gene, ...]:
    """The genes of such a text."""
    parts = (re.fullmatch(r"(.*?) ?(\S+)", part) for part in said.split(BETWEEN) if part)
    return tuple(Gene(p[1], "" if p[2] == NOTHING else p[2]) for p in parts if p is not None)
