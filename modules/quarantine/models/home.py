"""Who is quarantined or followed at home: households, and who lives in which since when."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Fixed, Kept, NoOverlap, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import Voidable
from modules.quarantine.codes import Ended

COMPLAINTS = {
    "ex_quarantine_home_stay_person": N_("This person is at home in quarantine at that time."),
    "ck_quarantine_home_stay_span": N_("Nobody leaves home quarantine before it has begun."),
    "fixed_quarantine_home_stay": N_("Who moves to another household begins anew there."),
    "kept_quarantine_home_stay": N_("A time of home quarantine is never deleted."),
    "kept_quarantine_household": N_("A household is never deleted."),
}
NOW: dict[str, Any] = {
    "sqlite_where": text("ends_at IS NULL AND voided_at IS NULL"),
    "postgresql_where": text("ends_at IS NULL AND voided_at IS NULL"),
}


class Household(Base):
    """People under one roof; what a room is to a facility, it is to the clock of a quarantine.

    The commune is where they are called from and visited, whatever the register says of each.
    """

    __tablename__ = "quarantine_household"
    __table_args__ = (guarded(Kept("kept_quarantine_household")),)
    commune_code: Mapped[str] = mapped_column(index=True, info=OPEN)
    address: Mapped[str]


class HomeStay(Voidable, Base):
    """A half-open span of time that somebody spends in a household, in quarantine or after it."""

    __tablename__ = "quarantine_home_stay"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="span"),
        Index("ix_quarantine_home_stay_now", "household_id", **NOW),
        guarded(
            NoOverlap(
                "ex_quarantine_home_stay_person",
                ("person_id",),
                ("starts_at", "ends_at"),
                where="voided_at IS NULL",
            ),
            Fixed("fixed_quarantine_home_stay", ("id", "household_id", "episode_id", "starts_at")),
            Kept("kept_quarantine_home_stay"),
        ),
    )
    household_id: Mapped[int] = mapped_column(
        ForeignKey("quarantine_household.id"), index=True, info=OPEN
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("registry_person.id"), index=True, info=IDENTITY
    )
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(info=OPEN)
    ends_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    ended: Mapped[Ended | None] = mapped_column(Coded(Ended), info=OPEN)
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
