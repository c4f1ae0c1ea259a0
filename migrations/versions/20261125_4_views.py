"""views of lists, and indexes that long lists walk along

Revision ID: 20261125_4_views
Revises: 20261125_3_outputs
Create Date: 2026-11-22 23:17:09.557691

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261125_4_views"
down_revision: Union[str, Sequence[str], None] = "20261125_3_outputs"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


THERE = {
    "sqlite_where": sa.text("voided_at IS NULL"),
    "postgresql_where": sa.text("voided_at IS NULL"),
}
CHECKED = "uq_results_release_measurement_id"
STANDING = {
    "sqlite_where": sa.text("returned_by IS NULL"),
    "postgresql_where": sa.text("returned_by IS NULL"),
}
WALKED = {
    "lab_specimen": ("person_id", "collected_at"),
    "lab_tube": ("stage",),
    "registry_person": ("sorted",),
}


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "registry_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("look", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["registry_user.id"], name=op.f("fk_registry_view_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_view")),
        sa.UniqueConstraint(
            "user_id", "list", "name", name=op.f("uq_registry_view_user_id_list_name")
        ),
    )
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.drop_constraint(CHECKED, type_="unique")
    op.create_index(CHECKED, "results_release", ["measurement_id"], unique=True, **STANDING)
    op.drop_index("ix_lab_specimen_person_id", "lab_specimen")
    op.drop_index("ix_lab_tube_stage", "lab_tube")
    op.drop_index("ix_registry_person_sorted", "registry_person")
    for table, columns in WALKED.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}_id", table, [column, "id"], **THERE)


def downgrade() -> None:
    """Downgrade schema."""
    for table, columns in WALKED.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}_id", table)
    op.create_index("ix_registry_person_sorted", "registry_person", ["sorted"])
    op.create_index("ix_lab_tube_stage", "lab_tube", ["stage"])
    op.create_index("ix_lab_specimen_person_id", "lab_specimen", ["person_id"])
    op.drop_index(CHECKED, "results_release")
    with op.batch_alter_table("results_release", schema=None) as batch_op:
        batch_op.create_unique_constraint(CHECKED, ["measurement_id"])
    op.drop_table("registry_view")
