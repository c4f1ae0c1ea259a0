"""What goes wrong is written down without names; what is not released is told to nobody outside.

A result that waits is looked for by comparison: of two laboratories that differ in nothing else,
whoever may not know it must get the same answers.
"""

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import inspect

from admin_suite import app
from admin_suite.core import log, paths
from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Actor, Role
from admin_suite.db.base import Base
from admin_suite.house import drawing, part
from admin_suite.module import Period
from admin_suite.registry import queries, service
from admin_suite.suite import open_suite
from modules import INSTALLED
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.permissions import ENTER
from modules.lab.service import NewResult
from modules.lab.service import tubes as registering
from modules.results import service as results
from modules.results.permissions import RELEASE, VALIDATE
from tests.conftest import MODULES
from tests.unit import test_rights
from tests.unit.test_rights import NOT_QUESTIONS, arguments, questions

NAMES = ("Lý Thanh Đức", "ly thanh duc", "1988", "0818730183", "010088001234")
HEADINGS = "STT;Họ và tên;Ngày sinh;Giới tính;SĐT;CCCD;Địa chỉ;Ngày giờ lấy mẫu"
LINE = "1;Lý Thanh Đức;12/07/1988;Nam;0818730183;010088001234;xã Điện Quan;12/08/2021 07:15"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of our own, with the log in it."""
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    monkeypatch.delenv("ADMIN_SUITE_DEBUG", raising=False)
    before = list(logging.getLogger().handlers)
    yield tmp_path / "data"
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def say(tmp_path, folder, monkeypatch, capsys):
    """The program as it is started; answers the status and what was said."""
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")

    def command(*words):
        database = str(tmp_path / "suite.db")
        status = app.main(INSTALLED, ["--db", database, "--as", "ha", "--lang", "en", *words])
        return status, "".join(capsys.readouterr())

    assert command("init", "--unit", "Trạm Y tế xã Kim Sơn", "--admin", "ha")[0] == 0
    return command


def written(folder):
    return "".join(f.read_text("utf-8") for f in folder.rglob("*") if f.is_file())


def raise_with(row):
    raise RuntimeError(f"cannot store {row}")


def break_the_database(work, rows):
    """What a bug does: a statement that the database refuses, with the row as its parameter."""
    work.session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", (str(rows),))


@pytest.mark.parametrize("failing", ["a verb", "the database"])
def test_an_import_that_crashes_writes_no_name_down(say, folder, tmp_path, monkeypatch, failing):
    def crash(work, people, *_more):
        if failing == "the database":
            break_the_database(work, people)
        raise_with(people)

    monkeypatch.setattr(registering, "add_people", crash)
    file = tmp_path / "list.csv"
    file.write_text(f"{HEADINGS}\n{LINE}\n", encoding="utf-8-sig")
    status, said = say("import", "lab.samples", str(file))
    assert (status, "A report is in" in said) == (1, True)
    told = written(folder) + said
    assert "crash" in told
    assert [name for name in NAMES if name in told] == []


@pytest.mark.logs
def test_the_log_says_where_an_error_happened_and_not_what_it_said(folder):
    log.write_to(folder)
    try:
        raise_with(service.NewPerson("Lý Thanh Đức"))
    except RuntimeError:
        logging.getLogger("admin_suite.test").exception("Unexpected error")
    told = written(folder)
    assert "RuntimeError" in told
    assert "raise_with" in told
    assert "Lý Thanh Đức" not in told


def test_a_data_folder_that_cannot_be_written_keeps_nobody_from_working(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "full").write_text("no folder")
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "full"))
    monkeypatch.delenv("ADMIN_SUITE_DEBUG", raising=False)
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")
    asked = ["--db", str(tmp_path / "suite.db"), "--as", "ha", "--lang", "en"]
    unit = ["init", "--unit", "Trạm Y tế xã Kim Sơn", "--admin", "ha"]
    assert app.main(INSTALLED, [*asked, *unit]) == 0
    assert app.main(INSTALLED, [*asked, "users", "list"]) == 0
    monkeypatch.setattr(queries, "users", raise_with)
    assert app.main(INSTALLED, [*asked, "users", "list"]) == app.FAILED
    said = capsys.readouterr().err
    assert "The program failed; nothing was changed." in said
    assert "RuntimeError" in said
    assert "cannot store" not in said


# -- before the release ---------------------------------------------------------------------------

LABORATORY_ALONE = {
    "modules.results.checks.release:signable": "whoever signs asks it",
    "modules.results.day.release:card": "the card of the release page, recorded with its reason",
    "modules.results.day.release:alone": "how many the release page shows one by one",
    "modules.results.day.release:errands": "what waits for whoever may sign",
    "modules.results.queries.release:queue": "the release page, recorded with its reason",
    "modules.results.queries.release:lines": "results for the verbs of release",
    "modules.results.queries.slips:preliminary_slips": "a paper for whoever may sign",
    "modules.lab.queries.tubes:tubes_of": "tubes for the verbs that enter results",
    "modules.lab.checks.tubes:wrong_results": "compares a list with what was entered before",
}
known = test_rights.furnished  # a fixture, by the name of its examples
WAITING_FOR_SIGNERS = {VALIDATE.code, RELEASE.code, ENTER.code}


@pytest.fixture
def worlds(suite, as_actor, known, tmp_path):
    """One laboratory twice; in one the result that waits is negative, in the other positive.

    It was told early in both, so nobody may learn more of that either.
    """
    with suite.database.work(as_actor(1)) as work:
        lab.receive(work, tubes.tubes_at(work, Stage.EXPECTED))
        numbers = [row.accession for row in tubes.samples(work) if row.stage is Stage.RECEIVED]
    moment = datetime.now(UTC)
    made = []
    for outcome, ct in ((Outcome.NEGATIVE, ""), (Outcome.POSITIVE, "N 17.5")):
        file = tmp_path / f"{outcome.value}.db"
        with closing(sqlite3.connect(tmp_path / "suite.db")) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
        world = open_suite(MODULES, f"sqlite:///{file}", suite.actor)
        with world.database.work(as_actor(1)) as work:
            work.clock = lambda: moment
            lab.enter(work, [NewResult(number, outcome, ct=ct) for number in numbers])
            waiting = [tubes.tubes_of(work, numbers)[number].id for number in numbers]
            results.forewarn(work, waiting)
        made.append(world)
    yield made
    for world in made:
        world.close()


def answers(worlds, actor, ask):
    """What both worlds answer somebody; a refusal is an answer."""
    said = []
    for world in worlds:
        with world.database.read(actor) as work:
            work.clock = lambda: datetime(2121, 1, 1, tzinfo=UTC)
            try:
                said.append(repr(ask(world, work)))
            except UserError as refusal:
                said.append(str(refusal))
    return said


def contents(row):
    """What a row says; as it stands it would say where in memory it lies."""
    columns = inspect(type(row)).column_attrs
    return repr({column.key: getattr(row, column.key) for column in columns})


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_question_tells_a_waiting_result_but_those_of_the_laboratory(worlds, known, monkeypatch):
    monkeypatch.setattr(Base, "__repr__", contents)
    found = {name: f for name, f in questions() if name not in NOT_QUESTIONS}
    telling = []
    for name, f in found.items():
        given = arguments(f, known)
        one, other = answers(worlds, worlds[0].actor, lambda _w, work, f=f, g=given: f(work, **g))
        if one != other:
            telling.append(name)
    assert set(telling) - LABORATORY_ALONE.keys() == set()


def seen_by(module, codes):
    """Whatever a manifest shows to somebody with these rights: how it is asked for, by name."""
    m = module
    lines = [(s.name, s, lambda _w, work, s=s: s.rows(work, {})) for s in m.sheets if s.rows]
    lines += [(n.title, n, lambda _w, work, n=n: n.count(work)) for n in m.waiting]
    lines += [(n.title, n, lambda _w, work, n=n: n.late(work)) for n in m.waiting if n.late]
    lines += [(m.name, n, lambda _w, work, n=n: n.lines(work)) for n in (*m.errands, *m.handovers)]
    lines += [(n.title, n, lambda _w, work, n=n: n.done(work)) for n in m.steps]
    lines += [(n.title, n, lambda _w, work, n=n: n.days(work)) for n in m.curves]
    lines += [(r.name, r, lambda _w, work, r=r: part(m, r.make)(work, LONG, {})) for r in m.reports]
    lines += [(p.name, p, lambda _w, work, p=p: printed(m, p, work)) for p in m.papers]
    return [(name, ask) for name, line, ask in lines if line.permission.code in codes]


LONG = Period(datetime(2021, 1, 1, tzinfo=UTC), datetime(2121, 1, 1, tzinfo=UTC))


def printed(module, paper, work):
    out = BytesIO()
    drawing(module, paper)(work, {}, out)
    return [page.extract_text() for page in PdfReader(out).pages]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [role for role in Role if not VALIDATE.held_by(role)])
def test_nobody_outside_the_laboratory_sees_more_than_that_a_result_waits(worlds, known, role):
    codes = frozenset(p.code for m in MODULES for p in m.permissions if p.held_by(role))
    assert not codes & WAITING_FOR_SIGNERS
    actor = Actor(3, "no 3", codes)
    asked = [one for module in MODULES for one in seen_by(module, codes)]
    person = known["person_id"]
    asked.append(("find", lambda world, work: world.find(work, "Lý")))
    asked.append(("timeline", lambda world, work: world.timeline(work, person)))
    different = []
    for name, ask in asked:
        one, other = answers(worlds, actor, ask)
        if one != other:
            different.append(name)
    assert different == []
