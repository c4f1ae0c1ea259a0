"""From nothing to signing in; and who is kept out."""

from dataclasses import replace

import pytest
from sqlalchemy.engine import make_url

from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Role
from admin_suite.core.profiles import Profile
from admin_suite.registry import users
from admin_suite.registry.queries import communes, own_unit
from admin_suite.registry.seeds import site_of
from admin_suite.setting_up import Beginning, is_set_up, set_up, sign_in
from tests.conftest import MODULES

BEGINNING = Beginning("Trung tâm Y tế huyện Bảo Yên", "ha.nguyen", "mot-hai-ba")


@pytest.fixture
def url(tmp_path):
    return make_url(f"sqlite:///{tmp_path / 'new' / 'suite.db'}")


def test_the_first_administrator_signs_in_and_a_second_init_changes_nothing(url):
    assert not is_set_up(url)
    set_up(MODULES, url, BEGINNING)
    set_up(MODULES, url, BEGINNING)
    suite = sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
    with suite.database.read(suite.actor) as work:
        assert own_unit(work).site == "BY"
        assert own_unit(work).place == "Bảo Yên"
        in_2021 = [c for c in communes(work) if c.valid_to and c.valid_to.year == 2025]
        assert len(in_2021) == 17
        assert len([c for c in communes(work) if c.valid_to is None]) == 6
    suite.close()


def test_the_kind_of_place_decides_what_is_shown_and_nothing_else(url):
    set_up(MODULES, url, replace(BEGINNING, profile=Profile.QUARANTINE))
    suite = sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
    assert [module.name for module in suite.shown] == ["registry", "results"]
    assert len(suite.modules) == len(MODULES)
    assert "lab.enter" in suite.actor.codes
    suite.close()


def test_a_database_of_another_unit_is_left_alone(url):
    set_up(MODULES, url, BEGINNING)
    with pytest.raises(UserError, match="belongs to"):
        set_up(MODULES, url, Beginning("Trạm Y tế xã Kim Sơn", "ha.nguyen", "mot-hai-ba"))


def test_a_wrong_password_is_refused_and_five_of_them_make_the_name_rest(url):
    set_up(MODULES, url, BEGINNING)
    for _ in range(users.TRIES):
        with pytest.raises(UserError, match="wrong"):
            sign_in(MODULES, url, "ha.nguyen", "guess")
    with pytest.raises(UserError, match="Too many"):
        sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
    with pytest.raises(UserError, match="wrong"):
        sign_in(MODULES, url, "nobody", "mot-hai-ba")


def test_a_user_holds_the_rights_of_the_role_and_no_more(url):
    set_up(MODULES, url, BEGINNING)
    admin = sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
    with admin.database.work(admin.actor) as work:
        users.add_user(work, "duc", Role.TECHNICIAN, "bon-nam-sau")
        with pytest.raises(UserError, match="already"):
            users.add_user(work, "duc", Role.CLERK, "bon-nam-sau")
        with pytest.raises(UserError, match="needs a password"):
            users.add_user(work, "lan", Role.CLERK, "")
    admin.close()
    technician = sign_in(MODULES, url, "duc", "bon-nam-sau")
    assert "lab.enter" in technician.actor.codes
    assert "results.release" not in technician.actor.codes
    assert "registry.users" not in technician.actor.codes
    technician.close()


@pytest.mark.parametrize("folder", [r"\\server\share\suite.db", r"C:\Users\ha\OneDrive\suite.db"])
def test_a_shared_folder_is_refused(folder):
    with pytest.raises(UserError, match="PostgreSQL"):
        set_up(MODULES, make_url("sqlite://").set(database=folder), BEGINNING)


@pytest.mark.parametrize(
    ("name", "site"),
    [("Trung tâm Y tế huyện Bảo Yên", "BY"), ("Trạm Y tế xã Kim Sơn", "KS"), ("Ủy ban", "UB")],
)
def test_the_letters_of_a_site(name, site):
    assert site_of(name) == site
