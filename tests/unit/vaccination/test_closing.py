"""The last hour of a session: what to open, whom to call in; the vials one by one."""

from datetime import timedelta

from modules.vaccination import queries, service
from modules.vaccination.service import NewInjection, VialEnd

SIX_TO = timedelta(hours=3, minutes=30)  # from 08:00, when the day begins, to the end at 11:30


def come(day, number):
    return [day.do(service.arrive, day.session_id, one) for one in day.people[:number]]


def closing(day):
    return day.ask(queries.closing.closing, day.session_id)


def test_nothing_is_advised_before_the_last_hour_nor_after_the_session(day):
    come(day, 2)
    assert closing(day) is None
    day.now += SIX_TO - timedelta(minutes=61)
    assert closing(day) is None
    day.later(minutes=1)
    assert closing(day).minutes == 60
    day.later(minutes=90)
    assert closing(day).minutes == 0
    day.do(service.end_session, day.session_id)
    assert closing(day) is None


def test_whoever_waits_gets_a_vial_and_the_rest_of_it_is_offered_to_the_list(day):
    come(day, 2)
    day.now += SIX_TO - timedelta(minutes=30)
    told = closing(day)
    assert (told.waiting, told.expected, told.left) == (2, 8, 0)
    assert (told.open, told.call_in, told.lost) == (1, 4, 0)
    vial = day.do(service.open_vial, day.session_id)
    told = closing(day)
    assert (told.left, told.open, told.call_in) == (6, 0, 4)
    for at, visit in enumerate(come(day, 2)):
        day.do(service.inject, visit, NewInjection(vial, f"u-{at}"))
    told = closing(day)
    assert (told.waiting, told.left, told.open, told.call_in) == (0, 4, 0, 4)


def test_the_desk_tells_it_and_the_vials_add_up(day):
    [visit] = come(day, 1)
    vial = day.do(service.open_vial, day.session_id)
    day.do(service.inject, visit, NewInjection(vial, "u"))
    assert day.ask(queries.desk.desk, day.session_id).closing is None
    day.now += SIX_TO - timedelta(minutes=10)
    assert day.ask(queries.desk.desk, day.session_id).closing == closing(day)
    day.do(service.close_vials, [VialEnd(vial)])
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert (row.doses, row.given, row.wasted, row.difference) == (6, 1, 5, 0)
    assert closing(day).left == 0
