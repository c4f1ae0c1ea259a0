"""What the surroundings refuse is a sentence, and nothing is stored."""

import errno
import socket

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from admin_suite.core.errors import UserError
from admin_suite.db import engine
from admin_suite.db.complaints import explain
from admin_suite.registry.models import Person
from admin_suite.setting_up import Beginning, set_up, sign_in
from tests.conftest import MODULES

BEGINNING = Beginning("Trạm Y tế xã Kim Sơn", "ha", "mot-hai-ba")


def test_a_full_disk_is_a_sentence_and_stores_nothing(tmp_path):
    """SQLite's page limit says the same as a disk without room."""
    url = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
    set_up(MODULES, url, BEGINNING)
    suite = sign_in(MODULES, url, "ha", "mot-hai-ba")
    with pytest.raises(UserError, match="disk is full"):
        try:
            with suite.database.work(suite.actor) as work:
                driver = work.session.connection().connection.driver_connection
                pages = driver.execute("PRAGMA page_count").fetchone()[0]
                driver.execute(f"PRAGMA max_page_count = {pages}")
                work.session.add_all(
                    Person(
                        uid=str(n),
                        name="x" * 999,
                        folded="x",
                        sorted="x",
                        dob="",
                        sex=None,
                        phone="",
                        id_no="",
                        insurance_no="",
                        commune_code="",
                        address="",
                    )
                    for n in range(500)
                )
        except OperationalError as error:
            raise explain(error, {}) from error
    with suite.database.read(suite.actor) as work:
        assert work.session.scalars(select(Person.id)).all() == []
    suite.close()


def test_a_server_that_is_away_is_a_sentence():
    url = make_url("postgresql+psycopg://suite@127.0.0.1:1/suite?connect_timeout=2")
    with pytest.raises(UserError, match="cannot be reached"):
        try:
            set_up(MODULES, url, BEGINNING)
        except OperationalError as error:
            raise explain(error, {}) from error


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "“list.xlsx” cannot be written")],
)
def test_what_a_folder_refuses_is_a_sentence_too(number, said):
    explained = explain(OSError(number, "no", "/data/list.xlsx"), {})
    assert isinstance(explained, UserError)
    assert said in str(explained)


def test_what_is_missing_in_the_program_itself_is_no_refusal():
    missing = FileNotFoundError(errno.ENOENT, "no", "/program/font.ttf")
    assert explain(missing, {}) is missing


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setitem(engine.PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = make_url(f"postgresql+psycopg://suite@127.0.0.1:{mute.getsockname()[1]}/suite")
        with pytest.raises(OperationalError) as caught:
            set_up(MODULES, url, BEGINNING)
    assert "cannot be reached" in str(explain(caught.value, {}))


@pytest.mark.parametrize("make", [engine.open_writer, engine.open_readers])
def test_after_a_rest_the_first_step_survives_a_restart_of_the_server(
    postgres_url, make, monkeypatch
):
    """The connection that lay in the pool is gone; nobody is told, another one is opened."""
    used, other = make(postgres_url), engine.open_migrator(postgres_url)
    backend, cut = text("SELECT pg_backend_pid()"), text("SELECT pg_terminate_backend(:pid, 5000)")
    try:
        with used.connect() as connection:
            pid = connection.scalar(backend)
        with other.connect() as connection:
            assert connection.scalar(cut, {"pid": pid})
        monkeypatch.setattr(engine, "RESTED", 0.0)
        with used.connect() as connection:
            assert connection.scalar(backend) != pid
    finally:
        used.dispose()
        other.dispose()
