"""Where tubes are kept, to whom they were sent on, and who has to be swabbed again."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.lab.codes import Again

COMPLAINTS = {
    "uq_lab_storage_freezer_rack_position": N_("Another tube lies at this place."),
    "uq_lab_storage_tube_id": N_("This tube is stored already."),
    "ck_lab_storage_place": N_("A place is a freezer, a rack and a position from 1 on."),
    "fixed_lab_storage": N_("Where a tube lay stays written down."),
    "kept_lab_storage": N_("Where a tube lay stays written down."),
    "uq_lab_referral_tube_id": N_("This tube was sent to another laboratory already."),
    "fixed_lab_referral": N_("Where a tube was sent stays written down."),
    "kept_lab_referral": N_("Where a tube was sent stays written down."),
    "uq_lab_recollection_specimen_id": N_("This person is to be swabbed again already."),
    "ck_lab_recollection_closed": N_("A task is done by a new swab or for a reason."),
}
TAKEN, BACK = "taken_at IS NULL", "returned_at IS NULL"


def one_while(condition: str) -> dict[str, Any]:
    """Arguments of an index that allows one row while the condition holds."""
    where = text(condition)
    return {"unique": True, "sqlite_where": where, "postgresql_where": where}


class Storage(Base):
    """A tube in its place, until it is taken out."""

    __tablename__ = "lab_storage"
    __table_args__ = (
        CheckConstraint("freezer <> '' AND rack <> '' AND position >= 1", name="place"),
        Index(
            "uq_lab_storage_freezer_rack_position",
            "freezer",
            "rack",
            "position",
            **one_while(TAKEN),
        ),
        Index("uq_lab_storage_tube_id", "tube_id", **one_while(TAKEN)),
        guarded(
            Fixed("fixed_lab_storage", free=("taken_at", "taken_by", "version")),
            Kept("kept_lab_storage"),
        ),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    freezer: Mapped[str]
    rack: Mapped[str]
    position: Mapped[int]
    stored_at: Mapped[datetime]
    stored_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    taken_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Referral(Base):
    """A tube that another laboratory has, until it comes back."""

    __tablename__ = "lab_referral"
    __table_args__ = (
        Index("uq_lab_referral_tube_id", "tube_id", **one_while(BACK)),
        guarded(
            Fixed("fixed_lab_referral", free=("returned_at", "returned_by", "version")),
            Kept("kept_lab_referral"),
        ),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), index=True, info=OPEN)
    referred_at: Mapped[datetime]
    referred_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    returned_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Recollection(Voidable, Base):
    """The task to swab somebody again; a new swab of the person closes it, or a reason."""

    __tablename__ = "lab_recollection"
    __table_args__ = (
        Index("uq_lab_recollection_specimen_id", "specimen_id", **ONE_IN_FORCE),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) "
            "AND (closed_at IS NULL OR new_specimen_id IS NOT NULL OR reason <> '')",
            name="closed",
        ),
    )
    specimen_id: Mapped[int] = mapped_column(ForeignKey("lab_specimen.id"))
    why: Mapped[Again] = mapped_column(Coded(Again), info=OPEN)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    new_specimen_id: Mapped[int | None] = mapped_column(
        ForeignKey("lab_specimen.id"), index=True, info=OPEN
    )
    reason: Mapped[str] = mapped_column(default="", server_default="")
