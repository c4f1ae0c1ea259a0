"""Test kits: what they are called, their lots, and a ledger whose sum is what should be left."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from modules.lab.codes import Method, Movement

COMPLAINTS = {
    "uq_lab_kit_folded": N_("There is a kit of that name."),
    "uq_lab_kit_lot_kit_id_lot": N_("This lot of the kit is known already."),
    "ck_lab_kit_movement_sign": N_("What comes in is counted up, what goes out is counted down."),
    "fixed_lab_kit_lot": N_("A lot keeps its number and its kit."),
    "kept_lab_kit_lot": N_("A lot is never deleted."),
    "fixed_lab_kit_movement": N_("A line of the ledger is never changed; another corrects it."),
    "kept_lab_kit_movement": N_("A line of the ledger is never deleted."),
}


class Kit(Base):
    """A kit by its name; ``folded`` is the name as it is compared."""

    __tablename__ = "lab_kit"
    name: Mapped[str] = mapped_column(info=OPEN)
    folded: Mapped[str] = mapped_column(unique=True)
    maker: Mapped[str] = mapped_column(info=OPEN)
    method: Mapped[Method] = mapped_column(Coded(Method), info=OPEN)


class KitLot(Base):
    """One lot of a kit. ``lot`` is empty for tests that say which kit and not which lot."""

    __tablename__ = "lab_kit_lot"
    __table_args__ = (
        UniqueConstraint("kit_id", "lot"),
        guarded(Fixed("fixed_lab_kit_lot", ("id", "kit_id", "lot")), Kept("kept_lab_kit_lot")),
    )
    kit_id: Mapped[int] = mapped_column(ForeignKey("lab_kit.id"))
    lot: Mapped[str] = mapped_column(info=OPEN)
    expires_on: Mapped[date | None] = mapped_column(info=OPEN)


class KitMovement(Base):
    """A line of the ledger: how many tests came or went; the balance of a lot is their sum."""

    __tablename__ = "lab_kit_movement"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('RECEIVED', 'GIVEN_BACK') AND quantity > 0) "
            "OR (kind IN ('USED', 'DISCARDED') AND quantity < 0) "
            "OR (kind = 'COUNTED' AND quantity <> 0)",
            name="sign",
        ),
        append_only("lab_kit_movement"),
    )
    lot_id: Mapped[int] = mapped_column(ForeignKey("lab_kit_lot.id"), index=True, info=OPEN)
    kind: Mapped[Movement] = mapped_column(Coded(Movement), info=OPEN)
    quantity: Mapped[int] = mapped_column(info=OPEN)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    reason: Mapped[str]
