"""Cells typed anew before a list is stored: its items are made again, the file stays as it is."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from admin_suite.core.i18n import _
from admin_suite.excel.draft import Draft, Part, Place, Receipt, heading_in
from admin_suite.excel.grid import plain
from admin_suite.excel.importer import drafted
from admin_suite.excel.listing import Listing
from admin_suite.excel.sheet import Problem

EDITED = "EDITED"
Edits = Mapping[Place, Mapping[str, str]]


def mended(draft: Draft[Any], edits: Edits, sender: str) -> Draft[Any]:
    """The list as if these cells had been written, and this sender named, from the beginning.

    ``edits`` are all cells that were typed since the file was read, not only the last ones.
    """
    made = Draft(draft.sheet, draft.file, draft.sha256, edited=edits)
    said = [one for found in draft.listings for one in _told(draft, found, edits)]
    drafted(made, [_with(found, edits, sender) for found in draft.listings], None)
    made.warnings = [*said, *made.warnings]
    return made


def offers(receipt: Receipt, rows: Collection[int] | None = None) -> Edits:
    """The cells that would be written if what is offered is taken, in these rows or in all.

    Offered is what a refused cell could say, and what one probably means that is kept as unknown.
    """
    taken: dict[Place, dict[str, str]] = {}
    for one in (*receipt.refused, *receipt.warnings):
        if one.offer and (rows is None or one.row in rows):
            taken.setdefault(Place(one.worksheet, one.row), {})[one.field] = one.offer
    return taken


def together(before: Edits, more: Edits) -> dict[Place, dict[str, str]]:
    """Cells that were typed, and others that were typed after them."""
    places = dict.fromkeys((*before, *more))
    return {at: {**before.get(at, {}), **more.get(at, {})} for at in places}


def _with(found: Listing, edits: Edits, sender: str) -> Listing:
    found = _widened(found, {name for cells in edits.values() for name in cells})
    part = found.part
    cells = dict(part.cells)
    for at, row in enumerate(part.numbers):
        for name, written in edits.get(Place(part.worksheet, row), {}).items():
            if cells[name] is part.cells[name]:
                cells[name] = list(cells[name])
            cells[name][at] = written  # type: ignore[index]
    about = replace(part.about, sender=sender)
    return replace(found, part=replace(part, cells=cells, about=about, values={}))


def _widened(found: Listing, names: Collection[str]) -> Listing:
    """The list with a column for each of these fields, whether the file has it or not."""
    part, sheet = found.part, found.sheet
    new = [c for c in sheet.columns if c.field in names and c.field not in part.cells]
    if not new:
        return found
    cells = {**part.cells, **{c.field: [""] * len(part.numbers) for c in new}}
    headings = {**part.headings, **{c.field: _(c.heading) for c in new}}
    part = replace(part, cells=cells, about=replace(part.about, headings=headings))
    return replace(found, part=part, columns=[*found.columns, *new])


def _told(draft: Draft[Any], found: Listing, edits: Edits) -> list[Problem]:
    """What was typed over, cell by cell."""
    part = found.part
    return [
        _problem(draft, part, at, name, written)
        for at, row in enumerate(part.numbers)
        for name, written in edits.get(Place(part.worksheet, row), {}).items()
    ]


def _problem(draft: Draft[Any], part: Part, at: int, name: str, written: str) -> Problem:
    said = _("Typed before storing: “{old}” became “{new}”.")
    said = said.format(old=plain(part.cells[name][at]) if name in part.cells else "", new=written)
    heading = heading_in(draft, part, name)
    return Problem(part.numbers[at], heading, said, EDITED, part.worksheet, name)
