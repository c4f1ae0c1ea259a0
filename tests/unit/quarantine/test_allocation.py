"""Proposals keep every hard rule, and cost little more than the best there is."""

import csv
import itertools
from datetime import date, timedelta
from random import Random
from time import process_time

import pytest

from admin_suite.registry.codes import Sex
from modules.quarantine.codes import Group
from modules.quarantine.rules.allocation import (
    Guest,
    Place,
    Resident,
    Rule,
    Terms,
    in_the_way,
    units_of,
)
from modules.quarantine.rules.costs import UNPLACED, price, spread
from modules.quarantine.rules.search import propose
from tests.unit.lists import SHARED

TODAY = date(2021, 8, 13)
TERMS = Terms(TODAY)
FIXTURE = SHARED / "quarantine"


def some_guests(dice, most):
    found = []
    while len(found) < most:
        size = dice.choice([1, 1, 1, 2, 3, 4, 5])
        arrived = TODAY - timedelta(days=dice.randint(0, 2))
        group = dice.choice([Group.F1, Group.F1, Group.RETURNEE, Group.ENTRANT, Group.F0])
        party = f"H{len(found)}" if size > 1 else ""
        for n in range(min(size, most - len(found))):
            found.append(
                Guest(
                    id=len(found) + 1,
                    sex=dice.choice([Sex.M, Sex.F, Sex.F, None] if n == 0 else [Sex.M, Sex.F]),
                    age=dice.choice([35, 50, 70]) if n == 0 else dice.choice([4, 12, 17, 40]),
                    group=group,
                    arrived=arrived,
                    party=party,
                    source=dice.choice(["", "BN1", "BN2"]),
                    symptomatic=dice.random() < 0.05,
                    ground=dice.random() < 0.1,
                    apart=frozenset({dice.randint(1, most)})
                    if dice.random() < 0.05
                    else frozenset(),
                )
            )
    return found


def some_places(dice, count):
    found, bed = [], itertools.count(1)
    for key in range(1, count + 1):
        free = dice.randint(1, 6)
        residents, sex = (), dice.choice([Sex.M, Sex.F])
        if dice.random() < 0.3:
            arrived = TODAY - timedelta(days=dice.randint(0, 12))
            served = (TODAY - arrived).days
            one = Resident(-key, sex, Group.F1, arrived, "BN1", served, 14 - served)
            residents = (one,)
        found.append(
            Place(
                key,
                str(key),
                dice.randint(1, 3),
                tuple(next(bed) for _ in range(free)),
                residents,
                key=sex.value if residents else "",
                most=dice.choice([None, None, 3]),
                accessible=dice.random() < 0.2,
                isolation=not residents and dice.random() < 0.2,
                locked=dice.random() < 0.1,
            )
        )
    return found


def broken(proposal, terms):
    """The hard rules that a proposal breaks, looked at by itself and not by the program's rule."""
    rooms = {}
    for unit, place in proposal.placed:
        rooms.setdefault(place.id, (place, []))[1].extend(unit.guests)
    for place, guests in rooms.values():
        people = [*guests, *place.residents]
        parties = {one.party for one in people}
        one_family = len(parties) == 1 and "" not in parties
        sexes = {one.sex for one in people}
        adults = {g.party for g in guests if g.age is None or g.age >= terms.minor}
        days = [one.arrived for one in people]
        yield from (
            name
            for name, wrong in {
                "locked": place.locked,
                "capacity": len(guests) > place.room_for,
                "sex": (len(sexes) > 1 or (None in sexes and len(people) > 1)) and not one_family,
                "F0": len({one.kind is Group.F0 for one in people}) > 1,
                "isolation": place.isolation is not any(g.kind is Group.F0 for g in guests),
                "class": len({one.kind for one in people}) > 1 and not one_family,
                "cohort": (max(days) - min(days)).days > terms.window and not one_family,
                "reset": any(one.left < terms.grace for one in place.residents),
                "child": any(
                    g.age is not None and g.age < terms.minor and g.party not in adults
                    for g in guests
                ),
                "stairs": any(g.ground for g in guests)
                and place.floor > 1
                and not place.accessible,
                "apart": any(g.apart & ({one.id for one in people} - {g.id}) for g in guests),
            }.items()
            if wrong
        )
    everybody = [guest.id for unit, _place in proposal.placed for guest in unit.guests]
    if len(everybody) != len(set(everybody)):
        yield "twice"


def test_no_hard_rule_is_ever_broken(monkeypatch):
    monkeypatch.setattr("modules.quarantine.rules.search.ROUNDS", 8)
    monkeypatch.setattr("modules.quarantine.rules.search.MOST_TRIED", 500)
    found = {}
    for seed in range(1000):
        dice = Random(seed)
        guests, places = some_guests(dice, dice.randint(1, 24)), some_places(dice, 12)
        units = units_of(guests, TERMS, max(place.room_for for place in places))
        proposal = propose(units, places, TERMS, seed)
        wrong = set(broken(proposal, TERMS))
        if wrong:
            found[seed] = wrong
        told = [g for unit, _ in (*proposal.placed, *proposal.unplaced) for g in unit.guests]
        assert sorted(g.id for g in told) == sorted(g.id for g in guests)
    assert found == {}


def cheapest(units, places):
    """The lowest cost of all ways there are, tried one by one."""
    best = None
    for chosen in itertools.product([None, *places], repeat=len(units)):
        inside, fits = {}, True
        for unit, place in zip(units, chosen, strict=True):
            if place is None:
                continue
            there = inside.setdefault(place.id, (place, []))[1]
            fits = fits and in_the_way(unit, place, there, TERMS) is None
            there.append(unit)
        if not fits:
            continue
        cost = sum(price(place, there, TERMS).total for place, there in inside.values())
        pairs = [(u, p) for u, p in zip(units, chosen, strict=True) if p is not None]
        missing = sum(u.size for u, p in zip(units, chosen, strict=True) if p is None)
        cost += spread(pairs) + UNPLACED * missing
        best = cost if best is None else min(best, cost)
    return best


def whole_cost(proposal):
    return proposal.cost + UNPLACED * sum(unit.size for unit, _why in proposal.unplaced)


@pytest.mark.parametrize("few", [True, False], ids=["tried out", "searched"])
def test_small_ones_cost_at_most_a_twentieth_more_than_the_best(few, monkeypatch):
    if not few:
        monkeypatch.setattr("modules.quarantine.rules.search.FEW_UNITS", 0)
        monkeypatch.setattr("modules.quarantine.rules.search.ROUNDS", 150)
    for seed in range(40):
        dice = Random(seed)
        places = some_places(dice, 4)
        guests = some_guests(dice, dice.randint(2, 9))
        units = [u for u in units_of(guests, TERMS, 6) if not u.lone][:6]
        best = cheapest(units, places)
        assert whole_cost(propose(units, places, TERMS, seed)) <= best * 1.05 + 1e-6, seed


def test_five_hundred_people_find_two_thousand_beds_in_a_second():
    dice = Random(7)
    bed = itertools.count(1)
    places = [
        Place(n, str(n), n % 4 + 1, tuple(next(bed) for _ in range(dice.choice([4, 5, 6]))))
        for n in range(1, 401)
    ]
    guests = [g for g in some_guests(dice, 520) if g.group is not Group.F0][:500]
    units = units_of(guests, TERMS, 6)
    began = process_time()
    proposal = propose(units, places, TERMS)
    assert process_time() - began < 1.5  # half as much on a computer of today
    lone = sum(unit.size for unit, why in proposal.unplaced if Rule.GUARDIAN in why)
    assert sum(unit.size for unit, _place in proposal.placed) == len(guests) - lone


def test_a_proposal_can_be_made_again_from_its_seed():
    def once(rounds=None):
        dice = Random(3)
        guests, places = some_guests(dice, 40), some_places(dice, 30)
        return propose(units_of(guests, TERMS, 6), places, TERMS, seed=11, rounds=rounds)

    first = once()
    again = once(first.rounds)
    assert [(u.ids, p.id) for u, p in again.placed] == [(u.ids, p.id) for u, p in first.placed]


def test_a_child_without_an_adult_is_not_placed_and_that_is_said():
    child = Guest(1, Sex.M, 9, Group.F1, TODAY)
    proposal = propose(units_of([child], TERMS, 4), [Place(1, "1", 1, (1, 2))], TERMS)
    assert [list(why) for _unit, why in proposal.unplaced] == [[Rule.GUARDIAN]]


def test_a_family_too_large_for_any_room_is_split_with_an_adult_in_each_part():
    ages = [40, 38, 12, 10, 8, 6]
    family = [
        Guest(n, Sex.M if n % 2 else Sex.F, age, Group.F1, TODAY, party="H1")
        for n, age in enumerate(ages, start=1)
    ]
    places = [Place(n, str(n), 1, (10 * n, 10 * n + 1, 10 * n + 2)) for n in (1, 2, 3)]
    proposal = propose(units_of(family, TERMS, 3), places, TERMS)
    assert [unit.size for unit, _place in proposal.placed] == [3, 3]
    assert list(broken(proposal, TERMS)) == []
    assert proposal.split == 1


@pytest.mark.skipif(not FIXTURE.is_dir(), reason="the shared list of families is not here")
def test_families_stay_together_where_another_program_split_them():
    with (FIXTURE / "qf_rooms.csv").open(encoding="utf-8") as file:
        bed = itertools.count(1)
        places = [
            Place(
                int(row["room_id"]),
                row["room_num"],
                int(row["floor"]),
                tuple(next(bed) for _ in range(int(row["capacity"]))),
            )
            for row in csv.DictReader(file)
        ]
    with (FIXTURE / "qf_persons_groups.csv").open(encoding="utf-8") as file:
        guests = [
            Guest(
                int(row["person_id"]),
                {"F": Sex.F, "M": Sex.M}.get(row["gender"][:1]),
                int(row["age"]),
                Group.F1,
                date.fromisoformat(row["admitted_on"]),
                party=row["group_id"],
            )
            for row in csv.DictReader(file)
        ]
    terms = Terms(date(2020, 4, 16))
    largest = max(place.room_for for place in places)
    proposal = propose(units_of(guests, terms, largest), places, terms)
    rooms = {}
    for unit, place in proposal.placed:
        rooms.setdefault(unit.party, set()).add(place.id)
    sizes = {key: sum(g.party == key for g in guests) for key in ("34", "35")}
    assert all(len(rooms[key]) == -(-sizes[key] // largest) for key in ("34", "35"))
    assert set(broken(proposal, terms)) == set()
