"""The record of a box of tubes that was handed over (Biên bản giao nhận mẫu)."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import here, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import Column, Signature
from admin_suite.documents.text import plain
from admin_suite.registry import letters
from modules.lab import queries
from modules.lab.codes import Finding
from modules.lab.queries import BoxLine, HandoverRow
from modules.lab.rules import grouped

VALUES = ("number",)
BESIDES = N_("Missing: <b>{missing}</b>; not on a list: <b>{extra}</b>; broken: <b>{broken}</b>.")
SIGNING = 50
"""Millimetres that the last rows keep below them for the sums and the signatures."""


def draw_handover(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print one record: what was stated and counted, each tube that is not as stated, all tubes."""
    row = queries.handover(work, _number(values))
    lines = queries.box(work, row.id)
    day = here(row.signed_at or work.now()).date()
    agency = letters.agency(work, day)
    foot = _("Printed by {name} at {moment}").format(
        name=plain(work.actor.name), moment=moment_shown(work.now())
    )
    paper = Paper(
        out,
        _("Hand-over of specimens"),
        author=agency.name,
        foot=foot,
        first=first_sheet(values),
    )
    letterhead(paper, agency, when=day, size=13)
    title(paper, _("RECORD OF THE HAND-OVER OF SPECIMENS"), note=_about(row), before=5)
    paper.skip(2)
    for said in filter(None, (*_sums(row), _lists(lines))):
        paper.body(said, indent=0)
    paper.skip(2)
    paper.table(_columns(), _cells(lines), keep=SIGNING)
    if row.note:
        paper.body(_("Note: {words}").format(words=plain(row.note)), indent=0)
    paper.skip(3)
    signatures(paper, _signers(row), space=20)
    paper.save()


def _number(values: Mapping[str, str]) -> int:
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    words = values.get("number", "").strip() or "0"
    if not (words.isascii() and words.isdecimal()):
        raise UserError(_("There is no such hand-over record."))
    return int(words)


def _about(row: HandoverRow) -> str:
    if row.signed_at is None:
        said = _("(No. {number}, begun at {time}, not signed yet)")
        return said.format(number=row.id, time=moment_shown(row.begun_at))
    said = _("(No. {number}, taken over at {time})")
    return said.format(number=row.id, time=moment_shown(row.signed_at))


def _sums(row: HandoverRow) -> Sequence[str]:
    sums = row.sums
    return (
        _("Handed over by: <b>{sender}</b>").format(sender=plain(row.sender)),
        _("Tubes by the lists: <b>{stated}</b>; counted: <b>{counted}</b>.").format(
            stated=sums.stated, counted=sums.counted
        ),
        _(
            "Missing: <b>{missing}</b>; not on a list: <b>{extra}</b>; broken: <b>{broken}</b>."
        ).format(missing=sums.missing, extra=sums.extra, broken=sums.broken),
    )


def _lists(lines: Sequence[BoxLine]) -> str:
    titles = dict.fromkeys(plain(line.title) for line in lines if line.title)
    return _("By the lists: {titles}").format(titles="; ".join(titles)) if titles else ""


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 12, "center"),
        Column(_("Tube number"), 38, "center"),
        Column(_("Tube code of the list"), 30, "center"),
        Column(_("Persons"), 16, "center"),
        Column(_("As found"), 44, "center"),
    )


def _cells(lines: Sequence[BoxLine]) -> list[tuple[str, ...]]:
    return [
        (
            str(at),
            grouped(line.accession) if line.accession else plain(line.words),
            plain(line.code) or "-",
            str(line.people) if line.tube_id else "-",
            line.finding.word if line.finding is Finding.HERE else f"<b>{line.finding.word}</b>",
        )
        for at, line in enumerate(lines, start=1)
    ]


def _signers(row: HandoverRow) -> tuple[Signature, ...]:
    hint = _("(Signature, full name)")
    return (
        Signature((_("HANDED OVER BY"),), plain(row.giver), hint),
        Signature((_("TAKEN OVER BY"),), plain(row.taker), hint),
    )
