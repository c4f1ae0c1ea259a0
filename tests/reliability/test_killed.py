"""A program that is killed loses nothing it has acknowledged and leaves nothing half done."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from admin_suite.core.errors import Cancelled
from admin_suite.core.permissions import Actor
from admin_suite.core.progress import Progress
from admin_suite.db.base import Base
from admin_suite.db.whole import examine
from admin_suite.excel import importer
from admin_suite.registry.models import Person
from admin_suite.suite import open_suite
from modules.lab.sheets import SAMPLES
from tests.conftest import EVERYTHING, MODULES
from tests.reliability.conftest import TORTURE, start
from tests.reliability.programs import BATCH

ROWS = 400


@pytest.fixture
def file(furnished_file, tmp_path):
    return shutil.copy(furnished_file, tmp_path / "suite.db")


@pytest.fixture
def suite(file):
    opened = open_suite(MODULES, f"sqlite:///{file}", Actor(1, "ha", EVERYTHING))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sampling_list(tmp_path_factory):
    """A list of four hundred people, as it would be sent."""
    lines = [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "SĐT", "Ngày giờ lấy mẫu", "Mã ống"]]
    for n in range(ROWS):
        phone = f"09{n:08d}"
        lines.append([n + 1, f"Lý Văn {n}", "01/02/1985", "Nam", phone, "12/08/2021 07:15", n // 5])
    file = tmp_path_factory.mktemp("list") / "list.csv"
    file.write_text("\n".join(",".join(map(str, line)) for line in lines), "utf-8")
    return file


def test_an_acknowledged_save_survives_a_killed_program(file, suite):
    acknowledged, cycles = -1, 100 if TORTURE else 5
    for cycle in range(cycles):
        with start("write", suite.database.writer.url) as program:
            for line in program.stdout:
                acknowledged = max(acknowledged, int(line))
                if int(line) == cycle % 4:
                    program.kill()
                    break
    with suite.database.read(suite.actor) as work:
        names = list(work.session.scalars(select(Person.name)))
    batches = [name.split()[1] for name in names]
    assert {str(n) for n in range(acknowledged + 1)} <= set(batches)
    assert all(batches.count(one) % BATCH == 0 for one in set(batches))
    assert examine(suite.database.readers).whole


def counts(file):
    """How many rows every table has, and whether the file is whole."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        query = "SELECT count(*) FROM "
        return {
            name: connection.execute(query + name).fetchone()[0] for name in Base.metadata.tables
        }


def test_an_import_that_is_killed_leaves_nothing(furnished_file, file, sampling_list):
    with start("bring", f"sqlite:///{file}", sampling_list, 0) as whole:
        steps = int(whole.stdout.readline())
    before, after = counts(furnished_file), counts(file)
    assert after["lab_specimen"] == ROWS
    every = max(1, steps // (100 if TORTURE else 4))
    for step in [*range(1, steps, every), steps]:
        shutil.copy(furnished_file, file)
        with start("bring", f"sqlite:///{file}", sampling_list, step) as program:
            assert program.stdout.read() == ""
        assert program.returncode != 0
        assert counts(file) == before
    with start("bring", f"sqlite:///{file}", sampling_list, 0) as again:
        assert again.stdout.readline()
    assert counts(file)["lab_specimen"] == ROWS


def test_an_import_that_is_cancelled_leaves_nothing(furnished_file, file, suite, sampling_list):
    with suite.database.read(suite.actor) as work:
        draft = importer.read_file(SAMPLES, sampling_list, SAMPLES.context(work))
    edges = []
    with suite.database.work(suite.actor, Progress(lambda *at: edges.append(at))) as work:
        importer.store(work, draft)
        work.session.rollback()
        work.notes.clear()
    for last in range(len(edges)):
        progress = Progress()
        seen = []

        def cancel(*at, seen=seen, progress=progress, last=last):
            seen.append(at)
            if len(seen) > last:
                progress.cancel.set()

        progress.report = cancel
        with pytest.raises(Cancelled), suite.database.work(suite.actor, progress) as work:
            importer.store(work, draft)
            progress.step(1, 1)
    suite.close()
    assert counts(file) == counts(furnished_file)
