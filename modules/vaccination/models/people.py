"""Who is registered, which doses are known of whom, when the next one is due."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.db.base import DERIVED, IDENTITY, OPEN, Base
from admin_suite.db.guards import Kept, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.vaccination.codes import Arm, Reliability, Source, Standing

THERE: dict[str, Any] = {
    "sqlite_where": text("voided_at IS NULL"),
    "postgresql_where": text("voided_at IS NULL"),
}
IN_VIAL: dict[str, Any] = {
    "unique": True,
    "sqlite_where": text("voided_at IS NULL AND vial_id IS NOT NULL"),
    "postgresql_where": text("voided_at IS NULL AND vial_id IS NOT NULL"),
}


class Registration(Voidable, Base):
    """Somebody registered for vaccination, mostly by a line of a sender's list.

    ``row`` is that line as Excel counts, ``listed_on`` the day of the list; ``priority_group`` is
    the number of a group that a dated rule names. ``wanted_on`` is a FHIR date.
    """

    __tablename__ = "vaccination_registration"
    __table_args__ = (
        Index("ix_vaccination_registration_person_id", "person_id", **THERE),
        Index("uq_vaccination_registration_uid", "uid", **ONE_IN_FORCE),
        Index("ix_vaccination_registration_priority_group_id", "priority_group", "id", **THERE),
        guarded(Kept("kept_vaccination_registration")),
    )
    uid: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    sender_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), index=True, info=OPEN)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)
    row: Mapped[int]
    listed_on: Mapped[date]
    priority_group: Mapped[int | None] = mapped_column(info=OPEN)
    wanted_on: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str]


class Dose(Voidable, Base):
    """One dose as a fact: given here or known from elsewhere. Number and verdict are computed.

    ``uid`` is made where the injection is entered, so pressing twice gives one dose. ``stated`` is
    which dose a list or card calls it. ``draw`` is which dose of its vial it was.
    """

    __tablename__ = "vaccination_dose"
    __table_args__ = (
        UniqueConstraint("uid"),
        Index("ix_vaccination_dose_person_id_given_on", "person_id", "given_on", **THERE),
        Index("ix_vaccination_dose_given_on_id", "given_on", "id", **THERE),
        Index("ix_vaccination_dose_lot", "product", "lot", **THERE),
        Index("uq_vaccination_dose_vial_id_draw", "vial_id", "draw", **IN_VIAL),
        CheckConstraint("(vial_id IS NULL) = (draw IS NULL)", name="drawn"),
        CheckConstraint("voided_at IS NULL OR void_reason <> ''", name="reason"),
        guarded(Kept("kept_vaccination_dose")),
    )
    uid: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    given_on: Mapped[date] = mapped_column(info=OPEN)
    given_at: Mapped[datetime | None]
    product: Mapped[str] = mapped_column(info=OPEN)
    lot: Mapped[str] = mapped_column(info=OPEN)
    stated: Mapped[int]
    place: Mapped[str]
    source: Mapped[Source] = mapped_column(Coded(Source), info=OPEN)
    reliability: Mapped[Reliability] = mapped_column(Coded(Reliability), info=OPEN)
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("vaccination_registration.id"), index=True
    )
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)
    entered_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    vial_id: Mapped[int | None] = mapped_column(ForeignKey("vaccination_vial.id"), info=OPEN)
    draw: Mapped[int | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("vaccination_session.id"), index=True)
    arm: Mapped[Arm | None] = mapped_column(Coded(Arm))
    millilitres: Mapped[str] = mapped_column(default="", server_default="")
    given_by: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")
    void_reason: Mapped[str] = mapped_column(default="", server_default="")


class Forecast(Base):
    """When the next dose of a registered person is due; kept anew whenever a fact changes.

    ``number`` 0: the schedule is complete. ``hold`` is why somebody is not called, until
    ``hold_until`` or for good. What is due on a day is asked by the days, never counted anew.
    """

    __tablename__ = "vaccination_forecast"
    __table_args__ = (
        UniqueConstraint("person_id"),
        Index("ix_vaccination_forecast_due_on_id", "due_on", "id"),
        Index("ix_vaccination_forecast_overdue_on", "overdue_on"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=DERIVED)
    number: Mapped[int]
    given: Mapped[int]
    due_on: Mapped[date | None]
    overdue_on: Mapped[date | None]
    product: Mapped[str]
    hold: Mapped[Standing | None] = mapped_column(Coded(Standing))
    hold_until: Mapped[date | None]
    computed_on: Mapped[date]
