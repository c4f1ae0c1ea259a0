"""Many rows at the speed of the driver, still audited and still announced.

These are what a verb in the plural uses instead of ``session.add``. PostgreSQL gets COPY, SQLite
statements of many rows with the adapters of ``db.engine``; both skip the ORM, so rows are tuples
of plain values in the order of the fields named.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Table,
    any_,
    bindparam,
    delete,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin_suite.core.errors import UserError
from admin_suite.core.progress import BATCH
from admin_suite.db import audit
from admin_suite.db.base import Base
from admin_suite.db.types import Coded, UTCDateTime, as_text
from admin_suite.db.work import Work

T = TypeVar("T")
M = TypeVar("M", bound=Base)
NEXT_IDS = text(  # the name of the sequence is looked up once, the ids come as one value
    "WITH kept AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(:name, 'id') AS regclass) AS s)"
    " SELECT array_agg(nextval(kept.s)) FROM kept, generate_series(1, :n)"
)
NUMBERING = text("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.' || :name))")
ENTERING = (  # in the order of the locks, so that two who enter several never wait in a circle
    "SELECT {lock}(locks.key) FROM (SELECT DISTINCT"
    " hashtext(current_schema() || '.' || :what || '.' || new.name) AS key"
    " FROM unnest(CAST(:names AS text[])) AS new (name) ORDER BY key) AS locks"
)
WAITING = text(ENTERING.format(lock="pg_advisory_xact_lock"))
TRYING = text(ENTERING.format(lock="pg_try_advisory_xact_lock"))
HOLDS = "holds"  # of a session: that its unit of work keeps others from something already
NAMES = "names"  # of a session: under which names it enters rows
OF_LISTS = {"house_import"}  # what stands there before a list is stored, and nobody waits for
MOST_ENTERED = 1_000  # the server has room for some 6,000 locks of everybody together
AT_ONCE, MOST_VALUES = (500, 50), 32_000  # rows of one statement; SQLite's limit is 32,766 values
MOST_KEYS = 5_000  # below SQLite's limit of 32,766 parameters
LISTED = text("SELECT value FROM json_each(:keys)")


def insert_rows(
    work: Work, model: type[Base], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> list[int]:
    """Insert the rows in batches and return their ids, in order."""
    ids: list[int] = []
    for _start, batch in work.progress.batches(rows, shared=True):
        ids += _insert_batch(work, model, fields, batch)
    return ids


def update_rows(work: Work, model: type[Base], ids: Sequence[int], values: dict[str, Any]) -> None:
    """Give every row of ``ids`` the same ``values``; the version is counted on."""
    if not ids:
        return
    table = _table(model)
    statement = update(table).where(among(work, table.c.id, ids))
    work.session.execute(statement.values(**values, version=table.c.version + 1))
    work.note(table.name, list(ids), {name: str(value) for name, value in values.items()})


def existing(work: Work, model: type[Base], field: str, keys: Sequence[Any]) -> dict[Any, int]:
    """Which of ``keys`` are there already, and the id of the row that has each."""
    table, found = _table(model), dict[Any, int]()
    postgres = _dialect(work) == "postgresql"
    among = "= ANY(:keys)" if postgres else "IN (SELECT value FROM json_each(:keys))"
    query = text(f"SELECT {field}, id FROM {table.name} WHERE {field} {among}")  # noqa: S608
    for start in range(0, len(keys), BATCH):
        wanted = [key for key in keys[start : start + BATCH] if key is not None]
        given = wanted if postgres else json.dumps(wanted)
        found |= {row[0]: row[1] for row in work.session.execute(query, {"keys": given})}
    return found


def ensure_rows(connection: Connection, table: Table, rows: Collection[tuple[str, ...]]) -> None:
    """Insert rows of texts that may be there already; for what is derived, so without audit.

    Always in one order, so that two writers never wait for each other in a circle.
    """
    if not rows:
        return
    columns, ordered = table.columns.keys(), sorted(rows)
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        arrays = ", ".join(f"CAST(:{name} AS text[])" for name in columns)
        statement = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608
        given = dict(zip(columns, map(list, zip(*ordered, strict=True)), strict=True))
        connection.execute(text(f"{statement} ON CONFLICT DO NOTHING"), given)
        return
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
    _insert_all(connection, statement, ordered)


def put_derived(
    work: Work, model: type[Base], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows that can be computed again at any time, so without audit."""
    if not rows:
        return
    work.session.flush()
    table = _table(model)
    for _start, batch in work.progress.batches(rows, shared=True):
        _store(work, table, fields, _plain(work, table, fields, batch))
    work.changed.add(table.name)


def drop_derived(work: Work, model: type[Base], ids: Sequence[int] | None) -> None:
    """Delete rows that can be computed again at any time, so without audit; none named: all."""
    work.session.flush()
    table = _table(model)
    gone = delete(table) if ids is None else delete(table).where(among(work, table.c.id, ids))
    work.session.connection().execute(gone)
    work.changed.add(table.name)


def among(work: Work, column: Any, keys: Collection[Any]) -> ColumnElement[bool]:
    """That a column is one of any number of keys, given as one value: compiled once for all.

    For texts and whole numbers; ``IN`` writes a mark for each key, dearer than finding it.
    """
    if _dialect(work) == "postgresql":
        return cast("ColumnElement[bool]", column == any_(literal(list(keys), ARRAY(column.type))))
    given: BindParameter[str] = bindparam("keys", json.dumps(list(keys)), unique=True)
    return cast("ColumnElement[bool]", column.in_(LISTED.bindparams(given)))


def hold(
    work: Work, model: type[Base], ids: Collection[int], *, named_elsewhere: bool = False
) -> None:
    """Keep colleagues from changing these rows until the unit of work ends.

    A verb holds its rows before it looks at them, so of two hasty colleagues the second one sees
    what the first has done. On SQLite a unit of work holds everything from its beginning. Rows
    ``named_elsewhere`` by what both have stored already are held without waiting in a circle.
    """
    if ids and _dialect(work) == "postgresql":
        table = _table(model)
        query = select(table.c.id).where(among(work, table.c.id, ids)).order_by(table.c.id)
        work.session.info[HOLDS] = True
        work.session.execute(query.with_for_update(key_share=named_elsewhere))


def enter_alone(work: Work, what: InstrumentedAttribute[str], names: Collection[str]) -> None:
    """Keep colleagues from entering rows under these names until the unit of work ends.

    A row that is not there yet cannot be held: whoever looks whether it is and enters it otherwise
    holds its name before looking. A list of more than a thousand names holds none of them, or
    every desk would wait until it is stored. Whoever holds or has changed something already takes
    only the names that are free: to wait with something in the hand is how circles begin.
    """
    if not names or _dialect(work) != "postgresql":
        return
    work.session.flush()
    mine: set[tuple[str, str]] = work.session.info.setdefault(NAMES, set())
    others = [name for name in names if (str(what), name) not in mine]
    busy = work.session.info.get(HOLDS, False) or not work.changed <= OF_LISTS
    work.session.info[HOLDS] = True  # from now on: whoever asks for many goes on without them
    if others and len(names) <= MOST_ENTERED:
        statement = TRYING if busy else WAITING
        work.session.execute(statement, {"what": str(what), "names": others}).all()
        mine.update((str(what), name) for name in others)


def held(work: Work, model: type[M], key: int, absent: str) -> M:
    """One row as it is now, kept from colleagues until the unit of work ends.

    Where there is none, a ``UserError`` says ``absent``.
    """
    work.session.info[HOLDS] = True
    row = work.session.get(model, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise UserError(absent)
    return row


def next_number(work: Work, numbers: InstrumentedAttribute[str], prefix: str) -> int:
    """What comes after the numbers that begin so, none of which is ever deleted.

    Colleagues who number the same at one moment wait for each other.
    """
    if _dialect(work) == "postgresql":
        work.session.execute(NUMBERING, {"name": str(numbers)})
    query = select(func.count()).where(numbers.startswith(prefix, autoescape=True))
    return (work.session.scalar(query) or 0) + 1


def chunks(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Keys in portions that a question with ``IN`` takes on every engine."""
    for start in range(0, len(keys), MOST_KEYS):
        yield keys[start : start + MOST_KEYS]


def _insert_batch(
    work: Work, model: type[Base], fields: Sequence[str], batch: Sequence[tuple[Any, ...]]
) -> list[int]:
    work.session.flush()
    table = _table(model)
    columns = _plain(work, table, fields, batch)
    ids = _store(work, table, fields, columns)
    proof = [at for at, name in enumerate(fields) if table.c[name].info.get("audit") == "identity"]
    proved = [columns[at] for at in proof] or columns
    digests = audit.digest_rows(work.secret, list(zip(*proved, strict=True)))
    work.add_note(audit.Note(work.verb, table.name, ids, {"fields": list(fields)}, digests))
    return ids


def _plain(
    work: Work, table: Table, fields: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> list[Sequence[Any]]:
    """The columns of rows, codes and moments as drivers take them: they ask each, for long."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    kept_as_text = _dialect(work) == "sqlite"
    for at, name in enumerate(fields):
        kind = table.c[name].type
        if isinstance(kind, Coded):
            columns[at] = [code and str(code) for code in columns[at]]
        elif kept_as_text and isinstance(kind, UTCDateTime | Date):
            text_of = date.isoformat if isinstance(kind, Date) else as_text
            written = {day: day and text_of(day) for day in set(columns[at])}
            columns[at] = [written[day] for day in columns[at]]
    return columns


def _store(
    work: Work, table: Table, fields: Sequence[str], columns: Sequence[Sequence[Any]]
) -> list[int]:
    """Insert the rows that these columns make, and return their ids, in order."""
    if len(columns[0]) == 1:
        return [_insert_one(work.session, table, fields, [column[0] for column in columns])]
    ids = _reserve(work, table, len(columns[0]))
    rows = list(zip(ids, *columns, strict=True))
    _WRITE[_dialect(work)](work.session, table, ["id", *fields], rows)
    return ids


def _reserve(work: Work, table: Table, count: int) -> list[int]:
    """Ids that nobody else gets: the write lock on SQLite, the sequence on PostgreSQL."""
    session = work.session
    if _dialect(work) == "postgresql":
        return list(session.execute(NEXT_IDS, {"name": table.name, "n": count}).scalar_one())
    query = f"SELECT coalesce(max(id), 0) + 1 FROM {table.name}"  # noqa: S608
    first = session.connection().exec_driver_sql(query).scalar_one()
    return list(range(first, first + count))


def _execute_many(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    _insert_all(session.connection(), _insert_into(table, columns, "?"), rows)


def _insert_all(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute an insert of one row for many, hundreds of them in one statement.

    A statement that a guard may refuse keeps a journal of its own: opened for every row, it costs
    more than the row.
    """
    start = 0
    for most in AT_ONCE:
        size = min(most, MOST_VALUES // len(rows[0]))
        if len(rows) - start < size:  # as in the few rows of an act by hand
            continue
        head, marks = statement.rsplit("VALUES ", 1)
        whole = f"{head}VALUES {', '.join([marks] * size)}"
        while len(rows) - start >= size:
            values = tuple(chain.from_iterable(rows[start : start + size]))
            connection.exec_driver_sql(whole, values)
            start += size
    if start < len(rows):
        connection.exec_driver_sql(statement, list(rows[start:]))


def _insert_one(session: Session, table: Table, fields: Sequence[str], row: Sequence[Any]) -> int:
    """One row and its id in one statement; an id and COPY would take three turns to a server."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement = f"{_insert_into(table, fields, '%s')} RETURNING id"
        return int(connection.exec_driver_sql(statement, tuple(row)).scalar_one())
    statement = _insert_into(table, fields, "?")
    return int(connection.exec_driver_sql(statement, tuple(row)).lastrowid)


def _insert_into(table: Table, columns: Sequence[str], mark: str) -> str:
    """The statement for one row, its values as the driver marks them."""
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


def _copy(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write the rows past SQLAlchemy; what the server refuses is said as SQLAlchemy says it."""
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
    base = cast("type[Exception]", connection.dialect.loaded_dbapi.Error)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except base as error:
        said = DBAPIError.instance(statement, None, error, base, dialect=connection.dialect)
        raise said from error


def _dialect(work: Work) -> str:
    return work.session.get_bind().dialect.name


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - every model of the suite is one table
    return table


_WRITE: dict[str, Callable[..., None]] = {"sqlite": _execute_many, "postgresql": _copy}
