"""Who was told what, who asked, and who looked before he was to know."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.results.codes import Channel

COMPLAINTS = {
    "ck_results_telling_had": N_("Only a released result is told, or that an early one is void."),
    "uq_results_telling_return_id": N_("This person was told that the early result is void."),
    "fixed_results_telling": N_("What was told stays written down."),
    "kept_results_telling": N_("What was told stays written down."),
    "fixed_results_look": N_("A look at a result stays written down."),
    "kept_results_look": N_("A look at a result stays written down."),
}


class Telling(Voidable, Base):
    """Somebody was told, or asked and was not: ``number`` is the version told, none where it waits.

    ``to_whom`` is who took the message, as he calls himself; by ``return_id`` the message was that
    a preliminary notice is void, once for each person.
    """

    __tablename__ = "results_telling"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tube_id", "number"], ["results_version.tube_id", "results_version.number"]
        ),
        CheckConstraint(
            "(number IS NOT NULL AND return_id IS NULL) "
            "OR (number IS NULL AND (return_id IS NOT NULL OR channel = 'DESK'))",
            name="had",
        ),
        Index("uq_results_telling_return_id", "return_id", "person_id", **ONE_IN_FORCE),
        Index("ix_results_telling_person_id", "person_id"),
        Index("ix_results_telling_tube_id", "tube_id"),
        Index("ix_results_telling_told_at", "told_at"),
        guarded(
            Fixed("fixed_results_telling", free=("version", "person_id", "voided_at")),
            Kept("kept_results_telling"),
        ),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    number: Mapped[int | None] = mapped_column(info=OPEN)
    return_id: Mapped[int | None] = mapped_column(ForeignKey("results_return.id"), info=OPEN)
    channel: Mapped[Channel] = mapped_column(Coded(Channel), info=OPEN)
    to_whom: Mapped[str]
    told_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    told_at: Mapped[datetime] = mapped_column(info=OPEN)


class Look(Base):
    """Somebody looked at a result before its release, out of turn, for a reason."""

    __tablename__ = "results_look"
    __table_args__ = (
        Index("ix_results_look_looked_at", "looked_at"),
        append_only("results_look"),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    measurement_id: Mapped[int] = mapped_column(ForeignKey("lab_measurement.id"))
    reason: Mapped[str]
    looked_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    looked_at: Mapped[datetime] = mapped_column(info=OPEN)
