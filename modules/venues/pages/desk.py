"""A desk at a venue: a card is scanned, one key says in or out, and it is stored."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

from PyQt6.QtWidgets import QFrame

from admin_suite.core.clock import here, shown, stamp
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.excel.sheet import Stored
from admin_suite.registry.reading.days import clock
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.minutely import Minutely
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.choosing import Picker, Searched
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Beside, column, framed, row
from admin_suite.ui.widgets.person_form import PersonForm
from admin_suite.ui.widgets.text import text
from modules.venues import service
from modules.venues.codes import Means, Way
from modules.venues.pages.curves import Bars
from modules.venues.permissions import NOTE
from modules.venues.queries import desk
from modules.venues.queries.desk import Desk, DeskRow
from modules.venues.queries.visits import Visit
from modules.venues.rules.marks import grouped, scanned
from modules.venues.service import NewCheckin, Passed

LEAST = 180
HALF_A_DAY = timedelta(hours=12)
EVERY = 6  # hours between two words below the bars
WAYS = ((Way.BOTH, "Ctrl 1"), (Way.IN, "Ctrl 2"), (Way.OUT, "Ctrl 3"))


class VenueDeskPage(Page):
    """Venue and means stay from one person to the next; only the person and the key change.

    Below, Ctrl+4 lets those out who are selected, F9 takes back what was noted of them.
    """

    shows = frozenset({"venues_checkin", "venues_stay", "venues_venue"})

    def build(self) -> None:
        """The form of the person, the way beside it; below who is there, and the curves."""
        bring = Button(_("Import from Excel"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        self._head = Head(_("Desk of a venue"), bring)
        self._doors: tuple[tuple[int, str], ...] = ()
        self._gate = 0  # the entrance whose code was scanned, until the entrances are there
        self.form = PersonForm(self.runner)
        self.form.begin()
        both = Beside(
            card(_("Who comes or leaves"), self.form, 1), card(_("In or out"), self._way())
        )
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("There now"), filters=False)
        self.table.setMinimumHeight(LEAST)
        listed = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.hours, self.days = Bars(_("Came in each hour")), Bars(_("Came on each day"))
        curves = Beside(
            card(_("Came in each hour of today"), self.hours),
            card(_("Came on each day of the week"), self.days),
        )
        leaving = row(text(_("There now"), "heading"), 1, *self._chosen_deeds(), gap=theme.S)
        self.lay_out(self._head, both, leaving, listed, curves)
        Minutely(self, self._look)

    def _chosen_deeds(self) -> tuple[Button, Button]:
        """What is done with those who are selected among those who are there."""
        self.out = Button(_("Those selected leave"), "Ctrl 4", "leave")
        self.out.clicked.connect(self._let_out)
        self.mistake = Button(_("Noted by mistake"), "F9", "undo")
        self.mistake.clicked.connect(self._take_back)
        for button in (self.out, self.mistake):
            button.setEnabled(self.runner.may(NOTE))
        return self.out, self.mistake

    def _way(self) -> QFrame:
        self.venue = Searched(_("Venue"))
        self.venue.changed.connect(self._look)
        self.venue.line.editingFinished.connect(self._read_venue)
        self.entrance = Choice()
        self.means = Choice()
        for means in Means:
            self.means.addItem(means.word, means)
        self.means.setCurrentIndex(list(Means).index(Means.CARD))
        self.behalf = Picker(_("On behalf of this person declares"), self.runner)
        self.temperature = Field(_("Temperature"), _("Empty: not taken"))
        self.masked = Segments([_("Not said"), _("Mask"), _("No mask")], _("Mask"))
        self.time = Field(_("Time"), _("Empty: now"))
        self.deeds: dict[Way, Button] = {}
        words = {Way.BOTH: _("In or out, by turns"), Way.IN: Way.IN.word, Way.OUT: Way.OUT.word}
        for way, key in WAYS:
            button = Button(words[way], key, kind="primary" if way is Way.BOTH else "plain")
            button.clicked.connect(partial(self._store, way))
            button.setEnabled(self.runner.may(NOTE))
            self.deeds[way] = button
        return framed(
            column(
                labelled(_("Venue"), self.venue),
                row(labelled(_("Entrance"), self.entrance), labelled(_("Means"), self.means)),
                self.behalf,
                row(self.temperature, self.time),
                labelled(_("Mask"), self.masked),
                row(*self.deeds.values(), 1, gap=theme.S),
                1,
                gap=theme.M,
            )
        )

    def reload(self) -> None:
        """Ask which venues there are, and who is at the one that is chosen."""
        self.ask(self._offer, desk.desks)
        self._look()

    def entered(self) -> None:
        """The scanner writes into the form."""
        self.form.focus()

    def _offer(self, rows: Sequence[DeskRow]) -> None:
        chosen = str(self.venue.currentData() or "")
        self.venue.offer([(one.number, said_of(one)) for one in rows])
        if not chosen and len(rows) == 1:  # of several nobody but the desk knows which
            self.venue.put(rows[0].number)
            self._look()
        inside = sum(one.now for one in rows)
        self._head.say(_("{n} people are in all venues now").format(n=figure(inside)))

    def scanned(self, words: str) -> bool:
        """The code of a poster says where this desk stands; a card is the form's."""
        if scanned(words) is None:
            return False
        self.ask(self._stand_at, desk.place_of, words)
        return True

    def _read_venue(self) -> None:
        """What was scanned or typed instead of a name: a code or a number."""
        if words := self.venue.unknown:
            self.ask(self._stand_at, desk.place_of, words)

    def _stand_at(self, place: tuple[str, int] | None) -> None:
        if place is None:
            self.refuse(_("This is no venue of the register; choose it by its name."))
            return
        number, self._gate = place
        self.venue.put(number)
        self._look()

    def _look(self) -> None:
        number = str(self.venue.currentData() or "")
        if number:
            self.ask(self._show, desk.desk, number)

    def _show(self, found: Desk | None) -> None:
        if found is None:
            return
        if self._doors != found.doors:
            self._doors = found.doors
            self.entrance.clear()
            for number, words in found.doors:
                self.entrance.addItem(words, number)
        if self._gate:
            self.entrance.setCurrentIndex(max(0, self.entrance.findData(self._gate)))
            self._gate = 0
        self.model.show(found.here)
        hours = [(f"{n}h" if n % EVERY == 0 else "", came) for n, came in enumerate(found.hours)]
        self.hours.show_bars(hours)
        self.days.show_bars([(f"{day.day}/{day.month}", came) for day, came in found.days])
        said = _("{n} people are at {venue} now").format(
            n=figure(len(found.here)), venue=found.name
        )
        if found.capacity:
            said = _("{n} people are at {venue} now, there is room for {room}").format(
                n=figure(len(found.here)), venue=found.name, room=figure(found.capacity)
            )
        self.status.emit(said)

    # -- one person -------------------------------------------------------------------------------

    def _store(self, way: Way, _on: bool = False) -> None:
        name = self.form.fields["name"]
        if self.scanned(name.words):  # the poster, while the form waited for a card
            name.edit.clear()
            return
        if not self.venue.code:
            self.refuse(_("Choose the venue first."))
            return
        form, extra = self.form.ready(), self._extra()
        if form is None or extra is None:
            return
        moment, temperature = extra
        one = NewCheckin(
            form.person,
            self.venue.code,
            entrance=int(self.entrance.currentData() or 0),
            means=Means.of(str(self.means.currentData())),
            temperature=temperature,
            mask=(None, True, False)[self.masked.at()],
            by_id=self.behalf.key or None,
        )
        then = partial(self._stored, one, moment)
        job = self.do(_("Storing"), then, service.pass_by, one, way, moment)
        job.failed.connect(self._failed)

    def _extra(self) -> tuple[str, float | None] | None:
        """The moment and the temperature as typed; None where one of them cannot be."""
        moment, temperature = "", None
        if self.time.words.strip():
            hour = clock(self.time.words)
            if hour is None:
                self.time.complain(_("An hour is written 8h30."))
                self.time.edit.setFocus()
                return None
            moment = said_at(hour, here(datetime.now(UTC)))
        if self.temperature.words.strip():
            try:
                temperature = float(self.temperature.words.replace(",", "."))
            except ValueError:
                self.temperature.complain(_("A temperature is written 36,5."))
                self.temperature.edit.setFocus()
                return None
        return moment, temperature

    def _stored(self, one: NewCheckin, moment: str, passed: Passed) -> None:
        said = _("{name} came in") if passed.way is Way.IN else _("{name} left")
        words = " · ".join(filter(None, (said.format(name=one.person.name), shown(moment))))
        if passed.new:
            self.undoable(words, service.withdraw_checkins, [passed.id])
        else:
            noted = _("This is noted already: {name}, {way}.")
            self.said.emit(noted.format(name=one.person.name, way=passed.way.word))
        for field in (self.time, self.temperature):
            field.edit.clear()
        self.behalf.put(0, "")
        self.form.begin()
        self.entered()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            return
        wrong = {one.field: one.message for one in error.refusals}
        self.form.complain(wrong)
        for field, names in ((self.time, ("t_in", "t_out")), (self.temperature, ("temperature",))):
            if said := next((wrong[name] for name in names if name in wrong), ""):
                field.complain(said)
                field.edit.setFocus()

    # -- those who are there ----------------------------------------------------------------------

    def _chosen(self) -> list[Visit]:
        rows = [self.model.line(at) for at in self.table.chosen_lines()]
        found = [one for one in rows if isinstance(one, Visit)]
        if not found:
            self.refuse(_("Select somebody of those who are there."))
        return found

    def _let_out(self) -> None:
        people = list(dict.fromkeys(one.person_id for one in self._chosen()))
        if people:
            self.do(_("Storing"), self._left, service.let_out, people, self.venue.code)

    def _left(self, stored: Stored) -> None:
        said = _("{n} people were noted as leaving").format(n=figure(stored.new))
        self.undoable(said, service.withdraw_checkins, sorted(stored.added))

    def _take_back(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        names = ", ".join(dict.fromkeys(one.name for one in chosen))
        said = _("What was noted of {names} is taken back. Press F9 again.")
        stays = [(one.person_id, one.t_in) for one in chosen]
        if self.sure(said.format(names=names), stays):
            self.do(_("Taking back"), self._taken, service.take_back_stays, stays, self.venue.code)

    def _taken(self, count: int) -> None:
        self.said.emit(_("{n} check-ins were taken back").format(n=figure(count)))


def said_of(row: DeskRow) -> str:
    """A venue that is offered: its name, how many are there now, its number."""
    there = _("{n} there now").format(n=figure(row.now)) if row.now else ""
    return " · ".join(filter(None, (row.name, there, grouped(row.number))))


def said_at(hour: time, now: datetime) -> str:
    """The moment of an hour that is typed: of yesterday where it is most of a day ahead."""
    at = datetime.combine(now.date(), hour, now.tzinfo)
    return stamp(at - timedelta(days=1) if at - now > HALF_A_DAY else at)


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("name", _("Full name"), 190),
        Column("phone", _("Telephone"), 120, room=700),
        Column("start", _("Since"), 80),
        Column("end", _("Believed to leave"), 130),
        Column("ending", _("Where the end comes from")),
    ]


def line_of(row: Visit) -> Sequence[str | Cell]:
    """Somebody who is there as cells."""
    return (
        Cell(row.name, role="strong"),
        row.phone,
        f"{here(row.start):%H:%M}",
        f"{here(row.end):%H:%M}",
        Cell(row.ending.word, hint=row.ending.word),
    )
