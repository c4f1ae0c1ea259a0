"""A window that is left alone is locked, whatever the clock does and however somebody types."""

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QLineEdit

from admin_suite.ui.idle import Idle


def test_a_while_without_a_key_locks_and_a_key_puts_it_off(qtbot):
    now = [0.0]
    idle = Idle(None, lambda: now[0])
    idle.watch(10)
    now[0] = 599.0
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not idle.eventFilter(None, press)
    now[0] = 601.0
    with qtbot.assertNotEmitted(idle.long):
        idle.timer.timeout.emit()
    now[0] = 1200.0
    with qtbot.waitSignal(idle.long):
        idle.timer.timeout.emit()
    idle.watch(0)
    assert not idle.timer.isActive()


def test_a_computer_that_slept_is_locked_by_the_first_key(qtbot):
    now = [0.0]
    idle = Idle(None, lambda: now[0])
    idle.watch(10)
    now[0] = 7_200.0
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(idle.long):
        idle.eventFilter(None, press)


@pytest.fixture
def late(qtbot, qapp):
    """A field that is watched, a minute before it would be left alone too long."""
    now = [0.0]
    idle, field = Idle(None, lambda: now[0]), QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    idle.watch(10)
    now[0] = 540.0
    yield idle, field, now
    qapp.removeEventFilter(idle)


def test_who_composes_by_an_input_method_is_there(late, qtbot, qapp):
    """A keyboard such as ibus-unikey keeps the keys to itself and hands over letters."""
    idle, field, now = late
    qapp.sendEvent(field, QInputMethodEvent("Giàn", []))
    now[0] = 660.0
    with qtbot.assertNotEmitted(idle.long):
        idle.timer.timeout.emit()
    composed = QInputMethodEvent()
    composed.setCommitString("Giàng")
    qapp.sendEvent(field, composed)
    assert field.text() == "Giàng"
    now[0] = 1_240.0
    with qtbot.assertNotEmitted(idle.long):
        idle.timer.timeout.emit()


def test_a_key_that_a_shortcut_takes_counts_too(late, qtbot):
    idle, field, now = late
    taken = []
    QShortcut(QKeySequence("F9"), field, lambda: taken.append(1))
    qtbot.keyPress(field, Qt.Key.Key_F9)
    now[0] = 660.0
    assert taken
    with qtbot.assertNotEmitted(idle.long):
        idle.timer.timeout.emit()


def test_a_clock_that_is_put_back_does_not_keep_a_window_open(qtbot, qapp):
    now = [4_000_000_000.0]
    idle = Idle(None, lambda: now[0])
    idle.watch(10)
    now[0] = 1_000_000_000.0  # the server of time has put it right
    with qtbot.assertNotEmitted(idle.long):
        idle.timer.timeout.emit()
    assert idle.timer.interval() <= 600_000
    now[0] += 601
    with qtbot.waitSignal(idle.long):
        idle.timer.timeout.emit()
    qapp.removeEventFilter(idle)
