"""The database refuses the same, whether it was made today or brought here by every migration."""

from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from admin_suite.db import engine, guards, migrate
from admin_suite.db.base import Base
from tests.conftest import build

LAST = 3  # migrations that are taken back one by one; all of them take minutes
SQLITE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master "
    "WHERE type = 'trigger' OR (type = 'index' AND sql IS NOT NULL)"
)
POSTGRES = (
    "SELECT contype::text, conname::text, conrelid::regclass::text, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = current_schema()::regnamespace "
    "AND conrelid <> 0 AND contype <> 'n' "
    "AND conrelid IS DISTINCT FROM to_regclass('alembic_version') "
    "UNION ALL "
    "SELECT 'index', indexname::text, tablename::text, "
    "replace(indexdef, ' ON ' || schemaname || '.', ' ON ') "
    "FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
)


def rules(url):
    """Everything by which a database refuses a row, word for word but for blanks and quotes."""
    opened = engine.open_migrator(url)
    sqlite = url.get_backend_name() == "sqlite"
    with opened.connect() as connection:
        rows = connection.execute(text(SQLITE if sqlite else POSTGRES)).all()
    opened.dispose()
    return {tuple(" ".join(str(word).replace('"', "").split()) for word in row) for row in rows}


@pytest.fixture
def fresh(tmp_path):
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    build(url)
    return rules(make_url(url))


def triggers(found):
    return {row for row in found if row[0] == "trigger"}


def test_a_database_that_was_migrated_refuses_what_a_new_one_refuses(fresh, tmp_path):
    url = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
    engine.bring_up_to_date(url)
    assert rules(url) ^ fresh == set()
    guarded = {table.name for table in Base.metadata.tables.values() if "guards" in table.info}
    assert {row[2] for row in triggers(fresh)} == guarded


def test_the_triggers_are_back_after_each_of_the_last_migrations(fresh, tmp_path):
    url = make_url(f"sqlite:///{tmp_path / 'suite.db'}")
    engine.bring_up_to_date(url)
    for former, last in reversed(list(pairwise(engine.known_revisions()))[-LAST:]):
        opened = engine.open_migrator(url)
        with opened.connect() as connection:
            migrate.downgrade(connection, former)
            connection.commit()
        opened.dispose()
        engine.bring_up_to_date(url, keep=False)
        assert triggers(rules(url)) ^ triggers(fresh) == set(), last


def test_on_postgresql_the_constraints_are_the_same_too(postgres_url):
    address = make_url(postgres_url)
    admin = engine.open_migrator(address)
    urls = {}
    for name in ("made", "moved"):
        with admin.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {name}"))
        urls[name] = address.update_query_dict({"options": f"-csearch_path={name}"})
    try:
        opened = engine.open_migrator(urls["made"])
        with opened.begin() as connection:
            Base.metadata.create_all(connection)
            assert guards.missing(connection) == []
        opened.dispose()
        engine.bring_up_to_date(urls["moved"])
        made, moved = rules(urls["made"]), rules(urls["moved"])
        assert len(made) > len(Base.metadata.tables)
        assert made ^ moved == set()
    finally:
        with admin.begin() as connection:
            for name in urls:
                connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        admin.dispose()
