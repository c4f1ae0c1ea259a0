"""A positive in the room: heard, previewed, acted on in one go, and taken back in sight."""

from datetime import date

import pytest
from sqlalchemy import select

from admin_suite.core.errors import UserError
from modules.lab.api import Method, Outcome
from modules.quarantine.codes import CaseState, Errand, Group, Kind
from modules.quarantine.models import ClockEvent, Episode, Task
from modules.quarantine.queries import cases as queries
from modules.quarantine.queries.clocks import clocks, explained, impact
from modules.quarantine.rules.clock import Policy
from modules.quarantine.service import cases, stays
from modules.quarantine.service.stays import Placement
from modules.results.api import PersonResult, ResultsCorrected, ResultsHeld, ResultsReleased
from tests.unit.quarantine.conftest import bed, person, row


@pytest.fixture
def room(desk, clock):
    """Three women in one room; a week later the first is sampled."""
    keys = [person(desk) for _ in range(3)]
    wanted = [Placement(key, bed(desk, "101", n)) for key, n in zip(keys, "123", strict=True)]
    stays.admit(desk, wanted)
    clock.pass_(days=7)
    return keys


def tasks(work, errand):
    query = select(Task.episode_id).where(Task.errand == errand, Task.done_at.is_(None))
    return sorted(work.session.scalars(query))


def end_of(work, key):
    return clocks(work, [key])[key].ends_on


def test_what_it_will_do_is_shown_before_anything_is_done(desk, room):
    case = cases.report(desk, room[0], "2021-08-20")
    seen = queries.proposal(desk, case)
    assert seen.room == "101"
    assert [bed.room for bed in seen.beds] == ["201", "201"]
    assert [(one.episode_id, one.old, one.new) for one in seen.moved] == [
        (key, date(2021, 8, 24), date(2021, 9, 3)) for key in room[1:]
    ]
    assert end_of(desk, room[1]) == date(2021, 8, 24)
    assert row(desk, "101").episode_id == room[0]


def test_one_act_moves_her_out_locks_the_room_and_moves_the_dates(desk, room):
    case = cases.report(desk, room[0], "2021-08-20")
    assert cases.confirm(desk, case, bed(desk, "201")) == 2
    assert row(desk, "201").episode_id == room[0]
    assert row(desk, "201").infected
    assert row(desk, "101").kind is Kind.CONTAMINATED
    assert row(desk, "101").locked is not None
    assert {end_of(desk, key) for key in room[1:]} == {date(2021, 9, 3)}
    assert "the last day in one room with somebody positive" in explained(desk, room[1])
    assert tasks(desk, Errand.EXTENSION) == tasks(desk, Errand.NOTICE) == room[1:]
    assert set(tasks(desk, Errand.TEST)) == set(room[1:])
    assert tasks(desk, Errand.POSITIVE) == []


def test_whoever_had_left_the_room_before_gets_his_own_date(desk, room, clock):
    stays.transfer(desk, [Placement(room[2], bed(desk, "102"))])
    clock.pass_(days=2)
    case = cases.report(desk, room[0], "2021-08-21")
    cases.confirm(desk, case, None)
    assert end_of(desk, room[1]) == date(2021, 9, 5)
    assert end_of(desk, room[2]) == date(2021, 9, 3)


def test_a_positive_taken_back_moves_the_dates_back_in_sight(desk, room):
    case = cases.report(desk, room[0], "2021-08-20")
    cases.confirm(desk, case, bed(desk, "201"))
    extension = select(Task.id).where(Task.errand == Errand.EXTENSION)
    cases.done(desk, list(desk.session.scalars(extension)))
    assert cases.revoke(desk, case, "kết quả đã sửa") == 2
    assert {end_of(desk, key) for key in room[1:]} == {date(2021, 8, 24)}
    assert row(desk, "101", "2").locked is None
    assert tasks(desk, Errand.REVOKE) == room[1:]
    assert tasks(desk, Errand.TEST) == []
    assert desk.session.get_one(Episode, room[0]).grouping is Group.F1
    events = select(ClockEvent.old_end, ClockEvent.new_end).where(ClockEvent.episode_id == room[1])
    assert [tuple(one) for one in desk.session.execute(events.order_by(ClockEvent.id))] == [
        (date(2021, 8, 24), date(2021, 9, 3)),
        (date(2021, 9, 3), date(2021, 8, 24)),
    ]
    with pytest.raises(UserError, match="decided already"):
        cases.confirm(desk, case, None)


def result(work, key, outcome, number=None):
    who = work.session.get_one(Episode, key).person_id
    return PersonResult(who, 1, number, outcome, Method.PCR, "2021-08-20T07:00")


def test_the_laboratory_is_heard_and_nobody_is_moved_by_a_listener(desk, room):
    told = ResultsReleased((result(desk, room[0], Outcome.POSITIVE),))
    cases.released(desk, told)
    cases.released(desk, ResultsReleased((result(desk, room[1], Outcome.NEGATIVE),)))
    [row_] = queries.cases(desk)
    assert (row_.episode_id, row_.place, row_.preliminary) == (room[0], "101-1", False)
    assert tasks(desk, Errand.POSITIVE) == [room[0]]
    assert row(desk, "101").episode_id == room[0]


def test_a_result_of_somebody_who_is_not_in_quarantine_is_nobodys_business_here(desk, room):
    stranger = result(desk, room[0], Outcome.POSITIVE)._replace(person_id=1000)
    cases.released(desk, ResultsReleased((stranger,)))
    cases.held(desk, ResultsHeld((stranger,)))
    cases.corrected(desk, ResultsCorrected((stranger,), (stranger,)))
    assert queries.cases(desk, tuple(CaseState)) == []


def test_the_impact_of_a_policy_is_shown_before_it_is_adopted(desk, room):
    moved = impact(desk, Policy(7, running=True), date(2021, 8, 18), "QĐ 1")
    assert {(one.old, one.new) for one in moved} == {(date(2021, 8, 24), date(2021, 8, 17))}
    assert end_of(desk, room[0]) == date(2021, 8, 24)
