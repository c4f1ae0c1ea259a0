"""The pages under F7: the shift goes over, a PIN is kept, data come back from a backup."""

import pytest
from PyQt6.QtCore import QSettings, Qt

from admin_suite.core.permissions import Role
from admin_suite.core.profiles import Profile
from admin_suite.db import settings
from admin_suite.registry import shifts
from admin_suite.registry.models import User
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.registry.settings import PLACE
from admin_suite.ui.pages import handover as handover_page
from admin_suite.ui.window import Window
from modules.lab.codes import Outcome
from tests.gui.conftest import PIN


@pytest.fixture
def page(shell, qtbot, pinned, register, measure):
    numbers = register("Giàng A Páo", "Sùng Thị Mỷ")
    measure(2, {numbers[0]: Outcome.POSITIVE})
    made = shell.open("registry.handover")
    made.reload()
    qtbot.waitUntil(lambda: bool(made._looks))
    return made


def sign(qtbot, page, name, pin=PIN):
    page.name.edit.setText(name)
    page.word.edit.setText(pin)
    qtbot.keyClick(page.word.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.sign.isEnabled)


def test_a_shift_is_handed_over_and_signed_at_the_same_computer(page, qtbot, suite):
    page.notes.setPlainText("Hết găng tay")
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(page._sign_card.isVisible)
    assert page.give.isHidden()
    sign(qtbot, page, "no 2", "9999")
    assert "wrong" in page.word._below.text()
    sign(qtbot, page, "no 1")
    assert "nobody hands it to himself" in page.word._below.text()
    sign(qtbot, page, "no 2")
    qtbot.waitUntil(page._sign_card.isHidden)
    with suite.database.read(suite.actor) as work:
        (row,) = shifts.shifts(work)
    assert (row.giver, row.taker, row.notes) == ("no 1", "no 2", "Hết găng tay")


def test_a_hand_over_that_came_too_early_is_taken_back_with_its_notes(page, qtbot):
    page.notes.setPlainText("Hết găng tay")
    page.give.click()
    qtbot.waitUntil(page.take_back.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(page.give.isVisible)
    qtbot.waitUntil(lambda: page.notes.toPlainText() == "Hết găng tay")


def test_a_shift_of_another_role_hides_neither_notes_nor_the_button(page, qtbot, suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        work.session.get(User, 2).role = Role.QUARANTINE
    with suite.database.work(as_actor(2)) as work:
        shifts.hand_over(work, page.runner.modules, "")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    assert page._sign_card.isHidden()
    assert page.give.isVisible()


def test_notes_are_kept_while_they_are_written(page, qtbot, suite):
    page.notes.setPlainText("Hết găng tay")
    page._typing.timeout.emit()
    qtbot.waitUntil(lambda: _draft(suite) == "Hết găng tay")


def _draft(suite):
    with suite.database.read(suite.actor) as work:
        return shifts.draft(work)


def test_a_digit_opens_what_a_line_counts(page, shell, qtbot):
    opened = []
    page.go.disconnect()
    page.go.connect(lambda name, _key: opened.append(name))
    page.digit(1)
    page.digit(9)
    assert opened == ["lab.reception"]


def test_the_chosen_hand_over_is_printed(page, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr(handover_page, "print_file", lambda *given: printed.append(given[2]))
    page.give.click()
    qtbot.waitUntil(page._sign_card.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(printed))
    assert printed[0].startswith(b"%PDF")


def test_a_new_pin_takes_the_old_one(shell, qtbot, prove, suite):
    page = shell.open("registry.own")
    for words in ("123", "12345678901", "abcd"):
        page.pin.edit.setText(words)
        page.keep.click()
        assert page.confirm.isHidden()
        assert "4 to 8" in page.pin._below.text()
    page.pin.edit.setText("8051")
    page.again.edit.setText("8052")
    page.keep.click()
    assert "differ" in page.again._below.text()
    page.again.edit.setText("8051")
    qtbot.keyClick(page, Qt.Key.Key_F2)
    with qtbot.waitSignal(page.said):
        prove(page)
    page.confirmed("Try it", lambda: page.said.emit("done"))
    with qtbot.waitSignal(page.said):
        prove(page, "8051")


# -- backups --------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    """A new centre, founded in the window a moment ago."""
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Window(("lab", "results"), str(tmp_path / "fresh.db"), kept)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.opening.ready, timeout=20_000):
        made.opening.load()
    form = made.sign_in
    form.unit.edit.setText("Trạm Y tế xã Kim Sơn")
    form.kind.setCurrentIndex(form.kind.findData(Profile.STATION))
    form.admin.edit.setText("ha")
    form.new_password.edit.setText("matkhau22")
    form.again.edit.setText("matkhau22")
    with qtbot.waitSignal(made.opening.entered, timeout=20_000):
        form.begin.click()
    qtbot.waitUntil(lambda: made.shell is not None)
    yield made
    if made.shell is not None:
        made.leave()
    made.opening.wait()
    qapp.removeEventFilter(made.idle)


def confirm(qtbot, page):
    qtbot.waitUntil(page.confirm.isVisible)
    qtbot.keyClicks(page.confirm.edit, "matkhau22")  # no PIN is kept yet
    qtbot.keyClick(page.confirm.edit, Qt.Key.Key_Return)


def test_the_kind_of_place_is_asked_at_the_first_start(window):
    assert window.shell.runner.suite.profile is Profile.STATION
    assert len(window.shell.navigation.entries) <= 4


def test_data_come_back_from_a_backup_made_in_the_window(window, qtbot, tmp_path):
    page = window.shell.open("registry.backups")
    qtbot.keyClick(page, Qt.Key.Key_F2)
    confirm(qtbot, page)
    qtbot.waitUntil(lambda: page.model.length() == 1, timeout=20_000)
    assert page.model.line(0).whole
    runner = window.shell.runner
    with qtbot.waitSignal(runner.changed):
        runner.do(add_people, [NewPerson("Giàng A Páo", "1985")])
    with qtbot.waitSignal(runner.changed):
        runner.do(settings.put, PLACE.key, Profile.FULL.value)
    qtbot.waitUntil(lambda: window.shell.runner.suite.profile is Profile.FULL)
    page = window.shell.open("registry.backups")
    qtbot.waitUntil(page.back.isEnabled)
    page.back.click()
    assert "no longer there" in page.confirm.accessibleName()
    with qtbot.waitSignal(window.opening.restored, timeout=20_000):
        confirm(qtbot, page)
    assert window.shell is None
    sign_in = window.sign_in
    qtbot.waitUntil(sign_in.enter.isEnabled)
    assert "are back" in sign_in._place.text()
    sign_in.name.edit.setText("ha")
    sign_in.password.edit.setText("matkhau22")
    with qtbot.waitSignal(window.opening.entered, timeout=20_000):
        sign_in.enter.click()
    qtbot.waitUntil(lambda: window.shell is not None)
    assert window.shell.runner.suite.profile is Profile.STATION
    page = window.shell.open("registry.backups")
    qtbot.waitUntil(lambda: "by ha" in page._last.text())
    assert list(tmp_path.glob("fresh-before-restore-*.db"))


def test_a_damaged_backup_is_shown_and_cannot_be_brought_back(window, qtbot, tmp_path):
    page = window.shell.open("registry.backups")
    page.make.click()
    confirm(qtbot, page)
    qtbot.waitUntil(lambda: page.model.length() == 1, timeout=20_000)
    file = page.model.line(0).file
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    page.look.click()
    qtbot.waitUntil(lambda: not page.model.line(0).whole, timeout=20_000)
    assert not page.back.isEnabled()
