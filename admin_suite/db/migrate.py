"""Bringing a database to the tables of this program; reached by name, for Alembic is heavy.

The names of the migrations are their dates, so what is known and what comes last can be read off
the folder without Alembic (``db.engine``).
"""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.engine import URL

from admin_suite.core.shipped import shipped
from admin_suite.db import backup, engine


def upgrade(url: URL, key: str | None = None, *, keep: bool = True) -> None:
    """Migrate to the newest tables; an embedded database with data in it is copied first."""
    opened = engine.open_migrator(url, key)
    try:
        there = engine.revision(url, key)
        if keep and there and url.get_backend_name() == "sqlite" and url.database:
            _copy(opened.connect(), Path(url.database), there)
        with opened.connect() as connection:
            command.upgrade(settings(connection), "head")
            connection.commit()
    finally:
        opened.dispose()


def settings(connection: Connection) -> Config:
    """Alembic's settings, built here: a package has no setup.cfg beside it."""
    made = Config()
    made.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _copy(connection: Connection, file: Path, revision: str) -> None:
    """Keep the database as it was, beside it: ``suite-20261122_first_tables-20261123T0800.db``."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = file.with_name(f"{file.stem}-{revision}-{moment}{file.suffix}")
    with connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connected engine has one
        connection.commit()
        part = target.with_name(f"{target.name}.part")
        with backup.all_or_nothing(part):
            driver.execute("VACUUM INTO ?", (str(part),))
            backup.settle(part)
            part.replace(target)


def downgrade(connection: Connection, target: str) -> None:
    """Take migrations back; for developers and tests."""
    command.downgrade(settings(connection), target)


def check(connection: Connection) -> None:
    """Raise unless the tables are those of the models; for developers and tests."""
    command.check(settings(connection))
