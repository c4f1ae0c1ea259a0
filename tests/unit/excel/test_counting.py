"""What a total counts by the kind of list, and how many rows of a list are read."""

import csv
import io

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.excel import delimited, reader
from admin_suite.excel.importer import read_file
from modules.lab.sheets import SAMPLES
from modules.quarantine.sheets.places import ROOMS
from modules.venues.sheets import VENUES
from tests.unit.lists import a_world


def written(folder, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def totals(sheet, file):
    with speaking("vi"):
        draft = read_file(sheet, file, a_world())
    return [one.message for one in draft.warnings if one.code == "TOTAL_DIFFERS"]


VENUE_ROWS = [
    ["STT", "Tên cơ sở", "Xã", "Số điện thoại"],
    [1, "Quán phở Hoa Ban", "Phố Ràng", "0912345678"],
    [2, "Chợ Nghĩa Đô", "Nghĩa Đô", "0912345679"],
]


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("Tổng cộng: 3 hộ kinh doanh, 45 người làm", ["3 địa điểm"]),
        ("Tổng số: 45 người làm tại 2 cơ sở", []),
        ("Cộng: 2 quán", []),
    ],
)
def test_a_total_of_venues_counts_venues(tmp_path, total, said):
    found = totals(VENUES, written(tmp_path, [*VENUE_ROWS, ["", total]]))
    assert found == [f"Danh sách ghi tổng cộng {one}, nhưng đếm được 2 dòng." for one in said]


def test_a_total_of_rooms_counts_rooms_and_one_of_people_people(tmp_path):
    rows = [["Khu cách ly", "Phòng", "Số giường"], ["NT", "101", 4], ["NT", "102", 4]]
    file = written(tmp_path, [*rows, ["Tổng cộng: 3 phòng, 8 giường"]])
    assert ["3 phòng" in said for said in totals(ROOMS, file)] == [True]
    rows = [["STT", "Họ tên", "Năm sinh", "Ngày lấy mẫu"], [1, "Lý An", 1985, "13/8/2021"]]
    file = written(tmp_path, [*rows, ["", "Tổng cộng: 2 người"]])
    assert ["2 người" in said for said in totals(SAMPLES, file)] == [True]


def test_each_kind_of_list_says_how_many_rows_it_takes(tmp_path):
    file = written(tmp_path, VENUE_ROWS)
    assert read_file(replace(VENUES, most_rows=3), file, a_world()).read == 2
    with pytest.raises(UserError, match="at most 2 rows"):
        read_file(replace(VENUES, most_rows=2), file, a_world())
    lines = [";".join(map(str, row)) for row in VENUE_ROWS]
    text = tmp_path / "a.csv"
    text.write_text("\n".join(lines), encoding="utf-8")
    assert read_file(replace(VENUES, most_rows=3), text, a_world()).read == 2
    with pytest.raises(UserError, match="at most 2 rows"):
        read_file(replace(VENUES, most_rows=2), text, a_world())


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_a_text_is_read_a_piece_at_a_time_whatever_its_letters(tmp_path, monkeypatch, letters):
    monkeypatch.setattr(delimited, "PIECE", 7)
    monkeypatch.setattr(delimited, "REMEMBERED", 3)
    rows = [["Ho ten", "Dia chi", "Sinh"]]
    rows += [
        [f"Lê Văn {n}", "tổ 3,\nxã C" if letters != "cp1258" else "to 3", "1985"] for n in range(40)
    ]
    said = io.StringIO()
    csv.writer(said).writerows(rows)
    file = tmp_path / "a.csv"
    file.write_bytes(said.getvalue().encode(letters))
    [grid] = reader.open_book(file)
    assert list(map(list, grid.rows)) == rows


def test_what_stands_again_and_again_in_a_text_is_kept_once(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Họ tên,Xã\n" + "Lý An,Nghĩa Đô\n" * 50, encoding="utf-8")
    [grid] = reader.open_book(file)
    assert len({id(cell) for row in grid.rows[1:] for cell in row}) == 2
