"""Rows written past the ORM: one alone and many at once are stored alike."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import UserError
from admin_suite.db import audit, bulk
from admin_suite.db.complaints import explain
from admin_suite.registry import service
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson

AN = NewPerson("An", "1985-03-07", Sex.F, id_no="010085000001")
BINH, CHAU = NewPerson("Bình", "1990"), NewPerson("Châu", "1991-02")
STORED = (Person.name, Person.dob, Person.sex, Person.id_no, Person.phone, Person.folded)


def kept(suite, actor):
    """What is stored of everybody, and whose rows the trail names with which digests."""
    with suite.database.read(actor) as work:
        people = work.session.execute(select(Person.id, *STORED).order_by(Person.id)).all()
        entries = select(audit.Entry).where(audit.Entry.subject == "registry_person")
        named = [
            (entry.first_id, entry.last_id, entry.digests)
            for entry in work.session.scalars(entries.order_by(audit.Entry.number))
        ]
        return people, named


def test_one_row_alone_is_stored_and_noted_as_among_others(suite, as_actor):
    added = []
    for one in (AN, BINH, CHAU):
        with suite.database.work(as_actor(1)) as work:
            added += service.add_people(work, [one]).ids
    people, named = kept(suite, as_actor(1))
    assert [row.id for row in people] == added == sorted(set(added))
    assert [row[1:] for row in people] == [
        ("An", "1985-03-07", Sex.F, "010085000001", "", "an"),
        ("Bình", "1990", None, "", "", "binh"),
        ("Châu", "1991-02", None, "", "", "chau"),
    ]
    assert [(first, last) for first, last, _digests in named] == [(key, key) for key in added]


def test_the_digest_of_a_row_does_not_hang_on_how_many_came_with_it(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        service.add_people(work, [AN, BINH])
    with suite.database.work(as_actor(1)) as work:
        service.add_people(work, [CHAU])
        secret = work.secret
        proved = [
            audit.digest_rows(secret, [(one.name, one.dob, one.id_no) for one in rows])
            for rows in ([AN, BINH], [CHAU])
        ]
    _people, named = kept(suite, as_actor(1))
    assert [digests for _first, _last, digests in named] == proved


def test_a_row_alone_that_is_not_to_be_is_refused_and_leaves_nothing(suite, as_actor):
    with pytest.raises(UserError), suite.database.work(as_actor(1)) as work:
        service.add_people(work, [BINH])
        bulk.held(work, Person, 999, "nobody")
    with suite.database.read(as_actor(1)) as work:
        assert work.session.scalar(select(func.count(Person.id))) == 0


def somebody(n):
    """A row of the register with everything that could be misread in a statement."""
    told = (f"Lý “{n}”; --", "1985", Sex.F if n % 3 else None, f"'{n}'", "%s", "", "?, :a", "")
    return (*told, f"ly {n}", f"ly|{n}", f"u{n}", None, "2021-08-13")


@pytest.mark.parametrize("count", [2, 49, 50, 51, 499, 500, 501, 1049, 1050, 5001])
def test_rows_of_any_number_are_stored_as_they_are_given(suite, as_actor, count):
    rows = [somebody(n) for n in range(count)]
    with suite.database.work(as_actor(1)) as work:
        ids = bulk.insert_rows(work, Person, service.PERSON, rows)
    query = select(Person.id, *(getattr(Person, name) for name in service.PERSON))
    with suite.database.read(as_actor(1)) as work:
        assert [tuple(row) for row in work.session.execute(query.order_by(Person.id))] == [
            (key, *row) for key, row in zip(ids, rows, strict=True)
        ]


@pytest.mark.parametrize("count", [2, 50, 500, 1000])
def test_of_rows_one_of_which_is_not_to_be_none_is_stored(suite, as_actor, count):
    rows = [somebody(n) for n in range(count - 1)]
    with pytest.raises(IntegrityError) as refused, suite.database.work(as_actor(1)) as work:
        bulk.insert_rows(work, Person, service.PERSON, [*rows, rows[0]])
    said = explain(refused.value, {"uq_registry_person_uid": "This code is taken."})
    assert isinstance(said, UserError)
    assert str(said) == "This code is taken."
    with suite.database.read(as_actor(1)) as work:
        assert work.session.scalar(select(func.count(Person.id))) == 0
