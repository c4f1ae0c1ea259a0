"""vaccination: pregnancy and breastfeeding on the report of a severe reaction

Revision ID: 20261129_reactions
Revises: 20261129_places
Create Date: 2026-11-28 18:40:12.380114

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_reactions"
down_revision: Union[str, Sequence[str], None] = "20261129_places"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("vaccination_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pregnant", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("breastfeeding", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("vaccination_event", schema=None) as batch_op:
        batch_op.drop_column("breastfeeding")
        batch_op.drop_column("pregnant")
