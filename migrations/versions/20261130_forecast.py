"""vaccination: one forecast of each person

Two colleagues at one moment could leave two rows of one person; of these the later one stays.

Revision ID: 20261130_forecast
Revises: 20261130_cancelled
Create Date: 2026-11-29 12:15:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261130_forecast"
down_revision: Union[str, Sequence[str], None] = "20261130_cancelled"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

OLD, NEW = "ix_vaccination_forecast_person_id", "uq_vaccination_forecast_person_id"


def upgrade() -> None:
    """Upgrade schema."""
    kept = sa.table("vaccination_forecast", *map(sa.column, ("id", "person_id")))
    later = sa.select(sa.func.max(kept.c.id)).group_by(kept.c.person_id)
    op.execute(sa.delete(kept).where(kept.c.id.not_in(later)))
    with op.batch_alter_table("vaccination_forecast", schema=None) as batch_op:
        batch_op.drop_index(OLD)
        batch_op.create_unique_constraint(NEW, ["person_id"])


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("vaccination_forecast", schema=None) as batch_op:
        batch_op.drop_constraint(NEW, type_="unique")
        batch_op.create_index(OLD, ["person_id"], unique=False)
