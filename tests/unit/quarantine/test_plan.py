"""Where rooms are on the plan of their floor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from modules.quarantine.queries.beds import rooms as listed
from modules.quarantine.queries.plan import plan
from modules.quarantine.rules.plan import (
    BEDS_ACROSS,
    MOST,
    BedSpot,
    Spot,
    clashes,
    is_drawn,
    on_grid,
    told,
    written,
)
from modules.quarantine.service.places import NewRoom, add_rooms
from modules.quarantine.service.plan import BedOrder, arrange

SPOTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30).map(
    lambda pairs: [Spot(n, *pair) for n, pair in enumerate(pairs, start=1)]
)


@given(SPOTS)
def test_every_room_has_a_place_of_its_own(rooms):
    found = on_grid(rooms)
    assert set(found) == {one.room_id for one in rooms}
    assert len(set(found.values())) == len(rooms)
    assert all(x >= 1 and y >= 1 for x, y in found.values())


@given(SPOTS)
def test_what_was_drawn_stays_where_it_was_drawn(rooms):
    found, seen = on_grid(rooms), set()
    for one in rooms:
        if one.x and one.y and one[1:] not in seen:
            assert found[one.room_id] == one[1:]
            seen.add(one[1:])


@given(SPOTS)
def test_a_clash_is_two_rooms_at_one_drawn_place(rooms):
    drawn = [one[1:] for one in rooms if one.x or one.y]
    assert len(clashes(rooms)) == len(drawn) - len(set(drawn))
    by_id = {one.room_id: one for one in rooms}
    assert all(by_id[one][1:] == by_id[other][1:] for one, other in clashes(rooms))


def test_a_floor_is_drawn_as_soon_as_one_room_is():
    assert not is_drawn([Spot(1, 0, 0), Spot(2, 0, 0)])
    assert is_drawn([Spot(1, 0, 0), Spot(2, 3, 1)])


def drawn(desk):
    """Where every room is drawn."""
    return {room.name: (room.x, room.y) for room in plan(desk).rooms}


def rooms(desk):
    """The rooms by their names."""
    return {room.name: room for room in plan(desk).rooms}


def test_rooms_that_change_places_are_drawn_in_one_act(desk):
    there = rooms(desk)
    arrange(desk, [Spot(there["101"].id, 1, 1), Spot(there["102"].id, 3, 2)])
    assert arrange(desk, [Spot(there["101"].id, 3, 2), Spot(there["102"].id, 1, 1)]) == 2
    assert drawn(desk) == {"101": (3, 2), "102": (1, 1), "103": (0, 0), "201": (0, 0)}
    assert arrange(desk, [Spot(there["101"].id, 3, 2)]) == 0
    arrange(desk, [Spot(there["101"].id, 0, 0)])
    assert drawn(desk)["101"] == (0, 0)


def test_no_room_is_drawn_over_another_one_of_its_floor(desk):
    there = rooms(desk)
    arrange(desk, [Spot(there["101"].id, 1, 1)])
    with pytest.raises(UserError, match="Rooms 101 and 102 are drawn in one place"):
        arrange(desk, [Spot(there["103"].id, 2, 2), Spot(there["102"].id, 1, 1)])
    assert drawn(desk)["103"] == (0, 0)
    arrange(desk, [Spot(there["201"].id, 1, 1)])  # upstairs there is room
    for x, y in ((0, 3), (MOST + 1, 1), (-1, 2)):
        with pytest.raises(UserError, match="40 columns"):
            arrange(desk, [Spot(there["102"].id, x, y)])


def test_beds_of_a_room_change_their_order_and_never_share_a_place(desk):
    beds = rooms(desk)["101"].beds
    first, second = beds[0], beds[1]
    swapped = [BedOrder(first.id, second.position), BedOrder(second.id, first.position)]
    assert arrange(desk, [], swapped) == 2
    assert [bed.label for bed in rooms(desk)["101"].beds] == ["2", "1", "3", "4"]
    with pytest.raises(UserError, match="have one place in the room"):
        arrange(desk, [], [BedOrder(first.id, first.position)])


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=12))
def test_beds_that_nobody_has_drawn_stand_in_order_below_those_that_are(pairs):
    beds = [BedSpot(n, *pair) for n, pair in enumerate(pairs, start=1)]
    found = on_grid(beds, BEDS_ACROSS)
    assert len(set(found.values())) == len(beds)
    assert all(1 <= x <= BEDS_ACROSS and y >= 1 for x, y in found.values())
    free = [found[one.bed_id] for one in beds if found[one.bed_id] != one[1:]]
    assert [spot[::-1] for spot in free] == sorted(spot[::-1] for spot in free)


def test_a_bed_has_a_place_in_its_room_that_no_other_one_has(desk):
    one, other, third, _fourth = rooms(desk)["101"].beds
    assert {(bed.x, bed.y) for bed in rooms(desk)["101"].beds} == {(0, 0)}
    put = [BedOrder(one.id, 1, 5, 2), BedOrder(other.id, 2, 1, 1)]
    assert arrange(desk, [], put) == 2
    assert [(bed.label, bed.x, bed.y) for bed in rooms(desk)["101"].beds][:2] == [
        ("1", 5, 2),
        ("2", 1, 1),
    ]
    assert arrange(desk, [], put) == 0
    with pytest.raises(UserError, match="Beds 1 and 3 have one place in the room"):
        arrange(desk, [], [BedOrder(third.id, 3, 5, 2)])
    for x, y in ((6, 1), (0, 1), (1, -1), (1, MOST + 1)):
        with pytest.raises(UserError, match="5 columns of beds"):
            arrange(desk, [], [BedOrder(third.id, 3, x, y)])
    arrange(desk, [], [BedOrder(one.id, 1, 1, 1), BedOrder(other.id, 2, 5, 2)])
    arrange(desk, [], [BedOrder(one.id, 1), BedOrder(other.id, 2)])
    assert {(bed.x, bed.y) for bed in rooms(desk)["101"].beds} == {(0, 0)}


SPOTTED = st.dictionaries(
    st.tuples(st.integers(1, BEDS_ACROSS), st.integers(1, 4)), st.integers(1, 30), max_size=12
).filter(lambda spots: len(set(spots.values())) == len(spots))


@given(SPOTTED)
def test_the_places_of_beds_are_read_as_they_are_written(spots):
    beds = {str(name): spot for spot, name in spots.items()}
    assert told(written(beds)) == beds


def test_places_are_written_row_by_row_with_full_stops_between():
    assert written({"1": (1, 1), "2": (2, 1), "4": (3, 3)}) == "1 2 / . / . . 4"
    assert written({"1": (0, 0)}) == ""


def test_a_list_of_rooms_puts_beds_in_their_places_and_carries_them_out_again(desk):
    room = NewRoom("NT", "101", beds=4, floor=1, places="4 . 2 / 1")
    add_rooms(desk, [room])
    beds = rooms(desk)["101"].beds
    assert [(bed.label, bed.x, bed.y) for bed in beds] == [
        ("4", 1, 1),
        ("2", 3, 1),
        ("1", 1, 2),
        ("3", 0, 0),
    ]
    assert {row.name: row.places for row in listed(desk, {})}["101"] == "4 . 2 / 1"
    add_rooms(desk, [room._replace(places="")])  # nothing said, nothing moved
    assert [bed.label for bed in rooms(desk)["101"].beds] == ["4", "2", "1", "3"]
    add_rooms(desk, [NewRoom("NT", "301", beds=2, floor=3, places="2 1")])
    assert [bed.label for bed in rooms(desk)["301"].beds] == ["2", "1"]


def test_places_that_a_room_does_not_have_are_refused(desk):
    for places, words in (
        ("1 2 / 1", "stands twice"),
        ("1 9", "Room 101 has no bed 9"),
        (". . . . . 1", "5 columns of beds"),
    ):
        with pytest.raises(UserError, match=words):
            add_rooms(desk, [NewRoom("NT", "101", beds=4, floor=1, places=places)])
