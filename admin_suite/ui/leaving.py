"""A file leaves the program: rows collected, written beside their place, noted down, put there."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from msgspec import Struct

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Sheet
from admin_suite.registry import outputs
from admin_suite.registry.outputs import Collected, Going
from admin_suite.ui.cells import Cell, Draw
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Source

Done = Callable[[int, int], None]  # how many rows left, and the number of the export
Rows = Callable[[Work, Any], Sequence[Any]]


class Out(Struct, frozen=True):
    """The sheet a list leaves by: the rows of a view, and which fields a column becomes."""

    sheet: Sheet[Any]
    rows: Rows
    fields: Mapping[str, Sequence[str]]


class Shape(Struct, frozen=True):
    """A list on its way into a file: the sheet made of its columns, and where each one stands."""

    sheet: Sheet[Any]
    places: Sequence[int]
    draw: Draw

    def row(self, line: Any) -> SimpleNamespace:
        """The words of a line, by the fields of the sheet."""
        cells, row = self.draw(line), SimpleNamespace()
        for field, place in zip(self.sheet.fields, self.places, strict=True):
            cell = cells[place]
            setattr(row, field.name, cell.spoken if isinstance(cell, Cell) else cell)
        return row


def every_row(source: Source, shape: Shape, work: Work, view: Any) -> list[Any]:
    """All lines of a view as rows of a file, a page at a time."""
    places = source.places(work, view)
    rows: list[Any] = []
    for start in places.starts:
        rows += map(shape.row, source.page(work, view, start))
        work.progress.step(len(rows), places.total)
    return rows


def send(page: Page, going: Going, where: Mapping[str, str], done: Done) -> None:
    """Collect the rows of a sheet and let them leave."""
    job = page.ask(partial(_write, page, going, done), outputs.collect, going.sheet, where)
    page.running.follow(_("Collecting the rows"), job)


def send_rows(page: Page, going: Going, rows: Sequence[Any], done: Done) -> None:
    """Let rows leave that were asked for already."""
    page.ask(partial(_write, page, going, done), outputs.signed, rows)


def _write(page: Page, going: Going, done: Done, found: Collected) -> None:
    if going.destination and not found.rows:  # an empty file could take the place of the last one
        said = _("There is nothing to send to {place} now. No file was written.")
        page.refuse(said.format(place=going.destination))
        return
    then = partial(_note, page, going, done, found)
    page.run(_("Writing"), then, outputs.write, going, found)


def _note(page: Page, going: Going, done: Done, found: Collected, digest: str) -> None:
    then = partial(_finish, done, len(found.rows))
    page.do(_("Writing"), then, outputs.leave, going, found, digest)


def _finish(done: Done, rows: int, number: int) -> None:
    done(rows, number)
