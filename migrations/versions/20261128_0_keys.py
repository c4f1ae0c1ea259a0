"""signing keys

Revision ID: 20261128_0_keys
Revises: 20261125_6_shift
Create Date: 2026-11-28 11:10:05.412311

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261128_0_keys"
down_revision: Union[str, Sequence[str], None] = "20261125_6_shift"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "house_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column(
            "since",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_house_key_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_key")),
        sa.UniqueConstraint("purpose", "number", name=op.f("uq_house_key_purpose_number")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("house_key")
