"""Rapid tests: a person, a kit and a word. No tube, no number, no release: they only screen."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.lab.codes import RapidOutcome, Subject
from modules.lab.models.tubes import THERE

COMPLAINTS = {
    "uq_lab_rapid_test_uid": N_("This rapid test is stored already."),
    "uq_lab_rapid_test_person_id": N_("This person has a rapid test of that moment already."),
    "ck_lab_rapid_test_error": N_("Say why the rapid test was entered in error."),
    "fixed_lab_rapid_test": N_(
        "A rapid test stays what it was; one entered in error is marked and entered anew."
    ),
    "kept_lab_rapid_test": N_("A rapid test is never deleted."),
}
SAID = ("id", "uid", "lot_id", "outcome", "tested_at", "site_id", "entered_by", "entered_at")


class RapidTest(Voidable, Base):
    """One rapid test; ``tested_at`` is a FHIR date-time, local, as told.

    ``specimen_id`` is the PCR sample that a positive calls for, ``opened`` whether this test has
    opened it or found it waiting. One that was
    entered in error is void and says by whom and why (FHIR: entered-in-error).
    """

    __tablename__ = "lab_rapid_test"
    __table_args__ = (
        Index("uq_lab_rapid_test_uid", "uid", **ONE_IN_FORCE),
        Index("uq_lab_rapid_test_person_id", "person_id", "tested_at", **ONE_IN_FORCE),
        Index("ix_lab_rapid_test_tested_at", "tested_at", **THERE),
        CheckConstraint(
            "(voided_at IS NULL) = (error_by IS NULL) "
            "AND (voided_at IS NULL) = (error_reason IS NULL)",
            name="error",
        ),
        guarded(Fixed("fixed_lab_rapid_test", SAID), Kept("kept_lab_rapid_test")),
    )
    uid: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lab_kit_lot.id"), index=True)
    outcome: Mapped[RapidOutcome] = mapped_column(Coded(RapidOutcome), info=OPEN)
    tested_at: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), info=OPEN)
    subject: Mapped[Subject | None] = mapped_column(Coded(Subject))
    tester: Mapped[str]
    note: Mapped[str]
    row: Mapped[int]
    specimen_id: Mapped[int | None] = mapped_column(ForeignKey("lab_specimen.id"), index=True)
    opened: Mapped[bool] = mapped_column(info=OPEN)
    entered_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    entered_at: Mapped[datetime]
    error_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    error_reason: Mapped[str | None]
