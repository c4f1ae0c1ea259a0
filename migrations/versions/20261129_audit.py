"""audit: what the trail says of one row of a table

Revision ID: 20261129_audit
Revises: 20261128_9_quarantine
Create Date: 2026-11-28 18:02:31.508214

"""

from typing import Sequence, Union

from alembic import op


# revision identifiers, used by Alembic.
revision: str = "20261129_audit"
down_revision: Union[str, Sequence[str], None] = "20261128_9_quarantine"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("house_audit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_house_audit_subject_last_id", ["subject", "last_id"], unique=False
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("house_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_house_audit_subject_last_id")
