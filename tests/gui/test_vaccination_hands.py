"""The desk under hasty hands: keys held down or pressed twice, cards read anywhere, wrong signs."""

from datetime import UTC, datetime, timedelta

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShortcut

from admin_suite.core.clock import here
from admin_suite.registry.service import NewPerson
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Chip
from admin_suite.ui.widgets.forms import Choice, Field
from modules.vaccination import queries, service
from modules.vaccination.codes import Screened, Station, Turn
from modules.vaccination.pages import desk as desks
from modules.vaccination.service import NewDose

TODAY = here(datetime.now(UTC)).date()
NAMES = ("Lý Văn An", "Bàn Thị Bé", "Giàng A Chu")
FIRST = TODAY - timedelta(days=9)


@pytest.fixture
def session(suite, session_of):
    """A session with an open vial; the first of three people had a dose nine days ago."""
    key, people = session_of(*NAMES)
    first = NewPerson(NAMES[0], "1985", phone="0912345600")
    with suite.database.work(suite.actor) as work:
        service.enter_doses(work, [NewDose(first, FIRST.isoformat(), "Comirnaty")])
        service.open_vial(work, key)
        for person in people:
            service.arrive(work, key, person)
    return key


@pytest.fixture
def desk(shell, qtbot, session):
    page = shell.open("vaccination.desk")
    assert page.station.station is Station.ALONE
    qtbot.waitUntil(lambda: page._steps is not None and page.vial.vial is not None)
    return page


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def given(suite, session):
    return asked(suite, queries.desk.desk, session).given


def at_desk(page, name):
    return lambda: page._steps is not None and page._steps.name == name


def press(shell, qtbot, key):
    qtbot.keyClick(shell.focusWidget() or shell, key)


def test_the_space_bar_never_injects_whoever_comes_next(shell, desk, suite, qtbot, session):
    desk.injected.setFocus()
    press(shell, qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(at_desk(desk, NAMES[1]))
    desk._since.invalidate()
    press(shell, qtbot, Qt.Key.Key_Space)
    press(shell, qtbot, Qt.Key.Key_Return)
    qtbot.wait(150)
    assert given(suite, session) == 1


def test_a_key_pressed_twice_injects_one_person(shell, desk, suite, qtbot, session, monkeypatch):
    press(shell, qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(at_desk(desk, NAMES[1]))
    press(shell, qtbot, Qt.Key.Key_F8)
    qtbot.wait(150)
    assert given(suite, session) == 1
    monkeypatch.setattr(desks, "PAUSE_MS", 0)
    press(shell, qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: given(suite, session) == 2)


def test_a_key_that_is_held_down_does_the_deed_once(desk):
    for button in (desk.done, desk.defer, desk.injected, desk.vials.open):
        [key] = button.findChildren(QShortcut)
        assert not key.autoRepeat()
        assert button.shortcut().isEmpty()


def test_a_card_is_read_at_the_desk_whatever_has_the_focus(shell, desk, qtbot):
    desk.injected.setFocus()
    qtbot.keyClicks(desk.injected, "0912345602")
    qtbot.keyClick(desk.injected, Qt.Key.Key_Return)
    qtbot.waitUntil(at_desk(desk, NAMES[2]))
    assert shell.stack.currentWidget() is desk


def test_letters_typed_anywhere_look_for_who_has_come(shell, desk, qtbot):
    desk.setFocus()
    qtbot.keyClicks(desk, "giang")
    qtbot.waitUntil(lambda: desk.queue.who.edit.text() == "giang")
    assert desk.queue.who.edit.hasFocus()


def test_what_todays_dose_would_be_worth_is_said_before_the_needle(desk, suite, qtbot, session):
    chips = {chip.accessibleName() for chip in desk.findChildren(Chip)}
    assert "Too early" in chips
    ahead = desk._steps.ahead
    assert (ahead.number, ahead.verdict.value) == (2, "EARLY")
    assert "12 days too early" in ahead.reasons[0].words
    visit = desk._steps.visit_id
    desk.injected.click()  # a fact is never refused
    qtbot.waitUntil(lambda: given(suite, session) == 1)
    steps = asked(suite, queries.desk.steps, visit)
    assert steps.ahead is None
    assert steps.doses[-1].verdict is ahead.verdict


@pytest.mark.parametrize(
    "told",
    [
        ("temperature", "38,5o", "Temperature, °C: “38,5o” is no number"),
        ("temperature", "385", "Temperature, °C: 385 cannot be"),
        ("pulse", "nan", "Pulse: “nan” is no number"),
        ("diastolic", "130", "Blood pressure, lower: 130 cannot be"),
    ],
)
def test_a_sign_that_cannot_be_read_is_never_left_out(desk, suite, qtbot, told):
    sign, words, said = told
    desk.screening._signs["systolic"].setText("120")
    desk.screening._signs[sign].setText(words)
    visit = desk._visit
    desk.done.click()
    qtbot.waitUntil(lambda: said in desk.notice.words)
    steps = asked(suite, queries.desk.steps, visit)
    assert (steps.screened, steps.consent) == (None, None)
    desk.screening._signs[sign].setText("")
    desk.done.click()
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).screened is Screened.ELIGIBLE)


def card(desk, turn):
    """The card of whoever is not vaccinated, an outcome chosen."""
    [what] = desk.drawer.findChildren(Choice)
    what.setCurrentIndex(what.findData(turn.value))
    return {one.edit.accessibleName(): one for one in desk.drawer.findChildren(Field)}


def store(desk):
    next(b for b in desk.drawer.findChildren(Button) if b.words == "Write it down").click()


@pytest.mark.parametrize("turn", [Turn.REFUSED, Turn.HOSPITAL, Turn.CONTRAINDICATED])
def test_one_person_alone_writes_down_why_somebody_is_not_vaccinated(
    shell, desk, suite, qtbot, turn
):
    visit = desk._visit
    press(shell, qtbot, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(desk.drawer.findChildren(Choice)))
    card(desk, turn)["Why"].edit.setText("tiền sử phản vệ")
    store(desk)
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).turn is turn)
    assert asked(suite, queries.desk.steps, visit).reason == "tiền sử phản vệ"


def test_somebody_is_postponed_until_a_day_and_due_again_then(shell, desk, suite, qtbot):
    visit, day = desk._visit, TODAY + timedelta(days=3)
    desk.screening._signs["temperature"].setText("38,5")
    press(shell, qtbot, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(desk.drawer.findChildren(Choice)))
    until = card(desk, Turn.DEFERRED)["Until which day"]
    assert not until.isHidden()
    until.edit.setText("mai")
    store(desk)
    assert until.edit.property("wrong") == "true"
    until.edit.setText(f"{TODAY:%d/%m/%Y}")
    store(desk)
    qtbot.waitUntil(lambda: "still to come" in desk.notice.words)
    until.edit.setText(f"{day:%d/%m/%Y}")
    store(desk)
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).turn is Turn.DEFERRED)
    steps = asked(suite, queries.desk.steps, visit)
    assert (steps.defer_until, steps.temperature) == (day, "38.5")


def test_the_vials_are_closed_by_key_and_f7_leads_to_the_other_pages(
    shell, desk, suite, qtbot, session
):
    qtbot.keyClick(desk, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    vials = queries.stock.vials_of
    qtbot.waitUntil(lambda: [one.wasted for one in asked(suite, vials, session)] == [6])
    press(shell, qtbot, Qt.Key.Key_F7)
    assert shell.here == "more"


def test_a_number_of_doses_that_is_none_is_said_beside_its_field(shell, suite, qtbot, session):
    page = shell.open("vaccination.stock")
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    lot = asked(suite, queries.stock.lots)[0]
    page._ask_move(lot)
    fields = {one.edit.accessibleName(): one for one in page.drawer.findChildren(Field)}
    for words in ("", "hai", "1,5"):
        fields["Number of doses"].edit.setText(words)
        next(b for b in page.drawer.findChildren(Button) if b.words == "Book").click()
        assert fields["Number of doses"].edit.property("wrong") == "true"
    assert len(asked(suite, queries.stock.moves, lot.id)) == 2  # received, a vial opened
