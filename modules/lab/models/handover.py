"""The record of a box of tubes that was handed over (Biên bản giao nhận mẫu)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Barred, Fixed, Kept, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.lab.codes import Finding

COMPLAINTS = {
    "ck_lab_handover_sums": N_("The sums of a hand-over record do not agree."),
    "ck_lab_handover_signed": N_("A hand-over record is signed by who gave and who took."),
    "signed_lab_handover": N_("A hand-over record that was signed stays as it is."),
    "kept_lab_handover": N_("A hand-over record is never deleted."),
    "uq_lab_handover_line_handover_id_tube_id": N_("This tube is in the record already."),
    "signed_lab_handover_line": N_("A hand-over record that was signed stays as it is."),
    "added_lab_handover_line": N_("A hand-over record that was signed stays as it is."),
    "kept_lab_handover_line": N_("A line of a hand-over record is never deleted."),
}
SIGNED = (
    "EXISTS (SELECT 1 FROM lab_handover WHERE id = {row}.handover_id AND signed_at IS NOT NULL)"
)


class Handover(Base):
    """One box of one sender: how many tubes its lists state, how many were in it.

    ``counted`` holds those ``extra`` and ``broken``; what the lists state and the box lacks is
    ``missing``. ``giver`` signs on paper, ``taken_by`` with the PIN.
    """

    __tablename__ = "lab_handover"
    __table_args__ = (
        CheckConstraint(
            "counted = stated - missing + extra AND broken <= counted AND missing >= 0",
            name="sums",
        ),
        CheckConstraint(
            "(signed_at IS NULL) = (taken_by IS NULL) AND (signed_at IS NULL OR giver <> '')",
            name="signed",
        ),
        guarded(
            Fixed("signed_lab_handover", free=("version",), where="OLD.signed_at IS NOT NULL"),
            Kept("kept_lab_handover"),
        ),
    )
    sender_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), index=True, info=OPEN)
    begun_at: Mapped[datetime] = mapped_column(info=OPEN)
    begun_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    stated: Mapped[int] = mapped_column(info=OPEN, default=0)
    counted: Mapped[int] = mapped_column(info=OPEN, default=0)
    missing: Mapped[int] = mapped_column(info=OPEN, default=0)
    extra: Mapped[int] = mapped_column(info=OPEN, default=0)
    broken: Mapped[int] = mapped_column(info=OPEN, default=0)
    giver: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    signed_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    note: Mapped[str] = mapped_column(default="")


class HandoverLine(Voidable, Base):
    """One tube of a box. ``words`` is what was scanned of a tube that nobody knows."""

    __tablename__ = "lab_handover_line"
    __table_args__ = (
        Index("uq_lab_handover_line_handover_id_tube_id", "handover_id", "tube_id", **ONE_IN_FORCE),
        guarded(
            Barred("signed_lab_handover_line", "UPDATE", SIGNED.format(row="OLD")),
            Barred("added_lab_handover_line", "INSERT", SIGNED.format(row="NEW")),
            Kept("kept_lab_handover_line"),
        ),
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("lab_handover.id"), index=True)
    tube_id: Mapped[int | None] = mapped_column(ForeignKey("lab_tube.id"), index=True)
    words: Mapped[str]
    stated: Mapped[bool] = mapped_column(info=OPEN)
    finding: Mapped[Finding] = mapped_column(Coded(Finding), info=OPEN)
