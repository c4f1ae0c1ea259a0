"""The way back in the window: an injection, the end of a session, a label, a report."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_suite.core.clock import day_shown, here
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field
from modules.vaccination import queries, service
from modules.vaccination.codes import Asked, Ending, SessionState, Sign, Turn
from modules.vaccination.pages.correcting import ask_correction
from modules.vaccination.pages.desk import DeskPage
from modules.vaccination.pages.entering import EnteringPage
from modules.vaccination.pages.reactions import ReactionsPage
from modules.vaccination.pages.registered import RegisteredPage
from modules.vaccination.pages.sessions import SessionsPage
from modules.vaccination.pages.stock import StockPage
from modules.vaccination.queries import registrations
from modules.vaccination.service import (
    NewEvent,
    NewInjection,
    NewSession,
)

NAMES = ("Lý Văn An", "Bàn Thị Bé")


@pytest.fixture
def session(session_of):
    """A session of today with two people on its list and two lots in stock: session, people."""
    return session_of(*NAMES, lots=(("FD9234", 90), ("FE0001", 120)))


@pytest.fixture
def desk(qtbot, runner, session):
    made = DeskPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made._session == session[0] and made.vials.lot.count() > 1)
    return made


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def done(suite, verb, *args):
    with suite.database.work(suite.actor) as work:
        return verb(work, *args)


def press(page, words):
    next(one for one in page.drawer.findChildren(Button) if one.words == words).click()


def type_into(page, name, words):
    fields = {one.edit.accessibleName(): one for one in page.drawer.findChildren(Field)}
    fields[name].edit.setText(words)


def test_a_vial_is_opened_of_the_lot_that_is_chosen_and_not_of_a_recalled_one(
    desk, suite, qtbot, session
):
    assert desk.vials.lot.currentText().startswith("FD9234")
    desk.vials.open.click()
    qtbot.waitUntil(lambda: desk.vial.vial is not None)
    assert desk.vial.vial.lot == "FD9234"
    lot = next(one.id for one in asked(suite, queries.stock.lots) if one.lot == "FD9234")
    done(suite, service.recall, lot, "CV 12")
    desk.reload()
    qtbot.waitUntil(lambda: desk.vials.lot.count() == 1)
    desk.vials.open.click()
    vials = queries.stock.vials_of
    qtbot.waitUntil(lambda: len(asked(suite, vials, session[0])) == 2)
    assert [one.lot for one in asked(suite, vials, session[0])] == ["FD9234", "FE0001"]


def test_an_extra_dose_is_noted_at_the_desk_and_taken_back(desk, suite, qtbot, session):
    backs = []
    desk.offered.connect(lambda _words, undo: backs.append(undo))
    desk.vials.extra.click()
    assert not desk.notice.isHidden()  # no vial is open
    desk.vials.open.click()
    qtbot.waitUntil(lambda: desk.vial.vial is not None)
    desk.vials.extra.click()
    qtbot.waitUntil(lambda: desk.vial.vial.doses == 7)
    backs[-1]()
    qtbot.waitUntil(lambda: desk.vial.vial.doses == 6)


def test_an_injection_is_taken_back_long_after(desk, suite, qtbot, session):
    vial = done(suite, service.open_vial, session[0])
    visit = done(suite, service.arrive, session[0], session[1][0])
    done(suite, service.inject, visit, NewInjection(vial, "u"))
    done(suite, service.leave, [visit])
    desk.reload()
    assert desk.back.isHidden()
    desk.queue.arrived.emit(session[1][0], "")
    qtbot.waitUntil(lambda: not desk.back.isHidden())
    desk.back.click()
    with qtbot.waitSignal(desk.runner.refused) as refused:
        press(desk, "Take back")
    assert "Say why" in refused.args[0]
    type_into(desk, "Why is it taken back?", "nhầm người")
    press(desk, "Take back")
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).dose_id is None)
    qtbot.waitUntil(desk.back.isHidden)


def test_what_is_in_the_arm_already_is_entered_all_the_same(desk, suite, qtbot, session):
    done(suite, service.open_vial, session[0])
    lot = next(one.id for one in asked(suite, queries.stock.lots) if one.lot == "FD9234")
    desk.queue.arrived.emit(session[1][0], "")
    qtbot.waitUntil(lambda: desk._steps is not None and desk.vial.vial is not None)
    visit = desk._visit
    assert desk.anyway.isHidden()
    done(suite, service.recall, lot, "CV 12")
    desk.injected.click()
    qtbot.waitUntil(lambda: not desk.anyway.isHidden())
    assert asked(suite, queries.desk.steps, visit).dose_id is None
    desk.anyway.click()
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).dose_id is not None)
    qtbot.waitUntil(desk.anyway.isHidden)


def test_the_desk_of_another_day_stays_the_one_that_was_chosen(desk, suite, qtbot, session):
    other = done(
        suite,
        service.plan,
        NewSession(here(datetime.now(UTC)).date() + timedelta(days=1), "Cam Cọn", "Comirnaty", 9),
    )
    desk.open_at(other)
    qtbot.waitUntil(lambda: desk.queue.which.currentData() == other)
    desk.reload()
    qtbot.waitUntil(lambda: desk.queue.which.count() == 2)
    assert desk._session == other


def test_the_end_of_a_session_is_taken_back_at_once_or_later(qtbot, runner, suite, session):
    page = SessionsPage(runner)
    qtbot.addWidget(page)
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))
    done(suite, service.start_session, session[0])
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)

    def state():
        return asked(suite, queries.sessions.sessions)[0].state

    def shown(words):
        page._open(0)
        return words in {one.words for one in page.drawer.findChildren(Button)}

    page.reload()
    qtbot.waitUntil(lambda: shown("End the session"))
    press(page, "End the session")
    qtbot.waitUntil(lambda: state() is SessionState.CLOSED)
    backs[-1]()
    qtbot.waitUntil(lambda: state() is SessionState.OPEN)
    done(suite, service.end_session, session[0])
    page.reload()
    qtbot.waitUntil(lambda: shown("Open it again"))
    assert not shown("Invite who is due")
    press(page, "Open it again")
    qtbot.waitUntil(lambda: state() is SessionState.OPEN)
    assert {one.turn for one in asked(suite, queries.sessions.invited_to, session[0])} == {
        Turn.INVITED
    }


def test_a_session_is_cancelled_and_planned_again(qtbot, runner, suite, session):
    page = SessionsPage(runner)
    qtbot.addWidget(page)
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)

    def state():
        return asked(suite, queries.sessions.sessions)[0].state

    def shown(words):
        page._open(0)
        return words in {one.words for one in page.drawer.findChildren(Button)}

    qtbot.waitUntil(lambda: shown("Cancel the session"))
    press(page, "Cancel the session")
    qtbot.waitUntil(lambda: state() is SessionState.CANCELLED and len(backs) == 1)
    backs[0]()
    qtbot.waitUntil(lambda: state() is SessionState.PLANNED)
    done(suite, service.cancel_session, session[0])
    page.reload()
    qtbot.waitUntil(lambda: shown("Plan it again"))
    press(page, "Plan it again")
    qtbot.waitUntil(lambda: state() is SessionState.PLANNED)


def test_a_call_that_was_noted_of_somebody_else_is_taken_back(qtbot, runner, suite, session):
    page = SessionsPage(runner)
    qtbot.addWidget(page)
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    qtbot.waitUntil(lambda: len(page.drawer.findChildren(Table)) > 0)

    def turns():
        return {one.turn for one in asked(suite, queries.sessions.invited_to, session[0])}

    [people] = page.drawer.findChildren(Table)
    people.selectAll()
    [outcome] = page.drawer.findChildren(Choice)
    outcome.setCurrentIndex(outcome.findData("MOVED"))
    press(page, "Note the call")
    qtbot.waitUntil(lambda: turns() == {Turn.MOVED} and len(backs) == 1)
    backs[0]()
    qtbot.waitUntil(lambda: turns() == {Turn.INVITED})


def test_an_expiry_is_put_right_on_the_card_of_its_lot(qtbot, runner, suite, session):
    page = StockPage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page._model.length() == 2)
    page._open(0)
    lot = page._lot
    deed = "Correct the expiry"
    qtbot.waitUntil(lambda: deed in {one.words for one in page.drawer.findChildren(Button)})
    press(page, deed)
    [field] = page.drawer.findChildren(Day)
    field.setDate(field.date().addDays(7))
    buttons = [one for one in page.drawer.findChildren(Button) if one.kind == "primary"]
    buttons[-1].click()

    def until():
        return next(one for one in asked(suite, queries.stock.lots) if one.id == lot.id).expires_on

    qtbot.waitUntil(lambda: until() == lot.expires_on + timedelta(days=7))


def test_telling_and_closing_a_report_are_taken_back(qtbot, runner, suite, session):
    vial = done(suite, service.open_vial, session[0])
    visit = done(suite, service.arrive, session[0], session[1][0])
    dose = done(suite, service.inject, visit, NewInjection(vial, "u"))
    event = NewEvent(dose, datetime.now(UTC), (Sign.OTHER,), outcome=Ending.RECOVERED)
    done(suite, service.report_event, event)
    page = ReactionsPage(runner)
    qtbot.addWidget(page)
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))

    def row():
        return asked(suite, queries.reactions.events)[0]

    for words, told in (("Told the higher level", "notified"), ("Close the report", "closed")):
        page.reload()
        qtbot.waitUntil(lambda: page.events.model().length() == 1)
        page._open_event(0)
        press(page, words)
        qtbot.waitUntil(lambda: getattr(row(), told))  # noqa: B023
        backs[-1]()
        qtbot.waitUntil(lambda: not getattr(row(), told))  # noqa: B023


def test_a_birth_is_corrected_as_it_is_written_here(qtbot, runner, suite, session):
    page = RegisteredPage(runner)
    qtbot.addWidget(page)
    ask_correction(page, session[1][0], NAMES[0])
    qtbot.waitUntil(lambda: page.drawer.findChildren(Choice) != [])
    boxes = page.drawer.findChildren(Choice)
    [which] = [box for box in boxes if box.accessibleName() == "What is wrong"]
    which.setCurrentIndex(which.findData("dob"))
    type_into(page, "Should be", "7/3/1985")
    press(page, "Ask for a correction")
    qtbot.waitUntil(lambda: asked(suite, queries.corrections.corrections) != [])
    listed = ReactionsPage(runner)
    qtbot.addWidget(listed)
    qtbot.waitUntil(lambda: listed.asked.model().length() == 1)
    listed._open_asked(0)
    press(listed, "Correct and print anew")
    qtbot.waitUntil(lambda: asked(suite, queries.corrections.corrections)[0].state is Asked.DONE)
    row = asked(suite, registrations.registration_of, session[1][0])
    assert row.dob == "1985-03-07"


def test_a_typed_dose_that_is_not_valid_is_said_and_its_lot_kept_as_labels_are(
    qtbot, runner, suite
):
    page = EnteringPage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.product.count() > 1)
    day = here(datetime.now(UTC)).date()
    page.form.fields["name"].edit.setText("Lý Thị Non")
    page.form.fields["dob"].edit.setText(day_shown(day - timedelta(days=3000)))
    page.on.edit.setText(day_shown(day - timedelta(days=30)))
    page.product.setCurrentIndex(page.product.findData("Vaxzevria"))
    page.lot.edit.setText("Lot: abv 5297")
    page.store.click()
    qtbot.waitUntil(lambda: len(asked(suite, queries.doses.rows)) == 1)
    [row] = asked(suite, queries.doses.rows)
    assert row.lot == "ABV5297"
    qtbot.waitUntil(lambda: "Under age" in page.notice.words)
