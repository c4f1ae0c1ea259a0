"""From where the people of a sampling list are when their cells do not say it all."""

import pytest
from openpyxl import Workbook

from admin_suite.excel.importer import read_file
from modules.lab.sheets import SAMPLES
from tests.unit.lists import a_world

HEADS = ("STT", "Họ và tên", "Năm sinh", "Giới", "Địa chỉ", "Giờ lấy mẫu", "STT mẫu")


def read(folder, sender, address, hour="7h30 ngày 13/8/2021"):
    book = Workbook()
    for line in ([sender], ["DANH SÁCH LẤY MẪU"], HEADS):
        book.active.append(list(line))
    book.active.append([1, "Lý Thị Mẩy", 1985, "Nữ", address, hour, 4])
    book.save(folder / "a.xlsx")
    draft = read_file(SAMPLES, folder / "a.xlsx", a_world())
    [item] = draft.items
    return item, {warning.code for warning in draft.warnings}


@pytest.mark.parametrize(
    ("sender", "address", "code", "said"),
    [
        ("UBND XÃ YÊN SƠN", "Mai Đào", "02986", False),
        ("TRẠM Y TẾ THỊ TRẤN PHỐ RÀNG", "T3 Lương Sơn", "02992", False),
        ("TRẠM Y TẾ XÃ YÊN SƠN", "Văn Bàn", "", False),
        ("TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "Thôn Mai Đào", "", True),
        ("TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "Mai Đào", "", True),
        ("TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "", "", False),
    ],
)
def test_a_hamlet_is_of_the_commune_that_sends_or_its_commune_is_asked_for(
    tmp_path, sender, address, code, said
):
    item, codes = read(tmp_path, sender, address)
    assert item.person.commune_code == code
    assert ("COMMUNE_MISSING" in codes) is said


def test_the_column_of_hours_may_say_the_day_and_the_number_of_a_swab_is_its_code(tmp_path):
    item, _codes = read(tmp_path, "TRẠM Y TẾ", "xã Kim Sơn")
    assert (item.collected_at, item.pool) == ("2021-08-13T07:30", "4")


def test_a_year_that_no_day_of_a_list_names_is_said(tmp_path):
    item, codes = read(tmp_path, "TRẠM Y TẾ", "xã Kim Sơn", "7h30 ngày 13/8")
    assert item.collected_at == f"{a_world().today.year}-08-13T07:30"
    assert "YEAR_SUPPOSED" in codes
    assert "YEAR_SUPPOSED" not in read(tmp_path, "TRẠM Y TẾ", "xã Kim Sơn")[1]
