"""A text that leaves comes back as the same text, whatever it is, and nothing runs."""

import csv
import shutil
import subprocess

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_suite.excel import marked, paper, reader, template, texts, writer
from admin_suite.excel.importer import Receipt, read_file
from admin_suite.excel.paper import Leaf, Tab
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets import RESULTS, SAMPLES
from tests.unit.excel.test_outputs import LIST, saved
from tests.unit.lists import a_world

NAUGHTY = [
    "=1+1",
    "+84912345678",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    " =1+1",
    '=HYPERLINK("http://a.b")',
    "＝1+1",  # noqa: RUF001
    "01234567890123456789",
    "0912345678",
    "1/2",
    "05/08",
    "1e5",
    "TRUE",
    "#REF!",
    "_x0041_",
    "_x000D_",
    "  two  blanks  ",
    "'quoted",
    "'=1+1",
    "http://a.b",
    "two\nlines",
    "a\tb",
    '<b>&"',
    "12:30",
    "Nguyễn Thị Ước",
    "x" * 32_767,
]
SHORTENED = ["x" * 32_768, "😀" * 16_384, "😀" * 20_000]
CHANGED = {
    "a\r\nb": "a\nb",
    "\r=1": "\n=1",
    "\x01\x0bx\x1f": "x",
    "\ud800x\udfff": "x",
    "\ufffe": "",
}
OFFICE = shutil.which("soffice")


def leaf(words):
    return Leaf("A", ["Text", "Text"], [[text, text] for text in words])


def tab(words):
    return Tab("A", ["Text", "Other"], [words, words], [10, 10])


def written(path, words, way):
    if way == "styled":
        paper.write(path, [leaf(words)])
    else:
        writer.save(path, [tab(words)], [])
    return path


def read_back(path):
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [row[0] for row in sheet.to_python()[1:]]


@pytest.mark.parametrize("way", ["styled", "fast"])
def test_a_workbook_gives_every_text_back(tmp_path, way):
    file = written(tmp_path / "a.xlsx", [*NAUGHTY, *CHANGED, *SHORTENED], way)
    back = read_back(file)
    whole = len(NAUGHTY) + len(CHANGED)
    assert back[:whole] == [*NAUGHTY, *CHANGED.values()]
    assert all(text.endswith("…") for text in back[whole:])
    assert all(len(text.encode("utf-16-le")) // 2 <= 32_767 for text in back)
    cells = [c for row in openpyxl.load_workbook(file).active.iter_rows(min_row=2) for c in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert {cell.number_format for cell in cells if cell.value} == {"@"}


def test_a_text_file_gives_every_text_back_through_our_reader(tmp_path):
    file = tmp_path / "a.csv"
    words = [text for text in NAUGHTY if "\n" not in text]
    writer.save(file, [tab(words)], [])
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    [grid] = reader.open_book(file)
    assert [row[0] for row in grid.rows[1:]] == words
    with file.open(encoding="utf-8-sig", newline="") as lines:
        as_excel_sees = [row[0] for row in csv.reader(lines)][1:]
    assert not [text for text in as_excel_sees if texts.RUNS.match(text)]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(st.text(max_size=30))
def test_what_is_guarded_is_unguarded(tmp_path, text):
    clean = texts.harmless(text)
    assert not texts.RUNS.match(clean)
    assert texts.unguarded(clean) == texts.SURROGATES.sub("", text)
    assert len(texts.kept(text)) <= len(text)


@pytest.fixture(scope="session")
def converted(tmp_path_factory):
    """LibreOffice, with a profile of its own: a workbook as the text that it shows."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc-nogui)")
    home = tmp_path_factory.mktemp("office")

    def convert(path):
        kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
        command = [OFFICE, "--headless", f"-env:UserInstallation={home.as_uri()}"]
        command += ["--convert-to", kind, "--outdir", str(home), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
        assert "Error" not in done.stdout + done.stderr
        with (home / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    return convert


@pytest.mark.parametrize("way", ["styled", "fast"])
def test_libreoffice_shows_every_text_as_it_is(tmp_path, converted, way):
    rows = converted(written(tmp_path / f"{way}.xlsx", NAUGHTY, way))
    assert [row[0] for row in rows[1:]] == NAUGHTY


def test_libreoffice_opens_templates_and_lists_that_go_back(tmp_path, converted):
    for sheet in (PEOPLE, SAMPLES, RESULTS):
        file = tmp_path / f"{sheet.name}.xlsx"
        template.write(sheet, file)
        shown = converted(file)
        assert len(shown[0]) == 1 + sum(column.offered for column in sheet.columns)
        assert shown[1][0] == "Example"
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", LIST), a_world())
    back = tmp_path / "back.xlsx"
    marked.write(draft, Receipt("lab.samples", draft.read, 0, 0, tuple(draft.problems)), back)
    assert "=1+1" in {cell for row in converted(back) for cell in row}
