"""An output layout is data: read, checked, and turned into worksheets."""

import json
from datetime import UTC, datetime

import openpyxl
import pytest
from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.excel import output, output_data
from admin_suite.excel.output import Layout, OutputColumn, dated
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.excel.signature import Author
from admin_suite.registry.codes import Sex

AUTHOR = Author("Hà", "Trung tâm Y tế", datetime(2021, 8, 13, 20, 0, tzinfo=UTC))


class Row(Struct, frozen=True):
    name: str
    sex: Sex | None
    dob: str
    commune: str


ROWS = [
    Row("Lý An", Sex.M, "1985-03-05", "Xã Bảo Hà"),
    Row("=Lý Bình", Sex.F, "1990", "Xã: Điện/Quan"),
    Row("Lý Chi", None, "1985-03", ""),
]
SHEET = Sheet(
    name="few",
    title="Few",
    fields=tuple(Field(name, name.title()) for name in ("name", "sex", "dob", "commune")),
)
MALE = OutputColumn("Nam", "dob", date="yyyy", only={"sex": "M"})
LAYOUT = Layout(
    "By commune",
    "few",
    (
        OutputColumn("STT", "#", width=5),
        OutputColumn("Họ tên", "name"),
        MALE,
        OutputColumn("Giới", "sex", words={"M": "nam", "F": "nữ"}),
        OutputColumn("Tỉnh", constant="Lào Cai"),
        OutputColumn("Sinh", "dob", date="yyyy-mm-dd"),
    ),
    order=("-name",),
    split="commune",
    titles=("{unit}", "DANH SÁCH {group}: {count} người {x}"),
)


def out(layout, path, rows=ROWS):
    groups = output.grouped(output.checked(layout, SHEET), rows, {})
    output.write(layout, groups, path, AUTHOR, {})
    return path


def test_every_group_gets_its_worksheet_with_its_titles(tmp_path):
    book = openpyxl.load_workbook(out(LAYOUT, tmp_path / "a.xlsx"))
    assert book.sheetnames == ["Xã Bảo Hà", "Xã  Điện Quan", "Not stated"]
    first = list(book["Xã Bảo Hà"].iter_rows(values_only=True))
    assert [line[0] for line in first[:2]] == [
        "Trung tâm Y tế",
        "DANH SÁCH Xã Bảo Hà: 1 người {x}",
    ]
    assert first[2:] == [
        ("STT", "Họ tên", "Nam", "Giới", "Tỉnh", "Sinh"),
        ("1", "Lý An", "1985", "nam", "Lào Cai", "1985-03-05"),
    ]
    second = list(book["Xã  Điện Quan"].iter_rows(values_only=True))[3]
    assert second == ("1", "=Lý Bình", None, "nữ", "Lào Cai", "1990")


def test_whoever_exports_signs_the_file(tmp_path):
    book = openpyxl.load_workbook(out(LAYOUT, tmp_path / "a.xlsx"))
    assert book.properties.creator == "Hà, Trung tâm Y tế"
    assert "03:00 14/08/2021" in book.properties.description
    assert "Hà, Trung tâm Y tế" in book.worksheets[0].oddFooter.left.text


def test_text_files_and_json_hold_all_groups(tmp_path):
    lines = out(LAYOUT, tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "'=Lý Bình" in lines[2]
    told = json.loads(out(LAYOUT, tmp_path / "a.json").read_text("utf-8"))
    assert [one["Họ tên"] for one in told] == ["Lý An", "=Lý Bình", "Lý Chi"]


@pytest.mark.parametrize(
    ("told", "form", "said"),
    [
        ("1985-03-05", "yyyy", "1985"),
        ("1985", "dd/mm/yyyy", "1985"),
        ("1985-03", "dd/mm/yyyy", "03/1985"),
        ("2021-08-13T09:30", "dd/mm/yyyy hh:mm", "13/08/2021 09:30"),
        ("2021-08-13T09:30", "dd/mm/yyyy", "13/08/2021"),
        ("2021-08-13", "hh:mm dd/mm/yyyy", "13/08/2021"),
        ("soon", "yyyy", "soon"),
        ("2021-08-13T09:30", "", "09:30 13/08/2021"),
    ],
)
def test_a_day_is_never_written_more_precisely_than_it_is_known(told, form, said):
    assert dated(told, form) == said


def test_a_layout_goes_to_json_and_back():
    assert output_data.read(output_data.written(LAYOUT)) == LAYOUT


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "[]",
        '{"columns": {}}',
        '{"columns": [1]}',
        '{"columns": [{"width": "x"}]}',
        '{"columns": [{"width": true}]}',
        '{"name": 1}',
        '{"titles": [1]}',
        '{"where": {"a": []}}',
        '{"formula": "=1"}',
        json.dumps({"columns": [{"heading": "x"}] * 201}),
        json.dumps({"name": "x" * 501}),
    ],
)
def test_what_is_no_layout_is_refused_in_words(text):
    with pytest.raises(UserError, match="layout"):
        output_data.read(text)


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"columns": ()},
        {"columns": (OutputColumn("x", "nobody"),)},
        {"columns": (OutputColumn("", "name"),)},
        {"columns": (OutputColumn("x", "dob", date="mm-dd"),)},
        {"columns": (OutputColumn("x", "dob", width=0),)},
        {"columns": (OutputColumn("x", "dob", only={"nobody": "M"}),)},
        {"order": ("nobody",)},
        {"split": "nobody"},
    ],
)
def test_a_layout_that_the_sheet_cannot_fill_is_refused_in_words(change):
    told = {**{name: getattr(LAYOUT, name) for name in LAYOUT.__struct_fields__}, **change}
    with pytest.raises(UserError):
        output.checked(Layout(**told), SHEET)


def test_no_rows_and_many_groups_of_alike_names_make_a_file(tmp_path):
    assert openpyxl.load_workbook(out(LAYOUT, tmp_path / "a.xlsx", [])).sheetnames
    alike = [Row("A", None, "", "x" * 40 + str(n)) for n in range(12)]
    book = openpyxl.load_workbook(out(LAYOUT, tmp_path / "b.xlsx", alike))
    assert len(set(book.sheetnames)) == 12
