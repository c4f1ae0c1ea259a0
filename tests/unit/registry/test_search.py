"""Names as people type them at the counter; the people are invented."""

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from admin_suite.db import engine, migrate
from admin_suite.excel.sheet import Change
from admin_suite.registry import search
from admin_suite.registry.models import WORDS, Person
from admin_suite.registry.names import fold
from admin_suite.registry.queries import FOUND, find
from admin_suite.registry.service import NewPerson, add_people, correct_people, withdraw_people

NAMES = (
    "Nguyễn Văn An",
    "Nguyễn Văn Anh",
    "Nguyễn Thị Vân Anh",
    "Đặng Thị Nguyên",
    "Lò Văn Nguyện",
    "Sùng A Páo",
)


PERSON = (
    "INSERT INTO registry_person (uid, name, folded, sorted, dob, phone, id_no, insurance_no, "
    "commune_code, address) VALUES (:uid, 'x', :folded, 'x', '', '', '', '', '', '')"
)


@pytest.fixture
def people(work):
    add_people(work, [NewPerson(name, "1985") for name in NAMES])
    return lambda typed: [hit.title for hit in find(work, typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen van a", ["Nguyễn Văn An", "Nguyễn Văn Anh", "Nguyễn Thị Vân Anh"]),
        ("anh nguyễn", ["Nguyễn Thị Vân Anh", "Nguyễn Văn Anh"]),
        ("a v ng", ["Nguyễn Thị Vân Anh", "Nguyễn Văn An", "Nguyễn Văn Anh"]),
        ("nguyen", [NAMES[2], NAMES[0], NAMES[1], NAMES[3], NAMES[4]]),
        ("đặng", ["Đặng Thị Nguyên"]),
        ("  DANG   nguyen ", ["Đặng Thị Nguyên"]),
        ("pao", ["Sùng A Páo"]),
        ("ao", []),
        ("van thi hoa", []),
        ("100% _", []),
    ],
)
def test_words_in_any_order_each_perhaps_only_begun(people, typed, found):
    assert people(typed) == found


def test_numbers_are_exact(work):
    add_people(work, [NewPerson("Lý A", phone="0912345678", id_no="010185001234")])
    assert [hit.exact for hit in find(work, "0912345678")] == [True]
    assert [hit.exact for hit in find(work, " 010185001234 ")] == [True]
    assert find(work, "01018500") == []


def test_everybody_of_one_name_is_one_name_in_the_index(work):
    add_people(work, [NewPerson("Trần Thị Hoa", str(1950 + n)) for n in range(30)])
    assert work.session.execute(select(WORDS)).all() == [
        ("hoa", " tran thi hoa"),
        ("thi", " tran thi hoa"),
        ("tran", " tran thi hoa"),
    ]
    assert len(find(work, "hoa tran")) == FOUND


def test_common_words_are_not_counted_to_the_end(people, monkeypatch):
    monkeypatch.setattr(search, "COMMON", 1)
    search._counting.cache_clear()
    assert people("anh v") == ["Nguyễn Thị Vân Anh", "Nguyễn Văn Anh"]
    search._counting.cache_clear()


def test_a_server_never_reads_everybody_for_a_few_names(postgres_url):
    opened = engine.open_readers(postgres_url)
    plans = []
    with opened.connect() as connection:
        assert connection.execute(text("SHOW jit")).scalar() == "off"
        connection.execute(text("SET enable_indexscan = off"))  # as its planner may guess it dear
        connection.execute(text("SET enable_bitmapscan = off"))
        given = {"start": "van", "end": "van" + search.LAST, "other0": " d", "most": FOUND}
        walk = search._walk(1, "postgresql")
        plans += connection.scalars(text(f"EXPLAIN {walk}"), given).all()
    opened.dispose()
    assert not [line for line in plans if "Semi Join" in line]


def test_a_corrected_name_is_found_by_its_new_words(work):
    ids = add_people(work, [NewPerson("Bàn Thị Nái")]).ids
    person = work.session.get_one(Person, ids[0])
    person.name, person.folded = "Bàn Mùi Nái", fold("Bàn Mùi Nái")
    work.session.flush()
    person.phone = "0912345678"
    work.session.flush()
    assert [hit.id for hit in find(work, "nai mui")] == ids
    assert find(work, "nai thi") == []


def test_a_name_that_a_list_corrects_is_found_by_its_new_words(work):
    ids = add_people(work, [NewPerson("Bàn Thị Nái")]).ids
    correct_people(work, [Change(ids[0], {"name": ("Bàn Thị Nái", "Bàn Mùi Nái")})])
    assert [hit.id for hit in find(work, "nai mui")] == ids
    assert find(work, "nai thi") == []


@pytest.mark.parametrize("typed", ["Bàn Thị", "nai ban", "0912345678"])
def test_who_was_taken_back_is_not_found_until_entered_again(work, typed):
    person = NewPerson("Bàn Thị Nái", "1985", phone="0912345678")
    withdraw_people(work, add_people(work, [person]).ids)
    assert find(work, typed) == []
    again = add_people(work, [person]).ids
    assert [hit.id for hit in find(work, typed)] == again


def test_names_that_were_taken_back_do_not_crowd_out_the_others(work):
    gone = [NewPerson(f"Bàn Văn {chr(97 + n // 26)}{chr(97 + n % 26)}") for n in range(90)]
    withdraw_people(work, add_people(work, gone).ids)
    ids = add_people(work, [NewPerson("Đặng Văn Zo")]).ids
    assert [hit.id for hit in find(work, "van")] == ids


@pytest.fixture(params=["sqlite", "postgres"])
def old(request, tmp_path):
    """A database as the program before this one left it, with people in it."""
    if request.param == "sqlite":
        url = make_url(f"sqlite:///{tmp_path / 'old.db'}")
        connection = engine.open_migrator(url).connect()
    else:
        url = make_url(request.getfixturevalue("postgres_url"))
        connection = engine.open_migrator(url).connect()
        connection.exec_driver_sql("CREATE SCHEMA old")
        connection.exec_driver_sql("SET search_path = old")
    engine_ = connection.engine
    yield connection
    connection.rollback()
    connection.close()
    engine_.dispose()


def test_people_who_are_there_already_are_indexed(old):
    command.upgrade(migrate.settings(old), "20261122_first_tables")
    made = text(PERSON)
    for number, name in enumerate(["ly a pao", "ly a pao", "", "ban thi nai"]):
        old.execute(made, {"uid": str(number), "folded": name})
    command.upgrade(migrate.settings(old), "20261123_search")
    rows = old.execute(select(WORDS).order_by(WORDS.c.spaced, WORDS.c.word)).all()
    assert [row.word for row in rows] == ["ban", "nai", "thi", "a", "ly", "pao"]
