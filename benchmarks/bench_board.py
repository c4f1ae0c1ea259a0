"""The board of beds: asked for, and painted as tiles and by days, off screen at 1366 x 768.

Three of four beds are taken. The floor of asking is the same join by the driver; the floor of
painting is the same widget over 320 beds, of which as many are in sight, so that a ratio of 1
means: how many beds a facility has does not matter.
"""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtWidgets import QAbstractScrollArea, QApplication

from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from admin_suite.ui import theme
from admin_suite.ui.widgets.board import Board
from admin_suite.ui.widgets.tape import Tape
from admin_suite.ui.widgets.tape_strip import Strip
from benchmarks import material
from benchmarks.frame import Bench
from modules.quarantine.codes import Group
from modules.quarantine.pages.days import strip_of
from modules.quarantine.pages.tiles import shown_tiles
from modules.quarantine.queries.beds import beds
from modules.quarantine.queries.board import Board as Seen
from modules.quarantine.queries.board import board
from modules.quarantine.queries.tape import Chart, chart
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.stays import Placement, admit

SIZE = (1094, 560)
FEW, IN_ROOM, ROOMS = 320, 4, 25
STEPS, NOTCH = 20, 60
RUNNING: list[QApplication] = []
W = TypeVar("W", bound=QAbstractScrollArea)
JOIN = (
    "SELECT b.id, b.label, r.id, r.name, r.floor, c.id, c.kind, c.starts_at, p.name, e.grouping "
    "FROM quarantine_bed b JOIN quarantine_room r ON r.id = b.room_id "
    "LEFT JOIN quarantine_claim c ON c.bed_id = b.id AND c.ends_at IS NULL "
    "LEFT JOIN quarantine_episode e ON e.id = c.episode_id "
    "LEFT JOIN registry_person p ON p.id = c.person_id "
    "ORDER BY r.building, r.floor, r.name, b.position"
)


def school(size: int) -> Path:
    """A database with so many beds in rooms of four, three in each taken."""
    file = material.folder() / f"beds-{size}.db"
    if not file.exists():
        made = shutil.copy(material.empty_database(), file.with_suffix(".making"))
        suite = material.suite(Path(made))
        with suite.database.work(suite.actor) as work:
            _furnish(work, size)
        suite.close()
        Path(made).rename(file)
    return file


def _furnish(work: Work, size: int) -> None:
    add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
    rooms = range(size // IN_ROOM)
    add_rooms(
        work,
        [NewRoom("NT", f"{n // ROOMS + 1}{n % ROOMS:02d}", IN_ROOM, "", n // ROOMS) for n in rooms],
    )
    there = [bed for bed in beds(work) if bed.label != str(IN_ROOM)]
    coming = [
        NewArrival(
            NewPerson(name, "1990", Sex.F if bed.room_id % 2 else Sex.M, f"09{n:08d}"),
            Group.F1,
            (work.today() - timedelta(days=bed.room_id % 7)).isoformat(),
        )
        for n, (bed, name) in enumerate(zip(there, material.names(len(there)), strict=True))
    ]
    keys = expect(work, coming).ids
    admit(work, [Placement(key, bed.id) for key, bed in zip(keys, there, strict=True)])


class Asked(Struct):
    """A suite that is open over a school, and the driver's own connection."""

    suite: Any
    driver: Any


def opened(size: int) -> Asked:
    """Open a school of so many beds."""
    file = school(size)
    return Asked(material.suite(file), material.raw(file))


def ask_board(there: Asked) -> Seen:
    """The board as its page asks for it."""
    with there.suite.database.read(there.suite.actor) as work:
        return board(work)


def ask_days(there: Asked) -> Chart:
    """The tape chart as its page asks for it."""
    with there.suite.database.read(there.suite.actor) as work:
        return chart(work, 1)


def join(there: Asked) -> object:
    """The same lines by the driver."""
    return there.driver.execute(JOIN).fetchall()


class Painted(Struct):
    """The widget over all beds, and over those in sight."""

    whole: QAbstractScrollArea
    few: QAbstractScrollArea


def tiles(size: int) -> Painted:
    """Two boards of tiles."""
    dress()
    lines = shown_tiles(ask_board(opened(size)).tiles)
    whole, few = _shown(Board("Board")), _shown(Board("Board"))
    whole.show_tiles(lines)
    few.show_tiles(lines[:FEW])
    return Painted(whole, few)


def days(size: int) -> Painted:
    """Two tape charts."""
    dress()
    strip = strip_of(ask_days(opened(size)))
    whole, few = _shown(Tape("Days")), _shown(Tape("Days"))
    whole.show_strip(strip)
    lines = strip.lines[:FEW]
    bars = {at: strip.bars[at] for at in range(len(lines)) if at in strip.bars}
    few.show_strip(Strip(strip.columns, lines, bars, strip.now))
    return Painted(whole, few)


def _shown(widget: W) -> W:
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()
    return widget


def scrolled(which: str) -> Callable[[Painted], None]:
    """Turn the wheel by twenty notches; what comes into sight is painted."""

    def run(there: Painted) -> None:
        widget: QAbstractScrollArea = getattr(there, which)
        bar = widget.verticalScrollBar()
        assert bar is not None  # noqa: S101 - a scroll area has one
        step = min(NOTCH, bar.maximum() // 2)
        for notch in range(STEPS):
            bar.setValue(bar.value() + (step if notch < STEPS // 2 else -step))
            QApplication.processEvents()

    return run


def painted(which: str) -> Callable[[Painted], None]:
    """Paint everything that is in sight."""

    def run(there: Painted) -> None:
        widget: QAbstractScrollArea = getattr(there, which)
        view = widget.viewport()
        assert view is not None  # noqa: S101 - a scroll area has one
        view.repaint()

    return run


def dress() -> None:
    """A program with the suite's look; widgets need one."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else theme.application()
    RUNNING.append(app)
    theme.apply(app, theme.LIGHT)


BENCHES = [
    Bench(
        name="board.ask",
        sizes=(20, 200, 2000),
        prepare=opened,
        floor=join,
        job=ask_board,
        target=20,
    ),
    Bench(
        name="board.ask_days",
        sizes=(20, 200, 2000),
        prepare=opened,
        floor=join,
        job=ask_days,
        target=20,
    ),
    Bench(
        name="board.paint",
        sizes=(20, 200, 2000),
        prepare=tiles,
        floor=painted("few"),
        job=painted("whole"),
        target=1.2,
    ),
    Bench(
        name="board.paint_days",
        sizes=(20, 200, 2000),
        prepare=days,
        floor=painted("few"),
        job=painted("whole"),
        target=1.2,
    ),
    Bench(
        name="board.scroll",
        sizes=(20, 200, 2000),
        prepare=tiles,
        floor=scrolled("few"),
        job=scrolled("whole"),
        target=1.2,
    ),
    Bench(
        name="board.scroll_days",
        sizes=(20, 200, 2000),
        prepare=days,
        floor=scrolled("few"),
        job=scrolled("whole"),
        target=1.2,
    ),
]
