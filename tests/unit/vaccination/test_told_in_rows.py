"""One person in several rows of a list: whatever any of them tells is kept, here and again."""

import pytest

from admin_suite.excel import storing
from admin_suite.excel.importer import read_file
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.service import NewRegistration
from modules.vaccination.sheets import DOSES, REGISTRATIONS

WHO = "Lý Thị Hai,1980,010180001234"
PARTS = "vắc xin,Mũi {n}: ngày tiêm,Mũi {n}: số lô,Mũi {n}: nơi tiêm"
HEAD = "Họ và tên,Năm sinh,CCCD,Mã nhóm đối tượng," + ",".join(
    f"Mũi {n}: {PARTS.format(n=n)}" for n in (1, 2)
)
FIRST, SECOND = "Pfizer,10/07/2021,FD1,", "Pfizer,10/08/2021,FD2,"
NONE = ",,,"
TWO_DOSES = (f"{WHO},7,{FIRST},{NONE}", f"{WHO},,{NONE},{SECOND}")


@pytest.fixture
def bring(day, tmp_path):
    """Store a list of these rows; its receipt."""

    def do(*rows, head=HEAD, sheet=REGISTRATIONS):
        file = tmp_path / "list.csv"
        file.write_text("\n".join((head, *rows)), encoding="utf-8")
        draft = read_file(sheet, file, day.ask(sheet.context))
        return day.do(storing.store, draft)

    return do


def doses(day):
    rows = day.ask(queries.doses.rows)
    return [(one.product, one.on, one.lot, one.place) for one in rows]


def group(day):
    return day.ask(queries.registrations.rows)[-1].priority_group


def test_a_row_said_again_adds_what_the_first_does_not_tell(day, bring):
    receipt = bring(
        f"{WHO},,Pfizer,10/08/2021,,,{NONE}", f"{WHO},7,Pfizer,10/08/2021,FD1,TYT A,{NONE}"
    )
    assert [one.code for one in receipt.warnings if one.code == "MERGED"] == ["MERGED"]
    assert (doses(day), group(day)) == ([("Comirnaty", "2021-08-10", "FD1", "TYT A")], 7)


def test_rows_of_different_lots_are_no_row_said_again(day, bring):
    receipt = bring(f"{WHO},7,{FIRST},{NONE}", f"{WHO},7,Pfizer,10/07/2021,FD9,,{NONE}")
    assert [one.code for one in receipt.warnings if one.code == "MERGED"] == []
    assert [lot for _product, _on, lot, _place in doses(day)] == ["FD1", "FD9"]


def test_of_three_rows_of_one_person_each_adds_its_own(bring, day):
    head = "Họ và tên,Ngày sinh,Giới tính,CCCD,SĐT,Vắc xin,Ngày tiêm,Số lô,Nơi tiêm"
    rest = "Pfizer,10/08/2021,FD1"
    bring(
        f"Lý Ba,01/02/1980,,,0912345678,{rest},",
        f"Lý Ba,01/02/1980,,010080001234,0912345678,{rest},",
        f"Lý Ba,01/02/1980,Nam,,0912345678,{rest},TYT A",
        head=head,
        sheet=DOSES,
    )
    [row] = day.ask(queries.doses.rows)
    told = (row.id_no, row.sex.value, row.place)
    assert told == ("010080001234", "M", "TYT A")


def test_a_group_that_only_a_later_row_says_is_kept(day):
    person = NewPerson("Lý Thị Hai", "1980", id_no="010180001234")
    rows = [
        NewRegistration(person, product1="Comirnaty", on1="2021-08-10", note="dị ứng"),
        NewRegistration(person, 9, product2="Comirnaty", on2="2021-09-10", wanted_on="2021-10-01"),
    ]
    assert day.do(service.register, rows).new == 1
    row = day.ask(queries.registrations.rows)[-1]
    assert (row.priority_group, row.wanted_on, row.note) == (9, "2021-10-01", "dị ứng")
    assert len(row.doses) == len(rows)


def test_a_list_with_a_dose_in_each_row_sent_again_is_as_it_was(day, bring):
    assert bring(*TWO_DOSES).stored == 1
    told = doses(day)
    again = bring(*TWO_DOSES)
    assert (again.stored, again.unchanged, again.changed, again.new) == (0, 2, (), ())
    assert doses(day) == told


def test_a_row_that_changes_one_dose_leaves_that_of_the_other_row(day, bring):
    bring(*TWO_DOSES)
    bring(TWO_DOSES[0].replace("FD1,", "FD1,TYT A"), TWO_DOSES[1])
    assert [(lot, place) for _product, _on, lot, place in doses(day)] == [
        ("FD1", "TYT A"),
        ("FD2", ""),
    ]


def test_a_row_that_is_left_out_takes_no_dose_along(day, bring):
    bring(*TWO_DOSES)
    bring(TWO_DOSES[0].replace("FD1,", "FD1,TYT A"))
    assert [lot for _product, _on, lot, _place in doses(day)] == ["FD1", "FD2"]
