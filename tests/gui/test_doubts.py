"""Holds, corrections, the call desk and whom to tell, by keys alone."""

import pytest
from PyQt6.QtCore import Qt

from admin_suite.ui.widgets.buttons import Button
from modules.lab.codes import Outcome
from modules.lab.queries import tubes_of
from modules.results import queries, service
from modules.results.codes import Change
from modules.results.service import Wanted


@pytest.fixture
def tube(suite, as_actor, register, measure):
    """A released negative of somebody, entered by 2 and signed by 3."""
    [number] = register("Giàng A Páo")
    measure(2, {number: Outcome.NEGATIVE})
    with suite.database.work(as_actor(3)) as work:
        key = tubes_of(work, [number])[number].id
        service.sign(work, [key])
    return key, number


def ask(suite, question, *given):
    with suite.database.read(suite.actor) as work:
        return question(work, *given)


def shown(drawer):
    return [button.words for button in drawer.findChildren(Button) if button.isVisible()]


def opened(shell, qtbot, number):
    page = shell.open("results.doubts")
    qtbot.keyClicks(page.number.edit, number)
    qtbot.keyClick(page.number.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.drawer.isVisible)
    return page


def test_a_scanned_number_a_reason_and_f8_put_a_result_on_hold(tube, shell, qtbot, suite):
    page = opened(shell, qtbot, tube[1])
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.reason.edit)
    assert ask(suite, queries.released) != []
    qtbot.keyClicks(page.reason.edit, "Control failed")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.held.rows.length() == 1)
    assert ask(suite, queries.released) == []


def test_what_one_proposes_another_confirms(tube, shell, qtbot, suite, as_actor, prove):
    with suite.database.work(as_actor(2)) as work:
        service.propose(work, [Wanted(tube[0], Change.CORRECT, Outcome.POSITIVE)], "read again")
    page = shell.open("results.doubts")
    page.reload()
    qtbot.waitUntil(lambda: page.waiting.rows.length() == 1)
    page.waiting.go_to(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    prove(page)
    qtbot.waitUntil(lambda: page.waiting.rows.length() == 0)
    assert [row.outcome for row in ask(suite, queries.released)] == [Outcome.POSITIVE]


def test_ones_own_proposal_has_a_lock_and_can_only_be_withdrawn(tube, shell, qtbot, suite):
    page = opened(shell, qtbot, tube[1])
    page.change.setCurrentIndex(page.change.findData(Change.CORRECT.value))
    page.outcome.setCurrentIndex(page.outcome.findData(Outcome.POSITIVE.value))
    qtbot.keyClicks(page.reason.edit, "read again")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.waiting.rows.length() == 1)
    assert page.waiting.rows.cell(0, 5).icon == "lock"
    page.waiting.go_to(0)
    qtbot.waitUntil(lambda: "Withdraw" in shown(page.drawer))
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert page.confirm.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.waiting.rows.length() == 0)
    assert [row.outcome for row in ask(suite, queries.released)] == [Outcome.NEGATIVE]


def test_a_number_that_was_not_released_says_so_in_the_field(shell, qtbot, register):
    [number] = register("Giàng A Páo")
    page = shell.open("results.doubts")
    qtbot.keyClicks(page.number.edit, number)
    qtbot.keyClick(page.number.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has not been released" in page.number._below.text())


def test_a_caller_is_answered_with_one_key(tube, shell, qtbot, suite):
    page = shell.open("results.calls")
    page.who.edit.setText("Giàng A Páo")
    qtbot.keyClick(page.who.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.swabs.rows.length() == 1)
    assert page.swabs.rows.cell(0, 4).spoken == "Negative"
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.caller.edit)
    qtbot.keyClicks(page.caller.edit, "his mother")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.calls.rows.length() == 1)
    [call] = ask(suite, queries.calls)
    assert (call.had, call.to_whom) == (True, "his mother")
    assert page.swabs.rows.length() == 0
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.who.edit)


def test_a_receiver_is_marked_as_told_and_taken_back(tube, shell, qtbot, suite):
    page = shell.open("results.notify")
    page.reload()
    qtbot.waitUntil(lambda: page.people.rows.length() == 1)
    with qtbot.waitSignal(page.offered) as offered:
        qtbot.keyClick(page, Qt.Key.Key_F9)
    assert ask(suite, queries.notify_rows, {})[0].told
    offered.args[1]()
    qtbot.waitUntil(lambda: not ask(suite, queries.notify_rows, {})[0].told)


def test_the_days_numbers_are_shown_as_a_message(tube, shell, qtbot):
    page = shell.open("results.notify")
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(page.drawer.isVisible)


def test_a_positive_is_told_early_with_one_key_and_the_pin(
    shell, qtbot, suite, register, measure, prove
):
    [number] = register("Hoàng Văn Tuấn")
    measure(2, {number: Outcome.POSITIVE})
    page = shell.open("results.release")
    page.reload()
    qtbot.waitUntil(lambda: page.alone.rows.length() == 1)
    page.alone.go_to(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F5)
    prove(page)
    qtbot.waitUntil(lambda: bool(ask(suite, queries.queue)[0].forewarned))
