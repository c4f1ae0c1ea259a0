"""lab, results: what is not negative, and what was measured lately, is found without a walk through all

Revision ID: 20261130_waiting
Revises: 20261130_nights
Create Date: 2026-11-29 23:35:00.000000

"""

from typing import Sequence, Union

from alembic import op


# revision identifiers, used by Alembic.
revision: str = "20261130_waiting"
down_revision: Union[str, Sequence[str], None] = "20261130_nights"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

INDEXES = (
    ("ix_lab_measurement_outcome", "lab_measurement", "outcome"),
    ("ix_lab_measurement_entered_at", "lab_measurement", "entered_at"),
    ("ix_results_version_outcome", "results_version", "outcome"),
)


def upgrade() -> None:
    """Upgrade schema."""
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])


def downgrade() -> None:
    """Downgrade schema."""
    for name, table, _column in INDEXES:
        op.drop_index(name, table_name=table)
