"""The plan of a floor: rooms and beds are moved by keys and mouse, and saved in one act."""

import pytest
from PyQt6.QtCore import Qt

from admin_suite.ui.widgets.floor_plan import DrawnRoom, FloorPlan
from modules.quarantine.queries.plan import plan
from tests.gui.test_quarantine import school  # noqa: F401 - a fixture

SPACE, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Return
LEFT, RIGHT, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down


@pytest.fixture
def grid(qtbot):
    """Two rooms side by side."""
    made = FloorPlan("Plan", 40)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_rooms(
        [
            DrawnRoom(1, "101", 1, 1, [(11, "1"), (12, "2"), (13, "3")]),
            DrawnRoom(2, "102", 2, 1, [(21, "1")]),
        ]
    )
    return made


def places(grid):
    return {room.name: (room.x, room.y) for room in grid.rooms}


def test_arrows_move_the_room_in_the_hand_and_rooms_change_places(grid, qtbot):
    for key in (SPACE, DOWN, RIGHT, SPACE):
        qtbot.keyClick(grid, key)
    assert places(grid) == {"101": (2, 2), "102": (2, 1)}
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert grid.current.name == "102"
    for key in (SPACE, DOWN, SPACE):
        qtbot.keyClick(grid, key)
    assert places(grid) == {"101": (2, 1), "102": (2, 2)}


def test_escape_puts_a_room_back_where_it_was(grid, qtbot):
    for key in (SPACE, DOWN, DOWN):
        qtbot.keyClick(grid, key)
    assert grid.stop()
    assert places(grid)["101"] == (1, 1)
    assert not grid.stop()


def test_beds_change_their_order_in_the_room(grid, qtbot):
    for key in (ENTER, SPACE, RIGHT, RIGHT, RIGHT, SPACE):
        qtbot.keyClick(grid, key)
    assert [label for _id, label in grid.current.beds] == ["2", "3", "1"]
    assert grid.stop()
    assert grid.bed == -1


def test_a_bed_goes_to_an_empty_place_of_its_room_and_no_further_than_its_walls(grid, qtbot):
    for key in (ENTER, SPACE, DOWN, DOWN, LEFT):
        qtbot.keyClick(grid, key)
    room = grid.current
    assert room.spots == {11: (1, 2), 12: (2, 1), 13: (3, 1)}
    assert [label for _id, label in room.beds] == ["2", "3", "1"]
    assert room.beds[grid.bed] == (11, "1")
    assert grid.stop()  # put back
    assert room.spots == {11: (1, 1), 12: (2, 1), 13: (3, 1)}
    for key in (RIGHT, SPACE, DOWN, SPACE, Qt.Key.Key_Up):
        qtbot.keyClick(grid, key)
    assert room.spots[12] == (2, 2)
    assert room.beds[grid.bed][1] in {"1", "3"}
    view = grid.viewport()
    start, end = (grid.bed_box(room, n).center().toPoint() for n in (0, 2))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert room.spots == {11: (2, 2), 12: (1, 1), 13: (3, 1)}


def test_the_mouse_drags_a_room_and_a_bed(grid, qtbot):
    view = grid.viewport()
    start = grid.box(1, 1).bottomLeft().toPoint()
    start.setX(start.x() + 60)
    start.setY(start.y() - 10)
    end = grid.box(3, 2).center().toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert places(grid)["101"] == (3, 2)
    room = grid.rooms[0]
    one, other = (grid.bed_box(room, n).center().toPoint() for n in (0, 2))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=one)
    qtbot.mouseMove(view, other)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=other)
    assert [label for _id, label in room.beds] == ["3", "2", "1"]


def test_what_moved_is_saved_in_one_act_drawn_on_the_board_and_taken_back(
    school,  # noqa: F811
    shell,
    qtbot,
    suite,
):
    def stored():
        with suite.database.read(suite.actor) as work:
            return {room.name: (room.x, room.y) for room in plan(work).rooms}

    page = shell.open("quarantine.plan")
    qtbot.waitUntil(lambda: len(page.grid.rooms) == 3)
    assert not page.save.isEnabled()
    for key in (SPACE, DOWN, SPACE):
        qtbot.keyClick(page.grid, key)
    assert page.save.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: stored() == {"101": (1, 2), "102": (2, 1), "103": (3, 1)})
    board = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: bool(board.tiles.tiles))
    assert {tile.room: tile.spot for tile in board.tiles.tiles} == stored()
    tops = {room.name: room.box.top() for room in board.tiles.plan.rooms}
    assert tops["101"] > tops["102"] == tops["103"]
    shell.open("quarantine.plan")
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: set(stored().values()) == {(0, 0)})


def test_the_place_of_a_bed_is_saved_shown_again_and_taken_back(
    school,  # noqa: F811
    shell,
    qtbot,
    suite,
):
    def stored():
        with suite.database.read(suite.actor) as work:
            [room] = [room for room in plan(work).rooms if room.name == "101"]
            return [(bed.label, bed.x, bed.y) for bed in room.beds]

    before = stored()
    assert all((x, y) == (0, 0) for _label, x, y in before)
    page = shell.open("quarantine.plan")
    qtbot.waitUntil(lambda: len(page.grid.rooms) == 3)
    for key in (ENTER, SPACE, DOWN, SPACE):
        qtbot.keyClick(page.grid, key)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: ("1", 1, 2) in stored())
    qtbot.waitUntil(lambda: not page.save.isEnabled())
    assert page.grid.rooms[0].spots[_key(page, "1")] == (1, 2)
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored() == before)


def _key(page, label):
    return next(key for key, name in page.grid.rooms[0].beds if name == label)


@pytest.fixture(params=[1.0, 2.0])
def dormitory(qtbot, request, monkeypatch):
    """A hall of eight rows of beds above an ordinary room, at the usual and at twice the font."""
    monkeypatch.setattr(FloorPlan, "font_scale", property(lambda _grid: request.param))
    made = FloorPlan("Plan", 40)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    beds = [(n, str(n)) for n in range(1, 39)]
    rooms = [DrawnRoom(1, "Hall", 1, 1, beds), DrawnRoom(2, "102", 1, 2, [(90, "1")])]
    made.show_rooms([*rooms, DrawnRoom(3, "103", 2, 1, [(91, "1")])])
    return made


def test_a_room_is_as_high_as_its_beds_want_and_the_next_one_stands_below(dormitory):
    hall, below, beside = dormitory.rooms
    box = dormitory.room_box(hall)
    inside = [dormitory.bed_box(hall, n) for n in range(len(hall.beds))]
    assert all(box.contains(one) for one in inside)
    assert not any(one.intersects(other) for one in inside for other in inside if one is not other)
    assert dormitory.room_box(below).top() > box.bottom()
    assert dormitory.room_box(beside).height() < box.height()
    down = dormitory.verticalScrollBar()
    assert down.maximum() + dormitory.viewport().height() > dormitory.room_box(below).bottom()


def test_the_last_bed_of_a_high_room_is_reached_by_keys_and_mouse(dormitory, qtbot):
    for key in (ENTER, *[DOWN] * 7):
        qtbot.keyClick(dormitory, key)
    hall, seen = dormitory.rooms[0], dormitory.viewport().rect()
    assert hall.beds[dormitory.bed][1] == "36"
    last = dormitory.bed_box(hall, dormitory.bed).center().toPoint()
    assert seen.contains(last)
    end = dormitory.bed_box(hall, hall.beds.index((37, "37"))).center().toPoint()
    qtbot.mousePress(dormitory.viewport(), Qt.MouseButton.LeftButton, pos=last)
    qtbot.mouseMove(dormitory.viewport(), end)
    qtbot.mouseRelease(dormitory.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert (hall.spots[36], hall.spots[37]) == ((2, 8), (1, 8))


def test_a_bed_begins_a_new_row_below_the_others_and_the_rooms_below_give_way(dormitory, qtbot):
    hall, below, _beside = dormitory.rooms
    before = dormitory.room_box(below).top() + dormitory.offset().y()
    for key in (ENTER, *[DOWN] * 7, SPACE, DOWN, DOWN):
        qtbot.keyClick(dormitory, key)
    assert hall.spots[36] == (1, 9)
    assert dormitory.room_box(below).top() + dormitory.offset().y() > before


def test_a_room_is_put_below_a_high_one_by_the_mouse(dormitory, qtbot):
    hall, _below, beside = dormitory.rooms
    view = dormitory.viewport()
    dormitory.resize(1200, 1200)
    start = dormitory.room_box(beside).bottomLeft().toPoint()
    start.setX(start.x() + 40)
    start.setY(start.y() - 6)
    end = dormitory.box(2, 2).center().toPoint()
    assert end.y() > dormitory.room_box(hall).bottom()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert (beside.x, beside.y) == (2, 2)
