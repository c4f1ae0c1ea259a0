"""Answers to requests for correction, and how they are taken back."""

import pytest

from admin_suite.core.errors import UserError
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.codes import Asked
from modules.vaccination.service import NewInjection


@pytest.fixture
def asked(day):
    """A request of somebody who was vaccinated and has a slip."""
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    day.do(service.issue_slips, [day.people[0]])
    return day.do(service.ask_correction, day.people[0], "name", "Lý Văn Á", "CCCD")


def name_of(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    return next(row.name for row in rows if row.person_id == day.people[0])


def test_a_correction_that_is_taken_back_leaves_the_old_name_and_a_slip_that_says_so(day, asked):
    day.do(service.accept_correction, asked)
    [slip] = day.do(service.reopen_correction, asked)
    assert name_of(day) == "Lý Văn A"
    [row] = day.ask(queries.corrections.corrections)
    assert (row.state, row.slips) == (Asked.OPEN, ("XN-2021-000002", "XN-2021-000003"))
    printed = day.ask(queries.slips.numbered_slips, [], day.people[:1])
    assert printed == [("XN-2021-000003", day.people[0])]
    assert day.ask(queries.slips.slip_people, [slip]) == printed
    day.do(service.accept_correction, asked)
    assert name_of(day) == "Lý Văn Á"


def test_whoever_has_a_slip_but_no_dose_any_more_is_corrected_all_the_same(day, asked):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    visit = next(row.id for row in rows if row.person_id == day.people[0])
    day.do(service.take_back_injection, visit, "nhầm người")
    assert day.do(service.accept_correction, asked) == []
    assert name_of(day) == "Lý Văn Á"


def test_what_was_empty_is_empty_again(day):
    keys = day.do(service.register, [service.NewRegistration(NewPerson("Tẩn A Phủ", "1991"), 7)])
    [row] = day.ask(queries.registrations.registration_rows, keys.ids)
    asked = day.do(service.ask_correction, row.person_id, "phone", "0912000222", "")
    day.do(service.accept_correction, asked)
    assert day.do(service.reopen_correction, asked) == []
    [row] = day.ask(queries.registrations.registration_rows, keys.ids)
    assert row.phone == ""


def test_a_request_that_was_declined_is_answered_again(day, asked):
    with pytest.raises(UserError, match="waits for its answer"):
        day.do(service.reopen_correction, asked)
    day.do(service.decline_correction, asked, "chưa đủ giấy tờ")
    assert day.do(service.reopen_correction, asked) == []
    [row] = day.ask(queries.corrections.corrections)
    assert (row.state, row.answer) == (Asked.OPEN, "")
    day.do(service.accept_correction, asked)
    assert name_of(day) == "Lý Văn Á"


def test_a_later_correction_is_not_overwritten_by_taking_an_earlier_one_back(day, asked):
    day.do(service.accept_correction, asked)
    later = day.do(service.ask_correction, day.people[0], "name", "Lý Văn Ả", "CCCD")
    day.do(service.accept_correction, later)
    with pytest.raises(UserError, match="the register says “Lý Văn Ả”"):
        day.do(service.reopen_correction, asked)
    assert name_of(day) == "Lý Văn Ả"


def test_what_is_asked_already_is_not_asked_again_until_it_is_answered(day):
    asked = (day.people[0], "name", "Lý Văn Ánh", "căn cước")
    first = day.do(service.ask_correction, *asked)
    with pytest.raises(UserError, match=r"Request SC-2021-0001 asks for the same"):
        day.do(service.ask_correction, *asked)
    day.do(service.decline_correction, first, "thiếu giấy tờ")
    assert day.do(service.ask_correction, *asked) != first
