"""The same jobs on PostgreSQL, beside its driver; left out where it is not installed."""

import atexit
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import python_calamine
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from admin_suite.core.permissions import Actor
from admin_suite.db import engine
from admin_suite.excel import importer
from admin_suite.registry.names import fold, sort_key
from admin_suite.setting_up import Beginning, set_up
from admin_suite.suite import Suite, open_suite
from benchmarks import bench_search, bench_window, material
from benchmarks.bench_lab import NUMBERS, Desk, writing
from benchmarks.frame import Bench
from benchmarks.material import Filled
from modules.lab.rules import accession
from modules.lab.sheets import SAMPLES
from tests import postgres

PERSON = (
    "id, uid, name, folded, sorted, dob, sex, phone, id_no, insurance_no, commune_code, address"
)

OPEN: list[Filled] = []  # the databases that are open: a server drops none of these


@cache
def running() -> URL:
    """A private server for this process, with a database that is set up and holds nobody."""
    folder = postgres.programs()
    assert folder is not None  # noqa: S101 - there would be no benchmark
    stack = ExitStack()
    atexit.register(stack.close)
    server = make_url(stack.enter_context(postgres.server(folder, durable=True)))
    stack.callback(_let_go)  # before the server ends
    _alone(server, "CREATE DATABASE empty")
    beginning = Beginning("Trung tâm Y tế huyện Bảo Yên", "ha", material.PASSWORD)
    set_up(material.modules(), server.set(database="empty"), beginning)
    return server


def _alone(server: URL, *statements: str) -> None:
    opened = engine.open_migrator(server)
    try:
        with opened.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        opened.dispose()


def _let_go() -> None:
    while OPEN:
        OPEN.pop().close()


def renew() -> None:
    """An empty database for the next turn."""
    _let_go()
    _alone(running(), "DROP DATABASE IF EXISTS turn", "CREATE DATABASE turn TEMPLATE empty")


def _turn() -> URL:
    return running().set(database="turn")


def filled(count: int) -> Filled:
    """A database of so many people in a server of its own."""
    renew()
    opened = engine.open_migrator(_turn())
    with opened.begin() as connection:
        driver = connection.connection.driver_connection
        tables = set()
        for table, columns, rows in material.people(count):
            _copy(driver, table, columns, rows)
            tables.add(table)
        for table in tables - {"registry_word"}:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {table}"))  # noqa: S608
    opened.dispose()
    _alone(_turn(), "VACUUM ANALYZE")
    suite = _suite()
    plain = _turn().set(drivername="postgresql").render_as_string(hide_password=False)
    OPEN.append(Filled(suite, psycopg.connect(plain, autocommit=True)))
    return OPEN[-1]


def _suite() -> Suite:
    every = frozenset(p.code for module in material.modules() for p in module.permissions)
    return open_suite(material.modules(), _turn(), Actor(1, "ha", every))


def a_desk(people: int) -> Desk:
    """A database of so many people to write into."""
    return Desk(filled(people), NUMBERS)


def imported(file: Path) -> None:
    """Read, validate, look for duplicates, store, audit, index for search."""
    suite = _suite()
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(SAMPLES, file, SAMPLES.context(work))
        importer.store(work, draft)
    suite.close()


def bare_copy(file: Path) -> None:
    """The cells as they stand into the same tables with the same indexes, nothing checked."""
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    lines = list(enumerate(list(book.get_sheet_by_index(0).iter_rows())[1:], start=1))
    opened = engine.open_migrator(_turn())
    with opened.begin() as connection:
        driver = connection.connection.driver_connection
        _copy(driver, "lab_list", "id, sender_id, title", [(1, 1, "DS")])
        people = [
            (n, f"p{n}", r[1], fold(r[1]), sort_key(r[1]), r[2], "M", r[5], r[4], "", "", "")
            for n, r in lines
        ]
        _copy(driver, "registry_person", PERSON, people)
        words = material.words({row[3] for row in people})
        _copy(driver, "registry_word", "word, spaced", words)
        codes = {row[10]: n for n, row in lines}
        tubes = [
            (n, f"t{n}", accession(2021, "BY", n), 1, code, True, "EXPECTED")
            for code, n in codes.items()
        ]
        _copy(driver, "lab_tube", "id, uid, accession, list_id, code, pooled, stage", tubes)
        swabs = [(n, f"s{n}", codes[r[10]], n, n, r[8], r[11]) for n, r in lines]
        columns = "id, uid, tube_id, person_id, row, collected_at, note"
        _copy(driver, "lab_specimen", columns, swabs)
    opened.dispose()


def _copy(driver: Any, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


BENCHES = [
    Bench(
        name="lab.import-postgresql",
        sizes=(200, 2_000, 20_000),
        prepare=material.sampling_list,
        floor=bare_copy,
        job=imported,
        target=1.5,
        fresh=renew,
        large=5,
    ),
    writing("-postgresql", a_desk),
    *bench_search.benches("-postgresql", filled),
    *bench_window.table_benches("-postgresql", filled),
]
if postgres.programs() is None:
    BENCHES.clear()
