"""Charts in the theme; imported when the first one is asked for, for matplotlib is slow."""

from collections.abc import Sequence
from datetime import date

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from PyQt6.QtCore import QEvent, QSize

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme

LEAST_HEIGHT = 190

for _file in theme.FONTS.glob("*.ttf"):
    font_manager.fontManager.addfont(str(_file))


def day_names() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def percent(part: int, whole: int) -> str:
    """A share as people here write it: ``3,2 %``."""
    return f"{figure(100 * part / whole, 1)} %"


class WeekChart(FigureCanvasQTAgg):
    """Bars for how many, a line above them for the share; painted anew when the theme changes."""

    def __init__(self, days: Sequence[tuple[date, int, int]], name: str) -> None:
        self._figure = Figure(dpi=96, layout="constrained")
        super().__init__(self._figure)  # type: ignore[no-untyped-call]
        self._days = days
        self.setAccessibleName(name)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self.paint_days()

    def sizeHint(self) -> QSize:
        """As small as can be read; the layout gives it more."""
        return QSize(280, LEAST_HEIGHT)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.StyleChange:
            self.paint_days()

    def paint_days(self) -> None:
        """Draw bars, line and words in the colours of now."""
        t = theme.now()
        self._figure.clear()
        self._figure.set_facecolor(t.card)
        axes = self._figure.add_subplot(facecolor=t.card)
        axes.grid(axis="y", color=t.line, linewidth=1)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, colors=t.text3, labelsize=9, labelfontfamily=theme.FAMILY)
        share = axes.twinx()
        for side in (*axes.spines.values(), *share.spines.values()):
            side.set_visible(False)
        self._bars(axes)
        self._share(share)
        self.draw_idle()  # type: ignore[no-untyped-call]

    def _bars(self, axes: Axes) -> None:
        days, names = self._days, day_names()
        spots = range(len(days))
        many = [whole for _day, whole, _part in days]
        axes.bar(spots, many, width=0.56, color=theme.ink("busy.solid"), alpha=0.32)
        axes.set_ylim(0, max(4, 1.25 * max(many, default=0)))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        words = [f"{names[d.weekday()]}\n{d.day}/{d.month}" for d, _whole, _part in days]
        axes.set_xticks(list(spots), words)

    def _share(self, axes: Axes) -> None:
        known = [(at, part, whole) for at, (_d, whole, part) in enumerate(self._days) if whole]
        shares = [100 * part / whole for _at, part, whole in known]
        axes.set_yticks([])
        axes.set_ylim(0, max(5.0, 1.4 * max(shares, default=0.0)))
        spots, colour = [at for at, _part, _whole in known], theme.ink("bad.solid")
        axes.plot(spots, shares, color=colour, linewidth=2, marker="D", markersize=5)
        ground = {"facecolor": theme.now().card, "edgecolor": "none", "boxstyle": "round,pad=0.15"}
        for (at, part, whole), value in zip(known, shares, strict=True):
            axes.annotate(
                percent(part, whole),
                (at, value),
                (0, 8),
                textcoords="offset points",
                ha="center",
                color=theme.ink("bad.ink"),
                fontsize=9,
                family=theme.FAMILY,
                bbox=ground,
            )


class SpanChart(FigureCanvasQTAgg):
    """For each label a bar and a mark beyond it, both with their numbers, one below the other."""

    def __init__(self, spans: Sequence[tuple[str, float, float]], name: str) -> None:
        self._figure = Figure(dpi=96, layout="constrained")
        super().__init__(self._figure)  # type: ignore[no-untyped-call]
        self._spans = spans
        self.setAccessibleName(name)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self.paint_spans()

    def sizeHint(self) -> QSize:
        """As small as can be read; the layout gives it more."""
        return QSize(280, LEAST_HEIGHT)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.StyleChange:
            self.paint_spans()

    def paint_spans(self) -> None:
        """Draw bars, marks and words in the colours of now."""
        t = theme.now()
        self._figure.clear()
        self._figure.set_facecolor(t.card)
        axes = self._figure.add_subplot(facecolor=t.card)
        axes.tick_params(length=0, colors=t.text2, labelsize=9, labelfontfamily=theme.FAMILY)
        for side in axes.spines.values():
            side.set_visible(False)
        spots = range(len(self._spans))
        bars = [bar for _word, bar, _mark in self._spans]
        marks = [mark for _word, _bar, mark in self._spans]
        axes.barh(spots, bars, height=0.5, color=theme.ink("busy.solid"), alpha=0.32)
        colour = theme.ink("late.solid")
        axes.hlines(spots, bars, marks, color=colour, linewidth=2)
        axes.plot(marks, spots, color=colour, marker="D", markersize=5, linestyle="none")
        axes.set_yticks(list(spots), [word for word, _bar, _mark in self._spans])
        axes.set_xticks([])
        axes.set_xlim(0, max(1.0, 1.35 * max(marks, default=0.0)))
        axes.invert_yaxis()
        numbers = [number for _word, *both in self._spans for number in both]
        places = 0 if all(number.is_integer() for number in numbers) else 1
        for at, (_word, bar, mark) in enumerate(self._spans):
            said = f"{figure(bar, places)} / {figure(mark, places)}"
            axes.annotate(
                said,
                (mark, at),
                (8, 0),
                textcoords="offset points",
                va="center",
                color=t.text,
                fontsize=9,
                family=theme.FAMILY,
            )
        self.draw_idle()  # type: ignore[no-untyped-call]
