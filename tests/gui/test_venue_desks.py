"""The desk of a venue, the inspection list and the deletion, by their keys."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PyQt6.QtCore import QItemSelectionModel
from sqlalchemy import func, select

from admin_suite.core.clock import ZONE, here, stamp
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind, Way
from modules.venues.models import Checkin, Hold, Issue
from modules.venues.pages.desk import VenueDeskPage, said_at
from modules.venues.pages.inspection import InspectionPage
from modules.venues.pages.keeping import KeepingPage
from modules.venues.queries.visits import last_stays
from modules.venues.service import NewCheckin, NewVenue


@pytest.fixture
def cafe(suite):
    with suite.database.work(suite.actor) as work:
        [key] = service.register(work, [NewVenue("Quán Hoa", Kind.CAFE, "02947", capacity=9)]).ids
        work.clock = lambda: datetime.now(UTC) - timedelta(days=90)
        service.issue(work, [key])
        number = queries.venue_rows(work, [key])[0].number
        old = stamp(work.now() - timedelta(days=1))
        person = NewPerson("Lý Văn Cũ", phone="0912345000")
        service.note_checkins(work, [NewCheckin(person, number, old)])
    return key


def shown(qtbot, page):
    qtbot.addWidget(page)
    page.reload()
    return page


def ways(suite):
    with suite.database.read(suite.actor) as work:
        return list(work.session.scalars(select(Checkin.way).order_by(Checkin.id)))


def test_a_card_and_one_key_note_who_comes_and_who_leaves(qtbot, runner, suite, cafe):
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: bool(page.venue.code))
    for wanted, ago in ((Way.IN, 30), (Way.OUT, 10), (Way.OUT, 10)):  # the last is scanned twice
        page.time.edit.setText(f"{here(datetime.now(UTC) - timedelta(minutes=ago)):%H:%M}")
        page.form.fields["name"].edit.setText("Lý Thị Mẩy")
        page.form.fields["phone"].edit.setText("0912345678")
        page.temperature.edit.setText("36,5")
        page.deeds[Way.BOTH].click()
        qtbot.waitUntil(lambda wanted=wanted: ways(suite)[-1] is wanted)
        qtbot.waitUntil(lambda: page.form.fields["name"].words == "")
    assert ways(suite)[1:] == [Way.IN, Way.OUT]


def test_what_cannot_be_a_temperature_is_said_below_the_field(qtbot, runner, suite, cafe):
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: bool(page.venue.code))
    page.form.fields["name"].edit.setText("Lý Thị Mẩy")
    page.temperature.edit.setText("nóng")
    page.deeds[Way.IN].click()
    assert page.temperature.edit.property("wrong") == "true"
    assert len(ways(suite)) == 1


def put_in(suite, cafe, *names):
    with suite.database.work(suite.actor) as work:
        number = queries.venue_rows(work, [cafe])[0].number
        for name in names:
            service.pass_by(work, NewCheckin(NewPerson(name), number), Way.IN)


def test_who_is_selected_leaves_and_a_mistake_is_taken_back_by_a_second_key(
    qtbot, runner, suite, cafe
):
    put_in(suite, cafe, "Lý A", "Lý B")
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: page.model.length() == 2)
    page.out.click()
    assert "Select somebody" in page.notice.words
    page.table.selectRow(0)
    page.out.click()
    qtbot.waitUntil(lambda: ways(suite)[1:] == [Way.IN, Way.IN, Way.OUT])
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page.table.selectRow(0)
    page.mistake.click()
    assert "Lý B" in page.notice.words
    assert len(ways(suite)) == 4
    page.mistake.click()
    qtbot.waitUntil(lambda: ways(suite)[1:] == [Way.IN, Way.OUT])


def test_what_cannot_be_is_marked_where_it_was_typed(qtbot, runner, suite, cafe):
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: bool(page.venue.code))
    page.form.fields["name"].edit.setText("Lý Thị Mẩy")
    page.temperature.edit.setText("55")
    page.deeds[Way.IN].click()
    qtbot.waitUntil(lambda: page.temperature.edit.property("wrong") == "true")
    assert len(ways(suite)) == 1


@pytest.mark.parametrize(
    ("now", "typed", "told"),
    [
        ((0, 10), (23, 50), "2021-08-19T23:50"),
        ((0, 10), (0, 5), "2021-08-20T00:05"),
        ((8, 0), (17, 0), "2021-08-20T17:00"),
        ((23, 50), (0, 5), "2021-08-20T00:05"),
    ],
)
def test_an_hour_just_after_midnight_is_of_the_evening_before(now, typed, told):
    assert said_at(time(*typed), datetime(2021, 8, 20, *now, tzinfo=ZONE)) == told


def test_a_quiet_poster_is_inspected_and_noted_as_seen(qtbot, runner, suite, cafe):
    page = shown(qtbot, InspectionPage(runner))
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page.table.selectRow(0)
    page.seen.click()
    today = here(datetime.now(UTC)).date()

    def seen():
        with suite.database.read(suite.actor) as work:
            return work.session.scalar(select(Issue.seen_on))

    qtbot.waitUntil(lambda: seen() == today)


def test_what_is_over_is_counted_held_and_deleted(qtbot, runner, suite, cafe):
    page = shown(qtbot, KeepingPage(runner))
    qtbot.waitUntil(page.delete.isEnabled)
    with suite.database.read(suite.actor) as work:
        person = work.session.scalar(select(Checkin.person_id))
    page.form.who.put(person, "Lý Văn Cũ")
    page.form.since.setDate(page.form.since.date().addDays(-200))
    page.form.reason.edit.setText("Ca 12")
    page._hold()

    def holds():
        with suite.database.read(suite.actor) as work:
            return work.session.scalar(select(func.count(Hold.id)))

    qtbot.waitUntil(lambda: holds() == 1)
    page.reload()
    qtbot.waitUntil(lambda: not page.delete.isEnabled())
    page.held.selectRow(0)
    page.lift.click()
    page.reload()
    qtbot.waitUntil(page.delete.isEnabled)
    page._delete()
    qtbot.waitUntil(lambda: ways(suite) == [])
    with suite.database.read(suite.actor) as work:
        assert last_stays(work, person) == []


def test_every_hold_that_is_selected_is_lifted(qtbot, runner, suite, cafe):
    with suite.database.work(suite.actor) as work:
        for case in ("Ca 12", "Ca 13", "Ca 14"):
            service.hold_venue(work, cafe, case, date(2021, 8, 1))
    page = shown(qtbot, KeepingPage(runner))
    qtbot.waitUntil(lambda: page.holds.length() == 3)
    page.held.selectRow(0)
    below = page.held.model().index(1, 0)
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.held.selectionModel().select(below, how)
    page.lift.click()

    def lifted():
        with suite.database.read(suite.actor) as work:
            return work.session.scalar(
                select(func.count(Hold.id)).where(Hold.lifted_at.is_not(None))
            )

    qtbot.waitUntil(lambda: lifted() == 2)


def test_of_several_venues_the_desk_says_which_by_choosing_or_by_its_code(
    qtbot, runner, suite, cafe
):
    with suite.database.work(suite.actor) as work:
        market = NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947", entrances=2)
        [other] = service.register(work, [market]).ids
        service.issue(work, [other])
        _one, second = queries.texts(work, queries.entrance_rows(work, [other]))
        number = queries.venue_rows(work, [other])[0].number
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: page.venue.count() == 3)
    page.form.fields["name"].edit.setText("Lý Thị Mẩy")
    page.deeds[Way.IN].click()
    assert "Choose the venue first" in page.notice.words
    page.form.fields["name"].edit.setText(second)
    page.deeds[Way.IN].click()
    qtbot.waitUntil(lambda: page.venue.code == number and page.entrance.currentData() == 2)
    assert page.form.fields["name"].words == ""
    assert len(ways(suite)) == 1
    page.venue.line.setText(number)
    page.venue.line.editingFinished.emit()
    qtbot.waitUntil(lambda: page.venue.code == number)
    page.venue.line.setText("99999Z")
    page.venue.line.editingFinished.emit()
    qtbot.waitUntil(lambda: "no venue of the register" in page.notice.words)
    assert not page.scanned("Lý Thị Mẩy")


def test_the_choice_of_venues_says_how_many_are_at_each_now(qtbot, runner, suite, cafe):
    page = shown(qtbot, VenueDeskPage(runner))
    qtbot.waitUntil(lambda: page.venue.count() > 1)
    assert "there now" not in page.venue.itemText(1)
    with suite.database.work(suite.actor) as work:
        [row] = queries.venue_rows(work, [cafe])
        who = NewPerson("Lý Thị Mẩy", phone="0912345678")
        service.pass_by(work, NewCheckin(who, row.number), Way.IN)
    page.reload()
    qtbot.waitUntil(lambda: "1 there now" in page.venue.itemText(1))
    assert page.venue.code == row.number
