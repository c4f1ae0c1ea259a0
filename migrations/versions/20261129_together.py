"""quarantine: a claim has no key that its person could not share a room by

Revision ID: 20261129_together
Revises: 20261129_spots
Create Date: 2026-11-29 01:55:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_together"
down_revision: Union[str, Sequence[str], None] = "20261129_spots"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "quarantine_sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["quarantine_episode.id"], name=op.f("fk_quarantine_sharing_episode_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_sharing")),
        sa.UniqueConstraint("episode_id", "key", name=op.f("uq_quarantine_sharing_episode_id_key")),
    )
    op.execute(
        "INSERT INTO quarantine_sharing (episode_id, key) SELECT DISTINCT episode_id, key "
        "FROM quarantine_claim WHERE key IS NOT NULL ORDER BY episode_id, key"
    )
    with op.batch_alter_table("quarantine_claim", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_quarantine_claim_episode_id_key"),
            "quarantine_sharing",
            ["episode_id", "key"],
            ["episode_id", "key"],
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("quarantine_claim", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_quarantine_claim_episode_id_key"), type_="foreignkey"
        )
    op.drop_table("quarantine_sharing")
