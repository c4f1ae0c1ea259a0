"""What a unit decides about its roles holds at once, for every verb; and nobody is locked out."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor, Role
from admin_suite.db.audit import Entry
from admin_suite.registry import pins, roles, service, users
from admin_suite.registry.models import User
from admin_suite.registry.service import NewPerson
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome
from modules.results import service as results
from tests.conftest import MODULES

WORD = "bon-nam-sau"
AN = NewPerson("Lý Văn An", "1985")


@pytest.fixture
def hired(suite):
    """Adds somebody of a role and gives the suite in his hands, his rights asked at every step."""

    def hire(name, role):
        with suite.database.work(suite.actor) as work:
            key = users.add_user(work, name, role, WORD)
            actor = roles.actor_of(work, MODULES, key)
        return suite.acted_by(actor).watched()

    return hire


@pytest.fixture
def decide(suite):
    def do(role, right, *, granted):
        with suite.database.work(suite.actor) as work:
            return roles.set_right(work, MODULES, role, right, granted=granted)

    return do


def enters(suite):
    """Whether the person may enter people at this moment."""
    try:
        with suite.database.work(suite.actor) as work:
            service.add_person(work, AN)
    except Forbidden:
        return False
    return True


def test_a_changed_role_changes_what_its_verbs_allow_at_once(hired, decide):
    clerk, leader = hired("clerk", Role.CLERK), hired("leader", Role.LEADER)
    assert (enters(clerk), enters(leader)) == (True, False)
    assert decide("clerk", "registry.keep", granted=False)
    assert decide("leader", "registry.keep", granted=True)
    assert (enters(clerk), enters(leader)) == (False, True)
    assert decide("clerk", "registry.keep", granted=True)
    assert not decide("clerk", "registry.keep", granted=True)
    assert enters(clerk)


def test_only_differences_from_the_preset_are_kept(suite, decide):
    decide("clerk", "registry.keep", granted=False)
    decide("clerk", "lab.enter", granted=True)
    with suite.database.read(suite.actor) as work:
        clerk = next(row for row in roles.roles(work, MODULES) if row.role == "clerk")
        assert (clerk.granted, clerk.withdrawn) == (["lab.enter"], ["registry.keep"])
    decide("clerk", "registry.keep", granted=True)
    decide("clerk", "lab.enter", granted=False)
    with suite.database.read(suite.actor) as work:
        assert work.session.scalars(select(roles.RoleRight)).all() == []


def test_a_role_of_ones_own_begins_like_another_and_goes_its_own_way(suite, hired, decide):
    decide("clerk", "lab.enter", granted=True)
    with suite.database.work(suite.actor) as work:
        code = roles.add_role(work, "Cán bộ dân số", "clerk")
    assert code == "can-bo-dan-so"
    somebody = hired("lan", "Cán bộ dân số")
    assert somebody.actor.title == "Cán bộ dân số"
    assert {"lab.enter", "registry.keep"} <= somebody.actor.codes
    decide(code, "registry.keep", granted=False)
    assert not enters(somebody)
    assert enters(hired("clerk", Role.CLERK))


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "clerk", "Reports clerk", "CÁN BỘ dân số"])
def test_a_role_needs_a_name_that_no_other_has(suite, name):
    with suite.database.work(suite.actor) as work:
        roles.add_role(work, "Cán bộ dân số", "clerk")
    with pytest.raises(UserError, match="role"), suite.database.work(suite.actor) as work:
        roles.add_role(work, name, "clerk")


def test_a_role_is_removed_once_nobody_has_it(suite, hired):
    with suite.database.work(suite.actor) as work:
        roles.add_role(work, "Cán bộ dân số", "clerk")
    somebody = hired("lan", "can-bo-dan-so")
    with pytest.raises(UserError, match="has the role"), suite.database.work(suite.actor) as work:
        roles.remove_role(work, "can-bo-dan-so")
    with pytest.raises(UserError, match="comes with"), suite.database.work(suite.actor) as work:
        roles.remove_role(work, "clerk")
    with suite.database.work(suite.actor) as work:
        users.set_role(work, somebody.actor.id, "gate")
        roles.remove_role(work, "can-bo-dan-so")
        assert "can-bo-dan-so" not in roles.titles(work)


@pytest.mark.parametrize("right", sorted(roles.KEPT))
def test_the_administrators_cannot_lose_users_and_roles(decide, right):
    with pytest.raises(UserError, match="keep the right"):
        decide("admin", right, granted=False)
    assert decide("admin", "lab.enter", granted=False)


@pytest.mark.parametrize(("role", "right"), [("nobody", "lab.enter"), ("clerk", "lab.fly")])
def test_an_unknown_role_or_right_is_refused(decide, role, right):
    with pytest.raises(UserError, match="There is no"):
        decide(role, right, granted=True)


def test_whoever_was_switched_off_does_and_sees_nothing_more(suite, hired):
    clerk = hired("clerk", Role.CLERK)
    with suite.database.work(suite.actor) as work:
        users.switch_off(work, clerk.actor.id)
    for step in (clerk.database.work, clerk.database.read):
        with pytest.raises(Forbidden, match="switched off"), step(clerk.actor):
            pass
    with suite.database.work(suite.actor) as work:
        users.switch_on(work, clerk.actor.id)
    assert enters(clerk)


def test_another_role_counts_at_once(suite, hired):
    clerk = hired("clerk", Role.CLERK)
    with suite.database.work(suite.actor) as work:
        users.set_role(work, clerk.actor.id, "leader")
    assert not enters(clerk)
    with clerk.database.read(clerk.actor) as work:
        assert clerk.renewed(work).actor.role == "leader"


def test_what_was_seen_is_recorded_even_of_somebody_switched_off_meanwhile(suite, hired):
    clerk = hired("clerk", Role.CLERK)
    with clerk.database.read(clerk.actor) as reading:
        reading.saw("registry_person", [1])
    with suite.database.work(suite.actor) as work:
        users.switch_off(work, clerk.actor.id)
    clerk.database.record_views(clerk.actor, reading.views)
    with suite.database.read(suite.actor) as work:
        seen = work.session.scalars(select(Entry.actor).where(Entry.verb == "view")).all()
    assert clerk.actor.id in seen


def only_administrator(suite):
    with suite.database.work(suite.actor) as work:
        for key in (2, 3):
            users.switch_off(work, key)


def test_the_last_administrator_keeps_the_role(suite):
    only_administrator(suite)
    other = Actor(2, "no 2", suite.actor.codes)  # switched off, as if he had begun before
    for change in (
        lambda work: users.set_role(work, 1, "clerk"),
        lambda work: users.switch_off(work, 1),
    ):
        with (
            pytest.raises(UserError, match="last administrator"),
            replace(suite.database, admit=None).work(other) as work,
        ):
            change(work)
    with pytest.raises(UserError, match="his own role"), suite.database.work(suite.actor) as work:
        users.set_role(work, 1, "clerk")


def test_the_right_to_keep_users_is_no_way_to_more_rights(suite, hired, decide):
    decide("clerk", "registry.users", granted=True)
    clerk, gate = hired("clerk", Role.CLERK), hired("leader", Role.GATE)
    with suite.database.work(suite.actor) as work:
        twin = roles.add_role(work, "Phó quản trị", "admin")
    mine, his = clerk.actor.id, gate.actor.id
    for way in (
        lambda work: users.add_user(work, "mole", "admin", WORD),
        lambda work: users.add_user(work, "mole", twin, WORD),
        lambda work: users.set_role(work, his, "admin"),
        lambda work: users.set_role(work, his, "clerk"),  # which may keep users
        lambda work: users.set_password(work, 1, WORD),
        lambda work: pins.set_pin(work, 1, "2705"),
        lambda work: users.switch_off(work, 2),
        lambda work: roles.set_right(work, MODULES, "clerk", "registry.roles", granted=True),
    ):
        with pytest.raises(Forbidden), clerk.database.work(clerk.actor) as work:
            way(work)
    with clerk.database.work(clerk.actor) as work:
        users.set_role(work, his, "leader")
        users.set_password(work, mine, "bay-tam-chin")


def test_no_right_lifts_the_rule_of_two_persons(suite, hired, decide):
    for right in ("results.validate", "results.release"):
        decide("technician", right, granted=True)
    alone = hired("ha", Role.TECHNICIAN)
    with alone.database.work(alone.actor) as work:
        keys = lab.register(work, [lab.NewSample(AN, "2021-08-12T07:15", "")]).ids
        row = tubes.sample_rows(work, keys)[0]
        lab.receive(work, [row.tube_id])
        lab.enter(work, [lab.NewResult(row.accession, Outcome.NEGATIVE)])
    for verb in (results.sign, results.validate):
        with pytest.raises(UserError), alone.database.work(alone.actor) as work:
            verb(work, [row.tube_id])


def test_every_change_stands_in_the_audit_with_old_and_new(suite, hired, decide):
    clerk = hired("clerk", Role.CLERK)
    decide("clerk", "lab.enter", granted=True)
    decide("clerk", "lab.enter", granted=False)
    with suite.database.work(suite.actor) as work:
        users.set_role(work, clerk.actor.id, "leader")
    with suite.database.read(suite.actor) as work:
        query = select(Entry.verb, Entry.detail).order_by(Entry.number.desc()).limit(3)
        gave, took, granted = work.session.execute(query).all()
    assert gave[0] == "registry.set_role"
    assert '"role": ["clerk", "leader"]' in gave[1]
    assert '"granted": [true, false]' in took[1]
    assert '"granted": [false, true], "permission": "lab.enter", "role": "clerk"' in granted[1]


def test_sign_ins_stand_in_the_audit_under_whoever_was_meant(suite, hired):
    clerk = hired("clerk", Role.CLERK).actor.id
    for name, word in (("clerk", WORD), *[("clerk", "guess")] * users.TRIES, ("nobody", WORD)):
        with suite.database.work(Actor(0, "sign-in")) as work:
            users.sign_in(work, name, word)
    with suite.database.read(suite.actor) as work:
        query = select(Entry.actor, Entry.detail).where(Entry.verb == users.SIGN_IN)
        told = work.session.execute(query.order_by(Entry.number)).all()
        rests = work.session.scalar(select(User.locked_until).where(User.id == clerk))
    assert told[0] == (clerk, '{"right": true}')
    assert {row[0] for row in told[:-1]} == {clerk}
    assert (clerk, '{"rests": true, "right": false}') in told
    assert told[-1] == (0, '{"right": false}')
    assert rests is not None


def test_a_clock_that_ran_ahead_keeps_nobody_out(suite, hired):
    clerk = hired("clerk", Role.CLERK).actor.id
    with suite.database.work(suite.actor) as work:
        user = work.session.get_one(User, clerk)
        user.locked_until = work.now() + timedelta(days=900)
    with suite.database.read(suite.actor) as work:
        assert {one.rests_until for one in users.colleagues(work)} == {None}
    with suite.database.work(Actor(0, "sign-in")) as work:
        assert users.sign_in(work, "clerk", WORD) is not None


@pytest.fixture
def free(suite, hired):
    """A clerk, and a role of the unit's own that nobody has."""
    with suite.database.work(suite.actor) as work:
        code = roles.add_role(work, "Cán bộ dân số", "clerk")
    return hired("clerk", Role.CLERK).actor.id, code


def test_a_role_is_not_removed_while_somebody_gets_it(suite, free):
    clerk, code = free

    def remove():
        with suite.database.work(suite.actor) as work:
            roles.remove_role(work, code)

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            users.set_role(work, clerk, code)
            told = pool.submit(remove)
            wait([told], 0.5)
        assert "has the role" in str(told.exception())


def test_nobody_gets_a_role_that_is_being_removed(suite, free):
    clerk, code = free

    def give():
        with suite.database.work(suite.actor) as work:
            users.set_role(work, clerk, code)

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            roles.remove_role(work, code)
            told = pool.submit(give)
            wait([told], 0.5)
        assert isinstance(told.exception(), UserError)


@pytest.mark.parametrize("name", ["Quản trị", "Administrator", "admin"])
def test_no_role_of_ones_own_is_called_as_a_preset_in_any_language(suite, name):
    with suite.database.work(suite.actor) as work, pytest.raises(UserError, match="already"):
        roles.add_role(work, name, "clerk")
