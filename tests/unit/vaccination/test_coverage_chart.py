"""The written report of coverage has its chart, on paper and in the workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image

from admin_suite.documents.paper import Paper
from admin_suite.module import Findings, Period
from admin_suite.registry import reporting
from admin_suite.reports.chart import draw_spans
from admin_suite.reports.spans import Spans
from modules.vaccination import reports
from modules.vaccination.module import MODULE

[COVERAGE] = [one for one in MODULE.reports if one.name == "coverage"]


@pytest.fixture
def written(day, tmp_path):
    """Write the report as a kind of file; what it said, and the file."""

    def do(kind, by):
        file = tmp_path / f"coverage.{kind}"
        until = day.now.date()
        with day.suite.database.read(day.actor) as work:
            work.clock = lambda: day.now
            period = Period.of_days(until, until)
            said = reports.covered(work, period, {"by": by})
            reporting.write(work, COVERAGE, said, period, file)
        return said, file

    return do


@pytest.mark.parametrize("by", reports.COVERED_BY)
def test_the_workbook_has_one_picture_below_the_table(written, by):
    said, file = written("xlsx", by)
    sheet = load_workbook(file).active
    [picture] = sheet._images
    assert picture.anchor._from.row >= sheet.max_row - 1
    assert said.chart.spans[-1] == ("Together", 0.0, 0.0)


def test_shares_have_one_decimal_in_the_workbook_as_on_paper(day, tmp_path):
    file, until = tmp_path / "a.xlsx", day.now.date()
    said = Findings(["Lot", "In a thousand"], [("FM3457", 1000 / 17)], ("Together", 1000 / 17))
    with day.suite.database.read(day.actor) as work:
        reporting.write(work, COVERAGE, said, Period.of_days(until, until), file)
    cells = [row[1] for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert cells[-2:] == [58.8, 58.8]


def test_the_paper_has_the_chart_and_says_what_it_shows(written, monkeypatch):
    drawn = []
    picture = Paper.picture
    monkeypatch.setattr(Paper, "picture", lambda *a: (drawn.append(a[1]), picture(*a)))
    _said, file = written("pdf", "commune")
    assert len(drawn) == 1
    assert b"/Subtype /Image" in file.read_bytes()


def pixels(spans):
    out = BytesIO()
    draw_spans(Spans("Coverage", spans, "done", "begun"), out)
    return Image.open(out).convert("RGB")


def test_a_longer_bar_is_drawn_longer_and_long_words_are_wrapped():
    def blue(share):
        image = pixels([("a", share, 100.0)])
        return sum(1 for one in image.get_flattened_data() if one[2] - one[0] > 40)

    assert blue(10.0) < blue(50.0) < blue(90.0)
    short, long = (
        pixels([("ngắn", 50.0, 60.0)] * 4),
        pixels([("người lao động tự do " * 6, 50.0, 60.0)] * 4),
    )
    assert long.size[0] == short.size[0]
    assert long.size[1] > short.size[1]
