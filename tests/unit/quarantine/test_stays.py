"""Beds given and left: what is in the way is said, what was left is cleaned first."""

import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import UserError
from admin_suite.db import guards
from admin_suite.db.complaints import constraint
from admin_suite.db.whole import examine
from admin_suite.registry.presence import whereabouts
from modules.quarantine.codes import Adt, Ended, Group, Kind
from modules.quarantine.models import Episode, Movement
from modules.quarantine.service import beds as rooms
from modules.quarantine.service import stays, undo
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, family, person, row


def admit(work, key, room, label="1"):
    return stays.admit(work, [Placement(key, bed(work, room, label))]).ids[0]


def test_whoever_is_in_a_bed_is_named_with_the_hour(desk):
    admit(desk, person(desk), "101")
    with pytest.raises(UserError, match=r"Bed 1, room 101 has Người \d+ since 08:00 13/08/2021"):
        admit(desk, person(desk), "101")


def test_nobody_has_two_beds(desk):
    key = person(desk)
    admit(desk, key, "101")
    with pytest.raises(UserError, match=r"has bed 1, room 101 since 08:00"):
        admit(desk, key, "102")


def test_a_room_is_for_one_sex(desk):
    admit(desk, person(desk, "F"), "101")
    with pytest.raises(UserError, match="Room 101 has women"):
        admit(desk, person(desk, "M"), "101", "2")
    admit(desk, person(desk, "F"), "101", "2")


def test_a_family_has_a_room_for_itself_even_when_it_comes_one_by_one(desk):
    father, mother, child = family(desk, "M", "F", "M")
    admit(desk, father, "101")
    admit(desk, mother, "101", "2")
    admit(desk, child, "101", "3")
    assert {row(desk, "101", n).key for n in "123"} == {f"P{row(desk, '101').party_id}"}
    with pytest.raises(UserError, match="Room 101 has one family"):
        admit(desk, person(desk, "M"), "101", "4")


def test_a_confirmed_case_is_never_with_others(desk):
    admit(desk, person(desk), "101")
    with pytest.raises(UserError, match="a confirmed case is never in a room with others"):
        admit(desk, person(desk, group=Group.F0), "101", "2")


def test_a_bed_is_free_only_when_the_person_has_left_and_it_is_clean(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    clock.pass_(days=14)
    stays.depart(desk, [key], Ended.DISCHARGED)
    assert row(desk, "101").kind is Kind.TO_CLEAN
    with pytest.raises(UserError, match="waits for cleaning since 08:00 27/08/2021"):
        admit(desk, person(desk), "101")
    rooms.clean(desk, [bed(desk, "101")])
    admit(desk, person(desk), "101")


def test_a_bed_of_a_positive_rests_before_it_is_clean(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    stays.depart(desk, [key], Ended.REFERRED, dirty=True)
    with pytest.raises(UserError, match="rests until 08:00 14/08/2021"):
        rooms.clean(desk, [bed(desk, "101")])
    clock.pass_(hours=24)
    assert rooms.clean(desk, [bed(desk, "101")]) == 1


def test_nobody_moves_into_a_locked_room_and_whoever_is_there_stays(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    clock.pass_(minutes=1)
    rooms.lock(desk, [row(desk, "101").room_id], "F0")
    with pytest.raises(UserError, match="Room 101 is locked since 08:01"):
        admit(desk, person(desk), "101", "2")
    assert row(desk, "101").episode_id == key
    rooms.unlock(desk, [row(desk, "101").room_id])
    admit(desk, person(desk), "101", "2")


def test_a_reserved_bed_waits_for_its_person_and_falls_free_by_itself(desk, clock):
    key, other = person(desk), person(desk)
    stays.reserve(desk, [Placement(key, bed(desk, "101"))])
    with pytest.raises(UserError, match=r"reserved for Người \d+ until 12:00"):
        admit(desk, other, "101")
    clock.pass_(hours=4)
    admit(desk, other, "101")
    with pytest.raises(UserError, match="has Người"):
        admit(desk, key, "101")


def test_the_reserved_bed_is_taken_by_the_one_it_was_kept_for(desk, clock):
    key = person(desk)
    stays.reserve(desk, [Placement(key, bed(desk, "101"))])
    clock.pass_(hours=1)
    admit(desk, key, "101", "2")
    assert row(desk, "101").kind is None
    assert row(desk, "101", "2").episode_id == key


def test_two_people_change_beds_in_one_act(desk, clock):
    one, other = person(desk), person(desk)
    admit(desk, one, "101")
    admit(desk, other, "102")
    clock.pass_(hours=1)
    stays.swap(desk, one, other)
    assert row(desk, "101").episode_id == other
    assert row(desk, "102").episode_id == one


def test_a_whole_room_moves_or_nobody(desk, clock):
    keys = [person(desk) for _ in range(3)]
    for key, label in zip(keys, "123", strict=True):
        admit(desk, key, "101", label)
    clock.pass_(hours=1)
    with pytest.raises(UserError, match="Room 103 has 2 free beds for 3 people"):
        stays.move_room(desk, row(desk, "101").room_id, row(desk, "103").room_id)
    stays.move_room(desk, row(desk, "101").room_id, row(desk, "102").room_id)
    assert [row(desk, "102", n).episode_id for n in "123"] == keys
    assert {row(desk, "101", n).kind for n in "123"} == {Kind.TO_CLEAN}


def test_away_for_a_while_the_bed_stays_and_an_absconder_may_come_back(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    rooms.leave(desk, key, "chụp X-quang")
    assert row(desk, "101").away is not None
    with pytest.raises(UserError, match="is away since"):
        rooms.leave(desk, key, "")
    rooms.come_back(desk, key)
    clock.pass_(hours=1)
    stays.depart(desk, [key], Ended.ABSCONDED)
    assert desk.session.get_one(Episode, key).ended_at is None
    clock.pass_(hours=1)
    admit(desk, key, "102")


def test_what_happened_is_logged_by_hl7_and_said_to_others(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    who = desk.session.get_one(Episode, key).person_id
    assert whereabouts(desk, [who]) == {who: "Trường Nội trú"}
    clock.pass_(hours=1)
    stays.transfer(desk, [Placement(key, bed(desk, "102"))], "gần phòng trực")
    clock.pass_(hours=1)
    stays.depart(desk, [key], Ended.DISCHARGED)
    events = list(desk.session.scalars(select(Movement.event).order_by(Movement.id)))
    assert events == [Adt.A01, Adt.A02, Adt.A03]
    assert whereabouts(desk, [who]) == {}


def test_the_last_thing_that_happened_is_taken_back(desk, clock):
    key = person(desk)
    admit(desk, key, "101")
    clock.pass_(hours=1)
    stays.transfer(desk, [Placement(key, bed(desk, "102"))])
    clock.pass_(hours=1)
    stays.depart(desk, [key], Ended.DISCHARGED)
    undo.take_back(desk, key, "nhầm người")
    assert row(desk, "102").episode_id == key
    undo.take_back(desk, key, "nhầm giường")
    assert row(desk, "101").episode_id == key
    assert row(desk, "102").kind is None
    undo.take_back(desk, key, "nhầm")
    assert row(desk, "101").kind is None
    events = list(desk.session.scalars(select(Movement.event).order_by(Movement.id)))
    assert events[-3:] == [Adt.A13, Adt.A12, Adt.A11]
    with pytest.raises(UserError, match="nothing to take back"):
        undo.take_back(desk, key, "")


def test_a_room_takes_no_more_people_than_distance_allows(desk):
    desk.session.execute(text("UPDATE quarantine_room SET most = 1 WHERE name = '101'"))
    admit(desk, person(desk), "101")
    with pytest.raises(UserError, match="Room 101 takes at most 1 person"):
        admit(desk, person(desk), "101", "2")


STAY = (
    "INSERT INTO quarantine_claim (kind, room_id, bed_id, person_id, episode_id, starts_at, "
    'enters, enters_until, key, infected, reason, "by") '
    "SELECT 'STAY', {room}, {bed}, person_id, id, {at}, 1, {after}, '{key}', {infected}, '', 1 "
    "FROM quarantine_episode WHERE id = {episode}"
)


@pytest.mark.parametrize(
    ("where", "given", "who", "refused"),
    [
        (("101", "1"), ("F", 0), "other", "ex_quarantine_claim_bed"),
        (("102", "1"), ("F", 0), "same", "ex_quarantine_claim_person"),
        (("101", "2"), ("M", 0), "other", "ex_quarantine_claim_key"),
        (("101", "2"), ("F", 1), "other", "ex_quarantine_claim_infected"),
        (("103", "1"), ("F", 0), "other", "ex_quarantine_claim_newcomer"),
        (("201", "1"), ("F", 0), "other", "ck_quarantine_claim_shape"),
    ],
)
def test_a_program_that_goes_round_the_verbs_is_refused_by_the_database(
    desk, clock, where, given, who, refused
):
    mine, other = person(desk), person(desk, given[0])
    admit(desk, mine, "101")
    rooms.lock(desk, [row(desk, "103").room_id], "")
    clock.pass_(hours=1)
    after = "02:00:00.000000" if refused.startswith("ck_") else "02:00:00.000001"
    episode = mine if who == "same" else other
    assert insert(desk, where, given, episode, after) == refused


SHARING = (
    "INSERT INTO quarantine_sharing (episode_id, key) SELECT {episode}, '{key}' WHERE NOT EXISTS "
    "(SELECT 1 FROM quarantine_sharing WHERE episode_id = {episode} AND key = '{key}')"
)


def insert(desk, where, given, episode, after="02:00:00.000001", *, claimed=True):
    """What refuses a stay that is written past the verbs; empty if nothing does.

    ``claimed``: the program has written down too that this person may share a room by that key.
    """
    zone = "+00" if desk.session.get_bind().dialect.name == "postgresql" else ""
    statement = STAY.format(
        room=row(desk, *where).room_id,
        bed=bed(desk, *where),
        at=f"'2021-08-13 02:00:00.000000{zone}'",
        after=f"'2021-08-13 {after}{zone}'",
        key=given[0],
        infected=given[1],
        episode=episode,
    )
    try:
        with desk.session.begin_nested():
            if claimed:
                desk.session.execute(text(SHARING.format(episode=episode, key=given[0])))
            desk.session.execute(text(statement))
    except IntegrityError as error:
        return constraint(error)
    return ""


def test_no_stranger_is_written_into_the_room_of_a_family_of_both_sexes(desk, clock):
    couple = family(desk, "F", "M")
    for key, label in zip(couple, "12", strict=True):
        admit(desk, key, "101", label)
    clock.pass_(hours=1)
    woman, man = person(desk, "F"), person(desk, "M")
    for stranger, own in ((woman, "F"), (man, "M")):
        assert insert(desk, ("101", "3"), (own, 0), stranger) == "ex_quarantine_claim_key"


def test_a_stay_by_a_key_that_is_not_of_its_person_is_refused_on_every_engine(desk, clock):
    couple = family(desk, "F", "M")
    for key, label in zip(couple, "12", strict=True):
        admit(desk, key, "101", label)
    theirs = row(desk, "101").key
    sqlite = desk.session.get_bind().dialect.name == "sqlite"
    refused = "key_quarantine_claim" if sqlite else "fk_quarantine_claim_episode_id_key"
    woman, man, unknown = person(desk, "F"), person(desk, "M"), person(desk, "")
    for one in (woman, man, unknown):
        admit(
            desk,
            one,
            {woman: "102", man: "103", unknown: "103"}[one],
            "2" if one == unknown else "1",
        )
        stays.depart(desk, [one], Ended.ABSCONDED)
    admit(desk, person(desk, "F"), "102", "2")
    clock.pass_(hours=1)
    for stranger in (woman, man, unknown):
        assert insert(desk, ("101", "3"), (theirs, 0), stranger, claimed=False) == refused
    for stranger in (man, unknown):
        assert insert(desk, ("102", "3"), ("F", 0), stranger, claimed=False) == refused
    assert insert(desk, ("102", "3"), ("F", 0), woman, claimed=False) == ""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_program_that_writes_a_wrong_key_is_refused_by_sqlite(desk, clock):
    couple = family(desk, "F", "M")
    for key, label in zip(couple, "12", strict=True):
        admit(desk, key, "101", label)
    theirs = row(desk, "101").key
    clock.pass_(hours=1)
    woman, man, unknown = person(desk, "F"), person(desk, "M"), person(desk, "")
    other, _third = family(desk, "F", "M")
    for stranger in (woman, man, unknown, other):
        assert insert(desk, ("101", "3"), (theirs, 0), stranger) == "key_quarantine_claim"
    admit(desk, woman, "102")
    for stranger in (man, unknown):
        assert insert(desk, ("102", "2"), ("F", 0), stranger) == "key_quarantine_claim"
    assert insert(desk, ("103", "1"), (f"U{woman}", 0), unknown) == "key_quarantine_claim"
    assert insert(desk, ("103", "1"), ("M", 0), man) == ""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_relative_may_be_written_into_the_room_of_the_family(desk, clock):
    mother, father, child = family(desk, "F", "M", "M")
    admit(desk, mother, "101")
    admit(desk, father, "101", "2")
    key = row(desk, "101").key
    clock.pass_(hours=1)
    assert insert(desk, ("101", "3"), (key, 0), child) == ""


def test_a_move_is_taken_back_though_the_clock_goes_on_within_the_act(desk, clock):
    first = person(desk)
    stays.admit(desk, [Placement(first, bed(desk, "101"))])

    def going_on():
        clock.pass_(milliseconds=3)
        return clock.now

    desk.clock = going_on
    stays.transfer(desk, [Placement(first, bed(desk, "102"))])
    undo.take_back(desk, first, "")
    assert row(desk, "101").episode_id == first
    assert row(desk, "102").kind is None
    stays.depart(desk, [first], Ended.DISCHARGED)
    undo.take_back(desk, first, "")
    assert row(desk, "101").episode_id == first


def test_an_examination_finds_what_a_program_has_written_past_every_rule(suite, desk, clock):
    admit(desk, person(desk, "F"), "101")
    women = row(desk, "101")
    clock.pass_(hours=1)
    man, other = person(desk, "M"), person(desk, "M")
    connection = desk.session.connection()
    guards.lift(connection)
    assert insert(desk, ("101", "2"), ("F", 0), man) == ""
    assert insert(desk, ("102", "1"), ("F", 0), other) == ""
    guards.put_up(connection)
    numbers = [desk.session.get_one(Episode, key).person_id for key in (man, other)]
    desk.session.commit()
    found = examine(suite.database.readers)
    assert found.whole
    assert [re.findall(r"\d+", said) for said in found.odd] == [
        [str(women.room_id), str(numbers[0])],
        [str(row(desk, "102").room_id), str(numbers[1])],
        [str(women.room_id), str(women.person_id), str(numbers[0])],
    ]
