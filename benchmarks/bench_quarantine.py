"""People who arrive proposed into beds: the whole proposal beside its greedy first part."""

from datetime import date, timedelta
from itertools import count
from random import Random

from msgspec import Struct

from admin_suite.registry.codes import Sex
from benchmarks.frame import Bench
from modules.quarantine.codes import Group
from modules.quarantine.rules.allocation import Guest, Place, Terms, Unit, units_of
from modules.quarantine.rules.search import Proposal, propose

TODAY = date(2021, 8, 13)
TERMS = Terms(TODAY)
BEDS = 4
"""So many beds there are for each person who arrives: 2,000 for 500."""


class Bus(Struct, frozen=True):
    """Who arrives, as families and single people, and the rooms that there are."""

    units: list[Unit]
    places: list[Place]


def bus(size: int) -> Bus:
    """So many people, a third of them in families, of three groups and two days."""
    dice = Random(size)  # noqa: S311 - material, the same each time
    guests: list[Guest] = []
    while len(guests) < size:
        together = min(dice.choice([1, 1, 1, 2, 3, 4]), size - len(guests))
        day = TODAY - timedelta(days=dice.randint(0, 1))
        group = dice.choice([Group.F1, Group.F1, Group.RETURNEE, Group.ENTRANT])
        for n in range(together):
            age = dice.choice([35, 50, 70]) if n == 0 else dice.choice([6, 14, 40])
            sex = dice.choice([Sex.M, Sex.F])
            party = f"H{len(guests) - n}" if together > 1 else ""
            guests.append(Guest(len(guests) + 1, sex, age, group, day, party, dice.choice("AB")))
    bed, places = count(1), []
    while sum(len(place.beds) for place in places) < size * BEDS:
        key = len(places) + 1
        free = tuple(next(bed) for _ in range(dice.choice([4, 5, 6])))
        places.append(Place(key, str(key), key % 4 + 1, free))
    return Bus(units_of(guests, TERMS, 6), places)


def greedy(there: Bus) -> Proposal:
    """The first part alone: everybody in the order of who is hardest to place."""
    return propose(there.units, there.places, TERMS, seed=1, rounds=0)


def whole(there: Bus) -> Proposal:
    """The proposal as people get it, improved until its time is over."""
    return propose(there.units, there.places, TERMS, seed=1)


BENCHES = [
    Bench(
        name="quarantine.proposal",
        sizes=(5, 50, 500),
        prepare=bus,
        floor=greedy,
        job=whole,
        target=1,
        timed=True,
    )
]
