"""The trail that only grows, and what it may tell."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.identity import new_uids
from admin_suite.db import audit, bulk
from admin_suite.db.dated import RuleVersion
from admin_suite.db.whole import examine
from admin_suite.registry import service
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson
from admin_suite.registry.trail import Wanted, entries, note_backup
from tests.conftest import forge

AN, BINH = NewPerson("An", "1985", id_no="010085000001"), NewPerson("Bình", "1990")


SPOILED = {
    "edited": ["UPDATE house_audit SET actor = 9 WHERE number = 3"],
    "edited detail": ["UPDATE house_audit SET detail = '{}' WHERE number = 3"],
    "removed": ["DELETE FROM house_audit WHERE number = 3"],
    "inserted": [
        "UPDATE house_audit SET number = number + 1 WHERE number = 4",
        "INSERT INTO house_audit (id, version, number, at, actor, verb, subject, detail, hash) "
        "SELECT 99, 1, 4, at, actor, verb, subject, detail, hash FROM house_audit WHERE number = 2",
    ],
    "first ones removed": ["DELETE FROM house_audit WHERE number < 3"],
}


@pytest.fixture
def trail(suite, as_actor):
    """A suite whose chain has four entries and an anchor at the last."""
    with suite.database.writer.begin() as connection:
        forge(connection, "DELETE FROM house_audit")
    for number in range(4):
        with suite.database.work(as_actor(1)) as work:
            service.add_person(work, NewPerson(f"An {number}", "1985"))
    with suite.database.readers.connect() as connection:
        assert audit.head(connection).number == 4
    assert examine(suite.database.readers).whole
    return suite


@pytest.mark.parametrize("statements", SPOILED.values(), ids=SPOILED)
def test_the_chain_finds_what_was_edited_removed_or_inserted(trail, statements):
    with trail.database.writer.begin() as connection:
        forge(connection, *statements)
    health = examine(trail.database.readers)
    assert not health.whole
    assert "changed or removed" in health.damage[0]


def test_a_tail_that_was_cut_is_found_by_an_anchor_only(trail, as_actor):
    with trail.database.readers.connect() as connection:
        head = audit.head(connection)
    with trail.database.writer.begin() as connection:
        forge(connection, "DELETE FROM house_audit WHERE number > 2")
    assert examine(trail.database.readers).whole
    assert "cut off" in examine(trail.database.readers, [head]).damage[0]
    for number in range(3):  # others go on writing: the number is there again, not the hash
        with trail.database.work(as_actor(1)) as work:
            service.add_person(work, NewPerson(f"Bình {number}", "1985"))
    assert "cut off" in examine(trail.database.readers, [head]).damage[0]


def test_a_backup_leaves_an_anchor_in_the_database_too(trail, as_actor):
    with trail.database.readers.connect() as connection:
        head = audit.head(connection)
    with trail.database.work(as_actor(1)) as work:
        note_backup(work, head)
    assert examine(trail.database.readers).anchors == 1
    with trail.database.writer.begin() as connection:
        forge(connection, "DELETE FROM house_audit WHERE number >= 4")
    assert "cut off" in examine(trail.database.readers).damage[0]


def test_the_trail_is_read_by_row_user_and_day(trail, as_actor):
    with trail.database.work(as_actor(2)) as work:
        added = service.add_people(work, [AN, BINH]).ids
        bulk.update_rows(work, Person, [added[0], 1], {"address": "x"})
    with trail.database.read(as_actor(1)) as work:
        today = work.today()

        def found(**wanted):
            return len(entries(work, Wanted(**wanted)))

        assert found() == 6
        assert [row.user for row in entries(work, Wanted(most=2))] == ["no 2", "no 2"]
        assert found(user="no 1") == 4
        assert found(subjects=("registry_person",), id=added[0]) == 2
        assert found(subjects=("registry_person",), id=added[1]) == 1
        assert found(subjects=("registry_person",), id=2) == 1  # not between the scattered two
        assert found(day=today) == 6
        assert found(day=today - timedelta(days=1)) == 0
        with pytest.raises(UserError, match="no user"):
            found(user="nobody")


def test_a_batch_entry_proves_each_row_without_telling_it(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        service.add_people(work, [AN, BINH])
    with suite.database.read(as_actor(1)) as work:
        query = select(audit.Entry).where(audit.Entry.subject == "registry_person")
        entry = work.session.scalars(query).one()
        proof = audit.digest_rows(work.secret, [("Bình", "1990", "")])
    assert (entry.verb, entry.last_id - entry.first_id) == ("registry.add_people", 1)
    assert entry.digests[audit.SIZE :] == proof
    assert "Bình" not in entry.detail


def test_old_and_new_of_a_status_are_kept_the_rest_is_digested(suite, as_actor):
    rule = RuleVersion(code="x", valid_from=date(2021, 5, 5), source="a", content="{}")
    with suite.database.work(as_actor(1)) as work:
        work.session.add(rule)
        key = service.add_person(work, AN)
        rule_key = rule.id
    with suite.database.work(as_actor(1)) as work:
        work.session.get_one(RuleVersion, rule_key).source = "b"
        work.session.get_one(Person, key).name = "Bình"
    with suite.database.read(as_actor(1)) as work:
        entries = work.session.scalars(select(audit.Entry).order_by(audit.Entry.number))
        details = {entry.subject: entry.detail for entry in entries}
    assert '"source": ["a", "b"]' in details["house_rule"]
    assert "Bình" not in details["registry_person"]


def test_the_chain_holds_whatever_zone_the_clock_speaks_of(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        work.clock = lambda: here(datetime(2021, 8, 13, 2, 30, tzinfo=UTC))
        service.add_people(work, [AN, BINH])
    with suite.database.writer.connect() as connection:
        assert list(audit.broken(connection)) == []


def test_a_naive_moment_is_refused(suite, as_actor):
    naive = datetime(2021, 1, 1)  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone"), suite.database.work(as_actor(1)) as work:
        work.session.scalar(select(audit.Entry.id).where(audit.Entry.at == naive))


def test_a_question_cannot_write(suite, as_actor):
    with (
        pytest.raises(Exception, match=r"readonly|read-only"),
        suite.database.read(as_actor(1)) as work,
    ):
        work.session.execute(text("DELETE FROM registry_person"))


@given(st.integers(1, 300))
def test_identities_of_a_batch_are_different_and_in_order(count):
    made = new_uids(datetime(2026, 11, 22, tzinfo=UTC), count)
    assert made == sorted(set(made))
    assert {uid[14] for uid in made} == {"7"}
    assert {uid[19] for uid in made} <= set("89ab")
