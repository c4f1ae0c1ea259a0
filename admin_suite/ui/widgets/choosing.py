"""Fields in which one thing of many is found by typing: a commune, a person."""

from collections.abc import Iterable, Sequence
from functools import partial

from PyQt6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QComboBox, QCompleter, QFrame, QListWidget, QListWidgetItem

from admin_suite.core.i18n import _
from admin_suite.module import Hit
from admin_suite.registry import queries
from admin_suite.registry.names import fold
from admin_suite.ui import theme
from admin_suite.ui.runner import Job, Runner
from admin_suite.ui.widgets.forms import Choice, Field
from admin_suite.ui.widgets.layout import column, named

TYPING_MS = 200
SHOWN, LINE = 5, 34
BARE = Qt.ItemDataRole.UserRole + 1


class _Bare(QCompleter):
    """Finds words by any part of them, with marks or without."""

    def __init__(self, over: QComboBox) -> None:
        super().__init__(over.model(), over)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionRole(BARE)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def splitPath(self, path: str | None) -> list[str]:
        return [fold(path or "")]

    def pathFromIndex(self, index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


class Searched(Choice):
    """A list that is searched by typing; what is typed and not in it is no answer."""

    changed = pyqtSignal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumHeight(theme.CONTROL)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        named(self, name)
        self._code = ""
        self.setCompleter(_Bare(self))
        self.activated.connect(lambda _n: self._chose())
        line = self.lineEdit()
        assert line is not None  # noqa: S101 - an editable list has one
        self.line = named(line, name)
        self.line.editingFinished.connect(self._settle)

    def offer(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The choices, each a code and its words; the chosen one stays, and what was typed."""
        code, words = self._code, self.line.text()
        with QSignalBlocker(self):
            self.clear()
            for one in (("", ""), *pairs):
                self._add(*one)
        if code or not words:
            self.put(code, words)
        else:  # typed before there was anything to choose from; whoever asks settles it
            self.line.setText(words)

    def put(self, code: str, words: str = "") -> None:
        """Choose one; one that is not offered any more is added with its words."""
        with QSignalBlocker(self):
            if self.findData(code) < 0:
                self._add(code, words or code)
            self.setCurrentIndex(self.findData(code))
        self._code = code
        if not self.line.hasFocus():
            self.line.home(False)  # a long name is read from its beginning

    @property
    def code(self) -> str:
        """What is chosen, empty for nothing."""
        self._settle()
        return self._code

    @property
    def unknown(self) -> str:
        """What was typed and is none of the choices."""
        self._settle()
        typed = self.line.text().strip()
        return typed if typed and not self._code else ""

    def _add(self, code: str, words: str) -> None:
        self.addItem(words, code)
        self.setItemData(self.count() - 1, fold(words), BARE)

    def _chose(self) -> None:
        self._code = str(self.currentData() or "")
        self.changed.emit()

    def _settle(self) -> None:
        """The one choice that what was typed can mean."""
        typed = fold(self.line.text())
        at = self.findData(self._code)
        if at >= 0 and fold(self.itemText(at)) == typed:
            return
        texts = [(n, fold(self.itemText(n))) for n in range(self.count())]
        whole = [n for n, words in texts if words == typed]
        within = whole or [n for n, words in texts if typed and words.endswith(f" {typed}")]
        within = within or [n for n, words in texts if typed and typed in words]
        self._code = str(self.itemData(within[0])) if len(within) == 1 else ""
        if self._code:
            with QSignalBlocker(self):
                self.setCurrentIndex(within[0])
        self.changed.emit()


class Picker(QFrame):
    """Somebody of the register, found by name, number or card; the arrows walk, Enter takes."""

    picked = pyqtSignal()

    def __init__(self, label: str, runner: Runner, hint: str = "") -> None:
        super().__init__()
        self._runner, self.key, self._words = runner, 0, ""
        self._job: Job | None = None
        self._enter = False
        self.field = Field(label, hint)
        self.edit = self.field.edit
        self.hits = named(QListWidget(), _("Found"))
        self.hits.setObjectName("hits")
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self._take)
        self.hits.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.edit.textEdited.connect(self._typed)
        self.edit.returnPressed.connect(self._entered)
        self.edit.installEventFilter(self)
        self.setLayout(column(self.field, self.hits, gap=theme.XS))

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.edit.text().strip()

    def put(self, key: int, words: str) -> None:
        """Say who it is."""
        self.key, self._words = key, words
        self.edit.setText(words)
        self.field.complain("")
        self.hits.hide()

    def feed(self, words: str) -> None:
        """What somebody typed while no field had the focus."""
        self.edit.setFocus()
        self.edit.setText(words)
        self._typed()

    def scan(self, words: str) -> None:
        """Look up at once whom a scanner read, and take him if it is one."""
        self.feed(words)
        self._entered()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Arrows walk through the answers while the field keeps the focus."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self.hits.isHidden() or watched is not self.edit:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hits.hide()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            line = self.hits.currentRow() + step
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, line)))
        return step is not None

    def _typed(self) -> None:
        self.key = 0
        self._typing.start()

    def _entered(self) -> None:
        chosen = self.hits.currentItem()
        if not self.hits.isHidden() and chosen is not None and not self._typing.isActive():
            self._take(chosen)
        elif self.key or not self.words:
            self.focusNextChild()
        else:
            self._enter = True
            self._ask()

    def _ask(self) -> None:
        self._typing.stop()
        if self._job is not None:
            self._job.cancel()
        if not self.words:
            self.hits.hide()
            return
        job = self._job = self._runner.ask(queries.find, self.words)
        job.then(partial(self._show, job))

    def _show(self, job: Job, hits: Sequence[Hit]) -> None:
        if job is not self._job:  # other words stand there by now
            return
        enter, self._enter, self._job = self._enter, False, None
        if enter and len(hits) == 1 and not hits[0].suggested:
            self._give(hits[0])
            return
        self.hits.clear()
        for hit in hits[:SHOWN]:
            item = QListWidgetItem(f"{hit.title} · {hit.detail}" if hit.detail else hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)
        self.hits.setFixedHeight(self.hits.count() * LINE + 10)
        self.hits.setVisible(bool(hits))
        self.field.complain("" if hits else _("Nobody in the register is called so."))

    def _take(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self._give(hit)

    def _give(self, hit: Hit) -> None:
        self.put(hit.id, f"{hit.title} · {hit.detail}" if hit.detail else hit.title)
        self.picked.emit()
