"""The first half of an import: the file is read, and what only a person can say is asked."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import lists
from admin_suite.ui.dialogs.import_matching import Matching
from admin_suite.ui.dialogs.import_tools import question_card
from admin_suite.ui.lists import Answers, Found, Line
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import emptied

CHOOSER, QUESTION, PREVIEW, MATCHING = range(4)


def mendable(found: Found, edits: Mapping[Any, dict[str, str]]) -> dict[Any, dict[str, str]]:
    """The typed cells that a file has, read another way."""
    there = {(part.worksheet, row) for part in found.draft.parts for row in part.numbers}
    fields = found.draft.headings
    kept = {
        place: {name: words for name, words in cells.items() if name in fields}
        for place, cells in edits.items()
        if place in there
    }
    return {place: cells for place, cells in kept.items() if cells}


class ImportReading(Page):
    """Reads and asks; what is shown afterwards, a subclass knows."""

    found: Found | None
    stack: QStackedWidget
    matching: Matching
    save: Button
    store: Button
    _head: Head
    _question: QVBoxLayout
    _answers: Answers
    _path: Path
    _edits: dict[Any, dict[str, str]]
    _wanted: str | None

    def _blank(self) -> None:
        raise NotImplementedError

    def _show(self, made: Sequence[Line]) -> None:
        raise NotImplementedError

    def digit(self, number: int) -> None:
        """Answer the question that is asked."""
        if self.stack.currentIndex() == QUESTION:
            for button in self.stack.widget(QUESTION).findChildren(Button):  # type: ignore[union-attr]
                if button.property("number") == number:
                    button.click()

    # -- reading ----------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read a file and show what it would bring in."""
        self._path, self._wanted = path, None
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
        elif getattr(error, "texts", ()):
            self.found = None
            sheet: Any = getattr(error, "sheet", None)
            self._head.say(self._path.name, _(sheet.title))
            texts, known = getattr(error, "texts", ()), getattr(error, "known", {})
            self.matching.ask(sheet, texts, known, {}, str(error))
            self._show_matching()
        else:
            self._blank()
            self.notice.say("bad", _("The file cannot be read"), str(error))

    def _check(self, found: Found) -> None:
        if self._edits and found.first is None:  # read anew: what was typed is kept
            self._edits = mendable(found, self._edits)
            what, sender = _("Checking"), found.draft.sender
            self._wanted = sender
            self.run(what, self._check, lists.mend, found, self._edits, sender)
            return
        job = self.ask(self._checked, lists.check, found)
        self.running.follow(_("Checking {n} rows").format(n=figure(found.draft.read)), job)

    def _checked(self, found: Found) -> None:
        self.found = found
        self.run(_("Preparing the preview"), self._show, lists.lines, found)

    # -- a question of the engine -----------------------------------------------------------------

    def _ask_back(self, error: Any) -> None:
        words = {
            "take": _("Read the hidden rows too"),
            "skip": _("Leave the hidden rows out"),
            "swap": _("Exchange day and month"),
            "keep": _("Keep the days as written"),
        }
        words |= {one.name: _(one.title) for one in lists.importable(self.runner.modules)}
        choices = [
            (words.get(one, one), partial(self._answer, error.option, error.field, one))
            for one in error.choices
        ]
        self._put_question(str(error), choices)

    def _put_question(self, words: str, choices: Sequence[tuple[str, Any]]) -> None:
        emptied(self._question)
        made = question_card(words, choices)
        self._question.addWidget(made)
        self._question.addStretch()
        self.save.hide()
        self.store.hide()
        self.stack.setCurrentIndex(QUESTION)

    def _answer(self, option: str, name: str, choice: str) -> None:
        old = self._answers
        if option == "sheet":
            self._answers = replace(old, sheet=choice)
        elif option == "worksheet":
            self._answers = replace(old, worksheets=(choice,))
        elif option == "hidden":
            self._answers = replace(old, hidden=choice)
        else:
            dates: Mapping[str, str] = {**old.dates, name: choice}
            self._answers = replace(old, dates=dates)
        self.read(self._path)

    def _show_matching(self) -> None:
        self.save.hide()
        self.store.hide()
        self.stack.setCurrentIndex(MATCHING)
        self.matching.focus_first()
