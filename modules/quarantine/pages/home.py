"""Home quarantine: today's calls line by line; who was missed stands in front."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from modules.quarantine.codes import Channel, Ended, Followed, Phase, Setting
from modules.quarantine.pages.choosing import CommuneChoice
from modules.quarantine.pages.home_cards import Beginning, person_items
from modules.quarantine.pages.positives import Positives
from modules.quarantine.pages.rehousing import Rehousings
from modules.quarantine.pages.rounds import TONES, alert_columns, alert_line
from modules.quarantine.permissions import DECIDE, EXPECT, FOLLOW, OBSERVE, PLACE
from modules.quarantine.queries import home as questions
from modules.quarantine.queries.home import UNHEARD, HomeList, HomeRow
from modules.quarantine.queries.rounds import Alert, alerts, in_words
from modules.quarantine.service import calls, heads, home, rounds

DECLARING = "registry.declaring"
PAPERS = "quarantine.home_papers"
STATES = {
    Followed.EXPECTED: "wait",
    Followed.NO_ANSWER: "late",
    Followed.REFUSED: "late",
    Followed.NOT_AT_HOME: "bad",
}


class HomePage(Page):
    """``.`` and Enter, and the next is asked for; F6 shows whoever was heard of as well."""

    shows = frozenset(
        {
            "quarantine_observation",
            "quarantine_home_stay",
            "quarantine_episode",
            "quarantine_task",
            "quarantine_case",
        }
    )

    def build(self) -> None:
        """The line to type on top, then the alerts, below them whom to call."""
        self._found: HomeList | None = None
        self._all, self._next = False, 0
        self.beginning, self.positives = Beginning(self, self._begun), Positives(self)
        self.rehousings = Rehousings(self)
        self._deeds()
        self._choices()
        hint = _(". well, 367 98 ho as in a round; k: no answer, t: refused; visit, v: not at home")
        self.line = Field(_("What was told"), hint, room=1)
        self.line.edit.returnPressed.connect(self._enter)
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Whom to call"), filters=False)
        self.table.moved.connect(self._ask_for)
        self.table.opened.connect(self._open)
        self.alerts = Table(
            ListModel(alert_columns(_("Where"), 220), alert_line, self),
            name=_("Health alerts"),
            filters=False,
        )
        self.alerts.opened.connect(self._look)
        self._above = framed(column(self.alerts, gap=0, pad=(1, 1)), "card")
        self._above.setMaximumHeight(5 * theme.ROW)
        choices = (labelled(_("Commune"), self.commune), labelled(_("Reached by"), self.how))
        top = row(*(column(one, 1, gap=0) for one in choices), column(self.line, 1, gap=0))
        top.setStretch(len(choices), 1)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, top, self._above, card, drawer=Drawer())
        self.stretch_last()

    def _deeds(self) -> None:
        self.begin = Button(_("Begin at home"), "F2", "add")
        self.begin.clicked.connect(self.beginning.show)
        self.finish = Button(_("End the follow-up"), "F5", "done")
        self.finish.clicked.connect(self._finish)
        self.every = Button(_("Show everybody"), "F6", "people")
        self.every.clicked.connect(self._turn)
        self.papers = Button(_("Papers"), "Ctrl P", "paper")
        self.papers.clicked.connect(lambda: self.go.emit(PAPERS, 0))
        self._head = Head(_("Home quarantine"), self.finish, self.begin, self.papers, self.every)

    def _choices(self) -> None:
        self.commune, self.how = CommuneChoice(self.reload), Choice()
        self.how.offer((one.value, one.word) for one in (Channel.CALL, Channel.VISIT))

    def reload(self) -> None:
        """Ask whom to call, and which alerts wait."""
        self.ask(self._show, questions.home_list, self.commune.code)
        self.ask(self._show_alerts, alerts, Setting.HOME)

    def entered(self) -> None:
        """Work begins with the first line."""
        self.line.edit.setFocus()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, found: HomeList) -> None:
        self._found = found
        self.commune.offer_communes(found.communes, found.commune)
        self._list()

    def _list(self) -> None:
        if self._found is None:
            return
        here, rows = self._next or self._key(), self._found.rows
        shown = [one for one in rows if self._all or one.open]
        self._next = 0
        self.model.show(shown)
        self._say(rows)
        self.line.edit.setEnabled(self.runner.may(FOLLOW) and bool(shown))
        if shown:
            self.table.go_to(next((n for n, one in enumerate(shown) if one.id == here), 0))

    def _say(self, rows: Sequence[HomeRow]) -> None:
        said = _("{heard} of {all} heard of today, {missed} not heard of yesterday either")
        heard = sum(one.state not in UNHEARD for one in rows)
        missed = sum(one.open and one.missed for one in rows)
        values = {"heard": figure(heard), "all": figure(len(rows)), "missed": figure(missed)}
        self._head.say(said.format(**values) if rows else _("Nobody is at home in quarantine"))
        over = self._over()
        self.finish.say(_("End the follow-up of {n}").format(n=figure(len(over))))
        self.finish.setVisible(bool(over) and self.runner.may(PLACE))
        self.begin.setVisible(self.runner.may(EXPECT))

    def _show_alerts(self, rows: Sequence[Alert]) -> None:
        model = self.alerts.rows
        if isinstance(model, ListModel):
            model.show(rows)
        self._above.setVisible(bool(rows))

    def _current(self) -> HomeRow | None:
        at = self.table.currentIndex().row()
        found = self.model.line(at) if at >= 0 else None
        return found if isinstance(found, HomeRow) else None

    def _key(self) -> int:
        one = self._current()
        return one.id if one is not None else 0

    def _over(self) -> list[int]:
        rows = self._found.rows if self._found else ()
        return [one.id for one in rows if one.phase is Phase.OVER]

    def _ask_for(self, at: int) -> None:
        one = self.model.line(at) if at >= 0 else None
        if isinstance(one, HomeRow):
            said = _("{name}, {phone}")
            self.status.emit(said.format(name=one.who.name, phone=one.phone or "-"))

    def _turn(self) -> None:
        self._all = not self._all
        self.every.say(_("Show whom to call") if self._all else _("Show everybody"))
        self._list()

    # -- what was told ----------------------------------------------------------------------------

    def _enter(self) -> None:
        one = self._current()
        if one is None:
            self.line.complain(_("Everybody was heard of today."))
            return
        following = self.model.line(self.table.currentIndex().row() + 1)
        after = following.id if isinstance(following, HomeRow) else 0
        how = Channel.of(str(self.how.currentData()))
        then = partial(self._entered, one, after)
        self.do(_("Writing down"), then, calls.call, one.id, how, self.line.words)

    def _entered(self, one: HomeRow, after: int, told: object) -> None:
        self.line.edit.clear()
        self._next = after
        self._list()
        word = told.word if isinstance(told, Followed) else ""
        said = _("{name}: {what}").format(name=one.who.name, what=word.lower())
        self.undoable(said, calls.take_call_back, one.id)
        self.line.edit.setFocus()

    def _look(self, at: int) -> None:
        one = self.alerts.rows.line(at)
        if isinstance(one, Alert) and self.runner.may(OBSERVE):
            said = _("Somebody looked at {name}").format(name=one.name)
            self.do(said, lambda _n: self.said.emit(said), rounds.looked_at, [one.id])

    # -- one person -------------------------------------------------------------------------------

    def _open(self, at: int) -> None:
        one = self.model.line(at)
        if not isinstance(one, HomeRow) or self.drawer is None:
            return
        said = _("{phase}, day {day} of {days}")
        quarantined = one.phase is Phase.QUARANTINE
        day, days = (one.day, one.days) if quarantined else (one.after, one.follow_up)
        about = said.format(phase=one.phase.word, day=day, days=days)
        self.drawer.show_card(one.who.name, about, person_items(one), *self._deeds_of(one))
        self.show_beside()

    def _deeds_of(self, one: HomeRow) -> list[Button]:
        """What can be done about somebody, the usual deed first."""
        declare = Button(_("Declare"), "F4", "paper")
        declare.clicked.connect(lambda: self.go.emit(DECLARING, one.who.person_id))
        deeds = [declare]
        if self.runner.may(PLACE):
            move = Button(_("To a facility"), "F8", "bed")
            move.clicked.connect(partial(self._leave, one, _("{name} waits for a bed now")))
            other = Button(_("Another household"), "F3", "home")
            other.clicked.connect(lambda: self.rehousings.show(one))
            deeds += [move, other]
        if self.runner.may(PLACE) and one.missing:
            gone = Button(_("Left without leave"), "F9", kind="danger")
            gone.clicked.connect(partial(self._abscond, one))
            deeds.append(gone)
        if self.runner.may(DECIDE):
            positive = Button(_("Report a positive"), "Ctrl D", kind="danger")
            positive.clicked.connect(lambda: self.positives.report(one.id))
            deeds.append(positive)
        return deeds

    def _leave(self, one: HomeRow, said: str, *_clicked: bool) -> None:
        words = said.format(name=one.who.name)
        then = partial(self._left, words, [one.id])
        self.do(words, then, home.to_facility, [one.id])

    def _abscond(self, one: HomeRow, *_clicked: bool) -> None:
        """What is typed in the line says what is known of who has left."""
        if not self.line.words.strip():
            self.line.complain(_("Write what is known: who saw the person last, and where."))
            self.line.edit.setFocus()
            return
        said = _("{name} has left without leave; tell the police of the commune")
        then = partial(self._left, said.format(name=one.who.name), [one.id])
        self.do(_("Writing down"), then, heads.abscond, [one.id], self.line.words)

    def _finish(self) -> None:
        keys = self._over()
        said = _("{n} people were followed to the end").format(n=figure(len(keys)))
        self.do(said, partial(self._left, said, keys), home.leave_home, keys, Ended.DISCHARGED)

    def _left(self, said: str, keys: Sequence[int], _n: object) -> None:
        self.close_card()
        self.line.edit.clear()
        self.undoable(said, home.back_home, keys)

    def _begun(self, said: str, keys: Sequence[int]) -> None:
        self.close_card()
        self.undoable(said, home.withdraw_home, keys)


def columns() -> list[Column]:
    """The headings of the call list, in the order of a call."""
    return [
        Column("phone", _("Telephone"), 236),
        Column("name", _("Full name"), 180),
        Column("day", _("Day"), 72),
        Column("state", _("Today"), 214),
        Column("before", _("Yesterday"), 176, room=900),
        Column("place", _("Address"), 0, room=1000),
    ]


def line_of(one: HomeRow) -> Sequence[str | Cell]:
    """One person of the call list as cells; Enter opens the side card."""
    before = in_words(one.before) or _("Well") if one.before else ""
    missed = Cell(status=Status("late", _("Not heard of"))) if one.missed else None
    return (
        one.phone,
        Cell(one.who.name, role="strong"),
        _day(one),
        Cell(status=_state(one)),
        missed or Cell(before, role="muted"),
        ", ".join(part for part in (one.home.address, one.commune) if part),
    )


def _day(one: HomeRow) -> Cell:
    """Day 4 of 14 of the quarantine, or of the follow-up after it: ``+4/14``."""
    if one.phase is Phase.QUARANTINE:
        return Cell(f"{one.day}/{one.days}", hint=one.phase.word)
    return Cell(f"+{one.after}/{one.follow_up}", role="muted", hint=one.phase.word)


def _state(one: HomeRow) -> Status:
    """What today has told, and before it what somebody has to do."""
    again = _("No answer ({n})").format(n=one.tries)
    to_do = (
        (one.phase is Phase.OVER, "done", Phase.OVER.word),
        (one.missing, "bad", _("Look for this person")),
        (one.visit, "bad", _("Go there, no answer")),
        (one.state is Followed.NO_ANSWER, "late", again),
        (one.state in STATES, STATES.get(one.state, ""), one.state.word),
    )
    told = in_words(one.today[-1]) if one.today else ""
    usual = (TONES[one.level], told or one.state.word)
    tone, words = next(((tone, words) for holds, tone, words in to_do if holds), usual)
    return Status(tone, words)
