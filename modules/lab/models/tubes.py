"""Sampling lists, the tubes that came with them, the people whose swabs are inside, the results.

The tube is what is labelled, handed over, received and thrown away; a specimen is one person's
swab in it. A tube with several specimens was pooled in the field: a positive one calls everybody
back, for there is nothing left to test again.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Barred, Copied, Fixed, Kept, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.lab.codes import Material, Method, Outcome, Stage, State, Subject, Unfit

COMPLAINTS = {
    "uq_lab_tube_uid": N_("This tube is stored already."),
    "uq_lab_tube_accession": N_("There is a tube of that number."),
    "uq_lab_tube_list_id_code": N_("This list has a tube of that code already."),
    "uq_lab_tube_id_pooled": N_("This tube is stored already."),
    "uq_lab_specimen_uid": N_("This swab is stored already."),
    "uq_lab_specimen_tube_id_person_id": N_("This person's swab is in this tube already."),
    "uq_lab_measurement_told": N_("This result is stored already."),
    "uq_lab_measurement_tube_id": N_("This tube has a result already."),
    "ck_lab_measurement_pool": N_(
        "A pooled tube can only be negative for everybody in it, or wait for single samples."
    ),
    "ck_lab_tube_received": N_("A tube has no result before it was received."),
    "ck_lab_tube_state": N_("A tube cannot be there while its test is so far."),
    "ck_lab_tube_unfit": N_("A tube is rejected with a reason, and nothing else has one."),
    "disposed_lab_tube": N_("A tube that waits for its result is not thrown away."),
    "void_lab_tube": N_("The label of this number is void or missing; use another one."),
    "fixed_lab_tube": N_("The number of a tube never changes, nor the list it came with."),
    "kept_lab_tube": N_("A tube is never deleted."),
    "pooled_lab_tube": N_("A tube that has a result stays what it is."),
    "kept_lab_specimen": N_("A swab is never deleted."),
    "moved_lab_specimen": N_("The tube was received; its swabs stay in it."),
    "voided_lab_specimen": N_("The tube was received; its swabs stay in it."),
    "added_lab_specimen": N_("The tube has a result; nothing can be added to it."),
    "fixed_lab_measurement": N_("A result is never changed; a new one takes its place."),
    "kept_lab_measurement": N_("A result is never deleted."),
    "copied_lab_measurement": N_("A result belongs to its tube."),
}
TOLD = ("tube_id", "outcome", "reported", "method", "ct", "tested_at", "entered_by")
RECEIVED = "EXISTS (SELECT 1 FROM lab_tube WHERE id = {row}.tube_id AND stage <> 'EXPECTED')"

STANDING = (
    "(stage = 'EXPECTED') = (state IN ('PLANNED', 'COLLECTED', 'IN_TRANSIT')) "
    "AND (stage <> 'REJECTED' OR state IN ('REJECTED', 'DISPOSED')) "
    "AND (state <> 'REJECTED' OR stage = 'REJECTED') "
    "AND (stage <> 'CANCELLED' OR state IN ('CANCELLED', 'LOST')) "
    "AND (state <> 'CANCELLED' OR stage = 'CANCELLED') "
    "AND (state NOT IN ('DISPOSED', 'LOST') OR stage <> 'RECEIVED')"
)
"""Which state goes with which stage; nothing is to be measured in a tube that is gone."""

THERE: dict[str, Any] = {
    "sqlite_where": text("voided_at IS NULL"),
    "postgresql_where": text("voided_at IS NULL"),
}
CURRENT: dict[str, Any] = {
    "unique": True,
    "sqlite_where": text('"current"'),
    "postgresql_where": text('"current"'),
}


class SamplingList(Voidable, Base):
    """One list of one sender. Tube codes that a list invents mean nothing outside it."""

    __tablename__ = "lab_list"
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), index=True, info=OPEN)
    title: Mapped[str]
    collected_on: Mapped[date | None]


class Tube(Voidable, Base):
    """One tube. ``accession`` is our number, ``code`` what the sender's list calls it.

    ``stated`` is how many swabs the list says are in it, rows that were refused included;
    ``pooled`` says that it holds several people's swabs; it is fixed when the first result comes.
    ``stage`` is how far its test has come, ``state`` where the tube is, ``unfit`` why it was
    rejected.
    """

    __tablename__ = "lab_tube"
    __table_args__ = (
        Index("uq_lab_tube_list_id_code", "list_id", "code", **ONE_IN_FORCE),
        UniqueConstraint("id", "pooled"),
        CheckConstraint(
            "(received_at IS NULL) = (received_by IS NULL) "
            "AND (stage = 'CANCELLED' OR (stage = 'EXPECTED') = (received_at IS NULL))",
            name="received",
        ),
        CheckConstraint(STANDING, name="state"),
        CheckConstraint(
            "(stage = 'REJECTED') = (unfit IS NOT NULL) "
            "AND (unfit IS NULL) = (rejected_at IS NULL) "
            "AND (unfit IS NULL) = (rejected_by IS NULL) "
            "AND (unfit IS NULL OR unfit <> 'OTHER' OR unfit_note <> '')",
            name="unfit",
        ),
        Index("ix_lab_tube_stage_id", "stage", "id", **THERE),
        guarded(
            Fixed("fixed_lab_tube", ("id", "uid", "accession", "list_id")),
            Kept("kept_lab_tube"),
            Barred(
                "pooled_lab_tube",
                "UPDATE OF pooled",
                "OLD.pooled <> NEW.pooled "
                "AND EXISTS (SELECT 1 FROM lab_measurement WHERE tube_id = OLD.id)",
            ),
            Barred(
                "disposed_lab_tube",
                "UPDATE OF state",
                "NEW.state = 'DISPOSED' AND OLD.state <> 'DISPOSED' "
                "AND NEW.stage NOT IN ('RELEASED', 'REJECTED')",
            ),
            Barred(
                "void_lab_tube",
                "INSERT",
                "EXISTS (SELECT 1 FROM lab_label "
                "WHERE accession = NEW.accession AND state <> 'PRINTED')",
            ),
        ),
    )
    uid: Mapped[str] = mapped_column(unique=True)
    accession: Mapped[str] = mapped_column(unique=True, info=IDENTITY)
    list_id: Mapped[int] = mapped_column(ForeignKey("lab_list.id"))
    code: Mapped[str | None]
    pooled: Mapped[bool] = mapped_column(info=OPEN)
    stated: Mapped[int] = mapped_column(info=OPEN, default=1, server_default="1")
    stage: Mapped[Stage] = mapped_column(Coded(Stage), info=OPEN)
    state: Mapped[State] = mapped_column(
        Coded(State), info=OPEN, default=State.COLLECTED, server_default="COLLECTED"
    )
    received_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    unfit: Mapped[Unfit | None] = mapped_column(Coded(Unfit), info=OPEN)
    unfit_note: Mapped[str] = mapped_column(default="", server_default="")
    rejected_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    rejected_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Specimen(Voidable, Base):
    """One person's swab in a tube. ``collected_at`` is a FHIR date-time, local, as told.

    ``row`` is its line in the sender's list, as Excel counts; ``uid`` the identity that leaves the
    database with it (UUID version 7).
    """

    __tablename__ = "lab_specimen"
    __table_args__ = (
        Index("uq_lab_specimen_tube_id_person_id", "tube_id", "person_id", **ONE_IN_FORCE),
        Index("uq_lab_specimen_uid", "uid", **ONE_IN_FORCE),
        Index("ix_lab_specimen_person_id_id", "person_id", "id", **THERE),
        Index("ix_lab_specimen_collected_at_id", "collected_at", "id", **THERE),
        guarded(
            Kept("kept_lab_specimen"),
            Barred(
                "moved_lab_specimen",
                "UPDATE OF tube_id",
                "OLD.tube_id <> NEW.tube_id "
                f"AND ({RECEIVED.format(row='OLD')} OR {RECEIVED.format(row='NEW')})",
            ),
            Barred(
                "voided_lab_specimen",
                "UPDATE OF voided_at",
                f"OLD.voided_at IS NOT NEW.voided_at AND {RECEIVED.format(row='OLD')}",
            ),
            Barred(
                "added_lab_specimen",
                "INSERT",
                "EXISTS (SELECT 1 FROM lab_tube "
                "WHERE id = NEW.tube_id AND stage NOT IN ('EXPECTED', 'RECEIVED'))",
            ),
        ),
    )
    uid: Mapped[str]
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    row: Mapped[int]
    subject: Mapped[Subject | None] = mapped_column(Coded(Subject))
    specimen: Mapped[Material | None] = mapped_column(Coded(Material))
    collected_at: Mapped[str]
    note: Mapped[str]


class Measurement(Base):
    """A result of a tube as entered; ``current`` until another takes its place.

    ``reported`` is what the machine or the other laboratory said, ``outcome`` what that means for
    the people in the tube. What is ``TOLD`` of it a release copies by a foreign key, so it cannot
    change any more: a correction is a new row. ``pooled`` is copied by a foreign key over the pair
    (tube_id, pooled), so the copy cannot lie and the rule of pools is a plain check.
    """

    __tablename__ = "lab_measurement"
    __table_args__ = (
        UniqueConstraint("id", *TOLD, name="uq_lab_measurement_told"),
        Index("uq_lab_measurement_tube_id", "tube_id", **CURRENT),
        Index("ix_lab_measurement_outcome", "outcome"),
        Index("ix_lab_measurement_entered_at", "entered_at"),
        ForeignKeyConstraint(["tube_id", "pooled"], ["lab_tube.id", "lab_tube.pooled"]),
        CheckConstraint(
            "(pooled AND outcome IN ('NEGATIVE', 'AWAITING_SINGLES')) "
            "OR (NOT pooled AND outcome <> 'AWAITING_SINGLES')",
            name="pool",
        ),
        guarded(
            Fixed("fixed_lab_measurement", free=("current", "version")),
            Kept("kept_lab_measurement"),
            Copied("copied_lab_measurement", "lab_tube", ("tube_id", "pooled"), ("id", "pooled")),
        ),
    )
    tube_id: Mapped[int] = mapped_column(index=True)
    pooled: Mapped[bool]
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome), info=OPEN)
    reported: Mapped[Outcome] = mapped_column(Coded(Outcome), info=OPEN)
    current: Mapped[bool] = mapped_column(info=OPEN)
    method: Mapped[Method] = mapped_column(Coded(Method))
    ct: Mapped[str]
    tested_at: Mapped[str]
    entered_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    entered_at: Mapped[datetime]
