"""What is denied is not said, and a household does not cough."""

from datetime import date

import pytest

from admin_suite.excel.sheet import About, Noted
from admin_suite.registry.reading import births, columns, days, numbers
from admin_suite.registry.reading.declared import exposures, symptoms
from admin_suite.registry.reading.health import affirmed

ABOUT = About(year=2021)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Không sốt, không ho", ""),
        ("Không sốt nhưng có ho", "COUGH"),
        ("Sốt nhẹ, không khó thở", "FEVER"),
        ("đã hết sốt, còn ho", "COUGH"),
        ("họ hàng đều khỏe", ""),
    ],
)
def test_a_symptom_that_is_denied_is_none(cell, codes):
    assert symptoms(cell, ABOUT).codes == codes


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("không tiếp xúc F0, không qua vùng dịch", ""),
        ("không tiếp xúc F0; có qua vùng dịch", "AREA"),
        ("làm ở bệnh viện", ""),
    ],
)
def test_a_contact_that_is_denied_is_none(cell, codes):
    assert exposures(cell, ABOUT).codes == codes


def test_parts_keep_degrees_together():
    assert affirmed("sốt 38,5; không ho") == ["sot 38 5"]


def test_a_year_that_excel_shows_as_a_day_is_the_year():
    found = births.birth(date(1905, 6, 9), ABOUT)
    assert (found.value, found.code) == ("1987", "DOB_YEAR")
    assert births.birth(date(1987, 6, 9), ABOUT) == "1987-06-09"


def test_a_moment_of_another_zone_is_told_in_ours():
    found = days.moment("2021-08-13T18:30:00Z", ABOUT)
    assert days.written(*found) == "2021-08-14T01:30"
    assert days.written(*days.moment("2021-08-13T18:30", ABOUT)) == "2021-08-13T18:30"


def test_boxes_that_are_ticked_in_other_spreadsheets():
    assert columns.tick("True") is True
    assert columns.tick("False") is False


@pytest.mark.parametrize("cell", ["Hà Văn Nghĩa - 1980", "Hà Thị Ngoan SN 82"])
def test_digits_in_a_name_are_said(cell):
    found = columns.name(cell, ABOUT)
    assert isinstance(found, Noted)
    assert found.code == "NAME_DIGITS"


@pytest.mark.parametrize("cell", ["Ma Thị Hạ - F1", "Ma Thị Hạ/F2", "Ma Thị Hạ, BN 6712 (con)"])
def test_what_a_list_says_behind_a_name_is_no_part_of_it(cell):
    found = columns.name(cell, ABOUT)
    assert (found.value, found.code) == ("Ma Thị Hạ", "NAME_BESIDE")
    assert columns.name("Lý A Páo B", ABOUT) == "Lý A Páo B"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0912345678 (con gái)", "PHONE_BESIDE"),
        ("vợ: 0912.345.678", "PHONE_BESIDE"),
        ("SĐT 0912345678", ""),
        ("0912345678 (chính chủ)", ""),
    ],
)
def test_whose_a_telephone_is_does_not_get_lost_in_silence(cell, code):
    found = numbers.one_phone(cell, ABOUT)
    assert (found.value if isinstance(found, Noted) else found) == "0912345678"
    assert (found.code if isinstance(found, Noted) else "") == code
