"""The papers of the house itself: the hand-over of a shift (Biên bản giao ca)."""

from collections.abc import Mapping
from typing import BinaryIO

from admin_suite.core.clock import here, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import Agency, Column, Signature
from admin_suite.documents.text import plain
from admin_suite.registry import shifts
from admin_suite.registry.queries import own_unit
from admin_suite.registry.shifts import NOTHING, ShiftRow


def draw_handover(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print one hand-over; the last one where none is named."""
    row = shifts.shift(work, _number(values))
    unit = own_unit(work)
    agency = Agency(plain(unit.parent), plain(unit.name), plain(unit.place))
    foot = _("Printed by {name} at {moment}").format(
        name=plain(work.actor.name), moment=moment_shown(work.now())
    )
    first = first_sheet(values)
    paper = Paper(out, _("Hand-over of the shift"), author=agency.name, foot=foot, first=first)
    given_at = row.given_at or work.now()
    letterhead(paper, agency, when=here(given_at).date(), size=13)
    title(paper, _("HAND-OVER OF THE SHIFT"), note=_about(row), before=5)
    paper.skip(3)
    paper.table(_columns(), _cells(row), keep=40)
    if said := shifts.withheld(row):
        paper.body(said, indent=0)
    paper.skip(3)
    paper.row((1, f"<b>{_('Notes')}</b>"))
    for line in row.notes.splitlines() or [_("None")]:
        paper.body(plain(line), indent=0)
    paper.skip(4)
    signatures(paper, _signers(row), space=20)
    paper.save()


def _number(values: Mapping[str, str]) -> int:
    unknown = [key for key in values if key not in ("shift", FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names="shift"))
    words = values.get("shift", "").strip() or "0"
    if not (words.isascii() and words.isdecimal()):
        raise UserError(_("“{words}” is not the number of a shift.").format(words=words))
    return int(words)


def _about(row: ShiftRow) -> str:
    values = {"number": row.id, "given": moment_shown(row.given_at) if row.given_at else ""}
    if row.taken_at is None:
        return _("(No. {number}, handed over at {given}, not signed for yet)").format(**values)
    values["taken"] = moment_shown(row.taken_at)
    return _("(No. {number}, handed over at {given}, taken over at {taken})").format(**values)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 12, "center"),
        Column(_("Part"), 34),
        Column(_("What is handed over"), 70),
        Column(_("Remark"), 54),
    )


def _cells(row: ShiftRow) -> list[tuple[str, ...]]:
    cells: list[tuple[str, ...]] = []
    for part in row.parts:
        lines = [(line.title, line.detail) for line in part.lines] or [(_(NOTHING), "")]
        for said, about in lines:
            number = str(len(cells) + 1)
            cells.append((number, plain(_(part.module)), plain(said), plain(about)))
    return cells


def _signers(row: ShiftRow) -> tuple[Signature, ...]:
    hint = _("(Signature, full name)")
    return (
        Signature((_("HANDED OVER BY"),), plain(row.giver), hint),
        Signature((_("TAKEN OVER BY"),), plain(row.taker), hint),
    )
