"""What a facility keeps books of: who pays for meals, supplies, parcels."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import Voidable
from modules.quarantine.codes import Flow, Payer

COMPLAINTS = {
    "uq_quarantine_payment_episode_id_since": N_("Who pays from that day is written already."),
    "fixed_quarantine_payment": N_("Who pays from a day on stays that person's and that day's."),
    "kept_quarantine_payment": N_("Who pays is never deleted; write who pays from now on."),
    "uq_quarantine_item_facility_id_folded": N_("This facility keeps a supply of that name."),
    "ck_quarantine_item_least": N_("The least stock is none at least."),
    "fixed_quarantine_item": N_("A supply stays that of its facility."),
    "kept_quarantine_item": N_("A supply is never deleted."),
    "uq_quarantine_supply_item_id_serial": N_(
        "Somebody else has just written into this ledger. Look at it and write again."
    ),
    "ck_quarantine_supply_quantity": N_("A line of the ledger says how much came or went."),
    "ck_quarantine_supply_left": N_("There is not so much left."),
    "fixed_quarantine_supply": N_("A line of the ledger is never changed; another corrects it."),
    "kept_quarantine_supply": N_("A line of the ledger is never deleted."),
    "ck_quarantine_parcel_handed": N_("A parcel is handed over by somebody, after it has come."),
    "fixed_quarantine_parcel": N_("A parcel is withdrawn and written anew, never changed."),
    "kept_quarantine_parcel": N_("A parcel that was entered is never deleted."),
}


class Payment(Base):
    """Who pays for somebody's meals from a day on, where it is not whom the rule names."""

    __tablename__ = "quarantine_payment"
    __table_args__ = (
        UniqueConstraint("episode_id", "since"),
        guarded(
            Fixed("fixed_quarantine_payment", ("id", "episode_id", "since")),
            Kept("kept_quarantine_payment"),
        ),
    )
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"))
    since: Mapped[date] = mapped_column(info=OPEN)
    payer: Mapped[Payer] = mapped_column(Coded(Payer), info=OPEN)
    note: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Item(Base):
    """A supply that a facility keeps; ``least`` is the stock below which home says so."""

    __tablename__ = "quarantine_item"
    __table_args__ = (
        UniqueConstraint("facility_id", "folded"),
        CheckConstraint("least >= 0", name="least"),
        guarded(
            Fixed("fixed_quarantine_item", ("id", "facility_id")), Kept("kept_quarantine_item")
        ),
    )
    facility_id: Mapped[int] = mapped_column(ForeignKey("quarantine_facility.id"), info=OPEN)
    name: Mapped[str] = mapped_column(info=OPEN)
    folded: Mapped[str]
    unit: Mapped[str] = mapped_column(info=OPEN)
    least: Mapped[int] = mapped_column(info=OPEN)


class Supply(Base):
    """A line of a ledger: how much came or went, and what is ``left_over`` after it.

    ``serial`` counts the lines of an item from 1, so of two colleagues who write at once one is
    refused; ``left_over`` is the sum of all lines so far and never below zero.
    """

    __tablename__ = "quarantine_supply"
    __table_args__ = (
        UniqueConstraint("item_id", "serial"),
        CheckConstraint(
            "quantity <> 0 AND (kind <> 'IN' OR quantity > 0) AND (kind <> 'OUT' OR quantity < 0)",
            name="quantity",
        ),
        CheckConstraint("left_over >= 0", name="left"),
        append_only("quarantine_supply"),
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("quarantine_item.id"), info=OPEN)
    serial: Mapped[int]
    kind: Mapped[Flow] = mapped_column(Coded(Flow), info=OPEN)
    quantity: Mapped[int] = mapped_column(info=OPEN)
    left_over: Mapped[int] = mapped_column(info=OPEN)
    at: Mapped[datetime] = mapped_column(info=OPEN)
    note: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Parcel(Voidable, Base):
    """Something that was sent to somebody in quarantine; empty ``handed_at``: it lies there."""

    __tablename__ = "quarantine_parcel"
    __table_args__ = (
        CheckConstraint(
            "(handed_at IS NULL) = (handed_by IS NULL)"
            " AND (handed_at IS NULL OR handed_at >= received_at)",
            name="handed",
        ),
        guarded(
            Fixed(
                "fixed_quarantine_parcel",
                (
                    "id",
                    "facility_id",
                    "episode_id",
                    "sender",
                    "content",
                    "received_at",
                    "received_by",
                ),
            ),
            Kept("kept_quarantine_parcel"),
        ),
    )
    facility_id: Mapped[int] = mapped_column(ForeignKey("quarantine_facility.id"), index=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    sender: Mapped[str]
    content: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(info=OPEN)
    received_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    handed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
