"""Loads the house in a thread while the person types; the only door of the window to it.

Whatever imports SQLAlchemy is reached by name, here, so the sign-in window is on screen first.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from PyQt6.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal

from admin_suite.core.errors import Forbidden, UserError


class Opening(QObject):
    """One thread, so what is asked before the house is loaded simply waits for it."""

    ready = pyqtSignal(bool, str, str)  # is it set up, the unit's name, which database
    entered = pyqtSignal(object)  # the open Suite
    admitted = pyqtSignal(object, str, bool)  # who takes over, the name, whether he has a PIN
    doubted = pyqtSignal()  # whoever was let in at once did not prove right after all
    restored = pyqtSignal(bool, str, str, str)  # as ``ready``, and what is to be said
    refused = pyqtSignal(str)
    barred = pyqtSignal(str)  # whoever left the window locked may not work any more
    crashed = pyqtSignal(Exception)
    loaded = pyqtSignal()  # well or not

    def __init__(self, names: Sequence[str], database: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._names, self._database = names, database
        self._thread = QThreadPool(self)
        self._thread.setMaxThreadCount(1)
        self._modules: Sequence[Any] = ()
        self._url: Any = None

    @staticmethod
    def clock() -> str:
        """What the unit's clock shows; its time zone is loaded with the house."""
        now = datetime.now(UTC)
        return str(import_module("admin_suite.core.clock").moment_shown(now))

    def load(self) -> None:
        """Import everything, look at the database, say ``ready``."""
        self._start(self._load)

    def sign_in(self, name: str, password: str) -> None:
        """Open the database as this person; answers by ``entered`` or ``refused``."""
        self._start(lambda: self._enter(name, password))

    def let_in(self, runner: Any, name: str, words: str) -> None:
        """Let whoever has this PIN take the window over; ``admitted`` or ``refused`` answers.

        A PIN is recognised beside whatever is being written; it is counted and stands in the audit
        as soon as that is done. A password, or a wrong PIN, waits for its turn.
        """
        house, modules = _room("setting_up"), self._modules

        def recognised(actor: Any) -> None:
            job = runner.do(house.admit, modules, name, words)
            job.on_refusal(self.refused.emit)
            if actor is None:
                job.finished.connect(lambda answer: self._let_in(runner, name, answer))
            else:
                job.finished.connect(self._look_again)
                self.admitted.emit(actor, name, True)

        job = runner.ask(house.recognise, modules, name, words)
        job.on_refusal(lambda _said: None).finished.connect(recognised)
        job.failed.connect(self._turn_away)

    def keep_pin(self, runner: Any, pin: str, then: Callable[[], None]) -> None:
        """Keep the PIN that somebody has chosen for himself; ``refused`` says why not."""
        job = runner.do(_room("registry.pins").set_pin, runner.actor.id, pin)
        job.on_refusal(self.refused.emit).finished.connect(lambda _answer: then())

    def pin_length(self) -> tuple[int, int]:
        """How many digits a PIN has, at least and at most."""
        pins = _room("registry.pins")
        return pins.SHORTEST, pins.LONGEST

    def restore(self, file: Any, actor: Any, name: str) -> None:
        """Put a backup in place of the database, which nobody has open any more."""

        def bring() -> None:
            safe = _room("safekeeping")
            done = safe.restore_as(self._modules, self._url, file, actor, name)
            made, unit, database = self._looked()
            self.restored.emit(made, unit, database, safe.said_of(done))

        self._start(bring)

    def set_up(self, unit: str, name: str, password: str, full_name: str, profile: Any) -> None:
        """Make the database, its unit and its first administrator, and sign in."""

        def make() -> None:
            house = _room("setting_up")
            beginning = house.Beginning(unit, name, password, full_name=full_name, profile=profile)
            house.set_up(self._modules, self._url, beginning)
            self._enter(name, password)

        self._start(make)

    def shell(self) -> Any:
        """The room of the main window, imported by now."""
        return _room("ui.shell")

    def runner(self, suite: Any, parent: QObject) -> Any:
        """The bridge between pages and verbs for somebody who has signed in."""
        return _room("ui.runner").Runner(suite, parent)

    def crash_card(self, over: QObject) -> Any:
        """The card of what nobody foresaw, over the window."""
        return _room("ui.widgets.crash").Crash(over)

    def wait(self) -> None:
        """Wait for the thread; before closing."""
        self._thread.waitForDone()

    def _load(self) -> None:
        try:
            self._modules = _room("house").load(self._names)
            self._url = _room("db.places").database_url(self._database)
            self.ready.emit(*self._looked())
            _room("ui.shell")
        finally:
            self.loaded.emit()

    def _looked(self) -> tuple[bool, str, str]:
        """Is it set up, the unit's name, which database."""
        made = _room("setting_up").is_set_up(self._url)
        shown = self._url.render_as_string(hide_password=True)
        return made, self._unit() if made else "", self._url.database or shown

    def _look_again(self, answer: Any) -> None:
        if answer is None:
            self.doubted.emit()

    def _turn_away(self, error: Exception) -> None:
        """Recognising asks for no right: it is forbidden to whoever was switched off."""
        if isinstance(error, Forbidden):
            self.barred.emit(str(error))
        elif isinstance(known := _room("db.complaints").explain(error, {}), UserError):
            self.refused.emit(str(known))

    def _let_in(self, runner: Any, name: str, answer: Any) -> None:
        if answer is None:
            job = runner.ask(_room("registry.pins").refusal, name)
            job.on_refusal(self.refused.emit).finished.connect(self.refused.emit)
        else:
            self.admitted.emit(answer[0], name, answer[1])

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
                known = _room("db.complaints").explain(error, {})
                if isinstance(known, UserError):
                    self.refused.emit(str(known))
                else:
                    self.crashed.emit(error)

        self._thread.start(QRunnable.create(guarded))


def _room(name: str) -> Any:
    return import_module(f"admin_suite.{name}")
