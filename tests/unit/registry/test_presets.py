"""What the preset roles may do with vaccination, quarantine and venues: what their work needs."""

import pytest

from admin_suite.core.permissions import Role
from admin_suite.registry.permissions import TAKE_BACK
from admin_suite.registry.roles import presets
from tests.conftest import MODULES

PRESETS = presets(MODULES)
YOUNG = ("vaccination", "quarantine", "venues")
WORK = {
    Role.TECHNICIAN: "",
    Role.LAB_HEAD: "",
    Role.QUARANTINE: (
        "quarantine.see quarantine.places quarantine.expect quarantine.place quarantine.observe "
        "quarantine.decide quarantine.settings quarantine.follow quarantine.keep"
    ),
    Role.VACCINATION: (
        "vaccination.see vaccination.register vaccination.plan vaccination.vaccinate "
        "vaccination.stock"
    ),
    Role.VENUES: ("venues.see venues.manage venues.issue venues.note venues.visits venues.keeping"),
    Role.CLERK: (
        "vaccination.see vaccination.register vaccination.plan quarantine.see quarantine.expect "
        "quarantine.observe quarantine.follow quarantine.keep venues.see venues.manage venues.note"
    ),
    Role.TRACER: "quarantine.see quarantine.follow venues.see venues.visits venues.keeping",
    Role.GATE: "venues.see venues.note",
    Role.LEADER: (
        "vaccination.see vaccination.rules quarantine.see quarantine.decide quarantine.rules "
        "quarantine.settings venues.see venues.rules"
    ),
}


@pytest.mark.parametrize("role", WORK)
def test_each_role_has_the_rights_that_its_work_needs_and_no_more(role):
    held = {code for code in PRESETS[role] if code.split(".")[0] in YOUNG}
    assert held == set(WORK[role].split())


@pytest.mark.parametrize("role", Role)
def test_whoever_sees_nothing_of_a_module_changes_nothing_in_it(role):
    for module in YOUNG:
        held = {code for code in PRESETS[role] if code.startswith(f"{module}.")}
        assert not held or f"{module}.see" in held


@pytest.mark.parametrize("role", Role)
def test_whoever_brings_a_list_in_may_take_it_back(role):
    sheets = [sheet for module in MODULES for sheet in module.sheets if sheet.afterwards]
    brings = [s.name for s in sheets if s.afterwards.permission.code in PRESETS[role]]
    assert not brings or TAKE_BACK.code in PRESETS[role]


def test_a_checkpoint_looks_people_up_but_takes_no_lists_out():
    exports = {role for role in Role if "registry.export" in PRESETS[role]}
    assert exports == set(Role) - {Role.GATE}


def test_nobody_but_the_administrator_keeps_users_and_roles():
    for code in ("registry.users", "registry.roles", "registry.restore", "registry.unit"):
        assert [role for role in Role if code in PRESETS[role]] == [Role.ADMIN]
