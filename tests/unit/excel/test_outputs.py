"""Templates, marked workbooks and exports are read back."""

import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.excel import marked, template, writer
from admin_suite.excel.importer import Options, Receipt, read_file
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.registry.codes import Sex
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets import RESULTS, SAMPLES
from tests.unit.lists import a_world

LIST = [
    ["UBND XÃ NGHĨA ĐÔ"],
    ["TRẠM Y TẾ"],
    ["DANH SÁCH LẤY MẪU - XÃ ĐIỆN QUAN"],
    ["(Ngày 13 tháng 8 năm 2021)"],
    ["STT", "Họ và tên", "Ngày sinh", "Số CMND/\nCCCD", "SĐT", "Thôn", "Giờ lấy", "Mã ống"],
    ["I. BẢN LẰNG - XÃ NGHĨA ĐÔ"],
    [1, "Lý Văn An", "31/02/1980", "=1+1", "0912345678", "Bản Lằng", "7h30", "1"],
    [2, "", "5/3/1985", "", "", "nt", "7h32", "1"],
    [3, "Lý Thị Bình", "1990", "", "", "nt", "7h34", "1"],
    ["Tổng cộng", "3 người"],
]


class Row(Struct, frozen=True):
    name: str
    sex: Sex | None
    dob: str
    n: int


FEW = Sheet(
    name="few",
    title="Few",
    fields=(Field("name", "Name"), Field("sex", "Sex"), Field("dob", "Born"), Field("n", "No.")),
)


def saved(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def refused(draft):
    return Receipt(draft.sheet.name, draft.read, 0, 0, tuple(draft.problems))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("sheet", [PEOPLE, SAMPLES, RESULTS], ids=lambda sheet: sheet.name)
def test_a_template_is_read_back_and_its_example_is_not_taken(tmp_path, sheet, lang):
    file = tmp_path / "t.xlsx"
    with speaking(lang):
        template.write(sheet, file)
    draft = read_file(sheet, file, a_world())
    assert (draft.read, draft.problems) == (0, [])
    offered = {column.field for column in sheet.columns if column.offered}
    assert set(draft.headings) == offered


def test_the_example_of_a_template_would_succeed(tmp_path):
    file = tmp_path / "t.xlsx"
    template.write(SAMPLES, file)
    book = openpyxl.load_workbook(file)
    book.active["A2"] = "1"
    book.save(file)
    draft = read_file(SAMPLES, file, a_world())
    assert not draft.problems
    [sample] = draft.items
    assert (sample.person.commune_code, sample.pool) == ("02959", "G001")
    assert sample.collected_at == "2021-08-13T08:30"


def test_refused_rows_go_back_with_their_reasons_and_return_corrected(tmp_path):
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", LIST), a_world())
    assert {(p.row, p.code) for p in draft.problems} == {(7, "BAD_DOB"), (8, "NO_NAME")}
    back = tmp_path / "back.xlsx"
    assert marked.write(draft, refused(draft), back) == 2
    book = openpyxl.load_workbook(back)
    sheet = book.active
    heads = [cell.value for cell in sheet[4]]
    assert heads[:2] == ["STT", "Họ và tên"]
    assert sheet["D6"].data_type == "s"
    assert sheet["C6"].fill.fgColor.rgb == "00F8CBAD"
    sheet["C6"], sheet["B7"] = "01/02/1980", "Lý Văn Cường"
    book.save(back)
    again = read_file(SAMPLES, back, a_world())
    assert not again.problems
    assert [item.person.commune_code for item in again.items] == ["02953", "02953"]
    assert [item.collected_at for item in again.items] == ["2021-08-13T07:30", "2021-08-13T07:32"]
    assert (again.sender, again.day) == (draft.sender, draft.day)


def test_refused_rows_go_back_below_all_the_lines_above_them(tmp_path):
    rows = [["SỔ LẤY MẪU"], ["STT", "Họ và tên", "Năm sinh", "SĐT"], ["XÃ BẢO HÀ"]]
    rows += [["Ngày 12/8/2021"], [1, "Lý Ba", "x1", ""], ["Ngày 13/8/2021"], [2, "Lý Bé", "x2", ""]]
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", rows), a_world())
    marked.write(draft, refused(draft), tmp_path / "back.xlsx")
    book = openpyxl.load_workbook(tmp_path / "back.xlsx")
    for cell in book.active["C"]:
        if cell.value in {"x1", "x2"}:
            cell.value = 1980
    book.save(tmp_path / "back.xlsx")
    again = read_file(SAMPLES, tmp_path / "back.xlsx", a_world())
    told = [(item.person.commune_code, item.collected_at) for item in again.items]
    assert told == [("02989", "2021-08-12"), ("02989", "2021-08-13")]


def test_nothing_refused_is_said(tmp_path):
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", [*LIST[:6], LIST[8]]), a_world())
    with pytest.raises(UserError):
        marked.write(draft, refused(draft), tmp_path / "b.xlsx")


def test_exports_carry_codes_in_json_and_words_in_workbooks(tmp_path):
    rows = [Row("Lý Thị An", Sex.F, "1985-03-07", 1), Row("=cmd|' /C calc'!A0", None, "1990", 2)]
    writer.export(FEW, rows, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == [
        {"name": "Lý Thị An", "sex": "F", "dob": "1985-03-07", "n": 1},
        {"name": "=cmd|' /C calc'!A0", "sex": "", "dob": "1990", "n": 2},
    ]
    with speaking("en"):
        writer.export(FEW, rows, tmp_path / "a.xlsx")
        writer.export(FEW, rows, tmp_path / "a.csv")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["Lý Thị An", "Female", "07/03/1985", "1"]
    assert {cell.data_type for cell in sheet[3]} <= {"s", "n"}
    assert sheet["A3"].value == "=cmd|' /C calc'!A0"
    assert sheet["A3"].number_format == "@"
    assert "'=cmd" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "moment"),
    [("dob", 1), ("taken_at", 1), ("due_on", 1), ("on", 1), ("on2", 1), ("t_in", 1), ("reason", 0)],
)
def test_days_and_moments_are_told_by_the_name_of_their_field(name, moment):
    assert writer.is_moment(name) == bool(moment)


def test_an_unknown_suffix_and_a_missing_folder_are_refused_in_words(tmp_path):
    with pytest.raises(UserError, match=r"\.xlsx"):
        writer.export(FEW, [], tmp_path / "a.pdf")
    with pytest.raises(UserError):
        writer.export(FEW, [], tmp_path / "none" / "a.json")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_no_text_is_ever_a_formula(tmp_path, texts):
    file = tmp_path / "a.xlsx"
    writer.export(FEW, [Row(text, None, "", 0) for text in texts], file)
    sheet = openpyxl.load_workbook(file).active
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_a_sender_may_be_named_by_whoever_imports(tmp_path):
    options = Options(sender="Trạm Y tế xã Bảo Hà", headings={"phone": "Số gọi"})
    rows = [*LIST[:4], [*LIST[4][:4], "Số gọi", *LIST[4][5:]], *LIST[5:]]
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", rows), a_world(), options)
    assert draft.sender == "Trạm Y tế xã Bảo Hà"
    assert draft.headings["phone"] == "Số gọi"
