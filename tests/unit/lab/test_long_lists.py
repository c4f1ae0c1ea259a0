"""A long list page by page is the same list, in every order, with every filter."""

from datetime import date
from itertools import pairwise

import pytest

from admin_suite.core.errors import Refused, UserError
from admin_suite.db.origin import Origin
from admin_suite.db.paging import PAGE
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage, Subject
from modules.lab.queries import SampleView
from modules.lab.service import NewResult, NewSample

MANY = 2 * PAGE + 50
NAMES = ("Giàng A Páo", "Sùng Thị Mỷ", "Hoàng Văn Tuấn", "Lý Láo Lở")


@pytest.fixture
def long_list(suite, as_actor):
    """Two lists of several hundred people, the first received."""
    for sender, day in (("Trạm A", 2), ("Trạm B", 3)):
        rows = [
            NewSample(
                NewPerson(f"{NAMES[n % 4]} {n // 8}", f"{1950 + n % 60}", (None, *Sex)[n % 3]),
                f"2026-01-{day:02d}T{n % 12 + 8:02d}:00",
                f"G{n // 3}" if n % 5 else "",
                (None, Subject.F1, Subject.SCREENING)[n % 3],
            )
            for n in range(MANY // 2)
        ]
        with suite.database.work(as_actor(1)) as work:
            service.register(work, rows, Origin("", "List", sender, date(2026, 1, day)))
    with suite.database.work(as_actor(1)) as work:
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED)[:100])


def walked(work, view):
    """The ids of a view, page by page."""
    places = queries.sample_places(work, view)
    starts = [None, *places.starts[1:]]
    pages = [[row.id for row in queries.sample_page(work, view, start)] for start in starts]
    assert all(len(page) == PAGE for page, _next in pairwise(pages))
    assert places.total == sum(map(len, pages))
    return [key for page in pages for key in page]


SORTS = ("", "accession", "name", "dob", "sender", "collected_at", "subject", "pool", "stage")


def test_in_every_order_the_pages_make_the_whole_list(suite, as_actor, long_list):
    with suite.database.read(as_actor(1)) as work:
        for sort in SORTS:
            for down in (False, True):
                view = SampleView(sort=sort, descending=down)
                assert walked(work, view) == list(queries.sample_keys(work, view)), (sort, down)
        turned = [
            list(queries.sample_keys(work, SampleView(sort="name", descending=d))) for d in (0, 1)
        ]
        assert turned[0] == turned[1][::-1]


def test_filters_and_orders_go_together(suite, as_actor, long_list):
    with suite.database.read(as_actor(1)) as work:
        view = SampleView({"name": "pao"}, (Stage.RECEIVED,), "sender")
        rows = queries.shown_samples(work, view)
        assert rows
        assert {row.stage for row in rows} == {Stage.RECEIVED}
        assert all("Páo" in row.name for row in rows)
        assert walked(work, view) == [row.id for row in rows]


def test_a_pasted_column_shows_exactly_these_tubes(suite, as_actor, long_list):
    with suite.database.read(as_actor(1)) as work:
        numbers = sorted({row.accession for row in queries.samples(work)})[10:13]
        pasted = "\n".join((*numbers[:2], f"{numbers[2][:4]} {numbers[2][4:]}", ""))
        shown = queries.samples(work, {"accession": pasted})
        assert sorted({row.accession for row in shown}) == numbers


def test_the_last_column_filters_by_stage_and_by_what_was_released(suite, as_actor, long_list):
    with suite.database.work(as_actor(1)) as work:
        tubes = [row for row in queries.samples(work, {"stage": "RECEIVED"}) if not row.pooled][:2]
        service.enter(work, [NewResult(t.accession, Outcome.POSITIVE) for t in tubes])
        service.move(work, [tubes[0].tube_id], Stage.RELEASED)
    with suite.database.read(as_actor(1)) as work:
        assert [row.id for row in queries.samples(work, {"stage": "POSITIVE"})] == [tubes[0].id]
        both = queries.samples(work, {"stage": "MEASURED,CHECKED"})
        assert [row.id for row in both] == [tubes[1].id]
        assert len(queries.samples(work, {"sex": "M,F"})) < MANY
        with pytest.raises(UserError, match="is not one of"):
            queries.samples(work, {"stage": "lost"})


def test_a_reception_is_taken_back_while_nothing_was_measured(suite, as_actor, long_list):
    with suite.database.work(as_actor(1)) as work:
        first, second = queries.tubes_at(work, Stage.RECEIVED)[:2]
        assert service.unreceive(work, [first]) == 1
        assert queries.tubes_at(work, Stage.EXPECTED)[0] == first
        number = next(r.accession for r in queries.samples(work) if r.tube_id == second)
        service.enter(work, [NewResult(number, Outcome.NEGATIVE)])
        with pytest.raises(Refused, match="has been measured; its reception stays"):
            service.unreceive(work, [second])
        with pytest.raises(Refused, match="has not been received"):
            service.unreceive(work, [first])
        with pytest.raises(Refused, match="no such tube"):
            service.unreceive(work, [999_999])
