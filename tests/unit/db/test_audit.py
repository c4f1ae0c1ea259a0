"""The trail that only grows, and what it may tell."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from admin_suite.core.identity import new_uids
from admin_suite.db import audit
from admin_suite.db.dated import RuleVersion
from admin_suite.db.whole import examine
from admin_suite.registry import service
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson

AN, BINH = NewPerson("An", "1985", id_no="010085000001"), NewPerson("Bình", "1990")


def test_the_chain_finds_a_changed_and_a_removed_entry(suite, as_actor):
    for number in range(3):
        with suite.database.work(as_actor(1)) as work:
            service.add_person(work, NewPerson(f"An {number}", "1985"))
    with suite.database.writer.connect() as connection:
        assert list(audit.broken(connection)) == []
        assert examine(suite.database.readers).whole
        first = connection.execute(select(audit.Entry.number).order_by(audit.Entry.number)).all()
        last = first[-1][0]
        connection.execute(
            update(audit.Entry).where(audit.Entry.number == last - 1).values(actor=9)
        )
        assert list(audit.broken(connection)) == [last - 1]
        connection.execute(text("DELETE FROM house_audit WHERE number = :n"), {"n": last - 1})
        assert list(audit.broken(connection)) == [last]


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
