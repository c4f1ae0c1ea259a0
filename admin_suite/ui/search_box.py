"""The one search and scan box. A wrong scan stays, selected, with the reason below it."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from admin_suite.core.i18n import _
from admin_suite.module import Hit
from admin_suite.registry.queries import FOUND
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.runner import Job, Runner
from admin_suite.ui.widgets.layout import named, row
from admin_suite.ui.widgets.text import key

TYPING_MS = 200
SHOWN = 8
LINE = 36


class SearchBox(QFrame):
    """Listens for the scanner from every page; ``found`` says what is to be opened."""

    found = pyqtSignal(object)  # a Hit

    def __init__(self, runner: Runner, over: QWidget) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setFixedHeight(theme.CONTROL)
        self.setMaximumWidth(560)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._runner, self._over = runner, over
        self._job: Job | None = None
        self._enter = False
        self._all: Sequence[Hit] = ()
        self.edit = named(QLineEdit(), _("Search or scan"))
        self.edit.setPlaceholderText(_("Type a name or telephone, or scan a tube or citizen card"))
        self.edit.setFrame(False)
        self.edit.setMinimumWidth(80)
        self.setLayout(
            row(
                Picture("search"),
                self.edit,
                key("Ctrl K"),
                Picture("barcode", 18, "done.ink"),
                pad=(10, 0),
            )
        )
        self.hits = named(QListWidget(over), _("Found"))
        self.hits.setObjectName("hits")
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self._open)
        self.hits.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.edit.textEdited.connect(self._typing.start)
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self._entered)
        QShortcut(QKeySequence("Ctrl+K"), self, self.focus)

    def focus(self) -> None:
        """Go to the box, ready to type over what stands there."""
        self.edit.setFocus()
        self.edit.selectAll()

    def feed(self, words: str) -> None:
        """What a scanner or a person typed while no field had the focus."""
        self.edit.setFocus()
        self.edit.setText(words)
        self._typing.start()

    def scan(self, words: str) -> None:
        """Look up at once what a scanner read, and open it if it is one thing."""
        self.edit.setFocus()
        self.edit.setText(words)
        self._entered()

    def escape(self) -> bool:
        """Put the answers away; tells whether there were any."""
        there = not self.hits.isHidden() or bool(self.edit.text())
        self.hits.hide()
        self.edit.clear()
        return there

    def eventFilter(self, watched: object, event: object) -> bool:
        """Arrows walk through the answers while the box keeps the focus."""
        if watched is not self.edit or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or event.type() != QKeyEvent.Type.KeyPress or self.hits.isHidden():
            return False
        line = self.hits.currentRow() + step
        self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, line)))
        return True

    def _entered(self) -> None:
        chosen = self.hits.currentItem()
        if not self.hits.isHidden() and chosen is not None and not self._typing.isActive():
            self._open(chosen)
            return
        self._enter = True
        self._ask()

    def _ask(self) -> None:
        self._typing.stop()
        words = self.edit.text().strip()
        if not words:
            self.hits.hide()
            return
        if self._job is not None:
            self._job.cancel()
        job = self._job = self._runner.ask(self._runner.suite.find, words)
        job.then(partial(self._show, job))

    def _show(self, job: Job, hits: Sequence[Hit]) -> None:
        if job is not self._job:  # other words stand there by now
            return
        enter, self._enter, self._job = self._enter, False, None
        if enter and len(hits) == 1 and not hits[0].suggested:
            self.escape()
            self.found.emit(hits[0])
            return
        self._all = hits
        self._fill(hits[:SHOWN])
        if (more := len(hits) - SHOWN) > 0:
            some = _("{n} more: type more of it, or press Enter here to see them")
            many = _("At least {n} more: type more of it, or press Enter here to see them")
            said = many if len(hits) >= FOUND else some
            self.hits.addItem(said.format(n=more))
        if not hits:
            said = _("Nothing is called “{words}”. Check what was typed, or scan it again.")
            self.hits.addItem(said.format(words=self.edit.text().strip()))
            self.edit.selectAll()
        self.hits.setCurrentRow(0 if hits else -1)
        self._place()

    def _fill(self, hits: Sequence[Hit]) -> None:
        self.hits.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title} · {hit.detail}" if hit.detail else hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.hits.addItem(item)

    def _place(self) -> None:
        corner = self.mapTo(self._over, self.rect().bottomLeft())
        wide, room = max(self.width(), 280), self._over.height() - corner.y() - LINE
        line = max(1, self.hits.sizeHintForRow(0))
        high = max(LINE + 12, min(self.hits.count() * line + 12, room))
        self.hits.setGeometry(corner.x(), corner.y() + 4, wide, high)
        self.hits.show()
        self.hits.raise_()

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self.escape()
            self.found.emit(hit)
        elif len(self._all) > SHOWN:
            self._fill(self._all)
            self.hits.setCurrentRow(SHOWN)
            self._place()
