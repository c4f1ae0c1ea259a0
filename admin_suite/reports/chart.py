"""Charts as pictures, without a screen; the only user of matplotlib besides the window's canvas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from admin_suite.core.shipped import shipped

INK, FAINT, BAR, LINE = "#17202b", "#e4e8ec", "#2f74d8", "#c9372c"
FAMILY = "Liberation Sans"
SIZE = (9.6, 4.8)  # inches at 100 dots


@dataclass(frozen=True)
class Curve:
    """Bars with a line over them, one of each for every label; ``line`` in percent."""

    title: str
    labels: Sequence[str]
    bars: Sequence[float]
    bars_title: str
    line: Sequence[float]
    line_title: str


def draw(curve: Curve, out: BinaryIO) -> None:
    """Write the curve as PNG."""
    for file in sorted((shipped("resources") / "fonts").glob("LiberationSans-*.ttf")):
        font_manager.fontManager.addfont(str(file))
    figure = Figure(figsize=SIZE, dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(curve.labels))
    bars = axes.bar(places, curve.bars, width=0.6, color=BAR, alpha=0.35, label=curve.bars_title)
    axes.set_xticks(list(places), list(curve.labels), family=FAMILY)
    axes.set_title(curve.title, family=FAMILY, color=INK, loc="left")
    axes.grid(axis="y", color=FAINT)
    axes.set_axisbelow(True)
    share = axes.twinx()
    (line,) = share.plot(places, curve.line, color=LINE, marker="D", label=curve.line_title)
    share.set_ylim(bottom=0)
    share.yaxis.set_major_formatter(lambda value, _place: f"{value:.1f}".replace(".", ","))
    for every in (axes, share):
        for side in every.spines.values():
            side.set_visible(False)
        every.tick_params(length=0)
    axes.legend(
        handles=[bars, line],
        frameon=False,
        prop={"family": FAMILY},
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=2,
    )
    figure.savefig(out, format="png")
