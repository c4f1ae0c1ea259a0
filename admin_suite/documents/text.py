"""Fonts, widths, and lines with bold and italic words.

The Liberation faces have the widths of Times New Roman and Arial and all Vietnamese letters; a
face is loaded when its first letter is set, and only the letters used are put into the file.
"""

import re
from collections import deque
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from admin_suite.core.shipped import shipped
from admin_suite.documents.parts import Align, Family, Style

Piece = tuple[str, str]
"""A face and the letters set in it."""
Word = list[Piece]

FACES: dict[Family, str] = {"serif": "LiberationSerif", "sans": "LiberationSans"}
TAG = re.compile(r"(</?[bi]>)")
NBSP = "\u00a0"
LESS = "\ue000"
"""Stands for "<" in a text that is not markup."""
JOINED = "\ue001"
"""A table cell with this text belongs to the cell above it."""
SLACK = 0.001
NEAR = 2.0
"""Balanced lines are found to this many points."""


class Line(Struct, frozen=True):
    """One set line: pieces by face, natural width, blanks in it, whether the paragraph ends."""

    pieces: tuple[Piece, ...]
    width: float
    blanks: int
    last: bool


def plain(text: str) -> str:
    """Somebody's own words, safe to stand in markup: one line, no tags."""
    cleared = text.replace(LESS, "").replace(JOINED, "")
    return " ".join(cleared.split()).replace("<", LESS)


@cache
def face(family: Family = "serif", *, bold: bool = False, italic: bool = False) -> str:
    """Name of the face in one of its four styles, loaded when first asked for."""
    style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    name = f"{FACES[family]}-{style}"
    letters = shipped("resources").joinpath("fonts", f"{name}.ttf").read_bytes()
    pdfmetrics.registerFont(TTFont(name, BytesIO(letters)))
    return name


@lru_cache(maxsize=1 << 16)
def _width_at_one(letters: str, name: str) -> float:
    return float(pdfmetrics.stringWidth(letters, name, 1000)) / 1000


def width(letters: str, name: str, size: float) -> float:
    """Width in points; measured once per text and face."""
    return _width_at_one(letters, name) * size


@lru_cache(maxsize=8192)
def wrap(markup: str, room: float, style: Style, indent: float = 0) -> tuple[Line, ...]:
    """Break text with ``<b>`` and ``<i>`` into lines of ``room`` points; a long word is cut."""
    lines: list[Line] = []
    for paragraph in markup.split("\n"):
        lines += _paragraph(_words(paragraph, style), room, style.size, indent)
    return tuple(lines)


@lru_cache(maxsize=2048)
def balanced(markup: str, room: float, style: Style) -> tuple[Line, ...]:
    """Wrap into as few lines as needed, about equally long, as titles are set."""
    best = wrap(markup, room, style)
    low, high = room / len(best) * 0.6, room
    while high - low > NEAR:
        middle = (low + high) / 2
        lines = wrap(markup, middle, style)
        if len(lines) <= len(best) and max(line.width for line in lines) <= middle:
            best, high = lines, middle
        else:
            low = middle
    return best


def one_line(markup: str, style: Style) -> Line:
    """All of the text on one line, however long."""
    return wrap(markup, 1e6, style)[0]


def _words(markup: str, style: Style) -> list[Word]:
    words: list[Word] = [[]]
    bold, italic = style.bold, style.italic
    for part in TAG.split(markup):
        if TAG.fullmatch(part):
            on = not part.startswith("</")
            bold, italic = (on, italic) if part[-2] == "b" else (bold, on)
            continue
        name = face(style.family, bold=bold, italic=italic)
        for place, chunk in enumerate(part.replace(LESS, "<").split(" ")):
            if place:
                words.append([])
            if chunk:
                words[-1].append((name, chunk))
    return [word for word in words if word]


def _paragraph(words: Sequence[Word], room: float, size: float, indent: float) -> list[Line]:
    queue, lines = deque(words), list[Line]()
    current, used, space = list[Word](), 0.0, room - indent
    while queue:
        word = queue.popleft()
        blank = width(" ", word[0][0], size) if current else 0.0
        wide = blank + sum(width(letters, name, size) for name, letters in word)
        if used + wide <= space + SLACK:
            current.append(word)
            used += wide
            continue
        if current:
            lines.append(_set(current, size, last=False))
            queue.appendleft(word)
            current, used = [], 0.0
        else:
            head, rest = _cut(word, size, space)
            lines.append(_set([head], size, last=not rest and not queue))
            queue.extendleft([rest] if rest else [])
        space = room
    if current or not lines:
        lines.append(_set(current, size, last=True))
    return lines


def _cut(word: Word, size: float, space: float) -> tuple[Word, Word]:
    """As much of a long word as fits, at least one letter, and the rest of it."""
    name, letters = word[0]
    fits = (n for n in range(len(letters), 1, -1) if width(letters[:n], name, size) <= space)
    at = next(fits, 1)
    rest = [(name, letters[at:])] if letters[at:] else []
    return [(name, letters[:at])], [*rest, *word[1:]]


def _set(words: Sequence[Word], size: float, *, last: bool) -> Line:
    pieces: list[Piece] = []
    for place, word in enumerate(words):
        for first, (name, letters) in enumerate(word):
            lead = " " if place and not first else ""
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + lead + letters)
            else:
                pieces.append((name, lead + letters))
    total = sum(width(letters, name, size) for name, letters in pieces)
    blanks = sum(letters.count(" ") + letters.count(NBSP) for _name, letters in pieces)
    return Line(tuple(pieces), total, blanks, last)


class Spot(Struct, frozen=True):
    """Where a line goes: left end of its baseline in points, and the room it is aligned in."""

    x: float
    y: float
    room: float = 0


def draw_line(canvas: Canvas, line: Line, spot: Spot, size: float, align: Align = "left") -> None:
    """Put one line with its baseline at ``spot.y`` into the column that starts at ``spot.x``."""
    x, spare, spread = spot.x, spot.room - line.width, 0.0
    if align == "center":
        x += spare / 2
    elif align == "right":
        x += spare
    elif align == "justify" and not line.last and line.blanks:
        spread = spare / line.blanks
    out = canvas.beginText(x, spot.y)
    if spread:
        out.setWordSpace(spread)
    for name, letters in line.pieces:
        out.setFont(name, size)
        out.textOut(letters)
    if spread:
        out.setWordSpace(0)
    canvas.drawText(out)
