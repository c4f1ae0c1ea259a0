"""Two colleagues at one moment: one injection a day, one forecast of each person."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest
from sqlalchemy import select

from admin_suite.core.errors import UserError
from modules.vaccination import queries, service
from modules.vaccination.codes import Call, Sign, Standing
from modules.vaccination.models import Correction, Event, Forecast, Slip
from modules.vaccination.service import NewEvent, NewInjection, NewSession

LONG_ENOUGH = 0.5  # for the second colleague to look while the first has not stored yet


@pytest.fixture
def other(day):
    """Another session of the same day, with the same people."""
    plan = NewSession(date(2021, 8, 20), "Trạm Y tế xã Cam Cọn", "Comirnaty", 60)
    key = day.do(service.plan, plan)
    day.do(service.invite, key, day.people[:3])
    return key


def at_once(day, first, second):
    """What the second colleague is told, who began while the first had not stored yet."""
    with ThreadPoolExecutor(1) as pool:
        with day.suite.database.work(day.actor) as work:
            work.clock = lambda: day.now
            first[0](work, *first[1:])
            told = pool.submit(day.do, *second)
            wait([told], LONG_ENOUGH)
        return told.exception()


def kept(work, person):
    return list(work.session.scalars(select(Forecast.hold).where(Forecast.person_id == person)))


def numbers(work, column):
    return sorted(work.session.scalars(select(column)))


def visits(day, *sessions):
    rows = [day.ask(queries.sessions.invited_to, key) for key in sessions]
    return [next(one.id for one in several if one.person_id == day.people[0]) for several in rows]


def test_nobody_is_injected_at_two_sessions_at_once(day, other):
    vials = [day.do(service.open_vial, key) for key in (day.session_id, other)]
    here, there = visits(day, day.session_id, other)
    first = (service.inject, here, NewInjection(vials[0], "u-1"))
    told = at_once(day, first, (service.inject, there, NewInjection(vials[1], "u-2")))
    assert isinstance(told, UserError)
    assert "Nothing is injected again" in str(told)
    assert len(day.ask(queries.doses.lines_of, {day.people[0]: "1985"})[day.people[0]]) == 1


def test_what_two_note_of_one_person_at_once_leaves_one_forecast(day, other):
    here, there = visits(day, day.session_id, other)
    first = (service.note_call, [here], Call.REFUSED)
    assert at_once(day, first, (service.note_call, [there], Call.MOVED)) is None
    assert day.ask(kept, day.people[0]) == [Standing.MOVED]


def test_two_numbers_that_are_given_at_once_differ(day):
    vial, doses = day.do(service.open_vial, day.session_id), []
    for at, person in enumerate(day.people[:2]):
        visit = day.do(service.arrive, day.session_id, person)
        doses.append(day.do(service.inject, visit, NewInjection(vial, f"u-{at}")))
    for verb, one, other in (
        (service.ask_correction, *((p, "name", "Lý Văn Á", "CCCD") for p in day.people[:2])),
        (service.issue_slips, *(([person],) for person in day.people[:2])),
        (service.report_event, *((NewEvent(d, day.now, (Sign.OTHER,)),) for d in doses)),
    ):
        assert at_once(day, (verb, *one), (verb, *other)) is None
    for column in (Correction.number, Slip.number, Event.number):
        assert [number[-1] for number in day.ask(numbers, column)] == ["1", "2"]
