"""What is watched: positives among the quarantined, clocks that moved, rounds, what is to do."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Kept, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.quarantine.codes import Anchor, CaseState, Channel, Errand, Group, Mark

COMPLAINTS = {
    "uq_quarantine_case_measurement_id_person_id": N_("This result is known here already."),
    "kept_quarantine_case": N_("A positive result is never deleted."),
    "fixed_quarantine_clock_event": N_("What moved a date is never changed."),
    "kept_quarantine_clock_event": N_("What moved a date is never deleted."),
    "ck_quarantine_observation_temperature": N_("This is no temperature of a living person."),
    "ck_quarantine_observation_saturation": N_("A saturation is between 50 and 100 %."),
    "ck_quarantine_observation_mark": N_("Whoever was not measured has no measurement."),
    "uq_quarantine_observation_episode_id_day_round": N_("This round is entered already."),
}
TO_DO: dict[str, Any] = {
    "sqlite_where": text("done_at IS NULL"),
    "postgresql_where": text("done_at IS NULL"),
}


class Case(Base):
    """A positive result of somebody in quarantine, as heard from the laboratory.

    ``sampled_at`` is the moment of the swab as told (FHIR); ``removed_at`` when the person was
    taken out of the room, ``lock_id`` the lock put on it, ``was`` the group of before.
    """

    __tablename__ = "quarantine_case"
    __table_args__ = (
        UniqueConstraint("measurement_id", "person_id"),
        guarded(Kept("kept_quarantine_case")),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("lab_measurement.id"))
    preliminary: Mapped[bool] = mapped_column(info=OPEN)
    sampled_at: Mapped[str]
    heard_at: Mapped[datetime]
    state: Mapped[CaseState] = mapped_column(Coded(CaseState), info=OPEN)
    doubted: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=OPEN)
    removed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    lock_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_claim.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_room.id"))
    was: Mapped[Group | None] = mapped_column(Coded(Group), info=OPEN)


class ClockEvent(Base):
    """The end of somebody's quarantine moved: from which day to which, and what moved it."""

    __tablename__ = "quarantine_clock_event"
    __table_args__ = append_only("quarantine_clock_event")
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    old_end: Mapped[date | None] = mapped_column(info=OPEN)
    new_end: Mapped[date | None] = mapped_column(info=OPEN)
    cause: Mapped[Anchor] = mapped_column(Coded(Anchor), info=OPEN)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_case.id"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("house_rule.id"), info=OPEN)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Task(Base):
    """Something a person has to do; ``due`` is the day, ``about`` says what in a sentence."""

    __tablename__ = "quarantine_task"
    __table_args__ = (Index("ix_quarantine_task_open", "errand", "due", **TO_DO),)
    errand: Mapped[Errand] = mapped_column(Coded(Errand), info=OPEN)
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_case.id"), index=True)
    due: Mapped[date] = mapped_column(info=OPEN)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    dropped: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=OPEN)


class Observation(Voidable, Base):
    """One person in one health round; tenths of a degree, per cent, symptoms in words.

    Whoever could not be measured has a ``mark`` and nothing else. At home ``round`` counts the
    calls, visits and declarations of the day.
    """

    __tablename__ = "quarantine_observation"
    __table_args__ = (
        CheckConstraint(
            "temperature IS NULL OR temperature BETWEEN 340 AND 430", name="temperature"
        ),
        CheckConstraint("saturation IS NULL OR saturation BETWEEN 50 AND 100", name="saturation"),
        CheckConstraint(
            "mark IS NULL OR (temperature IS NULL AND saturation IS NULL AND symptoms = '')",
            name="mark",
        ),
        Index(
            "uq_quarantine_observation_episode_id_day_round",
            "episode_id",
            "day",
            "round",
            **ONE_IN_FORCE,
        ),
    )
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    round: Mapped[int]
    at: Mapped[datetime]
    temperature: Mapped[int | None]
    saturation: Mapped[int | None]
    symptoms: Mapped[str]
    mark: Mapped[Mark | None] = mapped_column(Coded(Mark), info=OPEN)
    channel: Mapped[Channel] = mapped_column(
        Coded(Channel),
        default=Channel.ROUND,
        server_default=Channel.ROUND.value,
        info=OPEN,
    )
    declaration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registry_declaration.id"), index=True
    )
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
