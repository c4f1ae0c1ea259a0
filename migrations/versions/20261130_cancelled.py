"""vaccination: a session that was cancelled leaves its place and hour to another one

Revision ID: 20261130_cancelled
Revises: 20261129_vaccines
Create Date: 2026-11-29 12:05:00.000000

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261130_cancelled"
down_revision: Union[str, Sequence[str], None] = "20261129_vaccines"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

NAME = "uq_vaccination_session_held_on_place_starts"
COLUMNS = ["held_on", "place", "starts"]
HELD = sa.text("state <> 'CANCELLED'")


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("vaccination_session", schema=None) as batch_op:
        batch_op.drop_constraint(NAME, type_="unique")
        batch_op.create_index(NAME, COLUMNS, unique=True, sqlite_where=HELD, postgresql_where=HELD)


def downgrade() -> None:
    """Downgrade schema: the older program knows no cancelled session, so each is a closed one."""
    session = sa.table("vaccination_session", *map(sa.column, ("id", "state", "starts")))
    closed = sa.update(session).where(session.c.state == "CANCELLED")
    told = session.c.starts + " (" + sa.cast(session.c.id, sa.String()) + ")"
    with op.batch_alter_table("vaccination_session", schema=None) as batch_op:
        batch_op.drop_index(NAME, sqlite_where=HELD, postgresql_where=HELD)
    op.execute(closed.values(state="CLOSED", starts=told))
    with op.batch_alter_table("vaccination_session", schema=None) as batch_op:
        batch_op.create_unique_constraint(NAME, COLUMNS)
