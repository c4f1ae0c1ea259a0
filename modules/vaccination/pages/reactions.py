"""Severe reactions with their clocks, and requests for correction with their deadlines."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.clock import day_shown, moment_shown, shown
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from modules.vaccination import queries, service
from modules.vaccination.codes import Asked, Ending
from modules.vaccination.pages.confirming import save_paper, save_slips
from modules.vaccination.pages.correcting import (
    ask_whose,
    asked_columns,
    asked_line,
    asked_status,
)
from modules.vaccination.pages.reporting import ReportForm
from modules.vaccination.permissions import REGISTER, VACCINATE
from modules.vaccination.queries.corrections import CorrectionRow
from modules.vaccination.queries.reactions import EventRow
from modules.vaccination.service.reactions import NewEvent

REACTIONS = "vaccination.reactions"


class ReactionsPage(Page):
    """Two lists: reports of severe reactions, requests for correction."""

    shows = frozenset(
        {
            "vaccination_event",
            "vaccination_follow_up",
            "vaccination_correction",
            "vaccination_slip",
            "vaccination_dose",
        }
    )

    def build(self) -> None:
        """Segments choose between the two lists."""
        self._draft: FormDraft | None = None
        wish = Button(_("Ask for a correction"), "F2", "add")
        wish.clicked.connect(self._wish)
        self._head = Head(_("Reactions and corrections"), wish)
        self.segments = Segments([_("Severe reactions"), _("Corrections")], _("Which list"))
        self.segments.chosen.connect(self._turn)
        self.events = Table(
            ListModel(event_columns(), event_line, self), name=_("Severe reactions"), filters=False
        )
        self.asked = Table(
            ListModel(asked_columns(), asked_line, self), name=_("Corrections"), filters=False
        )
        self.events.opened.connect(self._open_event)
        self.asked.opened.connect(self._open_asked)
        self._lists = [QStackedWidget(), QStackedWidget()]
        about = (
            _("A severe reaction is reported with F9: at the desk, or on the card of the person."),
            _("A correction of a person or a dose is asked for with F2, or on the person's card."),
        )
        titles = (_("No severe reaction was reported"), _("Nobody asks for a correction"))
        for at, table in enumerate((self.events, self.asked)):
            self._lists[at].addWidget(framed(column(table, gap=0, pad=(1, 1)), "card"))
            self._lists[at].addWidget(empty("note", titles[at], about[at]))
        self.stack = QStackedWidget()
        for one in self._lists:
            self.stack.addWidget(one)
        self.lay_out(self._head, row(self.segments, 1), self.stack, drawer=Drawer(420))
        wish.setVisible(self.runner.may(REGISTER))  # not before: it would be a window

    def reload(self) -> None:
        """Ask for both lists again."""
        self.ask(self._show_events, queries.reactions.events)
        self.ask(self._show_asked, queries.corrections.corrections)

    def open_at(self, key: int) -> None:
        """Report a severe reaction to a dose."""
        if self.runner.may(VACCINATE):
            self.ask(partial(self._offer_report, key), queries.reactions.event_begun, key)

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)

    def _wish(self) -> None:
        """Somebody asks for a correction: whose, then what."""
        self.segments.choose(1)
        ask_whose(self)

    def entered(self) -> None:
        """Work begins in the list."""
        (self.events if self.segments.at() == 0 else self.asked).setFocus()

    def _show_events(self, rows: Sequence[EventRow]) -> None:
        _model(self.events).show(rows)
        self._lists[0].setCurrentIndex(0 if rows else 1)
        late = sum(one.late for one in rows)
        still = sum(not one.closed for one in rows)
        said = _("{n} reports open, {m} not told in time")
        self._head.say(said.format(n=figure(still), m=figure(late)))

    def _show_asked(self, rows: Sequence[CorrectionRow]) -> None:
        _model(self.asked).show(rows)
        self._lists[1].setCurrentIndex(0 if rows else 1)

    # -- a report ---------------------------------------------------------------------------------

    def _open_event(self, line: int) -> None:
        one = _model(self.events).line(line)
        if one is None or self.drawer is None:
            return
        about = facts(
            (
                (_("Person"), one.name),
                (_("Vaccine"), f"{one.product} {one.lot}"),
                (_("Injected"), day_shown(one.given_on)),
                (_("First signs"), shown(one.onset_at)),
                (_("Signs"), ", ".join(sign.word for sign in one.signs)),
                (_("Serious"), one.serious.word if one.serious else ""),
                (_("Outcome"), one.outcome.word),
                (_("Tell until"), moment_shown(one.notify_by)),
                (_("Followed"), looks_words(one)),
                (_("Ask again on"), day_shown(one.follow_on) if one.follow_on else ""),
            )
        )
        items: list[Any] = [row(Chip(event_status(one).tone, event_status(one).word), 1), about]
        if self.runner.may(VACCINATE):
            if one.closed and not one.notified:
                items.append(framed(row(self._tell(one), 1)))
            items.append(
                self._reopening(service.reopen_event, one.id)
                if one.closed
                else self._event_deeds(one)
            )
        self.drawer.show_card(one.number, one.name, items)
        self.show_beside()

    def _reopening(self, verb: Any, key: int) -> Any:
        again = Button(_("Open it again"), "", "undo")
        again.clicked.connect(lambda: self._did(verb, key))
        return framed(row(again, 1))

    def _tell(self, one: EventRow) -> Button:
        tell = Button(_("Told the higher level"), "F6", "done")
        tell.setEnabled(not one.notified)
        tell.clicked.connect(
            lambda: self._did(service.notify_event, one.id, back=service.untell_event)
        )
        return tell

    def _event_deeds(self, one: EventRow) -> Any:
        state, note = Choice(), Field(_("How the person is"))
        state.offer((ending.value, ending.word) for ending in Ending)
        words = _("An earlier look") if one.early else _("Follow-up after {n} days")
        words = words.format(n=one.follow_after)
        follow = Button(words if one.follow_after else _("Followed to the end"), "F8")
        follow.setEnabled(bool(one.follow_after))
        follow.clicked.connect(
            lambda: self._did(
                service.follow,
                one.id,
                one.follow_after,
                Ending.of(str(state.currentData())),
                note.words,
            )
        )
        more = Button(_("Say more"), "F4", "note")
        more.clicked.connect(lambda: self._ask_more(one.id))
        close = Button(_("Close the report"))
        close.clicked.connect(lambda: self._close(one))
        return framed(
            column(more, self._tell(one), labelled(_("State"), state), note, follow, close)
        )

    def _close(self, one: EventRow) -> None:
        """Close a report; that nobody was told of it is said, for its clock runs on."""

        def closed() -> None:
            if not one.notified:
                said = _("{number} is closed; the higher level has not been told of it.")
                self.notice.say("late", said.format(number=one.number))

        self._did(service.close_event, one.id, back=service.reopen_event, then=closed)

    def _did(self, verb: Any, key: int, *args: Any, back: Any = None, then: Any = None) -> None:
        """Do something to a report or a request; ``back`` takes it back, ``then`` says more."""

        def done(_answer: object) -> None:
            self._written()
            if then is not None:
                then()
            if back is not None:
                self.undoable(_("Written down"), back, key)

        self.do(_("Writing down"), done, verb, key, *args)

    def _forget(self, _answer: object) -> None:
        if self._draft is not None:
            self._draft.drop()
            self._draft = None

    def _written(self) -> None:
        self.close_card()
        self.said.emit(_("Written down"))

    def _offer_report(self, dose: int, known: dict[str, Any]) -> None:
        said = _("Person, vaccine, lot and day are those of the dose.")
        form = ReportForm(known)
        then = partial(self._send, form, dose, service.report_event)
        self._show_form(form, known["name"], said, then)
        self._keep(form, REACTIONS, dose)

    def _keep(self, form: ReportForm, name: str, dose: int) -> None:
        """What is typed survives a power cut; the report of a dose opens at the dose."""
        self._draft = FormDraft(self, name, N_("Severe reaction"), form.parts())
        self._draft.goes_with(form.onset)
        self._draft.begin(dose)

    def resume(self, which: str) -> None:
        """A report to which more was being said; that of a dose is opened by the dose."""
        if which:
            self._ask_more(int(which))

    def _ask_more(self, event: int) -> None:
        self.ask(self._offer_more, queries.reactions.event_known, event)

    def _offer_more(self, known: dict[str, Any]) -> None:
        form, event = ReportForm(known), known["id"]
        about = (event,), (form.said(known["dose_id"]),)
        then = partial(self._send, form, known["dose_id"], service.amend_event, *about)
        self._show_form(form, known["number"], known["name"], then)
        self._keep(form, f"{REACTIONS}#{event}", 0)

    def _send(
        self,
        form: ReportForm,
        dose: int,
        verb: Callable[..., object],
        event: Sequence[int] = (),
        before: Sequence[NewEvent | None] = (),
    ) -> None:
        """Report what the form says of a dose, or say it of the ``event`` shown ``before``."""
        said = form.said(dose)
        if said is not None:
            done: Any = lambda _n: self._written()  # noqa: E731
            job = self.do(_("Writing down"), done, verb, *event, said, *before)
            job.finished.connect(self._forget)
            job.failed.connect(partial(_complain, form))

    def _show_form(
        self, form: ReportForm, title: str, about: str, then: Callable[[], None]
    ) -> None:
        if self.drawer is None:
            return
        button = Button(_("Report"), "Ctrl Enter", "done", "primary")
        button.clicked.connect(lambda _on: then())
        self.drawer.show_card(title, about, form.items(), button)
        self.show_beside()

    # -- a correction -----------------------------------------------------------------------------

    def _open_asked(self, line: int) -> None:
        one = _model(self.asked).line(line)
        if one is None or self.drawer is None:
            return
        about = facts(
            (
                (_("Person"), one.name),
                (_("Dose"), one.dose),
                (_("What is wrong"), one.field.word),
                (_("Now"), one.now),
                (_("Should be"), one.wanted),
                (_("Evidence"), one.evidence),
                (_("Asked"), shown(one.asked_at)),
                (_("Answer until"), shown(one.due_on)),
                (_("Answer"), one.answer),
                (_("New slips"), one.paper),
            )
        )
        items: list[Any] = [row(Chip(asked_status(one).tone, asked_status(one).word), 1), about]
        if one.state is Asked.OPEN and self.runner.may(REGISTER):
            accept = Button(_("Correct and print anew"), "F8", "done", "primary")
            back = service.reopen_correction
            accept.clicked.connect(lambda: self._accept(one.id))
            why = Field(_("Why not"))
            decline = Button(_("Decline"))
            decline.clicked.connect(
                lambda: self._did(service.decline_correction, one.id, why.words, back=back)
            )
            items.append(framed(column(accept, why, decline)))
        elif self.runner.may(REGISTER):
            items.append(self._reopening(service.reopen_correction, one.id))
            if one.slips:
                again = Button(_("Print the new slips"), "Ctrl P", "print")
                again.clicked.connect(lambda: save_paper(self, "slips", "slips", one.slips[-1:]))
                items.append(framed(row(again, 1)))
        self.drawer.show_card(one.number, one.name, items)
        self.show_beside()

    def _accept(self, key: int) -> None:
        def corrected(slips: Sequence[int]) -> None:
            self._written()
            self.undoable(_("Written down"), service.reopen_correction, key)
            if slips:
                save_slips(self, slips)

        self.do(_("Writing down"), corrected, service.accept_correction, key)


def _complain(form: ReportForm, error: Exception) -> None:
    if isinstance(error, Refused):
        form.complain({one.field: one.message for one in error.refusals})


def _model(table: Table) -> ListModel:
    model = table.model()
    assert isinstance(model, ListModel)  # noqa: S101 - both tables were built with one
    return model


def event_columns() -> list[Column]:
    """The headings of the reports."""
    return [
        Column("number", _("Number"), 150),
        Column("name", _("Full name")),
        Column("lot", _("Lot"), 190, room=760),
        Column("signs", _("Signs"), 240, room=1000),
        Column("follow", _("Ask again on"), 120, figures=True, room=640),
        Column("state", _("State"), 190),
    ]


def event_line(one: EventRow) -> Sequence[str | Cell]:
    """A report as cells."""
    return (
        Cell(one.number, role="strong"),
        one.name,
        f"{one.product} {one.lot}",
        ", ".join(sign.word for sign in one.signs),
        day_shown(one.follow_on) if one.follow_on else "",
        Cell(status=event_status(one)),
    )


def event_status(one: EventRow) -> Status:
    """How far a report has come."""
    if one.closed and one.notified:
        return Status("done", _("Report closed"))
    if one.closed:
        return Status("bad" if one.late else "late", _("Closed, not told"))
    if one.late:
        return Status("bad", _("Not told in time"))
    return Status("busy", one.outcome.word) if one.notified else Status("late", _("To be told"))


def looks_words(one: EventRow) -> str:
    """What somebody heard who asked, by the days after the injection."""
    said = _("after {n} days: {word}")
    return "; ".join(said.format(n=after, word=state.word) for after, state in one.looks)
