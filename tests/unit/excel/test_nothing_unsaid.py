"""What stands in a file and is not read is said; what only looks like another thing is not it."""

from datetime import date

import openpyxl
import pytest

from admin_suite.excel.importer import Asking, Options, read_file
from admin_suite.excel.texts import unguarded
from admin_suite.excel.titles import day_alone, sender_of
from admin_suite.excel.words import as_marked, meant
from modules.lab.sheets import SAMPLES
from tests.unit.excel.test_layout import DAY, HEADS, TITLE, read, row
from tests.unit.lists import a_world


def said(draft):
    return {warning.code: warning.message for warning in draft.warnings}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Hộ gia đình", "ho_ gia dinh"),
        ("Ho, sốt", "ho sot"),
        ("HO GIA DINH", "ho gia dinh"),
        ("sữa chua, hoá đơn", "sua chua_ hoa don"),
        ("Chùa Hạ", "chua ha"),
    ],
)
def test_a_word_with_other_marks_is_another_word(written, told):
    assert meant(written, as_marked(["ho sốt chùa hóa"])) == told


def test_names_go_on_in_the_column_beside_that_has_no_heading(tmp_path):
    heads = ["STT", "Họ và tên", "", "Năm sinh", "Giới", "SĐT", "Ngày lấy mẫu"]
    rows = [[n, "Lý Văn", given, 1980, "Nam", "", DAY] for n, given in enumerate(["An", "Bé"], 1)]
    draft = read(tmp_path, [TITLE, heads, *rows])
    assert [item.person.name for item in draft.items] == ["Lý Văn An", "Lý Văn Bé"]
    assert "column 3" in said(draft)["NAME_JOINED"].casefold()


def test_what_stands_in_a_column_without_a_heading_is_said(tmp_path):
    draft = read(tmp_path, [TITLE, HEADS, [*row(1), "đã chuyển viện"], row(2, "Lý Ba")])
    assert "đã chuyển viện" in said(draft)["NO_HEADING"]
    assert "column 8" in said(draft)["NO_HEADING"].casefold()


def test_what_was_not_read_is_shown_by_its_beginning_though_it_is_one_word(tmp_path):
    draft = read(tmp_path, [TITLE, HEADS, [*row(1), "x" * 400], row(2, "Lý Ba")])
    assert said(draft)["NO_HEADING"].endswith("xxx…")


def test_lines_between_the_rows_are_said_unless_they_begin_a_part(tmp_path):
    rows = [TITLE, HEADS, ["I. Bản Lằng"], row(1), ["", "(F1 của chị Mẩy)"], row(2, "Lý Ba")]
    draft = read(tmp_path, [*rows, ["Thôn 2"], row(3, "Lý Chi"), ["", "Cộng: 3 người"]])
    assert len(draft.items) == 3
    assert said(draft)["LINES_BETWEEN"].endswith("row 5: (F1 của chị Mẩy)")
    assert said(draft)["LINES_BETWEEN"].startswith("1 ")


def test_a_numbered_row_of_which_no_column_is_read_is_said(tmp_path):
    heads = [*HEADS, "Mặt hàng"]
    odd = [2, "", "", "", "", "", "", "vắng"]
    draft = read(tmp_path, [TITLE, heads, row(1), odd, row(3, "Lý Ba")])
    assert len(draft.items) == 2
    assert "vắng" in said(draft)["LINES_BETWEEN"]


def book(path, sheets):
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows, state in sheets:
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for line in rows:
            sheet.append(line)
    made.save(path)
    return path


def test_worksheets_that_nobody_reads_are_said(tmp_path):
    sheets = [
        ("DS", [TITLE, HEADS, row(1)], "visible"),
        ("Cũ", [TITLE, HEADS, row(1, "Lý Ba"), row(2, "Lý Chi")], "hidden"),
        ("words", [["Nam"], ["Nữ"]], "hidden"),
        ("Tổng hợp", [["Bản Lằng", 1]], "visible"),
        ("Trống", [], "visible"),
    ]
    file = book(tmp_path / "a.xlsx", sheets)
    draft = read_file(SAMPLES, file, a_world())
    assert len(draft.items) == 1
    assert "“Cũ”" in said(draft)["WORKSHEET_HIDDEN"]
    assert "2 rows" in said(draft)["WORKSHEET_HIDDEN"]
    assert [w.message for w in draft.warnings if w.code == "WORKSHEET_LEFT"] == [
        "The worksheet “Tổng hợp” holds no such list and was not read."
    ]
    chosen = read_file(SAMPLES, file, a_world(), Options(worksheets=("Cũ",)))
    assert len(chosen.items) == 2
    assert not {"WORKSHEET_HIDDEN", "WORKSHEET_LEFT"} & said(chosen).keys()


def test_rows_are_of_the_day_of_the_line_above_them(tmp_path):
    heads = [head for head in HEADS if head != "Ngày lấy mẫu"]
    people = [row(n, f"Lý Văn {name}")[:-1] for n, name in enumerate(["An", "Ba", "Chi"], 1)]
    lines = [["SỔ LẤY MẪU THÁNG 8 NĂM 2021"], heads, ["Ngày 12/8/2021"], people[0]]
    lines += [["Ngày 13/8"], people[1], ["DANH SÁCH LẤY MẪU NGÀY 14/8/2021"], people[2]]
    draft = read(tmp_path, lines)
    assert [item.collected_at for item in draft.items] == ["2021-08-12", "2021-08-13", "2021-08-14"]
    assert draft.problems == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("II. Sáng thứ sáu, ngày 13/8", date(2021, 8, 13)),
        ("Ngày 13 tháng 8 năm 2021", date(2021, 8, 13)),
        ("Người về từ Bắc Giang ngày 5/8/2021", None),
        ("Thôn 13", None),
    ],
)
def test_a_line_is_a_day_if_it_says_nothing_else(line, day):
    assert day_alone(line, 2021) == day


@pytest.mark.parametrize(
    ("lines", "sender"),
    [
        (
            ["CÔNG TY TNHH GIẤY BẢO YÊN", "Tổ 5, thị trấn Phố Ràng", "DANH SÁCH"],
            "Công ty TNHH Giấy Bảo Yên",
        ),
        (["TRẠM Y TẾ XÃ KIM SƠN", "Trưởng trạm: Lý Văn An", "DANH SÁCH"], "Trạm Y tế xã Kim Sơn"),
        (["SỞ Y TẾ LÀO CAI", "TT Y TẾ BẢO YÊN", "DANH SÁCH"], "Trung tâm Y tế Bảo Yên"),
        (["BQL CHỢ PHỐ RÀNG", "DANH SÁCH"], "BQL Chợ Phố Ràng"),
        (["BCHQS HUYỆN BẢO YÊN", "DANH SÁCH"], "Ban chỉ huy quân sự huyện Bảo Yên"),
        (["UBND XÃ VIỆT TIẾN", "TỔ COVID CỘNG ĐỒNG"], "Tổ Covid Cộng Đồng xã Việt Tiến"),
    ],
)
def test_the_sender_is_a_unit_and_no_address_or_person(lines, sender):
    assert sender_of(lines) == sender


@pytest.mark.parametrize(
    ("cell", "text"), [('="0912345678"', "0912345678"), ('="a', '="a'), ("'=1", "=1")]
)
def test_texts_that_other_programs_write_as_formulas(cell, text):
    assert unguarded(cell) == text


def test_texts_with_the_month_first_are_asked_about_and_exchanged(tmp_path):
    days = ["8/13/1990", "8/5/1991", "12/31/1992", "1/20/93"]
    rows = [row(n, f"Lý Văn {chr(64 + n)}", day) for n, day in enumerate(days, 1)]
    with pytest.raises(Asking, match="month seems to stand before"):
        read(tmp_path, [TITLE, HEADS, *rows])
    draft = read(tmp_path, [TITLE, HEADS, *rows], Options(dates={"dob": "swap"}))
    told = [item.person.dob for item in draft.items]
    assert told == ["1990-08-13", "1991-08-05", "1992-12-31", "1993-01-20"]


def test_one_day_with_the_month_first_in_all_rows_is_asked_about(tmp_path):
    rows = [[*row(n, f"Lý Văn {chr(64 + n)}")[:-1], "8/13/2021 7:45"] for n in (1, 2, 3)]
    with pytest.raises(Asking, match="month seems to stand before"):
        read(tmp_path, [TITLE, HEADS, *rows])


def test_who_has_no_address_lives_in_the_hamlet_of_the_line_above(tmp_path):
    rows = [["I. BẢN LẰNG - XÃ NGHĨA ĐÔ"], row(1, address=""), row(2, "Lý Ba", address="Bản Rịa")]
    rows += [["Tổ lấy mẫu số 2"], row(3, "Lý Chi", address="")]
    draft = read(tmp_path, [TITLE, HEADS, *rows])
    told = [item.person.address for item in draft.items]
    assert told == ["Bản Lằng - xã Nghĩa Đô", "Bản Rịa", ""]


def test_a_row_that_is_struck_through_is_read_and_said(tmp_path):
    book = openpyxl.Workbook()
    for line in (TITLE, HEADS, row(1), row(2, "Lý Ba"), row(3, "Lý Chi")):
        book.active.append(line)
    for cell in (*book.active[4], book.active["D5"]):  # the row, and a sex that was corrected
        cell.font = openpyxl.styles.Font(strike=True)
    book.save(tmp_path / "a.xlsx")
    draft = read_file(SAMPLES, tmp_path / "a.xlsx", a_world())
    assert len(draft.items) == 3
    assert [w.row for w in draft.warnings if w.code == "STRUCK_ROW"] == [4]
