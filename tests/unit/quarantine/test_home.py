"""At home: the household is the room of the clock, and every way in and out of it."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from admin_suite.core.clock import ZONE
from admin_suite.core.errors import UserError
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine import day
from modules.quarantine.codes import Ended, Errand, Group, Phase, Setting
from modules.quarantine.models import Episode, HomeStay, Observation, Task
from modules.quarantine.queries import cases as proposals
from modules.quarantine.queries.arrivals import waiting
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.clocks import clocks, explained, impact
from modules.quarantine.queries.households import at_home
from modules.quarantine.rules.clock import Policy
from modules.quarantine.service import cases, home, stays, undo
from modules.quarantine.service.home import Terms
from modules.quarantine.service.rules import adopt_policy
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import NUMBERS, bed, person, row

F1 = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 10), "BN201972")


def registered(work, n=1):
    """People of the register who live together."""
    many = [
        NewPerson(f"Nhà {k}", "1980", Sex.F, f"08{k:08d}", commune_code="02947", address="Bản 3")
        for k in [next(NUMBERS) for _ in range(n)]
    ]
    return add_people(work, many).ids


@pytest.fixture
def household(desk):
    """Three who live together, at home since the 12th."""
    return home.begin_at_home(desk, registered(desk, 3), F1)


def end_of(work, key):
    return clocks(work, [key])[key].ends_on


def tasks(work, errand):
    query = select(Task.episode_id).where(Task.errand == errand, Task.done_at.is_(None))
    return sorted(work.session.scalars(query))


def test_who_lives_together_is_in_one_household_since_the_day_it_began(desk, household):
    homes = at_home(desk, household)
    assert len({one.household_id for one in homes.values()}) == 1
    assert {one.since for one in homes.values()} == {datetime(2021, 8, 12, tzinfo=ZONE)}
    assert {(one.commune_code, one.address) for one in homes.values()} == {("02947", "Bản 3")}
    assert end_of(desk, household[0]) == date(2021, 8, 24)
    [alone] = home.begin_at_home(desk, registered(desk), F1)
    assert at_home(desk)[alone].household_id not in {one.household_id for one in homes.values()}


def test_whoever_is_at_home_waits_for_no_bed_and_is_given_none(desk, household):
    assert waiting(desk) == []
    assert day.waiting(desk) == 0
    with pytest.raises(UserError, match="is in quarantine at home"):
        stays.admit(desk, [Placement(household[0], bed(desk, "101"))])


def test_nobody_begins_twice_or_tomorrow_or_with_a_contact_after_it(desk, household):
    people = [one.person_id for one in at_home(desk).values()]
    with pytest.raises(UserError, match="is in quarantine since 12/08/2021 already"):
        home.begin_at_home(desk, people[:1], F1)
    new = registered(desk)
    with pytest.raises(UserError, match="still to come"):
        home.begin_at_home(desk, new, F1._replace(since=date(2021, 8, 14)))
    with pytest.raises(UserError, match="last contact is after"):
        home.begin_at_home(desk, new, F1._replace(last_contact=date(2021, 8, 13)))
    with pytest.raises(UserError, match="Nobody has the number"):
        home.begin_at_home(desk, [99999], F1)
    with pytest.raises(UserError, match="Nobody is chosen"):
        home.begin_at_home(desk, [], F1)
    with pytest.raises(UserError, match="is at home in quarantine since"):
        home.confine(desk, household)
    [woman] = [person(desk)]
    stays.admit(desk, [Placement(woman, bed(desk, "101"))])
    with pytest.raises(UserError, match="has a bed"):
        home.confine(desk, [woman])


def test_a_positive_restarts_the_clock_of_the_household_by_the_rule_of_rooms(
    desk, household, clock
):
    stranger = home.begin_at_home(desk, registered(desk), F1)[0]
    clock.pass_(days=7)
    case = cases.report(desk, household[0], "2021-08-20")
    seen = proposals.proposal(desk, case)
    assert seen.mates == household[1:]
    assert [one.room for one in seen.beds] == ["201", "201"]
    assert {(one.old, one.new) for one in seen.moved} == {(date(2021, 8, 24), date(2021, 9, 3))}
    assert cases.confirm(desk, case, None) == 2
    assert [end_of(desk, key) for key in household[1:]] == [date(2021, 9, 3)] * 2
    assert end_of(desk, stranger) == date(2021, 8, 24)
    assert "in one household with somebody positive" in explained(desk, household[1])
    assert tasks(desk, Errand.NOTICE) == tasks(desk, Errand.EXTENSION) == household[1:]
    assert sorted(at_home(desk)) == sorted([*household[1:], stranger])
    assert desk.session.get_one(Episode, household[0]).ended is Ended.REFERRED


def test_a_positive_may_go_from_home_to_a_bed_of_its_own(desk, household, clock):
    clock.pass_(days=1)
    case = cases.report(desk, household[0], "2021-08-14")
    cases.confirm(desk, case, bed(desk, "201"))
    assert row(desk, "201").episode_id == household[0]
    assert household[0] not in at_home(desk)
    assert cases.revoke(desk, case, "kết quả đã sửa") == 2
    assert end_of(desk, household[1]) == date(2021, 8, 24)


def test_whoever_had_left_the_household_before_keeps_his_own_date(desk, household, clock):
    clock.pass_(days=2)
    home.to_facility(desk, household[2:], facility_coded(desk, "NT").id)
    clock.pass_(days=9)
    cases.confirm(desk, cases.report(desk, household[0], "2021-08-24"), None)
    assert end_of(desk, household[1]) == date(2021, 9, 7)
    assert end_of(desk, household[2]) == date(2021, 8, 24)


def test_from_home_to_a_facility_the_clock_goes_on(desk, household):
    before = clocks(desk, household)
    assert home.to_facility(desk, household[:1], facility_coded(desk, "NT").id, "không đủ chỗ") == 1
    assert [one.id for one in waiting(desk)] == household[:1]
    stays.admit(desk, [Placement(household[0], bed(desk, "101"))])
    assert clocks(desk, household)[household[0]].ends_on == before[household[0]].ends_on
    assert sorted(at_home(desk)) == household[1:]
    with pytest.raises(UserError, match="has a bed"):
        home.back_home(desk, household[:1])
    with pytest.raises(UserError, match="not at home"):
        home.to_facility(desk, household[:1])


@pytest.fixture
def school(desk):
    """Two women in room 101, home on the 24th."""
    keys = [person(desk) for _ in range(2)]
    pairs = zip(keys, "12", strict=True)
    stays.admit(desk, [Placement(key, bed(desk, "101", n)) for key, n in pairs])
    return keys


def test_whoever_completes_quarantine_is_followed_at_home_as_long_as_the_policy_says(
    desk, school, clock
):
    clock.pass_(days=11)
    assert home.go_home(desk, school) == 2
    homes = at_home(desk)
    assert sorted(homes) == school
    assert {one.since for one in homes.values()} == {clock.now}
    found = clocks(desk, school)[school[0]]
    assert found.home_until == date(2021, 9, 7)
    phases = [found.phase(date(2021, *on)) for on in ((8, 24), (8, 25), (9, 7), (9, 8))]
    assert phases == [Phase.QUARANTINE, Phase.FOLLOW_UP, Phase.FOLLOW_UP, Phase.OVER]
    with pytest.raises(UserError, match="until 07/09/2021"):
        home.leave_home(desk, school, Ended.DISCHARGED)
    clock.pass_(days=14)
    assert home.leave_home(desk, school, Ended.DISCHARGED) == 2
    assert at_home(desk) == {}
    assert desk.session.get_one(Episode, school[0]).ended is Ended.DISCHARGED
    assert home.back_home(desk, school) == 2
    assert sorted(at_home(desk)) == school


def test_whoever_goes_home_early_goes_on_in_quarantine_there(desk, school):
    home.go_home(desk, school[:1], "con nhỏ ở nhà")
    assert desk.session.get_one(Episode, school[0]).setting is Setting.HOME
    assert clocks(desk, school)[school[0]].phase(desk.today()) is Phase.QUARANTINE
    assert row(desk, "101").person == ""


def test_where_the_policy_wants_no_follow_up_the_quarantine_ends_with_the_bed(desk, school, clock):
    adopt_policy(desk, Policy(3, 0, running=True), date(2021, 8, 13), "QĐ 5")
    clock.pass_(days=2)
    assert home.go_home(desk, school) == 2
    assert at_home(desk) == {}
    assert desk.session.get_one(Episode, school[0]).ended is Ended.DISCHARGED


def test_going_home_is_taken_back_to_the_bed(desk, school, clock):
    clock.pass_(days=11)
    home.go_home(desk, school)
    clock.pass_(minutes=1)
    undo.take_back(desk, school[0], "")
    assert row(desk, "101").episode_id == school[0]
    assert sorted(at_home(desk)) == school[1:]
    assert desk.session.get_one(Episode, school[0]).setting is Setting.FACILITY


def test_what_was_entered_in_error_is_withdrawn_unless_somebody_has_been_called(desk, household):
    kept = household[0]
    seen = Observation(episode_id=kept, day=desk.today(), round=1, at=desk.now(), symptoms="", by=1)
    desk.session.add(seen)
    desk.session.flush()
    told = home.withdraw_home(desk, household)
    assert list(told) == [kept]
    assert list(at_home(desk)) == [kept]


def test_a_new_rule_shows_whom_at_home_it_moves(desk, household):
    moved = impact(desk, Policy(7, running=True), date(2021, 8, 13), "QĐ 1")
    assert {(one.old, one.new) for one in moved} == {(date(2021, 8, 24), date(2021, 8, 17))}


def test_the_database_itself_lets_nobody_be_at_home_twice_at_once(desk, household):
    one = at_home(desk)[household[0]]
    again = HomeStay(
        household_id=one.household_id,
        person_id=one.person_id,
        episode_id=one.episode_id,
        starts_at=one.since,
        reason="",
        by=1,
    )
    with (
        pytest.raises(IntegrityError, match="ex_quarantine_home_stay_person"),
        desk.session.begin_nested(),
    ):
        desk.session.add(again)
