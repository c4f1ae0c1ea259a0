import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtPdf import QPdfDocument

from modules.lab.codes import Outcome
from modules.results import queries


@pytest.fixture
def release(shell, qtbot, register, measure):
    numbers = register("Giàng A Páo", "Sùng Thị Mỷ", "Hoàng Văn Tuấn")
    measure(2, dict.fromkeys(numbers[:2], Outcome.NEGATIVE) | {numbers[2]: Outcome.POSITIVE})
    own = register("Lý Láo Lở")
    measure(1, dict.fromkeys(own, Outcome.NEGATIVE))
    page = shell.open("results.release")
    qtbot.waitUntil(lambda: page.negatives.rows.length() == 3)
    return page


def _open(suite):
    with suite.database.read(suite.actor) as work:
        waiting = queries.queue(work)
    return {line.outcome for line in waiting}, len(waiting)


def test_one_key_and_the_pin_sign_every_negative_of_somebody_else(release, qtbot, suite, prove):
    assert release.together.words == "Release 2 negative"
    qtbot.keyClick(release, Qt.Key.Key_F8)
    prove(release)
    qtbot.waitUntil(lambda: release.negatives.rows.length() == 1)
    assert _open(suite)[1] == 2


def test_what_is_not_ticked_is_left(release, qtbot, prove):
    release.negatives.ticked.emit(0)
    assert release.together.words == "Release 1 negative"
    qtbot.keyClick(release, Qt.Key.Key_F8)
    prove(release)
    qtbot.waitUntil(lambda: release.negatives.rows.length() == 2)


def test_ones_own_results_cannot_be_ticked_and_say_so(release):
    own = release.negatives.rows.length() - 1
    assert release.negatives.rows.cell(own, 0).icon == "lock"
    release.negatives.ticked.emit(own)
    assert "somebody else must release it" in release.notice.words
    assert release.together.words == "Release 2 negative"


def test_a_positive_is_opened_and_signed_alone(release, qtbot, suite, prove):
    release.alone.go_to(0)
    qtbot.waitUntil(release.drawer.isVisible)
    qtbot.keyClick(release, Qt.Key.Key_F9)
    prove(release)
    qtbot.waitUntil(lambda: release.alone.rows.length() == 0)
    assert _open(suite)[0] == {Outcome.NEGATIVE}
    qtbot.waitUntil(lambda: not release.drawer.isVisible())


def test_going_back_to_the_bench_needs_a_reason(release, qtbot, suite):
    release.alone.go_to(0)
    qtbot.waitUntil(release.drawer.isVisible)
    qtbot.keyClick(release, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: release.window().focusWidget() is release.reason.edit)
    assert _open(suite)[1] == 4
    qtbot.keyClicks(release.reason.edit, "Control failed")
    qtbot.keyClick(release, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: release.alone.rows.length() == 0)
    assert _open(suite)[1] == 3


def test_an_empty_queue_says_what_will_come(shell, qtbot):
    page = shell.open("results.release")
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)


def test_the_list_is_shown_as_it_will_be_printed(release, shell, qtbot, prove):
    qtbot.keyClick(release, Qt.Key.Key_F8)
    prove(release)
    qtbot.waitUntil(lambda: release.negatives.rows.length() == 1)
    page = shell.open("results.lists")
    qtbot.waitUntil(page.print.isEnabled)
    assert page.stack.currentIndex() == 0
    qtbot.waitUntil(lambda: page.view.findChild(QPdfDocument).pageCount() > 0)


def test_without_the_right_pin_nothing_is_released(release, qtbot, suite, prove):
    qtbot.keyClick(release, Qt.Key.Key_F8)
    prove(release, "9999")
    qtbot.waitUntil(lambda: "wrong" in release.confirm.accessibleName())
    assert release.confirm.edit.hasFocus()
    assert _open(suite)[1] == 4
    qtbot.keyClick(release.confirm.edit, Qt.Key.Key_Escape)
    assert release.confirm.isHidden()
    assert _open(suite)[1] == 4


def test_after_five_wrong_pins_it_is_said_that_only_the_password_counts(release, qtbot, prove):
    qtbot.keyClick(release, Qt.Key.Key_F8)
    for _try in range(5):
        assert "only the password" not in release.confirm.accessibleName()
        prove(release, "9999")
        qtbot.waitUntil(release.confirm.go.isEnabled)
    assert "only the password counts now" in release.confirm.accessibleName()
    assert release.confirm.edit.accessibleName() == "Password"
    qtbot.keyClick(release.confirm.edit, Qt.Key.Key_Escape)
    qtbot.keyClick(release, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "only the password counts" in release.confirm.accessibleName())


def test_many_negatives_take_three_acts_and_a_positive_four(shell, qtbot, register, measure, prove):
    numbers = register(*(f"Người {n}" for n in range(95)))
    measure(2, dict.fromkeys(numbers[:94], Outcome.NEGATIVE) | {numbers[94]: Outcome.POSITIVE})
    acts = ["Ctrl+PgDown to the page"]
    page = shell.open("results.release")
    page.reload()
    qtbot.waitUntil(lambda: page.negatives.rows.length() > 0)
    assert page.negatives.rows.length() == 94
    qtbot.keyClick(page, Qt.Key.Key_F8)
    acts.append("F8")
    prove(page)
    acts.append("PIN and Enter")
    qtbot.waitUntil(lambda: page.negatives.rows.length() == 0)
    assert len(acts) <= 4
    acts = ["Ctrl+PgDown to the page"]
    page.alone.go_to(0)
    acts.append("the line")
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    acts.append("F9")
    prove(page)
    acts.append("PIN and Enter")
    qtbot.waitUntil(lambda: page.alone.rows.length() == 0)
    assert len(acts) <= 5
