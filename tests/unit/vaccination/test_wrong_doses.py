"""Requests for correction of doses: noted, answered, taken back, and what became of the paper."""

import io
import json

import pytest
from pypdf import PdfReader

from admin_suite.core.errors import Refused, UserError
from admin_suite.excel import writer
from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson
from modules.vaccination import commands, documents, queries, service
from modules.vaccination.codes import Asked, Paper, Source
from modules.vaccination.queries.corrections import WholeDose
from modules.vaccination.service import NewDose, NewInjection, NewRegistration
from modules.vaccination.sheets import CORRECTIONS

PERSON = NewPerson("Lý Thị Sai", "1980", phone="0912000333")


@pytest.fixture
def whose(day):
    """Somebody with a dose of a list and a confirmation of it: person and dose."""
    told = NewRegistration(PERSON, 7, product1="Vaxzevria", on1="2021-06-10", lot1="ABV5297")
    [key] = day.do(service.register, [told]).ids
    [row] = day.ask(queries.registrations.registration_rows, [key])
    [dose] = lines(day, row.person_id)
    day.do(service.issue_slips, [row.person_id])
    return row.person_id, dose.id


def lines(day, person):
    return day.ask(queries.doses.lines_of, {person: "1980"}).get(person, [])


def states(day, person):
    return [(one.number[-1], one.state) for one in day.ask(queries.slips.slips_of, [person])]


def asked(day):
    return day.ask(queries.corrections.corrections)


def drawn(day, **values):
    out = io.BytesIO()
    day.ask(documents.draw_slips, values, out)
    return PdfReader(io.BytesIO(out.getvalue())).pages[0].extract_text()


@pytest.mark.parametrize(
    ("field", "words", "kept"),
    [
        ("product", "pfizer", "Comirnaty"),
        ("on", "2021-06-11", "2021-06-11"),
        ("lot", "lô abv 5298", "ABV5298"),
        ("place", " TYT xã Điện Quan ", "TYT xã Điện Quan"),
        ("stated", "mũi 2", "2"),
    ],
)
def test_a_field_of_a_dose_is_corrected_and_put_back(day, whose, field, words, kept):
    person, dose = whose
    before = lines(day, person)
    request = day.do(service.ask_correction, person, field, words, "sổ tiêm", dose)
    assert (asked(day)[0].new, asked(day)[0].state) == (kept, Asked.OPEN)
    assert lines(day, person) == before
    [slip] = day.do(service.accept_correction, request)
    assert lines(day, person) != before
    assert day.ask(queries.slips.slip_people, [slip]) == [("XN-2021-000002", person)]
    assert states(day, person) == [("2", Paper.IN_FORCE), ("1", Paper.REPLACED)]
    day.do(service.reopen_correction, request)
    assert lines(day, person) == before
    assert (asked(day)[0].state, states(day, person)[0]) == (Asked.OPEN, ("3", Paper.IN_FORCE))
    day.do(service.decline_correction, request, "sổ không ghi như vậy")
    assert lines(day, person) == before


@pytest.mark.parametrize(
    ("field", "words", "why"),
    [
        ("product", "Pfzier", "There is no vaccine"),
        ("product", " ", "Say what it should be"),
        ("on", "hôm qua", "is not a day"),
        ("on", "2021-08-21", "still to come"),
        ("lot", "ABV5297", "same as now"),
        ("lot", " ", "same as now"),
        ("stated", "?", "same as now"),
        ("name", "Lý Thị Xai", "Say of whom"),
        ("missing", "Comirnaty", "Say of whom"),
        ("nothing", "Comirnaty", "Say of whom"),
    ],
)
def test_what_cannot_be_asked_of_a_dose(day, whose, field, words, why):
    person, dose = whose
    with pytest.raises(UserError, match=why):
        day.do(service.ask_correction, person, field, words, "", dose)
    with pytest.raises(UserError, match="no such dose"):
        day.do(service.ask_correction, day.people[0], "lot", "X1", "", dose)
    with pytest.raises(UserError, match="Say of whom"):
        day.do(service.ask_correction, person, "lot", "X1", "")
    assert asked(day) == []


def test_a_dose_that_was_never_given_is_taken_back_and_given_back(day, whose):
    person, dose = whose
    before = lines(day, person)
    request = day.do(service.ask_correction, person, "never", "", "khai nhầm", dose)
    told = (asked(day)[0].now, asked(day)[0].wanted)
    assert told == ("Dose 1: Vaxzevria 10/06/2021 ABV5297", "not given")
    with pytest.raises(UserError, match="asks for the same"):
        day.do(service.ask_correction, person, "never", "", "lại", dose)
    assert day.do(service.accept_correction, request) == []
    assert lines(day, person) == []
    assert states(day, person) == [("1", Paper.STALE)]
    day.do(service.reopen_correction, request)
    assert lines(day, person) == before
    assert states(day, person)[0][1] is Paper.IN_FORCE


def test_a_dose_that_is_missing_is_entered_and_taken_back(day, whose):
    person, _dose = whose
    said = WholeDose("2021-08-10", "az", "lô pv 46664", 2, "BV huyện")
    request = day.do(service.ask_missing, person, said, "giấy xác nhận")
    assert asked(day)[0].wanted == "Dose 2: Vaxzevria 10/08/2021 PV46664 BV huyện"
    with pytest.raises(UserError, match="asks for the same"):
        day.do(service.ask_missing, person, said, "")
    for _again in range(2):
        day.do(service.accept_correction, request)
        new = lines(day, person)[1]
        facts = (new.product, new.lot, new.place, new.number, new.source)
        assert facts == ("Vaxzevria", "PV46664", "BV huyện", 2, Source.CARD)
        assert "SC-2021-0001" in new.note
        day.do(service.reopen_correction, request)
        assert len(lines(day, person)) == 1


def test_what_is_entered_already_is_not_missing(day, whose):
    person, _dose = whose
    for said in (WholeDose("2021-06-10", "Vaxzevria"), WholeDose("2021-06-10")):
        with pytest.raises(UserError, match="entered already"):
            day.do(service.ask_missing, person, said, "")
    with pytest.raises(UserError, match="vaccination desk"):
        day.do(service.ask_missing, person, WholeDose("2021-07-10", source=Source.OWN), "")
    with pytest.raises(UserError, match="day of the injection is missing"):
        day.do(service.ask_missing, person, WholeDose(" "), "")
    with pytest.raises(UserError, match="Say of whom"):
        day.do(service.ask_missing, 9999, WholeDose("2021-07-10"), "")


def test_a_missing_dose_that_a_list_brings_first_only_closes_the_request(day, whose):
    person, _dose = whose
    request = day.do(service.ask_missing, person, WholeDose("2021-08-10", "Vaxzevria"), "")
    day.do(service.enter_doses, [NewDose(PERSON, "2021-08-10", "Vaxzevria", "PV1")])
    assert states(day, person) == [("1", Paper.STALE)]
    day.do(service.accept_correction, request)
    assert (asked(day)[0].state, asked(day)[0].answer) == (Asked.DONE, "It was put right already.")
    assert len(lines(day, person)) == 2
    assert day.do(service.reopen_correction, request) == []
    assert len(lines(day, person)) == 2  # what the list told stays


def test_a_dose_given_here_is_put_right_at_the_desk_and_the_request_closed(day, injected):
    _vial, visit, dose = injected
    person = day.people[0]
    lot = day.do(service.ask_correction, person, "lot", "FD9999", "vỏ lọ", dose)
    never = day.do(service.ask_correction, person, "never", "", "nhầm người", dose)
    for request in (lot, never):
        with pytest.raises(UserError, match="vaccination desk"):
            day.do(service.accept_correction, request)
    day.do(service.take_back_injection, visit, "nhầm lô")
    with pytest.raises(UserError, match="the dose was taken back"):
        day.do(service.accept_correction, lot)
    receipt = service.NewReceipt("Comirnaty", "FD 9999", 6)
    [other] = day.do(service.receive_stock, [receipt])
    vial = day.do(service.open_vial, day.session_id, other)
    day.do(service.inject, visit, NewInjection(vial, "u-1"))
    day.do(service.accept_correction, lot)
    assert {row.id: row.state for row in asked(day)}[lot] is Asked.DONE
    [line] = lines(day, person)
    assert line.lot == "FD9999"


def test_a_dose_with_a_severe_reaction_stays_whatever_is_asked(day, whose):
    person, dose = whose
    request = day.do(service.ask_correction, person, "never", "", "", dose)
    day.reported(dose)
    with pytest.raises(UserError, match="AEFI"):
        day.do(service.accept_correction, request)
    assert len(lines(day, person)) == 1


def test_what_a_colleague_changed_since_is_not_overwritten(day, whose):
    person, dose = whose
    request = day.do(service.ask_correction, person, "lot", "ABV1", "", dose)
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV5297", "ABV2")})])
    with pytest.raises(UserError, match="the register says “ABV2”"):
        day.do(service.accept_correction, request)
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV2", "ABV1")})])
    day.do(service.accept_correction, request)
    assert asked(day)[0].answer == "It was put right already."
    day.do(service.reopen_correction, request)
    assert lines(day, person)[0].lot == "ABV1"


# -- paper ----------------------------------------------------------------------------------------


def added(day, person, dose):
    day.do(service.enter_doses, [NewDose(PERSON, "2021-08-10", "Vaxzevria")])


def corrected(day, person, dose):
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV5297", "ABV2")})])


def withdrawn(day, person, dose):
    day.do(service.withdraw_doses, [dose], "nhầm")


def renamed(day, person, dose):
    request = day.do(service.ask_correction, person, "name", "Lý Thị Xai", "CCCD")
    day.do(service.accept_correction, request)
    day.do(service.correct_doses, [Change(dose, {"name": ("Lý Thị Xai", "Lý Thị Sài")})])


def born_later(day, person, dose):
    """The dose cannot have been by a year of birth that is corrected: its verdict is another."""
    day.do(service.correct_doses, [Change(dose, {"dob": ("1980", "2021-07")})])


@pytest.mark.parametrize("deed", [added, corrected, withdrawn, renamed, born_later])
def test_a_confirmation_is_out_of_date_once_something_else_is_known(day, whose, deed):
    person, dose = whose
    assert "Replaces" not in drawn(day, people=str(person))
    assert states(day, person)[0][1] is Paper.IN_FORCE
    deed(day, person, dose)
    number, state = states(day, person)[0]
    assert state is Paper.STALE
    with pytest.raises(UserError, match=f"No longer right: XN-2021-00000{number}"):
        drawn(day, people=str(person))
    with pytest.raises(UserError, match="number the confirmation anew"):
        drawn(day, slips=number)
    if deed in (withdrawn, born_later):
        with pytest.raises(UserError, match="None of these people"):
            day.do(service.issue_slips, [person])
    else:
        day.do(service.issue_slips, [person])
        assert f"Replaces confirmation XN-2021-00000{number}" in drawn(day, people=str(person))


def test_a_place_in_two_lines_is_one_dose(day, whose):
    person, dose = whose
    place = "TYT xã\nĐiện Quan"
    day.do(service.correct_doses, [Change(dose, {"place": ("", place)})])
    day.do(service.issue_slips, [person])
    [new, _old] = day.ask(queries.slips.slips_of, [person])
    assert (new.doses, new.state) == (1, Paper.IN_FORCE)


def test_a_paper_is_right_again_once_the_register_says_so_again(day, whose):
    person, dose = whose
    corrected(day, person, dose)
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV2", "ABV5297")})])
    assert states(day, person) == [("1", Paper.IN_FORCE)]


def test_a_refusal_of_the_verb_leaves_the_request_open(day, whose):
    person, dose = whose
    request = day.do(service.ask_correction, person, "on", "2021-08-20", "", dose)
    day.later(days=-1)
    with pytest.raises(Refused, match="still to come"):
        day.do(service.accept_correction, request)
    assert asked(day)[0].state is Asked.OPEN


# -- the list that leaves, and the command line ---------------------------------------------------


def test_the_requests_leave_as_a_list(day, whose, tmp_path):
    person, dose = whose
    first = day.do(service.ask_correction, person, "lot", "ABV1", "sổ tiêm", dose)
    day.do(service.ask_missing, person, WholeDose("2021-08-10", "Comirnaty"), "giấy")
    day.do(service.accept_correction, first)
    for name in ("list.xlsx", "list.csv", "list.json"):
        writer.export(CORRECTIONS, day.ask(queries.corrections.corrections), tmp_path / name)
    missing, lot = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert (missing["field"], missing["now"]) == ("missing", "not given")
    assert missing["wanted"] == "Comirnaty 10/08/2021"
    assert (lot["dose"], lot["wanted"], lot["state"]) == (
        "Vaxzevria 10/06/2021 ABV1",
        "ABV1",
        "DONE",
    )
    assert (lot["due_on"], lot["paper"]) == ("2021-08-23", "XN-2021-000002")
    found = day.ask(queries.corrections.corrections, {"state": "open"})
    assert [row.number for row in found] == ["SC-2021-0002"]
    with pytest.raises(UserError, match="no filter"):
        day.ask(queries.corrections.corrections, {"bogus": "1"})


def test_confirmations_on_the_command_line(day, whose):
    person, dose = whose
    assert day.ask(commands.printed, {"people": None}) == []
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV5297", "ABV2")})])
    [old] = day.ask(commands.printed, {"people": None})
    assert (old.number, old.state) == ("XN-2021-000001", Paper.STALE)
    [new] = day.do(commands.confirm, {"people": [person]})
    assert (new.number, new.state) == ("XN-2021-000002", Paper.IN_FORCE)
    rows = day.ask(commands.printed, {"people": [person]})
    assert [(row.number, row.newer) for row in rows] == [
        ("XN-2021-000002", ""),
        ("XN-2021-000001", "XN-2021-000002"),
    ]
