"""Long lists a page at a time, however long they are.

A page begins behind a place, the values that its first line is ordered by, so an index leads to it
at once wherever it is. ``places`` walks the whole list once, to tell how long it is and where each
page begins.
"""

from array import array
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, select, tuple_

from admin_suite.db.work import Work

PAGE = 200
Place = tuple[Any, ...]


class Ordered(Struct, frozen=True):
    """Rows in one order: ``query`` says which, ``by`` their order; its last column tells each."""

    query: Select[Any]
    by: Sequence[Any]
    down: bool = False


class Places(Struct, frozen=True):
    """How many lines a list has, and where each of its pages begins."""

    total: int
    starts: Sequence[Place]


def page(work: Work, ordered: Ordered, start: Place | None = None) -> list[int]:
    """The keys of the page that begins at a place; without one, of the first page."""
    query = _sorted(ordered)
    if start is not None:
        first, whole = ordered.by[0], tuple_(*ordered.by)
        behind = whole <= start if ordered.down else whole >= start
        near = first <= start[0] if ordered.down else first >= start[0]
        query = query.where(near, behind)  # the first column alone is what an index begins with
    return list(work.session.scalars(query.limit(PAGE)))


def places(work: Work, ordered: Ordered) -> Places:
    """Where each page begins; one walk along the index, no line leaves the database."""
    counted = func.row_number().over(order_by=_turned(ordered)).label("line")
    columns = [column.label(f"at{n}") for n, column in enumerate(ordered.by)]
    inner = ordered.query.with_only_columns(*columns, counted).subquery()
    query = select(*list(inner.c)[:-1]).where(inner.c.line % PAGE == 1).order_by(inner.c.line)
    total = select(func.count()).select_from(
        ordered.query.with_only_columns(ordered.by[-1]).subquery()
    )
    starts = [tuple(row) for row in work.session.execute(query)]
    return Places(work.session.scalar(total) or 0, starts)


def keys(work: Work, ordered: Ordered) -> "array[int]":
    """The key of every line, in order."""
    return array("q", work.session.scalars(_sorted(ordered)))


def _sorted(ordered: Ordered) -> Select[Any]:
    return ordered.query.with_only_columns(ordered.by[-1]).order_by(*_turned(ordered))


def _turned(ordered: Ordered) -> list[Any]:
    return [column.desc() if ordered.down else column for column in ordered.by]
