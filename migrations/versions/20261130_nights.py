"""venues: a shift of a roster may go over midnight

Revision ID: 20261130_nights
Revises: 20261130_forecast
Create Date: 2026-11-30 08:10:00.000000

"""

from typing import Sequence, Union

from alembic import op


# revision identifiers, used by Alembic.
revision: str = "20261130_nights"
down_revision: Union[str, Sequence[str], None] = "20261130_forecast"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("venues_staff", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_venues_staff_hours"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_venues_staff_hours"), "starts <> ends")


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DELETE FROM venues_staff WHERE starts > ends")
    with op.batch_alter_table("venues_staff", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_venues_staff_hours"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_venues_staff_hours"), "starts < ends")
