"""safety: a PIN for each user, anchors of the audit chain

Revision ID: 20261123_safety
Revises: 20261123_1_settings
Create Date: 2026-11-23 08:00:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261123_safety"
down_revision: Union[str, Sequence[str], None] = "20261123_1_settings"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "house_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"), nullable=False
        ),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column(
            "noted_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_anchor")),
    )
    with op.batch_alter_table("registry_user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pin", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("pin_failed", sa.Integer(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("registry_user", schema=None) as batch_op:
        batch_op.drop_column("pin_failed")
        batch_op.drop_column("pin")
    op.drop_table("house_anchor")
