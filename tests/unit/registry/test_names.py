"""Vietnamese order and search."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.registry.names import fold, sort_key, tidy, whole_address

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệđÁĐỆƯƠ "


def test_words_stand_as_in_a_vietnamese_dictionary():
    """The order that Qt's own collator gives (CLDR, vi)."""
    words = tuple("an àn ản ãn án ạn ăn ân dan đan en ên on ôn ơn un ưn".split())  # noqa: SIM905
    assert tuple(sorted(set(words), key=sort_key)) == words


def test_people_stand_by_given_name_then_family_name():
    names = ["Bùi Văn An", "Lý Thị An", "Nguyễn Văn Ân", "Hoàng Ô", "Đỗ Thị Ơn"]
    assert sorted(set(names), key=sort_key) == names


@pytest.mark.parametrize(
    ("written", "searched"),
    [("ĐỖ THỊ THU HƯƠNG", "do thi thu huong"), ("Ðặng  Văn\u00a0Sếnh ", "dang van senh")],
)
def test_search_ignores_marks_capitals_and_blanks(written, searched):
    assert fold(written) == searched


@given(st.text(LETTERS))
def test_however_letters_are_composed_the_name_is_the_same(name):
    apart = unicodedata.normalize("NFD", name)
    assert tidy(apart) == tidy(name) == tidy(tidy(name))
    assert fold(apart) == fold(name) == fold(fold(name))
    assert sort_key(apart) == sort_key(name)


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("xã kim son", "Xã Kim Sơn"),
        ("Kim Sơn", "Xã Kim Sơn"),
        ("Bản Mo", "Bản Mo, Xã Kim Sơn"),
        ("Bản Mo, xã Kim Sơn", "Bản Mo, xã Kim Sơn"),
        ("", "Xã Kim Sơn"),
    ],
)
def test_an_address_that_is_only_the_commune_is_written_as_the_commune_is(address, whole):
    assert whole_address(address, "Xã Kim Sơn") == whole
