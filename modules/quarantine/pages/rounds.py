"""Health rounds: a line for each person, typed blind; who was missed stands in front."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, named, row
from modules.quarantine.codes import Setting
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import OBSERVE, PLACE
from modules.quarantine.queries import rounds as questions
from modules.quarantine.queries.rounds import Alert, Round, RoundRow, in_words
from modules.quarantine.rules.rounds import MARKS, Level
from modules.quarantine.service import heads, rounds, undo

MARKED = {Level.NONE: "wait", Level.AMBER: "late"}
TONES = {Level.NONE: "done", Level.AMBER: "late", Level.RED: "bad"}


class RoundsPage(Page):
    """``367 98 .`` and Enter, and the next bed is asked for; F6 shows whoever was seen as well."""

    shows = frozenset({"quarantine_observation", "quarantine_claim", "quarantine_task"})

    def build(self) -> None:
        """The line to type on top, below it who is to be seen, then the alerts."""
        self._round: Round | None = None
        self._all = False
        self._missing: set[int] = set()
        self._deeds()
        self._choices()
        hint = _(
            "367 98 . is 36.7 °C, 98 %, well; words after the numbers are symptoms; "
            "v: not there, t: refused"
        )
        self.line = Field(_("Measurement"), hint, room=1)
        self.line.edit.returnPressed.connect(self._enter)
        self.model = ListModel(columns(), self._cells, self)
        self.table = Table(self.model, name=_("People of the round"), filters=False)
        self.table.moved.connect(self._ask_for)
        self.table.ticked.connect(self._tick)
        self.alerts = Table(
            ListModel(alert_columns(_("Bed"), 100), alert_line, self),
            name=_("Health alerts"),
            filters=False,
        )
        self.alerts.opened.connect(self._look)
        self._below = framed(column(self.alerts, gap=0, pad=(1, 1)), "card")
        self._below.setMaximumHeight(5 * theme.ROW)
        choices = (labelled(_("Facility"), self.facility), labelled(_("Round"), self.turn))
        top = row(*(column(one, 1, gap=0) for one in choices), column(self.line, 1, gap=0))
        top.setStretch(len(choices), 1)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, top, self._below, card)
        self.stretch_last()

    def _deeds(self) -> None:
        self.every = Button(_("Show everybody"), "F6", "people")
        self.every.clicked.connect(self._turn)
        self.count = Button(_("Count heads"), "F8", "done")
        self.count.clicked.connect(self._count)
        self.gone = Button(_("Left without leave"), "F9", kind="danger")
        self.gone.clicked.connect(self._abscond)
        self._head = Head(_("Health rounds"), self.gone, self.count, self.every)

    def _choices(self) -> None:
        self.facility = FacilityChoice(self.reload)
        self.turn = named(Choice(), _("Round"))
        self.turn.addItem(_("Morning"), 1)
        self.turn.addItem(_("Afternoon"), 2)
        self.turn.activated.connect(lambda _n: self.reload())

    def reload(self) -> None:
        """Ask who is to be seen, and which alerts wait."""
        facility = self.facility.key
        number = int(self.turn.currentData() or 0) if self._round is not None else 0
        self.ask(self._show, questions.health_round, facility, number)
        self.ask(self._show_alerts, questions.alerts, Setting.FACILITY)

    def entered(self) -> None:
        """Work begins with the first line."""
        self.line.edit.setFocus()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, found: Round) -> None:
        self._round = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.turn.setCurrentIndex(max(0, self.turn.findData(found.number)))
        self._missing &= {one.id for one in found.rows}
        self._list()

    def _list(self) -> None:
        if self._round is None:
            return
        rows = self._round.rows
        missed = [one for one in rows if one.missed]
        here = self._current()
        shown = rows if self._all else missed
        self.model.show(shown)
        said = _("{seen} of {all} seen, {missed} missed")
        words = said.format(
            seen=figure(sum(one.reading is not None for one in rows)),
            all=figure(len(rows)),
            missed=figure(len(missed)),
        )
        if self._round.counted is not None:
            told = _("heads counted at {moment}")
            words += "; " + told.format(moment=moment_shown(self._round.counted))
        self._head.say(words)
        may = self.runner.may(OBSERVE)
        self.line.edit.setEnabled(may and bool(shown))
        self.count.setVisible(may)
        self.gone.setVisible(self.runner.may(PLACE) and any(one.missing for one in rows))
        at = next((n for n, one in enumerate(shown) if here and one.id == here.id), 0)
        if shown:
            self.table.go_to(at)
        self._say_ticked()

    def _show_alerts(self, rows: Sequence[Alert]) -> None:
        model = self.alerts.rows
        if isinstance(model, ListModel):
            model.show(rows)
        self._below.setVisible(bool(rows))

    def _cells(self, one: RoundRow) -> Sequence[str | Cell]:
        return line_of(one, ticked=one.id in self._missing)

    def _current(self) -> RoundRow | None:
        at = self.table.currentIndex().row()
        found = self.model.line(at) if at >= 0 else None
        return found if isinstance(found, RoundRow) else None

    def _ask_for(self, at: int) -> None:
        one = self.model.line(at) if at >= 0 else None
        if isinstance(one, RoundRow):
            said = _("Room {room}, bed {bed}: {name}")
            self.status.emit(said.format(room=one.room, bed=one.bed, name=one.name))

    def _turn(self) -> None:
        self._all = not self._all
        self.every.say(_("Show the missed") if self._all else _("Show everybody"))
        self._list()

    # -- deeds ------------------------------------------------------------------------------------

    def _enter(self) -> None:
        one, found = self._current(), self._round
        if one is None or found is None:
            self.line.complain(_("Everybody was seen in this round."))
            return
        then = partial(self._entered, one)
        line = self.line.words
        self.do(_("Writing down"), then, rounds.observe, one.id, found.number, line)

    def _entered(self, one: RoundRow, how: object) -> None:
        mark = MARKS.get(self.line.words.strip().lower())
        self.line.edit.clear()
        said = {
            Level.NONE: _("{name} is well"),
            Level.AMBER: _("{name}: measure again in half an hour"),
            Level.RED: _("{name} needs somebody now"),
        }[how if isinstance(how, Level) else Level.NONE]
        told = _("{name}: {why}").format(name=one.name, why=mark.word) if mark else ""
        self.said.emit(told or said.format(name=one.name))
        if self._all:
            at = self.table.currentIndex().row() + 1
            self.table.go_to(min(at, self.model.length() - 1))
        self.line.edit.setFocus()

    def _tick(self, at: int) -> None:
        one = self.model.line(at)
        if isinstance(one, RoundRow) and one.away is None:
            self._missing ^= {one.id}
            self.model.refreshed()
            self._say_ticked()

    def _say_ticked(self) -> None:
        n = len(self._missing)
        said = _("Count heads: {n} missing").format(n=figure(n)) if n else _("Count heads")
        self.count.say(said)

    def _count(self) -> None:
        if self._round is None:
            return
        missing = sorted(self._missing)
        self.do(
            _("Counting heads"),
            self._counted,
            heads.count_heads,
            self._round.facility_id,
            missing,
        )

    def _counted(self, there: object) -> None:
        n = len(self._missing)
        self._missing.clear()
        said = _("{there} are here, {missing} are to be looked for")
        self.said.emit(said.format(there=there, missing=n))

    def _abscond(self) -> None:
        """What is typed in the line says what is known of who has left."""
        one = self._current()
        if one is None or not one.missing:
            self.refuse(_("Show everybody, and choose whoever was missing at the head count."))
            return
        if not self.line.words.strip():
            self.line.complain(_("Write what is known: who saw the person last, and where."))
            self.line.edit.setFocus()
            return
        then = partial(self._absconded, one)
        self.do(_("Writing down"), then, heads.abscond, [one.id], self.line.words)

    def _absconded(self, one: RoundRow, _n: object) -> None:
        self.line.edit.clear()
        said = _("{name} has left without leave; the record is among the papers")
        self.undoable(said.format(name=one.name), undo.take_back, one.id, "")

    def _look(self, at: int) -> None:
        one = self.alerts.rows.line(at)
        if isinstance(one, Alert) and self.runner.may(OBSERVE):
            said = _("Somebody looked at {name}").format(name=one.name)
            self.do(said, lambda _n: self.said.emit(said), rounds.looked_at, [one.id])


def columns() -> list[Column]:
    """The headings of the round, in the order of walking."""
    return [
        Column("missing", _("Absent"), 90),
        Column("room", _("Room"), 90),
        Column("bed", _("Bed"), 70),
        Column("name", _("Full name"), 220),
        Column("born", _("Born"), 90, room=760),
        Column("reading", _("Measurement"), 260),
        Column("before", _("Before"), 0, room=900),
    ]


def line_of(one: RoundRow, *, ticked: bool) -> Sequence[str | Cell]:
    """One person of the round as cells."""
    if one.reading is not None and one.reading.mark is not None:
        shown = Cell(status=Status(MARKED[one.level], one.reading.mark.word))
    elif one.reading is not None:
        shown = Cell(status=Status(TONES[one.level], in_words(one.reading) or _("Well")))
    elif one.away is not None:
        shown = Cell(status=Status("busy", _("Away since {m}").format(m=moment_shown(one.away))))
    else:
        shown = Cell(status=Status("wait", _("Not seen yet")))
    lost = Cell(status=Status("bad", _("Absent"))) if one.missing else Cell(tick=ticked)
    return (
        lost,
        one.room,
        one.bed,
        Cell(one.name, role="strong"),
        one.born[:4],
        shown,
        Cell(in_words(one.before) if one.before else "", role="muted"),
    )


def alert_columns(place: str, wide: int) -> list[Column]:
    """The headings of the alerts; ``place`` is what says where the person is."""
    return [
        Column("level", _("Health alert"), 240),
        Column("place", place, wide),
        Column("name", _("Full name"), 220),
        Column("words", _("Measurement"), 220),
        Column("since", _("Since"), 0, room=800),
    ]


def alert_line(one: Alert) -> Sequence[str | Cell]:
    """One alert as cells; Enter says that somebody has looked at it."""
    word = _("Passed on to the leader") if one.escalated else one.level.word
    return (
        Cell(status=Status(TONES[one.level], word), hint=_("Enter: somebody looked at it")),
        one.place,
        Cell(one.name, role="strong"),
        one.words,
        moment_shown(one.since),
    )
