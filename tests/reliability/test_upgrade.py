# ruff: noqa: S608 - what fills them is written here
"""An upgrade keeps every row, and one that dies on its way leaves the database as it was."""

import shutil
import sqlite3
from contextlib import closing
from importlib.resources import as_file, files

import pytest
from alembic import command
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from admin_suite.db import engine, migrate
from admin_suite.db.whole import examine
from tests.reliability.conftest import TORTURE, start

REVISIONS = engine.known_revisions()
DAY = "2021-08-12 00:15:00.000000"
FILLED = [
    "INSERT INTO house_salt (id, secret) VALUES (1, x'00112233')",
    "INSERT INTO house_rule (id, code, scope, valid_from, source, adopted, content) "
    "VALUES (1, 'results.signatures', '', '1900-01-01', 'ISO 15189', 1, '{\"persons\": 2}')",
    "INSERT INTO registry_unit (id, name, folded, parent, place, site, own) "
    "VALUES (1, 'Trạm Y tế', 'tram y te', '', 'Bảo Yên', 'BY', 1)",
    *(
        "INSERT INTO registry_user (id, name, full_name, role, password, active, failed) "
        f"VALUES ({n}, 'no {n}', 'no {n}', 'ADMIN', '', 1, 0)"
        for n in (1, 2)
    ),
    'INSERT INTO house_import (id, sheet, file, sha256, at, "by", read, stored, unchanged, '
    f"refused) VALUES (1, 'lab.samples', 'a.xlsx', 'ab', '{DAY}', 1, 3, 3, 0, 0)",
    "INSERT INTO lab_list (id, import_id, sender_id, title, collected_on) "
    "VALUES (1, 1, 1, 'DS', '2021-08-12')",
    *(
        "INSERT INTO registry_person (id, uid, name, folded, sorted, dob, phone, id_no, "
        "insurance_no, commune_code, address) VALUES "
        f"({n}, 'p{n}', 'Lý Văn {n}', 'ly van {n}', 'ly van {n}', '1985', '', '', '', '', '')"
        for n in (1, 2, 3)
    ),
    *(
        "INSERT INTO lab_tube (id, uid, accession, list_id, code, pooled, stage, received_at, "
        f"received_by) VALUES ({n}, 't{n}', '21BY{n}', 1, 'G{n}', 0, '{stage}', {at}, {who})"
        for n, stage, at, who in (
            (1, "RELEASED", f"'{DAY}'", 1),
            (2, "MEASURED", f"'{DAY}'", 1),
            (3, "EXPECTED", "NULL", "NULL"),
        )
    ),
    *(
        "INSERT INTO lab_specimen (id, tube_id, person_id, row, collected_at, note) "
        f"VALUES ({n}, {n}, {n}, {n}, '2021-08-12T07:15', '')"
        for n in (1, 2, 3)
    ),
    *(
        "INSERT INTO lab_measurement (id, tube_id, pooled, outcome, reported, current, method, ct, "
        f"tested_at, entered_by, entered_at) VALUES ({n}, {n}, 0, 'NEGATIVE', 'NEGATIVE', 1, "
        f"'PCR', '', '', 1, '{DAY}')"
        for n in (1, 2)
    ),
    "INSERT INTO results_release (id, measurement_id, entered_by, persons, rule_id, validated_by, "
    f"validated_at, released_by, released_at) VALUES (1, 1, 1, 2, 1, 2, '{DAY}', 2, '{DAY}')",
]
TABLES = sorted({statement.split()[2] for statement in FILLED})
MOST = {name: sum(one.split()[2] == name for one in FILLED) for name in TABLES}  # ids from 1 on


@pytest.fixture(scope="session")
def fixtures(tmp_path_factory):
    """A filled database of every revision there ever was, by its name."""
    folder = tmp_path_factory.mktemp("revisions")
    last, made = folder / "growing.db", {}
    opened = engine.open_migrator(f"sqlite:///{last}")
    for revision in REVISIONS:
        with opened.connect() as connection, as_file(files("migrations")) as scripts:
            command.upgrade(migrate.settings(connection, scripts), revision)
            if not made:
                for statement in FILLED:
                    connection.execute(text(statement.replace(":", "\\:")))
            connection.commit()
        opened.dispose()
        made[revision] = shutil.copy(last, folder / f"{revision}.db")
    return made


def state(file):
    """The revision and how many of their rows the filled tables have; the file must be whole.

    What a later program brings of its own, such as its rules, comes behind them.
    """
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = {
            name: connection.execute(
                f"SELECT count(*) FROM {name} WHERE id <= {MOST[name]}"
            ).fetchone()[0]
            for name in TABLES
        }
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0], counted


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_old_database_is_brought_up_to_date_with_all_its_rows(fixtures, tmp_path, revision):
    file = shutil.copy(fixtures[revision], tmp_path / "suite.db")
    rows = state(file)[1]
    url = make_url(f"sqlite:///{file}")
    engine.bring_up_to_date(url)
    assert state(file) == (REVISIONS[-1], rows)
    assert rows["lab_specimen"] == 3
    readers = engine.open_readers(url)
    assert examine(readers).whole
    readers.dispose()


def test_a_migration_may_die_at_every_step(fixtures, tmp_path, monkeypatch):
    """What lies on the disk before each statement is what a power cut there would leave."""
    file, copy = tmp_path / "suite.db", tmp_path / "after.db"
    shutil.copy(fixtures[REVISIONS[0]], file)
    before, seen = state(file), []

    def look(_connection, _cursor, statement, *_more):
        for ending in ("", "-wal"):
            there = file.with_name(file.name + ending)
            if there.exists():
                shutil.copy(there, copy.with_name(copy.name + ending))
        assert state(copy) == before, statement
        seen.append(statement)

    opened = engine.open_migrator(f"sqlite:///{file}")
    event.listen(opened, "before_cursor_execute", look)
    monkeypatch.setattr(engine, "open_migrator", lambda *_given: opened)
    migrate.upgrade(make_url(f"sqlite:///{file}"), keep=False)
    assert len(seen) > 100
    assert state(file)[0] == REVISIONS[-1]


def test_a_migration_that_was_killed_is_done_again(fixtures, tmp_path):
    source = fixtures[REVISIONS[0]]
    for last in range(20, 400, 4 if TORTURE else 120):
        file = shutil.copy(source, tmp_path / "suite.db")
        with start("migrate", f"sqlite:///{file}") as program:
            for _step in range(last):
                if not program.stdout.readline():
                    break
                program.stdin.write("on\n")
                program.stdin.flush()
            program.kill()
        assert state(file)[1] == state(source)[1]
        engine.bring_up_to_date(make_url(f"sqlite:///{file}"))
        assert state(file) == (REVISIONS[-1], state(source)[1])
