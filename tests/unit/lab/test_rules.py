"""A tube number catches one wrong digit and two changed about."""

from hypothesis import example, given
from hypothesis import strategies as st

from admin_suite.core.check_letter import LETTERS
from modules.lab.rules import ACCESSION, Lettering, accession, grouped, typed, well_formed

numbers = st.builds(accession, st.integers(2020, 2099), st.just("BY"), st.integers(1, 99_999_999))
DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
sites = st.text(CAPITALS, min_size=2, max_size=4)
ALWAYS, NEVER = Lettering(0, 1), Lettering(99, 10**9)


def test_a_number_is_year_site_serial_and_letter():
    assert accession(2026, "BY", 815)[:-1] == "26BY000815"
    assert grouped(accession(2026, "BY", 815))[:-1] == "26BY 000 815 "
    assert not set(LETTERS) & set("OISBZ")


@given(numbers, st.data())
def test_one_wrong_digit_is_found(number, data):
    places = [at for at, sign in enumerate(number) if sign in DIGITS]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in DIGITS if d != number[at]]))
    assert well_formed(number, ALWAYS)
    assert not well_formed(number[:at] + other + number[at + 1 :], ALWAYS)


@given(numbers, st.data())
def test_two_neighbours_changed_about_are_found(number, data):
    places = [at for at in range(len(number) - 1) if number[at : at + 2].isdecimal()]
    at = data.draw(st.sampled_from(places))
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert well_formed(changed, ALWAYS) == (changed == number)


@given(numbers)
def test_what_is_read_out_is_understood_when_typed(number):
    assert typed(grouped(number).lower()) == number


@given(numbers)
@example("20BY1399963D")
def test_letters_typed_for_digits_are_read_as_the_digits_they_look_like(number):
    mistaken = number[:4] + number[4:-1].translate(str.maketrans("01582", "OISBZ")) + number[-1]
    of_another_site = ACCESSION.fullmatch(mistaken)  # BY1399963 typed BYI399963 is BYI's 399963
    assert typed(mistaken) == (mistaken if of_another_site else number)


@given(st.integers(2020, 2099), sites, st.integers(1, 99_999_999), st.data())
def test_one_wrong_letter_of_the_site_is_found_but_for_seven_pairs(year, site, serial, data):
    number = accession(year, site, serial)
    at = data.draw(st.integers(0, len(site) - 1))
    other = data.draw(st.sampled_from([one for one in CAPITALS if one != site[at]]))
    wrong = f"{number[: 2 + at]}{other}{number[3 + at :]}"
    alike = abs(ord(other) - ord(site[at])) == len(LETTERS)
    assert well_formed(wrong, ALWAYS) == alike
    plain = accession(year, site, serial, whole=False)
    assert well_formed(wrong, NEVER) == (number[-1] == plain[-1])


@given(st.integers(2020, 2099), sites, st.integers(1, 99_999_999))
def test_numbers_of_before_are_read_and_made_as_they_were(year, site, serial):
    rule = Lettering(year, serial)
    old, new = accession(year, site, serial - 1 or 1, whole=False), accession(year, site, serial)
    assert well_formed(new, rule)
    assert well_formed(old, rule) == (serial > 1 or old == new)
    assert well_formed(old)
    assert typed(grouped(old)) == old
