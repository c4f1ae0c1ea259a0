"""The main window: navigation, search box, one page at a time, status line."""

from importlib import import_module
from pathlib import Path
from typing import Any

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PyQt6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from admin_suite.core.i18n import _, language
from admin_suite.house import HOUSE
from admin_suite.module import Hit, Module, PageSpec, Shelf, Waiting
from admin_suite.registry.queries import own_unit
from admin_suite.suite import Suite
from admin_suite.ui import day, drafts, dropped, taking_up, theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.navigation import HOME, Navigation, Place, first_page, in_menu
from admin_suite.ui.news import News
from admin_suite.ui.page import Page
from admin_suite.ui.pages.home import HomePage
from admin_suite.ui.pages.more import MorePage
from admin_suite.ui.runner import Runner
from admin_suite.ui.search_box import SearchBox
from admin_suite.ui.trouble import catch_all
from admin_suite.ui.widgets.brand import Avatar
from admin_suite.ui.widgets.buttons import icon_button
from admin_suite.ui.widgets.crash import Crash
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.messages import Toast
from admin_suite.ui.widgets.text import text

NARROW, TIGHT = 1320, 760
IMPORT, MORE = "import", "more"
COUNTS_MS, SCANNER_MS = 300, 60
DECIDING = {"registry_user", "registry_role_right"}


class Shell(QFrame):
    """Everything around a page."""

    locking = pyqtSignal()
    changing = pyqtSignal()  # of the person
    ruled = pyqtSignal(object)  # the shared settings as they are now
    restoring = pyqtSignal(object)  # a backup, over the database that is open
    theme_wanted = pyqtSignal()
    language_wanted = pyqtSignal()
    renewed = pyqtSignal(object)  # the suite with other rights

    def __init__(self, runner: Runner, database: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frame")
        self.setAcceptDrops(True)
        self.runner = runner
        self.specs: dict[str, tuple[Module, PageSpec]] = {
            f"{module.name}.{spec.name}": (module, spec)
            for module in runner.modules
            for spec in module.pages
            if runner.may(spec.permission)
        }
        self.lines = in_menu(runner.suite.profile, self.specs)
        self.pages: dict[str, Page] = {}
        self.here, self._before = "", HOME
        self.stack = QStackedWidget()
        self.navigation = Navigation(self._places())
        self.navigation.chosen.connect(self.open)
        self.search = SearchBox(runner, self)
        self.search.found.connect(self._found)
        right = column(self._top(), self.stack, gap=0)
        body = row(self.navigation, right, gap=0)
        body.setStretch(1, 1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(body, 1)
        inside.addWidget(self._status(database))
        self.toast, self.crash = Toast(self), Crash(self)
        catch_all(self.crash.caught)
        self._listen()
        self.open(first_page(runner.suite.profile, self.specs))
        if self.here != HOME:  # which tells what it has counted
            self.count()
        self._offer_draft(self.pages[self.here])
        self.news = News(runner, self)

    def _places(self) -> list[Place]:
        places = [Place(HOME, _("Today"), "home")]
        for name in self.lines:
            module, spec = self.specs[name]
            places.append(Place(name, _(spec.title), spec.icon, _(module.title)))
        if self._shelved():
            places.append(Place(MORE, _("More"), "more"))
        return places

    def _shelved(self) -> list[tuple[str, PageSpec]]:
        """The pages that are not done every day; those of the modules come first."""
        found = [
            (name, spec)
            for name, (_module, spec) in self.specs.items()
            if spec.shelf is not Shelf.NOWHERE and name not in self.lines
        ]
        return sorted(found, key=lambda line: line[1].shelf is Shelf.MORE)

    def _top(self) -> QFrame:
        actor = self.runner.actor
        self._who = framed(
            column(1, text(actor.name, "strong"), text(actor.title, "caption"), 1, gap=0)
        )
        self._who.setMinimumWidth(1)  # what is hidden in a narrow window must not hold it open
        look = icon_button("palette", _("Light or dark"), "F10")
        look.clicked.connect(self.theme_wanted)
        spoken = _("Language: English") if language() == "vi" else _("Language: Vietnamese")
        tongue = icon_button("language", spoken, "F11")
        tongue.clicked.connect(self.language_wanted)
        lock = icon_button("lock", _("Lock"), "Ctrl L")
        lock.clicked.connect(self.locking)
        leave = icon_button("leave", _("Change user"), "F12")
        leave.clicked.connect(self.changing)
        parts = row(
            self.search,
            1,
            look,
            tongue,
            Avatar(actor.name),
            self._who,
            lock,
            leave,
            gap=theme.S,
            pad=(theme.XL, 0),
        )
        parts.setStretch(0, 4)
        return framed(parts, "topbar", height=theme.TOP_BAR)

    def _status(self, database: str) -> QFrame:
        self.said, self._busy = text("", "small"), text("", "small")
        self._where = text(_("Data: {name}").format(name=database), "small")
        self._where.setToolTip(database)
        self._where.setMinimumWidth(1)
        self.said.setMinimumWidth(40)
        self._data = (Picture("database", 14), self._where, text("·", "small"))
        name = text(self.runner.actor.name, "small")
        line = row(self.said, self._busy, *self._data, name, gap=6, pad=(theme.L, 0))
        line.setStretch(0, 1)
        return framed(line, "statusline", height=28)

    def _listen(self) -> None:
        runner = self.runner
        runner.refused.connect(self.refuse)
        runner.crashed.connect(self.crash.tell)
        runner.changed.connect(self._on_changed)
        runner.changed.connect(self._look_around)
        runner.elsewhere.connect(self._on_elsewhere)
        runner.busy.connect(self._on_busy)
        self._later, self._scanner = QTimer(self), QTimer(self)
        for timer, wait in ((self._later, COUNTS_MS), (self._scanner, SCANNER_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._later.timeout.connect(self.count)
        self._scanner.timeout.connect(self._typed)
        self._heard = ""
        for keys, deed in (
            ("Ctrl+I", self.bring_file),
            ("F7", lambda: self.open(MORE)),
            ("Ctrl+PgDown", lambda: self.open(self.navigation.beside(self.here, 1))),
            ("Ctrl+PgUp", lambda: self.open(self.navigation.beside(self.here, -1))),
            ("Alt+Home", lambda: self.open(HOME)),
        ):
            QShortcut(QKeySequence(keys), self, deed)
        runner.ask(own_unit).on_refusal(lambda _said: None).finished.connect(
            lambda unit: self.navigation.say_unit(unit.name)
        )
        self.ask_rules()

    def _on_changed(self, tables: frozenset[str]) -> None:
        self._later.start()
        if "house_setting" in tables:
            self.ask_rules()

    def _on_elsewhere(self, tables: frozenset[str]) -> None:
        if tables:
            self._on_changed(tables)
            self._look_around(tables)

    def _on_busy(self, jobs: int) -> None:
        self._busy.setText(_("Working…") if jobs else "")

    def ask_rules(self) -> None:
        """Ask again for the settings that the window itself follows; ``ruled`` says them."""
        job = self.runner.ask(day.rules)
        job.on_refusal(lambda _said: None).finished.connect(self.ruled)

    # -- pages ------------------------------------------------------------------------------------

    def open(self, name: str, key: int = 0) -> Page:
        """Show a page, or say that this person may not; ``key`` names one thing on it."""
        if name not in {*self.specs, HOME, MORE, IMPORT}:
            self.refuse(_("{name} may not open this page.").format(name=self.runner.actor.name))
            return self.pages[self.here]
        page = self.pages.get(name)
        if page is None:
            page = self._made(name)
            self.pages[name] = page
            self.stack.addWidget(page)
            page.said.connect(self.toast.say)
            page.offered.connect(self.toast.offer)
            page.status.connect(lambda words, p=page: self._say(p, words))
            page.go.connect(self.open)
            page.left.connect(self.back)
            page.bring.connect(self.bring_file)
            page.restore.connect(self.restoring)
        if self.here != name:
            self._before = self.here or HOME
        self.here = name
        self.said.setText("")
        self.stack.setCurrentWidget(page)
        page.catch_up()
        self.navigation.mark(name)
        page.setFocus()
        page.entered()
        if key:
            page.open_at(key)
        return page

    def come_back(self, name: str, standing: object) -> None:
        """Show the page that was shown to somebody else, or say why it is the day instead."""
        if name not in {*self.specs, HOME, MORE, IMPORT}:
            self.open(HOME)
            said = _("{name} may not open the page that was shown; this is the day instead.")
            self.refuse(said.format(name=self.runner.actor.name))
            return
        self.open(name).stand(standing)

    def retire(self) -> None:
        """Somebody else is at the window: the pages are not shown again and say nothing more."""
        for page in self.pages.values():
            page.blockSignals(True)
        for timer in (self._later, self._scanner, self.news):
            timer.stop()
        self.runner.ended.connect(self.deleteLater)

    def pause(self) -> None:
        """The window is locked: no half-typed PIN stays in a page."""
        for page in self.pages.values():
            page.confirm.stop()

    def _offer_draft(self, home: Page) -> None:
        """After a power cut the first page says what was kept last, and reopens it."""
        kept = [one for one in drafts.of_runner(self.runner).all() if one.page in self.specs]
        taking_up.offer(home, kept, self._take_up)

    def _take_up(self, kept: drafts.Kept) -> None:
        self.open(kept.page, kept.at_key).resume(kept.which)

    def back(self) -> None:
        """The page before this one."""
        self.open(self._before if self._before != IMPORT else HOME)

    def refuse(self, words: str) -> None:
        """Say in the page why something was not done."""
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.refuse(words)

    def bring_file(self, path: str = "") -> None:
        """Open the preview of a file; without a path, choose one there."""
        page: Any = self.open(IMPORT)
        page.begin(path)

    def _made(self, name: str) -> Page:
        if name == IMPORT:
            return self._viewed("admin_suite.ui.dialogs", "import_preview:ImportPreview")
        if name == MORE:
            return MorePage(self.runner, self._shelved())
        if name not in self.specs:
            home = HomePage(self.runner)
            home.counted.connect(self._show_counts)
            return home
        module, spec = self.specs[name]
        room = "admin_suite.ui.pages" if module is HOUSE else f"modules.{module.name}"
        return self._viewed(room, spec.view)

    def _viewed(self, room: str, view: str) -> Page:
        file, _colon, name = view.partition(":")
        made = getattr(import_module(f"{room}.{file}"), name)(self.runner)
        assert isinstance(made, Page)  # noqa: S101 - tests/unit/test_contract.py opens every view
        return made

    def _found(self, hit: Hit) -> None:
        if hit.page in self.specs:
            self.open(hit.page, hit.id)

    def _say(self, page: Page, words: str) -> None:
        if page is self.stack.currentWidget():
            self.said.setText(words)

    # -- what waits -------------------------------------------------------------------------------

    def count(self) -> None:
        """Ask again how many wait on each page."""
        job = self.runner.ask(day.waiting, self.runner.modules)
        job.on_refusal(lambda _said: None).finished.connect(self._show_counts)

    def _show_counts(self, lines: list[tuple[Waiting, int, int]]) -> None:
        counts: dict[str, tuple[int, bool]] = {}
        for line, count, late in lines:
            before, urgent = counts.get(line.page, (0, False))
            counts[line.page] = (before + count, urgent or bool(late))
        self.navigation.wait(counts)

    def _look_around(self, tables: frozenset[str]) -> None:
        """Rights were changed: perhaps this window has to look otherwise now."""
        if tables & DECIDING:
            job = self.runner.ask(self.runner.suite.renewed)
            job.on_refusal(lambda _said: None).finished.connect(self._renew)

    def _renew(self, suite: Suite) -> None:
        if suite != self.runner.suite:
            QTimer.singleShot(0, lambda: self.renewed.emit(suite))

    # -- keys, files, size ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """What no field wanted: a scanner, a digit for the page, or Esc."""
        if event is None:
            return
        words = event.text()
        if event.key() == Qt.Key.Key_Escape:
            if not self.search.escape():
                self.back()
        elif words.isprintable() and words.strip() and not event.modifiers() & _COMMANDS:
            self._heard += words
            self._scanner.start()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._heard:
            self._scanner.stop()
            page, scanned, self._heard = self.stack.currentWidget(), self._heard, ""
            if not (isinstance(page, Page) and page.scanned(scanned)):
                self.search.scan(scanned)
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        """The keys have stopped: one digit is the page's, anything else begins a search."""
        page, words, self._heard = self.stack.currentWidget(), self._heard, ""
        if len(words) == 1 and words.isdecimal() and isinstance(page, Page):
            page.digit(int(words))
        elif not isinstance(page, Page) or not page.hear(words):
            self.search.feed(words)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and dropped.file_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        if event is not None and (path := dropped.file_in(event.mimeData())):
            event.acceptProposedAction()
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Say what a file is, and open the page that shows it; nothing is stored by that."""
        job = self.runner.run(dropped.look, path, dropped.openable(self.runner, self.specs))
        job.finished.connect(lambda seen: self.open(seen.kind.page).take_file(seen.path))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.navigation.folded != (self.width() < NARROW):
            self.navigation.fold(folded=self.width() < NARROW)
        for part in (self._who, *self._data):
            part.setVisible(self.width() >= TIGHT)
        self.toast.place()
        self.crash.setGeometry(self.rect())

    def close_down(self) -> None:
        """Wait for what is under way and give the database back."""
        self.hide()  # a page keeps what is half typed as long as it may still write
        self.runner.close()
        self.runner.suite.close()


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
