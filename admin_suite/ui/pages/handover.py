"""The shift goes over: what is left, what was noted down, and the next person's PIN."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QHideEvent
from PyQt6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QWidget

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.house import HOUSE
from admin_suite.module import HandoverLine
from admin_suite.registry import pins, shifts
from admin_suite.registry.permissions import HAND_OVER
from admin_suite.registry.shifts import NOTHING, Part, ShiftRow
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.printing import drawn, print_file
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, card, facts
from admin_suite.ui.widgets.chips import Shape, Status
from admin_suite.ui.widgets.forms import Field, Form
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, named, row, rule
from admin_suite.ui.widgets.text import text

TYPING_MS = 1500
NOTES, SIGNING = 96, 460


class HandoverPage(Page):
    """F2 hands over, the next person signs below; Ctrl+P prints the chosen one."""

    shows = frozenset(
        {"registry_shift", "lab_tube", "lab_measurement", "results_release", "house_import"}
    )

    def build(self) -> None:
        """What is left over and the notes, or who has to sign; below, the last hand-overs."""
        self._open: ShiftRow | None = None
        self._looks: list[HandoverLine] = []
        self.give = Button(_("Hand over"), "F2", "done", "primary")
        self.take_back = Button(_("Take back"), "F6", "undo")
        self.print = Button(_("Print"), "Ctrl P", "print")
        self.give.clicked.connect(self._give)
        self.take_back.clicked.connect(self._call_back)
        self.print.clicked.connect(self._print)
        listed = Listed(
            "registry.shifts",
            _("The last hand-overs"),
            columns(),
            line_of,
            _("{n} hand-overs shown"),
            HAND_OVER,
        )
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self._head = Head(_("Hand-over"), self.print, self.take_back, self.give)
        self._parts = column(gap=theme.M)
        self._notes_card = self._note_card()
        self._sign_card = self._sign()
        self.table.opened.connect(self._show_card)
        self.table.moved.connect(self._moved)
        heading = row(text(_("The last hand-overs"), "heading"), self.list.tools(self.list.export))
        heading.setStretch(1, 1)
        self._list = framed(column(heading, self.list.stack, gap=theme.M))
        above = (self._sign_card, framed(self._parts), self._notes_card)
        self.lay_out(self._head, *above, self._list, drawer=Drawer())
        self.ask(self._begin_notes, shifts.draft)

    def _note_card(self) -> QFrame:
        self.notes = named(QPlainTextEdit(), _("Notes"))
        self.notes.setMaximumHeight(NOTES)
        self.notes.setMinimumHeight(NOTES)
        self.notes.setTabChangesFocus(True)
        self.notes.setPlaceholderText(_("What the next shift has to know, without patients' names"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._note_down)
        self.notes.textChanged.connect(self._typing.start)
        return card(_("Notes"), self.notes)

    def _sign(self) -> QFrame:
        self.name = Field(_("User name"))
        self.word = Field(_("PIN"), _("Without a PIN: the password"), secret=True, room=1)
        self.sign = Button(_("Take the shift over"), "Enter", kind="primary")
        self.sign.clicked.connect(self._take)
        form = Form(self.sign, self.name, self.word)
        form.setMaximumWidth(SIGNING)
        self._waits = text("", wrap=True)
        made = card(_("Who takes over?"), self._waits, form, gap=theme.M)
        made.hide()
        return made

    def reload(self) -> None:
        """Ask every module again, and who has signed."""
        self.ask(self._show_parts, shifts.standing, self.runner.modules)
        self.ask(self._show_shifts, shifts.shifts)

    def entered(self) -> None:
        """Work begins with the notes, or with whoever has to sign."""
        signing = not self._sign_card.isHidden()
        (self._first() if signing else self.notes).setFocus()
        if signing:
            QTimer.singleShot(0, self._show_top)  # once the card has found its place

    def _show_top(self) -> None:
        if isinstance(self._body, QScrollArea):
            self._body.ensureWidgetVisible(self.sign)
            self._body.ensureWidgetVisible(self._first())

    def _first(self) -> QWidget:
        return (self.word if self.name.words else self.name).edit

    # -- what is shown ----------------------------------------------------------------------------

    def _begin_notes(self, words: str) -> None:
        """What was noted before; whoever was quicker than the answer goes on with his own."""
        if not self.notes.toPlainText():
            self._show_draft(words)

    def _show_draft(self, words: str) -> None:
        self.notes.blockSignals(True)
        self.notes.setPlainText(words)
        self.notes.blockSignals(False)

    def _show_parts(self, parts: Sequence[Part]) -> None:
        emptied(self._parts)
        self._looks = []
        for part in parts:
            inside = column(gap=0)
            for line in part.lines or (HandoverLine(_(NOTHING), tone="done"),):
                inside.addWidget(rule())
                inside.addWidget(self._line(line))
            self._parts.addWidget(card(_(part.module), inside, gap=0))

    def _line(self, line: HandoverLine) -> QFrame:
        words = column(text(line.title, "strong", wrap=True), gap=1)
        if line.detail:
            words.addWidget(text(line.detail, "small", wrap=True))
        made = row(Shape(line.tone), words, gap=theme.M, pad=(0, 6))
        made.setStretch(1, 1)
        if self._may_open(line.page):
            self._looks.append(line)
            look = Button(_("Look"), str(len(self._looks)), kind="quiet")
            look.clicked.connect(partial(self._go, line))
            made.addWidget(look)
        return framed(made)

    def _may_open(self, page: str) -> bool:
        return any(
            f"{module.name}.{spec.name}" == page and self.runner.may(spec.permission)
            for module in self.runner.modules
            for spec in module.pages
        )

    def _go(self, line: HandoverLine, _on: bool = False) -> None:
        self.go.emit(line.page, line.id)

    def digit(self, number: int) -> None:
        """Open what a line counts."""
        if 0 < number <= len(self._looks):
            self._go(self._looks[number - 1])

    def _show_shifts(self, rows: Sequence[ShiftRow]) -> None:
        self.list.show(rows)
        waiting = (one for one in rows if one.taken_at is None and one.among_us)
        self._open = next(waiting, None)
        waits = self._open is not None
        was = not self._sign_card.isHidden()
        self._sign_card.setVisible(waits)
        self._notes_card.setVisible(not waits)
        self.give.setVisible(not waits)
        mine = self._open is not None and self._open.giver_id == self.runner.actor.id
        self.take_back.setVisible(mine)
        self._list.setVisible(bool(rows))
        self.print.setEnabled(bool(rows))
        self._say(waits)
        if waits != was and self.isVisible():
            self.entered()

    def _say(self, waits: bool) -> None:
        if self._open is None or self._open.given_at is None:
            self._head.say(_("Nobody waits for a signature"))
            return
        said = _("{name} handed over at {time}; the next person signs for it.")
        when = moment_shown(self._open.given_at)
        self._waits.setText(said.format(name=self._open.giver, time=when))
        self._head.say(_("One hand-over waits for a signature") if waits else "")

    def _moved(self, line: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._show_card(line)

    def _show_card(self, at: int) -> None:
        one = self.model.line(at) if at >= 0 else None
        if self.drawer is None or not isinstance(one, ShiftRow):
            return
        items: list[QWidget] = [
            facts(
                (
                    (_("Handed over by"), one.giver),
                    (_("Handed over"), _given(one)),
                    (_("Taken over by"), one.taker),
                    (_("Taken over"), _taken(one)),
                    (_("Notes"), one.notes),
                )
            )
        ]
        for part in one.parts:
            items += [rule(), text(_(part.module), "caption")]
            items += [
                text(f"{line.title}. {line.detail}" if line.detail else line.title, wrap=True)
                for line in part.lines or (HandoverLine(_(NOTHING)),)
            ]
        if said := shifts.withheld(one):
            items += [rule(), text(said, "small", wrap=True)]
        self.drawer.show_card(_("Hand-over No. {n}").format(n=one.id), _given(one), items)
        self.show_beside()

    # -- deeds ------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent | None) -> None:
        """The last words are kept too when somebody else comes to the window."""
        if self._typing.isActive():
            self._typing.stop()
            self._note_down()
        super().hideEvent(event)

    def _note_down(self) -> None:
        job = self.runner.do(shifts.note_down, self.notes.toPlainText())
        job.finished.connect(lambda _answer: self.status.emit(_("The notes are kept")))

    def _give(self) -> None:
        self._typing.stop()
        notes, modules = self.notes.toPlainText(), self.runner.modules
        self.do(_("Handing over"), self._given, shifts.hand_over, modules, notes)

    def _given(self, number: int) -> None:
        self._show_draft("")
        words = _("The shift is handed over; the next person signs")
        self.undoable(words, shifts.call_back, number)

    def taken_back(self, words: str) -> None:
        """The notes stand there again."""
        super().taken_back(words)
        self._called_back(None)

    def _call_back(self) -> None:
        if self._open is not None:
            self.do(_("Taking back"), self._called_back, shifts.call_back, self._open.id)

    def _called_back(self, _answer: object) -> None:
        self.ask(self._show_draft, shifts.draft)

    def _take(self) -> None:
        if self._open is None or not (self.name.words.strip() and self.word.words):
            return
        self.sign.setEnabled(False)
        words = (self.name.words.strip(), self.word.words)
        job = self.runner.do(shifts.take_over, self._open.id, *words)
        job.on_refusal(self._refused).finished.connect(self._taken)

    def _taken(self, name: str) -> None:
        if not name:
            self.ask(self._refused, pins.refusal, self.name.words)
            return
        self.sign.setEnabled(True)
        for field in (self.name, self.word):
            field.edit.clear()
        self.said.emit(_("{name} has taken the shift over").format(name=name))

    def _refused(self, why: str) -> None:
        self.sign.setEnabled(True)
        self.word.complain(why)
        self.word.edit.setFocus()
        self.word.edit.selectAll()

    def _print(self) -> None:
        at = self.table.currentIndex().row()
        one = self.model.line(max(0, at))
        if isinstance(one, ShiftRow):
            paper = next(p for p in HOUSE.papers if p.name == "handover")
            values = {"shift": str(one.id)}
            self.ask(self._on_paper, drawn, HOUSE, paper, values)

    def _on_paper(self, pdf: bytes) -> None:
        done = _("Sent to the printer")
        print_file(self, _("Hand-over of the shift"), pdf, lambda: self.said.emit(done))


def columns() -> list[Column]:
    """The headings of the last hand-overs."""
    return [
        Column("number", _("No."), 70, figures=True),
        Column("given_at", _("Handed over"), 160),
        Column("giver", _("Handed over by"), people=True),
        Column("taken_at", _("Taken over"), 160, room=940),
        Column("taker", _("Taken over by"), 200, room=780, people=True),
        Column("state", _("State"), 170),
    ]


def line_of(one: ShiftRow) -> Sequence[str | Cell]:
    """One hand-over as cells."""
    signed = one.taken_at is not None
    state = Status("done", _("Signed")) if signed else Status("late", _("Waits for a signature"))
    return (
        Cell(str(one.id), amount=one.id),
        Cell(_given(one), role="strong"),
        one.giver,
        _taken(one),
        one.taker,
        Cell(status=state),
    )


def _given(one: ShiftRow) -> str:
    return moment_shown(one.given_at) if one.given_at else ""


def _taken(one: ShiftRow) -> str:
    return moment_shown(one.taken_at) if one.taken_at else ""
