"""Lists in the manner of schools, firms, hospitals and posts that the shared lists do not have."""

from datetime import date

import pytest
from openpyxl import Workbook

from admin_suite.excel import titles
from admin_suite.excel.importer import Options, read_file
from admin_suite.registry.more_sheets import DECLARATIONS
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets import RAPIDS, RESULTS, SAMPLES
from modules.quarantine.sheets.places import OBSERVATIONS, ROOMS
from modules.venues.sheets import VENUES
from tests.unit.lists import a_world


def read(folder, sheet, *rows, name="DS", **answers):
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return read_file(sheet, folder / "a.xlsx", a_world(), Options(**answers))


def codes(draft):
    return {(one.row, one.code) for one in (*draft.problems, *draft.warnings)}


def test_where_only_women_are_ticked_the_others_are_men(tmp_path):
    head = ["STT", "Họ và tên học sinh", "Ngày sinh", "Nữ", "Ngày lấy mẫu"]
    day = "14/8/2021"
    rows = ([1, "Lý An", 2011, "x", day], [2, "Lý Bê", 2012, "", day])
    assert [one.person.sex for one in read(tmp_path, SAMPLES, head, *rows).items] == ["F", "M"]
    years = ([1, "Lý An", "", 1985, day], [2, "Lý Bê", 2012, "", day])
    assert [one.person.sex for one in read(tmp_path, SAMPLES, head, *years).items] == ["F", None]


def test_an_hour_or_day_of_something_else_is_no_reason_of_a_swab(tmp_path):
    head = ["TT", "Họ tên", "Tuổi", "Ngày giờ chỉ định", "Ngày giờ lấy mẫu", "Chỉ định"]
    draft = read(tmp_path, SAMPLES, head, [1, "Lý An", 40, "8h 13/8/2021", "9h 13/8/2021", "F1"])
    [one] = draft.items
    assert (one.subject, one.collected_at) == ("F1", "2021-08-13T09:00")
    draft = read(tmp_path, SAMPLES, head[:5], [1, "Lý An", 40, "8h 13/8/2021", "9h 13/8/2021"])
    assert draft.items[0].subject is None


def test_a_worksheet_may_be_named_by_its_day(tmp_path):
    rows = (["STT", "Họ tên", "NS"], [1, "Lý An", 1985])
    for name in ("Ngày 13.8.2021", "13-8-2021"):
        assert read(tmp_path, SAMPLES, *rows, name=name).day == date(2021, 8, 13)
    assert read(tmp_path, SAMPLES, *rows, name="13.8").day == date(2026, 8, 13)
    assert read(tmp_path, SAMPLES, *rows, name="Tổ 3-4").day is None
    assert titles.day_of_worksheet("31-2", 2021) is None


@pytest.mark.parametrize(
    ("lines", "sender", "title"),
    [
        (
            ["SỞ Y TẾ", "BỆNH VIỆN ĐA KHOA", "SỔ LẤY MẪU XÉT NGHIỆM ngày 13/8/2021"],
            "Bệnh viện đa khoa",
            "SỔ LẤY MẪU XÉT NGHIỆM ngày 13/8/2021",
        ),
        (
            ["TRƯỜNG PTDTBT THCS SỐ 1 NGHĨA ĐÔ", "DANH SÁCH HỌC SINH"],
            "Trường PTDTBT THCS số 1 Nghĩa Đô",
            "DANH SÁCH HỌC SINH",
        ),
        (
            ["CÔNG TY TNHH MTV LÂM NGHIỆP", "KẾT QUẢ TEST NHANH", "Kit test: Panbio COVID-19 Ag"],
            "Công ty TNHH MTV Lâm nghiệp",
            "KẾT QUẢ TEST NHANH",
        ),
        (
            ["TRẠM KIỂM SOÁT DỊCH BỆNH QL70", "Số: 12/BC", "DS NGƯỜI QUA TRẠM"],
            "Trạm kiểm soát dịch bệnh QL70",
            "DS NGƯỜI QUA TRẠM",
        ),
        (
            ["Biểu mẫu 02", "PHIẾU ĐĂNG KÝ", "DANH SÁCH ĐĂNG KÝ TIÊM"],
            "",
            "DANH SÁCH ĐĂNG KÝ TIÊM",
        ),
    ],
)
def test_letterheads_and_titles_of_others(lines, sender, title):
    assert (titles.sender_of(lines), titles.title_of(lines)) == (sender, title)


@pytest.mark.parametrize("sheet", [RAPIDS, RESULTS], ids=lambda sheet: sheet.name)
def test_a_result_may_be_a_tick_in_one_of_two_columns(tmp_path, sheet):
    draft = read(
        tmp_path,
        sheet,
        ["DANH SÁCH TEST NHANH NGÀY 1/9/2021"],
        ["STT", "Họ tên", "Năm sinh", "Xã", "Kết quả", "", "Ghi chú"],
        ["", "", "", "", "Âm tính", "Dương tính", ""],
        [1, "Lý An", 1990, "Bảo Hà", "x", "", ""],
        [2, "Lý Bê", 1991, "Bảo Hà", "", "Dương tính", ""],
        [3, "Lý Cê", 1992, "Bảo Hà", "", "", "không lấy được"],
        [4, "Lý Dê", 1992, "Bảo Hà", "x", "x", ""],
    )
    assert [one.outcome.value for one in draft.items] == ["NEGATIVE", "POSITIVE"]
    assert codes(draft) >= {(6, "NO_VALUE"), (7, "BAD_OUTCOME")}


def test_a_temperature_is_read_in_any_spelling_or_said_to_be_left_out(tmp_path):
    head = ["Cơ sở", "Phòng", "Giường", "Ngày", "Nhiệt độ sáng", "SpO2"]
    told = ("36,5", "38.2°C", 365, "vắng", "71")
    rows = [["CL", "1", str(n), "14/8/2021", one, "98%"] for n, one in enumerate(told)]
    draft = read(tmp_path, OBSERVATIONS, head, *rows)
    assert [one.temperature for one in draft.items] == [365, 382, 365, None]
    assert codes(draft) >= {(5, "NO_TEMPERATURE"), (6, "BAD_TEMPERATURE")}


def test_a_room_without_a_number_of_beds_is_refused(tmp_path):
    head = ["Khu cách ly", "Phòng", "Số giường"]
    draft = read(tmp_path, ROOMS, head, ["CL", "1", 4], ["CL", "2", ""])
    assert (len(draft.items), codes(draft)) == (1, {(3, "NO_VALUE")})


def test_the_hour_of_a_declaration_is_of_the_day_of_the_list(tmp_path):
    head = ["STT", "Họ tên", "Năm sinh", "Giờ khai", "Triệu chứng"]
    row = [1, "Lý An", 1985, "7h30", ""]
    draft = read(tmp_path, DECLARATIONS, ["DANH SÁCH 21/8/2021"], head, row)
    assert [one.declared_at for one in draft.items] == ["2021-08-21T07:30"]


def test_a_township_is_no_commune_in_words_nor_a_hamlet(tmp_path):
    draft = read(tmp_path, PEOPLE, ["Họ tên", "Thôn", "Xã"], ["Lý An", "Tổ 3", "Phố Ràng"])
    assert (draft.items[0].address, draft.items[0].commune_code) == (
        "Tổ 3, thị trấn Phố Ràng",
        "02947",
    )
    draft = read(tmp_path, PEOPLE, ["Họ tên", "Địa chỉ"], ["Lý An", "Tổ 3, Phố Ràng"])
    assert draft.items[0].commune_code == "02947"


def test_the_code_of_a_commune_in_the_column_of_its_name_is_that_commune(tmp_path):
    rows = (["Họ tên", "Bản", "Xã"], ["Lý An", "Bản Lùng", 2953], ["Lý Bê", "", "02947"])
    draft = read(tmp_path, PEOPLE, *rows)
    assert [(one.address, one.commune_code) for one in draft.items] == [
        ("Bản Lùng, xã Nghĩa Đô", "02953"),
        ("xã Bảo Yên", "02947"),
    ]
    assert codes(draft) == set()
    draft = read(tmp_path, PEOPLE, ["DANH SÁCH NGÀY 13/8/2021"], *rows)
    assert [one.address for one in draft.items][1] == "thị trấn Phố Ràng"


def test_a_code_of_no_commune_is_said_and_kept_as_it_is_written(tmp_path):
    draft = read(tmp_path, PEOPLE, ["Họ tên", "Bản", "Xã"], ["Lý An", "Bản Lùng", "99999"])
    assert (draft.items[0].address, draft.items[0].commune_code) == ("Bản Lùng, xã 99999", "")
    assert codes(draft) == {(2, "COMMUNE_UNKNOWN")}


def test_a_unit_that_names_its_commune_gives_it_to_hamlets(tmp_path):
    rows = (["Họ tên", "Nơi thường trú"], ["Lý An", "Bản Nà Khương"])
    draft = read(tmp_path, PEOPLE, ["CÔNG AN XÃ NGHĨA ĐÔ"], *rows)
    assert draft.items[0].commune_code == "02953"
    draft = read(tmp_path, PEOPLE, ["CÔNG TY NGHĨA ĐÔ"], *rows)
    assert draft.items[0].commune_code == ""


def test_names_of_venues_that_begin_as_groups_are_venues(tmp_path):
    head = ["Tên cơ sở", "Địa chỉ"]
    names = ["Trường Mầm non", "Công ty TNHH Ba", "Trạm Y tế xã", "Xã Đội", "Đội thuế"]
    draft = read(tmp_path, VENUES, head, *([name, "Bảo Hà"] for name in names))
    assert [one.name for one in draft.items] == names
    grouped = (["STT", *head], ["", "XÃ NGHĨA ĐÔ", ""], [1, "Trường Mầm non", "Nà Đình"])
    draft = read(tmp_path, VENUES, *grouped)
    assert [(one.name, one.commune_code) for one in draft.items] == [("Trường Mầm non", "02953")]
