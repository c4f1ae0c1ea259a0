"""Cells typed anew before a list is stored: its items are made again, the file stays as it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from admin_suite.core.i18n import _
from admin_suite.excel.draft import Draft, Part, Place, heading_in
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


def _with(found: Listing, edits: Edits, sender: str) -> Listing:
    part = found.part
    cells = dict(part.cells)
    for at, row in enumerate(part.numbers):
        for name, written in edits.get(Place(part.worksheet, row), {}).items():
            if cells[name] is part.cells[name]:
                cells[name] = list(cells[name])
            cells[name][at] = written  # type: ignore[index]
    about = replace(part.about, sender=sender)
    return replace(found, part=replace(part, cells=cells, about=about, values={}))


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
    said = said.format(old=plain(part.cells[name][at]), new=written)
    heading = heading_in(draft, part, name)
    return Problem(part.numbers[at], heading, said, EDITED, part.worksheet, name)
