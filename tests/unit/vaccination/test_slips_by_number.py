"""Confirmations are printed by the numbers that stand on them."""

import io

import pytest
from pypdf import PdfReader

from admin_suite.core.errors import UserError
from modules.vaccination import documents, queries, service
from modules.vaccination.service import NewInjection


@pytest.fixture
def slips(day):
    """Two people with a confirmation each."""
    vial = day.do(service.open_vial, day.session_id)
    for at, person in enumerate(day.people[:2]):
        visit = day.do(service.arrive, day.session_id, person)
        day.do(service.inject, visit, NewInjection(vial, f"u-{at}"))
    return day.do(service.issue_slips, day.people[:2])


def drawn(day, **values):
    out = io.BytesIO()
    day.ask(documents.draw_slips, values, out)
    return [page.extract_text() for page in PdfReader(io.BytesIO(out.getvalue())).pages]


@pytest.mark.parametrize("said", ["XN-2021-000002", "xn-2021-000002", "2", " 000002 "])
def test_one_number_gives_one_slip(day, slips, said):
    [page] = drawn(day, slips=said)
    assert "XN-2021-000002" in page
    assert "Lý Văn B" in page


def test_what_is_no_number_of_a_slip_prints_none_of_the_others(day, slips):
    for said in ("XN-2020-000002", "Lý", "3", "2 3"):
        with pytest.raises(UserError, match="There is no confirmation"):
            drawn(day, slips=said)
    assert len(drawn(day)) == 2


def test_a_slip_that_was_replaced_names_the_one_that_counts(day, slips):
    day.do(service.issue_slips, day.people[:1])
    with pytest.raises(UserError, match=r"XN-2021-000001 was replaced by XN-2021-000003"):
        drawn(day, slips="1")


def test_whoever_asks_for_a_correction_is_told_its_number_and_day(day, slips):
    asked = day.do(service.ask_correction, day.people[0], "name", "Lý Văn Á", "CCCD")
    number, until = day.ask(queries.corrections.asked_for, asked)
    assert (number, until.isoformat()) == ("SC-2021-0001", "2021-08-23")


def test_one_telephone_is_asked_for(day):
    for said in ("0912345678 / 0987654321", "0912345678, 0987654321"):
        with pytest.raises(UserError, match="Ask for one telephone"):
            day.do(service.ask_correction, day.people[3], "phone", said, "gọi lại")
