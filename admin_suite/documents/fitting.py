"""Columns so wide that no word in them is broken, in smaller letters where they must be."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from admin_suite.documents.parts import Column, Look
from admin_suite.documents.table import PAD
from admin_suite.documents.text import face, width

STEP, LEAST = 0.5, 7.0  # points; smaller letters are not read


def fitted(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str],
    room: float,
    look: Look,
) -> tuple[Sequence[Column], Look]:
    """The columns of ``room`` points and the letters in which every word fits where it stands.

    What no word needs is shared as before; where no size fits, all stays as it was.
    """
    for size in _sizes(look.size):
        needs = [
            max(_widest([one.head], look, size, bold=True), _widest(cells, look, size, bold=False))
            for one, cells in zip(columns, _cells(columns, rows, total), strict=True)
        ]
        if sum(needs) <= room:
            return _shared(columns, needs, room), replace(look, size=size)
    return columns, look


def _sizes(first: float) -> Iterator[float]:
    size = first
    while size >= LEAST:
        yield size
        size -= STEP


def _cells(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], total: Sequence[str]
) -> Iterator[list[str]]:
    """What stands in each column; the words of a total reach over its neighbours."""
    for at, one in enumerate(columns):
        figures = [total[at]] if total and one.align == "right" else []
        yield [row[at] for row in rows] + figures


def _widest(texts: Iterable[str], look: Look, size: float, *, bold: bool) -> float:
    name = face(look.family, bold=bold)
    words = {word for text in texts for word in text.split()}
    return max((width(word, name, size) for word in words), default=0.0) + 2 * PAD + 1


def _shared(columns: Sequence[Column], needs: Sequence[float], room: float) -> list[Column]:
    """Columns as wide as they need, and what is left by their shares of it."""
    whole = sum(one.share for one in columns)
    more = [
        max(0.0, room * one.share / whole - need) for one, need in zip(columns, needs, strict=True)
    ]
    spare, asked = room - sum(needs), sum(more) or 1.0
    widths = (need + spare * one / asked for need, one in zip(needs, more, strict=True))
    return [replace(one, share=wide) for one, wide in zip(columns, widths, strict=True)]
