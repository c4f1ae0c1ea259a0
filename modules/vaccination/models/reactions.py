"""Reactions after the injection, requests for correction, and the slips that were handed out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.vaccination.codes import Asked, Common, Ending, Serious, Wrong

EMPTY: dict[str, Any] = {"default": "", "server_default": ""}


class Reaction(Voidable, Base):
    """A usual reaction to a dose: one key, and it is counted."""

    __tablename__ = "vaccination_reaction"
    __table_args__ = (
        Index("uq_vaccination_reaction_dose_id_kind", "dose_id", "kind", **ONE_IN_FORCE),
        guarded(Kept("kept_vaccination_reaction")),
    )
    dose_id: Mapped[int] = mapped_column(ForeignKey("vaccination_dose.id"))
    kind: Mapped[Common] = mapped_column(Coded(Common), info=OPEN)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Event(Base):
    """A severe reaction, with what the WHO's core variables for AEFI ask beside person and dose.

    ``signs`` are codes with a space between. Days the form asks for and nobody knows stay empty,
    and so do pregnancy and breastfeeding where nobody knows or nobody asks.
    """

    __tablename__ = "vaccination_event"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_vaccination_event_dose_id", "dose_id"),
        CheckConstraint("serious IS NOT NULL OR serious_other = ''", name="serious"),
        CheckConstraint("died_on IS NULL OR outcome = 'DIED'", name="death"),
        CheckConstraint("closed_at IS NULL OR outcome <> 'UNKNOWN'", name="closed"),
        guarded(
            Fixed("fixed_vaccination_event", ("id", "number", "dose_id")),
            Kept("kept_vaccination_event"),
        ),
    )
    number: Mapped[str] = mapped_column(info=OPEN)
    dose_id: Mapped[int] = mapped_column(ForeignKey("vaccination_dose.id"))
    onset_at: Mapped[datetime] = mapped_column(info=OPEN)
    signs: Mapped[str]
    description: Mapped[str]
    serious: Mapped[Serious | None] = mapped_column(Coded(Serious), info=OPEN)
    serious_other: Mapped[str] = mapped_column(**EMPTY)
    outcome: Mapped[Ending] = mapped_column(Coded(Ending), info=OPEN)
    died_on: Mapped[date | None]
    autopsy: Mapped[bool | None]
    pregnant: Mapped[bool | None]
    breastfeeding: Mapped[bool | None]
    history: Mapped[str] = mapped_column(**EMPTY)
    other_vaccines: Mapped[str] = mapped_column(**EMPTY)
    diluent_lot: Mapped[str] = mapped_column(**EMPTY)
    treatment: Mapped[str] = mapped_column(**EMPTY)
    reporter: Mapped[str]
    reporter_post: Mapped[str] = mapped_column(**EMPTY)
    reporter_contact: Mapped[str] = mapped_column(**EMPTY)
    known_at: Mapped[datetime] = mapped_column(index=True, info=OPEN)
    reported_on: Mapped[date | None] = mapped_column(info=OPEN)
    notified_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    investigated_on: Mapped[date | None] = mapped_column(info=OPEN)
    national_on: Mapped[date | None] = mapped_column(info=OPEN)
    entered_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(info=OPEN)


class FollowUp(Base):
    """What somebody with a severe reaction was found to be on a day of the follow-up."""

    __tablename__ = "vaccination_follow_up"
    __table_args__ = (
        UniqueConstraint("event_id", "after_days"),
        append_only("vaccination_follow_up"),
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("vaccination_event.id"))
    after_days: Mapped[int]
    seen_on: Mapped[date] = mapped_column(info=OPEN)
    state: Mapped[Ending] = mapped_column(Coded(Ending), info=OPEN)
    note: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Correction(Base):
    """Somebody asks for a correction of what papers and platform say of him or of a dose.

    ``number`` stands on the slip that he gets; ``due_on`` is until when he is answered. ``old`` and
    ``new`` are as a list writes the field; of a whole dose JSON, empty where there is none.
    """

    __tablename__ = "vaccination_correction"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_vaccination_correction_state_due_on", "state", "due_on"),
        CheckConstraint(
            "(state = 'OPEN') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)",
            name="closed",
        ),
        CheckConstraint("state <> 'DECLINED' OR answer <> ''", name="answer"),
        guarded(
            Fixed("fixed_vaccination_correction", ("id", "number", "asked_at")),
            Kept("kept_vaccination_correction"),
        ),
    )
    number: Mapped[str] = mapped_column(info=OPEN)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("registry_person.id"), index=True, info=IDENTITY
    )
    dose_id: Mapped[int | None] = mapped_column(ForeignKey("vaccination_dose.id"), info=OPEN)
    field: Mapped[Wrong] = mapped_column(Coded(Wrong), info=OPEN)
    old: Mapped[str]
    new: Mapped[str]
    evidence: Mapped[str]
    state: Mapped[Asked] = mapped_column(Coded(Asked), info=OPEN)
    asked_at: Mapped[datetime] = mapped_column(info=OPEN)
    asked_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    due_on: Mapped[date] = mapped_column(info=OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    answer: Mapped[str] = mapped_column(**EMPTY)


class Slip(Base):
    """A confirmation that was printed for somebody; a later one takes its place.

    ``said`` is what stands on it: once something else is known, the paper is out of date.
    """

    __tablename__ = "vaccination_slip"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_vaccination_slip_person_id", "person_id"),
        guarded(
            Fixed("fixed_vaccination_slip", ("id", "number", "printed_at", "said")),
            Kept("kept_vaccination_slip"),
        ),
    )
    number: Mapped[str] = mapped_column(info=OPEN)
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    printed_at: Mapped[datetime] = mapped_column(info=OPEN)
    printed_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    doses: Mapped[int] = mapped_column(info=OPEN)
    said: Mapped[str] = mapped_column(**EMPTY)
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("vaccination_slip.id"), info=OPEN)
    correction_id: Mapped[int | None] = mapped_column(
        ForeignKey("vaccination_correction.id"), info=OPEN
    )
