"""quarantine: households, who is at home since when, how a state of health became known

Revision ID: 20261129_home
Revises: 20261129_audit
Create Date: 2026-11-28 18:52:40.118234

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_home"
down_revision: Union[str, Sequence[str], None] = "20261129_audit"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

IN_FORCE = sa.text("voided_at IS NULL")
NOW = sa.text("ends_at IS NULL AND voided_at IS NULL")
TURN = "uq_quarantine_observation_episode_id_day_round"


def _moment() -> sa.types.TypeEngine:
    return sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "quarantine_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_household")),
    )
    op.create_index(
        op.f("ix_quarantine_household_commune_code"),
        "quarantine_household",
        ["commune_code"],
        unique=False,
    )
    op.create_table(
        "quarantine_home_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", _moment(), nullable=False),
        sa.Column("ends_at", _moment(), nullable=True),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("voided_at", _moment(), nullable=True),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_quarantine_home_stay_span")
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["registry_user.id"], name=op.f("fk_quarantine_home_stay_by")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["quarantine_episode.id"],
            name=op.f("fk_quarantine_home_stay_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["quarantine_household.id"],
            name=op.f("fk_quarantine_home_stay_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["registry_person.id"],
            name=op.f("fk_quarantine_home_stay_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_home_stay")),
    )
    for name in ("episode_id", "household_id", "person_id"):
        op.create_index(
            op.f(f"ix_quarantine_home_stay_{name}"), "quarantine_home_stay", [name], unique=False
        )
    op.create_index(
        "ix_quarantine_home_stay_now",
        "quarantine_home_stay",
        ["household_id"],
        unique=False,
        sqlite_where=NOW,
        postgresql_where=NOW,
    )
    with op.batch_alter_table("quarantine_episode", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("setting", sa.String(), server_default="FACILITY", nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_quarantine_episode_setting"), ["setting"])
    with op.batch_alter_table("quarantine_observation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(), server_default="ROUND", nullable=False)
        )
        batch_op.add_column(sa.Column("declaration_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_quarantine_observation_declaration_id"),
            "registry_declaration",
            ["declaration_id"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_quarantine_observation_declaration_id"), ["declaration_id"]
        )
        batch_op.drop_constraint(batch_op.f(TURN), type_="unique")
    op.create_index(
        TURN,
        "quarantine_observation",
        ["episode_id", "day", "round"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(TURN, table_name="quarantine_observation")
    op.execute("DELETE FROM quarantine_observation WHERE voided_at IS NOT NULL")
    with op.batch_alter_table("quarantine_observation", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f(TURN), ["episode_id", "day", "round"])
        batch_op.drop_index(batch_op.f("ix_quarantine_observation_declaration_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_quarantine_observation_declaration_id"), type_="foreignkey"
        )
        batch_op.drop_column("declaration_id")
        batch_op.drop_column("channel")
    with op.batch_alter_table("quarantine_episode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_episode_setting"))
        batch_op.drop_column("setting")
    op.drop_table("quarantine_home_stay")
    op.drop_table("quarantine_household")
