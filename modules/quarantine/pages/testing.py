"""Samples that are due: room by room, ordered from the laboratory with one key."""

from collections.abc import Sequence
from datetime import date

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import OBSERVE
from modules.quarantine.queries import testing as questions
from modules.quarantine.queries.testing import AT_HOME, DueRow, DueTests
from modules.quarantine.service import testing


class TestingPage(Page):
    """The day chooses whose sample is due; F8 orders all of them, pooled by room."""

    shows = frozenset(
        {"quarantine_claim", "quarantine_home_stay", "quarantine_task", "lab_specimen", "lab_tube"}
    )

    def build(self) -> None:
        """Facility and day on top, the people below."""
        self._found: DueTests | None = None
        self.order = Button(_("Order samples"), "F8", "tube", "primary")
        self.order.clicked.connect(self._order)
        self._head = Head(_("Samples due"), self.order)
        self.facility = FacilityChoice(self.reload)
        self.day = Day()
        self.day.dateChanged.connect(lambda _d: self.reload())
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Samples due"), filters=False)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        top = row(labelled(_("Facility"), self.facility), labelled(_("Due until"), self.day), 1)
        self.lay_out(self._head, top, card)
        self.stretch_last()

    def reload(self) -> None:
        """Ask whose sample is due."""
        facility = self.facility.key
        day = date.fromisoformat(self.day.iso) if self.day.iso else None
        self.ask(self._show, questions.due_tests, facility, day)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _show(self, found: DueTests) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.facility.addItem(_("At home"), AT_HOME)
        self.facility.setCurrentIndex(self.facility.findData(found.facility_id))
        self.model.show(found.rows)
        tubes = {one.tube for one in found.rows if one.tube}
        n = len(tubes) + sum(not one.tube for one in found.rows)
        said = _("{people} people in {tubes} tubes")
        words = said.format(people=figure(len(found.rows)), tubes=figure(n))
        self._head.say(words if found.rows else _("No sample is due until this day"))
        self.order.setVisible(self.runner.may(OBSERVE))
        self.order.setEnabled(bool(found.rows))

    def _order(self) -> None:
        if self._found is None or not self._found.rows:
            return
        keys = [one.id for one in self._found.rows]
        self.do(_("Ordering samples"), self._ordered, testing.order_tests, keys, self._found.day)

    def _ordered(self, tubes: object) -> None:
        said = _("{n} tubes are announced to the laboratory; print their labels there")
        self.said.emit(said.format(n=tubes))


def columns() -> list[Column]:
    """The headings, in the order of walking."""
    return [
        Column("place", _("Bed"), 150),
        Column("name", _("Full name"), 220),
        Column("group", _("Group"), 180, room=820),
        Column("day", _("Day"), 90),
        Column("since", _("Due since"), 130),
        Column("tube", _("Tube"), 0),
    ]


def line_of(one: DueRow) -> Sequence[str | Cell]:
    """One sample that is due, as cells."""
    tube = _("Pool {name}").format(name=one.tube) if one.tube else _("a tube alone")
    return (
        one.place,
        Cell(one.who.name, role="strong"),
        one.who.group.word,
        f"{one.day}/{one.days}",
        day_shown(one.since),
        Cell(status=Status("busy" if one.tube else "wait", tube)),
    )
