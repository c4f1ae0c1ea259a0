"""A backup can be restored, a bad one is refused in words, and a full disk harms nothing."""

import json
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Role
from admin_suite.db import audit, backup, dump, engine, manifest
from admin_suite.db.whole import examine
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.registry.users import add_user
from admin_suite.safekeeping import anchor_of, back_up, restore
from admin_suite.setting_up import Beginning, set_up, sign_in
from tests.conftest import MODULES, forge

WORD = "mot-hai-ba"
BEGINNING = Beginning("Trạm Y tế xã Kim Sơn", "ha", WORD)


def enter(suite, start, count=20):
    with suite.database.work(suite.actor) as work:
        add_people(work, [NewPerson(f"Lý Thị {n}", "1985") for n in range(start, start + count)])


def people(url, word=WORD):
    suite = sign_in(MODULES, url, "ha", word)
    with suite.database.read(suite.actor) as work:
        names = list(work.session.scalars(select(Person.name)))
    assert examine(suite.database.readers).whole
    suite.close()
    return names


def left_over(folder):
    return sorted(f.name for f in folder.rglob("*") if ".part" in f.name or f.name[-4:] == "-wal")


@pytest.fixture
def url(tmp_path):
    address = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
    set_up(MODULES, address, BEGINNING)
    return address


@pytest.fixture
def suite(url):
    opened = sign_in(MODULES, url, "ha", WORD)
    enter(opened, 0)
    yield opened
    opened.close()


@pytest.fixture
def copy(suite, tmp_path):
    (tmp_path / "usb").mkdir()
    file = tmp_path / "usb" / "suite.backup"
    back_up(suite, file)
    suite.close()
    return file


def test_the_drill_a_backup_during_writes_is_restored_with_equal_counts(url, suite, tmp_path):
    file, stop = tmp_path / "drill.db", threading.Event()

    def write():
        number = 100
        while not stop.is_set():
            enter(suite, number)
            number += 20

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(suite, file) for _ in range(3)][-1]
    finally:
        stop.set()
        writer.join()
    counts = json.loads((tmp_path / "drill.db.json").read_text("utf-8"))["counts"]
    assert sum(counts.values()) == made.rows
    assert counts["registry_person"] % 20 == 0
    enter(suite, 10_000)
    there = len(people(url))
    suite.close()
    restored = restore(MODULES, url, file, "ha", WORD)
    assert restored.rows == made.rows
    assert len(people(url)) == counts["registry_person"] < there
    assert len(people(make_url(f"sqlite:///{restored.kept}"))) == there
    assert left_over(tmp_path) == []


def test_a_restore_stands_in_the_audit_with_the_end_of_the_replaced_trail(url, suite, tmp_path):
    file = tmp_path / "b.db"
    back_up(suite, file)
    enter(suite, 100)
    with suite.database.readers.connect() as connection:
        ended = audit.head(connection)
    suite.close()
    restore(MODULES, url, file, "ha", WORD)
    opened = engine.open_readers(url)
    with opened.connect() as connection:
        entry = connection.execute(
            select(audit.Entry.detail).where(audit.Entry.verb == "registry.note_restore")
        ).scalar_one()
    opened.dispose()
    told = json.loads(entry)
    assert told["user"] == "ha"
    assert told["replaced"]["number"] > ended.number  # signing in to restore is an entry too


def test_on_a_new_computer_the_rights_are_those_in_the_backup(copy, tmp_path):
    there = make_url(f"sqlite:///{tmp_path / 'new' / 'suite.db'}")
    with pytest.raises(UserError, match="wrong"):
        restore(MODULES, there, copy, "ha", "guess")
    assert not (tmp_path / "new" / "suite.db").exists()
    assert restore(MODULES, there, copy, "ha", WORD).kept is None
    assert len(people(there)) == 20
    assert left_over(tmp_path) == []


def test_a_database_that_is_broken_is_replaced_and_kept(url, copy, tmp_path):
    (tmp_path / "suite.db").write_bytes(b"broken" * 2000)
    restored = restore(MODULES, url, copy, "ha", WORD)
    assert restored.kept.read_bytes().startswith(b"broken")
    assert len(people(url)) == 20


def flip(file):
    """One letter of a name, which no check of pages can see."""
    whole = file.read_bytes()
    assert "Lý Thị 1".encode() in whole
    file.write_bytes(whole.replace("Lý Thị 1".encode(), "Lý Thị 9".encode(), 1))


def cut(file):
    file.write_bytes(file.read_bytes()[:-8192])


def no_backup(file):
    file.write_bytes(b"PK" + bytes(5000))


def newer(file):
    with sqlite3.connect(file) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '20991231_later'")
    opened.close()
    manifest.beside(file).unlink()


def foreign(file):
    file.unlink()
    with sqlite3.connect(file) as opened:
        opened.execute("CREATE TABLE x (y)")
    opened.close()
    manifest.beside(file).unlink()


def forged(file):
    with sqlite3.connect(file) as opened:
        opened.execute("DROP TRIGGER guard_fixed_house_audit_update")
        opened.execute("UPDATE house_audit SET actor = 9 WHERE number = 2")
    opened.close()
    manifest.beside(file).unlink()


def garbled(file):
    whole = bytearray(file.read_bytes())
    whole[4096:12288] = bytes(8192)
    file.write_bytes(whole)
    manifest.beside(file).unlink()


def scribbled(file):
    manifest.beside(file).write_text("{}", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (flip, "damaged"),
        (cut, "damaged"),
        (garbled, "damaged"),
        (forged, "audit entries"),
        (no_backup, "not a backup"),
        (foreign, "not a backup"),
        (newer, "newer version"),
        (scribbled, "not what this program writes"),
    ],
)
def test_a_bad_backup_is_refused_and_nothing_is_changed(url, copy, tmp_path, spoil, said):
    spoil(copy)
    with pytest.raises(UserError, match=said) as refused:
        restore(MODULES, url, copy, "ha", WORD)
    assert "“suite.backup" in str(refused.value)
    assert len(people(url)) == 20
    assert left_over(tmp_path) == []
    assert list(tmp_path.glob("*before-restore*")) == []


def test_a_database_that_is_open_elsewhere_is_not_replaced(url, copy, tmp_path):
    other = sign_in(MODULES, url, "ha", WORD)
    with pytest.raises(UserError, match="has this database open"):
        restore(MODULES, url, copy, "ha", WORD)
    other.close()
    assert len(people(url)) == 20
    assert left_over(tmp_path) == []


def test_a_full_disk_leaves_the_old_backup_and_no_other_file(suite, tmp_path, monkeypatch):
    (tmp_path / "usb").mkdir()
    file = tmp_path / "usb" / "suite.backup"
    back_up(suite, file)
    old = file.read_bytes()

    class Small(sqlite3.Connection):
        """A disk of twenty pages."""

        def execute(self, statement, *values):
            if "journal_mode" in statement:
                super().execute("PRAGMA max_page_count = 1")
                super().execute("CREATE TABLE more (x)")
            return super().execute(statement, *values)

    def small(name, *words, **more):
        return sqlite3.Connection(name, *words, **more) if words else Small(name, **more)

    monkeypatch.setattr(backup.sqlite3, "connect", small)
    with pytest.raises(UserError, match="disk is full"):
        back_up(suite, file)
    monkeypatch.undo()
    assert file.read_bytes() == old
    assert sorted(f.name for f in file.parent.iterdir()) == ["suite.backup", "suite.backup.json"]
    assert examine(suite.database.readers).anchors == 1


def test_a_full_disk_while_the_manifest_is_written_is_the_same(suite, tmp_path, monkeypatch):
    def full(_self, _text, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UserError, match="disk is full"):
        back_up(suite, tmp_path / "b.db")
    assert list(tmp_path.glob("b.db*")) == []


def test_a_full_disk_while_restoring_leaves_what_is_there(url, copy, tmp_path, monkeypatch):
    def full(_source, target):
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.shutil, "copyfile", full)
    with pytest.raises(UserError, match="disk is full"):
        restore(MODULES, url, copy, "ha", WORD)
    monkeypatch.undo()
    assert len(people(url)) == 20
    assert left_over(tmp_path) == []


def test_backing_up_and_restoring_take_their_rights(url, suite, tmp_path):
    with suite.database.work(suite.actor) as work:
        add_user(work, "lan", Role.TECHNICIAN, WORD)
    back_up(suite, tmp_path / "b.db")
    suite.close()
    lan = sign_in(MODULES, url, "lan", WORD)
    with pytest.raises(Forbidden):
        back_up(lan, tmp_path / "lan.db")
    lan.close()
    with pytest.raises(Forbidden):
        restore(MODULES, url, tmp_path / "b.db", "lan", WORD)
    with pytest.raises(Forbidden):
        restore(MODULES, make_url(f"sqlite:///{tmp_path / 'x.db'}"), tmp_path / "b.db", "lan", WORD)
    assert not (tmp_path / "lan.db").exists()
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(("name", "said"), [("suite.db", "itself"), ("away/b.db", "no folder")])
def test_a_place_for_a_backup_that_is_none_is_refused(suite, tmp_path, name, said):
    with pytest.raises(UserError, match=said):
        back_up(suite, tmp_path / name)


def test_a_cut_tail_is_found_by_the_own_anchors_and_by_a_manifest(suite, copy, url):
    opened = engine.open_writer(url)
    with opened.begin() as connection:
        head = audit.anchors(connection)[-1]
        forge(connection, f"DELETE FROM house_audit WHERE number >= {head.number}")  # noqa: S608
    assert "cut off" in examine(opened).damage[0]
    with opened.begin() as connection:
        forge(connection, "DELETE FROM house_anchor")
    assert examine(opened).whole
    for file in (copy, manifest.beside(copy)):
        assert "cut off" in examine(opened, [anchor_of(file)]).damage[0]
    opened.dispose()


# -- PostgreSQL -----------------------------------------------------------------------------------


@pytest.fixture
def servers(postgres_url):
    """Two databases of their own on the server: one that is set up, one that is empty."""
    address = make_url(postgres_url)
    maker = engine.open_migrator(address)
    made = maker.execution_options(isolation_level="AUTOCOMMIT")
    with made.connect() as connection:
        for name in ("drill", "empty"):
            connection.execute(text(f"CREATE DATABASE {name}"))
    urls = [address.set(database=name) for name in ("drill", "empty")]
    try:
        set_up(MODULES, urls[0], BEGINNING)
        yield urls
        with made.connect() as connection:
            for name in ("drill", "empty"):
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        maker.dispose()


def test_the_drill_on_postgresql(servers, tmp_path):
    full, empty = servers
    file = tmp_path / "drill.dump"
    suite = sign_in(MODULES, full, "ha", WORD)
    enter(suite, 0)
    made = back_up(suite, file)
    enter(suite, 100)
    suite.close()
    with pytest.raises(UserError, match="holds data"):
        restore(MODULES, full, file, "ha", WORD)
    with pytest.raises(UserError, match="wrong"):
        restore(MODULES, empty, file, "ha", "guess")
    assert restore(MODULES, empty, file, "ha", WORD).rows == made.rows
    assert len(people(empty)) == 20
    assert len(people(full)) == 40


def test_a_damaged_dump_is_refused(servers, tmp_path):
    full, empty = servers
    suite = sign_in(MODULES, full, "ha", WORD)
    back_up(suite, tmp_path / "b.dump")
    suite.close()
    cut(tmp_path / "b.dump")
    with pytest.raises(UserError, match="damaged"):
        restore(MODULES, empty, tmp_path / "b.dump", "ha", WORD)
    manifest.beside(tmp_path / "b.dump").unlink()
    with pytest.raises(UserError, match="there must be"):
        restore(MODULES, empty, tmp_path / "b.dump", "ha", WORD)


def test_without_the_programs_of_postgresql_their_name_is_said(monkeypatch):
    monkeypatch.setattr(dump, "FOLDERS", ())
    monkeypatch.setattr(dump.shutil, "which", lambda _name: None)
    with pytest.raises(UserError, match="pg_dump"):
        dump._program("pg_dump")
