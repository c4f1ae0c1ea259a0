"""The notice that tubes were rejected (Phiếu báo từ chối mẫu), one for each sender."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import Column, Signature
from admin_suite.documents.text import plain
from admin_suite.registry import letters
from modules.lab import queries
from modules.lab.queries import RejectedRow
from modules.lab.rules import grouped

VALUES = ("accession", "sender", "day")
SIGNING = 45
"""Millimetres that the last rows keep below them for the signatures."""


def draw_rejection(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Tell senders which tubes were rejected and why, and who has to be swabbed again.

    Which tubes: one by ``accession``, or those of a ``sender`` and a ``day``; each sender begins a
    page.
    """
    rows = queries.rejected(work, _tubes(work, values))
    if not rows:
        raise UserError(_("No tube was rejected."))
    paper = _paper(work, values, out)
    by_sender: dict[str, list[RejectedRow]] = {}
    for row in rows:
        by_sender.setdefault(row.sender, []).append(row)
    for place, (sender, part) in enumerate(by_sender.items()):
        if place:
            paper.new_page(restart=True)
        _notice(work, paper, sender, part)
    paper.save()


def _tubes(work: Work, values: Mapping[str, str]) -> list[int]:
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    if number := values.get("accession"):
        return queries.tube_ids(work, [number])
    return queries.rejected_tubes(work, values.get("sender", ""), values.get("day", ""))


def _paper(work: Work, values: Mapping[str, str], out: BinaryIO) -> Paper:
    agency = letters.agency(work, work.today())
    foot = _("Printed by {name} at {moment}").format(
        name=plain(work.actor.name), moment=moment_shown(work.now())
    )
    name = _("Notice of rejected specimens")
    return Paper(out, name, author=agency.name, foot=foot, first=first_sheet(values))


def _notice(work: Work, paper: Paper, sender: str, rows: Sequence[RejectedRow]) -> None:
    day = work.today()
    letterhead(paper, letters.agency(work, day), when=day, size=13)
    title(paper, _("NOTICE OF REJECTED SPECIMENS"), before=5)
    paper.skip(2)
    paper.row((1, _("To: <b>{sender}</b>").format(sender=plain(sender))))
    paper.skip(2)
    paper.body(_("The tubes below were rejected; no test is made of them."), indent=0)
    paper.skip(2)
    paper.table(_columns(), _cells(rows), keep=SIGNING)
    paper.body(_("Everybody in this list has to be swabbed again."), indent=0)
    paper.skip(3)
    hint = _("(Signature, full name)")
    signers = dict.fromkeys(row.rejected_by for row in rows)
    signed = next(iter(signers)) if len(signers) == 1 else ""
    blocks = (
        Signature((_("REJECTED BY"),), plain(signed), hint),
        Signature((_("HEAD OF THE LABORATORY"),), hint=hint),
    )
    signatures(paper, blocks, space=20)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 12, "center"),
        Column(_("Tube number"), 34, "center"),
        Column(_("Full name"), 50),
        Column(_("Rejected at"), 26, "center"),
        Column(_("Why"), 50),
    )


def _cells(rows: Sequence[RejectedRow]) -> list[tuple[str, ...]]:
    return [
        (
            str(at),
            grouped(row.accession),
            plain(", ".join(row.people)),
            moment_shown(row.rejected_at),
            plain("; ".join(filter(None, (row.reason.word, row.note)))),
        )
        for at, row in enumerate(rows, start=1)
    ]
