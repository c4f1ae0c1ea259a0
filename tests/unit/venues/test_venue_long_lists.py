"""A month of a busy district is one list: check-ins come in longer lists than people do."""

import zipfile

import pytest

from admin_suite.core.errors import UserError
from admin_suite.excel import gate
from admin_suite.excel.grid import MOST_ROWS
from admin_suite.excel.reader import open_book
from modules.venues.sheets import CHECKINS, VENUES

ROWS = MOST_ROWS + 30_000
CELL = '<c r="{0}{1}"><v>{1}</v></c>'
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheets><sheet name="A" sheetId="1"/></sheets></workbook>'
)


def a_workbook(folder):
    lines = "".join(
        f'<row r="{n}">{"".join(CELL.format(c, n) for c in "ABC")}</row>'
        for n in range(1, ROWS + 1)
    )
    file = folder / "a.xlsx"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{lines}</sheetData>")
    return file


def test_the_gate_lets_a_long_list_of_check_ins_in_and_no_other(tmp_path):
    file = a_workbook(tmp_path)
    found = gate.scan(file, CHECKINS.most_rows)
    assert (found.long, found.heavy) == (False, False)
    with pytest.raises(UserError, match="at most 200000 rows"):
        gate.scan(file, VENUES.most_rows)


def test_a_long_text_of_check_ins_is_read_whole(tmp_path):
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("Thời gian vào;Mã điểm\n")
        out.writelines(f"8h {1 + n % 28}/8/2021;00001A\n" for n in range(ROWS))
    [grid] = open_book(file, CHECKINS.most_rows)
    assert len(grid.rows) == ROWS + 1
    with pytest.raises(UserError, match="at most 200000 rows"):
        open_book(file, VENUES.most_rows)


def test_a_list_longer_than_a_worksheet_is_refused():
    assert CHECKINS.most_rows == 1_048_575
