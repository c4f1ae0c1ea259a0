"""Who eats when, and what everybody has eaten over some days."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.clock import ZONE
from admin_suite.core.errors import UserError
from admin_suite.module import Period
from modules.quarantine.codes import Ended
from modules.quarantine.queries.meals import meal_days, meals
from modules.quarantine.reports import meals as statement
from modules.quarantine.rules.meals import Eater, Kitchen, meals_of
from modules.quarantine.service import stays
from modules.quarantine.service.rules import adopt_kitchen
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

DAY = date(2021, 8, 13)
HOURS = (6, 11, 17)
MINUTES = st.integers(0, 3 * 24 * 60)


@given(start=MINUTES, length=st.none() | st.integers(0, 3 * 24 * 60))
def test_a_meal_is_eaten_by_whoever_is_there_in_that_minute(start, length):
    first = datetime(2021, 8, 12, tzinfo=ZONE)
    begins = first + timedelta(minutes=start)
    ends = None if length is None else begins + timedelta(minutes=length)
    told = meals_of(Eater(1, begins, ends), DAY, Kitchen(("06:00", "11:00", "17:00")))
    moments = [datetime(2021, 8, 13, hour, tzinfo=ZONE) for hour in HOURS]
    assert list(told) == [begins <= at and (ends is None or at < ends) for at in moments]


def test_after_the_last_day_no_meal_is_ordered_for_whoever_is_still_there():
    eater = Eater(1, datetime(2021, 8, 1, tzinfo=UTC), None, date(2021, 8, 13))
    assert meals_of(eater, DAY, Kitchen()) == (True, True, True)
    assert meals_of(eater, DAY + timedelta(days=1), Kitchen()) == (False, False, False)


def test_a_move_at_noon_costs_nobody_a_meal_and_counts_none_twice(desk, clock):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    clock.pass_(hours=30)
    stays.transfer(desk, [Placement(key, bed(desk, "102"))])
    [one] = meals(desk, 1, date(2021, 8, 14))
    assert tuple(one.eaten) == (True, True, True)
    stays.depart(desk, [key], Ended.DISCHARGED)
    found = statement(desk, Period.of_days(DAY, date(2021, 8, 14)), {"facility": "NT"})
    [line] = found.rows
    assert line[-2:] == (2, 4)  # two on the first day, arrived at eight; two until two o'clock
    with pytest.raises(UserError, match="Nobody ate"):
        statement(desk, Period.of_days(date(2021, 8, 20), date(2021, 8, 21)), {"facility": "NT"})


def test_a_statement_is_what_every_day_says_however_long_it_is(desk, clock):
    gone, moved, there = person(desk), person(desk), person(desk)
    stays.admit(desk, [Placement(gone, bed(desk, "101")), Placement(moved, bed(desk, "102"))])
    clock.pass_(hours=30)
    stays.transfer(desk, [Placement(moved, bed(desk, "103"))])
    stays.depart(desk, [gone], Ended.DISCHARGED)
    clock.pass_(days=4)
    stays.admit(desk, [Placement(there, bed(desk, "201"))])
    days = [DAY + timedelta(days=n) for n in range(-3, 40)]
    eaten = Counter()
    for one in (one for day in days for one in meals(desk, 1, day)):
        eaten[one.who.id] += sum(one.eaten)
    for first, last in ((days[0], days[-1]), (date(1990, 1, 1), date(2121, 1, 1))):
        told = {one.who.id: one.meals for one in meal_days(desk, 1, first, last)}
        assert told == dict(eaten)
    assert set(eaten) == {gone, moved, there}


def test_hours_of_meals_are_a_dated_rule(desk):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    adopt_kitchen(desk, Kitchen(("07:00", "18:00")), date(2021, 8, 15), "QĐ 2")
    assert [len(meals(desk, 1, date(2021, 8, day))[0].eaten) for day in (14, 15)] == [3, 2]
    for wrong in (("18:00", "07:00"), ("7 giờ",), ()):
        with pytest.raises(UserError, match="follow one another"):
            adopt_kitchen(desk, Kitchen(wrong), date(2021, 8, 16), "QĐ 3")
