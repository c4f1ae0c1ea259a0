"""A list typed or pasted row by row, with the photograph of the paper beside it.

What is typed is kept on this computer until it is stored; storing is the same verb as an import.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PyQt6.QtWidgets import QFrame, QSplitter, QVBoxLayout

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.excel.sheet import Sheet
from admin_suite.ui import lists, theme, typed_lists
from admin_suite.ui.dialogs.import_tools import question_card, sender_question
from admin_suite.ui.drafts import Keeper, Kept, of_runner
from admin_suite.ui.files import ask_open
from admin_suite.ui.lists import Found
from admin_suite.ui.photo import KINDS, Photo, dropped
from admin_suite.ui.sheet_grid import GridModel, Row, SheetGrid
from admin_suite.ui.take_back import offer_undo
from admin_suite.ui.typed_lists import Said
from admin_suite.ui.typing_check import CheckedTyping
from admin_suite.ui.typing_head import TypingHead, choice_card
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Leaves, column, emptied, framed
from admin_suite.ui.widgets.text import text

KIND = "typing."
CHOOSER, GRID, QUESTION = range(3)
CHECK_MS = 250


class TypedListPage(CheckedTyping):
    """Choose a kind of list, type, store with Ctrl+Enter; Esc leaves, and the draft is kept."""

    def build(self) -> None:
        """A chooser, the grid with its head, and a place for a question."""
        self.sheet: Sheet[Any] | None = None
        self.world: Any = None
        self.grid: SheetGrid | None = None
        self._accepted: set[str] = set()
        self._waiting: Path | None = None  # a photograph that came before its grid
        self._confirmed = False
        self.drafts = of_runner(self.runner)
        self.keeper = Keeper(self.drafts, self._content, self)
        self.paper = Button(_("Photograph"), "F9", "image")
        self.paper.clicked.connect(self._choose_paper)
        self.away = Button(_("Throw away"), "F8", kind="quiet")
        self.away.clicked.connect(self._throw_away)
        self.store = Button(_("Store"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self._head = Head(_("Type a list"), self.away, self.paper, self.store)
        self._choice, self._question = QVBoxLayout(), QVBoxLayout()
        self.stack = Leaves()
        for part in (framed(self._choice), self._writing(), framed(self._question)):
            self.stack.addWidget(part)
        self.lay_out(self._head, self.stack)
        self.setAcceptDrops(True)
        self._check_soon = QTimer(self)
        self._check_soon.setSingleShot(True)
        self._check_soon.setInterval(CHECK_MS)
        self._check_soon.timeout.connect(self._check)

    def _writing(self) -> QFrame:
        self.around = TypingHead()
        self.around.changed.connect(self._head_changed)
        self.photo, self._frame = Photo(), QVBoxLayout()
        self._frame.setContentsMargins(1, 1, 1, 1)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.addWidget(framed(self._frame, "card"))
        self.beside.addWidget(self.photo)
        self.beside.setChildrenCollapsible(False)
        self._said = text("", "small")
        self._said.setMinimumWidth(1)
        keys = _(
            "Enter: next cell · Ctrl+D: fill down · F4: repeat · nt: as above · Ctrl+V: paste · "
            "Ctrl+Z: undo · Ctrl and +, -: row in, out"
        )
        hints = text(keys, "small", wrap=True)
        made = column(self.around, self.beside, self._said, hints, gap=theme.S)
        made.setStretch(1, 1)
        return framed(made)

    def reload(self) -> None:
        """The grid is nobody else's; what it is checked against is asked when it is checked."""

    def entered(self) -> None:
        """Go on where it was left, or choose what to type."""
        if self.grid is not None:
            self.stack.setCurrentIndex(GRID)
            self._show_deeds(shown=True)
            self.grid.setFocus()
        else:
            self._offer()

    def open_at(self, key: int) -> None:
        """Go on with the draft that was kept last."""
        del key
        kept = self._kept()
        if self.grid is None and kept:
            self._reopen(kept[0])

    def escape(self) -> bool:
        """Back to the grid from a question; from the grid away, with the draft kept."""
        if super().escape():
            return True
        if self.stack.currentIndex() == QUESTION:
            self._back()
            return True
        self.keeper.keep_now()
        return False

    def digit(self, number: int) -> None:
        """Choose by number."""
        place = self.stack.currentWidget()
        for button in place.findChildren(Button) if place is not None else ():
            if button.property("number") == number:
                button.click()
                return

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Whoever signs out or closes the window finds the draft again."""
        self.keeper.keep_now()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and self.grid is not None and dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """A picture is the paper that is typed from; another file is the window's."""
        if event is not None and (path := dropped(event.mimeData())):
            event.acceptProposedAction()
            self.show_paper(path)

    def take_file(self, path: Path) -> None:
        """A photograph was dropped on the window: it stands beside the grid once one is open."""
        if self.grid is not None:
            self.show_paper(path)
            return
        self._waiting = path
        said = _("“{name}” is a photograph. Choose what is typed from it.")
        self.notice.say("wait", said.format(name=path.name))

    # -- choosing ---------------------------------------------------------------------------------

    def _kept(self) -> list[Kept]:
        names = {KIND + sheet.name for sheet in typed_lists.storable(self.runner)}
        return [one for one in self.drafts.all() if one.kind in names]

    def _offer(self) -> None:
        emptied(self._choice)
        self._head.say(_("Nothing is stored before you press Store"), _("Type a list"))
        deeds: list[tuple[str, str, Any]] = []
        for one in self._kept():
            sheet = lists.sheet_named(self.runner.modules, one.kind.removeprefix(KIND))
            said = _("Draft of {n} rows, kept at {time}").format(n=figure(one.rows), time=one.at)
            deeds.append((_(sheet.title) if sheet else one.title, said, partial(self._reopen, one)))
        for found in typed_lists.storable(self.runner):
            said = _("Begin with an empty grid")
            deeds.append((_(found.title), said, partial(self.begin, found)))
        self._choice.addWidget(choice_card(deeds))
        self._choice.addStretch()
        self._show_deeds(shown=False)
        self.stack.setCurrentIndex(CHOOSER)

    def _show_deeds(self, *, shown: bool) -> None:
        for button in (self.away, self.paper, self.store):
            button.setVisible(shown)

    def _reopen(self, kept: Kept) -> None:
        sheet = lists.sheet_named(self.runner.modules, kept.kind.removeprefix(KIND))
        if sheet is None:
            return
        fields = list(kept.content.get("fields", ()))
        self.begin(sheet, kept.content.get("rows", ()), kept.content.get("head", {}), fields)

    def begin(
        self,
        sheet: Sheet[Any],
        rows: Sequence[Sequence[str]] = (),
        head: Mapping[str, str] | None = None,
        fields: Sequence[str] = (),
    ) -> None:
        """Open the grid of a sheet, with what was kept."""

        def open_grid(worlds: Sequence[Any]) -> None:
            self.world = worlds[0]
            self._open(sheet, rows, fields)

        self.sheet = sheet
        self.around.show_head(head or {})
        self.ask(open_grid, lists.contexts, [sheet])
        self.ask(self.around.offer_units, lists.units)

    def _open(
        self, sheet: Sheet[Any], rows: Sequence[Sequence[str]], fields: Sequence[str]
    ) -> None:
        emptied(self._frame)
        model = GridModel(sheet, self._about, self)
        places = {name: at for at, name in enumerate(fields or model.fields)}
        order = [places.get(name, -1) for name in model.fields]
        model.start([[row[at] if 0 <= at < len(row) else "" for at in order] for row in rows])
        model.edited.connect(self._edited)
        self.grid = SheetGrid(model, _("Rows of the list"))
        self.grid.full.connect(lambda: self.notice.say("late", _("This is too much at once.")))
        self.grid.moved.connect(lambda _line: self._check_soon.start())
        selection = self.grid.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(lambda _now, _before: self._say_cell())
        bar = self.grid.verticalScrollBar()
        if bar is not None:
            bar.valueChanged.connect(self._in_step)
        self._frame.addWidget(self.grid)
        self._head.say(_("Nothing is stored before you press Store"), _(sheet.title))
        self._back()
        self._edited()
        if self._waiting is not None:
            self.notice.hide()
            self.show_paper(self._waiting)
            self._waiting = None

    def _back(self) -> None:
        self.stack.setCurrentIndex(GRID)
        self._show_deeds(shown=True)
        if self.grid is not None:
            self.grid.setFocus()

    # -- while it is typed ------------------------------------------------------------------------

    def _content(self) -> tuple[str, str, int, Mapping[str, Any]]:
        if self.sheet is None or self.grid is None:
            return "", "", 0, {}
        rows = [list(row.cells) for row in self.model.rows]
        while rows and not any(rows[-1]):
            rows.pop()
        content = {"fields": self.model.fields, "rows": rows, "head": self.around.content}
        return KIND + self.sheet.name, self.sheet.title, typed_lists.filled(rows), content

    def _edited(self) -> None:
        self._confirmed = False
        self.keeper.touch()
        self._check_soon.start()
        self._say_cell()

    def _in_step(self, value: int) -> None:
        bar = self.grid.verticalScrollBar() if self.grid is not None else None
        if bar is not None and bar.maximum():
            self.photo.follow(value / bar.maximum())

    def _choose_paper(self) -> None:
        kinds = _("Pictures ({kinds})").format(kinds=KINDS)
        ask_open(self, _("Choose the photograph of the paper"), kinds, self.show_paper)

    def show_paper(self, path: Path) -> None:
        """Show a photograph beside the grid."""
        try:
            self.photo.open(path)
        except UserError as error:
            self.notice.say("late", str(error))
            return
        half = max(self.beside.width() // 2, 1)
        self.beside.setSizes([half, half])
        self.photo.view.fit()

    # -- storing ----------------------------------------------------------------------------------

    def _throw_away(self) -> None:
        """No question: what was thrown away comes back with Ctrl+Z while the page is open."""
        if self.grid is not None:
            rows = [row.cells for row in self.model.rows]
            cells = {
                (at, place): ""
                for at, row in enumerate(rows)
                for place, words in enumerate(row, start=1)
                if words
            }
            self.model.put(cells, _("Thrown away"))
            self.said.emit(_("The rows are gone; Ctrl+Z brings them back."))
            self.grid.setFocus()

    def _store(self) -> None:
        if self.grid is None or self.sheet is None:
            return
        self.grid.setFocus()  # what is still being typed belongs to the list
        if not self.model.typed_rows():
            self.notice.say("late", _("Nothing is typed yet."))
            return
        self.grid.setEnabled(False)
        job = self.ask(self._prepared, typed_lists.prepare, self.sheet, self.typed(), self.world)
        job.failed.connect(lambda _error: self._let_go())
        self.running.follow(_("Checking"), job)

    def _let_go(self) -> None:
        """Nothing was stored: typing goes on."""
        self.store.setEnabled(True)
        if self.grid is not None:
            self.grid.setEnabled(True)
            self.grid.setFocus()

    def _prepared(self, found: Found) -> None:
        asked = sender_question(found, typed=True)
        if asked and found.draft.sender not in self._accepted:
            self._let_go()
            self._ask_sender(*asked)
            return
        refused = {problem.row for problem in found.receipt.refused}
        if not self._confirmed and self._say_before(found, sorted(refused)):
            self._confirmed = True
            self._let_go()
            return
        self.store.setEnabled(False)
        then = partial(self._stored, refused)
        job = self.do(_("Storing"), then, lists.store, found, bool(refused))
        job.failed.connect(lambda _error: self._let_go())

    def _say_before(self, found: Found, refused: Sequence[int]) -> bool:
        """Say what should be known before storing; tells whether there was anything."""
        receipt = found.receipt
        again = _("Press Ctrl+Enter again to store.")
        said = [p.message for p in receipt.warnings if not p.row and p.code == "OTHER_SENDER"]
        if receipt.revises:
            words = _("This list corrects one that is stored: {n} rows change, {m} are new.")
            new = len(receipt.new)
            said.append(words.format(n=figure(len(receipt.changed)), m=figure(new)))
        if refused:
            words = _("{n} rows cannot be stored: row {rows}")
            rows = ", ".join(map(str, refused[:6]))
            said.insert(0, words.format(n=figure(len(refused)), rows=rows))
            again = _("Mend them, or press Ctrl+Enter again to store the others.")
            self.model.told(self._refusals(found))
            if self.grid is not None:
                self.grid.go(refused[0] - 1, 1)
        if said:
            self.notice.say("late", " ".join(said), again, stays=False)
        return bool(said)

    def _refusals(self, found: Found) -> dict[Row, Said]:
        by_row: dict[int, dict[str, str]] = {}
        for problem in found.receipt.refused:
            by_row.setdefault(problem.row, {})[problem.field] = problem.message
        return {self.model.rows[at - 1]: Said(wrong) for at, wrong in by_row.items()}

    def _ask_sender(self, words: str, name: str, others: Sequence[str]) -> None:
        def is_new() -> None:
            self._accepted.add(name)
            self._back()
            self._store()

        def is_other(other: str) -> None:
            self.around.name_sender(other)
            self._back()

        choices: list[tuple[str, Any]] = [
            (_("It is “{name}”").format(name=other), partial(is_other, other)) for other in others
        ]
        choices.append((_("Enter “{name}” as a new unit").format(name=name), is_new))
        emptied(self._question)
        self._question.addWidget(question_card(words, choices))
        self._question.addStretch()
        self._show_deeds(shown=False)
        self.stack.setCurrentIndex(QUESTION)

    def _stored(self, refused: set[int], receipt: Any) -> None:
        sheet = self.sheet
        left = [row.cells for at, row in enumerate(self.model.rows, 1) if at in refused]
        self._let_go()
        self._confirmed = False
        if left:
            self.model.start(left)
            self._edited()
            self.keeper.keep()
        elif sheet is not None:
            self.keeper.drop(KIND + sheet.name)
            self.grid, self.sheet = None, None
            emptied(self._frame)
            self.photo.put_away()
            self._offer()
        words = _("{n} rows stored, {m} were there already, {k} left out")
        numbers = {"n": receipt.stored, "m": receipt.unchanged, "k": len(left)}
        said = words.format(**{name: figure(n) for name, n in numbers.items()})
        offer_undo(self, said, receipt, sheet)
