"""How full a facility will be: the nights to come as a chart and as numbers."""

from collections.abc import Sequence

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.chart import SpanChart
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Beside, column, emptied, framed, row
from admin_suite.ui.widgets.text import text
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.queries import forecast as questions
from modules.quarantine.queries.forecast import Outlook
from modules.quarantine.reports import remarks
from modules.quarantine.rules.forecast import Night

LINE = 26  # a night of the chart


class OutlookPage(Page):
    """The facility on top; the chart shows what is likely, the table every number."""

    shows = frozenset({"quarantine_claim", "quarantine_episode", "quarantine_case", "house_rule"})

    def build(self) -> None:
        """The facility on top, numbers and chart beside each other."""
        self._beds = 0
        board = Button(_("Board"), "F4", "bed")
        board.clicked.connect(lambda: self.go.emit("quarantine.board", 0))
        self._head = Head(_("Occupancy ahead"), board)
        self.facility = FacilityChoice(self.reload)
        self.model = ListModel(columns(), self._cells, self)
        self.table = Table(self.model, name=_("Occupancy ahead"), filters=False)
        self._about, self._chart = text("", "small", wrap=True), column(gap=0)
        chart = card(_("Beds taken each night"), self._about, framed(self._chart))
        numbers = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, row(self.facility, 1), Beside(numbers, chart), gap=theme.M)
        self.stretch_last()

    def reload(self) -> None:
        """Ask for the nights to come."""
        self.ask(self._show, questions.outlook, self.facility.key)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _show(self, found: Outlook) -> None:
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self._beds = found.beds
        self.model.show(found.nights)
        full = next((one.day for one in found.nights if one.p90 > found.beds), None)
        said = _("{beds} beds; they may not do from the night of {day} on")
        if full is not None:
            self._head.say(said.format(beds=figure(found.beds), day=day_shown(full)))
        else:
            said = _("{beds} beds; they do for all these nights")
            self._head.say(said.format(beds=figure(found.beds)))
        self._about.setText(
            " ".join(
                (
                    _("Half of the cases within the bar, nine of ten within the line."),
                    *remarks(found.days),
                )
            )
        )
        self._draw(found.nights)

    def _draw(self, nights: Sequence[Night]) -> None:
        emptied(self._chart)
        if not nights:
            return
        spans = [(f"{one.day:%d/%m}", float(one.p50), float(one.p90)) for one in nights]
        said = "; ".join(f"{one.day:%d/%m}: {one.p50} / {one.p90}" for one in nights)
        chart = SpanChart(spans, said)
        chart.setMinimumHeight(LINE * len(nights))
        self._chart.addWidget(chart)

    def _cells(self, one: Night) -> Sequence[str | Cell]:
        left = self._beds - one.p90
        tone = "late" if left < 0 else "done"
        return (
            Cell(day_shown(one.day), role="strong"),
            figure(one.staying),
            figure(one.p10),
            figure(one.p50),
            figure(one.p90),
            Cell(status=Status(tone, figure(left))),
        )


def columns() -> list[Column]:
    """The headings: the night, who is there now, few, middle, many, what is left."""
    return [
        Column("day", _("Night after"), 109),
        Column("staying", _("Of those here now"), 126, figures=True),
        Column("p10", _("Few (1 in 10)"), 98, figures=True),
        Column("p50", _("Middle"), 60, figures=True),
        Column("p90", _("Many (9 in 10)"), 105, figures=True),
        Column("left", _("Beds left at many"), 0),
    ]
