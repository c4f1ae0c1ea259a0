"""The layout for the national platform in a database that an earlier program made."""

import json
from importlib import import_module

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from admin_suite.core.shipped import shipped
from admin_suite.db import engine, migrate
from admin_suite.excel.output_data import read, written

STEP = import_module("migrations.versions.20261129_vaccines")
NEXT = import_module("migrations.versions.20261130_wrong_doses")
BEFORE = "20261129_spots"


def first():
    return written(read(json.dumps(STEP.arranged(STEP.FIRST))))


def otherwise():
    told = STEP.arranged(STEP.FIRST)
    told["columns"][0]["width"] = 7
    return written(read(json.dumps(told)))


@pytest.fixture
def older(tmp_path):
    """A database as it was before, with these words as its layout."""
    url = make_url(f"sqlite:///{tmp_path / 'older.db'}")
    engine.bring_up_to_date(url)
    opened = engine.open_migrator(url)

    def with_layout(arranged):
        with opened.connect() as connection:
            migrate.downgrade(connection, BEFORE)
            connection.execute(
                text(
                    "INSERT INTO registry_layout (version, name, sheet, destination, arranged, at,"
                    " by) VALUES (1, :name, 'vaccination.registrations', '', :arranged, '', 0)"
                ),
                {"name": STEP.NAME, "arranged": arranged},
            )
            connection.commit()
        engine.bring_up_to_date(url)
        with opened.connect() as connection:
            return connection.execute(text("SELECT arranged FROM registry_layout")).scalar_one()

    yield with_layout
    opened.dispose()


def test_the_first_layout_that_shipped_becomes_the_one_of_today(older):
    ours = shipped("resources") / "layouts" / "5_vaccination_platform.json"
    assert read(older(first())) == read(ours.read_text(encoding="utf-8"))


def test_a_layout_that_somebody_changed_stays_as_it_is(older):
    assert older(otherwise()) == otherwise()


def test_the_layout_without_places_and_districts_becomes_the_one_of_today(tmp_path):
    url = make_url(f"sqlite:///{tmp_path / 'older.db'}")
    engine.bring_up_to_date(url)
    opened = engine.open_migrator(url)
    before, today = (NEXT.arranged(whole=whole) for whole in (False, True))
    assert before == {**STEP.arranged(STEP.TODAY), "columns": before["columns"]}
    assert written(read(json.dumps(before))) == written(read(json.dumps(STEP.arranged(STEP.TODAY))))
    insert = "INSERT INTO registry_layout (version, name, sheet, destination, arranged, at, by)"
    values = " VALUES (1, :name, 'vaccination.registrations', '', :arranged, '', 0)"
    with opened.connect() as connection:
        told = {"name": NEXT.NAME, "arranged": json.dumps(today)}
        connection.execute(text(insert + values), told)
        migrate.downgrade(connection, "20261130_waiting")
        connection.commit()
        query = text("SELECT arranged FROM registry_layout")
        assert json.loads(connection.execute(query).scalar_one()) == before
    engine.bring_up_to_date(url)
    with opened.connect() as connection:
        assert json.loads(connection.execute(query).scalar_one()) == today
    opened.dispose()
