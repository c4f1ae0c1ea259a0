"""Users, roles, settings and the audit trail in the window, by the keyboard."""

from datetime import UTC, datetime, timedelta

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.core.profiles import Profile
from admin_suite.db import settings as kept
from admin_suite.registry import roles, users
from admin_suite.registry.models import User
from admin_suite.registry.settings import IDLE
from admin_suite.ui.dates import lately
from admin_suite.ui.pages.roles import OWN
from admin_suite.ui.widgets.forms import Field
from tests.conftest import MODULES


def pressed(page, words):
    button = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == words)
    button.click()


def labelled_field(page, label):
    fields = page.drawer.findChildren(Field)
    return next(one for one in fields if one.edit.accessibleName() == label)


@pytest.fixture
def lan(suite):
    with suite.database.work(suite.actor) as work:
        return users.add_user(work, "lan", "clerk", "bon-nam-sau", "Nguyễn Thị Lan")


def user(suite, key):
    with suite.database.read(suite.actor) as work:
        return work.session.execute(
            select(User.role, User.active, User.password, User.pin).where(User.id == key)
        ).one()


def test_a_user_is_added_and_the_password_is_shown_once(shell, suite, qtbot):
    page = shell.open("registry.users")
    qtbot.waitUntil(lambda: page.model.length() == 3)
    page.add.click()
    for label, words in (("Full name", "Lý Thị Mẩy"), ("User name", "may.ly")):
        labelled_field(page, label).edit.setText(words)
    pressed(page, "Add")
    qtbot.waitUntil(lambda: page.model.length() == 4)
    qtbot.waitUntil(lambda: bool(page.drawer.findChildren(Field)[0].edit.isReadOnly()))
    word = page.drawer.findChildren(Field)[0].words
    with suite.database.work(suite.actor) as work:
        assert users.sign_in(work, "may.ly", word) is not None
    page.escape()
    page.table.opened.emit(0)
    assert word not in "".join(field.words for field in page.drawer.findChildren(Field))


def test_what_is_wrong_with_a_new_user_is_said_below_the_name(shell, qtbot):
    page = shell.open("registry.users")
    qtbot.waitUntil(page.add.isEnabled)
    page.add.click()
    field = labelled_field(page, "User name")
    qtbot.keyClicks(field.edit, "no one")
    pressed(page, "Add")
    qtbot.waitUntil(lambda: "one word, for" in field._below.text())


def test_a_user_gets_a_pin_another_role_and_is_switched_off(shell, suite, qtbot, lan):
    page = shell.open("registry.users")
    page.open_at(lan)
    qtbot.waitUntil(page.drawer.isVisible)
    before = user(suite, lan)
    page._give_role(page._user(lan), "gate")
    qtbot.waitUntil(lambda: user(suite, lan).role == "gate")
    page.open_at(lan)
    pressed(page, "Switch off")
    qtbot.waitUntil(lambda: not user(suite, lan).active)
    pressed(page, "New PIN")
    qtbot.keyClicks(labelled_field(page, "New PIN").edit, "2705")
    qtbot.keyClick(labelled_field(page, "New PIN").edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: user(suite, lan).pin != before.pin)


def test_space_grants_a_right_and_withdraws_it(shell, suite, qtbot):
    page = shell.open("registry.roles")
    qtbot.waitUntil(lambda: page.list is not None and page.list.model.length() > 10)
    page.list.table.put_filters({"right": "specimens up"})
    page.list.again()
    model, table = page.list.model, page.list.table
    line = model.place_of(lambda one: one.right.code == "lab.see")
    assert model.length() == 1
    column = OWN + next(n for n, one in enumerate(page._roles) if one.role == "gate")
    for held in (True, False):
        table.setCurrentIndex(model.index(line, column))
        qtbot.keyClick(table, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda held=held: model.cell(line, column).tick is held)
        with suite.database.read(suite.actor) as work:
            gate = next(row for row in roles.roles(work, MODULES) if row.role == "gate")
        assert ("lab.see" in gate.rights) is held


def test_rights_are_sorted_by_module_and_one_role_stands_alone(shell, qtbot):
    page = shell.open("registry.roles")
    qtbot.waitUntil(lambda: page.list is not None and page.list.model.length() > 10)
    page.list.table.headings.sort("module")
    parts = [page.list.model.line(at).part for at in range(page.list.model.length())]
    assert parts == sorted(parts)
    page.one.setCurrentIndex(page.one.findData("gate"))
    assert [column.name for column in page.list.model.columns] == ["right", "module", "gate"]
    assert page.lists == [page.list]


def test_a_role_of_ones_own_gets_a_column_and_goes_again(shell, suite, qtbot):
    page = shell.open("registry.roles")
    qtbot.waitUntil(page.add.isEnabled)
    page.add.click()
    labelled_field(page, "Name of the role").edit.setText("Cán bộ dân số")
    pressed(page, "Add")
    qtbot.waitUntil(lambda: page.one.currentText() == "Cán bộ dân số")
    assert page.remove.isVisible()
    page.remove.click()
    qtbot.waitUntil(lambda: page.one.currentText() == "All roles")
    with suite.database.read(suite.actor) as work:
        assert "can-bo-dan-so" not in roles.titles(work)


def test_a_setting_is_checked_before_it_is_stored(shell, suite, qtbot):
    page = shell.open("registry.settings")
    field = page.fields[IDLE.key]
    qtbot.waitUntil(lambda: field.words == "10")
    assert not page.store.isEnabled()
    field.edit.setText("999")
    page.store.click()
    assert "240" in field._below.text()
    field.edit.setText("25")
    page.store.click()
    qtbot.waitUntil(lambda: not page.store.isEnabled())
    with suite.database.read(suite.actor) as work:
        assert kept.value(work, IDLE) == 25


def test_another_kind_of_place_is_shown_at_once(shell, suite, qtbot):
    page = shell.open("registry.settings")
    choice = page.fields["house.profile"]
    qtbot.waitUntil(lambda: choice.currentData() == "full")
    choice.setCurrentIndex(choice.findData("gate"))
    with qtbot.waitSignal(shell.ruled) as told:
        page.store.click()
    assert told.args[0].profile is Profile.GATE
    there = suite.used_as(told.args[0].profile)
    assert [module.name for module in there.shown] == ["registry"]


def test_the_trail_is_filtered_opened_and_checked(shell, qtbot, lan):
    page = shell.open("registry.audit")
    qtbot.waitUntil(lambda: page.model.length() > 0)
    whole = page.model.length()
    page.table.headings.fields["did"].setText("added a user")
    qtbot.waitUntil(lambda: 0 < page.model.length() < whole)
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    assert page.drawer.accessibleName().startswith("Added a user")
    page.escape()
    page.escape()
    qtbot.waitUntil(lambda: page.model.length() >= whole)
    page.verify.click()
    qtbot.waitUntil(lambda: "whole" in page.notice.words)


def test_what_was_changed_about_a_user_is_undone_by_ctrl_z(shell, suite, qtbot, lan):
    page = shell.open("registry.users")
    page.open_at(lan)
    qtbot.waitUntil(page.drawer.isVisible)
    pressed(page, "Switch off")
    qtbot.waitUntil(lambda: not user(suite, lan).active and shell.toast.undo.isVisible())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(user(suite, lan).active))
    page._give_role(page._user(lan), "gate")
    qtbot.waitUntil(lambda: user(suite, lan).role == "gate" and shell.toast.undo.isVisible())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: user(suite, lan).role == "clerk")


def test_a_setting_is_put_back_by_ctrl_z(shell, suite, qtbot):
    page = shell.open("registry.settings")
    key = IDLE.key
    qtbot.waitUntil(lambda: key in page._known)
    before = page._known[key]
    page.fields[key].edit.setText("7")
    page.store.click()
    qtbot.waitUntil(lambda: page._known[key] == "7" and shell.toast.undo.isVisible())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._known[key] == before)


def test_a_right_that_a_colleague_has_granted_meanwhile_is_his_to_take_back(shell, suite, qtbot):
    page = shell.open("registry.roles")
    qtbot.waitUntil(lambda: page.list is not None and page.list.model.length() > 10)
    model, table = page.list.model, page.list.table
    line = model.place_of(lambda one: one.right.code == "lab.see")
    column = OWN + next(n for n, one in enumerate(page._roles) if one.role == "gate")
    with suite.database.work(suite.actor) as work:  # at another window
        roles.set_right(work, MODULES, "gate", "lab.see", granted=True)
    table.setCurrentIndex(model.index(line, column))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "colleague" in page.notice.words)
    qtbot.waitUntil(lambda: model.cell(line, column).tick is True)
    assert not shell.toast.undo.isVisible()


def test_what_a_colleague_has_set_meanwhile_is_said_before_it_is_written_over(shell, suite, qtbot):
    page = shell.open("registry.settings")
    field = page.fields[IDLE.key]
    qtbot.waitUntil(lambda: field.words == "10")
    with suite.database.work(suite.actor) as work:  # at another window
        kept.put(work, IDLE.key, "30")
    field.edit.setText("5")
    page.store.click()
    qtbot.waitUntil(lambda: "30 minutes" in page.notice.words)
    assert field.words == "5"
    qtbot.waitUntil(lambda: page._known[IDLE.key] == "30")
    page.store.click()
    qtbot.waitUntil(lambda: not page.store.isEnabled())
    with suite.database.read(suite.actor) as work:
        assert kept.value(work, IDLE) == 5


def test_a_day_of_the_trail_needs_no_year():
    today = here(datetime.now(UTC)).date()
    assert lately(f"{today.day}/{today.month}") == today.isoformat()
    later = today + timedelta(days=2)
    assert lately(f"{later:%d/%m}") == f"{later.year - 1}-{later:%m-%d}"
    assert lately("8/2021") == "2021-08"
