"""Reports over some days: what is counted, and by which moment."""

from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from admin_suite.core.errors import UserError
from admin_suite.db.origin import Origin
from admin_suite.module import Period
from admin_suite.registry import reporting
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.reports import by_sender
from modules.lab.service import NewResult, NewSample
from modules.results import service as release
from modules.results.module import MODULE
from modules.results.reports import turnaround

NOON = datetime(2021, 8, 13, 5, tzinfo=UTC)
DAY = Period(datetime(2021, 8, 12, 17, tzinfo=UTC), datetime(2021, 8, 13, 17, tzinfo=UTC))
EARLIER = Period(DAY.start - timedelta(days=1), DAY.start)


@pytest.fixture
def day(suite, as_actor):
    """Three tubes of one station, two of another; one of the five waits, one is positive."""
    for sender, names in (("Trạm Y tế xã Đông", "ABC"), ("Trạm Y tế xã Cam", "DE")):
        people = [NewSample(NewPerson(f"Lý Thị {n}", "1984"), "2021-08-13", "") for n in names]
        with suite.database.work(as_actor(1)) as work:
            work.clock = lambda: NOON
            service.register(work, people, Origin("", "List", sender, NOON.date()))
            service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    with suite.database.work(as_actor(1)) as work:
        work.clock = lambda: NOON + timedelta(hours=2)
        rows = queries.samples(work)
        results = [NewResult(row.accession, Outcome.NEGATIVE) for row in rows[:4]]
        results[0] = NewResult(rows[0].accession, Outcome.POSITIVE)
        service.enter(work, results)
        measured = [
            tube.id for tube in queries.tubes_of(work, [r.accession for r in results]).values()
        ]
    with suite.database.work(as_actor(2)) as work:
        work.clock = lambda: NOON + timedelta(hours=5)
        release.sign(work, measured)
    return suite


def test_a_day_is_counted_by_sender_and_reception(day, as_actor):
    with day.database.read(as_actor(1)) as work:
        said = by_sender(work, DAY, {})
        assert by_sender(work, EARLIER, {}).rows == []
    assert [row[0] for row in said.rows] == ["Trạm Y tế xã Cam", "Trạm Y tế xã Đông"]
    assert sorted(row[1:] for row in said.rows) == [
        (2, 2, 1, 1, 0, 0, 0, 0, 1),
        (3, 3, 3, 2, 1, 0, 0, 0, 0),
    ]
    assert said.total[1:] == (5, 5, 4, 3, 1, 0, 0, 0, 1)


def test_the_passage_is_counted_by_the_day_of_release(day, as_actor):
    with day.database.read(as_actor(1)) as work:
        said = turnaround(work, DAY, {})
        assert turnaround(work, EARLIER, {}).rows == []
    assert said.total[1:] == (4, 5.0, 5.0, 5.0)


def test_a_value_nobody_asks_for_is_refused(day, as_actor):
    with day.database.read(as_actor(1)) as work, pytest.raises(UserError, match="no values"):
        turnaround(work, DAY, {"sender": "x"})


def test_a_report_says_whose_it_is_and_for_which_days(day, as_actor, tmp_path):
    file, spec = tmp_path / "r.xlsx", MODULE.reports[0]
    with day.database.read(as_actor(1)) as work:
        said = turnaround(work, DAY, {})
        reporting.write(work, spec, said, DAY, file)
        reporting.write(work, spec, said, DAY, tmp_path / "r.pdf")
    lines = [row[0] for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert lines[1:3] == ["From reception to release", "On 13/08/2021"]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(f.name for f in tmp_path.glob("r.*")) == ["r.pdf", "r.xlsx"]
