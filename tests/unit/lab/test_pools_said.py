"""An empty cell below the code of a pooled tube is spoken of: it may mean the same tube."""

import pytest
from openpyxl import Workbook

from admin_suite.excel.importer import read_file
from modules.lab.sheets import SAMPLES
from tests.unit.lists import a_world

POOLED = "DANH SÁCH LẤY MẪU GỘP HỘ GIA ĐÌNH NGÀY 23/8/2021"
HEAD = ["TT", "STT ống", "Họ tên chủ hộ/ thành viên", "Năm sinh", "Giới", "Thôn"]
PEOPLE = [
    [1, "01", "Nguyễn Đình Phúc (chủ hộ)", 1965, "Nam", "Bản Già"],
    [2, "", "Trần Thị Luyến (vợ)", 1968, "Nữ", "Bản Già"],
    [3, "02", "Hứa Văn Tài", 1970, "Nam", "Bản Già"],
]


def read(tmp_path, *rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    return read_file(SAMPLES, tmp_path / "a.xlsx", a_world())


def said(draft):
    return [(one.row, one.field) for one in draft.warnings if one.code == "POOL_MISSING"]


def test_whoever_stands_below_a_tube_without_a_code_is_named(tmp_path):
    draft = read(tmp_path, [POOLED], HEAD, *PEOPLE)
    assert [one.pool for one in draft.items] == ["01", "", "02"]
    assert said(draft) == [(4, "pool")]
    assert draft.problems == []


def test_a_cell_over_several_rows_leaves_nothing_to_ask(tmp_path):
    draft = read(tmp_path, [POOLED], HEAD, *PEOPLE, merged=["B3:B4"])
    assert [one.pool for one in draft.items] == ["01", "01", "02"]
    assert said(draft) == []


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("DANH SÁCH LẤY MẪU ĐƠN NGÀY 23/8/2021", PEOPLE),
        (POOLED, [PEOPLE[1], PEOPLE[0], PEOPLE[2]]),
        (POOLED, [PEOPLE[0], ["", "Bản Mới"], PEOPLE[1], PEOPLE[2]]),
        (POOLED, [PEOPLE[0], [4, "01", "Lý A Páo", 1970, "Nam", "Bản Già"], PEOPLE[1]]),
    ],
)
def test_nothing_is_asked_without_pools_or_without_a_tube_above(tmp_path, title, rows):
    draft = read(tmp_path, [title], HEAD, *rows)
    assert len(draft.items) == 3
    assert said(draft) == []
