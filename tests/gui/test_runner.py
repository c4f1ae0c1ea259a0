"""The bridge with its real threads: every question is answered, once, whatever the threads do."""

import sqlite3
from collections import Counter

import pytest
from sqlalchemy.exc import OperationalError

from admin_suite.core.errors import UserError
from admin_suite.db.work import Database
from admin_suite.ui.runner import Runner

MANY = 400
PATIENCE = 30_000


class Refused(UserError):
    """Somebody may not do this."""


@pytest.fixture
def threads(suite, qapp):
    made = Runner(suite)
    made.refused.connect(lambda _said: None)
    yield made
    made.stop()


def _told(number):
    if number % 7 == 3:
        raise Refused
    return number


def _by_kind(runner, number):
    kinds = (
        lambda: runner.run(lambda _progress: _told(number)),
        lambda: runner.ask(lambda _work: _told(number)),
        lambda: runner.do(lambda _work: _told(number)),
    )
    return kinds[number % 3]()


@pytest.mark.parametrize("time", range(3))
def test_every_one_of_many_quick_jobs_answers_exactly_once(threads, qtbot, time):
    answered, ended = Counter(), Counter()
    for number in range(MANY):
        job = _by_kind(threads, number)
        job.finished.connect(lambda answer: answered.update([answer]))
        job.finished.connect(lambda _answer, n=number: ended.update([n]))
        job.failed.connect(lambda _error, n=number: ended.update([n]))
        if number % 5 == time:
            qtbot.wait(1)  # jobs that end while others are made
    qtbot.waitUntil(lambda: len(ended) == MANY, timeout=PATIENCE)
    qtbot.wait(20)
    assert ended == Counter(range(MANY))
    assert answered == Counter(n for n in range(MANY) if n % 7 != 3)


def test_progress_arrives_before_the_answer_and_none_is_lost(threads, qtbot):
    heard = []

    def task(progress):
        for step in range(MANY):
            progress.step(step, MANY)
        return "done"

    job = threads.run(task)
    job.progressed.connect(lambda done, _total: heard.append(done))
    job.finished.connect(heard.append)
    qtbot.waitUntil(lambda: "done" in heard, timeout=PATIENCE)
    assert heard == [*range(MANY), "done"]


def test_closing_gives_every_answer_that_is_under_way_and_begins_nothing_new(suite, qapp):
    runner, answered = Runner(suite), []
    for number in range(50):
        _by_kind(runner, 7 * number).finished.connect(answered.append)
    runner.close()
    assert sorted(answered) == [7 * number for number in range(50)]
    runner.run(lambda _progress: answered.append("late"))
    qapp.processEvents()
    runner.stop()
    assert "late" not in answered


def test_a_look_that_cannot_be_written_down_on_a_full_disk_is_a_sentence(suite, qtbot, monkeypatch):
    def full(_database, _actor, _views):
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    runner = Runner(suite)
    monkeypatch.setattr(Database, "record_views", full)
    with qtbot.assertNotEmitted(runner.crashed), qtbot.waitSignal(runner.refused) as told:
        runner.ask(lambda work: work.saw("registry_person", [1]))
    assert "disk is full" in told.args[0]
    runner.stop()
