"""A day at a vaccination point: one person's way, the vials, what nothing may block."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from modules.vaccination import queries, service
from modules.vaccination.codes import (
    Call,
    Common,
    Consent,
    Ending,
    Move,
    Screened,
    SessionState,
    Sign,
    Standing,
    Station,
    Turn,
    Verdict,
)
from modules.vaccination.rules.vials import Count, last_hour
from modules.vaccination.service import NewEvent, NewInjection, NewScreening, VialEnd
from tests.unit.lab.test_colleagues import CLERKS


def vaccinate(day, person, vial, uid):
    """One person's whole way at a point with one nurse, act by act; returns the acts."""
    visit = day.do(service.arrive, day.session_id, person)
    day.do(service.admit, visit)
    day.do(service.inject, visit, NewInjection(vial, uid))
    day.later(minutes=30)
    day.do(service.leave, [visit])
    return visit, 4


def test_one_nurse_alone_needs_at_most_five_acts_a_head(day):
    vial = day.do(service.open_vial, day.session_id)
    visit, acts = vaccinate(day, day.people[0], vial, "u-0")
    assert acts <= 5
    steps = day.ask(queries.desk.steps, visit)
    assert (steps.turn, steps.screened) == (Turn.DONE, Screened.ELIGIBLE)
    [dose] = steps.doses
    told = (dose.number, dose.verdict, dose.product, dose.lot)
    assert told == (1, Verdict.VALID, "Comirnaty", "FD9234")
    standing, due = day.ask(queries.due.standings_of, [day.people[0]])[day.people[0]]
    assert (standing, due) == (Standing.NOT_YET, date(2021, 9, 10))


def test_pressing_twice_gives_one_dose_and_a_second_injection_is_stopped(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    first = day.do(service.inject, visit, NewInjection(vial, "same"))
    assert day.do(service.inject, visit, NewInjection(vial, "same")) == first
    with pytest.raises(UserError, match=r"was given Comirnaty today at 08:00"):
        day.do(service.inject, visit, NewInjection(vial, "other"))
    [vial] = day.ask(queries.stock.vials_of, day.session_id)
    assert vial.given == 1


def test_a_step_left_out_is_shown_and_blocks_nothing(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.screen, visit, NewScreening())
    [row] = day.ask(queries.desk.queue, day.session_id)
    assert row.missing == ("consent",)
    day.do(service.inject, visit, NewInjection(vial, "u"))
    assert day.ask(queries.desk.steps, visit).turn is Turn.WATCHED


def test_screening_proposes_and_the_clinician_decides(day):
    visit = day.do(service.arrive, day.session_id, day.people[0])
    said = NewScreening(("ALLERGY",), temperature=36.8, systolic=150)
    assert day.do(service.screen, visit, said) is Screened.CAUTION
    assert day.ask(queries.desk.steps, visit).findings == ("ALLERGY", "systolic")
    again = NewScreening(("ALLERGY",), decision=Screened.DEFER, defer_until=date(2021, 9, 1))
    day.do(service.screen, visit, again)
    steps = day.ask(queries.desk.steps, visit)
    assert (steps.proposed, steps.screened, steps.turn) == (
        Screened.CAUTION,
        Screened.DEFER,
        Turn.DEFERRED,
    )
    person = day.people[0]
    assert day.standing(person) is Standing.DEFERRED
    day.later(days=12)
    assert day.standing(person) is Standing.DUE


def test_a_postponement_without_a_day_ends_with_its_own(day):
    person = day.people[0]
    visit = day.do(service.arrive, day.session_id, person)
    day.do(service.screen, visit, NewScreening((), decision=Screened.DEFER))
    assert day.standing(person) is Standing.DEFERRED
    day.later(days=1)
    assert day.standing(person) is Standing.DUE


def test_a_consent_withdrawn_makes_the_screening_void(day):
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.admit, visit)
    day.do(service.consent, visit, Consent.WITHDRAWN)
    steps = day.ask(queries.desk.steps, visit)
    assert (steps.screened, steps.turn) == (None, Turn.REFUSED)


def test_before_the_needle_a_vial_over_its_time_recalled_or_empty_is_refused(day):
    vial = day.do(service.open_vial, day.session_id)
    visits = [day.do(service.arrive, day.session_id, person) for person in day.people[:9]]
    day.do(service.recall, day.lot_id, "CV 12")
    with pytest.raises(UserError, match="Lot FD9234 was recalled"):
        day.do(service.inject, visits[0], NewInjection(vial, "a"))
    with pytest.raises(UserError, match="was recalled at"):
        day.do(service.open_vial, day.session_id)
    day.do(service.lift_recall, day.lot_id)
    for n, visit in enumerate(visits[:6]):
        day.do(service.inject, visit, NewInjection(vial, f"u{n}"))
    with pytest.raises(UserError, match="Vial 1 is used up"):
        day.do(service.inject, visits[6], NewInjection(vial, "b"))
    assert day.do(service.note_extra, vial) == 7
    with pytest.raises(UserError, match="At most 7 doses"):
        day.do(service.note_extra, vial)
    day.do(service.inject, visits[6], NewInjection(vial, "b"))
    other = day.do(service.open_vial, day.session_id)
    day.later(hours=6)
    with pytest.raises(UserError, match="had to be thrown away at 14:00"):
        day.do(service.inject, visits[7], NewInjection(other, "c"))
    late = NewInjection(other, "c", happened=True)  # it was given: a fact is never refused
    day.do(service.inject, visits[7], late)
    [dose] = day.ask(queries.desk.steps, visits[7]).doses
    assert "over its time" in dose.reasons[0]
    day.later(days=200)
    with pytest.raises(UserError, match=r"Lot FD9234 expired on 31/12/2021"):
        day.do(service.open_vial, day.session_id)


def test_a_session_ends_when_every_vial_adds_up(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    with pytest.raises(UserError, match="Still open: vials 1"):
        day.do(service.end_session, day.session_id)
    assert day.do(service.close_vials, [VialEnd(vial)]) == 5
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert (row.doses, row.given, row.wasted, row.difference) == (6, 1, 5, 0)
    assert day.do(service.end_session, day.session_id) == 9
    [session] = day.ask(queries.sessions.sessions)
    assert (session.state, session.given, session.missing) == (SessionState.CLOSED, 1, 9)
    day.do(service.reopen_session, day.session_id)
    day.do(service.reopen_vials, [vial])
    day.do(service.close_vials, [VialEnd(vial, 3, "rơi vỡ")])
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert row.difference == 2


def test_the_balance_is_the_sum_and_never_below_nought(day):
    assert day.do(service.move_stock, day.lot_id, Move.BREAK, 6) == 54
    with pytest.raises(UserError, match="only 54 doses"):
        day.do(service.move_stock, day.lot_id, Move.TRANSFER, 60)
    with pytest.raises(UserError, match="Say why the stock is corrected"):
        day.do(service.move_stock, day.lot_id, Move.ADJUST, 1)
    lines = day.ask(queries.stock.moves, day.lot_id)
    assert [(line.doses, line.after) for line in lines] == [(-6, 54), (60, 60)]
    [lot] = day.ask(queries.stock.lots)
    assert (lot.balance, lot.vials) == (sum(line.doses for line in lines), 9)


def test_of_several_who_open_the_last_vial_at_once_one_does(day):
    day.do(service.move_stock, day.lot_id, Move.RETURN, 54)
    together = Barrier(CLERKS)

    def one(_number):
        together.wait(10)
        try:
            day.do(service.open_vial, day.session_id)
        except UserError:
            return 1
        return 0

    with ThreadPoolExecutor(CLERKS) as pool:
        assert sum(pool.map(one, range(CLERKS))) == CLERKS - 1
    [lot] = day.ask(queries.stock.lots)
    assert lot.balance == 0
    assert len(day.ask(queries.stock.vials_of, day.session_id)) == 1


def test_people_outside_the_list_are_let_in_with_who_sent_them(day):
    guest = day.people[11]
    with pytest.raises(UserError, match="Say who sent him"):
        day.do(service.arrive, day.session_id, guest)
    visit = day.do(service.arrive, day.session_id, guest, "UBND xã")
    assert day.ask(queries.desk.steps, visit).sent_by == "UBND xã"
    [session] = day.ask(queries.sessions.sessions)
    assert session.outside == 1


def test_calls_say_who_is_not_waited_for_and_whoever_comes_all_the_same_is_there(day):
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    day.do(service.note_call, [rows[0].id], Call.ELSEWHERE)
    day.do(service.note_call, [rows[1].id], Call.COMES)
    person = rows[0].person_id
    state = day.standing(person)
    assert state is Standing.UNKNOWN_HISTORY
    assert day.ask(queries.desk.desk, day.session_id).invited == 9
    day.do(service.arrive, day.session_id, person)
    assert [row.person_id for row in day.ask(queries.desk.queue, day.session_id)] == [person]


def test_the_board_counts_down_and_a_reaction_is_one_key(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    dose = day.do(service.inject, visit, NewInjection(vial, "u"))
    day.later(minutes=12)
    day.do(service.react, dose, Common.FEVER)
    day.do(service.react, dose, Common.FEVER)
    [row] = day.ask(queries.desk.resting, day.session_id)
    assert (row.left, row.reactions) == (18, (Common.FEVER,))
    day.do(service.leave, [visit])
    assert day.ask(queries.desk.resting, day.session_id) == []
    day.do(service.stay, [visit])
    assert len(day.ask(queries.desk.resting, day.session_id)) == 1


def test_a_severe_reaction_has_its_clock_its_follow_up_and_its_rate(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    dose = day.do(service.inject, visit, NewInjection(vial, "u"))
    with pytest.raises(UserError, match="first signs are before the vaccination"):
        early = day.now - timedelta(days=1)
        day.do(service.report_event, NewEvent(dose, early, (Sign.ANAPHYLAXIS,)))
    event = day.do(
        service.report_event, NewEvent(dose, day.now, (Sign.ANAPHYLAXIS,), reporter="no 1")
    )
    day.later(hours=25)
    [row] = day.ask(queries.reactions.events)
    assert (row.number, row.late, row.follow_on) == ("AEFI-2021-0001", True, date(2021, 8, 27))
    day.do(service.notify_event, event)
    with pytest.raises(UserError, match="what became of the person"):
        day.do(service.close_event, event)
    with pytest.raises(UserError, match="after 7, 28 days"):
        day.do(service.follow, event, 3, Ending.RECOVERED)
    day.later(days=6)
    day.do(service.follow, event, 7, Ending.RECOVERED)
    [row] = day.ask(queries.reactions.events)
    assert (row.late, row.follow_after, row.outcome) == (False, 28, Ending.RECOVERED)
    [lot] = day.ask(queries.stock.lots)
    assert (lot.given, lot.severe, lot.rate) == (1, 1, 1000.0)
    assert [one.name for one in day.ask(queries.stock.given_of_lot, day.lot_id)] == ["Lý Văn A"]


def test_a_correction_is_answered_and_the_slip_printed_anew(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    day.do(service.issue_slips, [day.people[0]])
    with pytest.raises(UserError, match="None of these people has a dose"):
        day.do(service.issue_slips, [day.people[1]])
    asked = day.do(service.ask_correction, day.people[0], "name", "Lý Văn Á", "CCCD")
    day.later(days=4)
    assert day.ask(queries.corrections.open_corrections) == (1, 1)
    [slip] = day.do(service.accept_correction, asked)
    assert day.ask(queries.slips.slip_people, [slip]) == [("XN-2021-000002", day.people[0])]
    [row] = day.ask(queries.corrections.corrections)
    assert (row.new, row.slips) == ("Lý Văn Á", ("XN-2021-000002",))
    with pytest.raises(UserError, match="was answered already"):
        day.do(service.decline_correction, asked, "no")
    assert day.ask(queries.desk.steps, visit).name == "Lý Văn Á"


def test_an_injection_entered_by_mistake_is_void_and_its_vial_has_the_dose_again(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    day.do(service.take_back_injection, visit, "nhầm người")
    steps = day.ask(queries.desk.steps, visit)
    assert (steps.doses, steps.turn) == ((), Turn.ARRIVED)
    [row] = day.ask(queries.stock.vials_of, day.session_id)
    assert row.given == 0
    day.do(service.inject, visit, NewInjection(vial, "v"))


def test_a_change_of_rules_is_seen_before_it_is_adopted(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    day.later(days=15)
    change = ("vaccination.interval", date(2021, 9, 1), {"days": 14, "overdue": 28})
    seen = day.ask(queries.preview.preview, *change, "Comirnaty")
    assert (seen.due_before, seen.due_after, seen.newly_due) == (11, 12, 1)
    code, since, content = change
    day.do(service.adopt, code, since, "CV 1", content, "Comirnaty")
    assert day.ask(queries.due.due_counts)[Standing.DUE] == 12


@given(st.integers(0, 200), st.integers(0, 30), st.integers(1, 14), st.integers(0, 20))
def test_the_last_hour_leaves_nobody_unvaccinated_and_opens_no_vial_too_many(w, left, per, reserve):
    told = last_hour(w, left, per, reserve)
    there = left + told.open * per
    assert there >= w
    assert told.open == 0 or there - per < w
    assert told.call_in + told.lost == there - w
    assert told.call_in <= reserve


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=4))
def test_given_and_wasted_make_what_was_opened(pairs):
    for given_doses, wasted in pairs:
        count = Count(6, given_doses, wasted)
        assert count.given + count.wasted + count.difference == count.opened


STEPS = (
    lambda day, visit, _vial: day.do(service.consent, visit, Consent.GIVEN),
    lambda day, visit, _vial: day.do(service.consent, visit, Consent.REFUSED),
    lambda day, visit, _vial: day.do(service.screen, visit, NewScreening()),
    lambda day, visit, _vial: day.do(service.screen, visit, NewScreening(("ACUTE",))),
    lambda day, visit, vial: day.do(service.inject, visit, NewInjection(vial, f"u{visit}")),
)


def test_whoever_waits_does_so_at_exactly_one_station(day):
    vials = [day.do(service.open_vial, day.session_id) for _n in range(2)]
    for at, person in enumerate(day.people[:10]):
        visit = day.do(service.arrive, day.session_id, person)
        for step in (STEPS[at % len(STEPS)], *STEPS[: at // len(STEPS)]):
            step(day, visit, vials[at // len(STEPS)])
    alone = {row.id for row in day.ask(queries.desk.queue, day.session_id)}
    stations = [one for one in Station if one is not Station.ALONE]
    seen = [row.id for one in stations for row in day.ask(queries.desk.queue, day.session_id, one)]
    assert len(seen) == len(set(seen))
    assert set(seen) == alone
    assert len(alone) > len(STEPS) - 1


def test_a_station_without_the_board_asks_for_nobody_who_rests(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))
    shown = {one: len(day.ask(queries.desk.desk, day.session_id, one).resting) for one in Station}
    assert [one for one, n in shown.items() if n] == [Station.ALONE, Station.REST]
