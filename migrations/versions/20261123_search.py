"""search

Revision ID: 20261123_search
Revises: 20261123_safety
Create Date: 2026-11-23 08:00:00

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261123_search"
down_revision: Union[str, Sequence[str], None] = "20261123_safety"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

BATCH = 5_000


def upgrade() -> None:
    """Add the index of words, filled with the names that are there already."""
    _order_by("C")
    plain = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    words = op.create_table(
        "registry_word",
        sa.Column("word", plain, nullable=False),
        sa.Column("spaced", plain, nullable=False),
        sa.PrimaryKeyConstraint("word", "spaced", name=op.f("pk_registry_word")),
        sqlite_with_rowid=False,
    )
    connection, last = op.get_bind(), ""
    query = sa.text(
        "SELECT DISTINCT folded FROM registry_person WHERE folded > :last "
        "ORDER BY folded LIMIT :batch"
    )
    while names := connection.scalars(query, {"last": last, "batch": BATCH}).all():
        rows = [
            {"word": w, "spaced": f" {name}"} for name in names for w in sorted(set(name.split()))
        ]
        if rows:
            connection.execute(sa.insert(words), rows)
        last = names[-1]


def downgrade() -> None:
    """Remove the index of words."""
    op.drop_table("registry_word")
    _order_by("default")


def _order_by(collation: str) -> None:
    """Names are compared letter by letter, whatever the language of a PostgreSQL server."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for column in ("folded", "sorted"):
        op.execute(
            f'ALTER TABLE registry_person ALTER COLUMN {column} TYPE varchar COLLATE "{collation}"'
        )
