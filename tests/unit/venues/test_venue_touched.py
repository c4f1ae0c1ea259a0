"""Stays that nobody touched stay as they are, whatever the rules are now; a verb computes them."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, timedelta

from msgspec.structs import replace
from sqlalchemy import select

from modules.venues import queries, service
from modules.venues.codes import Ending, Kind
from modules.venues.commands import rules as said
from modules.venues.models import Checkin, Stay
from modules.venues.queries import computing
from modules.venues.queries.limits import limits
from modules.venues.service import NewCheckin, NewVenue
from tests.unit.venues.conftest import ALONE, BESIDE, CASE, NOW
from tests.unit.venues.test_venue_computing import at_once, kept

USUAL, SHORT = 60, 20  # minutes at a café, before and after the rule was changed
LONG_ENOUGH = 0.5  # for a colleague to look while the first has not stored yet


def came(person, number, day, left=""):
    return NewCheckin(person, number, f"2021-{day}T08:00", left and f"2021-{left}")


def shorter(work):
    """From today on people stay for twenty minutes at a café."""
    rule = limits(work)
    usual = tuple((k, SHORT if k == "CAFE" else n) for k, n in rule.usual)
    service.adopt_limits(work, replace(rule, usual=usual), work.today(), "QĐ 12")


def minutes(work, person):
    """How long the stays of somebody are, by the day on which they begin."""
    query = select(Stay.t_in, Stay.t_out).where(Stay.person_id == person).order_by(Stay.t_in)
    days = timedelta(seconds=1)
    return {
        (date(1970, 1, 1) + (row[0] + 7 * 3600) * days).isoformat()[5:]: (row[1] - row[0]) // 60
        for row in work.session.execute(query)
    }


def stored(work, *new):
    rows = select(Checkin.person_id, Checkin.id).where(
        Checkin.id.in_(service.note_checkins(work, new).ids)
    )
    return [row[0] for row in work.session.execute(rows.order_by(Checkin.id))]


def test_a_list_over_a_month_computes_only_the_days_around_its_rows(work, numbers):
    days = ("07-05", "07-18", "07-30")
    case, *_same, other = stored(
        work, *(came(CASE, numbers[0], day) for day in days), came(ALONE, numbers[0], "07-18")
    )
    shorter(work)
    ends = (
        came(CASE, numbers[1], day)._replace(t_in=f"2021-{day}T20:00") for day in ("07-05", "07-30")
    )
    service.note_checkins(work, list(ends))
    query = select(Stay.t_in, Stay.t_out).where(Stay.person_id == case).order_by(Stay.t_in)
    lengths = [(row[1] - row[0]) // 60 for row in work.session.execute(query)]
    assert lengths == [SHORT, SHORT, USUAL, SHORT, SHORT]
    assert minutes(work, other) == {"07-18": USUAL}


def test_somebody_who_lodged_for_weeks_keeps_the_stays_before(work, numbers):
    [person, *_same] = stored(
        work,
        came(CASE, numbers[0], "07-01"),
        came(CASE, numbers[1], "07-10", "07-25T20:00"),
    )
    before = kept(work)
    shorter(work)
    service.note_checkins(work, [came(CASE, numbers[0], "07-26")])
    assert [row for row in kept(work) if row in before] == before
    assert minutes(work, person)["07-26"] == SHORT


def test_the_same_list_again_with_few_new_rows_leaves_the_others_alone(work, numbers):
    rows = [came(one, numbers[0], day) for one in (CASE, BESIDE) for day in ("07-05", "07-20")]
    service.note_checkins(work, rows)
    before = {row[1]: row for row in kept(work)}
    shorter(work)
    told = service.note_checkins(work, [*rows, came(BESIDE, numbers[0], "08-10"), *rows[:1]])
    assert (told.new, len(set(told.ids))) == (1, 5)
    after = {row[1]: row for row in kept(work)}
    assert {key: after[key] for key in before} == before
    assert len(after) == 5


def test_ways_out_alone_over_two_years_are_the_usual_stay_before(work, numbers):
    outs = [
        NewCheckin(CASE, numbers[0], "", f"{year}-03-0{day}T10:00")
        for year in (2020, 2021)
        for day in (1, 2)
    ]
    service.note_checkins(work, [*outs, outs[0]])
    assert [row[4] - row[3] for row in kept(work)] == [USUAL * 60] * 4
    assert kept(work) == at_once(work)


def test_earlier_stays_are_computed_anew_on_demand(work, numbers):
    stored(
        work,
        *(came(one, numbers[0], "08-01") for one in (CASE, ALONE)),
        came(BESIDE, numbers[1], "08-01"),
        came(CASE, numbers[0], "08-10", "08-10T09:00"),
    )
    shorter(work)
    before = kept(work)
    first = queries.venue_of(work, numbers[0])
    told = computing.would_change(work)
    assert (told.people, told.stays, told.changed) == (3, 4, 3)
    assert computing.would_change(work, [first]) == (2, 3, 2)
    assert computing.would_change(work, (), date(2021, 8, 2)).changed == 0
    assert kept(work) == before
    values = {"venue": [numbers[0]], "since": "2021-08-01", "dry-run": True}
    assert said.recompute(work, values) == {"people": 2, "stays": 3, "changed": 2}
    assert kept(work) == before
    assert said.recompute(work, {**values, "dry-run": False})["changed"] == 2
    assert computing.would_change(work, [first]) == (2, 3, 0)
    assert service.recompute(work) == (3, 4, 1)
    assert computing.would_change(work).changed == 0
    assert kept(work) == at_once(work)


def test_what_is_past_the_time_of_keeping_is_not_computed_anew(work, numbers):
    """What was noted beside it may be deleted, and a case's stay would become another."""
    old = (NOW - timedelta(days=60)).date()
    new = old + timedelta(days=5)
    stored(work, *(came(CASE, numbers[0], day.isoformat()[5:]) for day in (old, new)))
    shorter(work)
    assert service.recompute(work, (), date(2021, 1, 1)).changed == 1
    assert sorted(row[4] - row[3] for row in kept(work)) == [SHORT * 60, USUAL * 60]


def test_a_way_out_while_a_colleague_takes_the_way_in_back_is_one_alone(suite):
    with suite.database.work(suite.actor) as work:
        work.clock = lambda: NOW
        ids = service.register(work, [NewVenue("Chợ", Kind.MARKET, "02947")]).ids
        [number] = (one.number for one in queries.venue_rows(work, ids))
        first, _second = service.note_checkins(
            work, [came(CASE, number, "08-19"), came(CASE, number, "08-18")]
        ).ids

    def colleague():
        with suite.database.work(suite.actor) as work:
            work.clock = lambda: NOW
            service.withdraw_checkins(work, [first])

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            work.clock = lambda: NOW
            service.note_checkins(work, [NewCheckin(CASE, number, "", "2021-08-19T08:30")])
            told = pool.submit(colleague)
            wait([told], LONG_ENOUGH)
        told.result()
    with suite.database.work(suite.actor) as work:
        assert kept(work) == at_once(work)
        assert [row[-1] for row in kept(work)] == [Ending.USUAL, Ending.BACKWARDS]
