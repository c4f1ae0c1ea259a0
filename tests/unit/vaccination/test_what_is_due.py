"""When the next dose is due by the rules, and where somebody stands with it."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from modules.vaccination.codes import Standing
from modules.vaccination.rules.due import Forecaster, Hold, Outlook, standing
from modules.vaccination.rules.regimen import months_later
from modules.vaccination.rules.verdicts import Given
from tests.unit.vaccination.rules import (
    AB,
    ADULT,
    AZ,
    HV,
    JJ,
    PF,
    RULES,
    SP,
    TODAY,
    UNHURRIED,
    VC,
    dose,
    verdicts,
)

ahead = Forecaster(RULES, date(2021, 9, 1))


@pytest.mark.parametrize(
    ("given", "number", "due"),
    [
        ([("2022-03-01", VC), ("2022-04-01", VC)], 3, date(2022, 4, 29)),
        ([("2022-03-01", SP), ("2022-04-01", PF)], 3, date(2022, 4, 29)),
        ([("2022-03-01", VC), ("2022-04-01", VC), ("2022-05-01", PF)], 4, date(2022, 8, 1)),
        ([("2022-03-01", AZ), ("2022-04-01", AZ)], 3, date(2022, 7, 1)),
        ([("2022-03-01", AB), ("2022-03-15", AB)], 3, date(2022, 3, 29)),
        ([("2022-03-01", JJ)], 2, date(2022, 6, 1)),
        ([("2022-03-01", JJ), ("2022-06-01", PF)], 0, None),
        ([("2022-03-01", HV)], 2, date(2022, 4, 26)),
    ],
)
def test_what_is_due_after_the_products_of_late_2021(given, number, due):
    ahead = Forecaster(RULES, TODAY)
    one = ahead([dose(day, product) for day, product in given], ADULT, TODAY)
    assert (one.number, one.due_on) == (number, due)


def test_a_product_without_a_least_age_makes_no_child_due():
    rules = replace(RULES, products={**RULES.products, "New": RULES.products[AZ]})
    assert Forecaster(rules, TODAY)((), "2020-01-01", TODAY).due_on == date(2032, 1, 1)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 24))
def test_months_later_is_never_in_the_month_after(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("doses", "born", "number", "due"),
    [
        ([], ADULT, 1, "2021-08-13"),
        ([], "2010-01-01", 1, "2028-01-01"),
        ([dose("2021-08-01")], ADULT, 2, "2021-09-26"),
        ([dose("2021-08-01", PF)], ADULT, 2, "2021-08-22"),
        ([dose("2021-08-01", PF), dose("2021-08-10", PF)], ADULT, 0, None),
        ([dose("2021-08-01", "")], ADULT, 2, "2021-09-26"),
        ([dose("2021-08-01", PF), dose("2021-08-01", PF)], ADULT, 2, "2021-08-22"),
    ],
)
def test_when_the_next_dose_is_due(doses, born, number, due):
    one = ahead(doses, born, date(2021, 8, 13))
    assert (one.number, one.due_on and one.due_on.isoformat()) == (number, due)


def test_where_somebody_stands_follows_the_day_up_and_down():
    one = Outlook(2, date(2021, 9, 10), date(2021, 10, 8))
    days = {date(2021, 9, 9): "NOT_YET", date(2021, 9, 10): "DUE", date(2021, 10, 9): "OVERDUE"}
    assert {day: standing(one, None, day).value for day in days} == days
    hold = Hold(Standing.DEFERRED, date(2021, 9, 20))
    assert standing(one, hold, date(2021, 9, 19)) is Standing.DEFERRED
    assert standing(one, hold, date(2021, 9, 20)) is Standing.DUE
    assert standing(Outlook(0), hold, date(2021, 9, 1)) is Standing.COMPLETE
    assert Forecaster(RULES, date(2021, 12, 10))(
        [dose("2021-06-01"), dose("2021-08-31")], ADULT, TODAY
    ) == Outlook(3, date(2022, 2, 28), None, AZ, 2)


FEW_DOSES = st.builds(
    Given, on=st.sampled_from([date(2021, 6, 1), date(2021, 7, 1), date(2021, 9, 9)])
)
SOMEBODY = st.tuples(
    st.lists(FEW_DOSES, min_size=1, max_size=2),
    st.sampled_from(["", "2021", "2021-06-15", "1985"]),
    st.sampled_from([date(2021, 7, 2), date(2021, 8, 13)]),
)


@UNHURRIED
@example([([dose("2021-06-01", "")], born, TODAY) for born in ("2021", "2021-06-15")])
@example([([dose("2021-09-09", "")], "1985", day) for day in (TODAY, date(2021, 7, 2))])
@given(st.lists(SOMEBODY, min_size=4, max_size=12))
def test_nobody_is_told_what_is_due_to_somebody_else(people):
    day = date(2021, 9, 1)
    together = Forecaster(RULES, day)
    for doses, born, since in people:
        assert together(doses, born, since) == Forecaster(RULES, day)(doses, born, since)


@pytest.mark.parametrize(
    ("born", "day", "told"),
    [
        ("2003-02-28", "2021-02-27", "UNDER_AGE"),
        ("2003-02-28", "2021-02-28", "VALID"),
        ("2004-02-29", "2022-02-27", "UNDER_AGE"),
        ("2004-02-29", "2022-02-28", "VALID"),
        ("2004-02-29", "2022-03-01", "VALID"),
        ("2002-03-01", "2020-02-29", "UNDER_AGE"),
    ],
)
def test_whoever_was_born_on_a_leap_day_is_due_when_a_dose_would_be_valid(born, day, told):
    assert verdicts(dose(day), born=born)[0][1] == told
    today = date.fromisoformat(day)
    first = Forecaster(replace(RULES, ages={AZ: RULES.ages[AZ]}, products={AZ: ()}), today)
    due = first((), born, date(2001, 1, 1)).due_on
    assert (due <= today) == (told == "VALID")
