"""Of two colleagues who do the same at once, one does it and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from admin_suite.core.errors import Refused
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.models import Measurement, Specimen
from modules.lab.service import NewResult, NewSample
from modules.results import service as results

CLERKS = 4


def at_once(suite, as_actor, deed, first=1):
    """Let several colleagues do it at the same moment; answers how many were refused."""
    together = Barrier(CLERKS)

    def one(number):
        together.wait(10)
        try:
            with suite.database.work(as_actor(first + number % 2)) as work:
                deed(work)
        except Refused:
            return 1
        return 0

    with ThreadPoolExecutor(CLERKS) as pool:
        return sum(pool.map(one, range(CLERKS)))


@pytest.fixture
def tubes(suite, as_actor):
    with suite.database.work(as_actor(3)) as work:
        rows = [NewSample(NewPerson(f"P {n}", "1985"), "2021-08-12") for n in range(20)]
        service.register(work, rows)
        return queries.tubes_at(work, Stage.EXPECTED)


def test_tubes_are_received_once(suite, as_actor, tubes):
    refused = at_once(suite, as_actor, lambda work: service.receive(work, tubes))
    assert refused == CLERKS - 1


def test_results_are_entered_and_released_once(suite, as_actor, tubes):
    with suite.database.work(as_actor(3)) as work:
        service.receive(work, tubes)
        given = [NewResult(row.accession, Outcome.NEGATIVE) for row in queries.samples(work)]
    assert at_once(suite, as_actor, lambda work: service.enter(work, given)) == 0
    with suite.database.read(as_actor(3)) as work:
        assert work.session.scalar(select(func.count(Measurement.id))) == len(tubes)
    again = [result._replace(outcome=Outcome.POSITIVE) for result in given]
    with suite.database.work(as_actor(3)) as work:
        service.enter(work, again)
    refused = at_once(suite, as_actor, lambda work: results.sign(work, tubes))
    assert refused == CLERKS - 1


def test_the_same_list_from_two_clerks_is_stored_once(suite, as_actor):
    rows = [NewSample(NewPerson(f"P {n}", "1985"), "2021-08-12", f"G{n // 5}") for n in range(50)]
    assert at_once(suite, as_actor, lambda work: service.register(work, rows)) == 0
    with suite.database.read(as_actor(1)) as work:
        assert work.session.scalar(select(func.count(Specimen.id))) == len(rows)
