"""The rules of venues on their page: read, tried, adopted, and applied to earlier stays."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PyQt6.QtWidgets import QLabel, QPlainTextEdit
from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.registry.service import NewPerson
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.models import Stay
from modules.venues.pages.rules import RulesPage
from modules.venues.queries.limits import keeping, limits


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


def test_earlier_stays_are_counted_and_then_computed_anew(page, suite, qtbot):
    with suite.database.work(suite.actor) as work:
        [key] = service.register(work, [service.NewVenue("Quán Hoa", Kind.CAFE, "02947")]).ids
        [venue] = queries.venue_rows(work, [key])
        at = stamp(work.now() - timedelta(days=3))
        who = NewPerson("Lý A Páo", phone="0912345678")
        service.note_checkins(work, [service.NewCheckin(who, venue.number, at)])
        rule = limits(work)
        usual = tuple((kind, 20 if kind == "CAFE" else n) for kind, n in rule.usual)
        service.adopt_limits(work, replace(rule, usual=usual), work.today(), "QĐ 12")

    def minutes():
        with suite.database.read(suite.actor) as work:
            return work.session.scalars(select((Stay.t_out - Stay.t_in) / 60)).one()

    press_head = next(b for b in page.findChildren(Button) if b.words.startswith("Compute earlier"))
    press_head.click()
    assert page.drawer.findChildren(Day)[-1].iso < stamp(work.now())[:10]
    press(page, "Count what would change")
    qtbot.waitUntil(lambda: page.effects.count() > 0)
    told = [one.text() for one in page.effects.itemAt(0).widget().findChildren(QLabel)]
    assert told[-1] == "1"
    assert minutes() == 60
    press(page, "Compute anew")
    qtbot.waitUntil(lambda: minutes() == 20)
