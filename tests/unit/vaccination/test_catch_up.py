"""Paper typed in afterwards: every row has its verdict, and nothing of it is dropped silently."""

from datetime import date

import pytest

from admin_suite.core.errors import Refused, UserError
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import Change
from admin_suite.excel.typed import Head, Typed, read_typed
from admin_suite.registry.service import NewPerson
from modules.vaccination import checks, queries, service
from modules.vaccination.formats import lot_number
from modules.vaccination.service import NewDose, NewRegistration
from modules.vaccination.sheets import DOSES, REACTIONS
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

HEAD = ["STT", "Họ và tên", "Năm sinh", "SĐT", "Vắc xin", "Ngày tiêm", "Số lô", "Mũi", "Ghi chú"]
HEAD_OF_TALLY = ("Họ và tên", "Năm sinh", "Tên vắc xin", "Ngày tiêm", "Số lô")
PERSON = NewPerson("Lý Thị Giấy", "1980", phone="0912000111")


@pytest.fixture
def read(tmp_path):
    def read(*rows):
        lines = [[n, *row] for n, row in enumerate(rows, start=1)]
        return read_file(DOSES, saved(tmp_path / "a.xlsx", [HEAD, *lines]), a_world())

    return read


def said(draft):
    return {(one.row, one.code) for one in draft.warnings if one.row}


def test_each_row_has_its_verdict(read):
    an, be = ("Lý Văn An", "1985", "0912345601"), ("Bàn Thị Bé", "12/5/2010", "0912345602")
    draft = read(
        (*an, "AZ", "10/6/2021", "ABV5297", "1", ""),
        (*an, "AZ", "1/7/2021", "ABV5297", "2", ""),
        (*an, "AZ", "10/6/2021", "ABV5297", "1", ""),
        (*be, "Pfizer", "20/7/2021", "FD9234", "1", ""),
        ("Giàng A Chu", "1970", "0912345603", "", "20/7/2021", "", "1", ""),
        ("Lò Văn Dê", "5/8/2021", "0912345604", "AZ", "20/7/2021", "", "1", ""),
    )
    assert not draft.problems
    assert said(draft) >= {
        (3, "EARLY"),
        (5, "UNDER_AGE"),
        (6, "PRODUCT_UNKNOWN"),
        (7, "IMPOSSIBLE_DATE"),
    }
    assert not {(2, "EARLY"), (4, "DUPLICATE")} & said(draft)


def test_words_are_no_lot_and_that_is_said(read):
    draft = read(("Lý Văn An", "1985", "0912345601", "AZ", "10/6/2021", "không rõ", "1", ""))
    assert [one.lot for one in draft.items] == [""]
    assert (2, "LOT_UNREAD") in said(draft)


@pytest.mark.parametrize(
    ("written", "lot"),
    [
        ("LOT:FD9234", "FD9234"),
        ("LOTFD9234", "FD9234"),
        ("Lot: FD9234", "FD9234"),
        ("LotNo FD9234", "FD9234"),
        ("Lô:FD9234", "FD9234"),
        ("Số lô FD9234 - DÀI", "FD9234DAI"),
    ],
)
def test_the_word_before_a_lot_leaves_no_letter_behind_and_marks_take_none_away(written, lot):
    assert lot_number(written) == lot


def test_the_note_of_a_dose_is_kept_exported_and_corrected(day):
    [key] = day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10", note="sổ giấy 12")]).ids
    [row] = day.ask(queries.doses.rows)
    assert row.note == "sổ giấy 12"
    [(_key, cells)] = day.ask(checks.doses_known, [row.uid]).values()
    assert cells["note"] == "sổ giấy 12"
    day.do(service.correct_doses, [Change(key, {"note": ("sổ giấy 12", "sổ giấy 21")})])
    assert day.ask(queries.doses.rows)[0].note == "sổ giấy 21"


def test_no_dose_is_of_a_day_to_come(day):
    with pytest.raises(Refused, match="still to come"):
        day.do(service.enter_doses, [NewDose(PERSON, "2021-08-21")])
    with pytest.raises(Refused, match="is not a day"):
        day.do(service.enter_doses, [NewDose(PERSON, "2021-02-29")])
    [key] = day.do(service.enter_doses, [NewDose(PERSON, "2021-08-20")]).ids
    with pytest.raises(Refused, match="still to come"):
        day.do(service.correct_doses, [Change(key, {"on": ("2021-08-20", "2031-08-20")})])


def test_a_confirmation_needs_a_dose_that_can_have_been(day):
    child = NewPerson("Lý Văn Sau", "2021-08-01", phone="0912000112")
    day.do(service.enter_doses, [NewDose(child, "2021-06-10", "Vaxzevria")])
    [row] = day.ask(queries.doses.rows)
    people = dict.fromkeys(range(1, 20), "2021-08-01")
    found = day.ask(queries.doses.lines_of, people)
    [person] = [key for key, several in found.items() if several[0].uid == row.uid]
    with pytest.raises(UserError, match="has a dose that could be confirmed"):
        day.do(service.issue_slips, [person])


def test_a_list_that_only_leaves_is_not_read(tmp_path):
    file = saved(tmp_path / "a.xlsx", [HEAD, [1, "Lý Văn An"]])
    with pytest.raises(UserError, match="“Severe reactions” cannot be imported"):
        read_file(REACTIONS, file, a_world())


# -- corrections ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "words", "kept"),
    [
        ("dob", "07/03/1985", "1985-03-07"),
        ("phone", "+84 912 345 699", "0912345699"),
        ("sex", "nữ", "F"),
    ],
)
def test_a_correction_is_read_as_people_write_it(day, field, words, kept):
    person = day.people[3]
    asked = day.do(service.ask_correction, person, field, words, "CCCD")
    [row] = day.ask(queries.corrections.corrections)
    assert row.new == kept
    day.do(service.accept_correction, asked)
    one = day.ask(queries.registrations.registration_of, person)
    value = getattr(one, field)
    assert getattr(value, "value", value) == kept
    with pytest.raises(UserError, match="the same as now"):
        day.do(service.ask_correction, person, field, words, "CCCD")


@pytest.mark.parametrize(
    ("field", "words"),
    [("dob", "31/02/1985"), ("dob", "2031-01-01"), ("phone", "abc"), ("sex", "x"), ("name", " ")],
)
def test_what_a_field_cannot_be_is_refused_when_it_is_asked_for(day, field, words):
    with pytest.raises(UserError):
        day.do(service.ask_correction, day.people[3], field, words, "CCCD")
    assert day.ask(queries.corrections.corrections) == []


def test_an_older_request_does_not_write_over_a_newer_correction(day):
    first, second = (
        day.do(service.ask_correction, day.people[3], "name", name, "CCCD")
        for name in ("Lý Văn Đa", "Lý Văn Đà")
    )
    day.do(service.accept_correction, second)
    with pytest.raises(UserError, match="the register says “Lý Văn Đà”"):
        day.do(service.accept_correction, first)
    day.do(service.decline_correction, first, "đã sửa theo yêu cầu sau")


def test_a_typed_lot_is_found_by_a_recall(day):
    dose = NewDose(PERSON, date(2021, 6, 10).isoformat(), "Comirnaty", lot_number("fd 9234"))
    day.do(service.enter_doses, [dose])
    assert [one.name for one in day.ask(queries.stock.given_of_lot, day.lot_id)] == ["Lý Thị Giấy"]


def test_a_sheet_of_old_doses_knows_the_vaccines_of_all_its_days(suite, tmp_path):
    """Most lines are of a summer in which Janssen and Abdala were not given yet."""
    lines = [(f"Lý Thị {n}", "1980", "AZ", "10/06/2021", f"A{n}") for n in range(6)]
    lines.append(("Lý Thị Tư", "1980", "Janssen", "10/10/2021", "J1"))
    lines.append(("Lý Thị Ba", "1980", "Abdala", "24/10/2021", "B1"))
    file = saved(tmp_path / "tally.xlsx", [HEAD_OF_TALLY, *lines])
    with suite.database.read(suite.actor) as work:
        draft = read_file(DOSES, file, DOSES.context(work))
    assert [one.product for one in draft.items][6:] == ["Janssen", "Abdala"]
    assert "PRODUCT_UNKNOWN" not in {one.code for one in draft.warnings}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Pzifer", "Comirnaty"),
        ("Mođerna", ""),
        ("Abdela", "Abdala"),
        ("Xyz", None),
        ("AZ/Pfizer", None),
    ],
)
def test_a_vaccine_written_wrongly_is_named_as_it_may_be_meant(read, written, meant):
    draft = read(("Lý Văn An", "1985", "0912345601", written, "10/10/2021", "L1", "1", ""))
    [words] = [one.message for one in draft.warnings if one.code == "PRODUCT_UNKNOWN"] or [""]
    if meant == "":
        assert words == ""  # marks of Vietnamese are no mistake
        return
    assert "the dose is kept without it" in words
    assert (f"Perhaps {meant} is meant" in words) == (meant is not None)


@pytest.mark.parametrize(
    ("written", "kept", "said_of"),
    [
        ("ABV5297 HSD 30/09/2021", "ABV5297", False),
        ("Lô FD9234, hạn dùng: 31/12/2021", "FD9234", False),
        ("202106B1234 (Vero Cell)", "202106B1234", False),
        ("EXP 12/2021", "", True),
        ("FK0112, FK0113", "FK0112", True),
        ("4120Z001 và 4120Z002", "4120Z001", True),
        ("ABV5297/FD9234", "ABV5297", True),
        ("FK0112 HSD 30/9/2021, FK0113 HSD 31/10/2021", "FK0112", True),
        ("FD9234/01", "FD923401", False),
        ("ABV 5297 - A", "ABV5297A", False),
        ("", "", False),
        ("-", "", False),
    ],
)
def test_what_stands_around_a_lot_is_no_part_of_it(read, written, kept, said_of):
    draft = read(("Lý Văn An", "1985", "0912345601", "AZ", "10/6/2021", written, "1", ""))
    assert [one.lot for one in draft.items] == [kept]
    assert ((2, "LOT_UNREAD") in said(draft)) is said_of


@pytest.mark.parametrize("written", [44357, 44357.0, "44357", "'44357", " 44357.35 "])
def test_a_day_of_excel_that_has_become_a_text_is_that_day(read, written):
    draft = read(("Lý Văn An", "1985", "0912345601", "AZ", written, "ABV5297", "1", ""))
    assert [one.on for one in draft.items] == ["2021-06-10"]
    draft = read(("Lý Văn An", "1985", "0912345601", "AZ", "99999", "ABV5297", "1", ""))
    assert [one.code for one in draft.problems] == ["NO_DATE"]


def test_a_typed_day_without_its_year_says_which_year_is_supposed(suite):
    fields = ("name", "dob", "product", "on", "lot")
    rows = {1: ("Lý Văn An", "1985", "AZ", "13/8", ""), 2: ("Lý Văn Bê", "1985", "AZ 1/7", "", "")}
    with suite.database.read(suite.actor) as work:
        draft = read_typed(DOSES, Typed(fields, rows), DOSES.context(work))
    assert {one.code for one in draft.warnings if one.row} == {"YEAR_SUPPOSED"}
    whole = Typed(fields, rows, Head(day=date(2021, 8, 20)))
    with suite.database.read(suite.actor) as work:
        draft = read_typed(DOSES, whole, DOSES.context(work))
    assert [one.on for one in draft.items] == ["2021-08-13", "2021-07-01"]
    assert "YEAR_SUPPOSED" not in {one.code for one in draft.warnings}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_later_list_adds_what_nobody_has_said_of_a_dose_and_takes_nothing_away(day, at_once):
    told = [
        NewDose(PERSON, "2021-06-10"),
        NewDose(PERSON, "2021-06-10", "Comirnaty"),
        NewDose(PERSON, "2021-06-10", "", "FD9234"),
        NewDose(PERSON, "2021-06-10", "Comirnaty", "", 1),
    ]
    for several in [told] if at_once else [[one] for one in told]:
        keys = day.do(service.enter_doses, several).ids
    assert len(set(keys)) == 1
    [row] = day.ask(queries.doses.rows)
    assert (row.product, row.lot) == ("Comirnaty", "FD9234")
    assert [one.name for one in day.ask(queries.stock.given_of_lot, day.lot_id)] == [PERSON.name]
    other = day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10", "Comirnaty", "FE1")])
    assert other.new == 1  # another lot on that day is another dose, and is said to be twice


def test_a_later_list_says_the_group_that_nobody_had_said_and_changes_none(day):
    [key] = day.do(service.register, [NewRegistration(PERSON)]).ids
    for group, kept in ((None, None), (9, 9), (8, 9), (None, 9)):
        again = day.do(service.register, [NewRegistration(PERSON, group)])
        assert (again.ids, again.new) == ([key], 0)
        [row] = day.ask(queries.registrations.registration_rows, [key])
        assert row.priority_group == kept
