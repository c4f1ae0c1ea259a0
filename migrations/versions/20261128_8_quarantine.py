"""quarantine: papers with numbers, heads that were counted

Revision ID: 20261128_8_quarantine
Revises: 20261128_8_lab
Create Date: 2026-11-28 15:12:31.402113

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261128_8_quarantine"
down_revision: Union[str, Sequence[str], None] = "20261128_8_lab"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

IN_FORCE = sa.text("voided_at IS NULL")
NUMBERED = sa.text("number <> '' AND voided_at IS NULL")


def _moment() -> sa.types.TypeEngine:
    return sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "quarantine_head_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "missing BETWEEN 0 AND expected", name=op.f("ck_quarantine_head_count_missing")
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["registry_user.id"], name=op.f("fk_quarantine_head_count_by")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"],
            ["quarantine_facility.id"],
            name=op.f("fk_quarantine_head_count_facility_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_head_count")),
    )
    op.create_index(
        op.f("ix_quarantine_head_count_at"), "quarantine_head_count", ["at"], unique=False
    )
    op.create_index(
        op.f("ix_quarantine_head_count_facility_id"),
        "quarantine_head_count",
        ["facility_id"],
        unique=False,
    )
    op.create_table(
        "quarantine_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("former_end", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), server_default="", nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("issued_at", _moment(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("voided_at", _moment(), nullable=True),
        sa.CheckConstraint(
            "(number = '') = (signed_on IS NULL) AND (number = '') = (year IS NULL)",
            name=op.f("ck_quarantine_issue_number"),
        ),
        sa.ForeignKeyConstraint(["by"], ["registry_user.id"], name=op.f("fk_quarantine_issue_by")),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["quarantine_episode.id"],
            name=op.f("fk_quarantine_issue_episode_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_issue")),
    )
    op.create_index(op.f("ix_quarantine_issue_batch"), "quarantine_issue", ["batch"], unique=False)
    op.create_index(
        "uq_quarantine_issue_episode_id_kind_ends_on",
        "quarantine_issue",
        ["episode_id", "kind", "ends_on"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_index(
        "uq_quarantine_issue_kind_year_number",
        "quarantine_issue",
        ["kind", "year", "number"],
        unique=True,
        sqlite_where=NUMBERED,
        postgresql_where=NUMBERED,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("quarantine_issue")
    op.drop_table("quarantine_head_count")
