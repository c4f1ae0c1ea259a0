"""A computer whose clock was set back: numbers go on, the trail stays whole, somebody is told."""

from datetime import UTC, datetime, timedelta

from admin_suite.db.whole import examine
from admin_suite.registry.service import NewPerson
from admin_suite.registry.trail import clock_warning
from modules.lab.queries import samples
from modules.lab.service import NewSample, register

NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)


def store(suite, number, moment):
    with suite.database.work(suite.actor) as work:
        work.clock = lambda: moment
        register(work, [NewSample(NewPerson(f"P {number}", "1985"), "2021-08-12")])


def warning(suite, moment):
    with suite.database.read(suite.actor) as work:
        work.clock = lambda: moment
        return clock_warning(work)


def test_numbers_and_trail_go_on_when_the_clock_goes_back(suite):
    for number, days in enumerate((0, -30, -31, 1, -400, 2)):
        store(suite, number, NOON + timedelta(days=days))
    with suite.database.read(suite.actor) as work:
        rows = sorted(samples(work), key=lambda row: row.id)
    numbers = [row.accession[:-1] for row in rows]  # the last is a check character
    this_year = [number for number in numbers if number.startswith("26")]
    assert this_year == sorted(set(this_year))
    assert len(set(numbers)) == 6
    assert examine(suite.database.readers).whole


def test_a_clock_a_day_behind_is_told_and_an_hour_is_not(suite):
    tomorrow = datetime.now(UTC) + timedelta(days=1)  # the suite itself was furnished just now
    store(suite, 1, tomorrow)
    assert warning(suite, tomorrow - timedelta(hours=23)) == ""
    assert warning(suite, tomorrow + timedelta(days=300)) == ""
    late = tomorrow - timedelta(days=2)
    assert "Put the clock right" in warning(suite, late)
    store(suite, 2, late)
    assert "Put the clock right" in warning(suite, late)
