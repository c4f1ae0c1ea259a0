"""Whether a database is whole: its pages, its references, its audit chain."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text

from admin_suite.core.i18n import _
from admin_suite.db import audit


@dataclass(frozen=True)
class Health:
    """What an examination found; ``damage`` is empty where everything is in order."""

    whole: bool
    audit_entries: int
    damage: tuple[str, ...]


def examine(readers: Engine) -> Health:
    """Read the whole database once; changes nothing."""
    with readers.connect() as connection:
        damage = [*_pages(connection), *_chain(connection)]
        count = connection.execute(select(func.count()).select_from(audit.Entry)).scalar_one()
    return Health(not damage, count, tuple(damage))


def _pages(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    lost = connection.execute(text("PRAGMA foreign_key_check")).all()
    found = [] if said == ["ok"] else said
    return [*found, *[_("{n} rows point nowhere").format(n=len(lost)) for _one in lost[:1]]]


def _chain(connection: Connection) -> list[str]:
    broken = list(audit.broken(connection))
    if not broken:
        return []
    numbers = ", ".join(map(str, broken[:10]))
    return [_("audit entries were changed or removed at {numbers}").format(numbers=numbers)]
