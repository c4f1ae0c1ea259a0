"""Signing keys: there from the start, never changed, and never the same for two purposes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admin_suite.db import keys
from admin_suite.db.audit import Entry


def test_a_reader_signs_with_the_first_key(suite):
    with suite.database.read(suite.actor) as work:
        first = keys.current(work, "results.slip")
    with suite.database.read(suite.actor) as work:
        again = keys.numbered(work, "results.slip", 0)
        other = keys.current(work, "venues.poster")
    assert (first.number, first.since, len(first.secret)) == (0, None, 32)
    assert again == first
    assert other.secret != first.secret


def test_the_first_key_is_not_the_secret_of_the_database(work):
    assert work.secret not in keys.current(work, "results.slip").secret


def test_a_rotation_leaves_the_older_keys(suite):
    with suite.database.work(suite.actor) as work:
        old = keys.current(work, "results.slip")
        made = [keys.rotate(work, "results.slip") for _again in range(2)]
        elsewhere = keys.rotate(work, "venues.poster")
    with suite.database.read(suite.actor) as work:
        assert keys.every(work, "results.slip") == [old, *made]
        assert keys.current(work, "results.slip") == made[-1]
        assert keys.numbered(work, "results.slip", 1) == made[0]
        assert keys.numbered(work, "results.slip", 3) is None
    assert [key.number for key in made] == [1, 2]
    assert elsewhere.number == 1
    assert len({old.secret, elsewhere.secret, *(key.secret for key in made)}) == 4


def test_a_secret_is_shown_nowhere(suite):
    with suite.database.work(suite.actor) as work:
        made = keys.rotate(work, "results.slip")
    assert made.secret.hex() not in repr(made)
    assert str(made.secret) not in repr(made)
    with suite.database.read(suite.actor) as work:
        details = work.session.query(Entry.detail).where(Entry.subject == "house_key").all()
    assert len(details) == 1
    assert repr(made.secret) not in details[0][0]
    assert made.secret.hex() not in details[0][0]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE house_key SET secret = x'00'", "DELETE FROM house_key"],
)
def test_a_key_stays_as_it_is(suite, statement):
    with suite.database.work(suite.actor) as work:
        keys.rotate(work, "results.slip")
    with suite.database.writer.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement))
