"""Home quarantine by keyboard: calls line by line, who begins it, who goes to a facility."""

from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt
from sqlalchemy import select

from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.ui.widgets.buttons import Button
from modules.quarantine.codes import Channel, Ended, Group, Mark
from modules.quarantine.models import Case, Episode, HomeStay, Observation
from modules.quarantine.queries.arrivals import waiting
from modules.quarantine.queries.clocks import POLICY
from modules.quarantine.queries.households import at_home
from modules.quarantine.service import cases
from modules.quarantine.service.home import Terms, begin_at_home
from modules.quarantine.service.rules import begin

ENTER = Qt.Key.Key_Return


@pytest.fixture
def household(suite):
    """A mother and her child without a telephone, at home since the day before yesterday."""
    with suite.database.work(suite.actor) as work:
        if not POLICY.versions(work):
            begin(work)
        return start(work, ("Lò Thị Mai", "0912345001"), ("Lò Văn Sơn", ""))


def start(work, *people, days=2):
    since = work.today() - timedelta(days=days)
    rows = [
        NewPerson(name, "1990", Sex.F, phone, commune_code="02947", address="Bản 3")
        for name, phone in people
    ]
    ids = add_people(work, rows).ids
    return begin_at_home(work, ids, Terms(Group.F1, since, since))


def told(suite):
    with suite.database.read(suite.actor) as work:
        query = select(Observation.episode_id, Observation.channel, Observation.mark)
        return [tuple(row) for row in work.session.execute(query.order_by(Observation.id))]


@pytest.fixture
def page(household, shell, qtbot):
    page = shell.open("quarantine.home")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    return page


def deeds(page):
    """What the side card offers to do."""
    found = [one for one in page.drawer.findChildren(Button) if one.words]
    return [one.words for one in found] if all(one.isVisible() for one in found) else []


def type_(page, qtbot, words):
    qtbot.keyClicks(page.line.edit, words)
    qtbot.keyClick(page.line.edit, ENTER)


def test_calls_are_typed_line_by_line_and_who_was_heard_of_leaves_the_list(
    page, household, qtbot, suite
):
    assert page.model.cell(0, 0).words == "0912345001"
    assert page.model.cell(1, 0).words == "0912345001 (Lò Thị Mai)"
    type_(page, qtbot, ".")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    type_(page, qtbot, "384 95 ho")
    qtbot.waitUntil(lambda: page.model.length() == 0)
    qtbot.waitUntil(lambda: page.alerts.rows.length() == 1)
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.model.length() == 2)
    assert told(suite) == [(key, Channel.CALL, None) for key in household]
    page.alerts.opened.emit(0)
    qtbot.waitUntil(lambda: page.alerts.rows.length() == 0)


def test_whoever_does_not_answer_stays_and_the_next_is_asked_for(page, household, qtbot, suite):
    type_(page, qtbot, "k")
    qtbot.waitUntil(lambda: page.model.cell(0, 3).status.word == "No answer (1)")
    assert page.model.length() == 2
    assert page.table.currentIndex().row() == 1
    page.table.go_to(0)
    type_(page, qtbot, "k")
    qtbot.waitUntil(lambda: page.model.cell(0, 3).status.word == "Go there, no answer")
    assert told(suite) == [(household[0], Channel.CALL, Mark.NO_ANSWER)] * 2


def test_a_call_is_taken_back(page, shell, qtbot, suite):
    type_(page, qtbot, ".")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    qtbot.waitUntil(shell.toast.undo.isVisible)
    qtbot.keyClick(page.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.length() == 2)
    assert told(suite) == []


def test_what_only_a_visit_can_tell_is_refused_of_a_call_and_stays_typed(page, qtbot):
    type_(page, qtbot, "v")
    qtbot.waitUntil(page.notice.isVisible)
    assert "Choose the visit" in page.notice.words
    assert page.line.words == "v"


def test_nobody_at_home_is_looked_for_and_reported(page, household, qtbot, suite):
    page.how.setCurrentIndex(page.how.findData(Channel.VISIT.value))
    type_(page, qtbot, "v")
    qtbot.waitUntil(lambda: page.model.cell(0, 3).status.word == "Look for this person")
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.line.edit.property("wrong") == "true")
    qtbot.keyClicks(page.line.edit, "seen last at the market")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    with suite.database.read(suite.actor) as work:
        [stay] = work.session.scalars(select(HomeStay).where(HomeStay.ends_at.is_not(None)))
        assert (stay.ended, stay.reason) == (Ended.ABSCONDED, "seen last at the market")


def test_somebody_of_the_register_begins_at_home_by_keyboard(page, qtbot, suite):
    with suite.database.work(suite.actor) as work:
        [new] = add_people(work, [NewPerson("Giàng A Páo", "1985", Sex.M, "0912345009")]).ids
    qtbot.keyClick(page, Qt.Key.Key_F2)
    form = page.beginning
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: form.who.field.edit.property("wrong") == "true")
    qtbot.keyClicks(form.who.edit, "Giang A Pao")
    qtbot.keyClick(form.who.edit, ENTER)
    qtbot.waitUntil(lambda: list(form.people) == [new])
    qtbot.keyClicks(form.contact.edit, "32/1/2021")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: form.contact.edit.property("wrong") == "true")
    form.contact.edit.clear()
    qtbot.keyClick(form.case.edit, ENTER)
    qtbot.waitUntil(lambda: page.model.length() == 3)
    assert not page.drawer.isVisible()


def test_from_home_to_a_facility_and_back_by_taking_it_back(page, household, shell, qtbot, suite):
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    with suite.database.read(suite.actor) as work:
        assert [one.id for one in waiting(work)] == household[:1]
    qtbot.waitUntil(shell.toast.undo.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.length() == 2)


def test_a_positive_at_home_is_previewed_and_acted_on(page, household, qtbot, suite):
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: deeds(page) == ["Do all of this"])
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    with suite.database.read(suite.actor) as work:
        assert list(at_home(work)) == household[1:]
        assert work.session.scalars(select(Case.removed_at)).one() is not None


def test_whoever_was_followed_to_the_end_is_let_go_with_one_key(page, shell, qtbot, suite):
    with suite.database.work(suite.actor) as work:
        [long] = start(work, ("Vàng Thị Sua", "0912345002"), days=40)
    page.reload()
    qtbot.waitUntil(page.finish.isVisible)
    assert page.model.length() == 2
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not page.finish.isVisible())
    with suite.database.read(suite.actor) as work:
        assert work.session.get_one(Episode, long).ended is Ended.DISCHARGED


def test_somebody_of_another_household_is_shown_what_follows_and_moved(
    page, household, shell, qtbot, suite
):
    with suite.database.work(suite.actor) as work:
        [other] = start(work, ("Vàng Thị Sua", "0912345002"))
        cases.confirm(work, cases.report(work, household[0], work.today().isoformat()), None)
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 2)
    place = page.model.place_of(lambda one: one.id == household[1])
    page.table.opened.emit(place)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F3)
    form = page.rehousings
    qtbot.waitUntil(lambda: deeds(page) == ["Move to this household"])
    qtbot.waitUntil(lambda: form.effects.count() == 3)
    qtbot.keyClicks(form.mate.edit, "Vang Thi")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: form.mate.edit.property("wrong") == "true")
    qtbot.keyClicks(form.mate.edit, " Sua")
    qtbot.keyClick(form.mate.edit, ENTER)
    qtbot.waitUntil(lambda: form.effects.count() == 3)
    assert "Lò Văn Sơn" in form.effects.itemAt(2).widget().text()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: homes_of(suite, household[1]) == homes_of(suite, other))
    qtbot.waitUntil(shell.toast.undo.isVisible)
    qtbot.keyClick(page.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: homes_of(suite, household[1]) != homes_of(suite, other))


def homes_of(suite, key):
    with suite.database.read(suite.actor) as work:
        return at_home(work)[key].household_id
