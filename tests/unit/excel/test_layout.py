"""What a list is made of is found by content, in any order and mix, and no row gets lost."""

from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from admin_suite.excel import legacy, titles
from admin_suite.excel.importer import Asking, Options, read_file
from modules.lab.sheets import SAMPLES
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "SĐT", "Địa chỉ", "Ngày lấy mẫu"]
TITLE = ["DANH SÁCH LẤY MẪU (Ngày 13 tháng 8 năm 2021)"]
DAY = "13/8/2021"


def row(n, name="Lý Văn An", dob="1985", address="xã Bảo Hà"):
    return [n, name, dob, "Nam", "", address, DAY]


def read(tmp_path, rows, options=Options()):  # noqa: B008 - it is frozen
    return read_file(SAMPLES, saved(tmp_path / "a.xlsx", rows), a_world(), options)


KINDS = {
    "person": lambda n: row(n, f"Lý Văn {chr(65 + n % 26)}", f"{1940 + n}"),
    "nameless": lambda n: row(n, ""),
    "impossible": lambda n: row(n, dob="31/02/1990"),
    "blank": lambda _n: [],
    "number only": lambda n: [n],
    "section": lambda n: [f"{n}. BẢN LẰNG - XÃ NGHĨA ĐÔ"],
    "subtotal": lambda n: ["", f"Cộng Bản Lằng: {n} người"],
    "headings": lambda _n: HEADS,
    "numbering": lambda _n: [f"({at})" for at in range(1, 8)],
}
ROWS = {"person", "nameless", "impossible"}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=25))
def test_every_row_is_accounted_for(tmp_path, kinds):
    rows = [TITLE, HEADS, *(KINDS[kind](n) for n, kind in enumerate(kinds, start=1))]
    draft = read(tmp_path, rows)
    wanted = [at for at, kind in enumerate(kinds, start=3) if kind in ROWS]
    assert [n for part in draft.parts for n in part.numbers] == wanted
    refused = {problem.row for problem in draft.problems}
    stored = {place.row for place in draft.places}
    merged = {place.row for place in draft.merged}
    assert refused | stored | merged == set(wanted)
    assert len(refused) + len(stored) + len(merged) == len(wanted) == draft.read


def test_rows_take_the_commune_of_the_line_above_unless_they_name_another(tmp_path):
    rows = [
        ["DANH SÁCH XÃ ĐIỆN QUAN"],
        HEADS,
        row(1, "Lý An", address=""),
        ["I. BẢN LẰNG - XÃ NGHĨA ĐÔ"],
        row(2, "Lý Ba", address="Bản Lằng"),
        row(3, "Lý Chi", address="xã Bảo Hà"),
        row(4, "Lý Dín", address="xã Thái Niên, Bảo Thắng"),
    ]
    codes = [item.person.commune_code for item in read(tmp_path, rows).items]
    assert codes == ["02959", "02953", "02989", ""]


def test_a_list_may_begin_anywhere_and_columns_stand_in_any_order(tmp_path):
    head = ["", "", *reversed(HEADS)]
    rows = [TITLE, *([[]] * 20), head, ["", "", *reversed(row(1, "Lý An"))]]
    draft = read(tmp_path, rows)
    assert [(p.row, i.person.name) for p, i in zip(draft.places, draft.items, strict=True)] == [
        (23, "Lý An")
    ]


def test_a_second_table_is_reported_and_not_read(tmp_path):
    rows = [TITLE, [*HEADS, "", *HEADS], [*row(1, "Lý An"), "", *row(1, "Lý Ba")]]
    rows += [[*row(2, "Lý Chi"), "", *row(2, "Lý Dín")], [*[""] * 8, *row(3, "Lý Em")]]
    draft = read(tmp_path, rows)
    assert [item.person.name for item in draft.items] == ["Lý An", "Lý Chi"]
    [said] = [w for w in draft.warnings if w.code == "SECOND_TABLE"]
    assert "9" in said.message
    assert "3" in said.message


def test_merged_cells_and_dittos_count_for_all_rows(tmp_path):
    path = saved(
        tmp_path / "a.xlsx",
        [
            TITLE,
            HEADS,
            row(1, "Lý An"),
            row(2, "Lý Ba", address="nt"),
            row(3, "Lý Chi", address=""),
        ],
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("F4:F5")
    book.save(path)
    draft = read_file(SAMPLES, path, a_world())
    assert {item.person.commune_code for item in draft.items} == {"02989"}


def test_crosses_or_years_in_two_columns_tell_the_sex(tmp_path):
    rows = [
        TITLE,
        ["STT", "Họ và tên", "Năm sinh", "", "Giới tính", "", "Ngày lấy mẫu"],
        ["", "", "Nam", "Nữ", "", "", ""],
        [1, "Lý Văn An", 1985, "", "", "", DAY],
        [2, "Lý Thị Ba", "", "1990", "", "", DAY],
        [3, "Lý Thị Chi", "1990", "", "", "", DAY],
    ]
    draft = read(tmp_path, rows)
    told = [(item.person.dob, item.person.sex) for item in draft.items]
    assert told == [("1985", "M"), ("1990", "F"), ("1990", "M")]
    assert [(w.row, w.code) for w in draft.warnings if w.row] == [(6, "SEX_AGAINST_NAME")]


def test_exchanged_dates_are_asked_for_and_exchanged(tmp_path):
    path = saved(tmp_path / "a.xlsx", [TITLE, HEADS])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for n in range(1, 9):
        sheet.append(row(n, f"Lý {chr(64 + n)}", date(1980 + n, n, 12 - n)))
    sheet.append(row(9, "Lý Xuân", "25/12/1990"))
    book.save(path)
    with pytest.raises(Asking) as caught:
        read_file(SAMPLES, path, a_world())
    assert (caught.value.option, caught.value.field) == ("dates", "dob")
    kept = read_file(SAMPLES, path, a_world(), Options(dates={"dob": "keep"}))
    swapped = read_file(SAMPLES, path, a_world(), Options(dates={"dob": "swap"}))
    assert kept.items[0].person.dob == "1981-01-11"
    assert swapped.items[0].person.dob == "1981-11-01"
    assert swapped.items[-1].person.dob == "1990-12-25"
    assert "SWAPPED_DATES" in {w.code for w in swapped.warnings}


def test_a_broken_formula_refuses_its_row(tmp_path):
    draft = read(tmp_path, [TITLE, HEADS, row(1, "#REF!"), row(2, "Lý An")])
    assert {(p.row, p.code) for p in draft.problems} == {(3, "FORMULA_ERROR")}


def test_a_list_without_names_says_what_it_lacks(tmp_path):
    with pytest.raises(UserError, match=r"Họ và tên|Full name"):
        read(tmp_path, [["STT", "Ngày sinh", "SĐT"], [1, "1985", ""]])
    with pytest.raises(UserError):
        read(tmp_path, [["xin chào"], ["a", "b"]])


def test_text_of_old_fonts_becomes_todays():
    assert legacy.converted("B¶o Th¾ng", "tcvn3") == "Bảo Thắng"
    assert legacy.converted("PHïNG KIM H\u00adNG", "tcvn3", capitals=True) == "PHÙNG KIM HƯNG"
    assert legacy.converted("Phoá Raøng, Baûo Yeân", "vni") == "Phố Ràng, Bảo Yên"
    assert legacy.converted("Bảo Thắng ¶", "tcvn3") == "Bảo Thắng ¶"


@pytest.mark.parametrize(
    ("lines", "sender"),
    [
        (["UBND XÃ NGHĨA ĐÔ", "TRẠM Y TẾ"], "Trạm Y tế xã Nghĩa Đô"),
        (["UBND HUYỆN BẢO YÊN", "TRUNG TÂM Y TẾ"], "Trung tâm Y tế huyện Bảo Yên"),
        (["UBND THỊ TRẤN PHỐ RÀNG", "TRẠM Y TẾ"], "Trạm Y tế thị trấn Phố Ràng"),
        (["SỞ Y TẾ LÀO CAI", "TTYT HUYỆN BẢO YÊN"], "Trung tâm Y tế huyện Bảo Yên"),
        (["Đơn vị gửi mẫu: Trạm Y tế xã Bảo Hà"], "Trạm Y tế xã Bảo Hà"),
        (["DANH SÁCH", "TRẠM Y TẾ XÃ BẢO HÀ"], ""),
        (["XÃ NGHĨA ĐÔ", "DANH SÁCH TIÊM"], "UBND xã Nghĩa Đô"),
        (["ỦY BAN NHÂN DÂN", "THỊ TRẤN PHỐ RÀNG", "DANH SÁCH"], "UBND thị trấn Phố Ràng"),
        (["XÃ KIM SƠN", "TRẠM Y TẾ", "DANH SÁCH"], "Trạm Y tế xã Kim Sơn"),
        (["Xã: Nghĩa Đô", "Huyện: Bảo Yên"], "UBND xã Nghĩa Đô"),
        (["CỘNG HÒA", "XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH SÁCH"], ""),
    ],
)
def test_letterheads(lines, sender):
    assert titles.sender_of(lines) == sender
