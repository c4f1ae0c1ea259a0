"""What the surroundings refuse is a sentence, and nothing is stored."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from admin_suite.core.errors import UserError
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
