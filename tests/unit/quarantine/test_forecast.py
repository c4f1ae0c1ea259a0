"""How full a facility will be: the exact reckoning against all cases there are, one by one."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from admin_suite.module import Period
from modules.quarantine.codes import Ended
from modules.quarantine.queries.forecast import outlook
from modules.quarantine.reports import occupancy
from modules.quarantine.rules.forecast import forecast
from modules.quarantine.service import beds as rooms
from modules.quarantine.service import stays, undo
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

TODAY = date(2021, 8, 13)
ENDS = st.lists(st.integers(-3, 8).map(lambda n: TODAY + timedelta(days=n)), max_size=5)
ARRIVALS = st.lists(st.integers(0, 4), min_size=1, max_size=4)


def one_by_one(ends, arrivals, length, n):
    """The beds taken in the n-th night in every case there is, from few to many."""
    found = []
    for came in product(arrivals, repeat=n):
        there = sum(max((end - TODAY).days, 1) > n for end in ends)
        for day, many in enumerate(came, start=1):
            there += many if day <= n < day + length else 0
        found.append(there)
    return sorted(found)


@given(ends=ENDS, arrivals=ARRIVALS, length=st.integers(1, 5))
def test_each_share_is_that_of_all_cases(ends, arrivals, length):
    for n, night in enumerate(forecast(TODAY, ends, arrivals, length, 5)):
        cases = one_by_one(ends, arrivals, length, n)
        assert night.day == TODAY + timedelta(days=n)
        for percent, told in ((10, night.p10), (50, night.p50), (90, night.p90)):
            at_most = sum(case <= told for case in cases)
            less = sum(case < told for case in cases)
            assert 100 * at_most >= percent * len(cases) > 100 * less


def test_without_newcomers_the_house_empties_by_its_clocks():
    ends = [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=3)]
    told = [night.p90 for night in forecast(TODAY, ends, [], 14, 5)]
    assert told == [3, 1, 1, 0, 0]


def test_a_fortnight_of_a_large_house_is_exact_and_soon_there():
    arrivals = [0, 120, 35, 0, 80, 15, 60, 0, 200, 40, 10, 0, 90, 55]
    nights = forecast(
        TODAY, [TODAY + timedelta(days=n % 14) for n in range(2000)], arrivals, 14, 30
    )
    mean = sum(arrivals) / len(arrivals) * 14
    assert nights[-1].p10 < mean < nights[-1].p90
    assert nights[14] == nights[14]._replace(p50=nights[-1].p50)  # as many leave as come


def test_who_came_of_late_and_who_leaves_make_the_nights(desk, clock):
    clock.now = datetime(2021, 8, 12, 1, tzinfo=UTC)
    keys = [person(desk, "F") for _ in range(3)]
    for key, label in zip(keys, "123", strict=True):
        stays.admit(desk, [Placement(key, bed(desk, "101", label))])
    clock.pass_(days=1)
    undo.take_back(desk, keys[2], "")
    clock.pass_(days=1)
    rooms.close(desk, [bed(desk, "103")], "broken")
    found = outlook(desk, 1, nights=12)
    assert (found.beds, found.days) == (11, 2)
    assert [(one.p10, one.p50, one.p90) for one in found.nights[:2]] == [(2, 2, 2), (2, 2, 4)]
    last = found.nights[-2]
    assert (last.day, last.staying) == (date(2021, 8, 24), 0)
    stays.depart(desk, keys[:2], Ended.DISCHARGED)
    assert outlook(desk, 1).nights[0].p90 == 0


def test_the_report_says_what_it_is_made_from(desk):
    stays.admit(desk, [Placement(person(desk, "F"), bed(desk, "101"))])
    found = occupancy(desk, Period.of_days(TODAY, TODAY + timedelta(days=2)), {"facility": "NT"})
    assert [tuple(line) for line in found.rows] == [
        ("2021-08-13", 1, 1, 1, 1, 11),
        ("2021-08-14", 1, 1, 1, 1, 11),
        ("2021-08-15", 1, 1, 1, 1, 11),
    ]
    assert "newcomers are not reckoned with" in found.remarks[0]
    past = occupancy(desk, Period.of_days(TODAY, TODAY), {"facility": "NT"})
    assert len(past.rows) == 14
