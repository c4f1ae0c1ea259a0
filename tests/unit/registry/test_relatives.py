"""Telephones of relatives in a list: whose they are is kept, and nothing is left out unsaid."""

import pytest

from admin_suite.excel import importer
from admin_suite.excel.importer import read_file
from admin_suite.registry.codes import Whose
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets import SAMPLES
from tests.unit.lists import a_world


def read(tmp_path, sheet, headings, *rows):
    file = tmp_path / "list.csv"
    lines = ["DANH SÁCH HỌC SINH NGÀY 12/8/2021", "", headings, *rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_file(sheet, file, a_world())


@pytest.mark.parametrize(
    ("heading", "whose"),
    [
        ("SĐT bố", Whose.PARENT),
        ("Số điện thoại phụ huynh", Whose.PARENT),
        ("ĐT bố/mẹ", Whose.PARENT),
        ("SĐT vợ/chồng", Whose.SPOUSE),
    ],
)
def test_who_has_no_telephone_is_reached_by_a_relative(tmp_path, heading, whose):
    row = "Lý Văn An;2012;0912345678;Thôn 1, xã Nghĩa Đô"
    draft = read(tmp_path, PEOPLE, f"Họ tên;Năm sinh;{heading};Địa chỉ", row)
    [person] = draft.items
    assert (person.phone, person.circumstances.phone_whose) == ("0912345678", whose.word)


@pytest.mark.parametrize("sheet", [PEOPLE, SAMPLES])
def test_both_parents_stand_behind_ones_own_number(suite, tmp_path, sheet):
    head = "Họ tên;Năm sinh;SĐT bố;SĐT mẹ;Điện thoại"
    rows = ["Lý Văn An;2012;0912345678;0388123456;0977123456", "Lý Thị Bình;2013;;0388123457;"]
    draft = read(tmp_path, sheet, head, *rows)
    with suite.database.work(suite.actor) as work:
        importer.store(work, draft)
    with suite.database.read(suite.actor) as work:
        told = {row.name: (row.phone, row.other_phones) for row in PEOPLE.rows(work, {})}
    assert told == {
        "Lý Văn An": ("0977123456", "0912345678 (parent); 0388123456 (parent)"),
        "Lý Thị Bình": ("0388123457", ""),
    }


def test_the_receipt_names_the_columns_that_were_not_read(suite, tmp_path):
    head, row = "STT;Họ tên;Năm sinh;Cân nặng;Ghi chú khác", "1;Lý Văn An;2012;30;"
    draft = read(tmp_path, PEOPLE, head, row)
    with suite.database.work(suite.actor) as work:
        receipt = importer.store(work, draft)
    assert receipt.plain()["left_out"] == ["Cân nặng", "Ghi chú khác"]
