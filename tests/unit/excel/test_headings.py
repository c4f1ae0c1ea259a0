"""Headings that look like one of ours, and those that are one in other words."""

import pytest

from admin_suite.excel.headings import seats
from admin_suite.registry.more_sheets import DECLARATIONS
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets.rapid import RAPIDS
from modules.lab.sheets.tubes import SAMPLES
from modules.quarantine.sheets.arrivals import ARRIVALS
from modules.vaccination.sheets.registrations import REGISTRATIONS

NAMED = ["Họ và tên"]


def fields(sheet, *headings):
    """The field that each heading, from the top down, is read as; None for what is left out."""
    found = seats(sheet, [NAMED, *([h] if isinstance(h, str) else h for h in headings)], {})
    by_place = {place: field for field, place in found.places.items()}
    return [by_place.get(at) for at in range(1, len(headings) + 1)]


@pytest.mark.parametrize(
    "heading",
    ["Tình trạng sức khỏe", "Tính chất công việc", "Ngày sinh, giới tính của con", "Âm tính"],
)
def test_a_word_with_other_marks_is_not_the_province(heading):
    assert "province" not in fields(REGISTRATIONS, heading, "Nơi ở hiện nay")


def test_a_province_without_marks_is_one():
    assert fields(SAMPLES, "Tinh (thanh pho)") == ["province"]
    assert fields(SAMPLES, "TỈNH nơi ở") == ["province"]


def test_family_name_and_household_differ_by_their_marks():
    assert fields(PEOPLE, "Hộ", "Tên") == ["household", "given"]
    assert seats(PEOPLE, [["Họ"], ["Tên"], ["Ngày sinh"]], {}).places == {
        "family": 0,
        "given": 1,
        "dob": 2,
    }


@pytest.mark.parametrize(
    "pair",
    [("M / Nam", "F / Nữ"), ("M", "F"), ("Nam (M)", "Nữ (F)"), ("Male", "Female")],
)
def test_sex_in_two_columns_of_two_languages(pair):
    under = [["Giới tính", word] for word in pair]
    assert fields(SAMPLES, *under) == ["male", "female"]


def test_the_parts_of_doses_stand_in_the_third_row_of_headings():
    above = "Tiền sử tiêm vắc xin COVID-19"
    under = [[above, f"Mũi {n}", part] for n in (1, 2) for part in ("Loại", "Ngày")]
    assert fields(REGISTRATIONS, *under) == ["product1", "on1", "product2", "on2"]


def test_a_year_of_birth_beside_its_day_is_no_column_of_men():
    born = [["Ngày tháng năm sinh", part] for part in ("Ngày", "Tháng", "Năm")]
    told = [*born, ["Giới tính", "Nam"], ["Giới tính", "Nữ"]]
    assert fields(SAMPLES, *told) == ["birth_day", "birth_month", "birth_year", "male", "female"]


@pytest.mark.parametrize("above", ["Đã tiêm mũi {}", "Thông tin tiêm mũi {}", "Mũi tiêm thứ {}"])
def test_the_parts_of_a_second_dose_stand_under_any_wording_of_it(above):
    parts = ("Loại vắc xin", "Ngày tiêm", "Số lô")
    under = [[above.format(n), part] for n in (1, 2) for part in parts]
    assert fields(REGISTRATIONS, *under) == ["product1", "on1", "lot1", "product2", "on2", "lot2"]


def test_the_second_dose_in_roman_numerals():
    under = [[f"Mũi {n}", part] for n in ("I", "II") for part in ("Vắc xin", "Ngày")]
    assert fields(REGISTRATIONS, *under) == ["product1", "on1", "product2", "on2"]


def test_a_day_of_something_else_is_not_the_arrival():
    assert fields(ARRIVALS, "Ngày rời vùng dịch", "Ngày khởi hành") == [None, None]
    assert fields(ARRIVALS, "Ngày") == ["arrived"]


@pytest.mark.parametrize("heading", ["Mã số nhân viên", "Mã số thuế", "Số hiệu công nhân"])
def test_the_number_of_an_employee_is_no_tube(heading):
    assert fields(SAMPLES, heading, "Ngày lấy mẫu")[0] is None


@pytest.mark.parametrize(
    "heading", ["SĐT công ty", "SĐT tổ trưởng", "SĐT giáo viên chủ nhiệm", "Liên hệ khẩn cấp"]
)
def test_the_telephone_of_somebody_else_is_not_the_persons(heading):
    assert fields(SAMPLES, heading) == [None]


def test_a_house_number_is_no_family():
    assert fields(ARRIVALS, "Số nhà", "Thôn") == ["address", "hamlet"]


def test_one_digit_more_is_no_slip_of_the_pen():
    assert fields(ARRIVALS, "F9 liên quan") == [None]


def test_results_ticked_under_short_words():
    under = [["Kết quả test nhanh", word] for word in ("ÂT", "DT")]
    assert fields(RAPIDS, *under) == ["ticked_negative", "ticked_positive"]


def test_the_moment_and_the_plate_of_a_gates_list():
    assert fields(DECLARATIONS, "Thời gian khai", "BKS") == ["declared_at", "plate"]


@pytest.mark.parametrize("heading", ["Họ và tên người lấy mẫu", "Tên người XN"])
def test_who_swabs_is_named_beside_the_people_and_else_the_people_are(heading):
    alone = seats(SAMPLES, [["STT"], [heading], ["Năm sinh"], ["Ngày lấy mẫu"]], {})
    assert alone.places["name"] == 1
    beside = seats(SAMPLES, [["STT"], [heading], ["Người dân"], ["Ngày lấy mẫu"]], {})
    assert (beside.places["name"], beside.ignored) == (2, (heading,))


def test_who_orders_a_test_is_no_reason_of_it():
    assert fields(SAMPLES, "BS chỉ định", "Chỉ định") == [None, "subject"]
    assert fields(SAMPLES, "Bác sĩ chỉ định", "Loại b.phẩm") == [None, "specimen"]
