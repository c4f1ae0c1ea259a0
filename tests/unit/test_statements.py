"""How many statements a single act asks: a person waits for each, on a server by way of a cable."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from admin_suite.registry.service import NewPerson
from modules.lab import day, queries
from modules.lab.service import NewSample, receive, register


@contextmanager
def counted(suite):
    """The statements of a unit of work, those of its beginning and its end too."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(suite.database.writer, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(suite.database.writer, "before_cursor_execute", note)


def swab(suite, *samples):
    with suite.database.work(suite.actor) as work:
        return register(work, samples)


@pytest.fixture
def begun(suite):
    """A day on which somebody was registered already: the first one of a year asks more."""
    swab(suite, NewSample(NewPerson("Lò Thị Hoa", "1985", phone="0912345678"), "2021-08-13T07:30"))
    return suite


def test_a_swab_of_somebody_new_asks_nothing_about_what_was_just_made(begun):
    with counted(begun) as asked:
        swab(begun, NewSample(NewPerson("Lò Thị Hoa", "1985"), "2021-08-13T08:00"))
    assert len(asked) <= 17
    assert sum(statement.startswith("INSERT INTO house_audit") for statement in asked) == 1


def test_a_swab_of_somebody_known_asks_what_there_is_of_him_as_well(begun):
    known = NewPerson("Lò Thị Hoa", "1985", phone="0912345678")
    with counted(begun) as asked:
        swab(begun, NewSample(known, "2021-08-14T08:00"))
    assert len(asked) <= 19


def test_ten_swabs_ask_no_more_than_one(begun):
    people = [NewPerson(f"Giàng A {letter}", "1990") for letter in "BCDEGHIKLM"]
    with counted(begun) as asked:
        swab(begun, *(NewSample(person, "2021-08-13T08:00", "G1") for person in people))
    assert len(asked) <= 22


def test_a_scan_asks_ten_statements(begun):
    with begun.database.work(begun.actor) as work:
        [number] = [row.accession for row in queries.samples(work)]
    with counted(begun) as asked, begun.database.work(begun.actor) as work:
        [tube] = queries.tube_ids(work, [number])
        receive(work, [tube])
        day.arrival(work, tube)
    assert len(asked) <= 11


def test_the_rights_of_whoever_acts_are_one_question(begun):
    watched = begun.watched()
    with counted(watched) as asked, watched.database.work(watched.actor):
        pass
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1
