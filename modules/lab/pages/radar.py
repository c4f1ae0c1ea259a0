"""What is late, step by step: each number opens the tubes behind it; how long the steps take."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from PyQt6.QtWidgets import QApplication

from admin_suite.core.clock import here, moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.module import Period
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.chart import SpanChart
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Beside, column, emptied, framed
from admin_suite.ui.widgets.text import text
from modules.lab.day import radar
from modules.lab.day.numbers import message
from modules.lab.day.radar import Delayed, Leg, RadarRow
from modules.lab.reports import Lasting, lasting
from modules.lab.rules import grouped

DAYS = 7
MOST = 1_000  # tubes that are shown of a step
HEIGHT, LEAST = 250, 180
HOUR = 3600


class RadarPage(Page):
    """The steps on top, the tubes of the chosen one below; Enter opens a tube."""

    shows = frozenset({"lab_tube", "lab_measurement", "lab_passage", "lab_rapid_test"})

    def build(self) -> None:
        """Steps and the chart of how long they take, the tubes below."""
        self._leg = 0
        copy = Button(_("Copy the numbers of the day"), "F6", "copy")
        copy.clicked.connect(lambda: self.ask(self._copied, message))
        self._head = Head(_("What is late"), copy)
        self.steps = ListModel(step_columns(), step_line, self)
        self.table = Table(self.steps, name=_("Steps"), filters=False)
        self.table.setMinimumHeight(HEIGHT)
        self.table.moved.connect(self._chose)
        self.model = ListModel(tube_columns(), tube_line, self)
        self.tubes = Table(self.model, name=_("Tubes that wait"), filters=False)
        self.tubes.setMinimumHeight(LEAST)
        self.tubes.opened.connect(self._open)
        self._chart = column(gap=0)
        self._about = text("", "small", wrap=True)
        self._title = text("", "heading")
        chart = card(_("Turnaround in the last seven days"), self._about, framed(self._chart))
        steps = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        below = framed(column(self.tubes, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, Beside(steps, chart), self._title, below, gap=theme.M)

    def reload(self) -> None:
        """Ask for the steps, the tubes of the chosen one, and how long steps take."""
        self.ask(self._show, radar.radar)
        now = here(datetime.now(UTC)).date()
        self.ask(self._draw, lasting, Period.of_days(now - timedelta(days=DAYS - 1), now))

    def entered(self) -> None:
        """Work begins with the steps."""
        self.table.setFocus()

    def open_at(self, key: int) -> None:
        """Show the tubes of one step, which counts from 1."""
        self._leg = max(0, key - 1)
        self._mark()

    def _show(self, rows: Sequence[RadarRow]) -> None:
        self.steps.show(rows)
        late = sum(row.late for row in rows)
        said = _("{n} tubes have waited too long").format(n=figure(late))
        self._head.say(said if late else _("Nothing is late"))
        self._mark()

    def _mark(self) -> None:
        legs = [self.steps.line(at) for at in range(self.steps.length())]
        wanted = list(Leg)[self._leg] if self._leg < len(Leg) else Leg.COME
        at = next((n for n, row in enumerate(legs) if row is not None and row.leg is wanted), 0)
        if legs:
            self.table.go_to(at)
            self._chose(at)

    def _chose(self, at: int) -> None:
        row: RadarRow | None = self.steps.line(at) if at >= 0 else None
        if row is not None:
            self._leg = list(Leg).index(row.leg)
            self.ask(partial(self._behind, row), radar.delayed, row.leg)

    def _behind(self, row: RadarRow, tubes: Sequence[Delayed]) -> None:
        title = f"{row.leg.word}: {figure(len(tubes))}"
        if len(tubes) > MOST:
            title += _("; the {n} that wait longest").format(n=figure(MOST))
        self._title.setText(title)
        self.model.show(tubes[:MOST])

    def _open(self, at: int) -> None:
        if at >= 0 and (tube := self.model.line(at)) is not None:
            self.go.emit("lab.samples", tube.tube_id)

    def _draw(self, found: Sequence[Lasting]) -> None:
        emptied(self._chart)
        if not found:
            self._about.setText(_("Nothing was released in these days."))
            return
        said = _("Hours: half of the tubes within the bar, nine of ten within the line.")
        self._about.setText(said)
        bars = [(one.segment.word, one.half, one.most) for one in found]
        said = "{word}: {half} / {most}"
        spoken = (said.format(word=w, half=figure(h, 1), most=figure(m, 1)) for w, h, m in bars)
        name = "; ".join(spoken)
        self._chart.addWidget(SpanChart(bars, name))

    def _copied(self, words: str) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(words)
        self.said.emit(_("The numbers of the day are copied; paste them into a message."))


def step_columns() -> list[Column]:
    """The headings of the steps."""
    return [
        Column("step", _("Step")),
        Column("waiting", _("Waiting"), 90, figures=True),
        Column("late", _("Late"), 90),
        Column("since", _("The oldest since"), 150, room=560),
        Column("hours", _("Late after, hours"), 130, figures=True, room=700),
    ]


def step_line(row: RadarRow) -> Sequence[str | Cell]:
    """A step as cells."""
    tone = "late" if row.late else "done"
    return (
        Cell(row.leg.word, role="strong"),
        figure(row.waiting),
        Cell(status=Status(tone, figure(row.late))),
        moment_shown(row.since) if row.since else "",
        figure(row.hours),
    )


def tube_columns() -> list[Column]:
    """The headings of the tubes."""
    return [
        Column("accession", _("Tube number"), 170),
        Column("sender", _("Sender")),
        Column("since", _("Since"), 150),
        Column("waited", _("Hours"), 90, figures=True),
        Column("state", _("State"), 150),
    ]


def tube_line(tube: Delayed) -> Sequence[str | Cell]:
    """A tube that waits as cells."""
    hours = int((datetime.now(UTC) - tube.since).total_seconds() // HOUR)
    status = Status("late", _("Late")) if tube.late else Status("busy", _("In time"))
    return (
        Cell(grouped(tube.accession), role="strong"),
        tube.sender,
        moment_shown(tube.since),
        figure(hours),
        Cell(status=status),
    )
