"""The rules of venues on their page: read, tried and adopted."""

import pytest
from PyQt6.QtWidgets import QPlainTextEdit

from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Field
from modules.venues.pages.rules import RulesPage
from modules.venues.queries.limits import keeping


@pytest.fixture
def page(qtbot, runner):
    made = RulesPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.model.length() == 3)
    return made


def spoken(field):
    return field.edit.accessibleName()


def press(page, words):
    [one for one in page.drawer.findChildren(Button) if one.words == words][-1].click()


def test_a_rule_is_changed_after_a_look_at_what_it_does(page, suite, qtbot):
    at = page.model.place_of(lambda one: one[0].code == "venues.keeping")
    rule = page.model.line(at)[0]
    page.show_rule(*page.model.line(at))
    page.ask_change(rule)
    area = page.drawer.findChildren(QPlainTextEdit)[-1]
    first, *others = area.toPlainText().splitlines()
    area.setPlainText("\n".join((first.replace("60", "30"), *others)))
    press(page, "Show what it changes")
    qtbot.waitUntil(lambda: page.effects.count() > 0)
    with qtbot.waitSignal(page.runner.refused):
        press(page, "Adopt")  # by which decision?
    source = [one for one in page.drawer.findChildren(Field) if "decision" in spoken(one)][-1]
    source.edit.setText("Quyết định 12/QĐ-TTYT")
    press(page, "Adopt")

    def adopted():
        with suite.database.read(suite.actor) as work:
            return keeping(work).value.days[0]

    qtbot.waitUntil(lambda: adopted() == ("DESK", 30))
