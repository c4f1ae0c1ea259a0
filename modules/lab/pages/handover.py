"""Taking a box of tubes over: scanned one by one, counted against the lists, signed, printed."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QApplication, QFrame

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.printing import drawn, paper_of, print_file
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Field, Line, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, named, row
from admin_suite.ui.widgets.text import text
from modules.lab import day, queries, service
from modules.lab.codes import Finding
from modules.lab.day import Arrival
from modules.lab.pages.reception import FIELD_HEIGHT, Answer, tubes_scanned
from modules.lab.queries import BoxLine, HandoverRow, Sums
from modules.lab.rules import grouped

TONES = {
    Finding.MISSING: "wait",
    Finding.HERE: "done",
    Finding.BROKEN: "bad",
    Finding.EXTRA: "late",
}


class HandoverPage(Page):
    """One record at a time; a wrong scan keeps the focus and says why, in words that stay."""

    shows = frozenset({"lab_tube", "lab_handover", "lab_handover_line"})

    def build(self) -> None:
        """The scan field and its answer, the sums, the tubes, and who signs."""
        self._row: HandoverRow | None = None
        self.sign = Button(_("Sign for the box"), "Ctrl Enter", "done", "primary")
        self.sign.clicked.connect(self._sign)
        self.print = Button(_("Print"), "Ctrl P", "print")
        self.print.clicked.connect(self._print)
        self.unknown = Button(_("Not on a list"), "F9", "add")
        self.unknown.clicked.connect(self._count_unknown)
        self._head = Head(_("Hand-over of specimens"), self.unknown, self.print, self.sign)
        self.scan = named(Line(), _("Tube number"))
        self.scan.setPlaceholderText(_("Scan a tube, or type its number and press Enter"))
        self.scan.setProperty("large", True)
        self.scan.setMinimumHeight(FIELD_HEIGHT)
        self.scan.returnPressed.connect(self._scanned)
        self.whole = Segments([_("Whole"), _("Broken")], _("How the tube is"))
        self.answer = Answer()
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Tubes of the box"), filters=False)
        self.records = ListModel(record_columns(), record_line, self)
        self.kept = Table(self.records, name=_("The last records"), filters=False)
        self.kept.opened.connect(self._choose)
        self._sums = text("", "heading", wrap=True)
        fields = row(labelled(_("Tube number"), self.scan), gap=theme.L)
        fields.addWidget(labelled(_("How the tube is"), self.whole))
        fields.setStretch(0, 1)
        self._fields = framed(fields)
        self.lay_out(
            self._head,
            self._fields,
            self.answer,
            self._sums,
            framed(column(self.table, gap=0, pad=(1, 1)), "card"),
            self._signing(),
            text(_("The last records"), "heading"),
            framed(column(self.kept, gap=0, pad=(1, 1)), "card"),
        )

    def _signing(self) -> QFrame:
        self.giver = Field(_("Who hands the tubes over"), _("Full name; signs on the paper"))
        self.note = Field(_("Note"), _("For example the temperature of the box"))
        self.giver.edit.returnPressed.connect(self.note.edit.setFocus)
        self.note.edit.returnPressed.connect(self._sign)
        both = row(self.giver, self.note, gap=theme.L)
        self._sign_card = card(_("Signatures"), both)
        return self._sign_card

    def reload(self) -> None:
        """Ask for the records, and for the tubes of the one that is shown."""
        self.ask(self._show_records, queries.handovers)
        if self._row is not None:
            self.ask(self._show, record, self._row.id)

    def entered(self) -> None:
        """The scanner writes here."""
        self.scan.setFocus()
        self.scan.selectAll()

    def open_at(self, key: int) -> None:
        """Show a record."""
        self.ask(self._show, record, key)

    def escape(self) -> bool:
        """Back to the field first."""
        if super().escape():
            return True
        if self.scan.text() or not self.scan.hasFocus():
            self.scan.clear()
            self.entered()
            return True
        return False

    # -- what is shown ----------------------------------------------------------------------------

    def _show_records(self, rows: Sequence[HandoverRow]) -> None:
        self.records.show(rows)
        if self._row is None and rows:
            first = next((one for one in rows if one.signed_at is None), rows[0])
            self.ask(self._show, record, first.id)
        elif not rows:
            self._settle(None)

    def _choose(self, at: int) -> None:
        chosen = self.records.line(at) if at >= 0 else None
        if isinstance(chosen, HandoverRow):
            self.open_at(chosen.id)

    def _show(self, found: tuple[HandoverRow, list[BoxLine]]) -> None:
        shown, lines = found
        if self._row is None or self._row.id != shown.id:
            self.answer.nothing()
        self.model.show(lines)
        self._settle(shown)

    def _settle(self, shown: HandoverRow | None) -> None:
        self._row = shown
        counting = shown is not None and shown.signed_at is None
        for field in (self.sign, self.unknown, self.scan):
            field.setEnabled(counting)
        for card_ in (self._fields, self.answer, self._sign_card):
            card_.setVisible(counting)
        self.print.setEnabled(shown is not None)
        if shown is None:
            about = _("Choose a list on “Receive specimens” and press F9 to begin a record.")
            self._sums.setText(about)
            self._head.say("")
            return
        self._sums.setText(sums_said(shown.sums))
        when = moment_shown(shown.signed_at or shown.begun_at)
        said = _("No. {number}, {sender}, signed at {time}")
        if counting:
            said = _("No. {number}, {sender}, counted since {time}")
        self._head.say(said.format(number=shown.id, sender=shown.sender, time=when))

    # -- counting ---------------------------------------------------------------------------------

    def _scanned(self) -> None:
        words = self.scan.text().strip()
        if words and self._row is not None:
            self.scan.selectAll()
            verb = partial(count_scanned, broken=self.whole.at() == 1)
            job = self.runner.do(verb, self._row.id, words)
            job.on_refusal(partial(self._refused, words)).finished.connect(self._counted)

    def _counted(self, arrival: Arrival) -> None:
        self.answer.received(arrival)
        number = _("{number} counted").format(number=grouped(arrival.accession))
        if self._row is not None:
            self.undoable(number, service.uncount, self._row.id, [arrival.tube_id])
        self.whole.put(0)
        self.scan.clear()
        self.entered()

    def _refused(self, words: str, why: str) -> None:
        self.answer.refused(words, why)
        QApplication.beep()
        self.entered()

    def _count_unknown(self) -> None:
        words = self.scan.text().strip()
        if not words:
            self.refuse(_("Type what stands on the tube, then press F9."))
            self.entered()
        elif self._row is not None:
            said = partial(self._noted, words)
            self.do(_("Counting"), said, service.count_unknown, self._row.id, words)

    def _noted(self, words: str, _answer: object) -> None:
        self.said.emit(_("Noted as not on a list: {words}").format(words=words))
        self.scan.clear()
        self.answer.nothing()
        self.entered()

    def taken_back(self, words: str) -> None:
        """The answer to the last scan is no longer true."""
        super().taken_back(words)
        self.answer.nothing()
        self.entered()

    # -- signing ----------------------------------------------------------------------------------

    def _sign(self) -> None:
        if self._row is None or self._row.signed_at is not None:
            return
        if not self.giver.words.strip():
            self.giver.complain(_("Say who hands the tubes over."))
            self.giver.edit.setFocus()
            return
        self.confirmed(_("Take a box of tubes over"), self._signed_for)

    def _signed_for(self) -> None:
        if self._row is not None:
            given = (self._row.id, self.giver.words, self.note.words)
            self.do(_("Signing"), self._is_signed, service.sign_handover, *given)

    def _is_signed(self, counted: int) -> None:
        self.giver.edit.clear()
        self.note.edit.clear()
        self.said.emit(_("Signed for {n} tubes").format(n=figure(counted)))

    def _print(self) -> None:
        module, paper = paper_of(self, "lab", "handover")
        if self._row is not None:
            values = {"number": str(self._row.id)}
            self.ask(self._print_pdf, drawn, module, paper, values)

    def _print_pdf(self, pdf: bytes) -> None:
        name = _("Hand-over of specimens")
        print_file(self, name, pdf, lambda: self.said.emit(_("Sent to the printer")))


def record(work: Work, number: int) -> tuple[HandoverRow, list[BoxLine]]:
    """A record with its tubes."""
    return queries.handover(work, number), queries.box(work, number)


def count_scanned(work: Work, number: int, words: str, *, broken: bool) -> Arrival:
    """Count the tube of our number, or of the code its list gave it, into a box."""
    try:
        tubes = tubes_scanned(work, words)
    except UserError as error:
        said = _("{why} To count it as not on a list, press F9.")
        raise UserError(said.format(why=error)) from error
    service.count(work, number, tubes, broken=broken)
    return day.arrival(work, tubes[0])


def sums_said(sums: Sums) -> str:
    """The sums of a box in one line."""
    said = _("{counted} of {stated} counted · {missing} missing · {extra} not on a list · {broken}")
    broken = _("{n} broken").format(n=figure(sums.broken))
    counted, stated = figure(sums.counted - sums.extra), figure(sums.stated)
    missing, extra = figure(sums.missing), figure(sums.extra)
    return said.format(counted=counted, stated=stated, missing=missing, extra=extra, broken=broken)


def columns() -> list[Column]:
    """The headings of the tubes."""
    return [
        Column("accession", _("Tube number"), 170),
        Column("code", _("Tube code"), 120, room=600),
        Column("people", _("Persons"), 90, figures=True, room=700),
        Column("title", _("List"), room=820),
        Column("finding", _("As found"), 170),
    ]


def line_of(line: BoxLine) -> Sequence[str | Cell]:
    """A tube as cells."""
    return (
        Cell(grouped(line.accession) or line.words, role="strong"),
        line.code,
        figure(line.people) if line.tube_id else "",
        line.title,
        Cell(status=Status(TONES[line.finding], line.finding.word)),
    )


def record_columns() -> list[Column]:
    """The headings of the records."""
    return [
        Column("number", _("No."), 70, figures=True),
        Column("sender", _("Sender")),
        Column("begun", _("Begun"), 150, room=700),
        Column("counted", _("Counted"), 110, figures=True),
        Column("missing", _("Not found"), 90, figures=True),
        Column("giver", _("Handed over by"), 180, room=1000),
        Column("signed", _("Signed"), 170),
    ]


def record_line(one: HandoverRow) -> Sequence[str | Cell]:
    """A record as cells."""
    signed = Status("done", moment_shown(one.signed_at)) if one.signed_at else None
    return (
        str(one.id),
        Cell(one.sender, role="strong"),
        moment_shown(one.begun_at),
        f"{figure(one.sums.counted)}/{figure(one.sums.stated)}",
        figure(one.sums.missing),
        one.giver,
        Cell(status=signed or Status("busy", _("Being counted"))),
    )
