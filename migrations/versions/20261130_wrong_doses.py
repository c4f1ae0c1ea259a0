"""vaccination: a correction may be asked of a dose, and a confirmation keeps what it said

Revision ID: 20261130_wrong_doses
Revises: 20261130_waiting
Create Date: 2026-11-30 09:40:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261130_wrong_doses"
down_revision: Union[str, Sequence[str], None] = "20261130_waiting"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

KEY = "fk_vaccination_correction_dose_id"
OF_DOSES = ("product", "on", "lot", "place", "stated", "never", "missing")


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("vaccination_correction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dose_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f(KEY), "vaccination_dose", ["dose_id"], ["id"])
    with op.batch_alter_table("vaccination_slip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Downgrade schema: the older program knows corrections of people only."""
    asked = sa.table("vaccination_correction", *map(sa.column, ("id", "field")))
    slip = sa.table("vaccination_slip", *map(sa.column, ("id", "correction_id")))
    gone = sa.select(asked.c.id).where(asked.c.field.in_(OF_DOSES))
    op.execute(sa.update(slip).where(slip.c.correction_id.in_(gone)).values(correction_id=None))
    op.execute(sa.delete(asked).where(asked.c.field.in_(OF_DOSES)))
    with op.batch_alter_table("vaccination_slip", schema=None) as batch_op:
        batch_op.drop_column("said")
    with op.batch_alter_table("vaccination_correction", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("dose_id")
