"""The papers of a session and of a recall."""

from datetime import date
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from admin_suite.core.errors import UserError
from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.codes import Call, Ending
from modules.vaccination.documents import draw_calls, draw_recall
from modules.vaccination.queries.registrations import registration_rows
from modules.vaccination.queries.sessions import invited_to, session_choices
from modules.vaccination.queries.stock import given_of_lot, recalled_choices
from modules.vaccination.service import NewInjection, NewRegistration, NewSession

CAM_CON = NewSession(date(2021, 9, 20), "Trạm Y tế xã Cam Cọn", "Comirnaty", 60)


def test_nobody_is_written_to_of_a_lot_that_was_not_recalled(day):
    values = {"lot": "FD9234"}
    assert day.ask(recalled_choices) == []
    with pytest.raises(UserError, match="recall it first"):
        day.ask(draw_recall, values, BytesIO())
    day.do(service.recall, day.lot_id, "CV 12")
    assert day.ask(recalled_choices) == [("FD9234", "Comirnaty FD9234")]
    with pytest.raises(UserError, match="Nobody was given"):
        day.ask(draw_recall, values, BytesIO())


def test_nobody_who_died_is_written_to(day):
    """One died by a report, the other by what a call told; the third gets the letter."""
    vial = day.do(service.open_vial, day.session_id)
    doses = []
    for at, person in enumerate(day.people[:3]):
        visit = day.do(service.arrive, day.session_id, person)
        doses.append(day.do(service.inject, visit, NewInjection(vial, f"u-{at}")))
    day.reported(doses[0], outcome=Ending.DIED)
    later = day.do(service.plan, CAM_CON)
    day.do(service.invite, later, day.people[1:2])
    [row] = day.ask(invited_to, later)
    day.do(service.note_call, [row.id], Call.DIED)
    day.do(service.recall, day.lot_id, "CV 12")
    assert [one.died for one in day.ask(given_of_lot, day.lot_id)] == [True, True, False]
    file = BytesIO()
    day.ask(draw_recall, {"lot": "FD9234"}, file)
    assert len(PdfDocument(file.getvalue())) == 1


def test_a_paper_of_a_session_is_chosen_by_place_and_day(day):
    [(key, line)] = day.ask(session_choices)
    assert key == str(day.session_id)
    assert line.startswith("Trạm Y tế xã Bảo Hà, 20/08/2021")


def test_a_call_list_has_a_page_for_each_hamlet_not_for_each_house(day):
    homes = (
        "số nhà 101, thôn Bùn 3",
        "SN 7, thôn Bùn 3",
        "12 Hoàng Liên, thôn Bùn 3",
        "thôn Bùn 3",
    )
    rows = [
        NewRegistration(NewPerson(f"Tẩn A {chr(65 + n)}", "1980", address=home), 7)
        for n, home in enumerate((*homes, "Tổ dân phố số 5", "số 9"))
    ]
    keys = day.do(service.register, rows).ids
    people = [row.person_id for row in day.ask(registration_rows, keys)]
    plan = service.NewSession(day.now.date(), "Trạm Y tế xã Cam Cọn", "Comirnaty", 60)
    session = day.do(service.plan, plan)
    day.do(service.invite, session, people)
    file = BytesIO()
    day.ask(draw_calls, {"session": str(session)}, file)
    assert len(PdfDocument(file.getvalue())) == 3  # of three hamlets, one of them not known
