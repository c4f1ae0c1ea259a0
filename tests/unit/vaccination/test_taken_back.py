"""Acts taken back, done twice, or done late: what was written down stays true."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
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
from modules.vaccination.service import NewEvent, NewInjection, NewRegistration, VialEnd
from tests.unit.lab.test_colleagues import CLERKS

ONE_DAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))


def turn(day, visit):
    return day.ask(queries.desk.steps, visit).turn


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
    assert day.standing(day.people[0]) is Standing.REFUSED
    day.do(service.consent, visit, Consent.GIVEN)
    assert day.standing(day.people[0]) is Standing.DUE
    rows = {row.person_id: row.id for row in day.ask(queries.sessions.invited_to, day.session_id)}
    day.do(service.note_call, [rows[day.people[1]]], Call.MOVED)
    assert day.standing(day.people[1]) is Standing.MOVED
    day.do(service.arrive, day.session_id, day.people[1])
    assert day.standing(day.people[1]) is Standing.DUE


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
    assert day.standing(rows[other].person_id) is Standing.DUE


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
    day.reported(dose)
    with pytest.raises(UserError, match="AEFI-2021-0001 is reported of this dose"):
        day.do(service.take_back_injection, visit, "nhầm người")
    [event] = day.ask(queries.reactions.events)
    assert event.person_id == day.people[0]


def test_a_list_keeps_the_doses_of_which_severe_reactions_are_reported(day):
    person = NewPerson("Lý Thị Nặng", "1980", phone="0912000111")
    told = NewRegistration(person, product1="Vaxzevria", on1="2021-06-01")
    [key] = day.do(service.register, [told]).ids
    [one] = day.ask(queries.doses.rows)
    day.reported(one.id)
    assert "reported of this dose" in day.do(service.withdraw, [key])[key]
    assert "reported of this dose" in day.do(service.withdraw_doses, [one.id])[one.id]
    assert [row.id for row in day.ask(queries.doses.rows)] == [one.id]


def test_taking_a_usual_reaction_back_twice_changes_nothing(day, injected):
    key = day.do(service.react, injected[2], Common.FEVER)
    assert day.do(service.unreact, [key]) == 1
    assert day.do(service.unreact, [key]) == 0


def test_a_closed_report_stays_as_it_is_until_it_is_opened_again(day, injected):
    event = day.reported(injected[2], outcome=Ending.RECOVERED)
    day.do(service.close_event, event)
    more = NewEvent(injected[2], day.now, (Sign.ANAPHYLAXIS,))
    for verb, args in (
        (service.close_event, ()),
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
    event = day.reported(injected[2])
    form = NewEvent(injected[2], day.now, (Sign.OTHER,), "more")  # opened before a colleague told
    day.do(service.notify_event, event)
    day.do(service.amend_event, event, form)
    [row] = day.ask(queries.reactions.events)
    assert row.notified
    day.do(service.untell_event, event)
    [row] = day.ask(queries.reactions.events)
    assert not row.notified


def test_two_colleagues_who_say_more_of_one_report_keep_what_each_has_said(day, injected):
    event = day.reported(injected[2])
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
    event = day.reported(injected[2])
    day.later(days=7)
    day.do(service.follow, event, 7, Ending.RECOVERING)
    with pytest.raises(UserError, match="after 7 days is written down already"):
        day.do(service.follow, event, 7, Ending.RECOVERED)


def test_on_its_day_a_follow_up_is_to_be_done_and_leads_to_the_list_not_to_a_new_report(
    day, injected
):
    event = day.reported(injected[2])
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
            day.reported(dose)
        except IntegrityError as error:
            return str(explain(error, day.suite.complaints))
        return ""

    with ThreadPoolExecutor(CLERKS) as pool:
        said = list(pool.map(one, doses))
    assert {words for words in said if words} <= {
        "Somebody else took this number at the same moment. Try again."
    }
    assert len(day.ask(queries.reactions.events)) == said.count("")
