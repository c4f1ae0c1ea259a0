"""No word of a table is broken where the table can be set otherwise."""

import pytest

from admin_suite.documents.fitting import LEAST, fitted
from admin_suite.documents.parts import Column, Look
from admin_suite.documents.table import PAD
from admin_suite.documents.text import Style, wrap

ROOM = 714  # points of a report across
HEADS = (
    *("No.", "Place of the session", "Day", "Round of vaccination", "Vaccine", "People who came"),
    *("Sent to hospital", "Do not consent", "Postponed", "Contraindicated", "First doses"),
    *("Second doses", "Further doses", "Doses used", "Doses thrown away"),
    *("Usual reactions, people", "Fever", "Pain and swelling", "Other", "Severe reactions", "Note"),
)
LINE = ("1", "Trạm Y tế xã Bảo Hà", "20/08/2021", "Đợt 4", "Comirnaty", *["120"] * 15, "")


def broken(columns, look, at, words, *, bold):
    """Whether a word of a cell is set on two lines."""
    whole = sum(one.share for one in columns)
    room = ROOM * columns[at].share / whole - 2 * PAD
    lines = wrap(words, room, Style(look.size, family=look.family, bold=bold))
    parts = ["".join(text for _face, text in line.pieces).split() for line in lines]
    return [word for part in parts for word in part] != words.split()


def columns_of(heads):
    return [Column(head, 1.0, "right" if 4 < at < 20 else "left") for at, head in enumerate(heads)]


def test_no_word_of_the_english_day_is_broken():
    evenly, look = columns_of(HEADS), Look(8.5)
    assert any(broken(evenly, look, at, head, bold=True) for at, head in enumerate(HEADS))
    made, smaller = fitted(evenly, [LINE], ["Together", *["1.234"] * 20], ROOM, look)
    assert LEAST <= smaller.size <= look.size
    for at, head in enumerate(HEADS):
        assert not broken(made, smaller, at, head, bold=True)
        assert not broken(made, smaller, at, LINE[at], bold=False)
    assert sum(one.share for one in made) == pytest.approx(ROOM)


def test_a_table_with_room_enough_keeps_its_letters_and_its_shares():
    columns = [Column("Commune", 6), Column("Share, %", 2, "right")]
    made, look = fitted(columns, [("Bảo Hà", "12,5")], (), ROOM, Look())
    assert look == Look()
    assert [one.share for one in made] == pytest.approx([ROOM * 6 / 8, ROOM * 2 / 8])


def test_what_fits_in_no_letters_stays_as_it_was():
    columns = [Column("x" * 400, 1), Column("b", 1)]
    assert fitted(columns, [("", "")], (), ROOM, Look()) == (columns, Look())
