"""Check-ins are held in the window: of a person or a venue, until a day, and taken back."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import func, select

from admin_suite.core.permissions import Actor
from admin_suite.registry.service import NewPerson
from admin_suite.ui.widgets.buttons import Button
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.models import Checkin, Hold
from modules.venues.pages.keeping import KeepingPage
from modules.venues.pages.register import VenuesPage
from modules.venues.queries import keeping
from modules.venues.service import NewCheckin, NewVenue
from tests.conftest import EVERYTHING, InlineRunner

LONG_AGO = datetime.now(UTC) - timedelta(days=91)


@pytest.fixture
def cafe(suite):
    """A café, closed since, with one check-in that is past its time."""
    with suite.database.work(suite.actor) as work:
        [key] = service.register(work, [NewVenue("Quán Hoa", Kind.CAFE, "02947")]).ids
        number = queries.venue_rows(work, [key])[0].number
        at = LONG_AGO.strftime("%Y-%m-%dT%H:%M")
        person = NewPerson("Lý Văn Cũ", phone="0912345000")
        service.note_checkins(work, [NewCheckin(person, number, at)])
    return key


@pytest.fixture
def page(qtbot, runner, cafe):
    made = KeepingPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.form.venue.count() == 2 and made.delete.isEnabled())
    made.undo = []
    made.offered.connect(lambda _words, undo: made.undo.append(undo))
    return made


def in_force(suite):
    with suite.database.read(suite.actor) as work:
        return [one for one in keeping.holds(work) if one.lifted_at is None]


def fill(page, cafe=0, since=100, until="", reason="Ổ dịch quán Hoa"):
    form = page.form
    if cafe:
        form.venue.line.setText("quán hoa")  # found by any part of its words
    form.since.setDate(form.since.date().addDays(-since))
    form.until.edit.setText(until)
    form.reason.edit.setText(reason)
    page._hold()


def test_a_venue_is_held_listed_lifted_and_each_is_taken_back(page, suite, qtbot, cafe):
    fill(page, cafe, until="31/12/2099")
    qtbot.waitUntil(lambda: page.holds.length() == 1)
    [one] = in_force(suite)
    assert (one.venue_id, one.person_id, one.what) == (cafe, None, "Quán Hoa")
    assert (one.until, one.reason) == (date(2099, 12, 31), "Ổ dịch quán Hoa")
    qtbot.waitUntil(lambda: not page.delete.isEnabled())
    assert (page.form.venue.code, page.form.reason.words) == ("", "")
    page.undo.pop()()
    qtbot.waitUntil(page.delete.isEnabled)
    assert in_force(suite) == []
    fill(page, cafe)
    qtbot.waitUntil(lambda: len(in_force(suite)) == 1)
    page.held.selectRow(0)
    page.lift.click()
    qtbot.waitUntil(page.delete.isEnabled)
    page.undo.pop()()
    qtbot.waitUntil(lambda: not page.delete.isEnabled())
    assert [one.until for one in in_force(suite)] == [None]


@pytest.mark.parametrize(
    ("filled", "field", "told"),
    [
        ({"until": "hôm nào"}, "until", "“hôm nào” is no day"),
        ({"until": "1/1/2020"}, "until", "The last day is before the first."),
        ({"reason": " "}, "reason", "Say for which case"),
    ],
)
def test_what_is_wrong_is_said_below_its_field(page, suite, cafe, filled, field, told):
    fill(page, cafe, **filled)
    one = getattr(page.form, field)
    assert one.edit.property("wrong") == "true"
    assert told in one._below.text()
    assert in_force(suite) == []


def test_it_is_said_whom_a_hold_is_about(page, suite, cafe):
    fill(page)
    assert "Say whose check-ins" in page.notice.words
    page.form.venue.line.setText("Quán chưa có")
    fill(page)
    assert "no venue of the register" in page.notice.words
    with suite.database.read(suite.actor) as work:
        page.form.who.put(work.session.scalar(select(Checkin.person_id)), "Lý Văn Cũ")
    fill(page, cafe)
    assert "a person or a venue" in page.notice.words
    assert in_force(suite) == []


def test_a_case_is_held_from_as_many_days_before_as_the_rule_of_results_says(page):
    today = datetime.now(UTC) + timedelta(hours=7)
    assert page.form.since.iso == (today - timedelta(days=14)).date().isoformat()


def test_the_card_of_a_venue_leads_to_its_hold(qtbot, runner, suite, cafe, page):
    register = VenuesPage(runner)
    qtbot.addWidget(register)
    led = []
    register.go.connect(lambda name, key: led.append((name, key)))
    register.open_at(cafe)

    def buttons():
        found = register.drawer.findChildren(Button)
        return [one for one in found if one.words == "Hold check-ins for a case"]

    qtbot.waitUntil(lambda: len(buttons()) == 1)
    buttons()[0].click()
    assert led == [("venues.keeping", cafe)]
    page.open_at(cafe)
    fill(page)
    qtbot.waitUntil(lambda: [one.venue_id for one in in_force(suite)] == [cafe])


def test_who_may_hold_nothing_is_not_led_there(qtbot, suite, cafe):
    nobody = Actor(2, "no 2", EVERYTHING - {"venues.keeping"})
    register = VenuesPage(InlineRunner(msgspec.structs.replace(suite, actor=nobody)))
    qtbot.addWidget(register)
    register.open_at(cafe)
    qtbot.waitUntil(lambda: register.drawer.isVisibleTo(register))
    words = [one.words for one in register.drawer.findChildren(Button)]
    assert "Hold check-ins for a case" not in words
    with suite.database.read(suite.actor) as work:
        assert work.session.scalar(select(func.count(Hold.id))) == 0
