"""Vaccination sessions, and everybody's way through one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Kept, guarded
from admin_suite.db.types import Coded
from modules.vaccination.codes import Call, Consent, Screened, SessionState, Turn

EMPTY: dict[str, Any] = {"default": "", "server_default": ""}


PLANNED_ONCE = ("held_on", "place", "starts")
HELD: dict[str, Any] = {
    "unique": True,
    "sqlite_where": text("state <> 'CANCELLED'"),
    "postgresql_where": text("state <> 'CANCELLED'"),
}


class Session(Base):
    """A session: where, when, who vaccinates, for how many, with what, for whom.

    ``groups`` are the numbers of priority groups with a space between, ``round`` which round of
    the campaign it belongs to.
    """

    __tablename__ = "vaccination_session"
    __table_args__ = (
        Index("uq_vaccination_session_held_on_place_starts", *PLANNED_ONCE, **HELD),
        CheckConstraint("capacity > 0", name="capacity"),
        guarded(Kept("kept_vaccination_session")),
    )
    held_on: Mapped[date] = mapped_column(index=True, info=OPEN)
    starts: Mapped[str] = mapped_column(info=OPEN)
    ends: Mapped[str] = mapped_column(info=OPEN)
    place: Mapped[str] = mapped_column(info=OPEN)
    team: Mapped[str]
    capacity: Mapped[int] = mapped_column(info=OPEN)
    product: Mapped[str] = mapped_column(info=OPEN)
    groups: Mapped[str] = mapped_column(info=OPEN)
    round: Mapped[str] = mapped_column(info=OPEN)
    state: Mapped[SessionState] = mapped_column(Coded(SessionState), info=OPEN)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("vaccination_lot.id"), info=OPEN)


class Visit(Base):
    """Somebody's way through one session, from the invitation to going home.

    A step that was left out is empty, and nothing else waits for it. ``outside`` says that nobody
    had invited him, ``sent_by`` who sent him. ``answers`` are the codes of questions answered with
    yes, ``findings`` what the form made of answers and signs, ``proposed`` its outcome. What the
    clinician decided by the form ``checklist_id`` is ``screened``.
    """

    __tablename__ = "vaccination_visit"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        UniqueConstraint("dose_id"),
        Index("ix_vaccination_visit_session_id_turn", "session_id", "turn"),
        Index("ix_vaccination_visit_person_id", "person_id"),
        CheckConstraint("NOT outside OR sent_by <> ''", name="outside"),
        CheckConstraint("(consent IS NULL) = (consent_at IS NULL)", name="consent"),
        CheckConstraint(
            "(screened IS NULL) = (screened_at IS NULL) "
            "AND (screened IS NULL) = (checklist_id IS NULL)",
            name="screened",
        ),
        guarded(Kept("kept_vaccination_visit")),
    )
    session_id: Mapped[int] = mapped_column(ForeignKey("vaccination_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    turn: Mapped[Turn] = mapped_column(Coded(Turn), info=OPEN)
    slot: Mapped[str] = mapped_column(**EMPTY)
    outside: Mapped[bool] = mapped_column(default=False, info=OPEN)
    sent_by: Mapped[str] = mapped_column(**EMPTY, info=OPEN)
    call: Mapped[Call | None] = mapped_column(Coded(Call), info=OPEN)
    called_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    consent: Mapped[Consent | None] = mapped_column(Coded(Consent), info=OPEN)
    consent_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    consent_by: Mapped[str] = mapped_column(**EMPTY)
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("house_rule.id"), info=OPEN)
    answers: Mapped[str] = mapped_column(**EMPTY)
    temperature: Mapped[str] = mapped_column(**EMPTY)
    pulse: Mapped[int | None]
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    respiration: Mapped[int | None]
    findings: Mapped[str] = mapped_column(**EMPTY)
    proposed: Mapped[Screened | None] = mapped_column(Coded(Screened))
    screened: Mapped[Screened | None] = mapped_column(Coded(Screened), info=OPEN)
    screened_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    screened_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    defer_until: Mapped[date | None] = mapped_column(info=OPEN)
    reason: Mapped[str] = mapped_column(**EMPTY)
    dose_id: Mapped[int | None] = mapped_column(ForeignKey("vaccination_dose.id"), info=OPEN)
    injected_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    rest_until: Mapped[datetime | None] = mapped_column(info=OPEN)
    left_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    left_well: Mapped[bool | None] = mapped_column(info=OPEN)
