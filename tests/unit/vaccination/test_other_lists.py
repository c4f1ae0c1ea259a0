"""Lists in other words than the shared ones, with the right answers beside them."""

import pytest

from admin_suite.excel.importer import read_file
from modules.vaccination.formats import lot_number
from modules.vaccination.sheets import DOSES, REGISTRATIONS
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

TITLE = [["TRẠM Y TẾ XÃ NGHĨA ĐÔ"], ["DANH SÁCH TIÊM VẮC XIN"], ["Ngày 20 tháng 8 năm 2021"]]
NUMBER, HOME = "010085001234", "xã Nghĩa Đô"
AZ, VC, PF, MO = "Vaxzevria", "BBIBP-CorV", "Comirnaty", "Spikevax"


@pytest.fixture
def read(tmp_path):
    def read(*rows, sheet=REGISTRATIONS):
        return read_file(sheet, saved(tmp_path / "a.xlsx", [*TITLE, *rows]), a_world())

    return read


def doses(item):
    return [(one.product, one.on.isoformat(), one.lot) for one in item.doses()]


def codes(problems):
    return {(one.row, one.code) for one in problems if not one.code.startswith("MATCH")}


def test_headings_in_two_rows_births_by_column_and_products_misspelled(read):
    head = ["TT", "Họ tên", "Năm sinh", "", "Đối tượng ưu tiên", "Cơ quan", "ĐT", "Số định danh"]
    head += ["Lần 1", "", "", "Lần 2", "", "", "Ghi chú"]
    below = ["", "", "Nam", "Nữ", "", "", "", "", *["Tên vaccine", "Thời gian tiêm", "Lô"] * 2, ""]
    draft = read(
        head,
        below,
        [
            1,
            "Lý Văn An",
            1985,
            "",
            "Nhóm 9",
            "UBND",
            "0912345678",
            NUMBER,
            "Astra Zeneca",
            "10/6/2021",
            "abv 5297",
            "AstraZenaca",
            "1/8/21",
            "ABV5298.",
            "hoãn",
        ],
        [
            2,
            "Lý Thị Bình",
            "",
            1990,
            "9: trên 65 tuổi",
            "",
            "0912345679",
            "",
            "Chưa tiêm",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            3,
            "Lý Thị Chi",
            "",
            1991,
            "chưa rõ",
            "",
            "0912345670",
            "",
            "Sinopharm",
            "15-7-2021",
            "lô 20217438",
            "",
            "",
            "",
            "",
        ],
        [
            4,
            "Lý Thị Dở",
            "",
            1992,
            "14.0",
            "",
            "0912345671",
            "",
            "",
            "",
            "",
            "Moderna",
            "15/8/2021",
            "3003.1",
            "",
        ],
    )
    told = {one.person.name: (one.priority_group, doses(one), one.note) for one in draft.items}
    assert told == {
        "Lý Văn An": (9, [(AZ, "2021-06-10", "ABV5297"), (AZ, "2021-08-01", "ABV5298")], "hoãn"),
        "Lý Thị Bình": (9, [], ""),
        "Lý Thị Dở": (14, [(MO, "2021-08-15", "30031")], ""),
    }
    assert codes(draft.problems) == {(8, "BAD_GROUP")}
    assert codes(draft.warnings) >= {(6, "EARLY"), (9, "SECOND_WITHOUT_FIRST")}


def test_short_headings_where_the_vaccine_stands_under_the_dose(read):
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mã ĐT", "Tên đơn vị", "SĐT", "Địa chỉ"]
    draft = read(
        [*head, "M1", "M1 ngày", "M1 lô", "M2", "M2 ngày", "M2 lô"],
        [
            1,
            "Lý Văn An",
            "1/2/1985",
            "Nam",
            "08",
            "UBND",
            "0912345678",
            HOME,
            "Vero",
            "1/7/2021",
            "1",
            "Vero",
            "22/7/2021",
            "2",
        ],
        [
            2,
            "Lý Văn Ân",
            "1/2/1986",
            "Nam",
            "8",
            "UBND",
            "0912345679",
            HOME,
            "Janssen",
            "1/7/2021",
            "1",
            "x",
            "x",
            "",
        ],
        [
            3,
            "Lý Văn Ấn",
            "1/2/1987",
            "Nam",
            "8",
            "UBND",
            "0912345670",
            HOME,
            "Pfizer",
            "1/9/2021",
            "1",
            "",
            "",
            "",
        ],
        [
            4,
            "Lý Văn Ẩn",
            "1/2/1988",
            "Nam",
            "8",
            "UBND",
            "0912345671",
            HOME,
            "Pfizer",
            "",
            "1",
            "",
            "",
            "",
        ],
    )
    assert [(one.priority_group, doses(one)) for one in draft.items] == [
        (8, [(VC, "2021-07-01", "1"), (VC, "2021-07-22", "2")]),
        (8, [("", "2021-07-01", "1")]),
    ]
    assert codes(draft.problems) == {(7, "DOSE_AFTER_LIST"), (8, "NO_DATE")}
    assert codes(draft.warnings) == {(6, "PRODUCT_UNKNOWN")}


def test_day_before_vaccine_and_the_place_of_each_dose(read):
    draft = read(
        [
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Nhóm",
            "SĐT",
            "Địa chỉ",
            "Ngày tiêm mũi 1",
            "Vaccine mũi 1",
            "Lô vắc xin mũi 1",
            "Địa điểm tiêm mũi 1",
            "Ngày tiêm mũi 2",
            "Vaccine mũi 2",
            "Lô vắc xin mũi 2",
            "Nơi tiêm mũi 2",
        ],
        [
            1,
            "Lý Văn An",
            "1/2/1985",
            "Nhóm số 8",
            "0912345678",
            HOME,
            "1/7/2021",
            "Vắc xin Pfizer",
            "FD 1234",
            "TYT",
            "22/7/2021",
            "Pfizer-BioNTech",
            "FD.99",
            "BV",
        ],
    )
    [one] = draft.items
    assert doses(one) == [(PF, "2021-07-01", "FD1234"), (PF, "2021-07-22", "FD99")]
    assert [dose.place for dose in one.doses()] == ["TYT", "BV"]


def test_doses_from_paper_one_line_each(read):
    draft = read(
        [
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "SĐT",
            "Địa chỉ",
            "Mũi số",
            "Loại vắc xin",
            "Ngày tiêm",
            "Số lô",
            "Nơi tiêm",
        ],
        [1, "Lý Văn An", "1/2/1985", "0912345678", HOME, "Mũi 1", "AZ", "1/7/2021", "A 1", "TYT"],
        [2, "Lý Văn An", "1/2/1985", "0912345678", HOME, "thứ hai", "az", "1/8/2021", "", "TYT"],
        [3, "Lý Văn Ân", "1/2/1986", "0912345679", HOME, 1, "Moderna", "", "", ""],
        sheet=DOSES,
    )
    told = [(one.stated, one.product, one.on, one.lot, one.place) for one in draft.items]
    assert told == [
        (1, AZ, "2021-07-01", "A1", "TYT"),
        (2, AZ, "2021-08-01", "", "TYT"),
    ]
    assert codes(draft.problems) == {(7, "NO_DATE")}


def test_english_headings_and_a_letterhead_that_is_only_the_name_of_the_commune(tmp_path):
    head = ["No", "Full name", "Date of birth", "Gender", "Priority group", "ID number", "Phone"]
    head += ["Address", "Dose 1 vaccine", "Dose 1 date", "Dose 1 lot"]
    head += ["Second dose vaccine", "Second dose date", "Second dose lot"]
    row = [1, "Lý Văn An", "1985-02-01", "Male", 9, NUMBER, "0912345678", "Bản Hón"]
    row += ["Pfizer", "2021-07-01", "FF 1", "Pfizer", "2021-07-22", "FF 2"]
    letterhead = [["ỦY BAN NHÂN DÂN"], ["XÃ NGHĨA ĐÔ"], ["DANH SÁCH TIÊM VẮC XIN"]]
    draft = read_file(
        REGISTRATIONS, saved(tmp_path / "a.xlsx", [*letterhead, head, row]), a_world()
    )
    [one] = draft.items
    assert doses(one) == [(PF, "2021-07-01", "FF1"), (PF, "2021-07-22", "FF2")]
    assert (one.person.commune_code, draft.sender) == ("02953", "UBND xã Nghĩa Đô")


def test_one_number_on_several_doses_of_one_person_is_nothing_to_say_on_two_people_it_is(read):
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Loại vắc xin", "Ngày tiêm"]
    doses = [
        ["Lý Văn An", "1/2/1985", "Nam", "010085001234", "AZ", "1/6/2021"],
        ["LÝ VĂN AN", "1/2/1985", "Nam", "010085001234", "AZ", "1/8/2021"],
        ["Lý Văn Ân", "1/2/1986", "Nam", "010086001234", "AZ", "1/6/2021"],
        ["Lý Thị Bình", "1/2/1987", "Nữ", "010086001234", "AZ", "1/8/2021"],
    ]
    draft = read(head, *([n, *one] for n, one in enumerate(doses, start=1)), sheet=DOSES)
    assert {(one.row, one.code) for one in draft.warnings if one.code == "SAME_ID"} == {
        (7, "SAME_ID"),
        (8, "SAME_ID"),
    }


def test_headings_written_once_more_behind_the_second_dose_and_a_dose_put_off(read):
    head = ["STT", "Họ và tên", "NS", "Giới tính", "Nhóm", "CCCD", "SĐT", "Thôn"]
    of_a_dose = ["Loại vắc xin", "Số lô", "Hạn dùng"]
    first = [1, "Lý Văn An", "1960", "Nam", 9, NUMBER, "0912345678", "Nậm Rịa"]
    second = [2, "Lý Văn Ân", "1961", "Nam", 9, "", "0912345679", "Nậm Rịa"]
    one = ["1/7/2021", "Vero Cell", "A 1", ""]
    draft = read(
        [*head, "Ngày tiêm mũi 1", *of_a_dose, "Ngày tiêm mũi 2", *of_a_dose],
        [*first, *one, "22/7/2021", "Vero Cell", "B 2", ""],
        [*second, *one, "Hoãn tiêm", "", "", ""],
    )
    assert not draft.problems
    assert [doses(one) for one in draft.items] == [
        [(VC, "2021-07-01", "A1"), (VC, "2021-07-22", "B2")],
        [(VC, "2021-07-01", "A1")],
    ]
    assert (6, "NOT_GIVEN") in codes(draft.warnings)


@pytest.mark.parametrize(
    ("written", "lot"),
    [
        ("Số lô: ABV 5297", "ABV5297"),
        ("lô ABX-1234", "ABX1234"),
        ("lôFK0112.", "FK0112"),
        ("Lot No 3003 1", "30031"),
        ("LONDON 12", "LONDON12"),
    ],
)
def test_the_word_before_the_number_of_a_lot_is_no_part_of_it(written, lot):
    assert lot_number(written) == lot


@pytest.mark.parametrize("written", ["A.Z", "a z", "AZ", "Az."])
def test_letters_with_dots_between_name_the_vaccine(read, written):
    head = ["STT", "Họ và tên", "Năm sinh", "Vắc xin mũi 1", "Ngày tiêm mũi 1"]
    [one] = read(head, [1, "Lý Văn An", 1985, written, "10/6/2021"]).items
    assert doses(one) == [(AZ, "2021-06-10", "")]


HEAD = ["Họ tên", "Năm sinh", "CCCD", "Mũi 1: vắc xin", "Mũi 1: ngày", "Mũi 2: vắc xin"]
HEAD += ["Mũi 2: ngày"]
OF_AUGUST = [["Lý Văn An", 1985, NUMBER, "Pfizer", "10/8/2021", "", ""]] * 3


@pytest.mark.parametrize(
    ("days", "product", "unknown"),
    [
        (("10/10/2021", "24/10/2021"), "Abdala", False),
        (("10/8/2021", "24/8/2021"), "", True),
    ],
)
def test_a_list_without_a_day_knows_the_vaccines_of_its_last_dose(tmp_path, days, product, unknown):
    """Most of its doses are of August, when nobody here had heard of Abdala."""
    others = [[f"Bàn {n}", 1970 + n, "", *row[3:]] for n, row in enumerate(OF_AUGUST)]
    last = ["Lý Văn An", 1985, NUMBER, "Abdala", days[0], "Abdala", days[1]]
    rows = [HEAD, *others, last]
    draft = read_file(REGISTRATIONS, saved(tmp_path / "a.xlsx", rows), a_world())
    [*_rest, item] = draft.items
    assert [one.product for one in item.doses()] == [product, product]
    said = [one.code for one in draft.warnings if one.row == len(rows)]
    assert ("PRODUCT_UNKNOWN" in said) is unknown
