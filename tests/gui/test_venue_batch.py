"""What became of the posters of many venues is noted in one act."""

from datetime import UTC, datetime

import pytest
from PyQt6.QtCore import QDate, QItemSelectionModel
from sqlalchemy import select

from admin_suite.core.clock import here
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.models import Issue
from modules.venues.pages.batch import BatchCard, about
from modules.venues.pages.register import VenuesPage
from modules.venues.service import NewVenue, Step


@pytest.fixture
def page(qtbot, runner, suite):
    names = ("Chợ Phố Ràng", "Quán Hoa", "Quán Lá", "Bến xe")
    with suite.database.work(suite.actor) as work:
        made = service.register(work, [NewVenue(one, Kind.CAFE, "02947") for one in names])
        service.issue(work, made.ids[:3])
    page = VenuesPage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.model.length() == len(names))
    return page


def days(suite, column):
    with suite.database.read(suite.actor) as work:
        ids = [row.id for row in queries.venues(work, {})]
        doors = queries.entrance_rows(work, ids)
        return {door.venue: getattr(door, column) for door in doors}


def card_of(page):
    page.batch.click()
    return page.drawer.findChildren(BatchCard)[-1]


def test_the_posters_of_all_that_are_shown_are_handed_over_with_one_key(page, suite, qtbot):
    card = card_of(page)
    card.to.edit.setText("Lý A Sùng")
    card.steps[Step.HANDED].click()
    today = here(datetime.now(UTC)).date()
    qtbot.waitUntil(lambda: days(suite, "handed_on")["Quán Hoa"] == today)
    noted = days(suite, "handed_on")
    assert sorted(name for name, day in noted.items() if day) == [
        "Chợ Phố Ràng",
        "Quán Hoa",
        "Quán Lá",
    ]
    with suite.database.read(suite.actor) as work:
        assert set(work.session.scalars(select(Issue.handed_to))) == {"Lý A Sùng"}
    assert set(days(suite, "posted_on").values()) == {None}


def test_only_the_selected_ones_are_noted_and_named(page, suite, qtbot):
    lines = [page.model.place_of(lambda one, n=n: one.name == n) for n in ("Quán Hoa", "Quán Lá")]
    page.table.clearSelection()
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for line in lines:
        page.table.selectionModel().select(page.table.model().index(line, 0), how)
    card = card_of(page)
    card.steps[Step.POSTED].click()
    qtbot.waitUntil(lambda: any(days(suite, "posted_on").values()))
    noted = days(suite, "posted_on")
    assert sorted(name for name, day in noted.items() if day) == ["Quán Hoa", "Quán Lá"]


def test_a_batch_is_taken_back_with_one_key(page, suite, qtbot):
    offers = []
    page.offered.connect(lambda words, undo: offers.append((words, undo)))
    card = card_of(page)
    card.to.edit.setText("Lý A Sùng")
    card.steps[Step.HANDED].click()
    qtbot.waitUntil(lambda: len(offers) == 1)
    [(words, undo)] = offers
    assert words == "The day of 3 posters is noted"
    undo()
    qtbot.waitUntil(lambda: not any(days(suite, "handed_on").values()))
    assert not any(days(suite, "handed_to").values())


def test_a_day_before_the_codes_is_refused_with_both_days(page, suite, qtbot):
    card = card_of(page)
    card.day.setDate(QDate.currentDate().addDays(-3))
    with qtbot.waitSignal(page.runner.refused) as said:
        card.steps[Step.POSTED].click()
    assert "issued on" in said.args[0]
    assert not any(days(suite, "posted_on").values())


def test_without_a_code_nothing_is_asked(qtbot, runner, suite):
    with suite.database.work(suite.actor) as work:
        service.register(work, [NewVenue("Bến xe", Kind.TRANSPORT, "02947")])
    page = VenuesPage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page.batch.click()
    assert "issue them first" in page.notice.words
    assert page.drawer.findChildren(BatchCard) == []


def test_the_card_says_how_many_it_is_about(suite):
    with suite.database.work(suite.actor) as work:
        made = service.register(
            work, [NewVenue(f"Quán {n}", Kind.CAFE, "02947", entrances=2) for n in range(4)]
        )
        service.issue(work, made.ids)
        rows = queries.venues(work, {})
    assert about(rows) == "4 venues, 8 posters"
    assert about(rows[:1]) == f"1 venue, 2 posters: {rows[0].name}"
