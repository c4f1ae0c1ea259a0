"""One vaccination desk in the order of work: consent, screening, vial, injection, rest."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.ui import theme
from admin_suite.ui.minutely import Minutely
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.chips import Chip
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule, scrolled
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Arm, Common, Screened, Station
from modules.vaccination.pages.board import Board, reaction_items
from modules.vaccination.pages.opening import VialDeeds, ask_back
from modules.vaccination.pages.queue import Queue
from modules.vaccination.pages.screening import Screening
from modules.vaccination.pages.stations import (
    PARTS,
    StationChoice,
    examine,
    words_of_keys,
)
from modules.vaccination.pages.stepper import Stepper, about
from modules.vaccination.pages.vial import VialCard
from modules.vaccination.permissions import PLAN
from modules.vaccination.queries.desk import Desk, QueueRow, Steps
from modules.vaccination.service import NewInjection

SIDE_WIDTH, ROOM_FOR_THREE = 236, 1000
TONES = {
    Screened.ELIGIBLE: "done",
    Screened.CAUTION: "late",
    Screened.DEFER: "wait",
    Screened.CONTRAINDICATED: "bad",
}


class DeskPage(Page):
    """F2 the next person, F3 consent and screening, F8 injected, a digit: home after the rest.

    The station of this seat says which of these there are, and whose turn it is here.
    """

    shows = frozenset(
        {
            "vaccination_visit",
            "vaccination_vial",
            "vaccination_dose",
            "vaccination_session",
            "vaccination_reaction",
            "vaccination_event",
        }
    )

    def build(self) -> None:
        """Queue, desk, board."""
        self._session, self._visit, self._called, self._uid = 0, 0, 0, ""
        self._refused = 0  # whose injection was stopped before the needle
        self._steps: Steps | None = None

        self.react = Button(_("Reaction"), "F9", kind="danger")
        self.next = Button(_("Next person"), "F2", "right", "primary")
        self.react.clicked.connect(self._ask_reaction)
        self.next.clicked.connect(self._next)
        self.station = StationChoice()
        self.station.activated.connect(lambda _n: self._chose())
        self._head = Head(_("Vaccination desk"), self.station, self.react, self.next)
        self.queue, self._board = Queue(self.runner), Board()
        self.queue.which.activated.connect(lambda _n: self._chose())
        self.queue.picked.connect(self._pick)
        self.queue.arrived.connect(self._arrive)
        self._board.left.connect(self._leave)
        self._centre = self._centre_card()
        self._three = row(self.queue, self._centre, self._board, gap=theme.L)
        self._three.setStretch(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(self._three))
        self.stack.addWidget(self._nothing())
        self.lay_out(self._head, self.stack, drawer=Drawer())
        self._fit_station()
        Minutely(self, self._look)

    def _nothing(self) -> QWidget:
        about = _("Plan a session for today and invite people; then they are received here.")
        steps = []
        if self.runner.may(PLAN):
            button = Button(_("Sessions"), "F3", "session")
            button.clicked.connect(lambda: self.go.emit("vaccination.sessions", 0))
            steps.append(button)
        return empty("syringe", _("No session is running today"), about, *steps)

    def _centre_card(self) -> QFrame:
        self.stepper = Stepper()
        self._person = column(gap=theme.S)
        self.screening, self.vial = Screening(), VialCard()
        self.arm = Segments([arm.word for arm in Arm], _("Arm"))
        self.needle: list[QWidget] = []
        self.given_by = Field(_("Injected by"))
        self.done = Button(_("Consents, screened"), "F3", "done")
        self.defer = Button(_("Postpone"), "F4")
        self.injected = Button(_("Injected"), "F8", "syringe", "primary")
        self.done.clicked.connect(lambda: self._screen(None))
        self.defer.clicked.connect(lambda: self._screen(Screened.DEFER))
        self.injected.clicked.connect(lambda: self._inject(happened=False))
        arm = column(text(_("Arm"), "caption"), self.arm, gap=theme.XS)
        self.vials = VialDeeds(self, self.vial)
        self.anyway = Button(_("It was given all the same"), kind="danger")
        self.anyway.clicked.connect(lambda: self._inject(happened=True))
        self.back = Button(_("Take the injection back"), "", "undo", "danger")
        self.back.clicked.connect(self._ask_back)
        self.anyway.hide()
        self.back.hide()
        self.needle = [self.vial, self.vials, framed(row(arm, self.given_by, 1)), self.injected]
        deeds = row(self.defer, 1, self.done, self.injected)
        rarely = framed(row(self.back, 1, self.anyway))
        inside = column(
            self._person,
            self.screening,
            *self.needle[:-1],
            1,
            gap=theme.M,
            pad=(theme.L, theme.M),
        )
        body = scrolled(framed(inside))
        foot = column(rule(), rarely, deeds, gap=theme.S, pad=(theme.L, theme.S))
        desk = column(body, foot, gap=0)
        desk.setStretch(0, 1)
        whole = column(self.stepper, framed(desk, "card"), gap=theme.M)
        whole.setStretch(1, 1)
        return framed(whole)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fit_sides()

    def _fit_sides(self) -> None:
        wide = self.width() >= ROOM_FOR_THREE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._three.setDirection(across if wide else down)
        for side in (self.queue, self._board):
            narrow = wide and self.station.station is not Station.REST
            side.setMinimumWidth(SIDE_WIDTH if narrow else 0)
            side.setMaximumWidth(SIDE_WIDTH if narrow else 16_777_215)

    def _fit_station(self) -> None:
        """Show what the station of this seat needs."""
        parts = PARTS[self.station.station]
        self.queue.setVisible(parts.queue)
        self._centre.setVisible(parts.queue)
        self._board.setVisible(parts.board)
        for one in self.needle:
            one.setVisible(parts.needle)
        for button, there in ((self.done, parts.done), (self.defer, parts.defer)):
            button.setVisible(there)
        self.react.setVisible(parts.board)
        self.next.setVisible(parts.queue)
        for button, words in zip(
            (self.done, self.defer), words_of_keys(self.station.station), strict=True
        ):
            button.say(words)
        self._fit_sides()

    # -- what is shown ----------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask which sessions run, and for the desk of the one that is shown."""
        self.ask(self._show_sessions, queries.desk.running_sessions, self._session)

    def entered(self) -> None:
        """Work begins with whoever comes."""
        if PARTS[self.station.station].queue:
            self.queue.who.edit.setFocus()

    def open_at(self, key: int) -> None:
        """Show the desk of one session."""
        self._session = key
        self.reload()

    def digit(self, number: int) -> None:
        """Send home whoever stands beside the digit on the board."""
        self._board.digit(number)

    def _show_sessions(self, sessions: Sequence[tuple[int, str]]) -> None:
        self.queue.which.clear()
        for key, words in sessions:
            self.queue.which.addItem(words, key)
        keys = [key for key, _words in sessions]
        if self._session not in keys and keys:
            self._session = keys[0]
        self.queue.which.setCurrentIndex(max(0, self.queue.which.findData(self._session)))
        self.queue.which.setVisible(len(keys) > 1)
        self.stack.setCurrentIndex(0 if self._session else 1)
        for button in (self.react, self.next, self.vials):
            button.setEnabled(bool(self._session))
        self._look()

    def _chose(self) -> None:
        self._session, self._visit = int(self.queue.which.currentData() or 0), 0
        self._called, self._steps = 0, None
        self._fit_station()
        self._look()

    def _look(self) -> None:
        if self._session:
            self.ask(self._show_desk, queries.desk.desk, self._session, self.station.station)

    def _show_desk(self, desk: Desk) -> None:
        self.stack.setCurrentIndex(0)
        said = _("Session of {day}, {place} · {product}")
        told = said.format(day=day_shown(desk.held_on), place=desk.place, product=desk.product)
        self._head.say(told)
        self._board.show_rests(desk.resting)
        self.vial.show_vials(desk.vials, desk.closing)
        self.vials.show_desk(desk)
        still = sum(not vial.closed for vial in desk.vials)
        line = _("{n} vaccinated, {m} postponed, {wasted} doses thrown away · {open} vials open")
        self.status.emit(
            line.format(n=desk.given, m=desk.postponed, wasted=desk.wasted, open=still)
        )
        there = [row.id for row in desk.queue]
        kept = {self._called, *there} - {0}
        if self._visit not in kept and (self._steps is None or self._steps.dose_id is None):
            self._visit = there[0] if there else 0
        self.queue.show_rows(desk.queue, self._visit)
        self._show_steps_of(self._visit)

    def _pick(self, visit: int) -> None:
        self._visit = visit
        self._look()

    def _show_steps_of(self, visit: int) -> None:
        for button in (self.done, self.defer, self.injected):
            button.setEnabled(bool(visit))
        if not visit:
            self.back.hide()
            self.anyway.hide()
        if visit:
            self.ask(self._show_steps, queries.desk.steps, visit)
        else:
            self._steps = None
            emptied(self._person)
            self._person.addWidget(text(_("Nobody is at the desk."), "muted"))
            self.screening.hide()
            self.stepper.show_steps(None, vial=self.vial.vial is not None)

    def _show_steps(self, steps: Steps) -> None:
        if self._steps is None or self._steps.visit_id != steps.visit_id:
            self._uid = new_uids(datetime.now(UTC), 1)[0]
            self.anyway.setVisible(self._refused == steps.visit_id)
            self.screening.show_steps(steps)
        self._steps = steps
        self.screening.setVisible(PARTS[self.station.station].screening)
        emptied(self._person)
        who = ", ".join(
            part for part in (steps.sex.word if steps.sex else "", shown(steps.dob)) if part
        )
        names = column(
            text(steps.name, "title", wrap=True),
            text(" · ".join(part for part in (who, steps.address) if part), "small", wrap=True),
            gap=0,
        )
        head = row(names)
        head.setStretch(0, 1)
        if steps.screened is not None:
            head.addWidget(Chip(TONES[steps.screened], steps.screened.word))
        self._person.addLayout(head)
        self._person.addWidget(facts(about(steps), 104))
        self.stepper.show_steps(steps, vial=self.vial.vial is not None)
        self.injected.setEnabled(steps.dose_id is None)
        needle = PARTS[self.station.station].needle
        self.back.setVisible(needle and steps.dose_id is not None)

    # -- deeds ------------------------------------------------------------------------------------

    def _next(self) -> None:
        self.queue.who.edit.setFocus()
        self._called = 0
        self.ask(self._took, queries.desk.queue, self._session, self.station.station)

    def _took(self, rows: Sequence[QueueRow]) -> None:
        others = [line.id for line in rows if line.id != self._visit]
        if others:
            self._pick(others[0])

    def _arrive(self, person: int, sent_by: str) -> None:
        verb = service.arrive
        job = self.do(_("Receiving"), self._here, verb, self._session, person, sent_by)
        job.on_refusal(self._not_on_list)

    def _not_on_list(self, why: str) -> None:
        self.refuse(why)
        self.queue.ask_sender()

    def _here(self, visit: int) -> None:
        """Whoever was called up or scanned stays, wherever his turn is."""
        self.queue.clear()
        self._called = visit
        self._pick(visit)

    def _screen(self, decision: Screened | None) -> None:
        if not self._visit:
            return
        said = self.screening.said(decision)
        at, self._called = self.station.station, 0
        told = _("Writing down the screening")
        self.do(told, self._screened, examine, at, self._visit, said)

    def _screened(self, word: str) -> None:
        self.said.emit(word)
        if PARTS[self.station.station].needle:
            self.injected.setFocus()
        else:
            self.queue.who.edit.setFocus()

    def _inject(self, *, happened: bool) -> None:
        vial = self.vial.vial
        if not self._visit:
            return
        if vial is None:
            self.refuse(_("No vial is open. F6 opens one of the lot of the day."))
            return
        arm = tuple(Arm)[max(0, self.arm.at())]
        given = NewInjection(vial.id, self._uid, arm, self.given_by.words, happened=happened)
        self._refused = 0
        visit, self._visit, self._called, self._steps = self._visit, 0, 0, None
        job = self.do(
            _("Writing down the injection"),
            partial(self._injected, visit),
            service.inject,
            visit,
            given,
        )
        job.on_refusal(partial(self._not_injected, visit))

    def _injected(self, visit: int, _dose: int) -> None:
        reason = _("Entered by mistake")
        words = _("Injection written down; the rest begins")
        self.undoable(words, service.take_back_injection, visit, reason)

    def _not_injected(self, visit: int, why: str) -> None:
        """Whoever has it in the arm already is entered all the same: a fact is never refused."""
        self.refuse(why)
        self._refused = visit
        self._pick(visit)

    def _ask_back(self) -> None:
        if self._steps is not None:
            ask_back(self, self._steps.visit_id, self._steps.name)

    def _leave(self, visit: int) -> None:
        words = _("Gone home after the rest")
        self.do(
            _("Writing down"),
            lambda _n: self.undoable(words, service.stay, [visit]),
            service.leave,
            [visit],
        )

    def _ask_reaction(self) -> None:
        self.ask(self._offer_reactions, queries.desk.resting, self._session)

    def _offer_reactions(self, rests: Sequence[Any]) -> None:
        if self.drawer is None:
            return
        items = reaction_items(rests, self._reacted, self._severe)
        about = _("A usual reaction is counted; a severe one is reported and followed.")
        self.drawer.show_card(_("Reaction"), about, items)
        self.show_beside()

    def _severe(self, dose: int) -> None:
        self.go.emit("vaccination.reactions", dose)

    def _reacted(self, dose: int, kind: Common) -> None:
        words = _("Noted: {word}").format(word=kind.word)
        self.do(
            _("Writing down"),
            lambda key: self.undoable(words, service.unreact, [key]),
            service.react,
            dose,
            kind,
        )
