"""Charts as pictures, without a screen; the only user of matplotlib besides the window's canvas."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, BinaryIO

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from msgspec import Struct

from admin_suite.core.numbers import figure
from admin_suite.core.shipped import shipped
from admin_suite.reports.spans import Spans

INK, FAINT, BAR, LINE_INK = "#17202b", "#e4e8ec", "#2f74d8", "#c9372c"
FAMILY = "Liberation Sans"
SIZE = (9.6, 4.8)  # inches at 100 dots
FEW, HEAD, LINE, PRINTED = 3, 0.9, 0.26, 200  # least bars; inches of the title, of a bar; dots
WIDE_WORDS = 46  # letters beside a bar before they go on below


class Curve(Struct, frozen=True):
    """Bars with a line over them, one of each for every label; ``line`` in percent."""

    title: str
    labels: Sequence[str]
    bars: Sequence[float]
    bars_title: str
    line: Sequence[float]
    line_title: str


def draw(curve: Curve, out: BinaryIO) -> None:
    """Write the curve as PNG."""
    sheet, axes = _sheet(curve.title, SIZE, 100)
    places = range(len(curve.labels))
    bars = axes.bar(places, curve.bars, width=0.6, color=BAR, alpha=0.35, label=curve.bars_title)
    axes.set_xticks(list(places), list(curve.labels), family=FAMILY)
    axes.grid(axis="y", color=FAINT)
    axes.set_axisbelow(True)
    share = axes.twinx()
    (line,) = share.plot(places, curve.line, color=LINE_INK, marker="D", label=curve.line_title)
    share.set_ylim(bottom=0)
    share.yaxis.set_major_formatter(lambda value, _place: f"{value:.1f}".replace(".", ","))
    _finish(axes, [bars, line], share)
    sheet.savefig(out, format="png")


def draw_spans(drawn: Spans, out: BinaryIO) -> None:
    """Write bars and marks, one below the other with their numbers, as PNG fit for print."""
    words = ["\n".join(wrap(word, WIDE_WORDS)) for word, _bar, _mark in drawn.spans]
    lines = sum(1 + word.count("\n") / 2 for word in words)
    size = (SIZE[0], HEAD + LINE * max(FEW, lines))
    sheet, axes = _sheet(drawn.title, size, PRINTED)
    spots = range(len(drawn.spans))
    whole, marks = [bar for _w, bar, _m in drawn.spans], [mark for _w, _b, mark in drawn.spans]
    bars = axes.barh(spots, whole, height=0.55, color=BAR, alpha=0.35, label=drawn.bars_title)
    axes.hlines(spots, whole, marks, color=LINE_INK, linewidth=1.5)
    (diamonds,) = axes.plot(
        marks, spots, color=LINE_INK, marker="D", linestyle="none", label=drawn.marks_title
    )
    widest = max(1.0, *whole, *marks)
    for spot, (_word, bar, mark) in zip(spots, drawn.spans, strict=True):
        told = f"{figure(bar, 1)} / {figure(mark, 1)}"
        at = max(bar, mark) + 0.015 * widest
        axes.text(at, spot, told, va="center", family=FAMILY, color=INK, fontsize=8)
    axes.set_yticks(list(spots), words, family=FAMILY, fontsize=9)
    axes.set_xticks([])
    axes.set_xlim(0, 1.15 * widest)
    axes.invert_yaxis()
    _finish(axes, [bars, diamonds], below=True)
    sheet.savefig(out, format="png")


def _sheet(title: str, size: tuple[float, float], dots: int) -> tuple[Figure, Axes]:
    for file in sorted((shipped("resources") / "fonts").glob("LiberationSans-*.ttf")):
        font_manager.fontManager.addfont(str(file))
    sheet = Figure(figsize=size, dpi=dots, layout="constrained")
    FigureCanvasAgg(sheet)
    axes = sheet.add_subplot()
    axes.set_title(title, family=FAMILY, color=INK, loc="left")
    return sheet, axes


def _finish(axes: Axes, handles: list[Any], *others: Axes, below: bool = False) -> None:
    """No frame, no ticks; the words for bars and line at the right above, or below."""
    for every in (axes, *others):
        for side in every.spines.values():
            side.set_visible(False)
        every.tick_params(length=0)
    axes.legend(
        handles=handles,
        frameon=False,
        prop={"family": FAMILY},
        loc="upper left" if below else "lower right",
        bbox_to_anchor=(0, 0) if below else (1, 1),
        ncols=2,
    )
