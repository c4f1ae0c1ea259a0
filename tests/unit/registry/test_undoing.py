"""What an administrator did is taken back only as long as nobody has changed it since."""

from datetime import date

import pytest
from msgspec.structs import replace

from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Role
from admin_suite.registry import outputs, roles, settings, users
from admin_suite.registry.queries import before_change, placed_on
from admin_suite.registry.sheets import PEOPLE
from tests.conftest import MODULES
from tests.unit.lists import a_world

SINCE = "changed this since"


@pytest.fixture
def act(suite):
    def do(verb, *args, **more):
        with suite.database.work(suite.actor) as work:
            return verb(work, *args, **more)

    return do


@pytest.fixture
def clerk(act):
    return act(users.add_user, "clerk", Role.CLERK, "bon-nam-sau")


def test_a_role_is_taken_back_as_it_was_left_and_not_otherwise(act, clerk):
    left = act(users.set_role, clerk, "gate")
    act(users.set_role, clerk, "clerk", left)
    left = act(users.set_role, clerk, "gate")
    act(users.set_role, clerk, "tracer")
    with pytest.raises(UserError, match=SINCE):
        act(users.set_role, clerk, "clerk", left)
    act(users.set_role, clerk, "gate")
    with pytest.raises(UserError, match=SINCE):
        act(users.set_role, clerk, "clerk", left)


def test_somebody_switched_off_again_by_another_is_not_switched_on(act, clerk):
    left = act(users.switch_off, clerk)
    act(users.switch_on, clerk, left)
    left = act(users.switch_off, clerk)
    act(users.switch_on, clerk)
    act(users.switch_off, clerk)
    with pytest.raises(UserError, match=SINCE):
        act(users.switch_on, clerk, left)


def test_a_right_that_another_has_changed_back_is_left_alone(act):
    which = (MODULES, "gate", "lab.enter")
    act(roles.set_right, *which, granted=True)
    assert act(roles.set_right, *which, granted=False, back=True)
    act(roles.set_right, *which, granted=True)
    act(roles.set_right, *which, granted=False)
    with pytest.raises(UserError, match=SINCE):
        act(roles.set_right, *which, granted=False, back=True)


def test_a_setting_that_says_something_else_by_now_stays(act):
    key = "lab.late_hours"
    act(settings.change, MODULES, {key: "48"})
    assert act(settings.change, MODULES, {key: "24"}, {key: "48"}) == [key]
    act(settings.change, MODULES, {key: "48"})
    act(settings.change, MODULES, {key: "36"})
    with pytest.raises(UserError, match=SINCE):
        act(settings.change, MODULES, {key: "24"}, {key: "48"})


def test_a_layout_comes_back_unless_its_name_is_taken_by_now(act):
    act(outputs.add_layouts)
    found = next(one for one in act(outputs.layouts) if one.sheet == PEOPLE.name)
    gone = act(outputs.delete_layout, found.name)
    act(outputs.save_layout, gone, PEOPLE, back=True)
    act(outputs.delete_layout, found.name)
    act(outputs.save_layout, gone, PEOPLE)
    with pytest.raises(UserError, match=SINCE):
        act(outputs.save_layout, gone, PEOPLE, back=True)


def test_one_question_says_when_communes_were_there(suite):
    known = a_world().communes
    assert before_change(known, date(2026, 1, 1)) == date(2025, 6, 30)
    with suite.database.read(suite.actor) as work:
        assert placed_on(work, []) == work.today().isoformat()


def test_a_saved_layout_is_taken_back_unless_it_was_changed_since(act):
    act(outputs.add_layouts)
    found = next(one for one in act(outputs.layouts) if one.sheet == PEOPLE.name)
    first = act(outputs.layout, found.name)
    other, third = replace(first, titles=("{unit}",)), replace(first, titles=("{day}",))
    assert act(outputs.save_layout, other, PEOPLE) == first
    act(outputs.unsave_layout, other, first)
    assert act(outputs.layout, found.name) == first
    act(outputs.save_layout, other, PEOPLE)
    act(outputs.save_layout, third, PEOPLE)
    with pytest.raises(UserError, match=SINCE):
        act(outputs.unsave_layout, other, first)
    new = replace(first, name="Một mẫu mới")
    assert act(outputs.save_layout, new, PEOPLE) is None
    act(outputs.unsave_layout, new, None)
    assert new.name not in [one.name for one in act(outputs.layouts)]
    with pytest.raises(UserError, match=SINCE):
        act(outputs.unsave_layout, new, None)
