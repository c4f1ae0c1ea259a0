"""Rapid tests one by one: a card is scanned, one key says what the test says, and it is stored."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PyQt6.QtWidgets import QFrame

from admin_suite.core.clock import shown, stamp
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Stored
from admin_suite.registry.reading.days import clock
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, card, facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Beside, column, framed, named, row
from admin_suite.ui.widgets.person_form import PersonForm
from admin_suite.ui.widgets.text import text, toned
from modules.lab import queries, service
from modules.lab.codes import RapidOutcome
from modules.lab.permissions import RAPID, SEE
from modules.lab.queries import LotRow, RapidRow
from modules.lab.service import NewRapid

TONES = {
    RapidOutcome.NEGATIVE: "done",
    RapidOutcome.POSITIVE: "bad",
    RapidOutcome.INVALID: "late",
}
LATEST, LEAST = 50, 220


class RapidPage(Page):
    """Kit, tester and place stay from one test to the next; only the person and the word change."""

    shows = frozenset({"lab_rapid_test", "lab_kit_movement", "lab_kit_lot"})

    def build(self) -> None:
        """The form of the person, the test beside it, the latest tests below."""
        kits = Button(_("Test kits"), "F6", "kit")
        kits.clicked.connect(lambda: self.go.emit("lab.kits", 0))
        many = Button(_("Type a list"), "F4", "note")
        many.clicked.connect(lambda: self.go.emit("registry.typing", 0))
        bring = Button(_("Import from Excel"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        self._head = Head(_("Rapid tests"), kits, many, bring)
        self.form = PersonForm(self.runner)
        self.form.begin()
        self._lots: Sequence[LotRow] = ()
        both = Beside(card(_("Who is tested"), self.form, 1), card(_("The test"), self._test()))
        title, count = _("The latest rapid tests"), _("{n} rapid tests shown")
        listed = Listed("lab.rapid", title, columns(), line_of, count, SEE)
        asked = partial(queries.latest_rapid, most=LATEST)
        self.list = WholeList(self, listed, question=asked)
        self.table, self.model = self.list.table, self.list.model
        self.table.setMinimumHeight(LEAST)
        self.table.opened.connect(self._open)
        tools = row(text(title, "heading"), self.list.tools(self.list.export))
        tools.setStretch(1, 1)
        self.lay_out(self._head, both, tools, self.list.stack, drawer=Drawer())
        self.draft = FormDraft(self, "lab.rapid", N_("Rapid tests"), self.form.parts())
        self.draft.begin()

    def _test(self) -> QFrame:
        self.kit = Choice()
        self.kit.setMinimumHeight(theme.CONTROL)
        self.kit.setEditable(True)
        self.kit.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        if (line := self.kit.lineEdit()) is not None:
            named(line, _("Kit and lot"))
        self.kit.currentTextChanged.connect(lambda _words: self._warn())
        self.warning = text("", "small", wrap=True)
        self.tester = Field(_("Tester"))
        self.tester.edit.setText(self.runner.actor.name)
        self.site = Field(_("Place of the test"), _("Empty: our own unit"))
        self.time = Field(_("Time"), _("Empty: now; 8h30: today at that hour"))
        self.words: dict[RapidOutcome, Button] = {}
        for number, outcome in enumerate(RapidOutcome, start=1):
            kind = "primary" if outcome is RapidOutcome.NEGATIVE else "plain"
            button = Button(outcome.word, f"Ctrl {number}", kind=kind)
            button.clicked.connect(partial(self._store, outcome))
            button.setEnabled(self.runner.may(RAPID))
            self.words[outcome] = button
        about = text(_("The key of the result stores the test."), "small", wrap=True)
        kit = labelled(_("Kit and lot"), self.kit, _("Another one: kit · lot"))
        answers = row(*self.words.values(), 1, gap=theme.S)
        parts = (kit, self.warning, self.tester, self.site, self.time, answers, about, 1)
        return framed(column(*parts, gap=theme.M))

    def reload(self) -> None:
        """Ask which lots there are, and for the latest tests."""
        self.ask(self._offer, queries.lots)
        self.ask(self._show, queries.latest_rapid, LATEST)

    def entered(self) -> None:
        """The scanner writes into the form."""
        self.form.focus()

    def open_at(self, key: int) -> None:
        """Show one test."""
        self.ask(self._open_found, queries.rapid_rows, [key])

    # -- kits -------------------------------------------------------------------------------------

    def _offer(self, lots: Sequence[LotRow]) -> None:
        """The lots that are known; what was chosen stays."""
        words, self._lots = self.kit.currentText(), lots
        self.kit.blockSignals(True)
        self.kit.clear()
        today = stamp(datetime.now(UTC))
        good = sorted(lots, key=lambda lot: bool(lot.wrong(today)))
        self.kit.addItems([lot.title for lot in good])
        self.kit.setEditText(words or next((lot.title for lot in good), ""))
        self.kit.blockSignals(False)
        self._warn()

    def _warn(self) -> None:
        """Say before the test what is to be known of the lot; nothing is blocked."""
        kit, number = self._named()
        lot = next((one for one in self._lots if (one.kit, one.lot) == (kit, number)), None)
        said = lot.wrong(stamp(datetime.now(UTC))) if lot else ""
        if kit and lot is None:
            said = _("This lot is not in the ledger; it is entered with no expiry.")
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        toned(self.warning, "late")

    def _named(self) -> tuple[str, str]:
        kit, _dot, number = self.kit.currentText().partition("·")
        return kit.strip(), number.strip()

    # -- one test ---------------------------------------------------------------------------------

    def _store(self, outcome: RapidOutcome, _on: bool = False) -> None:
        form = self.form.ready()
        if form is None:
            return
        now = stamp(datetime.now(UTC))
        hour = clock(self.time.words) if self.time.words.strip() else None
        if self.time.words.strip() and hour is None:
            self.time.complain(_("An hour is written 8h30."))
            self.time.edit.setFocus()
            return
        tested = now if hour is None else f"{now[:10]}T{hour:%H:%M}"
        test = NewRapid(form.person, outcome, tested, *self._named(), self.tester.words.strip())
        site = self.site.words.strip()
        job = self.do(_("Storing"), partial(self._stored, test), enter_one, test, site)
        job.failed.connect(self._failed)

    def _stored(self, test: NewRapid, stored: Stored) -> None:
        said = _("{name}: {outcome}").format(name=test.person.name, outcome=test.outcome.word)
        if stored.new:
            reason = _("Taken back at once.")
            self.undoable(said, service.mark_rapid_error, list(stored.ids), reason)
        else:
            self.said.emit(_("This rapid test is stored already."))
        if stored.new and test.outcome is RapidOutcome.POSITIVE:
            title = _("{name} is positive: take a PCR sample").format(name=test.person.name)
            about = _("The sample is expected at the reception. A rapid test confirms nothing.")
            self.notice.say("late", title, about, stays=True)
        self.time.edit.clear()
        self.draft.drop()
        self.form.begin()
        self.draft.begin()
        self.entered()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.complain({one.field: one.message for one in error.refusals})

    # -- the latest tests -------------------------------------------------------------------------

    def _show(self, rows: Sequence[RapidRow]) -> None:
        self.list.show(rows)
        positive = sum(test.outcome is RapidOutcome.POSITIVE for test in rows)
        said = _("The latest {n}, {m} of them positive")
        self._head.say(said.format(n=figure(len(rows)), m=figure(positive)) if rows else "")

    def _open(self, at: int) -> None:
        if at >= 0 and (test := self.model.line(at)) is not None:
            self._open_found([test])

    def _open_found(self, rows: Sequence[RapidRow]) -> None:
        if not rows or self.drawer is None:
            return
        test = rows[0]
        status = status_of(test)
        told = facts(
            (
                (_("Date of birth"), shown(test.dob)),
                (_("Telephone"), test.phone),
                (_("Commune"), test.commune),
                (_("Tested at"), shown(test.tested_at)),
                (_("Kit"), f"{test.kit} {test.lot}".strip()),
                (_("Tester"), test.tester),
                (_("Place of the test"), test.site),
                (_("Note"), test.note),
            )
        )
        why = Field(_("Why it was entered in error"))
        mark = Button(_("Entered in error"), "F9", "close", "danger")
        mark.clicked.connect(lambda: self._mark(test, why))
        mark.setEnabled(self.runner.may(RAPID))
        person = Button(_("Open the person"), "F8", "person")
        person.clicked.connect(lambda: self.go.emit("registry.person", test.person_id))
        screens = text(_("A screening result; only a PCR result confirms."), "small", wrap=True)
        items = (row(Chip(status.tone, status.word), 1), screens, told, why)
        deeds = (row(mark, 1), row(person, 1))
        self.drawer.show_card(test.name, _("Rapid test"), (*items, *deeds))
        self.show_beside()

    def _mark(self, test: RapidRow, why: Field) -> None:
        if not why.words.strip():
            why.complain(_("Say why the rapid test was entered in error."))
            why.edit.setFocus()
            return
        done = _("{name}: entered in error").format(name=test.name)
        then = partial(self._marked, done)
        self.do(_("Storing"), then, service.mark_rapid_error, [test.id], why.words)

    def _marked(self, words: str, _number: int) -> None:
        self.said.emit(words)
        self.close_card()


def enter_one(work: Work, test: NewRapid, site: str) -> Stored:
    """Enter one test that was done at a place."""
    return service.enter_rapid(work, [test], Origin(sender=site))


def columns() -> list[Column]:
    """The headings of the latest tests."""
    return [
        Column("tested_at", _("Tested at"), 140),
        Column("name", _("Full name"), people=True),
        Column("dob", _("Born"), 100, figures=True),
        Column("commune", _("Commune"), 150, room=900),
        Column("kit", _("Kit and lot"), 230, room=1200),
        Column("site", _("Place of the test"), 210, room=760),
        Column("outcome", _("Result"), 150),
    ]


def line_of(test: RapidRow) -> Sequence[str | Cell]:
    """A test as cells."""
    return (
        shown(test.tested_at),
        Cell(test.name, role="strong"),
        shown(test.dob),
        test.commune,
        f"{test.kit} · {test.lot}".strip(" ·"),
        test.site,
        Cell(status=status_of(test)),
    )


def status_of(test: RapidRow) -> Status:
    """The word of a test; it screens, so it never reads like a released result."""
    return Status(TONES[test.outcome], test.outcome.word)
