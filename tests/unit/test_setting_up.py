"""From nothing to signing in; and who is kept out."""

import re
from datetime import date

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.engine import make_url

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor, Role
from admin_suite.core.profiles import Profile
from admin_suite.db import audit
from admin_suite.registry import pins, users
from admin_suite.registry.models import User
from admin_suite.registry.queries import communes, own_unit
from admin_suite.registry.seeds import site_of
from admin_suite.setting_up import Beginning, is_set_up, set_up, sign_in
from modules.quarantine.queries.clocks import POLICY
from modules.quarantine.service.rules import KNOWN
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
    assert [module.name for module in suite.shown] == ["registry", "results", "quarantine"]
    assert len(suite.modules) == len(MODULES)
    assert "lab.enter" in suite.actor.codes
    suite.close()


def test_a_database_in_use_gets_the_rules_of_a_module_that_comes_later(url):
    before = [module for module in MODULES if module.name != "quarantine"]
    set_up(before, url, BEGINNING)
    suite = sign_in(before, url, "ha.nguyen", "mot-hai-ba")
    with suite.database.read(suite.actor) as work, pytest.raises(UserError, match="in force"):
        POLICY.at(work, date(2021, 8, 12))
    suite.close()
    for _time in range(2):
        suite = sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
        with suite.database.read(suite.actor) as work:
            assert POLICY.at(work, date(2021, 8, 12)).value.days == 14
            assert len(POLICY.versions(work)) == len(KNOWN)
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


@pytest.fixture
def admin(url):
    """The first administrator, signed in."""
    set_up(MODULES, url, BEGINNING)
    suite = sign_in(MODULES, url, "ha.nguyen", "mot-hai-ba")
    yield suite
    suite.close()


FIRST = "bon-nam-sau"


def add(suite, name, role=Role.TECHNICIAN):
    with suite.database.work(suite.actor) as work:
        return users.add_user(work, name, role, "bon-nam-sau")


def signs_in(url, name, password=FIRST):
    try:
        sign_in(MODULES, url, name, password).close()
    except UserError:
        return False
    return True


def test_whoever_is_switched_off_cannot_sign_in_until_switched_on(url, admin):
    duc = add(admin, "duc")
    for verb, expected in ((users.switch_off, False), (users.switch_on, True)):
        with admin.database.work(admin.actor) as work:
            verb(work, duc)
        assert signs_in(url, "duc") is expected


def test_nobody_switches_himself_off_and_one_administrator_stays(admin):
    duc = add(admin, "duc", Role.ADMIN)
    with (
        pytest.raises(UserError, match="switches himself off"),
        admin.database.work(admin.actor) as work,
    ):
        users.switch_off(work, admin.actor.id)
    with admin.database.work(admin.actor) as work:
        users.switch_off(work, duc)
    somebody = Actor(duc, "duc", admin.actor.codes)
    unwatched = replace(admin.database, admit=None)  # as if he had begun a moment before
    with (
        pytest.raises(UserError, match="last administrator"),
        unwatched.work(somebody) as work,
    ):
        users.switch_off(work, admin.actor.id)


def test_ones_own_password_is_changed_by_oneself_that_of_others_by_an_administrator(url, admin):
    duc, lan = add(admin, "duc"), add(admin, "lan")
    himself = sign_in(MODULES, url, "duc", "bon-nam-sau")
    with himself.database.work(himself.actor) as work:
        users.set_password(work, duc, "bay-tam-chin")
    with pytest.raises(Forbidden), himself.database.work(himself.actor) as work:
        users.set_password(work, lan, "bay-tam-chin")
    himself.close()
    with admin.database.work(admin.actor) as work:
        users.set_password(work, lan, "muoi-muoi-mot")
    assert signs_in(url, "duc", "bay-tam-chin")
    assert signs_in(url, "lan", "muoi-muoi-mot")


def test_a_hash_of_another_cost_is_renewed_at_the_next_sign_in(url, admin):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("bon-nam-sau")
    duc = add(admin, "duc")
    with admin.database.work(admin.actor) as work:
        work.session.get_one(User, duc).password = cheap
    assert signs_in(url, "duc")
    with admin.database.read(admin.actor) as work:
        renewed = work.session.get_one(User, duc).password
    assert renewed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert signs_in(url, "duc")


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "1111", "\u0661\u0662\u0663\u0664"]
)
def test_a_pin_that_is_none_is_refused(admin, pin):
    with pytest.raises(UserError, match="PIN"), admin.database.work(admin.actor) as work:
        pins.set_pin(work, admin.actor.id, pin)


def proves(suite, user, pin):
    with suite.database.work(suite.actor) as work:
        return pins.prove(work, user, pin)


def test_a_pin_proves_until_five_wrong_ones_and_again_after_signing_in(url, admin):
    duc = add(admin, "duc")
    with pytest.raises(UserError, match="no PIN"):
        proves(admin, duc, "2705")
    with admin.database.work(admin.actor) as work:
        pins.set_pin(work, duc, "2705")
    assert proves(admin, duc, "2705")
    assert not proves(admin, 99, "2705")
    assert [proves(admin, duc, "2706") for _ in range(pins.TRIES)] == [False] * pins.TRIES
    with pytest.raises(UserError, match="Sign in with the password"):
        proves(admin, duc, "2705")
    assert signs_in(url, "duc")
    assert proves(admin, duc, "2705")


def test_a_pin_of_somebody_else_takes_the_right_to_keep_users(url, admin):
    duc, lan = add(admin, "duc"), add(admin, "lan")
    himself = sign_in(MODULES, url, "duc", "bon-nam-sau")
    with himself.database.work(himself.actor) as work:
        pins.set_pin(work, duc, "2705")
    with pytest.raises(Forbidden), himself.database.work(himself.actor) as work:
        pins.set_pin(work, lan, "2705")
    himself.close()


def test_signing_in_and_proving_stand_in_the_audit_without_the_word(url, admin):
    assert not signs_in(url, "ha.nguyen", "guess")
    with admin.database.work(admin.actor) as work:
        pins.set_pin(work, admin.actor.id, "2705")
    assert not proves(admin, admin.actor.id, "2706")
    with admin.database.read(admin.actor) as work:
        entries = work.session.scalars(select(audit.Entry).order_by(audit.Entry.number)).all()
    told = [(e.verb, e.detail) for e in entries if e.verb in {"registry.sign_in", "registry.prove"}]
    assert ("registry.sign_in", '{"right": false}') in told
    assert ("registry.prove", '{"right": false}') in told
    word = re.compile(r"(?<![0-9a-f])270[56](?![0-9a-f])|argon2")  # digests hold any four digits
    assert not any(word.search(entry.detail) for entry in entries)
