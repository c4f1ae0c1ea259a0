"""No number is given twice, however many clerks register at once."""

from concurrent.futures import ThreadPoolExecutor

from admin_suite.registry.service import NewPerson
from modules.lab import queries
from modules.lab.rules import well_formed
from modules.lab.service import NewSample, register

CLERKS, TIMES, EACH = 4, 5, 7


def test_numbers_are_unique_and_without_gaps(suite, as_actor):
    def clerk(number):
        for turn in range(TIMES):
            rows = [
                NewSample(NewPerson(f"Clerk {number} turn {turn} person {n}", "1990"), "2021-08-12")
                for n in range(EACH)
            ]
            with suite.database.work(as_actor(1)) as work:
                register(work, rows)

    with ThreadPoolExecutor(CLERKS) as pool:
        for done in [pool.submit(clerk, number) for number in range(CLERKS)]:
            done.result()
    with suite.database.read(as_actor(1)) as work:
        numbers = [row.accession for row in queries.samples(work)]
    assert len(set(numbers)) == len(numbers) == CLERKS * TIMES * EACH
    assert all(well_formed(number) for number in numbers)
    assert sorted(int(number[4:-1]) for number in numbers) == list(range(1, len(numbers) + 1))
