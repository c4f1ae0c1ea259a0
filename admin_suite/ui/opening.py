"""Loads the house in a thread while the person types; the only door of the window to it.

Whatever imports SQLAlchemy is reached by name, here, so the sign-in window is on screen first.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from PyQt6.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal

from admin_suite.core.errors import UserError


class Opening(QObject):
    """One thread, so what is asked before the house is loaded simply waits for it."""

    ready = pyqtSignal(bool, str, str)  # is it set up, the unit's name, which database
    entered = pyqtSignal(object)  # the open Suite
    refused = pyqtSignal(str)
    crashed = pyqtSignal(Exception)

    def __init__(self, names: Sequence[str], database: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._names, self._database = names, database
        self._thread = QThreadPool(self)
        self._thread.setMaxThreadCount(1)
        self._modules: Sequence[Any] = ()
        self._url: Any = None

    def load(self) -> None:
        """Import everything, look at the database, say ``ready``."""
        self._start(self._load)

    def sign_in(self, name: str, password: str) -> None:
        """Open the database as this person; answers by ``entered`` or ``refused``."""
        self._start(lambda: self._enter(name, password))

    def set_up(self, unit: str, name: str, password: str, full_name: str) -> None:
        """Make the database, its unit and its first administrator, and sign in."""

        def make() -> None:
            house = _room("setting_up")
            beginning = house.Beginning(unit, name, password, full_name=full_name)
            house.set_up(self._modules, self._url, beginning)
            self._enter(name, password)

        self._start(make)

    def shell(self) -> Any:
        """The room of the main window, imported by now."""
        return _room("ui.shell")

    def runner(self, suite: Any, parent: QObject) -> Any:
        """The bridge between pages and verbs for somebody who has signed in."""
        return _room("ui.runner").Runner(suite, parent)

    def wait(self) -> None:
        """Wait for the thread; before closing."""
        self._thread.waitForDone()

    def _load(self) -> None:
        self._modules = _room("house").load(self._names)
        self._url = _room("db.places").database_url(self._database)
        made = _room("setting_up").is_set_up(self._url)
        shown = self._url.render_as_string(hide_password=True)
        self.ready.emit(made, self._unit() if made else "", self._url.database or shown)
        _room("ui.shell")

    def _unit(self) -> str:
        suite = _room("suite").open_suite((), self._url, _room("core.permissions").Actor(0, ""))
        try:
            with suite.database.read(suite.actor) as work:
                return str(_room("registry.queries").own_unit(work).name)
        finally:
            suite.close()

    def _enter(self, name: str, password: str) -> None:
        self.entered.emit(_room("setting_up").sign_in(self._modules, self._url, name, password))

    def _start(self, task: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                task()
            except UserError as error:
                self.refused.emit(str(error))
            except Exception as error:  # the thread's last line of defence
                self.crashed.emit(error)

        self._thread.start(QRunnable.create(guarded))


def _room(name: str) -> Any:
    return import_module(f"admin_suite.{name}")
