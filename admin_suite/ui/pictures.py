"""Every page as a PNG, in both themes, both languages and the two sizes that matter.

``python -m admin_suite.ui.pictures FOLDER --db FILE`` shows the data that is there and stores
nothing; somebody looks at the pictures before a change is called done.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from PyQt6.QtCore import QElapsedTimer
from PyQt6.QtWidgets import QApplication, QWidget

from admin_suite.core.i18n import LANGUAGES, speak
from admin_suite.core.permissions import Actor, Role
from admin_suite.db.places import database_url
from admin_suite.house import load
from admin_suite.registry.queries import users
from admin_suite.registry.roles import actor_of
from admin_suite.setting_up import NOBODY
from admin_suite.suite import Suite, open_suite
from admin_suite.ui import theme
from admin_suite.ui.dialogs.sign_in import SignIn
from admin_suite.ui.navigation import HOME
from admin_suite.ui.page import Page
from admin_suite.ui.runner import Runner
from admin_suite.ui.shell import IMPORT, Shell
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.lock import Cover, Who

SIZES = ((1366, 768), (1920, 1080), (683, 384))
ROUNDS, DRAWN_MS = 30, 150


def draw_all(suite: Suite, folder: Path, lists: Sequence[Path] = ()) -> list[Path]:
    """Draw everything, and return the files; ``lists`` are shown in the import preview."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in LANGUAGES:
        for tokens in (theme.LIGHT, theme.DARK):
            speak(language)
            theme.apply(_application(), tokens)
            for size in SIZES:
                made += _draw(suite, folder, f"{size[0]}-{tokens.name}-{language}", size, lists)
    return made


def _application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else theme.application()


def _draw(
    suite: Suite, folder: Path, tag: str, size: tuple[int, int], lists: Sequence[Path]
) -> list[Path]:
    made = []

    def keep(name: str, shown: QWidget) -> None:
        path = folder / f"{name}-{tag}.png"
        _application().processEvents()
        shown.grab().save(str(path))
        made.append(path)

    entrance = _entrance(size, keep)
    runner = Runner(suite)
    shell = Shell(runner, "suite.db")
    shell.resize(*size)
    shell.show()
    for name in (HOME, *shell.specs, IMPORT):
        page = shell.open(name)
        settle(runner)
        keep(name, shell)
        table = page.findChild(Table)
        if table is not None:
            _open_first(page, table, runner)
            keep(f"{name}-card", shell)
    for path in lists:
        shell.bring_file(str(path))
        settle(runner)
        keep(f"import-{path.stem}", shell)
    runner.stop()
    for widget in (shell, entrance):
        widget.close()
        widget.deleteLater()
    _application().processEvents()
    return made


def _entrance(size: tuple[int, int], keep: Callable[[str, QWidget], None]) -> QWidget:
    entrance = SignIn("ha.nguyen")
    entrance.resize(*size)
    entrance.show_form(founding=False, unit="", database="suite.db")
    entrance.show()
    keep("sign-in", entrance)
    entrance.show_form(founding=True, database="suite.db")
    keep("first-run", entrance)
    cover = Cover(Who("ha.nguyen", "Nguyễn Thu Hà"), "09:30 13/08/2021", (), changing=False)
    cover.resize(*size)
    cover.show()
    keep("lock", cover)
    cover.close()
    cover.deleteLater()
    return entrance


def _open_first(page: Page, table: Table, runner: Runner) -> None:
    if table.rows.length():
        table.go_to(0)
        table.opened.emit(0)
        settle(runner)
    page.setFocus()


def settle(runner: Runner) -> None:
    """Let every question be answered and every layout find its place."""
    app = _application()
    for _round in range(ROUNDS):
        app.processEvents()
        runner.stop()
    waited = QElapsedTimer()
    waited.start()
    while waited.elapsed() < DRAWN_MS:  # pages of a PDF are drawn in a thread of Qt's own
        app.processEvents()


def main(names: Sequence[str], arguments: Sequence[str] | None = None) -> int:
    """Draw the database that is named, as its administrator sees it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--db")
    parser.add_argument("--list", type=Path, action="append", default=[])
    asked = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app, modules = _application(), load(names)
    suite = open_suite(modules, database_url(asked.db), Actor(NOBODY, "pictures"))
    with suite.database.read(suite.actor) as work:
        admin = next(user for user in users(work) if user.role == Role.ADMIN)
        actor = actor_of(work, modules, admin.id)
    draw_all(suite.acted_by(actor), asked.folder, asked.list)
    suite.close()
    del app
    return 0


if __name__ == "__main__":
    installed: Callable[..., Sequence[str]] = lambda: import_module("modules").INSTALLED  # noqa: E731
    raise SystemExit(main(installed()))
