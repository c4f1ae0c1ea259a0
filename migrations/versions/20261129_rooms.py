"""quarantine: the database compares for whom a room is with who stays there

The guards are put up anew at the end of every migration; this one brings nothing else.

Revision ID: 20261129_rooms
Revises: 20261129_reactions
Create Date: 2026-11-28 22:55:00.000000

"""

from typing import Sequence, Union


# revision identifiers, used by Alembic.
revision: str = "20261129_rooms"
down_revision: Union[str, Sequence[str], None] = "20261129_reactions"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""


def downgrade() -> None:
    """Downgrade schema."""
