"""Alembic's entry: every installed module's tables, one linear history.

A caller may hand over an open connection; otherwise the URL of setup.cfg is opened. Foreign keys
are off while tables are rebuilt and are checked before the commit.
"""

from alembic import context
from sqlalchemy import Connection, text

from admin_suite.db.base import Base
from admin_suite.db.engine import open_migrator
from admin_suite.house import load
from modules import INSTALLED

load(INSTALLED)


def migrate(connection: Connection) -> None:
    """Migrate, then check that no row points nowhere."""
    context.configure(
        connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=lambda _kind, item, _context: getattr(item, "written", False),
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            lost = connection.execute(text("PRAGMA foreign_key_check")).all()
            if lost:
                raise RuntimeError(f"{len(lost)} rows point nowhere after this migration")


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = context.get_x_argument(as_dictionary=True).get("url") or context.config.get_main_option(
        "sqlalchemy.url", ""
    )
    with open_migrator(url).connect() as opened:
        migrate(opened)
        opened.commit()
