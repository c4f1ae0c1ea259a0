"""What each kind of place shows its people, and where their day begins."""

import pytest

from admin_suite.core.permissions import Role
from admin_suite.core.profiles import HABITS, Profile
from admin_suite.registry.roles import presets
from admin_suite.ui.navigation import first_page, in_menu
from modules.lab.codes import RapidOutcome
from tests.conftest import MODULES

PRESETS = presets(MODULES)
SHOWN = {
    Profile.STATION: {"registry", "lab", "results"},
    Profile.VACCINATION: {"registry", "vaccination"},
    Profile.QUARANTINE: {"registry", "results", "quarantine"},
    Profile.GATE: {"registry"},
    Profile.CULTURE: {"registry", "venues"},
    Profile.LABORATORY: {"registry", "lab", "results"},
    Profile.FULL: {"registry", "lab", "results", "vaccination", "quarantine", "venues"},
}
BEGINS = {
    (Profile.STATION, Role.CLERK): "home",
    (Profile.STATION, Role.RECEPTION): "home",
    (Profile.STATION, Role.LEADER): "home",
    (Profile.VACCINATION, Role.VACCINATION): "vaccination.desk",
    (Profile.VACCINATION, Role.CLERK): "vaccination.due",
    (Profile.VACCINATION, Role.LEADER): "vaccination.due",
    (Profile.QUARANTINE, Role.QUARANTINE): "quarantine.board",
    (Profile.QUARANTINE, Role.CLERK): "quarantine.board",
    (Profile.QUARANTINE, Role.LEADER): "quarantine.board",
    (Profile.GATE, Role.GATE): "registry.declaring",
    (Profile.GATE, Role.LEADER): "home",
    (Profile.CULTURE, Role.VENUES): "venues.venues",
    (Profile.CULTURE, Role.CLERK): "venues.venues",
    (Profile.CULTURE, Role.LEADER): "venues.venues",
    (Profile.LABORATORY, Role.TECHNICIAN): "home",
    (Profile.LABORATORY, Role.LAB_HEAD): "home",
    (Profile.LABORATORY, Role.RECEPTION): "home",
}


def shown(profile):
    return [m for m in MODULES if not m.profiles or profile in m.profiles]


def specs(profile, codes):
    return {
        f"{module.name}.{spec.name}": (module, spec)
        for module in shown(profile)
        for spec in module.pages
        if spec.permission.code in codes
    }


@pytest.mark.parametrize("profile", Profile)
def test_each_kind_of_place_shows_its_modules(profile):
    assert {module.name for module in shown(profile)} == SHOWN[profile]


@pytest.mark.parametrize(("profile", "role"), BEGINS)
def test_the_day_of_each_person_begins_at_a_page_that_is_open_to_him(profile, role):
    pages = specs(profile, PRESETS[role])
    begins = first_page(profile, pages)
    assert begins == BEGINS[profile, role]
    assert begins == "home" or begins in pages


def test_every_role_that_a_place_offers_is_looked_at():
    offered = {(p, role) for p, habit in HABITS.items() for role in habit.roles}
    assert {pair for pair in offered if pair[0] is not Profile.FULL} == set(BEGINS)


@pytest.mark.parametrize("role", Role)
def test_a_small_station_keeps_four_lines_for_every_role(role):
    pages = specs(Profile.STATION, PRESETS[role])
    assert len(in_menu(Profile.STATION, pages)) + 2 <= 4  # with the day and F7


def test_a_small_station_says_at_most_four_words_of_a_rapid_test():
    assert len({outcome.word for outcome in RapidOutcome}) <= 4
