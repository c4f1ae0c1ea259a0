"""Sampling lists, the tubes that came with them, the people whose swabs are inside, the results.

The tube is what is labelled, handed over, received and thrown away; a specimen is one person's
swab in it. A tube with several specimens was pooled in the field: a positive one calls everybody
back, for there is nothing left to test again.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.lab.codes import Material, Method, Outcome, Stage, Subject

COMPLAINTS = {
    "uq_lab_tube_uid": N_("This tube is stored already."),
    "uq_lab_tube_accession": N_("There is a tube of that number."),
    "uq_lab_tube_list_id_code": N_("This list has a tube of that code already."),
    "uq_lab_tube_id_pooled": N_("This tube is stored already."),
    "uq_lab_specimen_uid": N_("This swab is stored already."),
    "uq_lab_specimen_tube_id_person_id": N_("This person's swab is in this tube already."),
    "uq_lab_measurement_id_entered_by": N_("This result is stored already."),
    "uq_lab_numbering_year_site": N_("The numbers of this year are counted already."),
    "ck_lab_measurement_pool": N_(
        "A pooled tube can only be negative for everybody in it, or wait for single samples."
    ),
    "ck_lab_tube_received": N_("A tube has no result before it was received."),
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
    """

    __tablename__ = "lab_tube"
    __table_args__ = (
        Index("uq_lab_tube_list_id_code", "list_id", "code", **ONE_IN_FORCE),
        UniqueConstraint("id", "pooled"),
        CheckConstraint(
            "(received_at IS NULL) = (received_by IS NULL) "
            "AND (stage = 'EXPECTED') = (received_at IS NULL)",
            name="received",
        ),
    )
    uid: Mapped[str] = mapped_column(unique=True)
    accession: Mapped[str] = mapped_column(unique=True, info=IDENTITY)
    list_id: Mapped[int] = mapped_column(ForeignKey("lab_list.id"))
    code: Mapped[str | None]
    pooled: Mapped[bool] = mapped_column(info=OPEN)
    stated: Mapped[int] = mapped_column(info=OPEN, default=1, server_default="1")
    stage: Mapped[Stage] = mapped_column(Coded(Stage), index=True, info=OPEN)
    received_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Specimen(Voidable, Base):
    """One person's swab in a tube. ``collected_at`` is a FHIR date-time, local, as told.

    ``row`` is its line in the sender's list, as Excel counts; ``uid`` the identity that leaves the
    database with it (UUID version 7).
    """

    __tablename__ = "lab_specimen"
    __table_args__ = (
        Index("uq_lab_specimen_tube_id_person_id", "tube_id", "person_id", **ONE_IN_FORCE),
        Index("uq_lab_specimen_uid", "uid", **ONE_IN_FORCE),
    )
    uid: Mapped[str]
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    person_id: Mapped[int] = mapped_column(
        ForeignKey("registry_person.id"), index=True, info=IDENTITY
    )
    row: Mapped[int]
    subject: Mapped[Subject | None] = mapped_column(Coded(Subject))
    specimen: Mapped[Material | None] = mapped_column(Coded(Material))
    collected_at: Mapped[str]
    note: Mapped[str]


class Measurement(Base):
    """A result of a tube as entered; ``current`` until another takes its place.

    ``reported`` is what the machine or the other laboratory said, ``outcome`` what that means for
    the people in the tube. The pair (id, entered_by) is what a release points at. ``pooled`` is
    copied by a foreign key over the pair (tube_id, pooled), so the copy cannot lie and the rule of
    pools is a plain check.
    """

    __tablename__ = "lab_measurement"
    __table_args__ = (
        UniqueConstraint("id", "entered_by"),
        ForeignKeyConstraint(["tube_id", "pooled"], ["lab_tube.id", "lab_tube.pooled"]),
        CheckConstraint(
            "(pooled AND outcome IN ('NEGATIVE', 'AWAITING_SINGLES')) "
            "OR (NOT pooled AND outcome <> 'AWAITING_SINGLES')",
            name="pool",
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


class Numbering(Base):
    """The next free serial of a year and site; one row is locked while numbers are taken."""

    __tablename__ = "lab_numbering"
    __table_args__ = (UniqueConstraint("year", "site"),)
    year: Mapped[int]
    site: Mapped[str]
    next: Mapped[int]
