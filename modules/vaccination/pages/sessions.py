"""Sessions: planned, with whom to invite and whom to call, with what to take out."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PyQt6.QtWidgets import QStackedWidget, QWidget

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row, rule
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import OVER, Call, SessionState, Turn
from modules.vaccination.pages.closing import balance, last_hour, summed
from modules.vaccination.pages.confirming import save_paper
from modules.vaccination.pages.opening import ask_end
from modules.vaccination.pages.reacting import Dosed, offer_reactions
from modules.vaccination.permissions import PLAN, VACCINATE
from modules.vaccination.queries.closing import Closing
from modules.vaccination.queries.sessions import InvitedRow, SessionRow
from modules.vaccination.queries.stock import VialRow
from modules.vaccination.service import Called, NewSession

TONES = {
    SessionState.PLANNED: "wait",
    SessionState.OPEN: "busy",
    SessionState.CLOSED: "done",
    SessionState.CANCELLED: "wait",
}
TURNS = {Turn.DONE: "done", Turn.WATCHED: "busy", Turn.ARRIVED: "busy", Turn.SCREENED: "busy"}


class Beside(NamedTuple):
    """What stands on the card of a session beside its numbers."""

    people: Sequence[InvitedRow]
    vials: Sequence[VialRow]
    closing: Closing | None


class SessionsPage(Page):
    """F2 plans a session; Enter opens one: invite, call, start, end."""

    shows = frozenset({"vaccination_session", "vaccination_visit", "vaccination_vial"})

    def build(self) -> None:
        """The list, and the card of one session beside it."""
        self._session: SessionRow | None = None
        self._products: list[str] = []
        self._draft: FormDraft | None = None
        self._resumed = False
        self.plan = Button(_("Plan a session"), "F2", "add", "primary")
        self.plan.clicked.connect(self._ask_plan)
        self._head = Head(_("Sessions"), *([self.plan] if self.runner.may(PLAN) else []))
        self.table = Table(ListModel(columns(), line_of, self), name=_("Sessions"), filters=False)
        self.table.opened.connect(self._open)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        about = _("A session has a place, a day, a vaccine and room for so many people.")
        self.stack.addWidget(empty("session", _("No session is planned yet"), about))
        self.lay_out(self._head, self.stack, drawer=Drawer(480))

    def reload(self) -> None:
        """Ask for the sessions again."""
        self.ask(self._show, queries.sessions.sessions)
        self.ask(self._known, queries.regimen.products)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _known(self, products: dict[str, Any]) -> None:
        self._products = list(products)
        if self._resumed:
            self._ask_plan()

    def resume(self, which: str) -> None:
        """The plan that was begun opens as soon as it is known which vaccines there are."""
        del which
        self._resumed = True
        if self._products:
            self._ask_plan()

    def _show(self, rows: Sequence[SessionRow]) -> None:
        _model(self.table).show(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        said = _("{n} sessions, {m} vaccinated")
        given = sum(row.given for row in rows)
        self._head.say(said.format(n=figure(len(rows)), m=figure(given)))
        if self._session is not None:
            same = [one for one in rows if one.id == self._session.id]
            if same:
                self._show_session(same[0])

    def _open(self, line: int) -> None:
        row = _model(self.table).line(line)
        if row is not None:
            self._show_session(row)

    def _show_session(self, session: SessionRow) -> None:
        self._session = session
        shown_list = partial(self._show_card, session)
        self.ask(shown_list, beside, session.id)

    def _show_card(self, session: SessionRow, found: Beside) -> None:
        if self.drawer is None:
            return
        about = facts(
            (
                (_("Hours"), f"{session.starts} - {session.ends}"),
                (_("Vaccine"), session.product),
                (_("Team"), session.team),
                (_("Priority groups"), session.groups),
                (_("Round of vaccination"), session.round),
                (_("Room for"), figure(session.capacity)),
                (_("Vials to take out"), figure(session.vials)),
                (_("Invited"), figure(session.invited)),
                (_("Vaccinated"), figure(session.given)),
                (_("Not on the list"), figure(session.outside) if session.outside else ""),
            )
        )
        called = Table(
            ListModel(call_columns(), call_line, self),
            name=_("People of the session"),
            filters=False,
        )
        _model(called).show(found.people)
        called.setMinimumHeight(220)
        items: list[Any] = [
            row(Chip(TONES[session.state], session.state.word), 1),
            about,
            rule(),
            row(text(_("People of the session"), "caption"), 1),
            called,
            *self._vials(found),
        ]
        if session.given and self.runner.may(VACCINATE):
            items.append(self._reaction_button(called))
        if self.runner.may(PLAN):
            items += [self._call_buttons(called), self._session_buttons(session)]
        title = f"{session.place}, {day_shown(session.held_on)}"
        self.drawer.show_card(title, session.product, items)
        self.show_beside()

    def _vials(self, found: Beside) -> list[QWidget]:
        """The last hour, and the balance vial by vial as soon as one was opened."""
        shown: list[QWidget] = [last_hour(found.closing)] if found.closing else []
        if found.vials:
            table = balance(found.vials, self)
            table.setMinimumHeight(160)
            if self.runner.may(VACCINATE):
                table.opened.connect(lambda line: self._end_vial(_model(table).line(line)))
            shown += [text(_("Vials of the session"), "caption"), table]
            shown.append(text(summed(found.vials), "small", wrap=True))
        return shown

    def _end_vial(self, vial: VialRow | None) -> None:
        session = self._session
        if session is not None and vial is not None and not vial.closed:
            self._session = None  # what colleagues do meanwhile leaves the form alone
            ask_end(self, vial, lambda: self._show_session(session))

    def _call_buttons(self, called: Table) -> QWidget:
        outcome = Choice()
        outcome.offer((call.value, call.word) for call in Call)
        button = Button(_("Note the call"), "F6", "phone")
        button.clicked.connect(lambda: self._note(called, str(outcome.currentData())))
        return framed(row(outcome, button, 1))

    def _note(self, called: Table, code: str) -> None:
        lines = called.chosen_lines() or [called.currentIndex().row()]
        rows = [_model(called).line(line) for line in lines]
        visits = [one.id for one in rows if one is not None]
        if visits:
            self.do(_("Writing down"), self._noted, service.note_call, visits, Call.of(code))

    def _reaction_button(self, called: Table) -> QWidget:
        react = Button(_("Reaction"), "F9", kind="danger")
        react.clicked.connect(lambda: self._react(called))
        return framed(row(react, 1))

    def _react(self, called: Table) -> None:
        """Whoever is chosen was injected here and has a reaction at home, on the list or not."""
        one = _model(called).line(called.currentIndex().row())
        if one is None or one.dose_id is None:
            self.refuse(_("Choose somebody of the list who was vaccinated."))
            return
        offer_reactions(self, [Dosed(one.name, one.dose_id)])

    def _noted(self, before: Sequence[Called]) -> None:
        self.undoable(_("The call is noted"), service.take_back_calls, before)

    def _session_buttons(self, session: SessionRow) -> QWidget:
        invite = Button(_("Invite who is due"), "F3", "add")
        invite.clicked.connect(lambda: self._invite(session))
        paper = Button(_("Call list"), "Ctrl P", "print")
        paper.clicked.connect(lambda: save_paper(self, "calls", "session", [session.id]))
        start = Button(_("Start"), "F8", "right")
        start.clicked.connect(lambda: self._turn(service.start_session, session, _("It runs")))
        end = Button(_("End the session"), "", "done")
        end.clicked.connect(lambda: self._end(session))
        again = Button(_("Open it again"), "", "undo")
        again.clicked.connect(lambda: self._turn(service.reopen_session, session, _("It runs")))
        desk = Button(_("To the desk"), "F4", "syringe")
        desk.clicked.connect(lambda: self.go.emit("vaccination.desk", session.id))
        held = Button(_("Plan it again"), "", "undo")
        held.clicked.connect(lambda: self._turn(service.plan_again, session, _("It is planned")))
        deed = {
            SessionState.PLANNED: start,
            SessionState.OPEN: end,
            SessionState.CLOSED: again,
            SessionState.CANCELLED: held,
        }
        shown = deed[session.state]
        if session.state in OVER:
            return framed(column(row(paper, 1), row(shown, 1)))
        off = [] if session.given else [self._cancel_button(session)]
        return framed(column(row(invite, 1), row(paper, *off, 1), row(desk, shown, 1)))

    def _cancel_button(self, session: SessionRow) -> Button:
        words, back = _("The session is cancelled"), service.plan_again
        done: Any = lambda _n: self.undoable(words, back, session.id)  # noqa: E731
        button = Button(_("Cancel the session"), "", kind="danger")
        button.clicked.connect(
            lambda: self.do(_("Writing down"), done, service.cancel_session, session.id)
        )
        return button

    def _end(self, session: SessionRow) -> None:
        words, back = _("It is closed"), service.reopen_session
        closed: Any = lambda _n: self.undoable(words, back, session.id)  # noqa: E731
        self.do(_("Writing down"), closed, service.end_session, session.id)

    def _turn(self, verb: Any, session: SessionRow, words: str) -> None:
        self.do(_("Writing down"), lambda _n: self.said.emit(words), verb, session.id)

    def _invite(self, session: SessionRow) -> None:
        said: Any = lambda n: self.said.emit(  # noqa: E731
            _("{n} people were put on the list").format(n=figure(n))
        )
        room = session.capacity - (session.invited - session.missing)
        self.do(_("Inviting"), said, invite_due, session.id, room)

    # -- planning ---------------------------------------------------------------------------------

    def _ask_plan(self) -> None:
        if self.drawer is None:
            return
        self._resumed, self._session = False, None
        day, product = Day(), Choice()
        product.addItems(self._products)
        fields = {
            "place": Field(_("Place of the session")),
            "starts": Field(_("Begins")),
            "ends": Field(_("Ends")),
            "capacity": Field(_("Room for how many people")),
            "team": Field(_("Team")),
            "groups": Field(_("Priority groups"), _("Numbers with a space between; empty: all")),
            "round": Field(_("Round of vaccination")),
        }
        fields["starts"].edit.setText("07:30")
        fields["ends"].edit.setText("11:30")
        fields["capacity"].edit.setText("100")
        button = Button(_("Plan it"), "Ctrl Enter", "done", "primary")
        button.clicked.connect(lambda: self._plan(day, product, fields))
        items = [labelled(_("Day"), day), labelled(_("Vaccine"), product), *fields.values()]
        self.drawer.show_card(_("Plan a session"), "", items, button)
        self.show_beside()
        parts: dict[str, QWidget] = {"day": day, "product": product, **fields}
        self._draft = FormDraft(self, "vaccination.sessions#plan", N_("Plan a session"), parts)
        self._draft.goes_with(fields["place"])
        self._draft.begin()
        fields["place"].edit.setFocus()

    def _plan(self, day: Day, product: Choice, fields: dict[str, Field]) -> None:
        words = {name: one.words.strip() for name, one in fields.items()}
        capacity = words.pop("capacity")
        wanted = NewSession(
            date.fromisoformat(day.iso),
            words.pop("place"),
            product.currentText(),
            int(capacity) if capacity.isdecimal() else 0,
            **words,
        )
        self.do(_("Planning"), self._planned, service.plan, wanted)

    def _planned(self, key: int) -> None:
        if self._draft is not None:
            self._draft.drop()
        self.close_card()
        self.undoable(_("The session is planned"), service.cancel_session, key)


def _model(table: Table) -> ListModel:
    model = table.model()
    assert isinstance(model, ListModel)  # noqa: S101 - both tables were built with one
    return model


def beside(work: Work, session_id: int) -> Beside:
    """The people, the vials and the last hour of a session."""
    people = queries.sessions.invited_to(work, session_id)
    vials = queries.stock.vials_of(work, session_id)
    return Beside(people, vials, queries.closing.closing(work, session_id, vials))


def invite_due(work: Work, session_id: int, room: int) -> int:
    """Put whoever is due on the list, as far as there is room."""
    people = queries.sessions.proposed(work, session_id, (), max(0, room))
    return service.invite(work, session_id, people)


def columns() -> list[Column]:
    """The headings of the sessions."""
    return [
        Column("held_on", _("Day"), 110, figures=True),
        Column("place", _("Place of the session")),
        Column("product", _("Vaccine"), 130, room=640),
        Column("invited", _("Invited"), 90, figures=True, room=720),
        Column("given", _("Vaccinated"), 110, figures=True),
        Column("missing", _("Stayed away"), 110, figures=True, room=860),
        Column("state", _("State"), 150),
    ]


def line_of(session: SessionRow) -> Sequence[str | Cell]:
    """A session as cells."""
    return (
        day_shown(session.held_on),
        Cell(session.place, role="strong"),
        session.product,
        figure(session.invited),
        figure(session.given),
        figure(session.missing),
        Cell(status=Status(TONES[session.state], session.state.word)),
    )


def call_columns() -> list[Column]:
    """The headings of the people of a session."""
    return [
        Column("name", _("Full name")),
        Column("phone", _("Telephone"), 120),
        Column("turn", _("State"), 150),
    ]


def call_line(person: InvitedRow) -> Sequence[str | Cell]:
    """Somebody on the list as cells."""
    word = person.call.word if person.call and person.turn is Turn.INVITED else person.turn.word
    return (
        Cell(person.name, hint=person.address),
        person.phone,
        Cell(status=Status(TURNS.get(person.turn, "wait"), word)),
    )
