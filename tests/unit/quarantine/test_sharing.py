"""Who may share a room: a family's room stays its own, and a corrected sex is not overlooked."""

import re

import pytest
from alembic import command
from sqlalchemy import inspect, select

from admin_suite.core.errors import UserError
from admin_suite.db import engine, guards, migrate
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.quarantine.codes import Group, Kind
from modules.quarantine.day import errands
from modules.quarantine.models import Episode, Sharing
from modules.quarantine.queries.beds import beds, facility_coded, mixed_rooms
from modules.quarantine.queries.proposals import places
from modules.quarantine.queries.waiting import waitlist
from modules.quarantine.rules.keys import Roomer, family_of
from modules.quarantine.service import stays
from modules.quarantine.service.arrivals import join_party
from modules.quarantine.service.places import NewRoom, add_rooms
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, family, person, row


def admit(work, key, room, label="1", reason=""):
    stays.admit(work, [Placement(key, bed(work, room, label), reason)])


def correct(work, episode, sex):
    """Somebody's entry is corrected in the register."""
    who = work.session.get_one(Person, work.session.get_one(Episode, episode).person_id)
    who.sex = Sex.of(sex)
    work.session.flush()


def place(work, name):
    there = places(work, beds(work, facility_coded(work, "NT").id))
    return next(one for one in there if one.name == name)


def test_a_family_is_two_people_or_more_of_one_party():
    one, daughter, other = Roomer(1, Sex.F, 7), Roomer(2, Sex.F, 7), Roomer(3, Sex.F, None)
    assert family_of([one, daughter]) == 7
    assert (
        family_of([one]) is family_of([one, daughter, other]) is family_of([other, other]) is None
    )


def test_no_stranger_joins_a_mother_and_her_daughter(desk):
    mother, daughter, aunt = family(desk, "F", "F", "F")
    admit(desk, mother, "101")
    admit(desk, daughter, "101", "2")
    stranger = person(desk, "F")
    with pytest.raises(UserError, match=r"Room 101 is one family's since 08:00 .* write down why"):
        admit(desk, stranger, "101", "3")
    with pytest.raises(UserError, match="is one family's"):
        admit(desk, stranger, "101", "3", "  ")
    admit(desk, aunt, "101", "3")
    admit(desk, stranger, "101", "4", "Mất điện phòng 102")
    assert row(desk, "101", "4").reason == "Mất điện phòng 102"


def test_no_stranger_is_moved_to_a_family_without_a_reason(desk, clock):
    for key, label in zip(family(desk, "M", "M"), "12", strict=True):
        admit(desk, key, "101", label)
    stranger = person(desk, "M")
    admit(desk, stranger, "102")
    clock.pass_(hours=1)
    wanted = bed(desk, "101", "3")
    with pytest.raises(UserError, match="is one family's"):
        stays.transfer(desk, [Placement(stranger, wanted)], "a reason for the move alone")
    assert row(desk, "102").episode_id == stranger
    stays.transfer(desk, [Placement(stranger, wanted, "Cùng đơn vị")])
    assert row(desk, "101", "3").episode_id == stranger


def test_a_confirmed_case_is_isolated_with_another_family(desk):
    add_rooms(desk, [NewRoom("NT", "104", beds=3, floor=1, isolation=True)])
    for key, label in zip(family(desk, "F", "F", group=Group.F0), "12", strict=True):
        admit(desk, key, "104", label)
    admit(desk, person(desk, "F", group=Group.F0), "104", "3")


def test_a_family_may_move_in_with_somebody_who_was_there_first(desk):
    admit(desk, person(desk, "F"), "101")
    mother, daughter = family(desk, "F", "F")
    admit(desk, mother, "101", "2")
    admit(desk, daughter, "101", "3")
    admit(desk, person(desk, "F"), "101", "4")


def test_a_proposal_leaves_a_familys_room_to_it(desk):
    rooms = {"101": "12", "102": "12", "103": "1"}
    for name, labels in rooms.items():
        keys = family(desk, *("F" for _ in labels)) if len(labels) > 1 else [person(desk, "F")]
        for key, label in zip(keys, labels, strict=True):
            admit(desk, key, name, label)
    stranger, second = person(desk, "F"), person(desk, "F")
    found = {one.id: one.bed_id for one in waitlist(desk, 1, propose=True).rows}
    assert sorted([found[stranger], found[second]]) == [0, bed(desk, "103", "2")]


def test_the_room_of_somebody_alone_follows_a_corrected_sex(desk, clock):
    key = person(desk, "F")
    admit(desk, key, "101")
    correct(desk, key, "M")
    assert place(desk, "101").key == "M"
    assert errands(desk) == []
    clock.pass_(hours=1)
    with pytest.raises(UserError, match="Room 101"):
        admit(desk, person(desk, "F"), "101", "2")
    admit(desk, person(desk, "M"), "101", "2")
    assert {row(desk, "101", n).key for n in "12"} == {"M"}


def test_a_corrected_sex_among_others_is_said_until_somebody_moves(desk, clock):
    keys = [person(desk, "F") for _ in range(2)]
    for key, label in zip(keys, "12", strict=True):
        admit(desk, key, "101", label)
    correct(desk, keys[1], "M")
    clock.pass_(hours=1)
    [line] = errands(desk)
    assert line.what.startswith("Room 101: the sex of somebody was corrected")
    assert [one.episode_id for one in mixed_rooms(desk)] == [keys[1]]
    assert place(desk, "101").key not in ("F", "M", "")
    name = row(desk, "101", "2").person
    with pytest.raises(UserError, match=f"Room 101: {name} is entered as male now"):
        admit(desk, person(desk, "F"), "101", "3")
    stays.transfer(desk, [Placement(keys[1], bed(desk, "102"))])
    assert errands(desk) == []
    assert row(desk, "101", "2").kind is Kind.TO_CLEAN
    admit(desk, person(desk, "F"), "101", "3")


def test_people_of_one_family_stay_together_after_a_correction(desk, clock):
    keys = [person(desk, "F") for _ in range(2)]
    for key, label in zip(keys, "12", strict=True):
        admit(desk, key, "101", label)
    correct(desk, keys[1], "M")
    join_party(desk, keys)
    assert mixed_rooms(desk) == []


def odd(work):
    """What an examination of the database says of rooms, as numbers."""
    return [
        tuple(int(word) for word in re.findall(r"\d+", one))
        for one in guards.oddities(work.session.connection(), work.now())
    ]


def number(work, episode):
    return work.session.get_one(Episode, episode).person_id


def test_an_examination_names_who_shares_a_room_since_an_entry_was_corrected(desk, clock):
    keys = [person(desk, "F") for _ in range(3)]
    for key, label in zip(keys, "123", strict=True):
        admit(desk, key, "101", label)
    admit(desk, person(desk, "M"), "102")
    clock.pass_(hours=1)
    assert odd(desk) == []
    correct(desk, keys[1], "M")
    room = row(desk, "101").room_id
    assert odd(desk) == [
        (room, number(desk, keys[1])),
        (room, *sorted(number(desk, key) for key in keys)),
    ]
    stays.transfer(desk, [Placement(keys[1], bed(desk, "103"))])
    assert odd(desk) == []


def test_an_examination_says_nothing_of_families(desk, clock):
    mother, father = family(desk, "F", "M")
    admit(desk, mother, "101")
    admit(desk, father, "101", "2")
    alone = person(desk, "")
    admit(desk, alone, "102")
    clock.pass_(hours=1)
    assert odd(desk) == []
    correct(desk, alone, "M")
    assert odd(desk) == [(row(desk, "102").room_id, number(desk, alone))]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_stays_of_an_older_database_keep_whom_their_rooms_are_for(suite, desk, clock):
    mother, father = family(desk, "F", "M")
    admit(desk, mother, "101")
    clock.pass_(hours=1)
    admit(desk, father, "101", "2")
    admit(desk, person(desk, "M"), "102")
    kept = select(Sharing.episode_id, Sharing.key).order_by(Sharing.episode_id, Sharing.key)
    before = desk.session.execute(kept).all()
    assert len(before) == 4
    desk.session.commit()
    migrator = engine.open_migrator(suite.database.writer.url)
    with migrator.connect() as connection:
        command.stamp(migrate.settings(connection), "head")
        migrate.downgrade(connection, "20261129_spots")
        assert not inspect(connection).has_table("quarantine_sharing")
        command.upgrade(migrate.settings(connection), "head")
        connection.commit()
    migrator.dispose()
    assert desk.session.execute(kept).all() == before
    assert row(desk, "101").episode_id == mother
