"""The day of whoever is signed in: what waits, what is late, how far the day's work is."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QSizePolicy, QWidget

from admin_suite.core.clock import day_shown, here
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.module import Curve, Errand, Step, Waiting
from admin_suite.ui import theme
from admin_suite.ui.day import Day, curve, day
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Layered, card, stat
from admin_suite.ui.widgets.chips import Shape
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.week import WeekChart, percent

MOST_ERRANDS, MOST_NUMBERS = 5, 10
Number = tuple[Waiting, int, int]  # what waits, how many, how many too long
STAT = 210
SIDE_BY_SIDE = 940
HOUR = 3600


class HomePage(Page):
    """Every number opens the list behind it; digits open the lines of "to do now"."""

    shows = frozenset({"lab_tube", "lab_measurement", "results_release", "house_setting"})
    counted = pyqtSignal(list)  # what waits, for whoever else shows it

    def build(self) -> None:
        """Head, numbers, what is to do, the steps of the day, the curve of the week."""
        self._head = Head(greeting(self.runner.actor.name), *self._bring(), *self._main_deed())
        self._numbers = QGridLayout()
        self._numbers.setSpacing(theme.L)
        self._errands, self._steps, self._curve = column(gap=0), column(gap=0), column()
        self._stats: list[QWidget] = []
        self._all = False
        self._waiting: Sequence[Number] = ()
        self._more = Button("", "F8", "more", "quiet")
        self._more.clicked.connect(self._show_all)
        self._more.hide()
        self._doing: list[Errand] = []
        self._chart: WeekChart | None = None
        self._day = self._titled(_("The day's work"), framed(self._steps))
        now = self._titled(_("To do now"), framed(self._errands))
        self._week = framed(self._curve)
        self.columns = row(column(now, self._day, 1, gap=theme.L), self._week, gap=theme.L)
        self.columns.setStretch(0, 3)
        self.columns.setStretch(1, 2)
        self.lay_out(self._head, self._numbers, row(self._more, 1), self.columns, gap=theme.L)
        self.stretch_last()
        self._week.hide()
        QTimer.singleShot(0, self._ask_curves)

    def _bring(self) -> list[Button]:
        pages = (spec for module in self.runner.modules for spec in module.pages)
        if not any(spec.main and self.runner.may(spec.permission) for spec in pages):
            return []
        button = Button(_("Import from Excel"), "Ctrl I", "import")
        button.clicked.connect(lambda: self.bring.emit(""))
        return [button]

    def _main_deed(self) -> list[Button]:
        for module in self.runner.modules:
            for spec in module.pages:
                if spec.main and self.runner.may(spec.permission):
                    button = Button(_(spec.title), "F2", spec.icon, "primary")
                    place = f"{module.name}.{spec.name}"
                    button.clicked.connect(partial(self._open, place, 0))
                    return [button]
        return []

    def _open(self, page: str, key: int, _on: bool = False) -> None:
        self.go.emit(page, key)

    def _titled(self, title: str, inside: QWidget) -> QFrame:
        made = card(title, inside, gap=0)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return made

    def reload(self) -> None:
        """Ask every module again."""
        self.ask(self._show, day, self.runner.modules)
        if self._chart is not None:
            self._ask_curves()

    def digit(self, number: int) -> None:
        """Open a line of "to do now"."""
        if 0 < number <= len(self._doing):
            errand = self._doing[number - 1]
            self.go.emit(errand.page, errand.id)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        across = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        self.columns.setDirection(across if self.width() >= SIDE_BY_SIDE else below)
        self._place_stats()

    def _show(self, answer: Day) -> None:
        self.counted.emit(answer.waiting)
        self._show_numbers(answer.waiting)
        self._show_errands(answer.errands)
        self._show_steps(answer.steps)
        late = len(answer.errands)
        said = _("Late or wrong: {n}") if late else _("Nothing is late")
        self._head.say(said.format(n=late))

    def _show_all(self) -> None:
        self._all = not self._all
        self._show_numbers(self._waiting)

    def _show_numbers(self, lines: Sequence[Number]) -> None:
        for old in self._stats:
            old.hide()
            self._numbers.removeWidget(old)
            old.deleteLater()
        self._stats = []
        self._waiting, first = lines, worth_showing(lines)
        away = len(lines) - len(first)
        more = _("{n} more numbers").format(n=away)
        self._more.say(_("Fewer numbers") if self._all else more)
        self._more.setVisible(bool(away))
        for line, count, late in lines if self._all else first:
            about = _(line.late_title).format(n=late) if late else _("None is late")
            tone = "late" if late else "busy" if count else "done"
            if not count:
                about = _("Nothing waits")
            button = stat(figure(count), _(line.title), about, tone)
            button.clicked.connect(partial(self._open, line.page, line.key))
            self._stats.append(button)
        self._place_stats()

    def _place_stats(self) -> None:
        across = max(1, min(len(self._stats) or 1, (self.width() - 2 * theme.XL) // STAT))
        for place, button in enumerate(self._stats):
            self._numbers.addWidget(button, place // across, place % across)

    def _show_errands(self, lines: Sequence[Errand]) -> None:
        emptied(self._errands)
        self._doing = list(lines[:MOST_ERRANDS])
        if not lines:
            self._errands.addWidget(rule())
            calm = row(Shape("done"), text(_("Nothing is late."), "small"), 1, pad=(0, theme.M))
            self._errands.addLayout(calm)
        for number, errand in enumerate(self._doing, start=1):
            button = Button(errand.deed, str(number))
            button.clicked.connect(partial(self._open, errand.page, errand.id))
            words = column(
                text(errand.what, "strong", wrap=True),
                text(errand.about, "small", wrap=True),
                gap=1,
            )
            since = text(waited(errand.since), "small", errand.tone)
            line = row(Shape(errand.tone), words, since, button, gap=theme.M, pad=(0, 7))
            line.setStretch(1, 1)
            self._errands.addWidget(rule())
            self._errands.addLayout(line)

    def _show_steps(self, lines: Sequence[tuple[Step, int, int]]) -> None:
        emptied(self._steps)
        self._day.setVisible(bool(lines))
        for step, done, whole in lines:
            tone = "done" if done == whole and whole else "busy" if done else "wait"
            title, count = _(step.title), f"{figure(done)}/{figure(whole)}"
            button = Layered("line", f"{title}: {count}")
            button.setLayout(
                row(Shape(tone), text(title, "strong"), 1, text(count, "small"), pad=(0, 9))
            )
            button.clicked.connect(partial(self._open, step.page, 0))
            self._steps.addWidget(rule())
            self._steps.addWidget(button)

    def _ask_curves(self) -> None:
        for module in self.runner.modules:
            for line in module.curves:
                if self.runner.may(line.permission):
                    self.ask(partial(self._show_curve, line), curve, line)
                    return

    def _show_curve(self, line: Curve, days: Sequence[tuple[date, int, int]]) -> None:
        emptied(self._curve)
        whole, part = sum(d[1] for d in days), sum(d[2] for d in days)
        said = f"{_(line.bars)}: {figure(whole)}"
        if whole:
            said = f"{said}; {_(line.share)}: {figure(part)} ({percent(part, whole)})"
        self._chart = WeekChart(days, f"{_(line.title)}: {said}", line.tone)
        legend = row(
            text("▮", "", "busy"),
            text(_(line.bars), "small"),
            Shape(line.tone, 9),
            text(_(line.share), "small"),
            1,
            gap=6,
        )
        made = card(_(line.title), text(said, "small", wrap=True))
        inside = made.layout()
        if isinstance(inside, QBoxLayout):
            inside.addWidget(self._chart, 1)
            inside.addLayout(legend)
        self._curve.addWidget(made)
        self._week.show()


def worth_showing(lines: Sequence[Number]) -> Sequence[Number]:
    """The numbers that stand there at once: of many, what waits, and late ones before others."""
    if len(lines) <= MOST_NUMBERS:
        return lines
    there = [line for line in lines if line[1]]
    urgent = [line for line in there if line[2]]
    calm = [line for line in there if not line[2]]
    keep = {id(line) for line in (*urgent, *calm)[:MOST_NUMBERS]}
    return [line for line in lines if id(line) in keep]


def greeting(name: str) -> str:
    """Whom the page belongs to, and the day."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    today = here(datetime.now(UTC)).date()
    said = _("{name}, {weekday} {day}")
    return said.format(name=name, weekday=names[today.weekday()], day=day_shown(today))


def waited(since: datetime) -> str:
    """How long something waits, in the unit that says it best."""
    hours = int((datetime.now(UTC) - since).total_seconds() // HOUR)
    if hours >= 48:  # noqa: PLR2004 - two days
        return _("{n} days").format(n=hours // 24)
    if hours == 1:
        return _("1 hour")
    return _("{n} hours").format(n=hours) if hours else _("just now")
