"""Where rooms are on the plan of their floor."""

from hypothesis import given
from hypothesis import strategies as st

from modules.quarantine.rules.plan import Spot, clashes, is_drawn, on_grid

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
