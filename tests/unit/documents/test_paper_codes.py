"""Codes on paper: whole printer dots, and the modules that were handed in."""

import io
import re

import pytest
from pypdf import PdfReader

from admin_suite.documents.codes import Square, snapped
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import MM


def content(draw):
    out = io.BytesIO()
    paper = Paper(out, "Mã")
    draw(paper)
    paper.save()
    return PdfReader(io.BytesIO(out.getvalue())).pages[0].get_contents().get_data().decode()


def test_a_module_is_a_whole_number_of_printer_dots():
    dots = snapped(26 * MM, 29, 600) / (72 / 600)
    assert dots == pytest.approx(round(dots))
    assert snapped(26 * MM, 29, 600, up=True) > snapped(26 * MM, 29, 600)


def test_the_dark_modules_are_drawn_as_runs():
    sides = []
    matrix = [[True, True, False], [False, False, True], [True, False, True]]
    drawn = content(lambda paper: sides.append(paper.code(matrix, Square(100, 100, 30 * MM))))
    assert re.findall(r"\d \d \d 1 re", drawn) == [
        "0 0 2 1 re",
        "2 1 1 1 re",
        "0 2 1 1 re",
        "2 2 1 1 re",
    ]
    assert sides == [pytest.approx(30, abs=0.2)]


def test_bars_are_drawn_for_older_scanners():
    widths = []
    square = Square(0, 100, 38 * MM)
    drawn = content(lambda paper: widths.append(paper.bars("21BY000815K", square, 6.6)))
    assert drawn.count(" re") > 30
    assert widths == [pytest.approx(0.21, abs=0.01)]
