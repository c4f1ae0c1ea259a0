"""A list typed row by row: what a file of the same cells would say, made without a file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from admin_suite.core.i18n import _
from admin_suite.excel.draft import Draft
from admin_suite.excel.grid import Grid, blank
from admin_suite.excel.headings import Seats
from admin_suite.excel.importer import drafted
from admin_suite.excel.layout import Layout
from admin_suite.excel.listing import listed, usual_day
from admin_suite.excel.sheet import About, Column, Sheet

TYPED = "typed"  # stands where the name of a file would


class Head(Struct, frozen=True):
    """What stands around the rows of a list: who sent it, its day, its title and its place."""

    sender: str = ""
    day: date | None = None
    title: str = ""
    place: str = ""


class Typed(Struct, frozen=True):
    """Rows by the number a person sees, each with a cell for every field."""

    fields: Sequence[str]
    rows: Mapping[int, Sequence[str]]
    head: Head = field(default_factory=Head)


def offered(sheet: Sheet[Any]) -> list[Column]:
    """The columns that a person is asked to fill in."""
    return [column for column in sheet.columns if column.offered]


def read_typed(sheet: Sheet[Any], typed: Typed, world: Any) -> Draft[Any]:
    """The list that was typed; rows without a word are left out."""
    rows = {at: cells for at, cells in typed.rows.items() if not all(map(blank, cells))}
    grid = Grid("", [tuple(typed.fields)])
    places = {name: at for at, name in enumerate(typed.fields)}
    numbers = sorted(rows)
    for number in range(1, max(numbers, default=0) + 1):
        grid.rows.append(rows.get(number, ("",) * len(places)))
    headings = {name: sheet.heading_of(name) for name in typed.fields}
    shape = Layout(Seats(places, headings), 0, 1, len(places), rows=numbers)
    shape.texts, shape.sections = list(headings.values()), [""] * len(numbers)
    found = listed(sheet, grid, shape, about_of(sheet, typed, world, grid, shape))
    found.part.numbers = numbers  # rows count from 1: there is no row of headings to see
    found.part.grid = grid.rows[1:]
    draft = Draft(sheet, TYPED, _digest(rows, typed))
    return drafted(draft, [found], None)


def about_of(sheet: Sheet[Any], typed: Typed, world: Any, grid: Grid, shape: Layout) -> About:
    """What the head of a typed list says, and the day of most of its rows."""
    head = typed.head
    columns = [column for column in sheet.columns if column.field in typed.fields]
    usual = head.day or usual_day(grid, shape, columns) or getattr(world, "today", None)
    title = head.title or _(sheet.title)
    place = "\n".join(text for text in (title, head.place) if text)
    year = usual.year if usual else 0
    return About(title, head.sender, head.day, year, usual, place, shape.seats.headings, world)


def _digest(rows: Mapping[int, Sequence[str]], typed: Typed) -> str:
    """The same rows typed again are the same list, as the same file is."""
    said = json.dumps([typed.fields, sorted(rows.items())], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
