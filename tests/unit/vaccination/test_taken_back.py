"""Acts taken back, done twice, or done late: what was written down stays true."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import UserError
from admin_suite.db.complaints import explain
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import day as today
from modules.vaccination import queries, reports, service
from modules.vaccination.codes import (
    Call,
    Common,
    Consent,
    Ending,
    SessionState,
    Sign,
    Standing,
    Turn,
    Verdict,
)
from modules.vaccination.service import NewDose, NewEvent, NewInjection, NewRegistration, VialEnd
from tests.unit.lab.test_colleagues import CLERKS

ONE_DAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))


@pytest.fixture
def injected(day):
    """The first of the list, injected: vial, visit, dose."""
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    return vial, visit, day.do(service.inject, visit, NewInjection(vial, "u-0"))


def state(day, person):
    return day.ask(queries.due.standings_of, [person])[person][0]


def turn(day, visit):
    return day.ask(queries.desk.steps, visit).turn


def reported(day, dose, **more):
    return day.do(service.report_event, NewEvent(dose, day.now, (Sign.OTHER,), **more))


# -- the desk -------------------------------------------------------------------------------------


def test_whoever_has_no_injection_any_more_is_neither_sent_home_nor_back_to_rest(day, injected):
    _vial, visit, _dose = injected
    day.do(service.take_back_injection, visit, "nhầm người")
    for verb in (service.leave, service.stay):
        with pytest.raises(UserError, match="No injection is entered"):
            day.do(verb, [visit])
    assert [row.id for row in day.ask(queries.desk.queue, day.session_id)] == [visit]


def test_sending_home_twice_keeps_the_first_moment(day, injected):
    _vial, visit, _dose = injected
    day.do(service.leave, [visit])
    left = day.ask(queries.desk.steps, visit).left_at
    day.later(minutes=20)
    day.do(service.leave, [visit])
    assert day.ask(queries.desk.steps, visit).left_at == left
    day.do(service.take_back_injection, visit, "nhầm người")
    assert (day.ask(queries.desk.steps, visit).left_at, turn(day, visit)) == ("", Turn.ARRIVED)


def test_whoever_comes_or_consents_after_all_is_called_again(day):
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.consent, visit, Consent.REFUSED)
    assert state(day, day.people[0]) is Standing.REFUSED
    day.do(service.consent, visit, Consent.GIVEN)
    assert state(day, day.people[0]) is Standing.DUE
    rows = {row.person_id: row.id for row in day.ask(queries.sessions.invited_to, day.session_id)}
    day.do(service.note_call, [rows[day.people[1]]], Call.MOVED)
    assert state(day, day.people[1]) is Standing.MOVED
    day.do(service.arrive, day.session_id, day.people[1])
    assert state(day, day.people[1]) is Standing.DUE


def test_a_call_changes_neither_what_was_said_at_the_desk_nor_who_stayed_away(day):
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.consent, visit, Consent.REFUSED)
    day.do(service.note_call, [visit], Call.UNREACHED)
    assert turn(day, visit) is Turn.REFUSED
    assert day.do(service.end_session, day.session_id) == 9
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    gone = next(row.id for row in rows if row.turn is Turn.NO_SHOW)
    day.do(service.note_call, [gone], Call.UNREACHED)
    assert turn(day, gone) is Turn.NO_SHOW
    day.do(service.note_call, [gone], Call.MOVED)
    assert turn(day, gone) is Turn.MOVED


def test_calls_are_taken_back_to_what_each_had_led_to_before(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    moved, other = rows[0].id, rows[1].id
    day.do(service.note_call, [moved], Call.MOVED)
    day.later(minutes=5)
    before = day.do(service.note_call, [moved, other], Call.REFUSED)
    assert day.do(service.take_back_calls, before) == 2
    rows = {row.id: row for row in day.ask(queries.sessions.invited_to, day.session_id)}
    assert [(rows[key].turn, rows[key].call) for key in (moved, other)] == [
        (Turn.MOVED, Call.MOVED),
        (Turn.INVITED, None),
    ]
    assert state(day, rows[other].person_id) is Standing.DUE


def test_a_later_call_or_whoever_came_meanwhile_stays_when_calls_are_taken_back(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    first, second = rows[0], rows[1]
    before = day.do(service.note_call, [first.id, second.id], Call.REFUSED)
    day.do(service.arrive, day.session_id, first.person_id)
    day.later(minutes=5)
    day.do(service.note_call, [second.id], Call.DIED)
    with pytest.raises(UserError, match="Another call has been noted since"):
        day.do(service.take_back_calls, before)
    assert turn(day, second.id) is Turn.DIED
    day.do(service.take_back_calls, before[:1])
    assert turn(day, first.id) is Turn.ARRIVED


def test_a_second_injection_that_happened_stands_beside_the_first(day, injected):
    vial, visit, dose = injected
    again = day.do(service.inject, visit, NewInjection(vial, "u-1", happened=True))
    steps = day.ask(queries.desk.steps, visit)
    assert steps.dose_id == dose
    assert [(one.id, one.verdict) for one in steps.doses] == [
        (dose, Verdict.VALID),
        (again, Verdict.DUPLICATE),
    ]


def test_a_session_that_nobody_came_to_is_cancelled_and_planned_again(day):
    day.do(service.cancel_session, day.session_id)
    with pytest.raises(UserError, match="is over: Called off"):
        day.do(service.cancel_session, day.session_id)
    for verb, args in (
        (service.invite, (day.people[10:],)),
        (service.arrive, (day.people[0],)),
        (service.start_session, ()),
        (service.end_session, ()),
        (service.reopen_session, ()),
        (service.open_vial, ()),
    ):
        with pytest.raises(UserError, match="was cancelled; plan it again first"):
            day.do(verb, day.session_id, *args)
    assert day.ask(queries.desk.running_sessions, day.session_id) == []
    assert day.ask(today.injected_today) == (0, 0)
    [told] = day.ask(today.of_person, day.people[0])
    assert told.detail == "Trạm Y tế xã Bảo Hà: Called off"
    [session] = day.ask(queries.sessions.sessions)
    assert (session.state, session.invited, session.vials) == (SessionState.CANCELLED, 10, 0)
    day.do(service.plan_again, day.session_id)
    day.do(service.arrive, day.session_id, day.people[0])
    [session] = day.ask(queries.sessions.sessions)
    assert (session.state, session.invited) == (SessionState.PLANNED, 10)
    with pytest.raises(UserError, match="Somebody came to this session"):
        day.do(service.cancel_session, day.session_id)
    with pytest.raises(UserError, match="was not cancelled"):
        day.do(service.plan_again, day.session_id)


def test_a_session_with_a_vial_of_its_own_is_ended_not_cancelled(day):
    vial = day.do(service.open_vial, day.session_id)
    day.do(service.close_vials, [VialEnd(vial)])
    with pytest.raises(UserError, match="A vial was opened for this session"):
        day.do(service.cancel_session, day.session_id)


def test_a_cancelled_session_leaves_its_hour_and_its_people_to_another_and_counts_nowhere(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    day.do(service.note_call, [rows[0].id], Call.MOVED)
    day.do(service.cancel_session, day.session_id)
    day.do(service.note_call, [rows[1].id], Call.REFUSED)  # told when he was called off
    plan = service.NewSession(date(2021, 8, 20), "Trạm Y tế xã Bảo Hà", "Comirnaty", 90)
    other = day.do(service.plan, plan)
    asked = day.ask(queries.sessions.proposed, other)
    assert len(asked) == 10  # of twelve one moved, one refused
    day.do(service.invite, other, asked[:4])
    daily = day.ask(reports.daily, ONE_DAY, {})
    assert [row[1] for row in daily.rows] == ["Trạm Y tế xã Bảo Hà"]
    assert day.ask(reports.round_end, ONE_DAY, {}).total[3] == 4
    with pytest.raises(IntegrityError) as raised:
        day.do(service.plan_again, day.session_id)
    told = str(explain(raised.value, day.suite.complaints))
    assert told == "There is a session at this place at that hour already."


def test_a_vial_opens_in_no_session_that_is_closed(day):
    day.do(service.end_session, day.session_id)
    with pytest.raises(UserError, match="session is closed; open it again"):
        day.do(service.open_vial, day.session_id)
    day.do(service.reopen_session, day.session_id)
    day.do(service.open_vial, day.session_id)
    [session] = day.ask(queries.sessions.sessions)
    assert session.state is SessionState.OPEN


def test_an_extra_dose_is_taken_back_while_nobody_has_had_it(day, injected):
    vial, _visit, _dose = injected
    with pytest.raises(UserError, match="no extra dose"):
        day.do(service.drop_extra, vial)
    assert day.do(service.note_extra, vial) == 7
    assert day.do(service.drop_extra, vial) == 6


def test_a_desk_finds_sessions_of_other_days_that_still_run(day, injected):
    vial, _visit, _dose = injected
    day.do(service.start_session, day.session_id)
    day.later(days=1)
    [(key, words)] = day.ask(queries.desk.running_sessions)
    assert (key, words) == (day.session_id, "20/08/2021 07:30 Trạm Y tế xã Bảo Hà")
    day.do(service.close_vials, [VialEnd(vial)])
    day.do(service.end_session, day.session_id)
    assert day.ask(queries.desk.running_sessions, day.session_id) == []
    day.do(service.reopen_vials, [vial])
    assert [key for key, _words in day.ask(queries.desk.running_sessions)] == [day.session_id]


# -- reactions ------------------------------------------------------------------------------------


def test_a_dose_of_which_a_severe_reaction_is_reported_is_not_taken_back(day, injected):
    _vial, visit, dose = injected
    reported(day, dose)
    with pytest.raises(UserError, match="AEFI-2021-0001 is reported of this dose"):
        day.do(service.take_back_injection, visit, "nhầm người")
    [event] = day.ask(queries.reactions.events)
    assert event.person_id == day.people[0]


def test_a_list_keeps_the_doses_of_which_severe_reactions_are_reported(day):
    person = NewPerson("Lý Thị Nặng", "1980", phone="0912000111")
    told = NewRegistration(person, product1="Vaxzevria", on1="2021-06-01")
    [key] = day.do(service.register, [told]).ids
    [one] = day.ask(queries.doses.rows)
    reported(day, one.id)
    assert "reported of this dose" in day.do(service.withdraw, [key])[key]
    assert "reported of this dose" in day.do(service.withdraw_doses, [one.id])[one.id]
    assert [row.id for row in day.ask(queries.doses.rows)] == [one.id]


def test_taking_a_usual_reaction_back_twice_changes_nothing(day, injected):
    key = day.do(service.react, injected[2], Common.FEVER)
    assert day.do(service.unreact, [key]) == 1
    assert day.do(service.unreact, [key]) == 0


def test_a_closed_report_stays_as_it_is_until_it_is_opened_again(day, injected):
    event = reported(day, injected[2], outcome=Ending.RECOVERED)
    day.do(service.close_event, event)
    more = NewEvent(injected[2], day.now, (Sign.ANAPHYLAXIS,))
    for verb, args in (
        (service.close_event, ()),
        (service.notify_event, ()),
        (service.follow, (7, Ending.RECOVERED)),
        (service.amend_event, (more,)),
    ):
        with pytest.raises(UserError, match="AEFI-2021-0001 is closed"):
            day.do(verb, event, *args)
    day.do(service.reopen_event, event)
    day.do(service.amend_event, event, more)
    [row] = day.ask(queries.reactions.events)
    assert row.signs == (Sign.ANAPHYLAXIS,)


def test_that_the_higher_level_was_told_is_taken_back_and_no_older_form_takes_it_away(
    day, injected
):
    event = reported(day, injected[2])
    form = NewEvent(injected[2], day.now, (Sign.OTHER,), "more")  # opened before a colleague told
    day.do(service.notify_event, event)
    day.do(service.amend_event, event, form)
    [row] = day.ask(queries.reactions.events)
    assert row.notified
    day.do(service.untell_event, event)
    [row] = day.ask(queries.reactions.events)
    assert not row.notified


def test_two_colleagues_who_say_more_of_one_report_keep_what_each_has_said(day, injected):
    event = reported(day, injected[2])
    opened = NewEvent(injected[2], day.now, (Sign.OTHER,))
    first = opened._replace(treatment="adrenaline", outcome=Ending.RECOVERING)
    day.do(service.amend_event, event, first, opened)
    second = opened._replace(history="asthma", signs=(Sign.HIGH_FEVER, Sign.OTHER))
    day.do(service.amend_event, event, second, opened)
    known = day.ask(queries.reactions.event_known, event)
    assert (known["treatment"], known["history"]) == ("adrenaline", "asthma")
    assert known["outcome"] is Ending.RECOVERING
    assert set(known["signs"]) == {Sign.HIGH_FEVER, Sign.OTHER}
    third = opened._replace(treatment="none", reporter="Hà")
    with pytest.raises(UserError, match="Open AEFI-2021-0001 anew"):
        day.do(service.amend_event, event, third, opened)
    assert day.ask(queries.reactions.event_known, event)["reporter"] == known["reporter"]


def test_a_follow_up_is_written_down_once(day, injected):
    event = reported(day, injected[2])
    day.later(days=7)
    day.do(service.follow, event, 7, Ending.RECOVERING)
    with pytest.raises(UserError, match="after 7 days is written down already"):
        day.do(service.follow, event, 7, Ending.RECOVERED)


def test_on_its_day_a_follow_up_is_to_be_done_and_leads_to_the_list_not_to_a_new_report(
    day, injected
):
    event = reported(day, injected[2])
    day.do(service.notify_event, event)
    day.later(days=6)
    assert day.ask(today.errands)[:-1] == []  # but for the open vial
    day.later(days=1)
    errand = day.ask(today.errands)[0]
    told = "AEFI-2021-0001: ask how the person is, 7 days after the injection"
    assert (errand.what, errand.page, errand.id) == (told, "vaccination.reactions", 0)
    day.do(service.untell_event, event)
    assert {one.id for one in day.ask(today.errands)} == {0}


def test_of_several_who_report_at_once_each_is_stored_or_told_to_try_again(day):
    vial = day.do(service.open_vial, day.session_id)
    doses = []
    for at, person in enumerate(day.people[:CLERKS]):
        visit = day.do(service.arrive, day.session_id, person)
        doses.append(day.do(service.inject, visit, NewInjection(vial, f"u-{at}")))
    together = Barrier(CLERKS)

    def one(dose):
        together.wait(10)
        try:
            reported(day, dose)
        except IntegrityError as error:
            return str(explain(error, day.suite.complaints))
        return ""

    with ThreadPoolExecutor(CLERKS) as pool:
        said = list(pool.map(one, doses))
    assert {words for words in said if words} <= {
        "Somebody else took this number at the same moment. Try again."
    }
    assert len(day.ask(queries.reactions.events)) == said.count("")


# -- whoever died ---------------------------------------------------------------------------------


def test_nobody_who_died_is_called_or_asked_how_he_is_and_no_later_dose_can_have_been(
    day, injected
):
    dose, person = injected[2], day.people[0]
    event = reported(day, dose)
    day.later(days=40)
    assert state(day, person) is Standing.OVERDUE or state(day, person) is Standing.DUE
    died = NewEvent(
        dose,
        day.now - timedelta(days=39),
        (Sign.OTHER,),
        outcome=Ending.DIED,
        died_on=date(2021, 8, 25),
    )
    day.do(service.amend_event, event, died)
    assert state(day, person) is Standing.DIED
    [row] = day.ask(queries.reactions.events)
    assert row.follow_on is None
    with pytest.raises(UserError, match="this person died"):
        day.do(service.follow, event, 7, Ending.RECOVERED)
    known = NewPerson("Lý Văn A", "1985", phone="0912345600")
    day.do(service.enter_doses, [NewDose(known, "2021-09-20", "Comirnaty")])
    lines = day.ask(queries.doses.lines_of, {person: "1985"})[person]
    assert [one.verdict for one in lines] == [Verdict.VALID, Verdict.IMPOSSIBLE_DATE]
    assert lines[1].reasons == ("the day is after the death",)
    [told] = day.ask(queries.due.due_rows, day.ask(keys_of, person))
    assert told.given == 1


def keys_of(work, person):
    view = queries.due.DueView(standings=(Standing.DIED,))
    rows = queries.due.due_page(work, view)
    return [row.id for row in rows if row.person_id == person]


def test_a_call_may_tell_that_somebody_died(day):
    rows = {row.person_id: row.id for row in day.ask(queries.sessions.invited_to, day.session_id)}
    day.do(service.note_call, [rows[day.people[2]]], Call.DIED)
    assert state(day, day.people[2]) is Standing.DIED
    [session] = day.ask(queries.sessions.sessions)
    assert (session.invited, session.missing) == (10, 1)


# -- who is asked to come -------------------------------------------------------------------------


def test_vials_are_taken_out_for_who_is_expected_and_nobody_is_invited_twice(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    assert day.ask(queries.sessions.sessions)[0].vials == 2
    day.do(service.note_call, [row.id for row in rows[:5]], Call.REFUSED)
    assert day.ask(queries.sessions.sessions)[0].vials == 1
    plan = service.NewSession(date(2021, 8, 21), "Trạm Y tế xã Cam Cọn", "Comirnaty", 60)
    other = day.do(service.plan, plan)
    asked = set(day.ask(queries.sessions.proposed, other))
    assert asked == set(day.people[10:])  # ten are on the list of today, five of them refused


def test_whoever_came_without_being_registered_counts_in_the_round(day):
    person = NewPerson("Giàng A Páo", "1970", commune_code="02989")
    dose = NewDose(person, "2021-06-01", "Comirnaty")
    day.do(service.enter_doses, [dose])
    [known] = day.ask(queries.doses.rows)
    [guest] = {one.person_id for one in lines(day, known)}
    vial = day.do(service.open_vial, day.session_id)
    for at, (key, sent) in enumerate(((day.people[0], ""), (guest, "UBND xã"))):
        visit = day.do(service.arrive, day.session_id, key, sent)
        day.do(service.inject, visit, NewInjection(vial, f"u-{at}"))
    said = day.ask(reports.round_end, ONE_DAY, {"by": "group"})
    assert [row[1:] for row in said.rows] == [
        (12, 0, 10, 1, 10.0, 1, 0),
        (0, 1, 1, 1, 100.0, 0, 1),
    ]
    told = day.ask(reports.daily, ONE_DAY, {})
    line = dict(zip(told.headings, told.rows[0], strict=True))
    assert line["First doses"] + line["Second doses"] == said.total[4]


def lines(day, dose):
    people = dict.fromkeys(range(1, 20), "1970")
    every = day.ask(queries.doses.lines_of, people)
    return [one for several in every.values() for one in several if one.uid == dose.uid]


def test_the_preview_of_a_rule_counts_whom_the_list_of_the_due_counts(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    day.do(service.note_call, [row.id for row in rows[:4]], Call.REFUSED)
    late = service.NewReceipt("Comirnaty", "OLD1", 600, date(2021, 8, 19))
    bad = service.NewReceipt("Comirnaty", "BAD1", 300, date(2021, 12, 31))
    _old, recalled = day.do(service.receive_stock, [late, bad])
    day.do(service.recall, recalled, "CV 12")
    change = ("vaccination.interval", date(2021, 9, 1), {"days": 14, "overdue": 28})
    seen = day.ask(queries.preview.preview, *change, "Comirnaty")
    due = day.ask(queries.due.due_counts)[Standing.DUE]
    assert (seen.due_before, seen.in_stock) == (due, 60) == (8, 60)
