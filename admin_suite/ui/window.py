"""The program's one window: first who you are, then the suite.

Nothing here or in the rooms it imports touches the database; ``opening`` reaches it by name.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PyQt6 import sip
from PyQt6.QtCore import QSettings, Qt
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from admin_suite.core import collector
from admin_suite.core.i18n import _, language, speak
from admin_suite.core.profiles import Profile
from admin_suite.ui import qt_words, theme
from admin_suite.ui.dialogs.sign_in import SignIn
from admin_suite.ui.idle import Idle
from admin_suite.ui.opening import Opening
from admin_suite.ui.remembered import remembered_here
from admin_suite.ui.trouble import catch_all
from admin_suite.ui.widgets.lock import Cover, Who

SIZE = (1366, 768)
LEAST = (560, 360)
MOST_PEOPLE = 4


class Window(QStackedWidget):
    """Holds the sign-in or the shell, and what this computer remembers of its people's wishes."""

    def __init__(self, names: Sequence[str], database: str | None, remembered: QSettings) -> None:
        super().__init__()
        self._remembered = remembered
        self._shell: Any = None
        self._cover: Cover | None = None
        self._crash: Any = None
        self._focus: QWidget | None = None
        self._inviting = False
        self._name = ""
        self.setWindowTitle(_("Epidemic prevention"))
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        if isinstance(kept := remembered.value("geometry"), bytes | bytearray):
            self.restoreGeometry(kept)
        self._fit_screen()
        catch_all(lambda error: self._crash_card().caught(error))
        self.idle = Idle(self)
        self.idle.long.connect(self.lock)
        self._known: tuple[bool, str, str] | None = None
        self.opening = Opening(names, database, self)
        self.opening.ready.connect(self._ready)
        self.opening.entered.connect(self._enter)
        self.opening.admitted.connect(self._let_in)
        self.opening.doubted.connect(self.lock)
        self.opening.restored.connect(self._restored)
        self.opening.refused.connect(self._refuse)
        self.opening.barred.connect(self._turn_away)
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
        self._name = name
        self.opening.sign_in(name, password)

    def _founded(
        self, unit: str, name: str, password: str, full_name: str, profile: Profile
    ) -> None:
        self._name = name
        self._known = (True, unit, self._known[2] if self._known else "")
        self.opening.set_up(unit, name, password, full_name, profile)

    def _enter(self, suite: Any) -> None:
        self._show_shell(self.opening.runner(suite, self))
        self._remember(self._shell.runner.actor.name)

    def _show_shell(self, runner: Any) -> None:
        """The main window of whoever the runner works for; what another had begun ends unseen."""
        old, room = self._shell, self.opening.shell()
        self._shell = shell = room.Shell(runner, self._known[2] if self._known else "")
        shell.locking.connect(self.lock)
        shell.changing.connect(partial(self.lock, changing=True))
        shell.ruled.connect(self._follow)
        shell.restoring.connect(self._restore)
        shell.renewed.connect(self._renew)
        shell.theme_wanted.connect(self.change_theme)
        shell.language_wanted.connect(self.change_language)
        runner.crashed.connect(self._crashed)
        if old is not None:
            self.removeWidget(old)
            old.hide()
            old.retire()
        self._cover = None
        self._put(shell)
        shell.stack.currentWidget().setFocus()

    def _hand_to(self, suite: Any) -> None:
        """The same page for another person, in another language or another kind of place."""
        old = self._shell
        name, standing = old.here, old.pages[old.here].standing()
        old.hide()  # a page keeps what is half typed as long as it may still write
        self._show_shell(old.runner.handed_to(suite))
        self._shell.come_back(name, standing)

    # -- lock and change of user ------------------------------------------------------------------

    def lock(self, *, changing: bool = False) -> None:
        """Cover everything until somebody shows who he is."""
        if self._shell is None or (self._cover is not None and not self._inviting):
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._shell.pause()
        self._focus = self._shell.focusWidget()
        who, *others = self._people()
        cover = Cover(who, self.opening.clock(), others, changing=changing)
        cover.wanted.connect(partial(self.opening.let_in, self._shell.runner))
        self._cover_with(cover)

    @property
    def cover(self) -> Cover | None:
        """What lies over the main window while it is locked."""
        return self._cover

    def _cover_with(self, cover: Cover) -> None:
        if self._cover is not None:
            self._drop(self._cover)
        self._cover, self._inviting = cover, False
        cover.leaving.connect(self.leave)
        self.addWidget(cover)
        self.setCurrentWidget(cover)
        cover.begin()

    def _uncover(self) -> None:
        cover, self._cover, self._inviting = self._cover, None, False
        self.setCurrentWidget(self._shell)
        if cover is not None:
            self._drop(cover)
        if self._focus is not None and not sip.isdeleted(self._focus):
            self._focus.setFocus()
        else:
            self._shell.stack.currentWidget().setFocus()
        self._shell.ask_rules()

    def _drop(self, widget: QWidget) -> None:
        self.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _let_in(self, actor: Any, name: str, has_pin: bool) -> None:
        """Somebody has shown who he is: back to the page, which stays as far as he may see it."""
        if self._shell is None or self._cover is None:
            return
        self._name = name
        if actor == self._shell.runner.actor:
            self._uncover()
        else:
            self._hand_to(self._shell.runner.suite.acted_by(actor))
        self._remember(actor.name)
        if not has_pin:
            self._focus = self._shell.focusWidget()
            self._invite(Who(name, actor.name))

    def _invite(self, who: Who) -> None:
        cover, runner = Cover(who, "", (), changing=False), self._shell.runner
        cover.kept.connect(lambda pin: self.opening.keep_pin(runner, pin, self._uncover))
        cover.later.connect(self._uncover)
        self._cover_with(cover)
        self._inviting = True
        cover.invite(who.full_name, *self.opening.pin_length())

    def _people(self) -> list[Who]:
        """Whoever is here now, and who worked at this computer before, the last one first."""
        now = Who(self._name, self._shell.runner.actor.name)
        lines = self._remembered.value("people") or []
        lines = [lines] if isinstance(lines, str) else lines
        kept = [Who(*line.split("\t")) for line in lines if str(line).count("\t") == 1]
        return [now, *(one for one in kept if one.name != now.name)]

    def _remember(self, full_name: str) -> None:
        people = [Who(self._name, full_name), *self._people()[1:]][:MOST_PEOPLE]
        self._remembered.setValue("people", [f"{one.name}\t{one.full_name}" for one in people])
        self._remembered.setValue("name", self._name)

    def _follow(self, rules: Any) -> None:
        """Do as the shared settings say now."""
        if self._shell is None:  # signed out while they were asked for
            return
        self.idle.watch(rules.idle_minutes)
        suite = self._shell.runner.suite
        if rules.profile != suite.profile and self._cover is None:
            self._hand_to(suite.used_as(rules.profile))

    def _crashed(self, error: Exception) -> None:
        if self._cover is not None:
            self._cover.wait(busy=False)
            self.tell_crash(error)

    # -- leaving ----------------------------------------------------------------------------------

    def leave(self) -> None:
        """Sign out: the next person begins at the sign-in."""
        self._close_shell()
        self._remembered.setValue("name", "")
        self._show_sign_in()

    def _turn_away(self, words: str) -> None:
        """Whoever was locked was switched off: the next person begins at the sign-in."""
        self.leave()
        self.sign_in.tell(words)

    def _close_shell(self) -> None:
        if self._shell is not None:
            self._shell.close_down()
        self._shell = self._cover = None
        self.idle.watch(0)

    def _restore(self, file: Any) -> None:
        """Close the database, put the backup in its place, and begin at the sign-in."""
        actor = self._shell.runner.actor
        self._close_shell()
        self._show_sign_in()
        self.sign_in.wait(busy=True)
        self.opening.restore(file, actor, self._name)

    def _restored(self, made: bool, unit: str, database: str, said: str) -> None:
        self._ready(made, unit, database)
        self.sign_in.wait(busy=False)
        self.sign_in.tell(said)

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
        self._hand_to(self._shell.runner.suite)

    def _renew(self, suite: Any) -> None:
        """The person's rights are others now: the same page, as far as it may be seen."""
        if self._shell is not None and self._cover is None:
            self._hand_to(suite)

    def _refuse(self, words: str) -> None:
        if self._cover is None:
            self.sign_in.refuse(words)
        elif self._inviting:
            self._cover.refuse_pin(words)
        else:
            self._cover.refuse(words)

    def _failed(self, error: Exception) -> None:
        self.sign_in.wait(busy=False)
        self.tell_crash(error)

    def tell_crash(self, error: BaseException) -> None:
        """Cover the window with what nobody foresaw."""
        self._crash_card().tell(error)

    def _crash_card(self) -> Any:
        if self._crash is None:
            self._crash = self.opening.crash_card(self)
        return self._crash

    def closeEvent(self, event: QCloseEvent | None) -> None:
        self._remembered.setValue("geometry", bytes(self.saveGeometry().data()))
        self.opening.wait()
        if self._shell is not None:
            self._shell.close_down()
        super().closeEvent(event)


def open_window(names: Sequence[str], database: str | None, seen: Callable[[], None]) -> int:
    """Show the sign-in at once, load the house behind it, and run until the window is closed.

    ``seen`` is called once the window is painted.
    """
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = theme.application()
    kept = remembered_here()
    if language() == "vi":
        speak(str(kept.value("language", "vi")))
    theme.apply(app, theme.DARK if kept.value("theme") == "dark" else theme.LIGHT)
    qt_words.install(app)
    window = Window(names, database, kept)
    window.show()
    app.processEvents()
    seen()
    window.opening.loaded.connect(collector.resume)
    window.opening.load()
    return app.exec()
