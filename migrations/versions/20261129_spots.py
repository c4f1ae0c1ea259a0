"""quarantine: a bed has a place in its room; guards that compare whom a room is for are put up anew

Revision ID: 20261129_spots
Revises: 20261129_reactions
Create Date: 2026-11-28 23:05:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_spots"
down_revision: Union[str, Sequence[str], None] = "20261129_reactions"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("quarantine_bed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("x", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("y", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("quarantine_bed", schema=None) as batch_op:
        batch_op.drop_column("y")
        batch_op.drop_column("x")
