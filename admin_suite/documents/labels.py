"""Labels on sheets and on rolls: where each one lies, and one of ours drawn into its place.

A label carries a QR code, a short number large, the whole one, and up to three lines of words.
Places are counted from the upper left corner, line by line.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from admin_suite.documents.codes import QUIET_MODULES, Matrix, Square
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import A4, MM, Format, Margins, Style
from admin_suite.documents.text import Spot, draw_line, one_line, wrap

LINE = 1.18
LEAST_SIZE = 4.5


class Sheet(Struct, frozen=True):
    """A sheet of labels: how many, how large (mm), where the first lies, the steps."""

    size: tuple[float, float]
    columns: int
    rows: int
    wide: float
    tall: float
    left: float = 0
    top: float = 0
    across: float = 0
    down: float = 0

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def form(self) -> Format:
        """The sheet as a page without margins."""
        return Format(self.size, Margins(0, 0, 0, 0))


A4_65 = Sheet(A4, 5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2)
"""The common sheet of 65 labels of 38 x 21 mm."""

ROLL = Sheet((50 * MM, 25 * MM), 1, 1, 50, 25)
"""A roll of labels of 50 x 25 mm, one on a page."""


class Label(Struct, frozen=True):
    """What stands on one label: the code, the number as it is read out, a short one, words.

    ``number`` is what the code says.
    """

    matrix: Matrix
    whole: str
    short: str
    words: Sequence[str]
    number: str = ""


def lay(paper: Paper, sheet: Sheet, count: int, *, begin: int = 0) -> Iterator[tuple[float, float]]:
    """The lower left corner of each label in points, sheet after sheet; ``begin`` places are used.

    The caller draws a label before it asks for the next place.
    """
    for at in range(begin, begin + count):
        place = at % sheet.places
        if at > begin and place == 0:
            paper.new_page()
        line, column = divmod(place, sheet.columns)
        x = (sheet.left + column * sheet.across) * MM
        yield x, paper.height - (sheet.top + line * sheet.down + sheet.tall) * MM


def draw(paper: Paper, sheet: Sheet, corner: tuple[float, float], label: Label) -> None:
    """One label: the code at the left, beside it the short number large, the whole one, words."""
    x, y = corner
    edge = 1.2 * MM
    side = min(sheet.tall * MM - 2 * edge, 0.42 * sheet.wide * MM)
    quiet = side * QUIET_MODULES / (len(label.matrix) + 2 * QUIET_MODULES)
    low = y + (sheet.tall * MM - side) / 2 + quiet
    paper.code(label.matrix, Square(x + quiet, low, side - 2 * quiet))
    left, room = x + side, sheet.wide * MM - side - edge
    base = y + sheet.tall * MM - edge
    for words, most, bold in ((label.short, 17.0, True), (label.whole, 7.5, False)):
        size = _fitting(words, most, room, bold=bold)
        base -= size * LINE
        paper.at(Spot(left, base, room), words, Style(size, bold=bold, family="sans"))
    _words(paper, label.words, (left, room, base, y + edge))


def outline(paper: Paper, sheet: Sheet, corner: tuple[float, float]) -> None:
    """The edge of one label alone, to see whether printer and sheet agree."""
    paper.canvas.setLineWidth(0.3)
    paper.canvas.roundRect(*corner, sheet.wide * MM, sheet.tall * MM, 1.5 * MM)


def _fitting(words: str, most: float, room: float, *, bold: bool) -> float:
    wide = one_line(words, Style(most, bold=bold, family="sans")).width
    return most if wide <= room else max(LEAST_SIZE, most * room / wide)


def _words(paper: Paper, words: Sequence[str], frame: tuple[float, float, float, float]) -> None:
    """As large as they fit below each other; what has no place even small is left out."""
    left, room, top, bottom = frame
    size = 7.0
    while True:
        style = Style(size, family="sans")
        lines = [line for part in words if part for line in wrap(part, room, style)]
        if len(lines) * size * LINE <= top - bottom or size <= LEAST_SIZE:
            break
        size -= 0.25
    for line in lines[: int((top - bottom) / (size * LINE))]:
        top -= size * LINE
        draw_line(paper.canvas, line, Spot(left, top + size * 0.22, room), size)
