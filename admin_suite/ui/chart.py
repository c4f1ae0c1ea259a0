"""Charts in the theme; imported with the page that shows one, for matplotlib is slow."""

from collections.abc import Sequence

from matplotlib import font_manager
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PyQt6.QtCore import QEvent, QSize

from admin_suite.core.numbers import figure
from admin_suite.ui import theme

LEAST_HEIGHT = 190

for _file in theme.FONTS.glob("*.ttf"):
    font_manager.fontManager.addfont(str(_file))


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
