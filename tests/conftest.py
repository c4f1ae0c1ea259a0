"""Shared fixtures: every test that asks for ``suite`` runs on both engines."""

import logging
import os
import secrets
import shutil
from collections.abc import Callable

import pytest
from PyQt6.QtCore import QThreadPool
from sqlalchemy import insert, text

from admin_suite.core.i18n import speak
from admin_suite.core.permissions import Actor, Role
from admin_suite.db import audit, guards
from admin_suite.db.base import Base
from admin_suite.db.engine import open_migrator
from admin_suite.db.work import Work
from admin_suite.house import load
from admin_suite.registry.models import Unit, User
from admin_suite.setting_up import seed
from admin_suite.suite import open_suite
from admin_suite.ui import theme
from admin_suite.ui.runner import Runner
from modules import INSTALLED
from tests import postgres

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
MODULES = load(INSTALLED)
EVERYTHING = frozenset(p.code for module in MODULES for p in module.permissions)


SETUP = Actor(0, "setup", EVERYTHING)


def furnish(work: Work) -> None:
    """What every test finds: our own unit, three colleagues, the rule of two persons."""
    own = {"folded": "trung tam y te huyen bao yen", "parent": "", "place": "Bảo Yên"}
    work.session.add(Unit(name="Trung tâm Y tế huyện Bảo Yên", site="BY", own=1, **own))
    for number in (1, 2, 3):
        name = f"no {number}"
        work.session.add(User(name=name, full_name=name, role=Role.ADMIN, password="", active=True))
        work.session.flush()
    seed(work, MODULES)


class InlineRunner(Runner):
    """Runs on the GUI thread: no threads, no waiting."""

    def _start(self, _pool: QThreadPool, run: Callable[[], None]) -> None:
        run()


def build(url: str) -> None:
    """Create every table."""
    engine = open_migrator(url)
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(insert(audit.Salt), [{"secret": secrets.token_bytes(32)}])
    finally:
        engine.dispose()


def forge(connection, *statements: str) -> None:
    """What somebody does who knows the guards: he lifts them and puts them up again."""
    guards.lift(connection)
    for statement in statements:
        connection.execute(text(statement))
    guards.put_up(connection)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    """Nothing is written into the data folder of whoever runs the tests."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("ADMIN_SUITE_DB", "ADMIN_SUITE_USER", "ADMIN_SUITE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _quiet(request, caplog):
    """A warning or an error in the log fails the test, unless it is marked as expected."""
    yield
    if request.node.get_closest_marker("logs") is None:
        loud = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
        assert [record.getMessage() for record in loud] == []


@pytest.fixture(autouse=True)
def _english():
    """Sentences are compared in the language they are written in; tests of others say so."""
    speak("en")


@pytest.fixture(scope="session")
def qapp_args():
    """The style is chosen where the program begins, so here too."""
    return list(theme.ARGUMENTS)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    file = tmp_path_factory.mktemp("template") / "suite.db"
    build(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_url():
    if given := os.environ.get("SUITE_TEST_POSTGRES"):
        build(given)
        yield given
        return
    folder = postgres.programs()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with postgres.server(folder) as url:
        build(url)
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("template"), tmp_path / "suite.db")
        return f"sqlite:///{tmp_path / 'suite.db'}"
    address = request.getfixturevalue("postgres_url")
    engine = open_migrator(address)
    try:
        with engine.begin() as connection:
            connection.execute(text(postgres.WIPE))
    finally:
        engine.dispose()
    return address


@pytest.fixture
def suite(url):
    opened = open_suite(MODULES, url, Actor(1, "no 1", EVERYTHING))
    try:
        with opened.database.work(SETUP) as work:
            furnish(work)
        yield opened
    finally:
        opened.close()


@pytest.fixture
def elsewhere(template, tmp_path):
    """The database of another unit."""
    file = tmp_path / "elsewhere.db"
    shutil.copy(template, file)
    opened = open_suite(MODULES, f"sqlite:///{file}", Actor(1, "no 1", EVERYTHING))
    with opened.database.work(SETUP) as work:
        furnish(work)
    yield opened
    opened.close()


@pytest.fixture
def work(suite):
    with suite.database.work(suite.actor) as open_work:
        yield open_work


@pytest.fixture
def as_actor():
    """A first, second, third colleague with every right."""
    return lambda number: Actor(number, f"no {number}", EVERYTHING)


@pytest.fixture
def runner(suite, qapp):
    return InlineRunner(suite)
