"""What a file would bring in, before anything is stored.

Nothing is stored before somebody presses Ctrl+Enter; Esc leaves everything as it was.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry.imports import take_back
from admin_suite.registry.permissions import TAKE_BACK
from admin_suite.ui import lists, theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.dialogs.files import ask_open, ask_save
from admin_suite.ui.lists import Answers, Found, Line
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import card, empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.text import text

KINDS = "*.xlsx *.xls *.xlsm *.csv *.ods"
SAMPLE, LETTER, NARROWEST, WIDEST = 100, 8, 72, 240
SHOWN_ROWS = 6


class ImportPreview(Page):
    """Opened by Ctrl+I, or by dropping a file on the window."""

    def build(self) -> None:
        """Head, a place for a question, and the table; the empty page asks for a file."""
        self.found: Found | None = None
        self._answers, self._path = Answers(), Path()
        self._lines: Sequence[Line] = ()
        self.table: Table | None = None
        self.cancel = Button(_("Cancel"), "Esc", kind="quiet")
        self.save = Button(_("Save the refused rows"), "Ctrl E", "export")
        self.store = Button(_("Store"), "Ctrl Enter", "import", "primary")
        self.cancel.clicked.connect(self.escape)
        self.save.clicked.connect(self._save)
        self.store.clicked.connect(self._store)
        self._head = Head(_("Import a list"), self.cancel, self.save, self.store)
        self.segments = Segments(["", "", "", ""], _("Which rows"))
        self.segments.chosen.connect(lambda _n: self._show_lines())
        self._matching = text("", "small", wrap=True)
        self._frame = QVBoxLayout()
        self._frame.setContentsMargins(1, 1, 1, 1)
        self._question = QVBoxLayout()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._chooser())
        self.stack.addWidget(framed(self._question))
        self.stack.addWidget(self._preview())
        self.lay_out(self._head, self.stack)
        self._blank()

    def _chooser(self) -> QFrame:
        choose = Button(_("Choose a file…"), "F2", "import", "primary")
        choose.clicked.connect(self._choose)
        about = _(
            "Choose a sampling list, a list of results or a list of people, or drop it anywhere on "
            "the window. Nothing is stored before you have seen it."
        )
        return empty("import", _("Which list shall be brought in?"), about, choose)

    def _preview(self) -> QFrame:
        self._tools = row(self.segments, 1, gap=theme.M)
        return framed(column(self._tools, self._matching, framed(self._frame, "card"), gap=theme.M))

    def reload(self) -> None:
        """A file is read only when somebody asks for it."""

    def begin(self, path: str = "") -> None:
        """Start with a file, or by asking for one."""
        self._blank()
        if path:
            self._answers = Answers()
            self.read(Path(path))

    def escape(self) -> bool:
        """Stop what runs, else leave without storing."""
        if not self.confirm.stop() and not self.running.stop():
            self._blank()
            self.left.emit()
        return True

    def digit(self, number: int) -> None:
        """Answer the question that is asked."""
        if self.stack.currentIndex() == 1:
            for button in self.stack.widget(1).findChildren(Button):  # type: ignore[union-attr]
                if button.property("number") == number:
                    button.click()

    # -- reading ----------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read a file and show what it would bring in."""
        self._path = path
        self._head.say(path.name)
        sheets = lists.importable(self.runner.modules)
        self.ask(lambda worlds: self._read(path, sheets, worlds), lists.contexts, sheets)

    def _read(self, path: Path, sheets: Sequence[Any], worlds: Sequence[Any]) -> None:
        what = _("Reading {name}").format(name=path.name)
        job = self.run(what, self._check, lists.read, path, sheets, worlds, self._answers)
        job.on_refusal(lambda _said: None)
        job.failed.connect(self._unread)

    def _unread(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            return
        if getattr(error, "option", ""):
            self._ask_back(error)
        else:
            self._blank()
            self.notice.say("bad", _("The file cannot be read"), str(error))

    def _check(self, found: Found) -> None:
        job = self.ask(self._checked, lists.check, found)
        self.running.follow(_("Checking {n} rows").format(n=figure(found.draft.read)), job)

    def _checked(self, found: Found) -> None:
        self.found = found
        self.run(_("Preparing the preview"), self._show, lists.lines, found)

    # -- a question of the engine -----------------------------------------------------------------

    def _ask_back(self, error: Any) -> None:
        emptied(self._question)
        buttons = []
        words = {
            "take": _("Read the hidden rows too"),
            "skip": _("Leave the hidden rows out"),
            "swap": _("Exchange day and month"),
            "keep": _("Keep the days as written"),
        }
        for number, choice in enumerate(error.choices, start=1):
            button = Button(words.get(choice, choice), str(number))
            button.setProperty("number", number)
            button.clicked.connect(partial(self._answer, error.option, error.field, choice))
            buttons.append(row(button, 1))
        made = card(_("One thing must be answered first"), text(str(error), wrap=True), *buttons)
        self._question.addWidget(made)
        self._question.addStretch()
        self.stack.setCurrentIndex(1)

    def _answer(self, option: str, name: str, choice: str, _on: bool = False) -> None:
        old = self._answers
        if option == "worksheet":
            self._answers = Answers((choice,), old.hidden, old.dates, old.sender)
        elif option == "hidden":
            self._answers = Answers(old.worksheets, choice, old.dates, old.sender)
        else:
            dates: Mapping[str, str] = {**old.dates, name: choice}
            self._answers = Answers(old.worksheets, old.hidden, dates, old.sender)
        self.read(self._path)

    # -- showing ----------------------------------------------------------------------------------

    def _blank(self) -> None:
        self.found, self._lines = None, ()
        self.notice.hide()
        self.stack.setCurrentIndex(0)
        self._head.say(_("Nothing is stored before you press Store"), _("Import a list"))
        self.save.hide()
        self.store.hide()
        self.status.emit("")

    def _show(self, made: Sequence[Line]) -> None:
        found = self.found
        if found is None:
            return
        self._lines = made
        bad = [line for line in made if line.status == lists.REFUSED]
        good = len(made) - len(bad)
        said = _("{file} · nothing is stored before you press Store").format(file=found.path.name)
        self._head.say(said, _(found.draft.sheet.title))
        self._say_refused(bad, good)
        self._say_matching(found)
        self._count(made, bad)
        self._fill_table(found)
        self.segments.choose(0)
        self.stack.setCurrentIndex(2)
        words = _("Nothing is stored yet · {n} rows were read").format(n=figure(len(made)))
        self.status.emit(words)
        if self.table is not None:
            self.table.setFocus()

    def _say_refused(self, bad: Sequence[Line], good: int) -> None:
        self.save.setVisible(bool(bad))
        self.save.say(_("Save {n} refused rows").format(n=figure(len(bad))))
        self.store.setVisible(bool(good))
        all_good = _("Store {n} rows").format(n=figure(good))
        partly = _("Store only the {n} good rows").format(n=figure(good))
        self.store.say(partly if bad else all_good)
        if not bad:
            self.notice.hide()
            return
        rows = ", ".join(line.row for line in bad[:SHOWN_ROWS])
        more = _(" and {n} more").format(n=len(bad) - SHOWN_ROWS) if len(bad) > SHOWN_ROWS else ""
        title = _("{n} rows cannot be stored: row {rows}").format(n=figure(len(bad)), rows=rows)
        about = _(
            "Store the good rows, save the refused ones and send them back; the saved file says "
            "beside each row why. Or mend the list and drop it here again."
        )
        self.notice.say("late", f"{title}{more}", about, stays=True)

    def _say_matching(self, found: Found) -> None:
        draft = found.draft
        said = [
            _(
                "{n} columns of the file are understood; below each heading stands the file's own."
            ).format(n=len(draft.headings))
        ]
        if draft.ignored:
            names = ", ".join(f"“{name}”" for name in draft.ignored)
            said.append(_("Left out: {names}.").format(names=names))
        if draft.sender:
            said.append(_("Sender: {name}.").format(name=draft.sender))
        said += [p.message for p in found.receipt.warnings if not p.row]
        self._matching.setText(" ".join(said))

    def _count(self, made: Sequence[Line], bad: Sequence[Line]) -> None:
        noted = sum(
            line.status in (lists.WARNED, lists.MERGED) or bool(line.changed) for line in made
        )
        counts = (len(made), len(made) - len(bad), len(bad), noted)
        words = (_("All"), _("Can be stored"), _("Refused"), _("With a remark"))
        self.segments.say([f"{w} {figure(n)}" for w, n in zip(words, counts, strict=True)])

    def _fill_table(self, found: Found) -> None:
        emptied(self._frame)
        headings = found.draft.headings
        columns = [
            Column("row", _("Row"), 72, figures=True),
            Column("said", _("Outcome of the check"), 320),
        ]
        wrong = {name for line in self._lines for name in line.problems}
        names = sorted(headings, key=lambda n: (n != "name", n not in wrong, self._place(found, n)))
        for name in names:
            heading = headings[name]
            width = self._width(name, heading)
            columns.append(Column(name, found.draft.sheet.heading_of(name), width, fixed=heading))
        self.model = ListModel(columns, partial(_cells, tuple(names)), self)
        self.table = Table(self.model, name=_("Preview"), blocks=True)
        self.table.opened.connect(lambda _line: None)
        self._frame.addWidget(self.table)

    def _place(self, found: Found, name: str) -> int:
        """Where a column stands in the file."""
        part = found.draft.parts[0]
        return int(part.places.get(name, len(part.places)))

    def _width(self, name: str, heading: str) -> int:
        sample = [line.cells.get(name, "") for line in self._lines[:SAMPLE]]
        longest = max((len(words) for words in (*sample, heading)), default=0)
        return max(NARROWEST, min(WIDEST, longest * LETTER + 2 * theme.L))

    def _show_lines(self) -> None:
        keep = (
            lambda _line: True,
            lambda line: line.status != lists.REFUSED,
            lambda line: line.status == lists.REFUSED,
            lambda line: line.status in (lists.WARNED, lists.MERGED) or bool(line.changed),
        )[self.segments.at()]
        if self.found is not None:
            self.model.show([line for line in self._lines if keep(line)])

    # -- deeds ------------------------------------------------------------------------------------

    def _choose(self) -> None:
        kinds = _("Lists ({kinds})").format(kinds=KINDS)
        ask_open(self, _("Choose a list"), kinds, lambda path: self.begin(str(path)))

    def _store(self) -> None:
        if self.found is None:
            return
        refused = bool(self.found.receipt.refused)
        self.store.setEnabled(False)
        job = self.do(_("Storing"), self._stored, lists.store, self.found, refused)
        job.failed.connect(lambda _error: self.store.setEnabled(True))

    def _stored(self, receipt: Any) -> None:
        left = len({(p.worksheet, p.row) for p in receipt.refused})
        words = _("{n} rows stored, {m} were there already, {k} left out")
        self.store.setEnabled(True)
        self._blank()
        self.left.emit()
        said = words.format(n=figure(receipt.stored), m=figure(receipt.unchanged), k=figure(left))
        sheets = [s for m in self.runner.modules for s in m.sheets if s.afterwards is not None]
        known = receipt.stored and any(sheet.name == receipt.sheet for sheet in sheets)
        if known and self.runner.may(TAKE_BACK):
            self.undoable(said, take_back, sheets, receipt.import_id)
        else:
            self.said.emit(said)

    def _save(self) -> None:
        found = self.found
        if found is None or not found.receipt.refused:
            return
        name = _("{name} - refused rows.xlsx").format(name=found.path.stem)
        then = partial(self._save_to, found)
        what, kind = _("Save the refused rows"), "Excel (*.xlsx)"
        self.confirmed(what, lambda: ask_save(self, what, name, kind, then))

    def _save_to(self, found: Found, path: Path) -> None:
        said = _("The refused rows are in {name}")
        self.run(
            _("Saving"),
            lambda there: self.said.emit(said.format(name=there.name)),
            lists.save_refused,
            found,
            path,
        )


def _cells(names: Sequence[str], line: Line) -> list[str | Cell]:
    status = {
        lists.REFUSED: Status("bad", line.said),
        lists.MERGED: Status("busy", line.said),
        lists.WARNED: Status("busy", line.said),
    }.get(line.status, Status("done", _("Can be stored")))
    cells: list[str | Cell] = [line.row, Cell(status=status, hint=line.said)]
    for name in names:
        words = line.cells.get(name, "")
        mark = "bad" if name in line.problems else "busy" if name in line.changed else ""
        cells.append(Cell(words, mark=mark, hint=line.problems.get(name, words)))
    return cells
