"""What was thrown away unopened, and who was vaccinated elsewhere, in the reports of some days."""

import random
from datetime import date

import pytest

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, reports, service
from modules.vaccination.codes import Move
from modules.vaccination.queries.counting import SPOILT
from modules.vaccination.service import NewDose, NewInjection, VialEnd

TODAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))
NEXT = Period.of_days(date(2021, 8, 21), date(2021, 8, 21))


def told(day, period=TODAY):
    said = day.ask(reports.daily, period, {})
    return [dict(zip(said.headings, row, strict=True)) for row in said.rows], said


def test_what_is_thrown_away_unopened_stands_on_a_line_of_the_store(day):
    vial = day.do(service.open_vial, day.session_id)
    day.do(service.close_vials, [VialEnd(vial)])
    day.do(service.move_stock, day.lot_id, Move.BREAK, 6, "rơi")
    day.do(service.move_stock, day.lot_id, Move.COLD_CHAIN, 12)
    day.do(service.move_stock, day.lot_id, Move.RETURN, 6)
    day.do(service.move_stock, day.lot_id, Move.ADJUST, -6, "kiểm kê")
    [session, store], said = told(day)
    assert (session["Doses used"], session["Doses thrown away"]) == (6, 6)
    assert (store["No."], store["Place of the session"]) == (2, "Vaccine store")
    assert (store["Day"], store["Vaccine"]) == ("20/08/2021", "Comirnaty")
    assert (store["People who came"], store["Doses used"]) == (0, 0)
    assert store["Doses thrown away"] == 18
    assert store["Note"] == "Broken, lot FD9234: 6; Cold chain failed, lot FD9234: 12"
    assert dict(zip(said.headings, said.total, strict=True))["Doses thrown away"] == 24
    assert "24 doses thrown away" in said.remarks[0]
    assert said.remarks[-1].startswith("Doses thrown away unopened")


def test_a_day_without_a_session_on_which_a_lot_expired_has_a_report(day):
    with pytest.raises(UserError, match="No session"):
        told(day, NEXT)
    day.later(days=1)
    day.do(service.move_stock, day.lot_id, Move.EXPIRE, 60)
    [store], _said = told(day, NEXT)
    assert (store["No."], store["Doses thrown away"]) == (1, 60)
    assert len(told(day)[0]) == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_doses_add_up(day, seed):
    """Our own sums over acts by chance: the ledger, the vials and the report say the same."""
    dice = random.Random(seed)
    people = iter(day.people)
    given, spoilt, sent, closed, vials = 0, 0, 0, 0, []
    for step in range(30):
        lot = next(one for one in day.ask(queries.stock.lots) if one.id == day.lot_id)
        open_vials = [v for v in day.ask(queries.stock.vials_of, day.session_id) if not v.unusable]
        act = dice.choice(("open", "give", "give", "close", "spoil", "send"))
        if act == "open" and lot.vials:
            vials.append(day.do(service.open_vial, day.session_id))
        elif act == "give" and open_vials and (person := next(people, None)):
            visit = day.do(service.arrive, day.session_id, person, "UBND xã")
            day.do(service.inject, visit, NewInjection(open_vials[0].id, f"s{seed}-{step}"))
            given += 1
        elif act == "close" and open_vials:
            closed += day.do(service.close_vials, [VialEnd(open_vials[0].id)])
        elif act in ("spoil", "send") and lot.balance:
            doses = dice.randint(1, min(6, lot.balance))
            kind = dice.choice(SPOILT) if act == "spoil" else Move.TRANSFER
            day.do(service.move_stock, day.lot_id, kind, doses)
            spoilt, sent = spoilt + doses * (act == "spoil"), sent + doses * (act == "send")
    opened = 6 * len(vials)
    still = [one.id for one in day.ask(queries.stock.vials_of, day.session_id) if not one.closed]
    wasted = closed + day.do(service.close_vials, [VialEnd(key) for key in still])
    lot = next(one for one in day.ask(queries.stock.lots) if one.id == day.lot_id)
    assert lot.balance == 60 - opened - spoilt - sent
    assert opened == given + wasted
    lines, _said = told(day)
    assert lines[0]["Doses used"] == opened
    assert sum(line["Doses thrown away"] for line in lines) == wasted + spoilt
    assert lines[0]["First doses"] == given == lot.given


def test_a_round_counts_who_was_vaccinated_in_it_and_names_the_others(day):
    visit = day.do(service.arrive, day.session_id, day.people[0])
    vial = day.do(service.open_vial, day.session_id)
    day.do(service.inject, visit, NewInjection(vial, "u"))
    elsewhere = NewPerson("Lý Văn B", "1985", phone="0912345601")
    day.do(service.enter_doses, [NewDose(elsewhere, "2021-08-20", "Vaxzevria")])
    said = day.ask(reports.round_end, TODAY, {})
    _name, registered, before, invited, now, share, first, second = said.total
    assert (registered, before, invited, now, first, second) == (12, 0, 10, 1, 1, 0)
    assert share == pytest.approx(10)
    assert said.remarks[1] == (
        "Vaccinated elsewhere in these days, not counted in this round: 1 person."
    )


@pytest.mark.parametrize("kind", [Move.BREAK, Move.ADJUST])
def test_no_doses_are_not_booked_and_that_is_said(day, kind):
    with pytest.raises(UserError, match="how many doses"):
        day.do(service.move_stock, day.lot_id, kind, 0, "kiểm kê")
    assert [one.kind for one in day.ask(queries.stock.moves, day.lot_id)] == [Move.RECEIVE]
