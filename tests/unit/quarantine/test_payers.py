"""Who pays for meals: the rule of the group, or what is agreed for one person from a day on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from modules.quarantine.codes import Group, Payer
from modules.quarantine.queries.payers import payers
from modules.quarantine.reports import meals as statement
from modules.quarantine.rules.payers import Payers, payer_on
from modules.quarantine.service import stays
from modules.quarantine.service.payers import adopt_payers, set_payer
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

FIRST = date(2021, 8, 1)
OWN = st.dictionaries(st.integers(0, 20), st.sampled_from(list(Payer)), max_size=5)


@given(own=OWN, day=st.integers(0, 20), group=st.sampled_from(list(Group)))
def test_the_last_word_of_a_person_counts_else_the_group(own, day, group):
    rule = Payers(((Group.ENTRANT.value, Payer.SELF.value),), Payer.STATE.value)
    told = [(FIRST + timedelta(days=n), payer) for n, payer in own.items()]
    expected = Payer.SELF if group is Group.ENTRANT else Payer.STATE
    for n in range(day + 1):
        expected = own.get(n, expected)
    assert payer_on(FIRST + timedelta(days=day), group, told, rule) is expected


def test_without_any_rule_the_person_pays():
    assert payer_on(FIRST, Group.F1, [], None) is Payer.SELF


def test_the_statement_has_a_line_for_each_person_and_payer(desk, clock):
    key, other = person(desk), person(desk, group=Group.ENTRANT)
    places = (Placement(key, bed(desk, "101")), Placement(other, bed(desk, "102")))
    stays.admit(desk, places)
    clock.pass_(days=3)
    set_payer(desk, [key], Payer.EMPLOYER, date(2021, 8, 15), "Công ty X")
    days = Period.of_days(date(2021, 8, 13), date(2021, 8, 16))
    found = statement(desk, days, {"facility": "NT"})
    told = [(line[0], *line[4:]) for line in found.rows]
    names = [line[0] for line in found.rows]
    assert told == [
        (names[0], "State budget", 2, 5),
        (names[1], "The person", 4, 11),
        (names[0], "Employer", 2, 6),
    ]
    assert found.total[-2:] == (8, 22)
    assert found.total[0] == "In all: 2 people"
    assert list(found.remarks) == [
        "The person: 1 person, 4 days with meals, 11 meals",
        "State budget: 1 person, 2 days with meals, 5 meals",
        "Employer: 1 person, 2 days with meals, 6 meals",
    ]
    only = statement(desk, days, {"facility": "NT", "payer": "EMPLOYER"})
    assert [line[4] for line in only.rows] == ["Employer"]


def test_a_word_of_the_same_day_is_replaced_and_an_earlier_one_stays(desk):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    day = desk.today()
    set_payer(desk, [key], Payer.SPONSOR, day)
    set_payer(desk, [key], Payer.EMPLOYER, day)
    set_payer(desk, [key], Payer.SELF, day + timedelta(days=1))
    [row] = payers(desk).rows
    assert (row.payer, row.own) == (Payer.EMPLOYER, True)
    for wrong in ([], [key, 9999]):
        with pytest.raises(UserError, match="Choose the people"):
            set_payer(desk, wrong, Payer.SELF, day)


def test_the_rule_of_groups_is_dated(desk):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    adopt_payers(desk, {Group.F1: Payer.SPONSOR}, Payer.SELF, desk.today(), "QĐ 9")
    found = payers(desk)
    assert (found.rows[0].payer, found.rows[0].own, found.source) == (Payer.SPONSOR, False, "QĐ 9")
    with pytest.raises(UserError, match="today or later"):
        adopt_payers(desk, {}, Payer.SELF, desk.today() - timedelta(days=1), "QĐ 8")
