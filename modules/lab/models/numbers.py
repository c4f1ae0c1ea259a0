"""Numbers that are reserved in blocks, and the ledger of the labels printed with them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from modules.lab.codes import BlockKind, LabelState

COMPLAINTS = {
    "uq_lab_numbering_year_site": N_("The numbers of this year are counted already."),
    "uq_lab_day_site_day": N_("The numbers of this day are counted already."),
    "fixed_lab_day": N_("The first number of a day never changes."),
    "kept_lab_day": N_("The first number of a day is never deleted."),
    "uq_lab_block_year_site_first": N_("These numbers are reserved already."),
    "ck_lab_block_inside": N_("A block deals out its own numbers only."),
    "fixed_lab_block": N_("The numbers of a block never change, nor who reserved them."),
    "kept_lab_block": N_("A block of numbers is never deleted."),
    "uq_lab_label_accession": N_("The label of this number is in the ledger already."),
    "ck_lab_label_settled": N_("A label is void or missing with a reason."),
    "fixed_lab_label": N_("The number of a label never changes."),
    "kept_lab_label": N_("A label stays in the ledger."),
}
LEFT: dict[str, Any] = {
    "sqlite_where": text("next < first + size"),
    "postgresql_where": text("next < first + size"),
}


class Numbering(Base):
    """The next free serial of a year and site; one row is locked while numbers are taken."""

    __tablename__ = "lab_numbering"
    __table_args__ = (UniqueConstraint("year", "site"),)
    year: Mapped[int]
    site: Mapped[str]
    next: Mapped[int]


class DayStart(Base):
    """The first serial that a day may deal out: the short number of a tube counts from it."""

    __tablename__ = "lab_day"
    __table_args__ = (UniqueConstraint("site", "day"), append_only("lab_day"))
    year: Mapped[int]
    site: Mapped[str]
    day: Mapped[date]
    first: Mapped[int]


class Block(Base):
    """Numbers ``first`` to ``first + size - 1``, reserved by somebody for a day.

    The numbers of a station are dealt out in order, ``next`` is the next one; those of labels and
    of a site without network are claimed one by one, and ``next`` stands at the end from the
    beginning. A block that is ``closed_at`` gives the rest of a station back: it is dealt out
    before the counter goes on. What is left of the others has the ``reason``.
    """

    __tablename__ = "lab_block"
    __table_args__ = (
        UniqueConstraint("year", "site", "first"),
        CheckConstraint("size > 0 AND next >= first AND next <= first + size", name="inside"),
        Index("ix_lab_block_left", "site", "year", **LEFT),
        guarded(
            Fixed(
                "fixed_lab_block",
                (
                    "id",
                    "year",
                    "site",
                    "kind",
                    "first",
                    "size",
                    "holder",
                    "unit_id",
                    "day",
                    "reserved_by",
                    "reserved_at",
                ),
            ),
            Kept("kept_lab_block"),
        ),
    )
    year: Mapped[int]
    site: Mapped[str]
    kind: Mapped[BlockKind] = mapped_column(Coded(BlockKind), info=OPEN)
    first: Mapped[int] = mapped_column(info=OPEN)
    size: Mapped[int] = mapped_column(info=OPEN)
    next: Mapped[int] = mapped_column(info=OPEN)
    holder: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("registry_unit.id"), info=OPEN)
    day: Mapped[date] = mapped_column(info=OPEN)
    reserved_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    reserved_at: Mapped[datetime]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Label(Base):
    """A label that was printed: how often, and what became of it; a tube of its number uses it."""

    __tablename__ = "lab_label"
    __table_args__ = (
        CheckConstraint(
            "(state = 'PRINTED' AND settled_at IS NULL AND settled_by IS NULL) "
            "OR (state IN ('VOID', 'MISSING') AND reason <> '' "
            "AND settled_at IS NOT NULL AND settled_by IS NOT NULL)",
            name="settled",
        ),
        guarded(Fixed("fixed_lab_label", ("id", "accession", "block_id")), Kept("kept_lab_label")),
    )
    accession: Mapped[str] = mapped_column(unique=True, info=IDENTITY)
    block_id: Mapped[int | None] = mapped_column(ForeignKey("lab_block.id"), index=True)
    state: Mapped[LabelState] = mapped_column(Coded(LabelState), info=OPEN)
    copies: Mapped[int] = mapped_column(info=OPEN)
    printed_at: Mapped[datetime]
    printed_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    reason: Mapped[str] = mapped_column(default="", server_default="")
    settled_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
