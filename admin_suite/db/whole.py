"""Whether a database is whole: its pages, its references, its audit chain, its guards."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, Engine, func, select, text

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.db import audit, guards


class Health(Struct, frozen=True):
    """What an examination found; ``damage`` is empty where everything is in order.

    ``anchors`` is how many earlier heads of the audit chain it was compared with; ``advice`` is
    what is in order and yet could be safer. ``odd`` is what people have to look at, though no rule
    of the database is broken: a room of both sexes after a correction, or after another program.
    """

    whole: bool
    audit_entries: int
    damage: tuple[str, ...]
    head: audit.Head | None = None
    anchors: int = 0
    advice: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def examine(readers: Engine, elsewhere: Sequence[audit.Head] = ()) -> Health:
    """Read the whole database once; changes nothing. ``elsewhere`` are anchors kept outside it."""
    with readers.connect() as connection:
        own = audit.anchors(connection)
        found = [*damage(connection), *_cut(connection, [*own, *elsewhere]), *_lost(connection)]
        count = connection.execute(select(func.count()).select_from(audit.Entry)).scalar_one()
        last = audit.head(connection)
        advice = _advice(connection)
        odd = () if found else tuple(guards.oddities(connection, datetime.now(UTC)))
    anchors = len(own) + len(elsewhere)
    return Health(not found, count, tuple(found), last, anchors, advice, odd)


def damage(connection: Connection) -> list[str]:
    """What is wrong inside one database: broken pages, lost references, a broken chain."""
    return _pages(connection) or _chain(connection)


def _pages(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    lost = connection.execute(text("PRAGMA foreign_key_check")).all()
    found = [] if said == ["ok"] else said
    return [*found, *[_("{n} rows point nowhere").format(n=len(lost)) for _one in lost[:1]]]


def _chain(connection: Connection) -> list[str]:
    try:
        broken = list(audit.broken(connection))
    except ValueError:  # a moment that is none
        return [_("the audit trail cannot be read")]
    if not broken:
        return []
    numbers = ", ".join(map(str, broken[:10]))
    return [_("audit entries were changed or removed at {numbers}").format(numbers=numbers)]


def _cut(connection: Connection, heads: Sequence[audit.Head]) -> list[str]:
    """What is to say of heads that were noted down and are not in the chain any more."""
    said = _("the audit trail of {time} had entry {number}; it was cut off or replaced")
    lost = dict.fromkeys(audit.astray(connection, heads))
    return [said.format(time=moment_shown(one.at), number=one.number) for one in lost]


def _advice(connection: Connection) -> tuple[str, ...]:
    """On PostgreSQL rights are withheld from the role that writes, and a superuser has all."""
    if connection.dialect.name == "sqlite" or not guards.is_superuser(connection):
        return ()
    said = _(
        "the program signs in to PostgreSQL as “{role}”, a superuser, whom no guard can forbid to "
        "change released results or the audit trail; make a role of its own for the program, as "
        "docs/administration.md shows (CREATE ROLE ... LOGIN NOSUPERUSER), and name it in the URL"
    )
    role = connection.scalar(text("SELECT current_user"))
    return (said.format(role=role),)


def _lost(connection: Connection) -> list[str]:
    """What is to say of guards that another program has taken away or changed."""
    lost = guards.missing(connection)
    if not lost:
        return []
    said = _("a guard of the database was taken away or changed: {names}")
    return [said.format(names=", ".join(lost))]
