"""Lists into PostgreSQL, beside COPY alone; left out where its programs are not installed."""

import atexit
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import python_calamine
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from admin_suite.core.permissions import Actor
from admin_suite.db import engine
from admin_suite.excel import importer
from admin_suite.registry.names import fold, sort_key
from admin_suite.setting_up import Beginning, set_up
from admin_suite.suite import open_suite
from benchmarks import material
from benchmarks.frame import Bench
from modules.lab.rules import accession
from modules.lab.sheets import SAMPLES
from tests import postgres

PERSON = (
    "id, uid, name, folded, sorted, dob, sex, phone, id_no, insurance_no, commune_code, address"
)


@dataclass(frozen=True)
class Served:
    """A list, and a server with an empty database to copy."""

    file: Path
    server: URL


@cache
def running() -> URL:
    """A private server for this process, with a database that is set up and holds nobody."""
    folder = postgres.programs()
    assert folder is not None  # noqa: S101 - there would be no benchmark
    stack = ExitStack()
    atexit.register(stack.close)
    server = make_url(stack.enter_context(postgres.server(folder)))
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


def _fresh(server: URL) -> URL:
    _alone(server, "DROP DATABASE IF EXISTS turn", "CREATE DATABASE turn TEMPLATE empty")
    return server.set(database="turn")


def a_list(lines: int) -> Served:
    """A sampling list of twenty columns."""
    return Served(material.sampling_list(lines), running())


def imported(given: Served) -> None:
    """Read, validate, look for duplicates, store, audit, index for search."""
    every = frozenset(p.code for module in material.modules() for p in module.permissions)
    suite = open_suite(material.modules(), _fresh(given.server), Actor(1, "ha", every))
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(SAMPLES, given.file, SAMPLES.context(work))
        importer.store(work, draft)
    suite.close()


def bare_copy(given: Served) -> None:
    """The cells as they stand into the same tables with the same indexes, nothing checked."""
    book = python_calamine.CalamineWorkbook.from_path(str(given.file))
    lines = list(enumerate(list(book.get_sheet_by_index(0).iter_rows())[1:], start=1))
    opened = engine.open_migrator(_fresh(given.server))
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


def _copy(driver: Any, table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


BENCHES = [
    Bench(
        name="lab.import-postgresql",
        sizes=(200, 2_000, 20_000),
        prepare=a_list,
        floor=bare_copy,
        job=imported,
        target=1.5,
        large=5,
    )
]
if postgres.programs() is None:
    BENCHES.clear()
