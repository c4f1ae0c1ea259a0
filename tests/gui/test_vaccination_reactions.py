"""Severe reactions and corrections in the window: reported, told, followed, closed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin_suite.core.clock import day_shown, here
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.layout import column, framed
from admin_suite.ui.widgets.tick import Tick
from modules.vaccination import queries, service
from modules.vaccination.codes import Asked, Ending, Serious, Sign
from modules.vaccination.pages.reactions import ReactionsPage, event_status
from modules.vaccination.pages.reporting import ReportForm
from modules.vaccination.queries import registrations
from modules.vaccination.service import NewEvent, NewRegistration


@pytest.fixture
def dose(suite):
    """A dose of ten days ago; its person."""
    day = here(datetime.now(UTC)).date() - timedelta(days=10)
    one = NewRegistration(NewPerson("Lý Văn A", "1985"), 7, product1="Comirnaty", on1=f"{day}")
    with suite.database.work(suite.actor) as work:
        keys = service.register(work, [one]).ids
        [row] = registrations.registration_rows(work, keys)
        [line] = queries.doses.lines_of(work, {row.person_id: row.dob})[row.person_id]
        return line.id, row.person_id


@pytest.fixture
def page(qtbot, runner, dose):
    made = ReactionsPage(runner)
    qtbot.addWidget(made)
    return made


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def events(suite):
    return asked(suite, queries.reactions.events)


def press(page, words):
    found = [one for one in page.drawer.findChildren(Button) if one.words == words]
    found[-1].click()


def tick(page, word):
    next(one for one in page.drawer.findChildren(Tick) if one.text() == word).setChecked(True)


def test_a_report_of_the_desk_is_stored_with_its_signs(page, suite, qtbot, dose):
    page.open_at(dose[0])
    qtbot.waitUntil(lambda: "Medical history" in fields_of(page))
    with qtbot.waitSignal(page.runner.refused) as refused:
        press(page, "Report")
    assert "at least one sign" in refused.args[0]
    assert events(suite) == []
    tick(page, Sign.ANAPHYLAXIS.word)
    press(page, "Report")
    qtbot.waitUntil(lambda: len(events(suite)) == 1)
    assert events(suite)[0].signs == (Sign.ANAPHYLAXIS,)


@pytest.fixture
def event(page, suite, dose, qtbot):
    now = datetime.now(UTC)
    with suite.database.work(suite.actor) as work:
        key = service.report_event(work, NewEvent(dose[0], now, (Sign.ANAPHYLAXIS,)))
    page.reload()
    qtbot.waitUntil(lambda: page.events.rows.length() == 1)
    page._open_event(0)
    return key


def test_told_followed_looked_at_earlier_and_closed_by_buttons(page, suite, qtbot, event):
    press(page, "Told the higher level")
    qtbot.waitUntil(lambda: events(suite)[0].notified)
    for after, words in ((7, "Follow-up after 7 days"), (10, "An earlier look")):
        page._open_event(0)
        press(page, words)
        qtbot.waitUntil(lambda: after in dict(events(suite)[0].looks))  # noqa: B023
        page.reload()
        qtbot.waitUntil(lambda: after in dict(page.events.rows.line(0).looks))  # noqa: B023
    assert (events(suite)[0].outcome, events(suite)[0].follow_after) == (Ending.RECOVERING, 28)
    page._open_event(0)
    press(page, "Close the report")
    qtbot.waitUntil(lambda: events(suite)[0].closed)


def test_a_report_that_is_closed_untold_says_so_and_can_be_told(page, suite, qtbot, event):
    with suite.database.work(suite.actor) as work:
        service.follow(work, event, 7, Ending.RECOVERED)
    page.reload()
    qtbot.waitUntil(lambda: page.events.rows.line(0).outcome is Ending.RECOVERED)
    page._open_event(0)
    press(page, "Close the report")
    qtbot.waitUntil(lambda: "has not been told of it" in page.notice.words)
    page.reload()
    qtbot.waitUntil(lambda: page.events.rows.line(0).closed)
    assert event_status(page.events.rows.line(0)).word == "Closed, not told"
    page._open_event(0)
    press(page, "Told the higher level")
    qtbot.waitUntil(lambda: events(suite)[0].notified)
    assert event_status(events(suite)[0]).word == "Report closed"


def test_more_is_said_later_and_nothing_that_was_known_is_lost(page, suite, qtbot, event):
    with suite.database.work(suite.actor) as work:
        service.notify_event(work, event)
    before = asked(suite, queries.reactions.event_known, event)
    press(page, "Say more")
    qtbot.waitUntil(lambda: "Medical history" in fields_of(page))
    today = here(datetime.now(UTC)).date()
    fields = fields_of(page)
    fields["Medical history"].edit.setText("asthma")
    fields["Investigated on"].edit.setText(day_shown(today))
    press(page, "Report")
    qtbot.waitUntil(
        lambda: asked(suite, queries.reactions.event_known, event)["history"] == "asthma"
    )
    after = asked(suite, queries.reactions.event_known, event)
    assert after["investigated_on"] == today
    same = ("signs", "notified_at", "known_at", "number", "outcome", "serious")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def field_of(page):
    return page.drawer.findChildren(Field)


def fields_of(page):
    return {one.edit.accessibleName(): one for one in field_of(page)}


def test_days_in_the_wrong_order_are_said_beside_their_field(page, suite, qtbot, event):
    press(page, "Say more")
    qtbot.waitUntil(lambda: "Medical history" in fields_of(page))
    fields = fields_of(page)
    fields["Investigated on"].edit.setText("1/1/2021")
    press(page, "Report")
    qtbot.waitUntil(lambda: fields["Investigated on"].edit.property("wrong") == "true")
    assert asked(suite, queries.reactions.event_known, event)["investigated_on"] is None


def held_by(form, qtbot):
    """Everything of a form in one frame, as its side card holds it."""
    frame = framed(column(*form.items()))
    qtbot.addWidget(frame)
    return frame


def test_the_form_says_exactly_what_was_known(qtbot):
    known = {
        "onset_at": datetime(2021, 8, 20, 3, 15, tzinfo=UTC),
        "signs": (Sign.SEIZURE, Sign.OTHER),
        "serious": Serious.DEATH,
        "serious_other": "s",
        "outcome": Ending.DIED,
        "died_on": date(2021, 8, 21),
        "autopsy": False,
        "pregnant": False,
        "breastfeeding": True,
        "history": "h",
        "treatment": "t",
        "national_on": date(2021, 8, 25),
        "notified_at": datetime(2021, 8, 20, 5, tzinfo=UTC),
    }
    form = ReportForm(known)
    _held = held_by(form, qtbot)
    said = form.said(1)._asdict()
    assert {name: said[name] for name in known} == known


@pytest.mark.parametrize("words", ["", "yesterday", "13/8/2021 25:00", "32/8/2021"])
def test_first_signs_without_a_day_are_refused_beside_the_field(qtbot, words):
    form = ReportForm()
    _held = held_by(form, qtbot)
    form.onset.edit.setText(words)
    assert form.said(1) is None
    assert form.onset.edit.property("wrong") == "true"


def test_a_day_of_death_needs_the_outcome(qtbot):
    form = ReportForm()
    _held = held_by(form, qtbot)
    form.days["died_on"].edit.setText("13/8/2021")
    assert form.said(1) is None
    form.outcome.setCurrentIndex(form.outcome.findData(Ending.DIED.value))
    assert form.said(1).died_on == date(2021, 8, 13)


def test_a_correction_is_made_or_declined_with_a_reason_and_taken_back(page, suite, qtbot, dose):
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))
    with suite.database.work(suite.actor) as work:
        service.ask_correction(work, dose[1], "name", "Lý Văn Á", "CCCD")
        service.ask_correction(work, dose[1], "phone", "0912345678", "")
    page.segments.choose(1)
    page.reload()
    qtbot.waitUntil(lambda: page.asked.rows.length() == 2)
    at = page.asked.rows.place_of(lambda one: one.field == "name")
    page._open_asked(at)
    press(page, "Correct and print anew")
    qtbot.waitUntil(lambda: state(suite, "name") is Asked.DONE)
    page._open_asked(page.asked.rows.place_of(lambda one: one.field == "phone"))
    with qtbot.waitSignal(page.runner.refused):
        press(page, "Decline")  # why not?
    assert state(suite, "phone") is Asked.OPEN
    field_of(page)[-1].edit.setText("not proved")
    press(page, "Decline")
    qtbot.waitUntil(lambda: state(suite, "phone") is Asked.DECLINED and len(backs) == 2)
    backs[0]()
    qtbot.waitUntil(lambda: state(suite, "name") is Asked.OPEN)
    page.reload()
    row = page.asked.rows
    qtbot.waitUntil(lambda: row.place_of(lambda one: one.state is Asked.DECLINED) >= 0)
    page._open_asked(row.place_of(lambda one: one.state is Asked.DECLINED))
    press(page, "Open it again")
    qtbot.waitUntil(lambda: state(suite, "phone") is Asked.OPEN)


def state(suite, field):
    rows = asked(suite, queries.corrections.corrections)
    return next(one.state for one in rows if one.field == field)


@pytest.mark.parametrize(("sex", "asked_for"), [(Sex.F, 2), (Sex.M, 0), (None, 2)])
def test_pregnancy_and_breastfeeding_are_asked_of_no_man(qtbot, sex, asked_for):
    form = ReportForm({"sex": sex})
    frame = held_by(form, qtbot)
    there = [form.asked[name] for name in ("pregnant", "breastfeeding")]
    assert sum(frame.isAncestorOf(box) for box in there) == asked_for


def test_what_the_screening_asked_of_a_woman_stands_in_the_report(qtbot):
    form = ReportForm({"sex": Sex.F, "pregnant": True})
    _held = held_by(form, qtbot)
    form.asked["breastfeeding"].setCurrentIndex(2)
    said = form.said(1)
    assert (said.pregnant, said.breastfeeding) == (True, False)
