"""A dose of a list or an exported workbook is found again by the number that it stands under."""

from datetime import date

import pytest

from admin_suite.core.errors import Refused
from admin_suite.excel import storing, writer
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson
from modules.vaccination import checks, queries, service
from modules.vaccination.codes import Source
from modules.vaccination.service import NewDose, NewInjection, NewRegistration
from modules.vaccination.sheets import DOSES


@pytest.fixture
def late(day):
    """Somebody of whom a list tells only the second dose, and a card a third one."""
    person = NewPerson("Lý Thị Muộn", "1980", phone="0912000111")
    told = NewRegistration(person, product2="Vaxzevria", on2="2021-06-01", lot2="A2")
    [key] = day.do(service.register, [told]).ids
    day.do(service.enter_doses, [NewDose(person, "2021-07-28", "Vaxzevria", "A3")])
    return key


def row(day, key):
    return day.ask(queries.registrations.registration_rows, [key])[0]


def test_a_dose_leaves_under_its_number(day, late):
    one = row(day, late)
    assert [(dose.number, dose.lot) for dose in one.doses] == [(2, "A2"), (3, "A3")]
    assert (one.lot1, one.lot2, one.lot3, one.on2) == ("", "A2", "A3", "2021-06-01")
    [(_key, cells)] = day.ask(checks.registrations_known, [one.uid]).values()
    assert (cells.get("lot1"), cells["lot2"], cells["lot3"]) == (None, "A2", "A3")


@pytest.mark.parametrize(("n", "field", "new"), [(2, "lot", "B2"), (3, "lot", "B3"), (3, "on", "")])
def test_a_workbook_that_comes_back_corrects_the_dose_it_names(day, late, n, field, new):
    old = getattr(row(day, late), f"{field}{n}")
    day.do(service.correct, [Change(late, {f"{field}{n}": (old, new)})])
    one = row(day, late)
    assert getattr(one, f"{field}{n}") == new
    assert len(one.doses) == (1 if field == "on" else 2)


def test_a_dose_given_here_is_not_corrected_by_a_list(day, late):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, row(day, late).person_id, "Trạm")
    day.do(service.inject, visit, NewInjection(vial, "u"))
    given = row(day, late)
    assert (given.on4, given.lot4) == (date(2021, 8, 20).isoformat(), "FD9234")
    for fields in ({"lot4": ("FD9234", "X1")}, {"on4": ("2021-08-20", "2021-08-19")}):
        with pytest.raises(Refused, match="given here"):
            day.do(service.correct, [Change(late, fields)])
    assert row(day, late) == given


def test_no_list_says_of_a_dose_that_it_was_given_here(day, late):
    person = NewPerson("Lý Thị Xa", "1981", phone="0912000222")
    told = NewDose(person, "2021-06-01", "Vaxzevria", "A9", source=Source.OWN, uid="of another")
    with pytest.raises(Refused, match="Only the vaccination desk") as raised:
        day.do(service.enter_doses, [told])
    [refusal] = raised.value.refusals
    assert (refusal.field, refusal.offer) == ("source", "List of a sender")
    day.do(service.enter_doses, [told._replace(source=Source.LIST)])
    [one] = [row for row in day.ask(queries.doses.rows) if row.lot == "A9"]
    with pytest.raises(Refused, match="Only the vaccination desk"):
        day.do(service.correct_doses, [Change(one.id, {"source": ("LIST", "OWN")})])


def test_a_workbook_with_doses_given_here_comes_back_as_it_left(day, late, tmp_path):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, ""))
    file = tmp_path / "doses.xlsx"
    writer.export(DOSES, day.ask(queries.doses.rows), file)
    world = day.ask(DOSES.context)
    receipt = day.do(storing.store, read_file(DOSES, file, world))
    assert (receipt.unchanged, receipt.stored, receipt.refused) == (3, 0, ())
    [own] = [row for row in day.ask(queries.doses.rows) if row.source is Source.OWN]
    with pytest.raises(Refused, match="given here"):
        day.do(service.correct_doses, [Change(own.id, {"source": ("OWN", "CARD")})])
