"""Tables come and go with their data, and a database of a newer program is left alone."""

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from admin_suite.core.errors import UserError
from admin_suite.db import engine, migrate


@pytest.fixture
def empty(tmp_path):
    return make_url(f"sqlite:///{tmp_path / 'empty.db'}")


def test_there_and_back(empty):
    engine.bring_up_to_date(empty)
    assert engine.revision(empty) == engine.known_revisions()[-1]
    opened = engine.open_migrator(empty)
    with opened.connect() as connection:
        migrate.check(connection)
        migrate.downgrade(connection, "base")
        connection.commit()
    assert engine.revision(empty) == ""
    engine.bring_up_to_date(empty)
    with opened.connect() as connection:
        migrate.check(connection)
    opened.dispose()


def test_the_models_are_migrated_on_postgresql_too(postgres_url):
    address = make_url(postgres_url)
    opened = engine.open_migrator(address)
    with opened.begin() as connection:
        connection.execute(text("CREATE SCHEMA fresh"))
    fresh = address.update_query_dict({"options": "-csearch_path=fresh"})
    engine.bring_up_to_date(fresh)
    moved = engine.open_migrator(fresh)
    with moved.connect() as connection:
        migrate.check(connection)
    moved.dispose()
    with opened.begin() as connection:
        connection.execute(text("DROP SCHEMA fresh CASCADE"))
    opened.dispose()


def test_a_database_with_data_is_copied_before_it_is_migrated(empty, tmp_path, monkeypatch):
    engine.bring_up_to_date(empty)
    known = engine.known_revisions()
    monkeypatch.setattr(engine, "known_revisions", lambda: [*known, "20991231_later"])
    engine.bring_up_to_date(empty)
    copies = list(tmp_path.glob("empty-*.db"))
    assert len(copies) == 1
    assert engine.revision(make_url(f"sqlite:///{copies[0]}")) == known[-1]


def test_a_database_of_a_newer_program_is_refused(empty):
    engine.bring_up_to_date(empty)
    opened = engine.open_migrator(empty)
    with opened.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20991231_later'"))
    opened.dispose()
    with pytest.raises(UserError, match="newer version"):
        engine.bring_up_to_date(empty)
