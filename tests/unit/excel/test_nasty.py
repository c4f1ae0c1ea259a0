"""No file hangs or kills the program: each ends in a sentence or in a good reading."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from admin_suite.core.errors import UserError
from admin_suite.excel import reader
from admin_suite.excel.importer import read_file
from admin_suite.registry.sheets import PEOPLE
from tests.unit.lists import ROOT, SHARED, a_world

NASTY = SHARED / "nasty"
SUFFIXES = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv", ".png", ".jpg", ".txt", ".json"}
AWAY = pytest.param(NASTY, marks=pytest.mark.skip(reason="the shared nasty files are not here"))
FILES = sorted(f for f in NASTY.rglob("*") if f.suffix in SUFFIXES) if NASTY.is_dir() else [AWAY]
HARMFUL = ("far_cell", "billion_laughs", "quadratic", "traversal", "not_a_zip", "html_named")


def said_or_read(read):
    """What reading gives, or the sentence that it ends in."""
    try:
        return read(), ""
    except UserError as error:
        return None, str(error)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_nasty_file_ends_in_a_sentence_or_is_read(file):
    grids, said = said_or_read(lambda: reader.open_book(file))
    if grids is None:
        assert "“" in said
    else:
        assert not file.name.startswith(HARMFUL)
        assert all(isinstance(row, list) for grid in grids for row in grid.rows)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_nasty_file_is_more_than_a_list_or_a_sentence(file):
    draft, said = said_or_read(lambda: read_file(PEOPLE, file, a_world()))
    assert said if draft is None else draft.read == len(draft.parts[0].numbers)


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("Họ tên;SĐT\nLý An;0912345678\n".encode(), 2),
        ("Họ tên,SĐT\nLý An,0912345678\n".encode("utf-8-sig"), 2),
        ("Họ tên\tSĐT\nLý An\t0912345678\n".encode("utf-16"), 2),
        ("Ho ten;S\u0110T\nLy\u0301 An;1\n".encode("cp1258"), 2),
    ],
)
def test_text_files_of_every_kind_of_letters(tmp_path, raw, rows):
    file = tmp_path / "a.csv"
    file.write_bytes(raw)
    [grid] = reader.open_book(file)
    assert (len(grid.rows), grid.width) == (rows, 2)


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"<html><table>", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_in_words(tmp_path, raw):
    file = tmp_path / "a.xlsx"
    file.write_bytes(raw)
    with pytest.raises(UserError):
        reader.open_book(file)
    with pytest.raises(UserError):
        reader.open_book(Path(tmp_path / "none.xlsx"))


def test_a_reader_that_dies_is_a_sentence(tmp_path, monkeypatch):
    child = import_module("admin_suite.excel.child")
    monkeypatch.setattr(child, "SECONDS", 0.001)
    file = tmp_path / "a.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    with pytest.raises(UserError):
        reader.open_book(file)


def test_reading_sheets_loads_no_heavy_library():
    code = (
        "import sys, modules.lab.sheets, admin_suite.excel.importer, admin_suite.excel.marked,"
        "admin_suite.excel.template, admin_suite.excel.writer;"
        "print({'openpyxl', 'xlrd', 'rustpy_xlsxwriter'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr
