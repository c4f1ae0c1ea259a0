"""Coverage by commune, age or group: a bar for the whole schedule, a line to the first dose."""

from collections.abc import Sequence
from datetime import date

from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.chart import SpanChart
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Segments
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, named, row, scrolled
from admin_suite.ui.widgets.text import text
from modules.vaccination import reports
from modules.vaccination.queries.counting import anybody

BAR = 26  # the height of one
Line = tuple[str, int, int, float, int, float, int]


class CoveragePage(Page):
    """The segment says by what, the day until when; the numbers stand below the chart."""

    shows = frozenset({"vaccination_registration", "vaccination_dose", "registry_person"})

    def build(self) -> None:
        """Choices on top, the chart, the table."""
        self.segments = Segments(
            [_("By commune"), _("By age"), _("By priority group")], _("Coverage by what")
        )
        self.segments.chosen.connect(lambda _n: self.reload())
        self.day = named(Day(), _("Until which day"))
        self.day.dateChanged.connect(lambda _d: self.reload())
        self._head, self._chart = Head(_("Coverage")), column(gap=0)
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Coverage"), filters=False)
        about = _("The bar is whoever has the whole schedule, the mark whoever has a dose; in %.")
        drawn = column(text(about, "small", wrap=True), framed(self._chart), gap=theme.S)
        both = column(
            framed(column(scrolled(framed(drawn)), pad=(theme.L, theme.M)), "card"),
            framed(column(self.table, gap=0, pad=(1, 1)), "card"),
            gap=theme.M,
        )
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(both))
        bring = _("Bring in the list of a commune or a unit, with the doses that are known.")
        self.stack.addWidget(empty("syringe", _("Nobody is registered yet"), bring))
        self.lay_out(self._head, row(self.segments, self.day, 1), self.stack)
        self.stretch_last()

    def reload(self) -> None:
        """Count again."""
        by = reports.COVERED_BY[self.segments.at()]
        self.ask(self._show, counted, by, date.fromisoformat(self.day.iso))

    def entered(self) -> None:
        """Work begins in the table."""
        self.table.setFocus()

    def _show(self, found: Findings | None) -> None:
        self.stack.setCurrentIndex(0 if found else 1)
        if found is None:
            self._head.say("")
            return
        self.model.show([*found.rows, found.total])
        said = _("{one} % have a dose, {whole} % the whole schedule")
        whole = found.total
        self._head.say(
            said.format(one=figure(float(whole[3]), 1), whole=figure(float(whole[5]), 1))
        )
        if found.chart is not None:
            self._draw(found.chart.spans)

    def _draw(self, bars: Sequence[tuple[str, float, float]]) -> None:
        emptied(self._chart)
        told = "{word}: {whole} / {one}"
        spoken = (told.format(word=w, whole=figure(a, 1), one=figure(b, 1)) for w, a, b in bars)
        chart = SpanChart(bars, "; ".join(spoken))
        chart.setMinimumHeight(max(chart.minimumHeight(), BAR * len(bars)))
        self._chart.addWidget(chart)


def counted(work: Work, by: str, until: date) -> Findings | None:
    """The report of coverage; nothing where nobody is registered."""
    if not anybody(work):
        return None
    return reports.covered(work, Period.of_days(until, until), {"by": by})


def columns() -> list[Column]:
    """The headings of the numbers."""
    return [
        Column("what", _("Of whom")),
        Column("registered", _("Registered"), 110, figures=True),
        Column("one", _("At least one dose"), 140, figures=True, room=720),
        Column("share", _("Share, %"), 90, figures=True),
        Column("complete", _("Schedule complete"), 150, figures=True, room=860),
        Column("whole", _("Share, %"), 90, figures=True),
        Column("extra", _("Further doses"), 120, figures=True, room=960),
    ]


def line_of(one: Line) -> list[str | Cell]:
    """A line of the report as cells."""
    what, registered, dosed, share, complete, whole, extra = one
    return [
        Cell(what, role="strong"),
        figure(registered),
        figure(dosed),
        figure(share, 1),
        figure(complete),
        figure(whole, 1),
        figure(extra),
    ]
