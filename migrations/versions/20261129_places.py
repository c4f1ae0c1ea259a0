"""places: who pays for meals, supplies, parcels

Revision ID: 20261129_places
Revises: 20261129_home
Create Date: 2026-11-28 18:56:43.492451

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_places"
down_revision: Union[str, Sequence[str], None] = "20261129_home"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "quarantine_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.CheckConstraint("least >= 0", name=op.f("ck_quarantine_item_least")),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["quarantine_facility.id"], name=op.f("fk_quarantine_item_facility_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_item")),
        sa.UniqueConstraint(
            "facility_id", "folded", name=op.f("uq_quarantine_item_facility_id_folded")
        ),
    )
    op.create_table(
        "quarantine_parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column(
            "handed_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(handed_at IS NULL) = (handed_by IS NULL) AND (handed_at IS NULL OR handed_at >= received_at)",
            name=op.f("ck_quarantine_parcel_handed"),
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["quarantine_episode.id"], name=op.f("fk_quarantine_parcel_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"],
            ["quarantine_facility.id"],
            name=op.f("fk_quarantine_parcel_facility_id"),
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["registry_user.id"], name=op.f("fk_quarantine_parcel_handed_by")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["registry_user.id"], name=op.f("fk_quarantine_parcel_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_parcel")),
    )
    with op.batch_alter_table("quarantine_parcel", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quarantine_parcel_episode_id"), ["episode_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_quarantine_parcel_facility_id"), ["facility_id"], unique=False
        )

    op.create_table(
        "quarantine_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["registry_user.id"], name=op.f("fk_quarantine_payment_by")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["quarantine_episode.id"], name=op.f("fk_quarantine_payment_episode_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_payment")),
        sa.UniqueConstraint(
            "episode_id", "since", name=op.f("uq_quarantine_payment_episode_id_since")
        ),
    )
    op.create_table(
        "quarantine_supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"), nullable=False
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity <> 0 AND (kind <> 'IN' OR quantity > 0) AND (kind <> 'OUT' OR quantity < 0)",
            name=op.f("ck_quarantine_supply_quantity"),
        ),
        sa.CheckConstraint("left_over >= 0", name=op.f("ck_quarantine_supply_left")),
        sa.ForeignKeyConstraint(["by"], ["registry_user.id"], name=op.f("fk_quarantine_supply_by")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["quarantine_item.id"], name=op.f("fk_quarantine_supply_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_supply")),
        sa.UniqueConstraint("item_id", "serial", name=op.f("uq_quarantine_supply_item_id_serial")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("quarantine_supply")
    op.drop_table("quarantine_payment")
    with op.batch_alter_table("quarantine_parcel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_parcel_facility_id"))
        batch_op.drop_index(batch_op.f("ix_quarantine_parcel_episode_id"))

    op.drop_table("quarantine_parcel")
    op.drop_table("quarantine_item")
