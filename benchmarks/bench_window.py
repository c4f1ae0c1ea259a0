"""The first window and the table of specimens, beside the least that Qt can do.

Windows open cold, in processes of their own, off screen. The table's floor is a model written by
hand: pages of two hundred lines by keyset from the driver, painted by Qt's own delegate. Both know
how long the list is; ``table.places`` is the walk in the background that finds it out.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, Qt
from PyQt6.QtWidgets import QApplication, QTableView

from admin_suite.db.paging import PAGE
from admin_suite.ui import theme
from admin_suite.ui.paged import PagedModel
from admin_suite.ui.table import Table
from benchmarks import material
from benchmarks.frame import Bench
from benchmarks.material import Filled
from modules.lab import queries
from modules.lab.pages.samples import columns, line_of
from modules.lab.queries import SampleView

ROOT = Path(__file__).parents[1]
SIZE = (1366, 768)
ORDER = "ORDER BY t.list_id, s.row, s.id"
LINES = (
    "SELECT s.id, t.accession, p.name, p.dob, u.name, s.collected_at, s.subject, t.code, p.phone, "
    "t.stage FROM lab_specimen s JOIN lab_tube t ON t.id = s.tube_id "
    "JOIN lab_list l ON l.id = t.list_id JOIN registry_unit u ON u.id = l.sender_id "
    "JOIN registry_person p ON p.id = s.person_id"
)
BARE = """
from PyQt6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.processEvents()
"""
SIGN_IN = """
import sys
from admin_suite.core import collector
collector.rest()
from PyQt6.QtCore import QSettings
from admin_suite.ui import theme
from admin_suite.ui.window import Window
app = theme.application()
theme.apply(app, theme.LIGHT)
window = Window(("lab", "results"), sys.argv[1], QSettings(sys.argv[2], QSettings.Format.IniFormat))
window.show()
app.processEvents()
"""
READY = """
import sys
from admin_suite.core import collector
collector.rest()
from PyQt6.QtCore import QEventLoop
from admin_suite.ui import theme
app = theme.application()
theme.apply(app, theme.LIGHT)
from admin_suite.core.permissions import Actor
from admin_suite.house import load
from admin_suite.suite import open_suite
from admin_suite.ui.runner import Runner
from admin_suite.ui.shell import Shell
from modules import INSTALLED
modules = load(INSTALLED)
every = frozenset(right.code for module in modules for right in module.permissions)
suite = open_suite(modules, f"sqlite:///{sys.argv[1]}", Actor(1, "ha", every))
collector.resume()
runner = Runner(suite)
shell = Shell(runner, "")
shell.resize(1366, 768)
shell.show()
while runner._under_way:
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
app.processEvents()
shell.close_down()
"""


def cold(code: str) -> Callable[[Path], None]:
    """Run a window in a process of its own until it is painted.

    Compiled files are kept, as on every computer where the program ran before.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(database: Path) -> None:
        wishes = str(material.folder() / "wishes.ini")
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, str(database), wishes],
            check=True,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,  # off screen Qt remarks on windows it cannot size
            env={**kept, "PYTHONPATH": str(ROOT)},
        )

    return run


class Shown(Struct):
    """The suite's table and the one written by hand over the same specimens."""

    size: int
    work: Any
    driver: Any
    table: Table
    model: PagedModel
    bare: QTableView
    bare_model: "Keyset"
    view: SampleView = field(default_factory=SampleView)


class Keyset(QAbstractTableModel):
    """Pages by keyset: the first key of each page is looked up when it is wanted."""

    def __init__(self, driver: Any, size: int) -> None:
        super().__init__()
        self._driver, self._size = driver, size
        self._pages: dict[int, Sequence[Sequence[Any]]] = {}
        self.order = "s.id"

    def renew(self, order: str) -> None:
        """Begin anew in another order."""
        self.beginResetModel()
        self._pages, self.order = {}, order
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        """Every line at once; only pages are fetched."""
        return 0 if parent is not None and parent.isValid() else self._size

    def columnCount(self, _parent: QModelIndex | None = None) -> int:  # noqa: N802
        """As many as the suite shows."""
        return 9

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        """The words of a cell."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page, place = divmod(index.row(), PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(page)
        lines = self._pages[page]
        return lines[place][1 + index.column()] if place < len(lines) else None

    def _fetch(self, page: int) -> Sequence[Sequence[Any]]:
        first = f"WHERE s.id > {page * PAGE}" if self.order == "s.id" else ""
        query = f"{LINES} {first} ORDER BY {self.order} LIMIT {PAGE}"
        return list(self._driver.execute(query))


@cache
def app() -> QApplication:
    """The one application of this process."""
    made = theme.application()
    theme.apply(made, theme.LIGHT)
    return made


def tables(there: Filled, size: int) -> Shown:
    """Both tables, on screen and empty."""
    app()
    work = there.question()

    def ask(start: Any, then: Callable[[Sequence[Any]], None]) -> None:
        then(queries.sample_page(work, SampleView(), start))

    bare, bare_model = QTableView(), Keyset(there.driver, size)
    model = PagedModel(columns(), line_of, ask, bare)
    table = Table(model, name="bench", blocks=True)
    for view in (table, bare):
        view.resize(*SIZE)
        view.show()
    return Shown(size, work, there.driver, table, model, bare, bare_model)


def painted(view: QTableView) -> None:
    """Work off what waits, then paint."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    view.grab()


def first(shown: Shown) -> None:
    """The first page and the paint."""
    shown.model.begin(queries.sample_page(shown.work, SampleView()))
    shown.table.scrollToTop()
    painted(shown.table)


def bare_first(shown: Shown) -> None:
    """The first page and the paint."""
    shown.bare.setModel(shown.bare_model)
    shown.bare_model.renew("s.id")
    shown.bare.scrollToTop()
    painted(shown.bare)


def opened(there: Filled, size: int) -> Shown:
    """Both tables with their first page."""
    shown = tables(there, size)
    first(shown)
    shown.model.settle(queries.sample_places(shown.work, SampleView()))
    bare_first(shown)
    return shown


def jump(shown: Shown) -> None:
    """To the last tenth of a list and back to its top, each painted."""
    shown.model._pages.clear()  # noqa: SLF001 - those of the turn before
    for line in (shown.size * 9 // 10, 0):
        shown.table.scrollTo(shown.model.index(line, 0))
        painted(shown.table)


def bare_jump(shown: Shown) -> None:
    """The same."""
    shown.bare_model._pages.clear()  # noqa: SLF001
    for line in (shown.size * 9 // 10, 0):
        shown.bare.scrollTo(shown.bare_model.index(line, 0))
        painted(shown.bare)


def by_name(shown: Shown) -> None:
    """The list by name."""
    shown.model.begin(queries.sample_page(shown.work, SampleView(sort="name")))
    painted(shown.table)


def bare_by_name(shown: Shown) -> None:
    """The first page by the index of names."""
    shown.bare_model.renew("p.sorted")
    painted(shown.bare)


def places(shown: Shown) -> None:
    """How long the list is, and where each of its pages begins."""
    queries.sample_places(shown.work, SampleView())


def bare_places(shown: Shown) -> None:
    """Every key, in order, by the driver."""
    query = "SELECT s.id FROM lab_specimen s JOIN lab_tube t ON t.id = s.tube_id "
    shown.driver.execute(f"{query} ORDER BY t.list_id, s.id").fetchall()


SIZES = (1_000, 10_000, 100_000)


def window(name: str, code: str, target: float) -> Bench:
    """A window that opens on a database of so many people."""
    return Bench(
        name=name,
        sizes=SIZES,
        prepare=material.database,
        floor=cold(BARE),
        job=cold(code),
        target=target,
    )


def table_benches(mark: str, fill: Callable[[int], Filled]) -> list[Bench]:
    """What the table of specimens does on one engine."""
    jobs = (
        ("first", tables, (bare_first, first), 1.5),
        ("jump", opened, (bare_jump, jump), 2),
        ("sort", opened, (bare_by_name, by_name), 2),
        ("places", opened, (bare_places, places), 2),
    )
    return [
        Bench(
            name=f"table.{name}{mark}",
            sizes=SIZES,
            prepare=lambda size, prepare=prepare: prepare(fill(size), size),
            floor=both[0],
            job=both[1],
            target=target,
            large=10,
        )
        for name, prepare, both, target in jobs
    ]


BENCHES = [
    window("window.sign_in", SIGN_IN, 2),
    window("window.ready", READY, 13),
    *table_benches("", material.filled),
]
