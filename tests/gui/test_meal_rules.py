"""The rules of meals on their page: read, tried and adopted."""

import pytest
from PyQt6.QtWidgets import QPlainTextEdit

from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Field
from modules.quarantine.codes import Group, Payer
from modules.quarantine.queries.payers import PAYERS
from modules.quarantine.service.rules import begin


@pytest.fixture
def page(suite, shell, qtbot):
    with suite.database.work(suite.actor) as work:
        if not PAYERS.versions(work):
            begin(work)
    made = shell.open("quarantine.meal_rules")
    qtbot.waitUntil(lambda: made.model.length() == 2)
    return made


def press(page, words):
    [one for one in page.drawer.findChildren(Button) if one.words == words][-1].click()


def test_who_pays_for_a_group_is_changed_after_a_look_at_what_it_does(page, suite, qtbot):
    at = page.model.place_of(lambda one: one[0].code == PAYERS.code)
    page.show_rule(*page.model.line(at))
    page.ask_change(page.model.line(at)[0])
    area = page.drawer.findChildren(QPlainTextEdit)[-1]
    assert area.toPlainText() == "Entered the country | The person"
    area.setPlainText("Entered the country | State budget\nSymptomatic | Sponsor")
    press(page, "Show what it changes")
    qtbot.waitUntil(lambda: page.effects.count() > 0)
    with qtbot.waitSignal(page.runner.refused):
        press(page, "Adopt")  # by which decision?
    fields = page.drawer.findChildren(Field)
    source = [one for one in fields if "decision" in one.edit.accessibleName()][-1]
    source.edit.setText("Quyết định 12/QĐ-UBND")
    press(page, "Adopt")

    def adopted():
        with suite.database.read(suite.actor) as work:
            return PAYERS.at(work, work.today()).value

    qtbot.waitUntil(lambda: adopted().of(Group.SYMPTOMATIC) is Payer.SPONSOR)
    assert adopted().of(Group.ENTRANT) is Payer.STATE


def test_the_page_of_payers_leads_to_the_rule_of_the_groups(page, shell, qtbot):
    payers = shell.open("quarantine.payers")
    with qtbot.waitSignal(payers.go) as told:
        payers.rules.click()
    assert told.args == ["quarantine.meal_rules", 0]
