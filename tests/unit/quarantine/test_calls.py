"""The days at home: what a line means, who is to be visited or looked for, who has declared."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.registry import declarations
from admin_suite.registry.declared import NewDeclaration
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine import day
from modules.quarantine.codes import Channel, Ended, Errand, Followed, Mark, Setting
from modules.quarantine.commands.home import AT_HOME
from modules.quarantine.models import Episode, Observation, Task
from modules.quarantine.queries.home import home_list, unheard
from modules.quarantine.queries.households import at_home
from modules.quarantine.queries.rounds import alerts
from modules.quarantine.rules.home import followed, needed, outcome, told, unanswered
from modules.quarantine.rules.rounds import Level, Reading, Thresholds
from modules.quarantine.service import heads, home
from modules.quarantine.service.calls import call, take_call_back
from tests.unit.quarantine.test_home import F1, registered, tasks

LIMITS = Thresholds()
NO_ANSWER = Reading(None, None, "", Mark.NO_ANSWER)
WELL = Reading(None, None, "")


@pytest.fixture
def pair(desk, clock):
    """Two of one household; it is eight in the morning of the 13th."""
    return home.begin_at_home(desk, registered(desk, 2), F1)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (".", Followed.REPORTED_OK),
        ("367 98 .", Followed.REPORTED_OK),
        ("ho khan", Followed.REPORTED_SYMPTOM),
        ("367 95 .", Followed.REPORTED_SYMPTOM),
        ("375", Followed.TEMP_ALERT),
        ("k", Followed.NO_ANSWER),
        ("T", Followed.REFUSED),
    ],
)
def test_a_call_is_one_short_line(line, meant):
    assert outcome(told(line, Channel.CALL), LIMITS) is meant


def test_that_nobody_is_at_home_is_known_only_by_going_there():
    with pytest.raises(UserError, match="cannot tell"):
        told("v", Channel.CALL)
    with pytest.raises(UserError, match="type v"):
        told("k", Channel.VISIT)
    assert outcome(told("v", Channel.VISIT), LIMITS) is Followed.NOT_AT_HOME


READINGS = st.lists(
    st.builds(
        Reading,
        st.none() | st.integers(340, 430),
        st.none() | st.integers(50, 100),
        st.sampled_from(["", "ho"]),
        st.none(),
    )
    | st.sampled_from([Reading(None, None, "", mark) for mark in Mark]),
    max_size=6,
)


@given(READINGS)
def test_a_day_is_what_was_told_last_and_calls_without_an_answer_hide_nothing(readings):
    state = followed(readings, LIMITS)
    heard = [one for one in readings if one.mark is not Mark.NO_ANSWER]
    assert (state is Followed.EXPECTED) == (not readings)
    assert (state in (Followed.EXPECTED, Followed.NO_ANSWER)) == (not heard)
    assert followed([*readings, NO_ANSWER], LIMITS) in (state, Followed.NO_ANSWER)
    if heard:
        assert followed([*readings, NO_ANSWER], LIMITS) is state


@given(READINGS)
def test_whoever_is_visited_has_not_answered_so_often_in_a_row(readings):
    for at, one in enumerate(readings):
        wanted = needed(one, readings[:at], LIMITS)
        last = readings[max(0, at + 1 - LIMITS.unanswered) : at + 1]
        silent = len(last) == LIMITS.unanswered and set(last) == {NO_ANSWER}
        assert (Errand.VISIT in wanted) == silent
        assert (Errand.MISSING in wanted) == (one.mark is Mark.NOT_AT_HOME)
        if one.mark is Mark.NO_ANSWER:
            assert Errand.ALERT not in wanted
    assert unanswered([*readings, WELL]) == 0


def test_two_calls_without_an_answer_make_a_visit_of_it_and_an_answer_unmakes_it(desk, pair, clock):
    assert call(desk, pair[0], Channel.CALL, "k") is Followed.NO_ANSWER
    assert tasks(desk, Errand.VISIT) == []
    clock.pass_(days=1)
    call(desk, pair[0], Channel.CALL, "k")
    assert tasks(desk, Errand.VISIT) == pair[:1]
    clock.pass_(minutes=5)
    call(desk, pair[0], Channel.CALL, "k")
    assert tasks(desk, Errand.VISIT) == pair[:1]
    assert call(desk, pair[0], Channel.VISIT, "367 98 .") is Followed.REPORTED_OK
    assert tasks(desk, Errand.VISIT) == []
    assert alerts(desk) == []


def test_nobody_at_home_is_looked_for_and_reported_as_from_a_facility(desk, pair):
    with pytest.raises(UserError, match="Go there first"):
        heads.abscond(desk, pair[:1], "không rõ")
    call(desk, pair[0], Channel.VISIT, "v")
    assert tasks(desk, Errand.MISSING) == pair[:1]
    assert heads.abscond(desk, pair[:1], "Hàng xóm thấy đi từ tối") == 1
    assert list(at_home(desk)) == pair[1:]
    assert tasks(desk, Errand.ABSCONDED) == pair[:1]
    assert tasks(desk, Errand.MISSING) == []
    assert desk.session.get_one(Episode, pair[0]).ended_at is None
    home.confine(desk, pair[:1])
    homes = at_home(desk)
    assert homes[pair[0]].household_id == homes[pair[1]].household_id


def test_whoever_has_not_left_after_all_is_looked_for_again_and_not_reported(desk, pair, clock):
    for _day in range(2):
        call(desk, pair[0], Channel.CALL, "k")
        clock.pass_(days=1)
    call(desk, pair[0], Channel.VISIT, "v")
    open_before = {kind: tasks(desk, kind) for kind in Errand}
    assert open_before[Errand.MISSING] == pair[:1]
    clock.pass_(hours=1)
    heads.abscond(desk, pair[:1], "Hàng xóm thấy đi từ tối")
    assert tasks(desk, Errand.ABSCONDED) == pair[:1]
    clock.pass_(minutes=1)
    home.back_home(desk, pair[:1])
    assert {kind: tasks(desk, kind) for kind in Errand} == open_before
    heads.abscond(desk, pair[:1], "Công an báo")
    assert tasks(desk, Errand.ABSCONDED) == pair[:1]


def test_a_visit_that_was_dropped_with_a_move_is_due_again_when_the_move_is_taken_back(
    desk, pair, clock
):
    for _day in range(2):
        call(desk, pair[0], Channel.CALL, "k")
        clock.pass_(days=1)
    assert tasks(desk, Errand.VISIT) == pair[:1]
    home.to_facility(desk, pair[:1])
    assert tasks(desk, Errand.VISIT) == []
    clock.pass_(minutes=1)
    home.back_home(desk, pair[:1])
    assert tasks(desk, Errand.VISIT) == pair[:1]


def test_whoever_is_found_after_all_is_looked_for_no_more(desk, pair):
    call(desk, pair[0], Channel.VISIT, "v")
    call(desk, pair[0], Channel.CALL, ".")
    assert tasks(desk, Errand.MISSING) == []


def test_fever_at_home_is_the_same_alert_with_the_same_patience(desk, pair, clock):
    assert call(desk, pair[0], Channel.CALL, "384 95 ho") is Followed.TEMP_ALERT
    [alert] = alerts(desk)
    assert (alert.level, alert.escalated, alert.words) == (Level.RED, False, "38.4 °C, 95 %, ho")
    assert alert.place == "At home"
    assert alerts(desk, Setting.FACILITY) == []
    assert [line.page for line in day.errands(desk)] == ["quarantine.home"]
    clock.pass_(minutes=61)
    assert alerts(desk, Setting.HOME)[0].escalated
    assert [line.page for line in day.escalated(desk)] == ["quarantine.home"]


def declare(work, key, moment, symptoms=""):
    who = work.session.get_one(Episode, key).person_id
    one = NewDeclaration(NewPerson(""), moment, symptoms, person_id=who)
    return declarations.declare(work, [one]).ids[0]


def test_a_declaration_of_the_register_is_as_good_as_a_call(desk, pair, suite):
    desk.listeners = suite.database.listeners
    key = declare(desk, pair[0], "2021-08-13T07:30", "FEVER COUGH")
    declare(desk, pair[1], "2021-08-11T07:30")
    [row] = desk.session.scalars(select(Observation))
    assert (row.episode_id, row.channel, row.declaration_id) == (pair[0], Channel.DECLARATION, key)
    assert row.symptoms
    assert [one.episode_id for one in alerts(desk)] == pair[:1]


def test_a_stranger_to_quarantine_declares_without_anything_following(desk, suite):
    desk.listeners = suite.database.listeners
    declarations.declare(desk, [NewDeclaration(NewPerson("Lý Z", "1990"), "2021-08-13T07:30")])
    assert desk.session.scalars(select(Observation)).all() == []


def test_a_call_is_taken_back_with_what_it_set_going(desk, pair, clock):
    call(desk, pair[0], Channel.CALL, "k")
    clock.pass_(minutes=1)
    call(desk, pair[0], Channel.CALL, "k")
    clock.pass_(minutes=1)
    take_call_back(desk, pair[0])
    assert tasks(desk, Errand.VISIT) == []
    call(desk, pair[0], Channel.CALL, "k")
    assert tasks(desk, Errand.VISIT) == pair[:1]
    clock.pass_(minutes=1)
    call(desk, pair[0], Channel.CALL, "384 ho")
    clock.pass_(minutes=1)
    take_call_back(desk, pair[0])
    assert alerts(desk) == []
    assert tasks(desk, Errand.VISIT) == pair[:1]
    for _ in range(2):
        clock.pass_(minutes=1)
        take_call_back(desk, pair[0])
    with pytest.raises(UserError, match="nothing to take back"):
        take_call_back(desk, pair[0])
    assert desk.session.scalars(select(Observation)).all() == []


def test_whoever_is_not_at_home_any_more_is_not_called(desk, pair):
    home.leave_home(desk, pair[:1], Ended.REFERRED)
    with pytest.raises(UserError, match="not at home"):
        call(desk, pair[0], Channel.CALL, ".")


def test_the_visit_of_somebody_who_has_left_is_dropped(desk, pair, clock):
    for _ in range(2):
        call(desk, pair[0], Channel.CALL, "k")
        clock.pass_(minutes=1)
    home.leave_home(desk, pair[:1], Ended.REFERRED)
    assert tasks(desk, Errand.VISIT) == []
    dropped = select(Task.dropped).where(Task.errand == Errand.VISIT)
    assert list(desk.session.scalars(dropped)) == [True]


def test_what_is_heard_of_counts_for_its_own_day(desk, pair, clock, suite):
    desk.listeners = suite.database.listeners
    clock.pass_(days=1)
    declare(desk, pair[0], "2021-08-13T21:00")
    call(desk, pair[0], Channel.CALL, ".")
    days = select(Observation.day, Observation.round).order_by(Observation.day)
    today = desk.today()
    rows = [tuple(row) for row in desk.session.execute(days)]
    assert rows == [(today - timedelta(days=1), 1), (today, 1)]


def test_the_command_line_calls_by_the_same_verbs(desk, pair):
    run = {command.name: command.run for command in AT_HOME}
    told = {"quarantine": pair[0], "told": "k", "visit": False}
    assert run["call"](desk, told) == {"told": Followed.NO_ANSWER}
    first, second = run["at-home"](desk, {"commune": None})
    assert (first.id, first.tries, first.missed) == (pair[0], 1, True)
    assert (second.state, second.last_day) == (Followed.EXPECTED, "2021-08-24")
    place = {"quarantine": pair[1:], "facility": "NT"}
    assert run["to-facility"](desk, place) == {"waiting": 1}
    gone = {"quarantine": pair[:1], "how": Ended.REFERRED, "reason": None}
    assert run["end-home"](desk, gone) == {"ended": 1}
    assert at_home(desk) == {}


def test_missed_people_stand_first_with_their_household_and_the_heard_of_last(desk, pair, clock):
    [stranger] = home.begin_at_home(desk, registered(desk), F1)
    clock.pass_(days=1)
    found = home_list(desk)
    assert [one.missed for one in found.rows] == [True] * 3
    assert (found.communes[0].code, found.communes[0].people) == ("02947", 3)
    call(desk, stranger, Channel.CALL, ".")
    clock.pass_(days=1)
    rows = home_list(desk, "02947").rows
    assert [one.id for one in rows] == [*pair, stranger]
    assert [one.missed for one in rows] == [True, True, False]
    for key in pair:
        call(desk, key, Channel.CALL, ".")
    assert [one.id for one in home_list(desk).rows if one.open] == [stranger]
    assert unheard(desk) == 1
    assert [line.page for line in day.handover(desk)][-1] == "quarantine.home"


def test_whose_telephone_it_is_stands_beside_it(desk):
    people = [
        NewPerson("Lò Thị Mai", "1985", phone="0912345001", commune_code="02947"),
        NewPerson("Lò Văn Sơn", "2015", commune_code="02947"),
    ]
    home.begin_at_home(desk, add_people(desk, people).ids, F1)
    assert [one.phone for one in home_list(desk).rows] == [
        "0912345001",
        "0912345001 (Lò Thị Mai)",
    ]
