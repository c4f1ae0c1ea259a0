"""a release copies what it tells, and a tube has one result in force

Revision ID: 20261125_5_guards
Revises: 20261125_4_views
Create Date: 2026-11-22 23:20:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261125_5_guards"
down_revision: Union[str, Sequence[str], None] = "20261125_4_views"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

TEXTS = ("outcome", "reported", "method", "ct", "tested_at")
TOLD = ["tube_id", *TEXTS, "entered_by"]
CURRENT = {"sqlite_where": sa.text('"current"'), "postgresql_where": sa.text('"current"')}


def upgrade() -> None:
    """Let every release copy its result, so that the result cannot change behind it."""
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_results_release_measurement_id_entered_by"), type_="foreignkey"
        )
        batch_op.add_column(sa.Column("tube_id", sa.Integer(), nullable=True))
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
    for name in ("tube_id", *TEXTS):
        op.execute(
            f"UPDATE results_release SET {name} = (SELECT {name} FROM lab_measurement "
            "WHERE lab_measurement.id = results_release.measurement_id)"
        )
    with op.batch_alter_table("lab_measurement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_lab_measurement_id_entered_by"), type_="unique")
        batch_op.create_unique_constraint("uq_lab_measurement_told", ["id", *TOLD])
        batch_op.create_index("uq_lab_measurement_tube_id", ["tube_id"], unique=True, **CURRENT)
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.alter_column("tube_id", existing_type=sa.Integer(), nullable=False)
        for name in TEXTS:
            batch_op.alter_column(name, existing_type=sa.String(), nullable=False)
        batch_op.create_foreign_key(
            "fk_results_release_told", "lab_measurement", ["measurement_id", *TOLD], ["id", *TOLD]
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.drop_constraint("fk_results_release_told", type_="foreignkey")
        for name in reversed(("tube_id", *TEXTS)):
            batch_op.drop_column(name)
    with op.batch_alter_table("lab_measurement", schema=None) as batch_op:
        batch_op.drop_index("uq_lab_measurement_tube_id", **CURRENT)
        batch_op.drop_constraint("uq_lab_measurement_told", type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_lab_measurement_id_entered_by"), ["id", "entered_by"]
        )
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_results_release_measurement_id_entered_by"),
            "lab_measurement",
            ["measurement_id", "entered_by"],
            ["id", "entered_by"],
        )
