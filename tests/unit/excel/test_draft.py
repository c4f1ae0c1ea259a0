"""What a draft says of its rows."""

import pytest

from admin_suite.excel.draft import common, says
from admin_suite.excel.sheet import Problem


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("05/08/1990", "1990-08-05"),
        ("5.8.1990", "1990-08-05"),
        ("1990-08-05", "1990-08-05"),
        ("8/1990", "1990-08"),
        ("0912345678", "0912345678"),
    ],
)
def test_a_day_that_is_kept_as_it_was_written_has_not_changed(written, value):
    assert says(written, value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5/8/90", "1990-08-05"),  # the century was guessed
        ("05/08/1990", "1990-05-08"),  # day and month were exchanged
        ("35 tuổi", "1986"),
        ("0912.345.678", "0912345678"),
        ("01632105216", "0332105216"),
    ],
)
def test_what_is_kept_otherwise_has_changed(written, value):
    assert not says(written, value)


def test_a_remark_of_many_rows_is_said_once():
    rows = [Problem(n, "Địa chỉ", "Old.", "OLD_COMMUNE") for n in range(5, 16)]
    other = Problem(7, "SĐT", "Bad.", "PHONE_BAD")
    [first, second] = common([*rows, other])
    assert (first.column, first.message, second.rows) == ("Địa chỉ", "Old.", "7")
    assert first.rows.startswith("5, 6, 7, 8, 9, 10, 11, 12")
    assert "3" in first.rows.removeprefix("5, 6, 7, 8, 9, 10, 11, 12")
