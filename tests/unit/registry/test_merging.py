"""Two entries of one person made one and taken apart again; the people are invented."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from admin_suite.core.errors import UserError
from admin_suite.db.base import Base
from admin_suite.excel.sheet import Change
from admin_suite.registry import merging
from admin_suite.registry.codes import Relation, Whose
from admin_suite.registry.merging import merge_people, tell_apart, unmerge_people
from admin_suite.registry.models import Merge, MergeLine, Person
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.queries import find
from admin_suite.registry.service import (
    NewPerson,
    add_people,
    correct_people,
    move,
    set_guardian,
    set_phones,
    withdraw_people,
)
from modules.lab import queries as lab
from modules.lab.service import NewSample, register

WHY = "cùng một người"
KEPT_OUT = {"house_audit", "registry_merge", "registry_merge_line"}


def picture(work):
    """Every row of every table but the trail, without the counters of changes."""
    work.session.flush()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in KEPT_OUT:
            columns = [column for column in table.columns if column.name != "version"]
            rows = work.session.execute(select(*columns)).all()
            found[table.name] = sorted(map(repr, map(tuple, rows)))
    return found


def six(work):
    """Six entries with swabs, telephones, addresses and guardians between them."""
    made = [
        NewPerson("Lý A Páo", "1985", phone="0912345678"),
        NewPerson("Ly A Pao", "1985-03-07", id_no="010085000001", occupation="Giáo viên"),
        NewPerson("Lý Páo", address="Bản 1", commune_code="02959", passport_no="C1234567"),
        NewPerson("Lý A Páo", "1986", other_phones="0388123456 vợ"),
        NewPerson("Vàng Thị Mẩy", "2015"),
        NewPerson("Vàng Mẩy", nationality="LA"),
    ]
    swabs = [NewSample(one, "2021-08-12T07:15", f"G{n}") for n, one in enumerate(made)]
    ids = [row.person_id for row in lab.sample_rows(work, register(work, swabs).ids)]
    set_phones(work, ids[2], [NewPhone("0912345670"), NewPhone("0377777777", Whose.NEIGHBOUR)])
    move(work, ids[2], "Bản 2", "02962", work.now().date())
    set_guardian(work, ids[4], ids[0], Relation.PARENT)
    set_guardian(work, ids[5], ids[1], Relation.PARENT)
    return ids


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_merges_undone_in_reverse_leave_everything_as_it_was(suite, steps):
    with suite.database.work(suite.actor) as work:
        ids, done = six(work), []
        before = picture(work)
        pictures = []
        for keep, gone in steps:
            was = picture(work)
            try:
                done.append(merge_people(work, ids[keep], ids[gone], WHY))
                pictures.append(was)
            except UserError:
                assert picture(work) == was
        for number, was in zip(reversed(done), reversed(pictures), strict=True):
            unmerge_people(work, number)
            assert picture(work) == was
        assert picture(work) == before
        work.session.rollback()


def test_all_that_named_the_one_names_the_other(work):
    ids = six(work)
    number = merge_people(work, ids[1], ids[0], WHY)
    assert {row.person_id for row in lab.samples(work)} == {ids[1], *ids[2:]}
    child = work.session.get_one(Person, ids[4])
    kept = work.session.get_one(Person, ids[1])
    assert child.guardian_id == ids[1]
    assert (kept.phone, kept.dob, kept.occupation) == ("0912345678", "1985-03-07", "Giáo viên")
    lines = select(func.count()).where(MergeLine.merge_id == number)
    assert work.session.scalar(lines) == 2


@pytest.mark.parametrize("typed", ["Sùng Thị Cũ", "cu sung", "0912345678", "063123456"])
def test_who_was_made_one_with_another_is_found_under_the_old_name_and_numbers(work, typed):
    new = NewPerson("Sùng Thị Mới", "1990")
    old = NewPerson("Sùng Thị Cũ", "1990", phone="0912345678", old_id_no="063123456")
    kept, gone = add_people(work, [new, old._replace(phone="0912345678")]).ids
    merge_people(work, kept, gone, WHY)
    hits = find(work, typed)
    assert {hit.id for hit in hits} == {kept}
    assert {hit.title for hit in hits} == {"Sùng Thị Mới"}


def test_a_list_that_brings_the_old_entry_again_means_the_kept_one(work):
    old = NewPerson("Sùng Thị Cũ", "1990-01-02", phone="0912345678")
    kept, gone = add_people(work, [NewPerson("Sùng Thị Mới", "1990"), old]).ids
    merge_people(work, kept, gone, WHY)
    assert add_people(work, [old]).ids == [kept]
    correct_people(work, [Change(gone, {"occupation": ("", "Nông dân")})])
    assert work.session.get_one(Person, kept).occupation == "Nông dân"


def test_an_entry_that_was_made_one_is_not_withdrawn_and_holds_the_kept_one(work):
    kept, gone = add_people(work, [NewPerson("Lý A", "1985"), NewPerson("Lý Á", "1986")]).ids
    number = merge_people(work, kept, gone, WHY)
    assert set(withdraw_people(work, [kept, gone])) == {kept, gone}
    unmerge_people(work, number)
    assert withdraw_people(work, [kept, gone]) == {}


def test_several_telephones_do_not_keep_an_import_from_being_taken_back(work):
    ids = add_people(work, [NewPerson("Lý A", "1985", phone="0912345678")]).ids
    set_phones(work, ids[0], [NewPhone("0912345678"), NewPhone("0388123456", Whose.SPOUSE)])
    assert withdraw_people(work, ids) == {}
    assert find(work, "0388123456") == []


def test_two_swabs_in_one_tube_are_of_two_people(work):
    pair = [NewPerson("Lý A", "1985", phone="0912345678"), NewPerson("Lý B", "1986")]
    swabs = register(work, [NewSample(one, "2021-08-12T07:15", "G1") for one in pair]).ids
    ids = [row.person_id for row in lab.sample_rows(work, swabs)]
    with pytest.raises(UserError, match="two swabs"):
        merge_people(work, *ids, WHY)


def test_merges_that_cannot_be_are_refused_in_a_sentence(work):
    one, other, third = add_people(work, [NewPerson(f"Lý {n}", "1985") for n in "ABC"]).ids
    for keep, gone, why, said in (
        (one, one, WHY, "himself"),
        (one, other, " ", "Say why"),
        (one, 999, WHY, "Nobody has the number 999"),
    ):
        with pytest.raises(UserError, match=said):
            merge_people(work, keep, gone, why)
    set_guardian(work, one, other)
    with pytest.raises(UserError, match="guardian"):
        merge_people(work, one, other, WHY)
    set_guardian(work, one, None)
    first = merge_people(work, one, other, WHY)
    merge_people(work, third, one, WHY)
    with pytest.raises(UserError, match="Undo merge"):
        unmerge_people(work, first)
    with pytest.raises(UserError, match="Nobody has the number"):
        merge_people(work, third, other, WHY)


def test_what_was_filled_in_and_changed_since_stays(work):
    kept, gone = add_people(work, [NewPerson("Lý A"), NewPerson("Lý B", phone="0912345678")]).ids
    number = merge_people(work, kept, gone, WHY)
    correct_people(work, [Change(kept, {"phone": ("0912345678", "0388123456")})])
    unmerge_people(work, number)
    assert work.session.get_one(Person, kept).phone == "0388123456"
    assert work.session.scalar(select(Merge.id).where(Merge.id == number)) is None
    with pytest.raises(UserError, match="no merge"):
        unmerge_people(work, number)


def test_who_was_told_apart_may_be_told_so_twice(work):
    ids = add_people(work, [NewPerson("Lý A"), NewPerson("Lý B")]).ids
    tell_apart(work, *ids)
    tell_apart(work, *reversed(ids))
    with pytest.raises(UserError):
        tell_apart(work, ids[0], ids[0])


def test_no_field_is_both_filled_alone_and_with_others():
    names = [*merging.ALONE, *(name for group in merging.TOGETHER for name in group)]
    assert len(names) == len(set(names))
