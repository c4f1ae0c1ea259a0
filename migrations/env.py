"""Alembic's entry: every installed module's tables, one linear history, guards around it.

A caller may hand over an open connection; otherwise the URL of setup.cfg is opened. Foreign keys
are off while tables are rebuilt and are checked before the commit.
"""

from alembic import context
from sqlalchemy import Connection, text

from admin_suite.db import guards
from admin_suite.db.base import Base
from admin_suite.db.engine import open_migrator
from admin_suite.house import load
from modules import INSTALLED

load(INSTALLED)


def migrate(connection: Connection) -> None:
    """Lift the guards, migrate, put them up again at the head, check that no row points nowhere."""
    context.configure(
        connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,  # Alembic does not expect it of SQLite: all migrations or none
        render_item=lambda _kind, item, _context: getattr(item, "written", False),
    )
    with context.begin_transaction():
        guards.lift(connection)
        context.run_migrations()
        writing = getattr(context.config.cmd_opts, "autogenerate", False)  # its tables are to come
        at_head = context.get_context().get_current_heads() == tuple(context.script.get_heads())
        if at_head and not writing:
            guards.put_up(connection)
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
    engine = open_migrator(url)
    with engine.connect() as opened:
        migrate(opened)
        opened.commit()
    engine.dispose()
