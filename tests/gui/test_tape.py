"""The days of the beds: walked by arrows, moved by Space, opened by Enter."""

import pytest
from PyQt6.QtCore import QPoint, Qt

from admin_suite.ui.widgets.tape import Tape
from admin_suite.ui.widgets.tape_strip import Bar, Column, Line, Strip
from modules.quarantine.codes import Ended, Kind
from modules.quarantine.queries.beds import beds, facility_coded
from modules.quarantine.service import stays
from tests.gui.test_quarantine import come, school, whereabouts  # noqa: F401 - a fixture

COLUMNS = [Column("Mon", f"{n}/8") for n in range(1, 6)]


@pytest.fixture
def tape(qtbot):
    """Two rooms of two beds; somebody in the first bed until today, somebody else afterwards."""
    made = Tape("Days")
    qtbot.addWidget(made)
    lines = [Line(0, "101"), Line(1, "1"), Line(2, "2"), Line(0, "102"), Line(3, "1")]
    bars = {
        1: [Bar(7, 0, 2, "Was"), Bar(8, 2, 4.5, "Is", taken=True, firm=2.5, marks=[(3, "late")])]
    }
    made.resize(700, 300)
    made.show()
    made.show_strip(Strip(COLUMNS, lines, bars, 2.5))
    return made


def test_arrows_pass_headings_by_and_stay_inside(tape, qtbot):
    assert (tape.current, tape.column) == (1, 2)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home):
        qtbot.keyClick(tape, key)
        seen.append(tape.current)
    assert seen == [2, 3, 3, 2, 1]
    qtbot.keyClick(tape, Qt.Key.Key_Up)
    assert tape.current == 1
    for _n in range(9):
        qtbot.keyClick(tape, Qt.Key.Key_Right)
    assert tape.column == len(COLUMNS) - 1


def test_enter_opens_whoever_was_there_on_that_day(tape, qtbot):
    opened = []
    tape.opened.connect(lambda *told: opened.append(told))
    qtbot.keyClick(tape, Qt.Key.Key_Return)
    for _n in range(2):
        qtbot.keyClick(tape, Qt.Key.Key_Left)
    qtbot.keyClick(tape, Qt.Key.Key_Return)
    qtbot.keyClick(tape, Qt.Key.Key_End)
    qtbot.keyClick(tape, Qt.Key.Key_Return)
    assert opened == [(1, 8), (1, 7), (3, 0)]


def test_space_takes_up_and_puts_down_and_escape_puts_back(tape, qtbot):
    dropped = []
    tape.dropped.connect(lambda *told: dropped.append(told))
    qtbot.keyClick(tape, Qt.Key.Key_Space)
    qtbot.keyClick(tape, Qt.Key.Key_End)
    assert tape.stop()
    assert not tape.stop()
    qtbot.keyClick(tape, Qt.Key.Key_Space)  # nobody is there to be taken up
    assert tape.hand < 0
    qtbot.keyClick(tape, Qt.Key.Key_Home)
    qtbot.keyClick(tape, Qt.Key.Key_Space)
    qtbot.keyClick(tape, Qt.Key.Key_End)
    qtbot.keyClick(tape, Qt.Key.Key_Space)
    assert dropped == [(1, 3)]


def test_the_mouse_drags_a_bar_to_another_bed(tape, qtbot):
    dropped, opened = [], []
    tape.dropped.connect(lambda *told: dropped.append(told))
    tape.opened.connect(lambda *told: opened.append(told))
    view = tape.viewport()
    start, end = tape.box(1, 3, 4).center().toPoint(), tape.box(4, 3, 4).center().toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end - QPoint(0, 4))
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert (dropped, opened) == ([(1, 3)], [])
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=start)
    assert opened == [(1, 8)]


def test_the_board_turns_to_days_at_the_same_bed_and_moves_people(
    school,  # noqa: F811
    shell,
    qtbot,
    suite,
):
    page = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: page._board is not None and len(page._board.tiles) == 6)
    page.tiles.go_to(school["101-2"])
    qtbot.keyClick(page, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: page.tape.current == school["101-2"])
    qtbot.keyClick(page.tape, Qt.Key.Key_Return)
    qtbot.waitUntil(page.drawer.isVisible)
    assert "Vàng Thị Sua" in page.drawer.accessibleName()
    page.tape.dropped.emit(school["101-2"], school["102-1"])
    qtbot.waitUntil(lambda: whereabouts(suite).get("102-1") == "Vàng Thị Sua")
    qtbot.waitUntil(lambda: any(bar.taken for bar in page.tape.strip.bars.get(4, ())))
    qtbot.keyClick(page, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.tiles)


def test_whoever_has_left_is_told_with_the_days_but_without_deeds(school, shell, qtbot, suite):  # noqa: F811
    with suite.database.work(suite.actor) as work:
        there = beds(work, facility_coded(work, "NT").id)
        [key] = [r.episode_id for r in there if r.id == school["101-1"]]
        stays.depart(work, [key], Ended.DISCHARGED)
    page = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: page._board is not None)
    page.view.choose(1)
    qtbot.waitUntil(lambda: page._chart is not None)
    [was] = [
        one for one in page._chart.spans if one.bed_id == school["101-1"] and one.kind is Kind.STAY
    ]
    page.tape.opened.emit(school["101-1"], was.claim_id)
    qtbot.waitUntil(page.drawer.isVisible)
    assert page.drawer.accessibleName().startswith("Lò Thị Mai")
