"""The store and the vials: bookings that are taken back, balances, who is written to of a lot."""

from datetime import date

import pytest

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, reports, service
from modules.vaccination.codes import Move
from modules.vaccination.service import NewDose, NewInjection, VialEnd

TODAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))


def test_a_booking_that_is_taken_back_stands_in_no_report_of_the_day(day):
    day.do(service.move_stock, day.lot_id, Move.BREAK, 6)
    after = day.do(service.move_stock, day.lot_id, Move.EXPIRE, 12)
    assert day.do(service.take_back_booking, day.lot_id, after) == 54
    _session, store = day.ask(reports.daily, TODAY, {}).rows
    assert store[-1] == "Broken, lot FD9234: 6"
    lines = day.ask(queries.stock.moves, day.lot_id)
    assert [(one.kind, one.doses) for one in lines[:2]] == [(Move.EXPIRE, 12), (Move.EXPIRE, -12)]
    assert lines[0].reason == "Taken back"


def test_only_the_last_booking_of_today_is_taken_back(day):
    first = day.do(service.move_stock, day.lot_id, Move.BREAK, 6)
    second = day.do(service.move_stock, day.lot_id, Move.ADJUST, 2, "kiểm kê")
    for after in (first, 60):
        with pytest.raises(UserError, match="Another line"):
            day.do(service.take_back_booking, day.lot_id, after)
    day.later(days=1)
    with pytest.raises(UserError, match="Another line"):
        day.do(service.take_back_booking, day.lot_id, second)
    vial = day.do(service.open_vial, day.session_id)
    with pytest.raises(UserError, match="Another line"):  # a vial is closed, not put back
        day.do(service.take_back_booking, day.lot_id, second - 6)
    assert vial


def test_vials_are_closed_though_more_was_drawn_than_was_known(day):
    vial = day.do(service.open_vial, day.session_id)
    for at, person in enumerate(day.people[:7]):
        visit = day.do(service.arrive, day.session_id, person)
        day.do(service.inject, visit, NewInjection(vial, f"u-{at}", happened=at == 6))
    assert day.do(service.close_vials, [VialEnd(vial)]) == 0
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert (row.given, row.wasted, row.difference) == (7, 0, -1)
    day.do(service.end_session, day.session_id)


def test_no_more_is_thrown_away_than_was_left(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    with pytest.raises(UserError, match="1 dose was given; at most 5 can be thrown away"):
        day.do(service.close_vials, [VialEnd(vial, 6)])
    assert day.do(service.close_vials, [VialEnd(vial, 4, "rơi")]) == 4
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert row.difference == 1


def test_a_dose_of_the_lot_whose_vaccine_nobody_could_read_is_recalled_too(day):
    doses = [
        NewDose(NewPerson("Lý Thị Rõ", "1980"), "2021-08-01", "Comirnaty", "FD9234"),
        NewDose(NewPerson("Lý Thị Mờ", "1980"), "2021-08-01", "", "FD9234"),
        NewDose(NewPerson("Lý Thị Khác", "1980"), "2021-08-01", "Vaxzevria", "FD9234"),
    ]
    day.do(service.enter_doses, doses)
    found = day.ask(queries.stock.given_of_lot, day.lot_id)
    assert [one.name for one in found] == ["Lý Thị Mờ", "Lý Thị Rõ"]


def test_the_desk_of_a_closed_session_stays_while_somebody_rests(day, injected):
    vial, visit, _dose = injected
    day.do(service.close_vials, [VialEnd(vial)])
    day.do(service.end_session, day.session_id)
    assert [key for key, _words in day.ask(queries.desk.running_sessions)] == [day.session_id]
    day.do(service.leave, [visit])
    assert day.ask(queries.desk.running_sessions) == []
