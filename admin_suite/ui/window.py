"""The program's one window: first who you are, then the suite.

Nothing here or in the rooms it imports touches the database; ``opening`` reaches it by name.
"""

import sys
from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QSettings, Qt
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QApplication, QStackedWidget, QWidget

from admin_suite.core.i18n import _, language, speak
from admin_suite.ui import qt_words, theme
from admin_suite.ui.dialogs.sign_in import SignIn
from admin_suite.ui.opening import Opening
from admin_suite.ui.trouble import Crash, catch_all

SIZE = (1366, 768)
LEAST = (560, 360)


class Window(QStackedWidget):
    """Holds the sign-in or the shell, and what this computer remembers of its people's wishes."""

    def __init__(self, names: Sequence[str], database: str | None, remembered: QSettings) -> None:
        super().__init__()
        self._remembered = remembered
        self._shell: Any = None
        self.setWindowTitle(_("Epidemic prevention"))
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        if isinstance(kept := remembered.value("geometry"), bytes | bytearray):
            self.restoreGeometry(kept)
        self._fit_screen()
        self._crash = Crash(self)
        catch_all(self._crash)
        self._known: tuple[bool, str, str] | None = None
        self.opening = Opening(names, database, self)
        self.opening.ready.connect(self._ready)
        self.opening.entered.connect(self._enter)
        self.opening.refused.connect(self._refuse)
        self.opening.crashed.connect(self._failed)
        self._show_sign_in()

    def _fit_screen(self) -> None:
        """Never larger than the screen; where it would be, it fills the screen instead."""
        screen = self.screen()
        if screen is None:
            return
        room = screen.availableGeometry()
        if self.width() >= room.width() or self.height() >= room.height():
            least = self.minimumSize().boundedTo(room.size())
            self.setMinimumSize(least)
            self.resize(self.size().boundedTo(room.size()))
            self.move(room.topLeft())
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    @property
    def shell(self) -> Any:
        """The main window, once somebody is signed in."""
        return self._shell

    def _show_sign_in(self) -> None:
        self.sign_in = SignIn(str(self._remembered.value("name", "")))
        self.sign_in.wanted.connect(self._wanted)
        self.sign_in.founded.connect(self._founded)
        self.sign_in.theme_wanted.connect(self.change_theme)
        self.sign_in.language_wanted.connect(self.change_language)
        self._put(self.sign_in)
        if self._known is not None:
            self._ready(*self._known)

    def _put(self, widget: QWidget) -> None:
        while (old := self.currentWidget()) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(widget)
        self.setCurrentWidget(widget)

    def _ready(self, made: bool, unit: str, database: str) -> None:
        self._known = (made, unit, database)
        self.sign_in.show_form(founding=not made, unit=unit, database=database)

    def _wanted(self, name: str, password: str) -> None:
        self._remembered.setValue("name", name)
        self.opening.sign_in(name, password)

    def _founded(self, unit: str, name: str, password: str, full_name: str) -> None:
        self._remembered.setValue("name", name)
        self._known = (True, unit, self._known[2] if self._known else "")
        self.opening.set_up(unit, name, password, full_name)

    def _enter(self, suite: Any) -> None:
        room, runner = self.opening.shell(), self.opening.runner(suite, self)
        self._shell = room.Shell(runner, self._known[2] if self._known else "")
        self._shell.leaving.connect(self.leave)
        self._shell.theme_wanted.connect(self.change_theme)
        self._shell.language_wanted.connect(self.change_language)
        self._shell.renewed.connect(self._renew)
        self._put(self._shell)
        self._shell.pages["home"].setFocus()

    def leave(self) -> None:
        """Sign out: the next person begins at the sign-in."""
        if self._shell is not None:
            self._shell.close_down()
            self._shell = None
        self._remembered.setValue("name", "")
        self._show_sign_in()

    def change_theme(self) -> None:
        """Light to dark and back; everything is painted anew where it stands."""
        tokens = theme.LIGHT if theme.now() is theme.DARK else theme.DARK
        self._remembered.setValue("theme", tokens.name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, tokens)

    def change_language(self) -> None:
        """Vietnamese to English and back; the same page is built anew in other words."""
        speak("en" if language() == "vi" else "vi")
        self._remembered.setValue("language", language())
        self.setWindowTitle(_("Epidemic prevention"))
        if self._shell is None:
            self._show_sign_in()
            return
        self._renew(self._shell.runner.suite)

    def _renew(self, suite: Any) -> None:
        """Build everything anew around the page that is open, or today's where that one is gone."""
        here = self._shell.here
        self._shell.runner.close()
        self._enter(suite)
        if here in self._shell.specs:
            self._shell.open(here)

    def _refuse(self, words: str) -> None:
        self.sign_in.refuse(words)

    def _failed(self, error: Exception) -> None:
        self.sign_in.wait(busy=False)
        self._crash.tell(error)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        self._remembered.setValue("geometry", bytes(self.saveGeometry().data()))
        self.opening.wait()
        if self._shell is not None:
            self._shell.close_down()
        super().closeEvent(event)


def remembered_here() -> QSettings:
    """What this computer remembers: theme, language, size, who was here last."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "admin-suite", "window")


def open_window(names: Sequence[str], database: str | None = None) -> int:
    """Show the sign-in at once, load the house behind it, and run until the window is closed."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(sys.argv[:1])
    kept = remembered_here()
    if language() == "vi":
        speak(str(kept.value("language", "vi")))
    theme.apply(app, theme.DARK if kept.value("theme") == "dark" else theme.LIGHT)
    qt_words.install(app)
    window = Window(names, database, kept)
    window.show()
    app.processEvents()
    window.opening.load()
    return app.exec()
