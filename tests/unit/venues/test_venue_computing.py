"""Stays that are computed piece by piece are those that would be computed of everything at once."""

from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from admin_suite.core.clock import stamp
from admin_suite.excel.sheet import Change
from admin_suite.registry import merging
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Ending, Kind
from modules.venues.models import Checkin, Stay
from modules.venues.models.visits import LONGEST_STAY
from modules.venues.queries import places
from modules.venues.queries.limits import limits
from modules.venues.rules import stays
from modules.venues.rules.stays import Noted, stays_of
from modules.venues.service import NewCheckin, NewVenue
from tests.unit.venues.conftest import ALONE, CASE

HOURS = 24 * 6
START = int(datetime(2021, 8, 10, tzinfo=UTC).timestamp())


@pytest.fixture
def numbers(work):
    kinds = (Kind.MARKET, Kind.CAFE, Kind.SCHOOL, Kind.LODGING)
    new = [
        NewVenue(f"Điểm {n}", kind, "02947", closes="18:00" if n % 2 else "")
        for n, kind in enumerate(kinds)
    ]
    ids = service.register(work, new).ids
    c = service.checkins.places.Venue.__table__.c
    return list(work.session.scalars(select(c.number).where(c.id.in_(ids)).order_by(c.id)))


def local(moment):
    return stamp(datetime.fromtimestamp(moment, UTC))


def drawn(dice, numbers, people=4):
    """One check-in: mostly a way in, sometimes out, sometimes days long."""
    at = START + dice.randrange(HOURS * 60) * 60
    end = at + dice.choice((20, 90, 300, 60 * 30)) * 60
    way = dice.random()
    t_in, t_out = local(at), local(end)
    person = NewPerson(f"Lý {dice.randrange(people)}", phone="0912345678")
    return NewCheckin(
        person, dice.choice(numbers), "" if way < 0.2 else t_in, t_out if way < 0.5 else ""
    )


def kept(work):
    query = select(
        Stay.person_id,
        Stay.checkin_id,
        Stay.venue_id,
        Stay.t_in,
        Stay.t_out,
        Stay.least,
        Stay.most,
        Stay.ending,
    )
    return sorted(map(tuple, work.session.execute(query)))


def at_once(work):
    query = select(Checkin).where(Checkin.voided_at.is_(None))
    by_person = {}
    for row in work.session.scalars(query):
        line = Noted(row.id, row.venue_id, row.entrance_id, row.at, row.until, row.way)
        by_person.setdefault(row.person_id, []).append(line)
    houses = places.houses(work, range(1, 1000))
    found = []
    for person, lines in by_person.items():
        for one in stays_of(lines, houses, limits(work)):
            said = (one.start, one.end, one.least, one.most, one.ending)
            found.append((person, one.checkin, one.venue, *said))
    return sorted(found)


@pytest.mark.parametrize("seed", range(6))
def test_pieces_make_the_whole(work, numbers, seed):
    dice = Random(seed)
    ids = []
    for _turn in range(12):
        if dice.random() < 0.25 and ids:
            service.withdraw_checkins(work, [ids.pop(dice.randrange(len(ids)))])
        else:
            new = [drawn(dice, numbers) for _n in range(dice.choice((1, 1, 5)))]
            stored = service.note_checkins(work, new)
            ids += sorted(stored.added)
        work.session.expire_all()
        assert kept(work) == at_once(work)


def test_one_visitor_is_one_person_in_all_of_it(work, numbers):
    dice = Random(1)
    for _n in range(20):
        service.note_checkins(work, [drawn(dice, numbers)])
    assert work.session.scalar(select(func.count(Person.id))) == 4


def test_the_order_of_two_lists_changes_no_stay(suite, as_actor, numbers, work):
    dice = Random(7)
    new = [drawn(dice, numbers, people=2) for _n in range(30)]
    service.note_checkins(work, new[:15])
    service.note_checkins(work, new[15:])
    assert kept(work) == at_once(work)


def test_the_database_keeps_the_bound_of_a_stay(work, numbers):
    person = NewPerson("Lý A", phone="0912345678")
    one = NewCheckin(person, numbers[3], "2021-08-13T08:00", "2021-08-14T20:00")
    service.note_checkins(work, [one])
    rows = work.session.scalars(select(Stay).order_by(Stay.t_in)).all()
    assert [row.t_out - row.t_in for row in rows] == [LONGEST_STAY] * 3
    assert LONGEST_STAY == stays.LONGEST
    rows[0].t_out += 1
    with pytest.raises(IntegrityError):
        work.session.flush()
    work.session.rollback()


@pytest.mark.parametrize("seed", range(4))
def test_a_merge_joins_the_stays_at_once_and_parting_brings_each_back(
    suite, as_actor, numbers, work, seed
):
    dice = Random(seed)
    service.note_checkins(work, [drawn(dice, numbers, people=3) for _n in range(40)])
    work.session.expire_all()
    before = kept(work)
    first, second, other = sorted({row[0] for row in before})
    number = merging.merge_people(work, first, second, "cùng một người")
    work.session.expire_all()
    joined = kept(work)
    assert joined == at_once(work)
    assert {row[0] for row in joined} == {first, other}
    service.note_checkins(work, [drawn(dice, numbers, people=3) for _n in range(6)])
    work.session.expire_all()
    assert kept(work) == at_once(work)
    merging.unmerge_people(work, number)
    work.session.expire_all()
    parted = kept(work)
    assert parted == at_once(work)
    assert second in {row[0] for row in parted}


def test_overlapping_stays_of_two_entries_are_one_while_they_are_one_person(work, numbers):
    rows = [
        NewCheckin(NewPerson(name, phone=phone), numbers[0], f"2021-08-13T{a}", f"2021-08-13T{b}")
        for name, phone, a, b in (
            ("Lý A Páo", "0912345678", "08:00", "10:00"),
            ("Lý Páo", "0912345679", "09:00", "11:30"),
        )
    ]
    service.note_checkins(work, rows)
    first, second = sorted({row[0] for row in kept(work)})
    number = merging.merge_people(work, first, second, "cùng một người")
    [one] = [row for row in kept(work) if row[0] == first]
    assert (local(one[3]), local(one[4])) == ("2021-08-13T08:00", "2021-08-13T11:30")
    merging.unmerge_people(work, number)
    assert [(row[0], local(row[4])[11:]) for row in kept(work)] == [
        (first, "10:00"),
        (second, "11:30"),
    ]


def test_corrected_hours_change_earlier_stays_only_where_it_was_so_before(work, numbers):
    key = queries.venue_of(work, numbers[0])
    came = ((CASE, "2021-08-01T08:00"), (ALONE, "2021-08-19T08:00"))
    service.note_checkins(work, [NewCheckin(one, numbers[0], at) for one, at in came])

    def lengths():
        query = select((Stay.t_out - Stay.t_in) / 60).order_by(Stay.t_in)
        return [int(one) for one in work.session.scalars(query)]

    assert lengths() == [45, 45]  # the usual stay at a market
    hours = {"opens": ("", "07:00"), "closes": ("", "08:30")}
    service.correct(work, [Change(key, hours)])
    assert lengths() == [45, 45]
    service.correct(work, [Change(key, {"note": ("", "x")})], anew=True)
    assert lengths() == [30, 30]
    assert set(work.session.scalars(select(Stay.ending))) == {Ending.CLOSING}
