"""A school with a few rooms, and people who come to it."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.quarantine.codes import Group
from modules.quarantine.queries.beds import beds, facility_coded
from modules.quarantine.service.arrivals import NewArrival, expect, join_party
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rules import begin

NUMBERS = count(1)


class Clock:
    """The hour, as the test wants it."""

    def __init__(self):
        self.now = datetime(2021, 8, 13, 1, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(suite, clock):
    """A unit of work in a district with a school of four rooms: 101 and 102, 103, F0 room 201."""
    with suite.database.work(suite.actor) as work:
        work.clock = clock
        begin(work)
        add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
        rooms = [("101", 1, 4, False), ("102", 1, 4, False), ("103", 1, 2, False)]
        rows = [*rooms, ("201", 2, 2, True)]
        add_rooms(
            work,
            [
                NewRoom("NT", name, beds=n, floor=floor, isolation=alone)
                for name, floor, n, alone in rows
            ],
        )
        yield work


def person(work, sex="F", party="", group=Group.F1, **more):
    """Somebody who comes, and the number of his quarantine."""
    number = next(NUMBERS)
    who = NewPerson(f"Người {number}", "1990", Sex.of(sex) if sex else None, f"09{number:08d}")
    given = {"arrived": "2021-08-12", "last_contact": "2021-08-10"} | more
    [key] = expect(work, [NewArrival(who, group, party=party, **given)]).ids
    return key


def family(work, *sexes, **more):
    """People who belong together."""

    keys = [person(work, sex, **more) for sex in sexes]
    join_party(work, keys)
    return keys


def bed(work, room, label="1"):
    """The number of a bed by its room and name."""
    there = beds(work, facility_coded(work, "NT").id)
    return next(row.id for row in there if (row.room, row.label) == (room, label))


def row(work, room, label="1"):
    """What a bed is at this moment."""
    there = beds(work, facility_coded(work, "NT").id)
    return next(row for row in there if (row.room, row.label) == (room, label))
