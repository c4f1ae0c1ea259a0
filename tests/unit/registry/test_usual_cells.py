"""Cells that are read many at once mean what they would mean one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin_suite.excel.sheet import About, Wrong
from admin_suite.registry.reading.columns import PERSON_COLUMNS

COLUMNS = {column.field: column for column in PERSON_COLUMNS if column.usual}
WRITTEN = {
    "name": [
        "Lý A Dế",
        "TRẦN THỊ HÒA",
        "Bé Lan",
        "tr\u1ebb em",
        "Cháu Vàng",
        "K\u00ea \u212an",
        "Đỗ",
    ],
    "dob": ["05/03/1985", "29/02/2000", "31/02/2000", "5/3/1985", "28/12/2021", "00/01/1999"],
    "id_no": ["010185000123", "10185000123", "\u0660" * 12, "0101850001234", "012345678"],
    "phone": ["0912345678", "912345678", "0112345678", "0912 345 678", "\u0660912345678"],
}
NUMBERS = st.from_regex(r"[0-9/]{8,12}", fullmatch=True)
TEXTS = st.one_of(*(st.sampled_from(texts) for texts in WRITTEN.values()), NUMBERS, st.text())


@pytest.mark.parametrize("field", COLUMNS)
@settings(deadline=None)
@given(texts=st.lists(TEXTS))
def test_cells_read_together_mean_what_each_means_alone(field, texts):
    column, about = COLUMNS[field], About(year=2021)
    for text, value in column.usual(texts).items():
        assert column.read(text, about) == value


@pytest.mark.parametrize("field", COLUMNS)
def test_what_most_lists_write_is_read_together(field):
    first = WRITTEN[field][0]
    assert first in COLUMNS[field].usual(WRITTEN[field][:2])


def test_a_day_that_no_month_has_is_refused():
    column = COLUMNS["dob"]
    assert "31/02/2000" not in column.usual(["31/02/2000"])
    with pytest.raises(Wrong):
        column.read("31/02/2000", About())
