"""A new decision about the length of quarantine: whom it moves is known before it is adopted."""

from datetime import date

import pytest

from admin_suite.core.errors import UserError
from modules.quarantine.commands.deciding import policy as command
from modules.quarantine.queries.clocks import POLICY, clocks
from modules.quarantine.queries.policies import Draft, impact_of
from modules.quarantine.service import stays
from modules.quarantine.service.rules import adopt_policy
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

DAY = date(2021, 8, 13)


@pytest.fixture
def two(desk):
    """One whose last contact was on the 10th, and one of a day later; both stay."""
    keys = [person(desk, "F"), person(desk, "F", last_contact="2021-08-11")]
    for key, label in zip(keys, "12", strict=True):
        stays.admit(desk, [Placement(key, bed(desk, "101", label))])
    return keys


def test_what_a_draft_leaves_open_is_what_is_in_force(desk, two):
    found = impact_of(desk, Draft())
    assert found.policy == found.rule.value == POLICY.at(desk, DAY).value
    assert (found.moved, found.people, found.longer) == ([], 2, 0)


def test_what_is_shown_is_what_comes_of_it(desk, two):
    found = impact_of(desk, Draft("QĐ 9", DAY, 21, running=True))
    assert [(one.old.day, one.new.day) for one in found.moved] == [(24, 31), (25, 1)]
    assert found.longer == 2
    before = clocks(desk, two)
    assert {one.ends_on.day for one in before.values()} == {24, 25}
    adopt_policy(desk, found.policy, found.day, "QĐ 9")
    after = clocks(desk, two)
    assert {one.episode_id: one.new for one in found.moved} == {
        key: one.ends_on for key, one in after.items()
    }


def test_a_rule_for_newcomers_moves_nobody_who_is_here(desk, two):
    assert impact_of(desk, Draft("QĐ 9", DAY, 7, running=False)).moved == []
    assert impact_of(desk, Draft("QĐ 9", DAY, 7, running=True)).longer == 0


def test_the_command_tells_the_same(desk, two):
    values = {
        "source": "QĐ 9",
        "days": 7,
        "home-days": None,
        "test-day": [],
        "running": True,
        "adopt": True,
        "day": None,
    }
    told = command(desk, values)
    assert told["people"] == 2
    assert POLICY.at(desk, DAY).id == told["adopted"]
    assert POLICY.at(desk, DAY).value.test_days == (1, 7, 14)


def test_a_rule_without_its_decision_or_its_days_is_not_adopted(desk):
    rule = POLICY.at(desk, DAY).value
    with pytest.raises(UserError, match="Say which decision"):
        adopt_policy(desk, rule, DAY, "  ")
    with pytest.raises(UserError, match="one day at least"):
        adopt_policy(desk, impact_of(desk, Draft(days=0)).policy, DAY, "QĐ 9")


@pytest.mark.parametrize(
    "draft", [Draft(days=-3), Draft(days=99999), Draft(home_days=-1), Draft(test_days=(1, -7))]
)
def test_days_that_no_decision_can_mean_are_refused_before_anything_is_shown(desk, draft):
    with pytest.raises(UserError, match=r"one day at least|from 0 to 365"):
        impact_of(desk, draft)
