# ruff: noqa: S608 - made of what models declare
"""Rules that the database itself keeps, whichever program writes into it.

A model declares them in its table's ``info``: ``guarded(Fixed(...), Kept(...))``. SQLite keeps them
by triggers, for another program may open the file with foreign keys off; PostgreSQL, which gets no
trigger (a distributed table refuses one), by constraints and by taking rights from its own role.
Alembic sees neither and loses triggers when it rebuilds a table, so a migration lifts the guards
first and puts them up at its end (``migrations/env.py``).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import (
    Connection,
    Date,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    bindparam,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.base import Base
from admin_suite.db.types import UTCDateTime

PREFIX = "guard_"
FAR = "9999-12-31"  # later than any moment, as text


class Guard(Protocol):
    """A rule of one table; ``name`` stands in the refusal, as a constraint's does."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def triggers(self, table: Table) -> Iterator[tuple[str, str]]:
        """When SQLite fires (``BEFORE DELETE``), and the condition under which it refuses."""
        ...


class Fixed(Struct, frozen=True):
    """Columns of a stored row that never change: those named, or all but ``free``.

    ``where`` limits it to some rows, of which it speaks as ``OLD``; PostgreSQL keeps what has none.
    """

    name: str
    columns: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    where: str = ""

    def of(self, table: Table) -> list[str]:
        """The columns that are fixed."""
        return list(self.columns or [c.name for c in table.columns if c.name not in self.free])

    def triggers(self, table: Table) -> Iterator[tuple[str, str]]:
        """Refuse an update that makes one of the columns another."""
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in self.of(table))
        rows = f"({self.where}) AND " if self.where else ""
        yield "BEFORE UPDATE", f"{rows}({changed})"


class Kept(Struct, frozen=True):
    """Rows that are never deleted, nor written over by a new one with the same keys."""

    name: str

    def triggers(self, table: Table) -> Iterator[tuple[str, str]]:
        """``INSERT OR REPLACE`` fires no trigger of deletion in a program that asks for none."""
        yield "BEFORE DELETE", "TRUE"
        rules = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        keys = [["id"], *sorted(list(rule.columns.keys()) for rule in rules)]
        same = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table.name} AS other WHERE "
            + " AND ".join(f"other.{name} = NEW.{name}" for name in key)
            + ")"
            for key in keys
            if "id" not in key or key == ["id"]
        )
        yield "BEFORE INSERT", same


class Copied(Struct, frozen=True):
    """A reference over several columns, kept where the writing program has foreign keys off."""

    name: str
    target: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()  # what they are called there, if otherwise

    def triggers(self, _table: Table) -> Iterator[tuple[str, str]]:
        """Refuse a row whose copy is not what stands there."""
        pairs = zip(self.key or self.columns, self.columns, strict=True)
        same = " AND ".join(f"there.{key} = NEW.{name}" for key, name in pairs)
        missing = f"NOT EXISTS (SELECT 1 FROM {self.target} AS there WHERE {same})"
        yield "BEFORE INSERT", missing
        yield f"BEFORE UPDATE OF {', '.join(self.columns)}", missing


class Barred(Struct, frozen=True):
    """One kind of change that is refused under a condition, which speaks of ``OLD`` and ``NEW``.

    A state can be put into a constraint, a way from one state to another cannot: this one is kept
    on SQLite alone.
    """

    name: str
    change: str  # INSERT, UPDATE OF a, b
    when: str

    def triggers(self, _table: Table) -> Iterator[tuple[str, str]]:
        """The change, refused."""
        yield f"BEFORE {self.change}", self.when


class NoOverlap(Struct, frozen=True):
    """Rows that agree in ``same`` (and differ in ``differ``) may not overlap in time.

    ``span`` names the columns of a half-open interval; one without an end goes on for ever.
    ``where`` limits the rule to some rows; a null in ``same`` or at the beginning never collides.
    """

    name: str
    same: tuple[str, ...]
    span: tuple[str, str]
    differ: str = ""
    where: str = "TRUE"

    def triggers(self, table: Table) -> Iterator[tuple[str, str]]:
        """Look for another row in the way of the one just written."""
        start, end = self.span
        rows = (
            f"(SELECT *, {start} AS s, coalesce({end}, '{FAR}') AS e "
            f"FROM {table.name} WHERE {self.where})"
        )
        agree = "".join(f" AND a.{name} = b.{name}" for name in self.same)
        differ = f" AND a.{self.differ} <> b.{self.differ}" if self.differ else ""
        found = (
            f"EXISTS (SELECT 1 FROM {rows} a JOIN {rows} b ON a.id = NEW.id AND b.id <> a.id"
            f"{agree} AND a.s < b.e AND b.s < a.e AND a.s < a.e AND b.s < b.e{differ})"
        )
        yield "AFTER INSERT", found
        yield "AFTER UPDATE", found

    def exclude(self, table: Table, *, extended: bool) -> str:
        """PostgreSQL's own constraint; without btree_gist numbers are compared as small ranges."""
        plain = all(isinstance(table.c[name].type, Integer) for name in self.same)
        if not extended and (self.differ or not plain):
            said = _(
                "This PostgreSQL lacks the extension “btree_gist”. An administrator adds it once: "
                "CREATE EXTENSION btree_gist SCHEMA public."
            )
            raise UserError(said)
        start, end = self.span
        span = "daterange" if isinstance(table.c[start].type, Date) else "tstzrange"
        parts = [
            f"{name} WITH =" if extended else f"int8range({name}, {name}, '[]') WITH &&"
            for name in self.same
        ]
        parts.append(f"{span}({start}, {end}) WITH &&")
        parts += [f"({self.differ}) WITH <>"] if self.differ else []
        return (
            f"ALTER TABLE {table.name} ADD CONSTRAINT {self.name} "
            f"EXCLUDE USING gist ({', '.join(parts)}) "
            f"WHERE (({self.where}) AND {start} IS NOT NULL)"
        )


class Odd(Struct, frozen=True):
    """What no constraint forbids, for a correction may rightly lead there; examinations name it.

    ``query`` answers with numbers, a place and one that is there, as of ``:now``; ``said`` is the
    sentence for one ``{place}`` with its ``{ones}``.
    """

    query: str
    said: str


def guarded(*rules: Guard, odd: Sequence[Odd] = ()) -> dict[str, Any]:
    """What a model puts last into ``__table_args__``."""
    return {"info": {"guards": rules, "odd": odd}}


def append_only(table: str) -> dict[str, Any]:
    """The guards of a table that only grows."""
    return guarded(Fixed(f"fixed_{table}"), Kept(f"kept_{table}"))


def lift(connection: Connection) -> None:
    """Take triggers and withheld rights away, so that a migration can rebuild tables."""
    if connection.dialect.name == "sqlite":
        for name in _triggers(connection):
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    if not is_superuser(connection):
        schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO CURRENT_USER"))


def put_up(connection: Connection, metadata: MetaData = Base.metadata) -> None:
    """Make every guard that is not there or not as it should be."""
    if connection.dialect.name == "sqlite":
        there = _triggers(connection)
        for name, statement in _wanted(metadata).items():
            if there.get(name) != statement:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
                connection.exec_driver_sql(statement)
        return
    _exclude(connection, metadata)
    for table in metadata.sorted_tables:
        for statement in _withheld(table):
            connection.execute(text(statement))


def missing(connection: Connection, metadata: MetaData = Base.metadata) -> list[str]:
    """The guards that are not there, or that somebody has changed."""
    if connection.dialect.name == "sqlite":
        there = _triggers(connection)
        wanted = _wanted(metadata)
        return sorted(name for name, made in wanted.items() if there.get(name) != made)
    known = _constraints(connection)
    lost = [rule.name for _table, rule in _overlaps(metadata) if rule.name not in known]
    lost += [name for name in _declared(connection, metadata) if name not in known]
    if not is_superuser(connection):
        lost += [rule.name for rule in _given_back(connection, metadata)]
    return sorted(lost)


def oddities(
    connection: Connection, now: datetime, metadata: MetaData = Base.metadata
) -> list[str]:
    """A sentence for every place where something is not as it should be; numbers, no names."""
    found = []
    for one in (odd for table in metadata.sorted_tables for odd in table.info.get("odd", ())):
        query = text(one.query).bindparams(bindparam("now", type_=UTCDateTime))
        places: defaultdict[int, list[str]] = defaultdict(list)
        for place, who in connection.execute(query, {"now": now}):
            places[place].append(str(who))
        found += [
            _(one.said).format(place=place, ones=", ".join(ones)) for place, ones in places.items()
        ]
    return found


def _rules(metadata: MetaData) -> Iterator[tuple[Table, Guard]]:
    for table in metadata.sorted_tables:
        for rule in table.info.get("guards", ()):
            yield table, rule


def _wanted(metadata: MetaData) -> dict[str, str]:
    """SQLite's triggers by name, word for word as it keeps them."""
    made: dict[str, str] = {}
    for table, rule in _rules(metadata):
        for moment, condition in rule.triggers(table):
            name = f"{PREFIX}{rule.name}_{moment.split()[1].lower()}"
            made[name] = (
                f"CREATE TRIGGER {name} {moment} ON {table.name} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{rule.name}'); END"
            )
    return made


def _triggers(connection: Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%'"
    rows = connection.exec_driver_sql(f"{query} ESCAPE '\\'")
    return {row[0]: row[1] for row in rows}


def _overlaps(metadata: MetaData) -> list[tuple[Table, NoOverlap]]:
    return [(table, rule) for table, rule in _rules(metadata) if isinstance(rule, NoOverlap)]


def _exclude(connection: Connection, metadata: MetaData) -> None:
    there = _constraints(connection)
    new = [(table, rule) for table, rule in _overlaps(metadata) if rule.name not in there]
    if not new:
        return
    extends = extended(connection)
    for table, rule in new:
        connection.execute(text(rule.exclude(table, extended=extends)))


def extended(connection: Connection) -> bool:
    """Whether btree_gist is there, or could be added just now."""
    query = text("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'")
    if connection.scalar(query):
        return True
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION btree_gist SCHEMA public"))
    except DBAPIError:  # not installed on the server, or not ours to add
        return False
    return True


def _constraints(connection: Connection) -> set[str]:
    """Those that are there and hold for every row (``NOT VALID`` ones may not)."""
    query = (
        "SELECT conname FROM pg_constraint "
        "WHERE convalidated AND connamespace = current_schema()::regnamespace"
    )
    return set(connection.execute(text(query)).scalars())


def _declared(connection: Connection, metadata: MetaData) -> Iterator[str]:
    """What PostgreSQL calls the checks, references and unique keys of guarded tables.

    There they keep what triggers keep on SQLite, a ``Copied`` by its foreign key.
    """
    preparer = connection.dialect.identifier_preparer
    for table in {table.name: table for table, _rule in _rules(metadata)}.values():
        for one in table.constraints:
            name = preparer.format_constraint(one) if one.name else None
            if name:
                yield name.strip('"')


def _withheld(table: Table) -> Iterator[str]:
    """The rights that PostgreSQL takes from the role that made the table; a superuser has all."""
    rules = table.info.get("guards", ())
    if any(isinstance(rule, Kept) for rule in rules):
        yield f"REVOKE DELETE, TRUNCATE ON {table.name} FROM CURRENT_USER"
    fixed = {n for r in rules if isinstance(r, Fixed) and not r.where for n in r.of(table)}
    if fixed:
        yield f"REVOKE UPDATE ON {table.name} FROM CURRENT_USER"
        free = [f'"{column.name}"' for column in table.columns if column.name not in fixed]
        if free:
            yield f"GRANT UPDATE ({', '.join(free)}) ON {table.name} TO CURRENT_USER"


def _given_back(connection: Connection, metadata: MetaData) -> Iterator[Guard]:
    """The guards whose rights the role has again."""
    whole = text("SELECT has_table_privilege(:name, 'DELETE')")
    one = text("SELECT has_column_privilege(:name, :column, 'UPDATE')")
    for table, rule in _rules(metadata):
        name = {"name": table.name}
        if isinstance(rule, Kept) and connection.scalar(whole, name):
            yield rule
        if isinstance(rule, Fixed) and not rule.where:
            given = (connection.scalar(one, {**name, "column": c}) for c in rule.of(table))
            if any(given):
                yield rule


def is_superuser(connection: Connection) -> bool:
    """Whether PostgreSQL lets the role that writes do everything, whatever was withheld."""
    query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    return bool(connection.scalar(text(query)))


@event.listens_for(Base.metadata, "after_create")
def _create_all(metadata: MetaData, connection: Connection, **_more: object) -> None:
    put_up(connection, metadata)
