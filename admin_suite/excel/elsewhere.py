"""The same list under another sender: the same file, or nearly the same rows on the same day.

Somebody has chosen the wrong unit, or a station has sent its neighbour's list. Exactly the same is
asked back; nearly the same is only said, for two stations may well swab the same people.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from admin_suite.core.i18n import _
from admin_suite.db.origin import Import
from admin_suite.db.work import Work
from admin_suite.excel.draft import Draft, Elsewhere
from admin_suite.excel.revision import day_of, same_sender
from admin_suite.excel.sheet import Problem
from admin_suite.excel.told import cells, known

LIKE = 0.8  # of the rows that are the same letter by letter
MOST = 20  # lists that are compared row by row


def elsewhere(work: Work, draft: Draft[Any], told: Sequence[Mapping[str, str]]) -> Elsewhere:
    """What is to be said of a list that another sender has sent before."""
    same = [one for one in _others(work, draft) if one[2] == draft.sha256 and draft.sha256]
    if same:
        said = _("The same file was stored as a list of “{sender}” (import {number}).")
        return Elsewhere([_problem(said, same[0])], whole=True)
    return Elsewhere() if draft.sheet.afterwards is None else _row_by_row(work, draft, told)


def _row_by_row(work: Work, draft: Draft[Any], told: Sequence[Mapping[str, str]]) -> Elsewhere:
    nearby = _others(work, draft, on_the_day=True)
    long = max(1, len(draft.items))
    nearby = [one for one in nearby if LIKE <= one[3] / long <= 1 / LIKE][:MOST]
    rows = {_row(row) for row in told or cells(draft.items)} if nearby else set()
    for one in nearby:
        there = {_row(line.cells) for line in known(work, one[0])}
        if there and there == rows:
            said = _("The same rows came as a list of “{sender}” (import {number}).")
            return Elsewhere([_problem(said, one)], whole=True)
        if there and len(there & rows) >= LIKE * max(len(there), len(rows)):
            said = _("Nearly the same rows came as a list of “{sender}” (import {number}).")
            return Elsewhere([_problem(said, one)])
    return Elsewhere()


def _others(
    work: Work, draft: Draft[Any], *, on_the_day: bool = False
) -> list[tuple[int, str, str, int]]:
    """Imports of other senders that count: number, sender, digest, how many rows they hold."""
    rows = Import.stored + Import.changed + Import.unchanged
    query = select(Import.id, Import.sender, Import.sha256, rows).where(
        Import.sheet == draft.sheet.name, Import.taken_back_at.is_(None)
    )
    if on_the_day:
        query = query.where(Import.day == day_of(draft))
    else:
        query = query.where(Import.sha256 == draft.sha256)
    found = work.session.execute(query.order_by(Import.id.desc()))
    return [(row[0], row[1], row[2], row[3]) for row in found if _is_other(row[1], draft.sender)]


def _is_other(sender: str, wanted: str) -> bool:
    return not same_sender(sender, wanted)


def _row(cells: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(cells.items())


def _problem(said: str, one: tuple[int, str, str, int]) -> Problem:
    sender = one[1] or _("our own unit")
    return Problem(0, "", said.format(sender=sender, number=one[0]), "OTHER_SENDER")
