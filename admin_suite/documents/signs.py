"""Signs for walls and doors: a large code, the name in large letters, what to do in three steps.

What all signs of a file share is stored once and only called on each page. Places are millimetres
on an A4 sheet; a smaller sign is the same one scaled, its code still on whole printer dots.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from reportlab.pdfgen.canvas import Canvas

from admin_suite.documents.codes import QUIET_MODULES, Matrix, Square, snapped
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import A4, MM, Align, Style
from admin_suite.documents.text import Line, Spot, balanced, draw_line, one_line, wrap

CODE_SIDE = 150.0
"""Millimetres of the large code: the least that Hà Nội asked for in 2021."""
WIDE, EDGE = 194.0, 8.0
LARGE, LEAST_NAME = 30.0, 28.0
NAME_TOP, NAME_TALL, NAME_LEADING = 272.5, 25.0, 1.12
"""The name of a place: whatever fits in so many millimetres is at least LEAST_NAME points high."""
ON_CARD, INNER, LETTER = 8.0, 0.92, 0.95
"""Points of words on a card, the share of its width they may take, a capital with its mark."""
FINE, CODE_SHARE, FINE_SHARE = 49, 0.55, 0.6
"""Modules from which on a code is fine on a card, and its share of the side: then a little more."""
MOST_LINES = 3
MIDDLE = (44.5 + 236) / 2
STEP_LOW, STEP_TALL, SMALL = 18.5, 17.5, 20.0
DPI = 600


class Wording(Struct, frozen=True):
    """What every sign of a kind says: the band above, three steps (picture, words), a line below.

    Signs with a second, small code leave room for it beside the steps.
    """

    title: str
    steps: tuple[tuple[str, str], ...]
    below: str
    two_codes: bool = False


class Sign(Struct, frozen=True):
    """One sign. ``small`` is a second code for our own staff, with its caption."""

    name: str
    entrance: str
    address: str
    spoken: str
    foot: str
    matrix: Matrix
    small: Matrix | None = None
    caption: str = ""


class Signs:
    """Draws signs of one or two wordings into a paper without margins."""

    def __init__(self, paper: Paper, wordings: Sequence[Wording]) -> None:
        self.paper = paper
        for wording in wordings:
            self._store(wording)

    def draw(self, sign: Sign, corner: tuple[float, float] = (0, 0), scale: float = 1) -> None:
        """One sign with its lower left corner at a place in points."""
        canvas, (x, y) = self.paper.canvas, corner
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        canvas.doForm(_form(two_codes=sign.small is not None))
        self._words(sign)
        canvas.restoreState()
        modules = len(sign.matrix)
        side = snapped(CODE_SIDE * MM * scale, modules, DPI, up=True) * modules
        left = x + (A4[0] * scale - side) / 2
        low = y + MIDDLE * MM * scale - side / 2
        self.paper.code(sign.matrix, Square(left, low, side, DPI, up=True))
        if sign.small is not None:
            self._small(sign.small, (x, y), scale)

    def card(self, sign: Sign, corner: tuple[float, float], side: float) -> None:
        """A square card of so many millimetres: name, code, entrance, the number to read out."""
        x, y = corner
        self.paper.canvas.setLineWidth(0.3)
        self.paper.canvas.rect(x, y, side * MM, side * MM)
        code = (FINE_SHARE if len(sign.matrix) > FINE else CODE_SHARE) * side * MM
        self.paper.code(sign.matrix, Square(x + (side * MM - code) / 2, y + 0.23 * side * MM, code))
        place = Spot(x, y, side * MM)
        self._lines(sign.name, place, side - 6.6, 6.0)
        self._lines(sign.entrance, place, 4.6, 3.1)
        style = _fitting(sign.spoken, _bold(ON_CARD), INNER * side)
        self.paper.at(Spot(x, y + 1.8 * MM, side * MM), sign.spoken, style)

    def _lines(self, words: str, place: Spot, low: float, tall: float) -> None:
        """Words on a card, in the largest letters that fit between two heights in millimetres."""
        room, size = INNER * place.room, ON_CARD
        while len(wrap(words, room, _bold(size))) > _most_lines(size, tall):
            size -= 0.25
        lines = balanced(words, room, _bold(size))
        deep = size * NAME_LEADING
        base = place.y + low * MM + deep * (len(lines) - 1)
        for line in lines:
            draw_line(self.paper.canvas, line, Spot(place.x, base, place.room), size, "center")
            base -= deep

    def _words(self, sign: Sign) -> None:
        size, name = _name(sign.name.upper())
        deep = size * NAME_LEADING
        base = 258 * MM if len(name) == 1 else NAME_TOP * MM - size * 0.9
        for line in name:
            draw_line(self.paper.canvas, line, Spot(EDGE * MM, base, WIDE * MM), size, "center")
            base -= deep
        self._centred(242.6, sign.entrance, 19)
        self._centred(237.4, sign.address, 11, bold=False)
        self._centred(38.7, sign.spoken, 18)
        self._centred(8.6, sign.foot, 10.5, bold=False)
        if sign.small is not None:
            place = Spot((202 - SMALL) * MM, 15.6 * MM, SMALL * MM)
            style = _fitting(sign.caption, Style(5.5, "center", family="sans"), SMALL)
            self.paper.at(place, sign.caption, style)

    def _centred(
        self, y: float, words: str, size: float, *, bold: bool = True, room: float = WIDE
    ) -> None:
        style = _fitting(words, Style(size, "center", bold=bold, family="sans"), room - 4)
        self.paper.at(Spot(EDGE * MM, y * MM, room * MM), words, style)

    def _small(self, matrix: Matrix, corner: tuple[float, float], scale: float) -> None:
        whole = SMALL * MM * scale
        quiet = whole * QUIET_MODULES / (len(matrix) + 2 * QUIET_MODULES)
        x = corner[0] + (202 - SMALL) * MM * scale + quiet
        y = corner[1] + (STEP_LOW - 1) * MM * scale + quiet
        self.paper.code(matrix, Square(x, y, whole - 2 * quiet))

    def _store(self, wording: Wording) -> None:
        """Keep band, steps and the line below as one form."""
        canvas = self.paper.canvas
        canvas.beginForm(_form(two_codes=wording.two_codes), 0, 0, *A4)
        canvas.setFillGray(0)
        canvas.rect(EDGE * MM, 274 * MM, WIDE * MM, 14 * MM, stroke=0, fill=1)
        canvas.setFillGray(1)
        self._centred(278.2, wording.title, 25)
        canvas.setFillGray(0)
        room = WIDE - (SMALL + 2 if wording.two_codes else 0)
        wide = (room - 4 * (len(wording.steps) - 1)) / len(wording.steps)
        for place, (picture, words) in enumerate(wording.steps):
            self._step(EDGE + place * (wide + 4), wide, (place + 1, picture, words))
        self._centred(13.4, wording.below, 11, bold=False, room=room)
        canvas.endForm()

    def _step(self, left: float, wide: float, step: tuple[int, str, str]) -> None:
        number, picture, words = step
        canvas, x = self.paper.canvas, left * MM
        canvas.setLineWidth(0.8)
        canvas.roundRect(x, STEP_LOW * MM, wide * MM, STEP_TALL * MM, 2 * MM)
        _draw_picture(canvas, picture, (x + 1.5 * MM, 20.2 * MM), 14 * MM)
        place = Spot(x + 17 * MM, 25 * MM, 6 * MM)
        self.paper.at(place, str(number), Style(19, bold=True, family="sans"))
        room = (wide - 24) * MM
        size = 10.5
        lines = wrap(words, room, Style(size, bold=True, family="sans"))
        while len(lines) > MOST_LINES and size > 7:  # noqa: PLR2004 - points, still read at arm's length
            size -= 0.5
            lines = wrap(words, room, Style(size, bold=True, family="sans"))
        base = (STEP_LOW + STEP_TALL / 2) * MM + (len(lines) / 2 - 0.8) * size * 1.25
        for line in lines:
            draw_line(canvas, line, Spot(x + 23.5 * MM, base, room), size)
            base -= size * 1.25


def _form(*, two_codes: bool) -> str:
    return "sign-of-two-codes" if two_codes else "sign"


def _name(words: str) -> tuple[float, Sequence[Line]]:
    """The whole name, in large letters; in smaller ones where it is too long for them."""
    size = LARGE
    lines = balanced(words, WIDE * MM, _bold(size))
    while len(lines) * size * NAME_LEADING > NAME_TALL * MM:
        size = LEAST_NAME if size > LEAST_NAME else size - 0.5
        lines = balanced(words, WIDE * MM, _bold(size))
    return size, lines


def _bold(size: float) -> Style:
    return Style(size, "center", bold=True, family="sans")


def _most_lines(size: float, tall: float) -> int:
    """How many lines of letters of that size fit into so many millimetres; at least one does."""
    return max(1, int((tall * MM / size - LETTER) / NAME_LEADING) + 1)


def _fitting(words: str, style: Style, room: float) -> Style:
    """The style, smaller where the words are wider than so many millimetres."""
    wide = one_line(words, style).width
    align: Align = style.align
    size = style.size if wide <= room * MM else style.size * room * MM / wide
    return Style(size, align, bold=style.bold, family=style.family)


def _draw_picture(canvas: Canvas, name: str, corner: tuple[float, float], side: float) -> None:
    """A drawing of a few strokes on a grid of 100 by 100."""
    canvas.saveState()
    canvas.translate(*corner)
    canvas.scale(side / 100, side / 100)
    canvas.setLineWidth(6)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    PICTURES[name](canvas)
    canvas.restoreState()


def _phone(canvas: Canvas) -> None:
    canvas.roundRect(25, 4, 50, 92, 8)
    canvas.line(44, 13, 56, 13)


def _scan(canvas: Canvas) -> None:
    """A telephone with a code inside a viewfinder."""
    _phone(canvas)
    for left, low in ((34, 58), (54, 58), (34, 36)):
        canvas.rect(left, low, 12, 12, stroke=0, fill=1)
    for left, low in ((54, 36), (61, 43)):
        canvas.rect(left, low, 5, 5, stroke=0, fill=1)
    canvas.line(8, 50, 16, 50)
    canvas.line(84, 50, 92, 50)


def _look(canvas: Canvas) -> None:
    """A telephone with lines of text and a tick."""
    _phone(canvas)
    canvas.line(36, 80, 64, 80)
    canvas.line(36, 68, 56, 68)
    canvas.setLineWidth(8)
    canvas.line(36, 40, 46, 29)
    canvas.line(46, 29, 65, 53)


def _leave(canvas: Canvas) -> None:
    """A door and an arrow out of it."""
    canvas.rect(10, 6, 48, 88)
    canvas.circle(46, 48, 3, fill=1)
    canvas.setLineWidth(8)
    canvas.line(66, 50, 94, 50)
    canvas.line(94, 50, 82, 62)
    canvas.line(94, 50, 82, 38)


def _show(canvas: Canvas) -> None:
    """A card with a portrait and lines."""
    canvas.roundRect(6, 22, 88, 58, 8)
    canvas.circle(28, 58, 9)
    canvas.line(17, 36, 39, 36)
    for height in (64, 51, 38):
        canvas.line(52, height, 82, height)


def _write(canvas: Canvas) -> None:
    """A sheet with lines and a pencil."""
    canvas.rect(12, 6, 58, 88)
    for height in (76, 60, 44):
        canvas.line(24, height, 56, height)
    canvas.setLineWidth(8)
    canvas.line(60, 24, 92, 66)
    canvas.line(60, 24, 56, 12)


PICTURES: Mapping[str, Callable[[Canvas], None]] = {
    "scan": _scan,
    "look": _look,
    "leave": _leave,
    "show": _show,
    "write": _write,
}
