"""What stands above the headings: numbers of papers, titles, letterheads."""

from datetime import date

import pytest

from admin_suite.excel.titles import end_of_year, list_day, month_of, sender_of, title_of


def test_the_number_of_a_paper_above_the_letterhead_hides_no_sender():
    lines = [
        "PHỤ LỤC 2",
        "(Kèm theo Công văn số 123/TTYT ngày 10/8/2021)",
        "UBND XÃ THƯỢNG HÀ",
        "DANH SÁCH ĐĂNG KÝ TIÊM VẮC XIN (lập ngày 01/10/2021)",
    ]
    assert sender_of(lines) == "UBND xã Thượng Hà"
    assert title_of(lines) == lines[3]
    assert list_day(lines).isoformat() == "2021-10-01"


def test_a_title_behind_the_number_of_its_paper_is_read():
    for line in (
        "BIỂU 02: TỔNG HỢP CƠ SỞ LƯU TRÚ - XÃ BẢO HÀ",
        "PHỤ LỤC I - DANH SÁCH NGƯỜI LẤY MẪU XÃ BẢO HÀ",
    ):
        assert title_of(["MẪU SỐ 01", line]) == line


def test_a_title_that_begins_like_the_number_of_a_paper_is_read():
    title = "SƠ ĐỒ PHÒNG KHU CÁCH LY TRƯỜNG PTDT NỘI TRÚ"
    assert title_of([title]) == title


def test_minutes_of_a_hand_over_are_a_title():
    lines = [
        "BỘ CHỈ HUY BĐBP TỈNH LÀO CAI",
        "BIÊN BẢN BÀN GIAO CÔNG DÂN NHẬP CẢNH",
        "Hồi 15 giờ 30 phút, ngày 05 tháng 7 năm 2021, tại Khu cách ly Trung đoàn 254",
    ]
    assert title_of(lines) == lines[1]
    assert sender_of(lines).startswith("Bộ Chỉ Huy")
    assert list_day(lines).isoformat() == "2021-07-05"


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("DANH SÁCH LẤY MẪU NGÀY 13-08-2021 THEO CV 12/UBND NGÀY 10/8/2021", date(2021, 8, 13)),
        ("DANH SÁCH F1 KÈM THEO QUYẾT ĐỊNH SỐ 12 NGÀY 10/8/2021", None),
        ("DANH SÁCH LẤY MẪU TỪ NGÀY 12/8/2021 ĐẾN NGÀY 13/8/2021", None),
    ],
)
def test_the_day_of_a_title_stands_before_the_paper_that_it_names(title, day):
    assert list_day(["TRẠM Y TẾ", title]) == day


def test_a_department_of_general_planning_is_a_sender():
    assert sender_of(["PHÒNG KẾ HOẠCH TỔNG HỢP HUYỆN BẢO YÊN", "DANH SÁCH"]).startswith("Phòng")


@pytest.mark.parametrize(
    "unit", ["TRUNG TÂM GDNN-GDTX HUYỆN BẢO YÊN", "NGÂN HÀNG CSXH HUYỆN BẢO YÊN", "HẠT KIỂM LÂM"]
)
def test_offices_that_are_no_health_posts_send_lists_too(unit):
    assert sender_of([unit, "DANH SÁCH LẤY MẪU"]).casefold() == unit.casefold()


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("DANH SÁCH ĐĂNG KÝ TIÊM CHỦNG ĐỢT 3 NĂM 2021", 2021),
        ("DANH SÁCH TRẺ SINH NĂM 2010", None),
        ("DANH SÁCH TRẺ EM SINH TỪ NĂM 2004 ĐẾN NĂM 2009", None),
        ("DANH SÁCH HỌC SINH NĂM HỌC 2021-2022", None),
        ("DANH SÁCH LẤY MẪU NĂM 2026", None),
    ],
)
def test_a_year_that_is_over_is_that_of_a_list_without_a_day(line, year):
    assert end_of_year([line], date(2026, 11, 29)) == (year and date(year, 12, 31))


@pytest.mark.parametrize(
    ("line", "month"),
    [("DANH SÁCH XÉT NGHIỆM THÁNG 8/2021", 8), ("DANH SÁCH TRẺ SINH THÁNG 8 NĂM 2010", None)],
)
def test_a_month_that_a_title_names_is_the_lists_unless_people_were_born_in_it(line, month):
    assert month_of([line]) == (month and date(2021, month, 1))
