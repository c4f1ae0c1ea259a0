"""One vaccination desk in the order of work: consent, screening, vial, injection, rest."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PyQt6.QtCore import QElapsedTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.ui import theme
from admin_suite.ui.minutely import Minutely
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, empty
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule, scrolled
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Arm, Screened, Station
from modules.vaccination.pages.board import Board, send_home
from modules.vaccination.pages.opening import VialDeeds, ask_back
from modules.vaccination.pages.outcome import ask_outcome
from modules.vaccination.pages.queue import Queue
from modules.vaccination.pages.reacting import ask_reaction
from modules.vaccination.pages.screening import Screening
from modules.vaccination.pages.stations import (
    PARTS,
    StationChoice,
    examine,
    words_of_keys,
)
from modules.vaccination.pages.stepper import Stepper, person_of
from modules.vaccination.pages.vial import VialCard
from modules.vaccination.permissions import PLAN
from modules.vaccination.queries.desk import Desk, QueueRow, Steps
from modules.vaccination.service import NewInjection

SIDE_WIDTH, ROOM_FOR_THREE = 236, 1000
PAUSE_MS = 1000  # nobody is injected so soon after somebody else


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
        self._since = QElapsedTimer()

        self.react = Button(_("Reaction"), "F9", kind="danger")
        self.next = Button(_("Next person"), "F2", "right", "primary")
        self.react.clicked.connect(lambda: ask_reaction(self, self._session, self._steps))
        self.next.clicked.connect(self._next)
        self.station = StationChoice()
        self.station.activated.connect(lambda _n: self._chose())
        self._head = Head(_("Vaccination desk"), self.station, self.react, self.next)
        self.queue, self._board = Queue(self.runner), Board()
        self.queue.which.activated.connect(lambda _n: self._chose())
        self.queue.picked.connect(self._pick)
        self.queue.arrived.connect(self._arrive)
        self._board.left.connect(lambda rest: send_home(self, rest))
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
        for deed in (self.done, self.defer, self.injected):
            deed.once()
        self.done.clicked.connect(lambda: self._screen(None))
        self.defer.clicked.connect(lambda: self._screen(Screened.DEFER))
        self.injected.clicked.connect(lambda: self._inject(happened=False))
        arm = column(text(_("Arm"), "caption"), self.arm, gap=theme.XS)
        self.vials = VialDeeds(self, self.vial)
        self.needle = [self.vial, self.vials, framed(row(arm, self.given_by, 1)), self.injected]
        rarely = self._seldom()
        deeds = column(row(self.defer, self.other, 1), row(1, self.done, self.injected))
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

    def _seldom(self) -> QFrame:
        """What few people need: no injection, one taken back, one that nobody could stop."""
        self.anyway = Button(_("It was given all the same"), kind="danger")
        self.anyway.clicked.connect(lambda: self._inject(happened=True))
        self.back = Button(_("Take the injection back"), "", "undo", "danger")
        self.back.clicked.connect(self._ask_back)
        self.other = Button(_("Not vaccinated"), "F5", "note")
        self.other.clicked.connect(self._ask_outcome)
        self.anyway.hide()
        self.back.hide()
        return framed(row(self.back, 1, self.anyway))

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
        self.screening.setVisible(parts.screening and self._steps is not None)
        deeds = ((self.done, parts.done), (self.defer, parts.defer), (self.other, parts.screening))
        for button, there in deeds:
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
        """Send home whoever stands beside the digit on the board; a card of a reaction is first."""
        if self.drawer is None or not self.drawer.digit(number):
            self._board.digit(number)

    def hear(self, words: str) -> bool:
        """Whoever is typed while nothing has the focus has come to the desk."""
        if self._receives():
            self.queue.who.feed(words)
        return self._receives()

    def scanned(self, words: str) -> bool:
        """A card that is read here receives its holder; the desk is not left for it."""
        if self._receives():
            self.queue.who.scan(words)
        return self._receives()

    def _receives(self) -> bool:
        return bool(self._session) and PARTS[self.station.station].queue

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
        for button in (self.done, self.defer, self.injected, self.other):
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
            if self.injected.hasFocus():  # the space bar meant whoever stood here before
                self.setFocus()
        self._steps = steps
        self.screening.setVisible(PARTS[self.station.station].screening)
        emptied(self._person)
        for part in person_of(steps):
            self._person.addWidget(part)
        self.stepper.show_steps(steps, vial=self.vial.vial is not None)
        for button in (self.injected, self.other):
            button.setEnabled(steps.dose_id is None)
        needle = PARTS[self.station.station].needle
        self.back.setVisible(needle and steps.dose_id is not None)

    # -- deeds ------------------------------------------------------------------------------------

    def _next(self) -> None:
        self.queue.who.edit.setFocus()
        self._called = 0
        self.ask(self._took, queries.desk.queue, self._session, self.station.station)

    def _took(self, rows: Sequence[QueueRow]) -> None:
        """The one behind whoever stands here, and after the last the first again."""
        keys = [line.id for line in rows]
        at = keys.index(self._visit) + 1 if self._visit in keys else 0
        if keys:
            self._pick(keys[at % len(keys)])

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

    def _ask_outcome(self) -> None:
        if self._steps is not None and not self._unread():
            visit, name = self._steps.visit_id, self._steps.name
            ask_outcome(self, visit, name, self.screening.said)

    def _unread(self) -> bool:
        """Whether a sign cannot be read; the page says so then."""
        why = self.screening.unread() if PARTS[self.station.station].screening else ""
        if why:
            self.refuse(why)
        return bool(why)

    def _screen(self, decision: Screened | None) -> None:
        if not self._visit or self._unread():
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
        if not self._visit or (self._paused() and not happened):
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

    def _paused(self) -> bool:
        """Whether somebody was injected just now: the key that was pressed twice meant him."""
        return self._since.isValid() and self._since.elapsed() < PAUSE_MS

    def _injected(self, visit: int, _dose: int) -> None:
        self._since.start()
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
