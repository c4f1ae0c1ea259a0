"""The tiles of a board: rooms and beds where somebody has drawn them."""

import pytest
from PyQt6.QtCore import QRectF

from admin_suite.ui.widgets.board_plan import LEAST, Tile, laid_out
from modules.quarantine.pages.tiles import shown_tiles
from modules.quarantine.queries.board import board
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rules import begin


def tile(key, room, place=(0, 0), spot=(0, 0)):
    return Tile(key, room, "Floor 1", str(room), "", "E", "", "", spot=spot, place=place)


def boxes(tiles, across=900.0, scale=1.0):
    """The box of each tile, none of which may lie on another or beyond its room."""
    laid = laid_out(tiles, across, scale)
    for room in laid.rooms:
        assert all(room.box.contains(laid.boxes[at]) for at in room.tiles)
        assert not any(room.box.intersects(o.box) for o in laid.rooms if o is not room)
    pairs = [(a, b) for a in laid.boxes for b in laid.boxes if a is not b]
    assert not any(a.intersects(b) for a, b in pairs)
    assert QRectF(0, 0, laid.wide + 1, laid.high + 1).contains(laid.boxes[-1])
    return {one.id: box for one, box in zip(tiles, laid.boxes, strict=True)}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_beds_stand_where_they_were_drawn_with_the_empty_places_between(scale):
    drawn = {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (3, 2)}
    found = boxes([tile(key, 101, place) for key, place in drawn.items()], scale=scale)
    assert found[1].top() == found[2].top() == found[3].top() < found[4].top()
    assert found[1].left() < found[2].left() < found[3].left() == found[4].left()


def test_an_empty_column_is_an_aisle_narrower_than_a_bed():
    found = boxes([tile(1, 101, (1, 1)), tile(2, 101, (3, 1)), tile(3, 101, (1, 4))])
    assert 0 < found[2].left() - found[1].right() < found[1].width()
    assert 0 < found[3].top() - found[1].bottom() < 2 * found[1].height()


def test_where_nobody_drew_the_beds_two_stand_in_a_line():
    found = boxes([tile(key, 101) for key in (1, 2, 3)])
    assert found[1].top() == found[2].top() < found[3].top()
    assert found[1].left() == found[3].left() < found[2].left()


def test_rooms_of_different_widths_keep_their_columns_on_the_plan():
    hall = [tile(n, 1, ((n - 1) % 5 + 1, (n - 1) // 5 + 1), (1, 1)) for n in range(1, 11)]
    others = [tile(20 + n, 2, spot=(3, 1)) for n in (1, 2)]
    below = [tile(30 + n, 3, spot=(1, 3)) for n in (1, 2)]
    found = boxes([*hall, *others, *below], 700.0)
    assert found[21].left() > found[5].right() + LEAST
    assert found[31].left() == found[1].left()
    assert found[31].top() > found[10].bottom()


def test_the_board_has_the_places_that_a_list_of_rooms_told(suite):
    with suite.database.work(suite.actor) as work:
        begin(work)
        add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
        told = [NewRoom("NT", "101", beds=4, places="1 2 3 / . . 4"), NewRoom("NT", "102", beds=2)]
        add_rooms(work, told)
        found = {(one.room, one.below): one.place for one in shown_tiles(board(work).tiles)}
    assert found == {
        ("101", "1"): (1, 1),
        ("101", "2"): (2, 1),
        ("101", "3"): (3, 1),
        ("101", "4"): (3, 2),
        ("102", "1"): (0, 0),
        ("102", "2"): (0, 0),
    }
