"""Results on their way to the people: who checked, who released, by which rule."""

from datetime import datetime
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
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Copied, Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from modules.lab.api import TOLD, Method, Outcome

COMPLAINTS = {
    "ck_results_release_author": N_("Whoever entered a result cannot check or release it."),
    "ck_results_release_second": N_("Whoever checked a result cannot release it."),
    "ck_results_release_persons": N_("A result needs two or three persons, never one."),
    "ck_results_release_ended": N_("A result that was sent back cannot be released."),
    "uq_results_release_id_released_by": N_("This result has been released already."),
    "uq_results_release_measurement_id": N_("This result has been checked already."),
    "fixed_results_release": N_("A release keeps its result and who checked it."),
    "ended_results_release": N_("A result that was released or sent back stays so."),
    "kept_results_release": N_("A release is never deleted."),
    "fixed_results_return": N_("Why a result went back stays written down."),
    "kept_results_return": N_("Why a result went back stays written down."),
    "uq_results_return_measurement_id": N_("This result was sent back already."),
    "copied_results_release": N_("A release tells the result as it was entered."),
}
COPIED = ("measurement_id", *TOLD)
CHECKED = ("persons", "rule_id", "validated_by", "validated_at")
IN_FORCE: dict[str, Any] = {  # a check that was taken back may be made again
    "sqlite_where": text("returned_by IS NULL"),
    "postgresql_where": text("returned_by IS NULL"),
}


class Release(Base):
    """A result checked and handed out, or sent back to the bench.

    The author and what is told are copied by one foreign key, so the copy cannot lie, the result
    cannot change behind it, and the rule of two persons is a plain check. ``persons`` is how many
    different people the rule in force asked for (``rule_id``).
    """

    __tablename__ = "results_release"
    __table_args__ = (
        ForeignKeyConstraint(
            COPIED,
            ["lab_measurement.id", *(f"lab_measurement.{name}" for name in TOLD)],
            name="fk_results_release_told",
        ),
        CheckConstraint(
            "validated_by <> entered_by AND (released_by IS NULL OR released_by <> entered_by)",
            name="author",
        ),
        CheckConstraint(
            "persons = 2 OR released_by IS NULL OR released_by <> validated_by", name="second"
        ),
        CheckConstraint("persons IN (2, 3)", name="persons"),
        UniqueConstraint("id", "released_by"),
        CheckConstraint("returned_by IS NULL OR released_by IS NULL", name="ended"),
        Index("uq_results_release_measurement_id", "measurement_id", unique=True, **IN_FORCE),
        guarded(
            Fixed("fixed_results_release", ("id", *COPIED, *CHECKED)),
            Fixed(
                "ended_results_release",
                ("released_by", "released_at", "returned_by", "returned_at", "reason"),
                where="OLD.released_by IS NOT NULL OR OLD.returned_by IS NOT NULL",
            ),
            Kept("kept_results_release"),
            Copied("copied_results_release", "lab_measurement", COPIED, ("id", *TOLD)),
        ),
    )
    measurement_id: Mapped[int]
    tube_id: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    reported: Mapped[Outcome] = mapped_column(Coded(Outcome))
    method: Mapped[Method] = mapped_column(Coded(Method))
    ct: Mapped[str]
    tested_at: Mapped[str]
    entered_by: Mapped[int]
    persons: Mapped[int]
    rule_id: Mapped[int] = mapped_column(ForeignKey("house_rule.id"))
    validated_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    validated_at: Mapped[datetime]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    released_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    returned_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    reason: Mapped[str | None]


class Return(Base):
    """A result that went back to the bench before its release, checked or not, and why.

    ``notice_id`` is the preliminary notice that it makes void: whoever heard of it is told so.
    """

    __tablename__ = "results_return"
    __table_args__ = (append_only("results_return"),)
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"), index=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("lab_measurement.id"), unique=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("results_notice.id"), index=True)
    reason: Mapped[str]
    returned_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    returned_at: Mapped[datetime] = mapped_column(info=OPEN)
