"""What the surroundings refuse is a sentence, and what was acknowledged stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from admin_suite.core.errors import UserError
from admin_suite.db.complaints import explain
from admin_suite.db.whole import examine
from admin_suite.registry.models import Person
from admin_suite.setting_up import Beginning, set_up, sign_in
from tests.conftest import MODULES

ROOT = Path(__file__).parents[3]
BEGINNING = Beginning("Trạm Y tế xã Kim Sơn", "ha", "mot-hai-ba")
WRITER = """
import sys
from sqlalchemy.engine import make_url
from admin_suite.house import load
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.setting_up import sign_in
from modules import INSTALLED
suite = sign_in(load(INSTALLED), make_url(sys.argv[1]), "ha", "mot-hai-ba")
number = 0
while True:
    with suite.database.work(suite.actor) as work:
        add_people(work, [NewPerson(f"P {number} {n}", "1985") for n in range(50)])
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_an_acknowledged_save_survives_a_killed_program(tmp_path):
    address = f"sqlite:///{tmp_path / 'suite.db'}"
    set_up(MODULES, make_url(address), BEGINNING)
    acknowledged = -1
    for _ in range(5):
        command = [sys.executable, "-c", WRITER, address]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            for line in writer.stdout:
                acknowledged = max(acknowledged, int(line))
                if int(line) >= acknowledged and int(line) % 3 == 2:
                    os.kill(writer.pid, signal.SIGKILL)
                    break
    suite = sign_in(MODULES, make_url(address), "ha", "mot-hai-ba")
    with suite.database.read(suite.actor) as work:
        names = list(work.session.scalars(select(Person.name)))
    batches = {name.split()[1] for name in names}
    assert {str(n) for n in range(acknowledged + 1)} <= batches
    assert len(names) % 50 == 0
    assert examine(suite.database.readers).whole
    suite.close()


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
