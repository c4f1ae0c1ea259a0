"""What stands hidden, merged or in an old font in an OpenDocument counts as in Excel."""

import zipfile

import pytest

from admin_suite.excel import reader
from admin_suite.excel.importer import Asking, Options, read_file
from modules.lab.sheets import SAMPLES
from tests.unit.lists import a_world

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
STYLE = (
    '<style:style style:name="old" style:family="table-cell">'
    '<style:text-properties style:font-name=".VnTimeH"/></style:style>'
    '<style:style style:name="out" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text, said=""):
    kind = f'office:value-type="string" {said}'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def row(*cells, said=""):
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


@pytest.fixture
def file(tmp_path):
    away = '<table:table-cell table:number-columns-repeated="2"/>'
    covered = "<table:covered-table-cell/>"
    rows = [
        row(
            '<table:table-cell table:number-columns-repeated="5"/>',
            said='table:number-rows-repeated="2"',
        ),
        row(away, cell("Họ tên"), cell("Địa chỉ"), cell("Ngày lấy mẫu")),
        row(
            away,
            cell("PHïNG KIM H\u00adNG", 'table:style-name="old"'),
            cell("xã Bảo Hà", 'table:number-rows-spanned="3"'),
            cell("13/8/2021"),
        ),
        row(away, cell("Lý Ẩn"), covered, cell("13/8/2021"), said='table:visibility="filter"'),
        row(away, cell("Lý Chi", 'table:style-name="out"'), covered, cell("13/8/2021")),
    ]
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", KIND)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        book.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        book.writestr(
            "content.xml",
            f"<office:document-content {SPACES}>"
            f"<office:automatic-styles>{STYLE}</office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="DS">{"".join(rows)}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_rows_keep_their_numbers_and_columns_when_the_corner_is_empty(file):
    [grid] = reader.open_book(file)
    assert list(grid.rows[2]) == ["", "", "Họ tên", "Địa chỉ", "Ngày lấy mẫu"]
    assert grid.hidden == {4}


def test_hidden_rows_merged_cells_and_old_fonts_are_seen(file):
    with pytest.raises(Asking):
        read_file(SAMPLES, file, a_world())
    draft = read_file(SAMPLES, file, a_world(), Options(hidden="take"))
    people = [item.person for item in draft.items]
    assert [p.name for p in people] == ["PHÙNG KIM HƯNG", "Lý Ẩn", "Lý Chi"]
    assert {p.commune_code for p in people} == {"02989"}
    assert [place.row for place in draft.places] == [4, 5, 6]
    assert [w.row for w in draft.warnings if w.code == "STRUCK_ROW"] == [6]
