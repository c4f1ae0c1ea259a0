"""Lots, vials and the ledger of whole doses."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Barred, Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from modules.vaccination.codes import Move


class Lot(Base):
    """One lot of one product; a recall stays with it and stops every vial of it."""

    __tablename__ = "vaccination_lot"
    __table_args__ = (
        UniqueConstraint("product", "lot"),
        CheckConstraint("doses_per_vial > 0", name="vial"),
        CheckConstraint(
            "(recalled_at IS NULL) = (recalled_by IS NULL) "
            "AND (recalled_at IS NULL OR recall_reason <> '')",
            name="recalled",
        ),
        guarded(
            Fixed("fixed_vaccination_lot", ("id", "product", "lot")),
            Kept("kept_vaccination_lot"),
        ),
    )
    product: Mapped[str] = mapped_column(info=OPEN)
    lot: Mapped[str] = mapped_column(info=OPEN)
    expires_on: Mapped[date | None] = mapped_column(info=OPEN)
    doses_per_vial: Mapped[int] = mapped_column(info=OPEN)
    supplier: Mapped[str] = mapped_column(info=OPEN)
    recalled_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    recalled_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    recall_reason: Mapped[str] = mapped_column(default="", server_default="", info=OPEN)


class StockMove(Base):
    """One line of a lot's ledger, in whole doses. The balance is the sum of the lines.

    Each line begins where the one before ended, which a foreign key proves, and none ends below
    nought, which a check proves: so no engine needs a trigger, and of two colleagues who take the
    last vial at once the second one has no line to follow.
    """

    __tablename__ = "vaccination_stock_move"
    __table_args__ = (
        UniqueConstraint("lot_id", "nth", "after"),
        UniqueConstraint("lot_id", "nth"),
        ForeignKeyConstraint(
            ["lot_id", "previous", "before"],
            [
                "vaccination_stock_move.lot_id",
                "vaccination_stock_move.nth",
                "vaccination_stock_move.after",
            ],
            name="fk_vaccination_stock_move_chain",
        ),
        CheckConstraint(
            "(nth = 1 AND previous IS NULL AND before = 0) "
            "OR (nth > 1 AND previous IS NOT NULL AND previous = nth - 1)",
            name="chain",
        ),
        CheckConstraint("after = before + doses", name="sum"),
        CheckConstraint("after >= 0", name="balance"),
        CheckConstraint("doses <> 0", name="doses"),
        append_only("vaccination_stock_move"),
    )
    lot_id: Mapped[int] = mapped_column(ForeignKey("vaccination_lot.id"))
    nth: Mapped[int]
    previous: Mapped[int | None]
    before: Mapped[int]
    doses: Mapped[int] = mapped_column(info=OPEN)
    after: Mapped[int]
    kind: Mapped[Move] = mapped_column(Coded(Move), info=OPEN)
    reason: Mapped[str] = mapped_column(info=OPEN)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Vial(Base):
    """One opened vial: its number within its session, until when it may be used, its end.

    ``doses`` may be drawn from it, the extra ones that somebody drew included. ``wasted`` is what
    was thrown away at its end.
    """

    __tablename__ = "vaccination_vial"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        UniqueConstraint("move_id"),
        Index("ix_vaccination_vial_lot_id", "lot_id"),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (wasted IS NULL)",
            name="closed",
        ),
        CheckConstraint("wasted IS NULL OR (wasted >= 0 AND wasted <= doses)", name="wasted"),
        CheckConstraint("discard_at > opened_at", name="time"),
        guarded(
            Fixed("fixed_vaccination_vial", ("id", "lot_id", "session_id", "number", "move_id")),
            Kept("kept_vaccination_vial"),
            Barred(
                "closed_vaccination_vial",
                "UPDATE OF wasted, doses",
                "OLD.closed_at IS NOT NULL AND (OLD.wasted IS NOT NEW.wasted "
                "OR OLD.doses IS NOT NEW.doses) AND NEW.closed_at IS NOT NULL",
            ),
        ),
    )
    lot_id: Mapped[int] = mapped_column(ForeignKey("vaccination_lot.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("vaccination_session.id"))
    number: Mapped[int] = mapped_column(info=OPEN)
    move_id: Mapped[int] = mapped_column(ForeignKey("vaccination_stock_move.id"))
    opened_at: Mapped[datetime] = mapped_column(info=OPEN)
    opened_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    discard_at: Mapped[datetime] = mapped_column(info=OPEN)
    doses: Mapped[int] = mapped_column(info=OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    wasted: Mapped[int | None] = mapped_column(info=OPEN)
    waste_reason: Mapped[str] = mapped_column(default="", server_default="", info=OPEN)
