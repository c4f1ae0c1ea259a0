"""Lots as their labels say them: received, opened one after another, put right, recalled."""

from datetime import date
from io import BytesIO

import pytest

from admin_suite.core.errors import UserError
from modules.vaccination import queries, service
from modules.vaccination.documents import draw_recall
from modules.vaccination.service import NewInjection, NewReceipt


def lots(day):
    return {one.lot: one for one in day.ask(queries.stock.lots)}


def test_more_of_a_lot_has_the_label_of_the_first(day):
    with pytest.raises(UserError, match="good until 31/12/2021"):
        day.do(service.receive_stock, [NewReceipt("Comirnaty", "FD9234", 60, date(2022, 12, 31))])
    with pytest.raises(UserError, match="with 6 doses in a vial"):
        more = NewReceipt("Comirnaty", "FD9234", 60, date(2021, 12, 31), 10)
        day.do(service.receive_stock, [more])
    assert lots(day)["FD9234"].balance == 60
    day.do(service.receive_stock, [NewReceipt("Comirnaty", "FD 9234", 6)])
    assert lots(day)["FD9234"].balance == 66


def test_an_expiry_that_was_read_wrongly_is_put_right(day):
    day.do(service.correct_expiry, day.lot_id, date(2021, 8, 19))
    with pytest.raises(UserError, match="No usable lot of Comirnaty"):
        day.do(service.open_vial, day.session_id)
    day.do(service.correct_expiry, day.lot_id, date(2021, 8, 20))
    day.do(service.open_vial, day.session_id)  # good on the last day still


def test_when_the_lot_of_the_day_is_used_up_the_next_one_is_opened(day):
    for _n in range(10):
        day.do(service.open_vial, day.session_id)
    with pytest.raises(UserError, match="No usable lot of Comirnaty"):
        day.do(service.open_vial, day.session_id)
    receipts = [
        NewReceipt("Comirnaty", "FE2", 60, date(2022, 3, 1)),
        NewReceipt("Comirnaty", "FE1", 60, date(2022, 1, 1)),
    ]
    later, first = day.do(service.receive_stock, receipts)
    day.do(service.open_vial, day.session_id)
    assert [vial.lot for vial in day.ask(queries.stock.vials_of, day.session_id)][-1] == "FE1"
    desk = day.ask(queries.desk.desk, day.session_id)
    assert [key for key, _words in desk.lots] == [first, later]
    day.do(service.recall, first, "CV 12")
    desk = day.ask(queries.desk.desk, day.session_id)
    assert desk.lots == ((later, "FE2, 01/03/2022"),)


def test_the_letters_are_of_the_lot_that_was_recalled_not_of_its_namesake(day):
    [other] = day.do(service.receive_stock, [NewReceipt("Vaxzevria", "FD 9234", 10)])
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    day.do(service.recall, day.lot_id, "CV 12")
    out = BytesIO()
    day.ask(draw_recall, {"lot": "fd 9234"}, out)
    assert out.getvalue().startswith(b"%PDF")
    with pytest.raises(UserError, match="was not recalled"):
        day.ask(draw_recall, {"lot": str(other)}, BytesIO())
