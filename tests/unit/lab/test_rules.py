"""A tube number catches one wrong digit and two changed about."""

from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.check_letter import LETTERS
from modules.lab.rules import accession, grouped, typed, well_formed

numbers = st.builds(accession, st.integers(2020, 2099), st.just("BY"), st.integers(1, 99_999_999))
DIGITS = "0123456789"


def test_a_number_is_year_site_serial_and_letter():
    assert accession(2026, "BY", 815)[:-1] == "26BY000815"
    assert grouped(accession(2026, "BY", 815))[:-1] == "26BY 000 815 "
    assert not set(LETTERS) & set("OISBZ")


@given(numbers, st.data())
def test_one_wrong_digit_is_found(number, data):
    places = [at for at, sign in enumerate(number) if sign in DIGITS]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in DIGITS if d != number[at]]))
    assert well_formed(number)
    assert not well_formed(number[:at] + other + number[at + 1 :])


@given(numbers, st.data())
def test_two_neighbours_changed_about_are_found(number, data):
    places = [at for at in range(len(number) - 1) if number[at : at + 2].isdecimal()]
    at = data.draw(st.sampled_from(places))
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert well_formed(changed) == (changed == number)


@given(numbers)
def test_what_is_read_out_is_understood_when_typed(number):
    assert typed(grouped(number).lower()) == number


@given(numbers)
def test_letters_typed_for_digits_are_read_as_the_digits_they_look_like(number):
    mistaken = number[:2] + number[2:4] + number[4:-1].translate(str.maketrans("01582", "OISBZ"))
    assert typed(mistaken + number[-1]) == number
