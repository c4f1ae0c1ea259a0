"""Files made to stall, swell or stop the program end in one sentence, or are read as they are."""

import os
import zipfile
from time import process_time

import pytest

from admin_suite.core.errors import UserError
from admin_suite.excel import gate, reader, sheet
from admin_suite.excel.cells import read_all
from admin_suite.excel.gate import scan
from admin_suite.excel.grid import MOST_ROWS
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About, Column, Table
from admin_suite.registry.reading import numbers
from admin_suite.registry.sheets import PEOPLE
from tests.unit.lists import a_world

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
ONE_SHEET = '<sheet name="S" sheetId="1" r:id="rId1"/>'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c></row>'


def workbook(path, body, sheets=ONE_SHEET, strings=""):
    """A workbook by hand, with what no program would write."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{LINKS}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{LINKS}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        )
        text = f"<worksheet {MAIN}><sheetData>{HEAD}{body}</sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", text)
        book.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
    return path


def same_text(rows, columns):
    cells = "".join(f'<c r="{chr(65 + c)}{{0}}" t="s"><v>0</v></c>' for c in range(columns))
    return "".join(f'<row r="{r}">{cells}</row>'.replace("{0}", str(r)) for r in range(2, rows))


HARM = {
    "a column beyond the last": '<row r="2"><c r="BDWGN2"><v>1</v></c></row>',
    "a row beyond the last": '<row r="4294967296"><c r="A4294967296"><v>1</v></c></row>',
    "addresses in other quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "addresses with spaces": '<row r = "1048576"><c  r = "XFD1048576"><v>1</v></c></row>',
    "addresses in small letters": '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "cells without addresses": f"<row>{'<c><v>1</v></c>' * 16_380}</row>"
    '<row r="1048576"><c><v>1</v></c></row>',
    "an open end": '<row r="2"><c r="A2"><v>1</v>',
}


@pytest.mark.parametrize("kind", HARM)
def test_a_worksheet_that_would_fill_all_memory_is_refused(tmp_path, kind):
    file = workbook(tmp_path / "a.xlsx", HARM[kind])
    with pytest.raises(UserError, match=r"“a\.xlsx”"):
        reader.open_book(file)


def test_one_long_text_in_every_cell_is_refused(tmp_path):
    strings = f"<si><t>{os.urandom(16_000).hex()}</t></si>"
    file = workbook(tmp_path / "a.xlsx", same_text(4_000, 20), strings=strings)
    assert scan(file).heavy
    with pytest.raises(UserError, match=r"“a\.xlsx”"):
        reader.open_book(file)


def test_one_part_under_many_names_is_refused(tmp_path):
    many = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(500))
    with pytest.raises(UserError, match=r"“a\.xlsx”"):
        reader.open_book(workbook(tmp_path / "a.xlsx", "", sheets=many))


def test_a_workbook_written_by_hand_is_read(tmp_path):
    [grid] = reader.open_book(
        workbook(tmp_path / "a.xlsx", '<row r="2"><c r="B2"><v>7</v></c></row>')
    )
    assert [list(row) for row in grid.rows] == [["Họ tên", ""], ["", 7.0]]


def further_down(row):
    return f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'


def test_a_list_that_goes_on_too_far_is_refused_with_the_row(tmp_path):
    last, beyond = further_down(MOST_ROWS), further_down(MOST_ROWS + 1)
    [grid] = reader.open_book(workbook(tmp_path / "a.xlsx", last))
    assert len(grid.rows) == MOST_ROWS
    with pytest.raises(UserError, match=rf"“b\.xlsx” .* {MOST_ROWS + 1},"):
        reader.open_book(workbook(tmp_path / "b.xlsx", beyond))


def test_a_large_worksheet_is_not_unpacked_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "WHOLE", 1_000)
    monkeypatch.setattr(gate, "CHUNK", 2_000)
    rows = range(MOST_ROWS, MOST_ROWS + 5_000)
    with pytest.raises(UserError, match="“a\\.xlsx” goes on in row 2000"):
        scan(workbook(tmp_path / "a.xlsx", "".join(map(further_down, rows))))
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in rows)
    assert scan(workbook(tmp_path / "b.xlsx", blank)).kind == "xlsx"


def test_empty_lines_below_a_text_are_no_list(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"Ho ten,So\nA,1\n" + b",\n" * (MOST_ROWS + 10))
    [grid] = reader.open_book(file)
    assert list(grid.rows[1]) == ["A", "1"]
    file.write_bytes(b"Ho ten,So\n" + b"a,1\n" * MOST_ROWS)
    with pytest.raises(UserError, match=r"“a\.csv” .* 200001,"):
        reader.open_book(file)


def test_a_cell_of_endless_letters_is_refused_and_the_others_are_read():
    done = read_all(Column("name", "Name"), ["a" * 5_000, "Lý An"], About())
    assert done.values == [None, "Lý An"]
    assert done.wrong[0][0] == "TOO_LONG"


def test_a_long_note_is_kept_and_nothing_is_looked_for_in_a_long_cell():
    note, words = read_all(Column("note", "Note"), ["a" * 3_000], About()), ["9" * 1_001]
    assert note.values == ["a" * 3_000]
    looked = read_all(Column("phone", "Phone", (), numbers.one_phone), words, About())
    assert looked.wrong[0][0] == "TOO_LONG"


def test_a_list_of_which_nearly_nothing_can_be_read_is_given_up(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_REFUSED", 3)
    table = Table(About(headings={"dob": "Sinh"}), 9, {}, numbers=range(2, 11))
    for at in (5, 4, 3):
        table.refuse(at, "dob", "BAD_DOB", "No.")
    with pytest.raises(UserError, match=r"3 cells .* row 5, Sinh: No\."):
        table.refuse(8, "dob", "BAD_DOB", "No.")


def test_what_is_said_of_every_row_is_counted(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_WARNED", 2)
    table = Table(About(), 9, {})
    for at in range(9):
        table.warn(at, "phone", "PHONE_BAD", f"Row {at}.")
    table.warn(0, "dob", "DOB_UNSURE", "Unsure.")
    assert [remark.at for remark in table.warned] == [0, 1, 0]
    assert [(first.message, n) for first, n in table.untold()] == [("Row 0.", 7)]


TEXTS = {
    "one line without end": b"x," * 400_000,
    "more columns than Excel has": b"Ho ten,So\n" + b",".join([b"1"] * 20_000) + b"\n",
    "more lines than Excel has": b"Ho ten\n" + b"a\n" * 1_048_577,
    "a wide line beside many": b"Ho ten,So\n" + b"a,b\n" * 30_000 + b"1," * 9_000 + b"\n",
    "zeros among the letters": "Họ tên,Số\nLý\0An,1\n".encode(),
    "letters of four bytes": "Họ tên,Số\nLý An,1\n".encode("utf-32"),
    "an open quotation": b'Ho ten,So\n"' + b"x,\n" * 100_000,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_that_is_no_list_is_refused(tmp_path, kind):
    file = tmp_path / "a.csv"
    file.write_bytes(TEXTS[kind])
    with pytest.raises(UserError, match=r"“a\.csv”"):
        reader.open_book(file)


@pytest.mark.parametrize("letters", ["utf-16-le", "utf-16-be", "utf-8", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_letters_and_separators_are_told_without_a_mark(tmp_path, letters, separator):
    lines = ["BAN A, XA B, HUYEN C", separator.join(["Ho ten", "SĐT", "Nam sinh", "Xa"])]
    lines += [separator.join(["Ly Van An", "0912345678", "1985", '"A, B; C"'])] * 5
    file = tmp_path / "a.csv"
    file.write_bytes("\n".join(lines).encode(letters))
    [grid] = reader.open_book(file)
    assert list(grid.rows[2]) == ["Ly Van An", "0912345678", "1985", "A, B; C"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_text_of_a_scanned_card_is_one_cell(tmp_path, separator):
    card = "010085000123|012345678|Ly Thi An|05031985|Nu|Ban Sai|15042021"
    lines = [separator.join(["Gio vao", "Ma diem", "Ho ten"])]
    lines += [separator.join(["8h", "00017C", f'"{card}"' if separator == "|" else card])] * 3
    file = tmp_path / "a.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    [grid] = reader.open_book(file)
    assert [list(row) for row in grid.rows] == [
        ["Gio vao", "Ma diem", "Ho ten"],
        *[["8h", "00017C", card]] * 3,
    ]


def test_the_separator_that_excel_writes_above_is_no_record(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes("sep=;\nHọ tên;Năm\nLý An;1985\n".encode())
    [grid] = reader.open_book(file)
    assert [list(row) for row in grid.rows] == [["", ""], ["Họ tên", "Năm"], ["Lý An", "1985"]]


def test_what_is_no_file_is_refused(tmp_path):
    folder, itself, nowhere = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    folder.mkdir()
    for path in (folder, itself, nowhere):
        with pytest.raises(UserError, match=r"“[abc]\.xlsx”"):
            reader.open_book(path)


def test_thousands_of_different_headings_are_no_list(tmp_path):
    cells = "".join(f'<c t="inlineStr"><is><t>Cột {n}</t></is></c>' for n in range(2_000))
    file = workbook(tmp_path / "a.xlsx", f'<row r="2">{cells}</row>')
    with pytest.raises(UserError, match="no row with the headings"):
        read_file(PEOPLE, file, a_world())


@pytest.mark.parametrize("bait", ["/", "-", "9", "("])
def test_long_cells_of_one_sign_are_read_soon(tmp_path, bait):
    lines = [f"{n};{bait * 3_500}{n};{bait * 3_500}{n}" for n in range(40)]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(["STT;Họ và tên;Ngày sinh", *lines]), encoding="utf-8")
    start = process_time()
    read_file(PEOPLE, file, a_world())
    assert process_time() - start < 3
