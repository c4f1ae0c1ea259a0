"""How far work is, told by what is done inside it: always forward, and of one whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import Cancelled
from admin_suite.core.progress import Progress


def told(inside, count, size):
    """What is reported of batches, in each of which other batches are worked through."""
    seen = []
    progress = Progress(lambda *at: seen.append(at))
    for _start, batch in progress.batches(range(count), size):
        for several in inside:
            for _inner, _part in progress.batches(range(several), 3):
                pass
        with progress.part(len(batch), len(batch), 2 * len(batch)):
            progress.step(1, 2)
    return seen


@given(st.lists(st.integers(0, 12), max_size=3), st.integers(1, 40), st.integers(1, 9))
def test_what_is_reported_never_goes_back_and_ends_with_the_whole(inside, count, size):
    seen = told(inside, count, size)
    assert seen == sorted(seen)
    assert {total for _done, total in seen} == {count}
    assert seen[0] == (0, count)
    assert seen[-1] == (count, count)


def test_a_part_of_a_part_is_reported_as_so_much_of_the_whole():
    seen = []
    progress = Progress(lambda *at: seen.append(at))
    with progress.part(0, 80, 100):
        for _start, _batch in progress.batches(range(4), 2):
            progress.step(1, 2)
    with progress.part(80, 20, 100):
        progress.step(1, 2)
    progress.step(3, 7)
    assert seen == [(0, 100), (20, 100), (40, 100), (60, 100), (80, 100), (90, 100), (3, 7)]


def test_work_is_stopped_wherever_it_is():
    progress = Progress()
    with pytest.raises(Cancelled):
        for _start, _batch in progress.batches(range(9), 3):
            with progress.part(0, 1, 2):
                progress.cancel.set()
                progress.step(0, 1)
    progress.cancel.clear()
    assert progress.inside is None
    progress.step(1, 1)


def test_of_several_walks_in_one_part_none_takes_all_of_it():
    seen = []
    progress = Progress(lambda *at: seen.append(at))
    for _portion in progress.batches(range(100), 50):
        for rows in (2, 4, 0, 2):
            for _batch in progress.batches(range(rows), 2, shared=True):
                pass
    assert seen == sorted(seen)
    assert [done for done, _total in dict.fromkeys(seen)] == [
        *(0, 25, 31, 37, 43),
        *(50, 75, 81, 87, 93),
        100,
    ]


def test_shared_with_nobody_known_a_walk_is_told_as_it_is():
    seen = []
    progress = Progress(lambda *at: seen.append(at))
    for _batch in progress.batches(range(4), 2, shared=True):
        pass
    assert seen == [(0, 4), (2, 4), (4, 4)]
