"""The first page of a long list is led to by an index, not found by a walk through the list."""

import pytest
from sqlalchemy import event, text

from admin_suite.db import engine, paging
from admin_suite.db.origin import TYPED
from admin_suite.registry.service import NewPerson
from modules.lab import queries
from modules.lab.day import radar
from modules.lab.day.radar import Leg
from modules.lab.queries import SampleView
from modules.lab.service import NewSample, register
from modules.results import queries as results

SWABS = 600  # some ten rows each
LONG = ("lab_tube", "lab_specimen", "lab_measurement", "lab_passage", "results_version")
BAD = {"USE TEMP B-TREE FOR ORDER BY", *(f"SCAN {table}" for table in LONG)}
ALONG = {  # a walk along the index that the page is ordered by ends with the page
    "": ["lab_tube"],
    "accession": ["lab_tube"],
    "collected_at": ["lab_specimen"],
    "name": [],
    "sender": [],
    "stage": ["lab_tube"],
}


@pytest.fixture
def walks(suite, url):
    """Which tables a question walks through, and whether it sorts all that it finds."""
    if not str(url).startswith("sqlite"):
        pytest.skip("PostgreSQL looks by itself how full its tables are, some time later")
    with suite.database.work(suite.actor) as work:
        people = [NewPerson(f"Lò Thị Hoa {n}", "1985") for n in range(SWABS)]
        register(work, [NewSample(one, "2021-08-12") for one in people], TYPED)

    def told(question, *arguments):
        asked = []

        def hear(_connection, _cursor, statement, parameters, _context, _many):
            asked.append((statement, parameters))

        readers = suite.database.readers
        readers.dispose()  # a program that is opened another day
        event.listen(readers, "before_cursor_execute", hear)
        with suite.database.read(suite.actor) as work:
            question(work, *arguments)
        event.remove(readers, "before_cursor_execute", hear)
        lines = []
        with readers.connect() as connection:
            for statement, parameters in asked:
                if "commune" not in statement:  # of which there are some dozens
                    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                    lines += [row[3] for row in plan]
        return {line.split(" USING")[0] for line in lines} & BAD

    return told


@pytest.mark.parametrize("sort", ["", "accession", "collected_at", "name", "sender", "stage"])
@pytest.mark.parametrize("down", [False, True])
def test_a_page_of_swabs_follows_its_index(walks, sort, down):
    ordered = queries.tubes._ordered(SampleView(sort=sort, descending=down))
    told = walks(paging.page, ordered)
    assert not told - ({f"SCAN {table}" for table in ALONG[sort]})


def test_what_is_not_negative_is_found_by_its_outcome(walks):
    assert not walks(radar.delayed, Leg.POOL)
    assert not walks(results.untold)


def test_sqlite_looks_once_in_many_changes(suite, url, monkeypatch):
    if not str(url).startswith("sqlite"):
        pytest.skip("PostgreSQL looks by itself how full its tables are, some time later")
    looks = []
    event.listen(
        suite.database.writer,
        "before_cursor_execute",
        lambda *heard: looks.append(1) if heard[2] == "ANALYZE" else None,
    )
    monkeypatch.setattr(engine, "MANY", 50)
    swab = NewSample(NewPerson("Lò Thị Hoa", "1985"), "2021-08-12")
    for _turn in range(3):
        with suite.database.work(suite.actor) as work:
            register(work, [swab] * 10, TYPED)
    assert 1 <= len(looks) <= 3
    with suite.database.work(suite.actor) as work:
        work.session.execute(text("UPDATE lab_list SET title = title WHERE 0"))
    assert len(looks) <= 3
