"""What a file would bring in, before anything is stored.

Nothing is stored before somebody presses Ctrl+Enter; Esc leaves everything as it was. Cells can be
typed over: the row is checked again at once, the file itself is not touched.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PyQt6.QtWidgets import QFrame, QVBoxLayout

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import lists, theme
from admin_suite.ui.dialogs import import_table
from admin_suite.ui.dialogs.import_matching import Matching
from admin_suite.ui.dialogs.import_reading import (
    CHOOSER,
    MATCHING,
    PREVIEW,
    QUESTION,
    ImportReading,
)
from admin_suite.ui.dialogs.import_table import PreviewList, PreviewModel
from admin_suite.ui.dialogs.import_tools import Decisions, Offers, SenderField, sender_question
from admin_suite.ui.editing import EditTable
from admin_suite.ui.files import ask_open, ask_save
from admin_suite.ui.lists import Answers, Found, Line
from admin_suite.ui.take_back import offer_undo
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, empty
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Leaves, column, emptied, framed, row
from admin_suite.ui.widgets.text import text

KINDS = "*.xlsx *.xls *.xlsm *.csv *.ods"
SHOWN_ROWS = 6


class ImportPreview(ImportReading):
    """Opened by Ctrl+I, or by dropping a file on the window."""

    def build(self) -> None:
        """Head, a place for a question, and the table; the empty page asks for a file."""
        self.found: Found | None = None
        self._answers, self._path = Answers(), Path()
        self._lines: Sequence[Line] = ()
        self._edits: dict[Any, dict[str, str]] = {}
        self._accepted: set[str] = set()
        self._warned, self._store_wanted = False, False
        self._wanted: str | None = None  # the sender that was named last
        self.table: EditTable | None = None
        self.list: PreviewList | None = None
        self._furnish()
        self.stack = Leaves()
        for part in (self._chooser(), framed(self._question), self._preview(), self.matching):
            self.stack.addWidget(part)
        self.lay_out(self._head, self.stack, drawer=Drawer())
        self._blank()

    def _furnish(self) -> None:
        self.cancel = Button(_("Cancel"), "Esc", kind="quiet")
        self.save = Button(_("Save the refused rows"), "Ctrl E", "export")
        self.store = Button(_("Store"), "Ctrl Enter", "import", "primary")
        self.cancel.clicked.connect(self.escape)
        self.save.clicked.connect(self._save)
        self.store.clicked.connect(self._store)
        self._head = Head(_("Import a list"), self.cancel, self.save, self.store)
        self.segments = Segments([""] * 8, _("Which rows"))
        self.segments.chosen.connect(lambda _n: self._show_lines())
        self.decisions, self.offers = Decisions(), Offers()
        self.offers.taken.connect(self._mend)
        self.decisions.changed.connect(self._decided)
        self.from_whom = SenderField()
        self.from_whom.chosen.connect(self._name_sender)
        self.match = Button(_("Match columns"), "F4", "columns")
        self.match.clicked.connect(self._match)
        self._matching = text("", "small", wrap=True)
        self._frame = QVBoxLayout()
        self._frame.setContentsMargins(1, 1, 1, 1)
        self._question = QVBoxLayout()
        self.matching = Matching()
        self.matching.matched.connect(self._matched)

    def _chooser(self) -> QFrame:
        choose = Button(_("Choose a file…"), "F2", "import", "primary")
        choose.clicked.connect(self._choose)
        write = Button(_("Type a list"), "F4", "note")
        write.clicked.connect(lambda: self.go.emit("registry.typing", 0))
        about = _(
            "Choose a sampling list, a list of results or a list of people, or drop it anywhere on "
            "the window. Nothing is stored before you have seen it."
        )
        return empty("import", _("Which list shall be brought in?"), about, choose, write)

    def _preview(self) -> QFrame:
        tools = row(self.from_whom, self.match, 1, self.offers, gap=theme.M)
        table = framed(self._frame, "card")
        self._views = row()
        chosen = row(self.segments, 1, self._views)
        made = column(tools, self.decisions, chosen, self._matching, table, gap=theme.S)
        made.setStretch(4, 1)
        return framed(made)

    def reload(self) -> None:
        """A file is read only when somebody asks for it."""

    def begin(self, path: str = "") -> None:
        """Start with a file, or by asking for one."""
        self._blank()
        if path:
            self._answers = Answers()
            self.read(Path(path))

    def take_file(self, path: Path) -> None:
        """A list was dropped on the window."""
        self.begin(str(path))

    def escape(self) -> bool:
        """Stop what runs, else back from a question or a filter, else leave without storing."""
        if self.confirm.stop() or self.running.stop():
            return True
        if self.found is not None and self.stack.currentIndex() in (QUESTION, MATCHING):
            self._back_to_table()
            return True
        return self._step_back() or self._leave()

    def _leave(self) -> bool:
        """Out of the preview; what was mended is lost only after a second Esc."""
        if self._edits and not self._warned:
            self._warned = True
            words = _("{n} rows were mended and are not stored.").format(n=len(self._edits))
            self.notice.say("late", words, _("Press Esc again to leave without storing."))
            return True
        self._blank()
        self.left.emit()
        return True

    def _step_back(self) -> bool:
        """Close the views, then clear the filters."""
        if self.drawer is not None and self.drawer.isVisible():
            self.drawer.close_card()
            return True
        return self.list is not None and self.list.escape()

    def _back_to_table(self) -> None:
        self.stack.setCurrentIndex(PREVIEW)
        self._say_deeds()
        if self.table is not None:
            self.table.setFocus()

    def _match(self) -> None:
        if self.found is None or not self.found.draft.parts:
            return
        draft = self.found.draft
        part = draft.parts[0]
        samples = {
            heading: next((line.cells[name] for line in self._lines if line.cells.get(name)), "")
            for name, heading in part.headings.items()
        }
        self.matching.ask(draft.sheet, part.texts, part.headings, samples)
        self._show_matching()

    def _matched(self, headings: dict[str, str]) -> None:
        self._answers = replace(self._answers, headings=headings)
        self.read(self._path)

    def _name_sender(self, name: str) -> None:
        if self.found is not None and name != self.found.draft.sender:
            self._answers = replace(self._answers, sender=name)
            self._again(name)

    def _typed(self, place: Any, name: str, words: str) -> None:
        self._mend({place: {name: words}})

    def _mend(self, cells: Any) -> None:
        self._warned, self._edits = False, lists.together(self._edits, cells)
        if self.found is not None:
            self._again(self.found.draft.sender)

    def _again(self, sender: str) -> None:
        if self.found is not None:
            self._wanted = sender
            self.run(_("Checking"), self._check, lists.mend, self.found, self._edits, sender)

    def _is_settled(self, found: Found) -> bool:
        """Whether what was typed last has been checked."""
        named = self._wanted is None or found.draft.sender == self._wanted
        return named and found.edits == self._edits

    def _decided(self) -> None:
        if self.table is not None:
            self.model.left = self.decisions.left
            self.model.refreshed()
        self._say_deeds()

    def _blank(self) -> None:
        self.found, self._lines, self._edits = None, (), {}
        self._forget_list()
        self._accepted, self._warned = set(), False
        self._wanted, self._store_wanted = None, False
        self.notice.hide()
        self.stack.setCurrentIndex(CHOOSER)
        self._head.say(_("Nothing is stored before you press Store"), _("Import a list"))
        self.save.hide()
        self.store.hide()
        self.status.emit("")

    def _show(self, made: Sequence[Line]) -> None:
        found = self.found
        if found is None:
            return
        again = self.table is not None and (
            {line.id for line in made} == {line.id for line in self._lines}
            and set(self.model.names) == set(found.draft.headings)
        )
        self._lines = made
        said = _("{file} · nothing is stored before you press Store").format(file=found.path.name)
        self._head.say(said, _(found.draft.sheet.title))
        self.from_whom.show_sender(found.draft.sender, found.sender, found.units)
        self.decisions.offer(made)
        self.offers.show_offers(found)
        self._say_matching(found)
        self.segments.say(import_table.segment_words(made, corrects=bool(found.receipt.revises)))
        words = _("Nothing is stored yet · {n} rows were read").format(n=figure(found.draft.read))
        self.status.emit(words)
        if again:
            self.model.show_anew(made)
            self._say_deeds()
            self._go_on(found)
            return
        self._fill_table(found)
        self.segments.choose(import_table.ALL)
        self._back_to_table()

    def _go_on(self, found: Found) -> None:
        """Store, if that was wished while the last cell was still looked at and it is good."""
        if self._store_wanted and self._is_settled(found):
            self._store_wanted = False
            if not found.receipt.refused:
                self._store()

    def _say_deeds(self) -> None:
        """What the buttons do now, and what must be known before."""
        if self.found is None:
            return
        bad = [line for line in self._lines if line.status == lists.REFUSED]
        good = [line for line in self._lines if line.status not in (lists.REFUSED, lists.GONE)]
        if self.found.receipt.revises:
            done = {lists.UNCHANGED, *self.decisions.left}
            good = [line for line in good if line.group not in done]
        self.save.setVisible(bool(bad))
        self.save.say(_("Save {n} refused rows").format(n=figure(len(bad))))
        self.store.setVisible(bool(good))
        all_good = _("Store {n} rows").format(n=figure(len(good)))
        partly = _("Store only the {n} good rows").format(n=figure(len(good)))
        self.store.say(partly if bad else all_good)
        self._say_notice(bad, stored=not good and not bad)

    def _say_notice(self, bad: Sequence[Line], *, stored: bool) -> None:
        receipt = self.found.receipt if self.found else None
        elsewhere = (
            [p.message for p in receipt.warnings if p.code == "OTHER_SENDER"] if receipt else []
        )
        if bad:
            rows = ", ".join(line.row for line in bad[:SHOWN_ROWS])
            more = _(" and {n} more").format(n=len(bad) - SHOWN_ROWS)
            title = _("{n} rows cannot be stored: row {rows}").format(n=figure(len(bad)), rows=rows)
            about = _(
                "Mend them right here: type into the marked cell and press Enter. Or store the "
                "good rows and send the refused ones back; the saved file says beside each why."
            )
            about = " ".join([*elsewhere, about])
            self.notice.say(
                "late", title + (more if len(bad) > SHOWN_ROWS else ""), about, stays=True
            )
        elif elsewhere:
            about = _("Look at the sender before you store.")
            self.notice.say("late", elsewhere[0], about, stays=True)
        elif stored:
            self.notice.say("done", _("Everything in this list is stored already."))
        else:
            self.notice.hide()

    def _say_matching(self, found: Found) -> None:
        draft, receipt = found.draft, found.receipt
        said = [
            _(
                "{n} columns of the file are understood; below each heading stands the file's own."
            ).format(n=len(draft.headings))
        ]
        if draft.ignored:
            names = ", ".join(f"“{name}”" for name in draft.ignored)
            said.append(_("Left out: {names}.").format(names=names))
        if receipt.revises:
            before = lists.file_named(receipt.revises)
            said.insert(0, _("This list corrects “{file}”.").format(file=before))
        general = (p for p in receipt.warnings if not p.row and p.code != "OTHER_SENDER")
        said += [problem.message for problem in general]
        said += lists.shared(receipt)
        self._matching.setText(" ".join(said))

    def _forget_list(self) -> None:
        if self.list is not None:
            self.list.close()
        self.list = self.table = None
        for box in (self._frame, self._views):
            emptied(box)

    def _fill_table(self, found: Found) -> None:
        self._forget_list()
        self.model = PreviewModel(found, self._lines, self)
        self.model.typed.connect(self._typed)
        self.model.left = self.decisions.left
        self.list = PreviewList(self, found, self.model, self._show_lines)
        self.table = self.list.grid
        self._frame.addWidget(self.table)
        self._views.addLayout(self.list.tools())

    def _show_lines(self) -> None:
        keep = import_table.kept_by(self.segments.at())
        if self.list is not None:
            self.list.put([line for line in self._lines if keep(line)])

    # -- deeds ------------------------------------------------------------------------------------

    def _choose(self) -> None:
        kinds = _("Lists ({kinds})").format(kinds=KINDS)
        ask_open(self, _("Choose a list"), kinds, lambda path: self.begin(str(path)))

    def _store(self) -> None:
        if self.table is not None:
            self.table.setFocus()  # what is still being typed belongs to the list
        found = self.found
        if found is None or not self._is_settled(found):
            self._store_wanted = found is not None
            return
        asked = sender_question(found, typed=bool(self._answers.sender))
        if asked and found.draft.sender not in self._accepted:
            self._ask_sender(*asked)
            return
        refused, leave = bool(found.receipt.refused), tuple(self.decisions.left)
        self.store.setEnabled(False)
        job = self.do(_("Storing"), self._stored, lists.store, found, refused, leave)
        job.failed.connect(lambda _error: self.store.setEnabled(True))

    def _ask_sender(self, words: str, name: str, others: Sequence[str]) -> None:
        def is_new() -> None:
            self._accepted.add(name)
            self._back_to_table()
            self._store()

        def is_other(other: str) -> None:
            self._back_to_table()
            self._name_sender(other)

        choices: list[tuple[str, Any]] = [
            (_("It is “{name}”").format(name=other), partial(is_other, other)) for other in others
        ]
        new = (_("Enter “{name}” as a new unit").format(name=name), is_new)
        self._put_question(words, [*choices, new])

    def _stored(self, receipt: Any) -> None:
        left = len({(p.worksheet, p.row) for p in receipt.refused})
        words = _("{n} rows stored, {m} were there already, {k} left out")
        changed = len(receipt.changed) if lists.CHANGED not in self.decisions.left else 0
        if changed:
            words = f"{words}, " + _("{c} changed")
        sheet = self.found.draft.sheet if self.found else None
        self.store.setEnabled(True)
        self._blank()
        self.left.emit()
        numbers = {"n": receipt.stored, "m": receipt.unchanged, "k": left, "c": changed}
        said = words.format(**{name: figure(n) for name, n in numbers.items()})
        offer_undo(self, said, receipt, sheet)

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
