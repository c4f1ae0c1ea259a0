"""Papers of people at home by keyboard: made, numbered, saved; the record of who left."""

from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt
from sqlalchemy import select

from admin_suite.registry.service import NewPerson, add_people
from admin_suite.ui import printing
from modules.quarantine.codes import Channel, Document, Group
from modules.quarantine.models import Issue
from modules.quarantine.queries.clocks import POLICY
from modules.quarantine.service.calls import call
from modules.quarantine.service.heads import abscond
from modules.quarantine.service.home import Terms, begin_at_home
from modules.quarantine.service.rules import begin

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def household(suite):
    """Two who live together, in quarantine at home since the day before yesterday."""
    with suite.database.work(suite.actor) as work:
        if not POLICY.versions(work):
            begin(work)
        rows = [
            NewPerson(name, "1990", phone=f"091234500{n}", commune_code="02947", address="Bản 3")
            for n, name in enumerate(("Lò Thị Mai", "Lò Văn Sơn"))
        ]
        since = work.today() - timedelta(days=2)
        return begin_at_home(work, add_people(work, rows).ids, Terms(Group.F1, since, since))


@pytest.fixture
def saved(monkeypatch):
    """What was asked to be saved, in place of the PIN and the file dialog."""
    found = []
    monkeypatch.setattr(printing, "save", lambda _page, wanted: found.append(wanted))
    return found


@pytest.fixture
def page(household, shell, qtbot):
    page = shell.open("quarantine.home_papers")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    return page


def made(suite):
    with suite.database.read(suite.actor) as work:
        query = select(Issue.episode_id, Issue.kind, Issue.number).order_by(Issue.id)
        return [tuple(row) for row in work.session.execute(query)]


def test_the_page_of_home_quarantine_leads_to_its_papers(household, shell, qtbot):
    page = shell.open("quarantine.home")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    with qtbot.waitSignal(page.go) as told:
        qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    assert told.args == ["quarantine.home_papers", 0]


def test_decisions_of_the_ticked_are_made_numbered_and_saved(page, household, qtbot, suite, saved):
    page.table.ticked.emit(1)
    assert page.make.words == "Make 1 decision"
    assert not page.save.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(page.numbers.box.isVisible)
    assert made(suite) == [(household[0], Document.DECISION, "")]
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.numbers.first.edit.property("wrong") == "true")
    qtbot.keyClicks(page.numbers.first.edit, "12")
    page.numbers.tail.edit.setText("/QĐ-UBND")
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: made(suite) == [(household[0], Document.DECISION, "12/QĐ-UBND")])
    qtbot.waitUntil(lambda: page.model.cell(0, 4).words == "12/QĐ-UBND")
    page.table.ticked.emit(0)
    assert "has this paper already (12/QĐ-UBND)" in page.notice.words
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: saved != [])
    [wanted] = saved
    assert (wanted.paper.name, wanted.values) == ("decision", {"batch": "1"})


def test_the_record_of_who_left_is_saved_for_its_day_and_commune(
    page, household, qtbot, suite, saved
):
    with suite.database.work(suite.actor) as work:
        day = work.today().isoformat()
        call(work, household[0], Channel.VISIT, "v")
        abscond(work, household[:1], "seen last at the market")
    page.kind.setCurrentIndex(page.kind.findData("GONE"))
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    assert page.model.cell(0, 4).words.startswith("left ")
    assert page.model.cell(0, 5).words == "seen last at the market"
    assert not page.make.isVisible()
    page.table.go_to(0)
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: saved != [])
    [wanted] = saved
    assert wanted.paper.name == "absconded_home"
    assert wanted.values == {"day": day, "commune": "02947"}
