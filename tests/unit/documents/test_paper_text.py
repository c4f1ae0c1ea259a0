"""Lines: wrapping, cutting, balance, and somebody's own words inside markup."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.i18n import speak, speaking
from admin_suite.documents.parts import Style
from admin_suite.documents.text import balanced, face, plain, width, wrap
from admin_suite.documents.writing import bind, long_date, number

LONG = "Công Tằng Tôn Nữ Thị Ngọc Bích Hoàng Anh"


@pytest.fixture(autouse=True)
def _vietnamese():
    speak("vi")


def letters(lines):
    return " ".join("".join(text for _face, text in line.pieces) for line in lines)


def test_a_long_name_is_wrapped_and_whole():
    lines = wrap(LONG, 120, Style(11))
    assert len(lines) > 1
    assert letters(lines) == LONG
    assert all(line.width <= 120.01 for line in lines)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_word_longer_than_the_line_is_cut_and_whole():
    lines = wrap("x" * 100, 50, Style(11))
    assert letters(lines).replace(" ", "") == "x" * 100
    assert all(line.width <= 50.01 for line in lines)
    assert lines[-1].last


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))), st.integers(5, 300))
def test_nothing_is_lost_in_wrapping(text, room):
    lines = wrap(plain(text), room, Style(11))
    assert letters(lines).replace(" ", "") == text


def test_bold_words_stand_in_another_face():
    [line] = wrap("Kính gửi: <b>Trạm Y tế</b>", 500, Style(13))
    assert line.pieces == ((face(), "Kính gửi:"), (face(bold=True), " Trạm Y tế"))


def test_tags_that_somebody_typed_are_letters():
    [line] = wrap(plain("a <b>b</b>\n<c"), 500, Style(13))
    assert line.pieces == ((face(), "a <b>b</b> <c"),)


def test_balanced_lines_are_about_equally_long():
    first, second = balanced(f"{LONG} {LONG} {LONG}", 500, Style(14))
    assert abs(first.width - second.width) < 80


def test_widths_grow_with_the_size():
    assert width(LONG, face(), 20) == pytest.approx(2 * width(LONG, face(), 10))


def test_dates_and_numbers_follow_the_language():
    day = date(2021, 2, 5)
    assert long_date(day).replace("\u00a0", " ") == "ngày 05 tháng 02 năm 2021"
    assert number(1234.5, 1) == "1.234,5"
    assert bind("ngày 05 tháng 8") == "ngày\u00a005 tháng\u00a08"
    with speaking("en"):
        assert long_date(day).replace("\u00a0", " ") == "5 February 2021"
        assert number(1234.5, 1) == "1,234.5"
