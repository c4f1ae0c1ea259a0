"""Who is called, expected and counted: nobody who died, nobody twice, everybody who came."""

from datetime import date, timedelta

import pytest

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, reports, service
from modules.vaccination.codes import (
    Call,
    Ending,
    Sign,
    Standing,
    Verdict,
)
from modules.vaccination.service import NewDose, NewEvent, NewInjection

ONE_DAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))


def test_nobody_who_died_is_called_or_asked_how_he_is_and_no_later_dose_can_have_been(
    day, injected
):
    dose, person = injected[2], day.people[0]
    event = day.reported(dose)
    day.later(days=40)
    assert day.standing(person) is Standing.OVERDUE or day.standing(person) is Standing.DUE
    died = NewEvent(
        dose,
        day.now - timedelta(days=39),
        (Sign.OTHER,),
        outcome=Ending.DIED,
        died_on=date(2021, 8, 25),
    )
    day.do(service.amend_event, event, died)
    assert day.standing(person) is Standing.DIED
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
    assert day.standing(day.people[2]) is Standing.DIED
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


# -- who is called again --------------------------------------------------------------------------


def called(day, nth, call):
    row = day.ask(queries.sessions.invited_to, day.session_id)[nth]
    day.do(service.note_call, [row.id], call)
    return row.person_id, NewPerson(row.name, "1985", phone=row.phone)


def test_whoever_was_vaccinated_elsewhere_is_called_again_once_that_dose_is_entered(day):
    _other, known = called(day, 1, Call.COMES)
    day.do(service.enter_doses, [NewDose(known, "2021-06-01", "Comirnaty")])
    day.later(minutes=1)
    person, known = called(day, 1, Call.ELSEWHERE)
    day.later(minutes=1)
    assert day.standing(person) is Standing.UNKNOWN_HISTORY
    day.do(service.enter_doses, [NewDose(known, "2021-06-01", "Comirnaty")])  # it is known already
    assert day.standing(person) is Standing.UNKNOWN_HISTORY
    day.do(service.enter_doses, [NewDose(known, "2021-08-01", "Comirnaty")])
    assert day.standing(person) is Standing.COMPLETE


def test_a_first_dose_given_elsewhere_makes_the_second_one_due(day):
    person, known = called(day, 1, Call.ELSEWHERE)
    day.later(minutes=1)
    day.do(service.enter_doses, [NewDose(known, "2021-08-10", "Comirnaty")])
    told = day.ask(queries.due.standings_of, [person])[person]
    assert told == (Standing.NOT_YET, date(2021, 8, 31))


@pytest.mark.parametrize(
    ("call", "given_on", "standing"),
    [
        (Call.REFUSED, "2021-08-25", Standing.NOT_YET),
        (Call.REFUSED, "2021-08-01", Standing.REFUSED),  # refused although that one was given
        (Call.MOVED, "2021-08-25", Standing.MOVED),
        (Call.DIED, "2021-08-19", Standing.DIED),
    ],
)
def test_a_later_dose_shows_that_a_refusal_is_over(day, call, given_on, standing):
    person, known = called(day, 2, call)
    day.later(days=7)
    day.do(service.enter_doses, [NewDose(known, given_on, "Comirnaty")])
    assert day.standing(person) is standing
