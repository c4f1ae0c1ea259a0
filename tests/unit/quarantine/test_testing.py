"""Samples that are due by policy day, pooled by room, and ordered from the laboratory."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from admin_suite.registry.service import NewPerson, add_people
from modules.lab.queries import samples
from modules.quarantine.codes import Group, Setting
from modules.quarantine.commands import deciding
from modules.quarantine.models import Episode
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.testing import AT_HOME, due_tests
from modules.quarantine.rules.testing import Sampled, due, tubes
from modules.quarantine.service import cases, stays
from modules.quarantine.service.home import Terms, begin_at_home, go_home
from modules.quarantine.service.stays import Placement
from modules.quarantine.service.testing import order_tests
from tests.unit.quarantine.conftest import bed, person

PEOPLE = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(list(Group)), st.booleans()), max_size=25
)


@given(people=PEOPLE, size=st.integers(1, 8))
def test_a_tube_is_of_one_room_never_too_full_and_never_shared_by_the_suspected(people, size):
    rows = [Sampled(key, *one) for key, one in enumerate(people)]
    found = tubes(rows, size)
    assert found.keys() == {one.key for one in rows}
    for tube in set(found.values()) - {""}:
        inside = [one for one in rows if found[one.key] == tube]
        assert 2 <= len(inside) <= size
        assert len({one.room for one in inside}) == 1
        assert all(one.group not in (Group.F0, Group.SYMPTOMATIC) for one in inside)
        assert not any(one.symptomatic for one in inside)


def test_a_day_is_made_up_for_by_a_swab_since_then_and_by_no_earlier_one():
    days = [date(2021, 8, 11), date(2021, 8, 17), date(2021, 8, 24)]
    assert due(days, [], date(2021, 8, 10)) is None
    assert due(days, [], date(2021, 8, 20)) == date(2021, 8, 17)
    assert due(days, [date(2021, 8, 16)], date(2021, 8, 20)) == date(2021, 8, 17)
    assert due(days, [date(2021, 8, 18)], date(2021, 8, 20)) is None


@pytest.fixture
def room(desk):
    """Three women in room 101 and one with symptoms in 102, all due on the first day."""
    keys = [*(person(desk) for _ in range(3)), person(desk, group=Group.SYMPTOMATIC)]
    places = [("101", "1"), ("101", "2"), ("101", "3"), ("102", "1")]
    pairs = zip(keys, places, strict=True)
    stays.admit(desk, [Placement(key, bed(desk, *place)) for key, place in pairs])
    return keys


def test_ordered_samples_are_planned_tubes_of_the_laboratory_by_room(desk, room, clock):
    rows = due_tests(desk).rows
    assert [(row.id, row.tube) for row in rows] == [
        (room[0], "101"),
        (room[1], "101"),
        (room[2], "101"),
        (room[3], ""),
    ]
    assert order_tests(desk, room, date(2021, 8, 13)) == 2
    there = samples(desk, {"sender": "Trường Nội trú"})
    assert [row.note for row in there] == ["101-1", "101-2", "101-3", "102-1"]
    assert len({row.tube_id for row in there}) == 2
    people = [desk.session.get_one(Episode, key).person_id for key in room]
    assert [row.person_id for row in there] == people
    assert due_tests(desk).rows == []
    clock.pass_(days=5)
    assert [row.id for row in due_tests(desk).rows] == room[:3]


def test_nothing_is_ordered_for_whoever_is_not_due_or_for_a_day_gone(desk, room):
    order_tests(desk, room, date(2021, 8, 13))
    with pytest.raises(UserError, match="No sample"):
        order_tests(desk, room[:1], date(2021, 8, 13))
    with pytest.raises(UserError, match="today or a day"):
        order_tests(desk, room[:1], date(2021, 8, 12))


def test_a_positive_in_the_room_asks_for_samples_at_once(desk, room, clock):
    order_tests(desk, room, date(2021, 8, 13))
    clock.pass_(days=2)
    assert due_tests(desk).rows == []
    cases.confirm(desk, cases.report(desk, room[0], "2021-08-15"), None)
    assert [row.id for row in due_tests(desk).rows] == room[1:3]
    order_tests(desk, room[1:3], date(2021, 8, 15))
    assert due_tests(desk).rows == []


def test_a_changed_rule_is_shown_first_and_adopted_on_the_word(desk, room):
    before = clocks(desk, room)[room[0]].ends_on
    values = {
        "days": 7,
        "home-days": None,
        "test-day": None,
        "running": True,
        "source": "CV 1/SYT",
        "day": date(2021, 8, 13),
        "adopt": False,
    }
    told = deciding.policy(desk, values)
    assert {(one.old, one.new) for one in told["moved"]} >= {("2021-08-24", "2021-08-17")}
    assert clocks(desk, room)[room[0]].ends_on == before
    deciding.policy(desk, values | {"adopt": True})
    assert clocks(desk, room)[room[0]].ends_on == date(2021, 8, 17)


def test_a_household_shares_a_tube_and_its_commune_sends_it(desk, clock):
    people = [
        NewPerson(f"Hộ {n}", "1990", phone=f"06{n:08d}", commune_code="02947") for n in range(2)
    ]
    terms = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 12))
    keys = begin_at_home(desk, add_people(desk, people).ids, terms)
    rows = due_tests(desk, AT_HOME).rows
    assert [row.id for row in rows] == keys
    assert len({row.tube for row in rows}) == 1
    assert order_tests(desk, keys, date(2021, 8, 13)) == 1
    assert due_tests(desk).facility_id != AT_HOME


def test_who_is_followed_at_home_is_sampled_on_the_days_of_the_follow_up(desk, room, clock):
    clock.pass_(days=11)
    go_home(desk, room[:1])
    found = clocks(desk, room[:1])[room[0]]
    assert found.home_tests == (date(2021, 8, 31), date(2021, 9, 7))
    clock.pass_(days=7)
    [row] = due_tests(desk, AT_HOME).rows
    assert row.since == date(2021, 8, 31)


def asked(**more):
    """What the command line gives to ask for samples that are due."""
    return {**dict.fromkeys(("facility", "at-home", "commune", "day")), **more}


def test_the_command_lists_who_is_at_home_by_household_in_the_shape_of_a_facility(desk, room):
    def begin_in(commune, *numbers):
        rows = [
            NewPerson(f"Hộ {n}", "1990", phone=f"06{n:08d}", commune_code=commune, address="Bản 3")
            for n in numbers
        ]
        terms = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 12))
        return begin_at_home(desk, add_people(desk, rows).ids, terms)

    first, second = begin_in("02947", 1, 2), begin_in("02950", 3)
    lines = deciding.tests_due(desk, asked(**{"at-home": True}))
    assert [one.id for one in lines] == [*first, *second]
    assert lines[0].household == lines[1].household != lines[2].household
    assert {(one.setting, one.room, one.bed, one.address) for one in lines} == {
        (Setting.HOME, "", "", "Bản 3")
    }
    told = asked(commune="02950", **{"at-home": True})
    assert [one.id for one in deciding.tests_due(desk, told)] == second
    there = deciding.tests_due(desk, asked(facility="NT"))
    assert [one.id for one in there] == [row.id for row in due_tests(desk).rows] != []
    assert {(one.setting, one.household, one.room) for one in there} == {
        (Setting.FACILITY, None, "101"),
        (Setting.FACILITY, None, "102"),
    }
    assert deciding.order(desk, told) == {"people": 1, "tubes": 1}
    assert deciding.tests_due(desk, told) == []
    for nothing in (asked(), asked(facility="NT", **{"at-home": True})):
        with pytest.raises(UserError, match="Say whose samples"):
            deciding.tests_due(desk, nothing)
