"""quarantine: why somebody was not measured in a round

Revision ID: 20261128_9_quarantine
Revises: 20261128_8_venues
Create Date: 2026-11-28 16:36:10.214873

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261128_9_quarantine"
down_revision: Union[str, Sequence[str], None] = "20261128_8_venues"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("quarantine_observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_quarantine_observation_mark"),
            "mark IS NULL OR (temperature IS NULL AND saturation IS NULL AND symptoms = '')",
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("quarantine_observation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_quarantine_observation_mark"), type_="check")
        batch_op.drop_column("mark")
