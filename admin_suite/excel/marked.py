"""The refused rows as a workbook: the same columns, a last one that says why, wrong cells marked.

Corrected and imported again it succeeds, so it says around its rows what the list said: sender,
title, day, and the line above each group.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.draft import Draft, Part, Receipt
from admin_suite.excel.paper import Leaf
from admin_suite.excel.paper import write as draw
from admin_suite.excel.sheet import Problem

PROBLEM = N_("Problem")


def write(draft: Draft[Any], receipt: Receipt, path: Path) -> int:
    """Write the refused rows to a file and return how many there are."""
    refused: defaultdict[str, dict[int, list[Problem]]] = defaultdict(dict)
    for problem in receipt.refused:
        refused[problem.worksheet].setdefault(problem.row, []).append(problem)
    leaves = [
        _leaf(draft, part, refused[part.worksheet])
        for part in draft.parts
        if refused.get(part.worksheet)
    ]
    if not leaves:
        raise UserError(_("No row was refused, so there is nothing to send back."))
    draw(path, leaves)
    return sum(len(leaf.rows) for leaf in leaves)


def _leaf(draft: Draft[Any], part: Part, refused: dict[int, list[Problem]]) -> Leaf:
    fields = {place: name for name, place in part.places.items()}
    rows: list[list[Any]] = []
    wrong: set[tuple[int, int]] = set()
    bands: dict[int, str] = {}
    section = ""
    for at, number in enumerate(part.numbers):
        if number not in refused:
            continue
        if part.sections[at] != section:
            section = part.sections[at]
            bands[len(rows)] = section
        bad = {part.places.get(problem.field) for problem in refused[number]}
        wrong |= {(len(rows), place) for place in bad if place is not None}
        said = " ".join(dict.fromkeys(problem.message for problem in refused[number]))
        rows.append([*_cells(part, fields, at, number), said])
    above = [draft.sender, part.about.title, _day(part)]
    headings = [*part.texts, _(PROBLEM)]
    return Leaf(
        part.worksheet or _(draft.sheet.title),
        headings,
        rows,
        [text for text in above if text],
        frozenset(wrong),
        bands=bands,
    )


def _cells(part: Part, fields: dict[int, str], at: int, number: int) -> list[Any]:
    """The row as it stood, with merged cells and dittos as what they mean."""
    line = part.grid[number - 1]
    return [
        part.cells[fields[place]][at]
        if place in fields
        else (line[place] if place < len(line) else "")
        for place in range(len(part.texts))
    ]


def _day(part: Part) -> str:
    day = part.about.day
    return f"(Ngày {day.day} tháng {day.month} năm {day.year})" if day else ""
