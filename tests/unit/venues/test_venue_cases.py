"""A positive that is handed out keeps the check-ins its tracing needs, as long as it is one."""

from datetime import date

import pytest
from sqlalchemy import select

from admin_suite.registry.facts import PeopleMerged, PeopleParted
from modules.lab.api import Method, Outcome
from modules.results.api import PersonResult, ResultsCorrected, ResultsReleased
from modules.venues import service
from modules.venues.models import Checkin
from modules.venues.module import MODULE
from modules.venues.queries import keeping
from modules.venues.rules.limits import Keeping, Tracing
from modules.venues.service import NewCheckin, cases, stays
from tests.unit.venues.conftest import ALONE, BESIDE, CASE


@pytest.fixture
def ids(work, numbers):
    """The case and somebody beside, somebody alone, and the case a month before."""
    service.adopt_keeping(work, Keeping((("DESK", 2),)), date(2021, 8, 1), "QĐ 1")
    new = [
        NewCheckin(CASE, numbers[0], "2021-08-14T08:00", "2021-08-14T09:00"),
        NewCheckin(BESIDE, numbers[0], "2021-08-14T08:30", "2021-08-14T08:40"),
        NewCheckin(ALONE, numbers[0], "2021-08-14T18:00", "2021-08-14T19:00"),
        NewCheckin(CASE, numbers[0], "2021-07-14T08:00", "2021-07-14T09:00"),
    ]
    return service.note_checkins(work, new).ids


def result(work, ids, outcome, number=7):
    who = work.session.scalar(select(Checkin.person_id).where(Checkin.id == ids[0]))
    return PersonResult(who, 1, number, outcome, Method.PCR, "2021-08-16T07:00")


def left(work, ids):
    service.delete_expired(work)
    work.session.expire_all()
    return [ids.index(key) for key in work.session.scalars(select(Checkin.id))]


def open_holds(work):
    return [one for one in keeping.holds(work) if one.lifted_at is None]


def test_a_positive_keeps_whom_the_case_met_in_the_days_of_the_rule(work, ids):
    cases.released(work, ResultsReleased((result(work, ids, Outcome.POSITIVE),)))
    [one] = open_holds(work)
    assert (one.since, one.until) == (date(2021, 8, 2), date(2021, 8, 23))
    assert one.reason == "A positive result was handed out."
    assert sorted(left(work, ids)) == [0, 1]


def test_the_days_are_those_of_the_rule_in_force(work, ids):
    service.adopt_tracing(work, Tracing(60, 1), date(2021, 8, 1), "QĐ 2")
    cases.released(work, ResultsReleased((result(work, ids, Outcome.POSITIVE),)))
    assert sorted(left(work, ids)) == [0, 1, 3]


@pytest.mark.parametrize("outcome", [Outcome.NEGATIVE, Outcome.AWAITING_SINGLES, Outcome.INVALID])
def test_any_other_result_holds_nothing(work, ids, outcome):
    cases.released(work, ResultsReleased((result(work, ids, outcome),)))
    assert keeping.holds(work) == []


def test_the_same_positive_heard_again_is_one_hold(work, ids):
    told = ResultsReleased((result(work, ids, Outcome.POSITIVE),))
    cases.released(work, told)
    cases.released(work, told)
    assert len(open_holds(work)) == 1


def test_a_correction_lifts_the_hold_and_nobody_elses(work, ids):
    was, now = (result(work, ids, one) for one in (Outcome.POSITIVE, Outcome.NEGATIVE))
    cases.released(work, ResultsReleased((was,)))
    own = service.hold_person(work, was.person_id, "Ca 12", date(2021, 8, 14), date(2021, 8, 14))
    cases.corrected(work, ResultsCorrected((now._replace(measurement_id=8),), (was,)))
    assert [one.id for one in open_holds(work)] == [own]
    service.lift_hold(work, own)
    assert left(work, ids) == []


def test_a_correction_to_positive_holds_and_a_positive_measured_again_stays_held(work, ids):
    was, now = (result(work, ids, one) for one in (Outcome.NEGATIVE, Outcome.POSITIVE))
    cases.corrected(work, ResultsCorrected((now,), (was,)))
    assert len(open_holds(work)) == 1
    again = now._replace(measurement_id=8)
    cases.corrected(work, ResultsCorrected((again,), (now,)))
    assert len(open_holds(work)) == 1
    cases.corrected(work, ResultsCorrected((was._replace(measurement_id=9),), (again,)))
    assert open_holds(work) == []


def test_what_somebody_lifted_stays_lifted_while_the_result_stands(work, ids):
    told = result(work, ids, Outcome.POSITIVE)
    cases.released(work, ResultsReleased((told,)))
    service.lift_hold(work, open_holds(work)[0].id)
    cases.corrected(work, ResultsCorrected((told,), (told,)))
    assert open_holds(work) == []


def test_results_are_heard_inside_the_deed_that_hands_them_out():
    assert MODULE.listeners == {
        ResultsReleased: cases.released,
        ResultsCorrected: cases.corrected,
        PeopleMerged: stays.merged,
        PeopleParted: stays.merged,
    }
