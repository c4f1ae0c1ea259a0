"""Slips, two of A5 on a sheet of A4 that is cut through the middle; each with a code to verify it.

The list by sender with one stamp is the usual paper; a slip is for whoever has to show one. Of a
preliminary notice there is one too, marked as such and without a code.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import BinaryIO

from msgspec import Struct

from admin_suite.core.clock import shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal
from admin_suite.db.audit import Note
from admin_suite.db.work import Work
from admin_suite.documents.codes import Square
from admin_suite.documents.furniture import letterhead, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import MM, Agency, Format, Margins, Signature, Style
from admin_suite.documents.text import Spot, plain
from admin_suite.qr.making import matrix
from admin_suite.registry import letters
from admin_suite.registry.names import whole_address
from modules.lab.api import SampleRow, grouped
from modules.results import day as questions
from modules.results import queries
from modules.results.queries import SlipRow

VALUES = ("sender", "day", "accession", "outcome")
EARLY = ("accession",)
PAPER = "results.slips"
FORM = Format(margins=Margins(9, 6, 16, 12))
ROW, SMALL, MARKED = Style(11.5, leading=1.3), Style(9), Style(12, "center", bold=True)
RESULT = Style(15, "center", bold=True)
SIGNER, SIGNED = Style(11, "center", bold=True), Style(9.5, "center", italic=True)
CODE = 27.0
"""Millimetres of the code: 41 modules of 0.64 mm each, which any telephone reads."""
LOW = 12.0
"""Millimetres between the foot of a slip and the cut."""


class Head(Struct, frozen=True):
    """What all slips of one file share."""

    agency: Agency
    day: date
    signed: Signature


def draw_slips(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the slips of results that stand, by sender, day, outcome or tube."""
    wanted = _wanted(values, VALUES)
    rows = queries.slips(work, wanted)
    if not rows:
        raise UserError(_("There is no released result to print a slip for."))
    tubes = list(dict.fromkeys(row.sample.tube_id for row in rows))
    printed = sorted(report.version_id for report in queries.reports(work, tubes))
    work.views.append(Note(questions.PRINTED, "results_version", printed))
    _draw(work, values, rows, out)


def draw_preliminary(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the slips of preliminary notices whose results are not released yet."""
    wanted = _wanted(values, EARLY)
    rows = queries.preliminary_slips(work, wanted.get("accession", ""))
    if not rows:
        raise UserError(_("No preliminary notice waits for its release."))
    _draw(work, values, rows, out)


def _wanted(values: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    unknown = [key for key in values if key not in (*known, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(known)))
    return {k: v.strip() for k, v in values.items() if v.strip() and k != FROM_PAGE}


def _draw(work: Work, values: Mapping[str, str], rows: Sequence[SlipRow], out: BinaryIO) -> None:
    day = work.today()
    signed = letters.signature(work, PAPER, day, _("DIRECTOR"), _("(Signature, seal)"))
    head = Head(letters.agency(work, day), day, signed)
    draw_rows(out, head, rows, first_sheet(values))


def draw_rows(out: BinaryIO, head: Head, rows: Sequence[SlipRow], first: int = 1) -> None:
    """The slips, two on a sheet."""
    paper = Paper(out, _("Result slips"), author=head.agency.name, form=FORM, first=first)
    paper.numbered = False
    half = paper.height / 2
    for place, row in enumerate(rows):
        lower = place % 2
        if place and not lower:
            paper.new_page(restart=True)
        paper.y = half - FORM.margins.top * MM if lower else paper.top
        _slip(paper, head, row, 0 if lower else half)
        if not lower:
            _cut(paper, half)
    paper.save()


def _cut(paper: Paper, half: float) -> None:
    paper.canvas.setLineWidth(0.3)
    paper.canvas.setDash(2, 3)
    paper.canvas.line(0, half, paper.width, half)
    paper.canvas.setDash()


def _slip(paper: Paper, head: Head, row: SlipRow, low: float) -> None:
    letterhead(paper, head.agency, "", head.day, size=10)
    title(paper, _("SARS-CoV-2 TEST RESULT"), before=2)
    if said := _about(row):
        paper.at(Spot(paper.left, paper.y - 12, paper.room), said, MARKED)
        paper.skip(5)
    paper.skip(1)
    _person(paper, row.sample)
    outcome = _("Result: {outcome}").format(outcome=row.outcome.word.upper())
    paper.at(Spot(paper.left, paper.y - 19, paper.room), outcome, RESULT)
    paper.skip(8.5)
    paper.row((1, _measured(row)), style=SMALL, before=0)
    if row.remark:
        paper.row((1, _("Remark: {text}").format(text=plain(row.remark))), style=SMALL, before=0)
    _foot(paper, head, row, low + LOW * MM)


def _about(row: SlipRow) -> str:
    """The line below the title of what is no first version."""
    if not row.version:
        return _("PRELIMINARY RESULT, WAITING TO BE RELEASED")
    if row.version == 1:
        return ""
    said = _("v{number}, {status}, takes the place of v{old} ({reason})")
    values = {"number": row.version, "status": row.status.word.lower(), "old": row.version - 1}
    return said.format(**values, reason=plain(row.reason))


def _person(paper: Paper, who: SampleRow) -> None:
    name = _("Full name: {name}").format(name=f"<b>{plain(who.name).upper()}</b>")
    sex = who.sex.word if who.sex else ""
    born = _("Date of birth: {day}").format(day=shown(who.dob))
    address = plain(whole_address(who.address, who.commune))
    rows: tuple[tuple[tuple[float, str], ...], ...] = (
        ((0.62, name), (0.38, born)),
        ((0.3, _("Sex: {sex}").format(sex=sex)), (0.7, _("Citizen ID: {id}").format(id=who.id_no))),
        ((1, _("Address: {address}").format(address=address)),),
        ((1, _("Sender: {name}").format(name=plain(who.sender))),),
        (
            (0.5, _("Specimen number: {number}").format(number=f"<b>{grouped(who.accession)}</b>")),
            (0.5, _("Collected: {moment}").format(moment=shown(who.collected_at))),
        ),
    )
    for cells in rows:
        paper.row(*cells, style=ROW, before=1)


def _measured(row: SlipRow) -> str:
    parts = [_("Method: {method}").format(method=row.method.word)]
    if row.ct:
        parts.append(f"Ct: {plain(decimal(row.ct))}")
    if row.sample.pooled:
        parts.append(_("measured in a pooled tube, for everybody in it"))
    said = _("Released: {moment}") if row.version else _("Told: {moment}")
    parts.append(said.format(moment=row.at))
    return "; ".join(parts)


def _foot(paper: Paper, head: Head, row: SlipRow, low: float) -> None:
    """The code with its words at the left, the signature at the right."""
    notes = [
        _("Not released: it may still turn out otherwise."),
        _("Good for nothing else than to act at once."),
    ]
    side = CODE * MM
    left = paper.left
    if row.code:
        paper.code(matrix(row.code), Square(left, low, side))
        left += side + 3 * MM
        notes = [
            _("Scan the code to verify this slip."),
            _("The newest version is what holds."),
            f"{grouped(row.sample.accession)}, v{row.version}",
        ]
    for place, note in enumerate(notes, start=1):
        paper.at(Spot(left, low + side - place * 13, paper.room), note, SMALL)
    share = paper.room * 0.4
    spot = paper.left + paper.room - share
    top = low + side - 4
    for place, words in enumerate(head.signed.heads):
        paper.at(Spot(spot, top - place * 13, share), words, SIGNER)
    under = top - len(head.signed.heads) * 13 + 1
    paper.at(Spot(spot, under, share), head.signed.hint, SIGNED)
    paper.at(Spot(spot, low - 6, share), plain(head.signed.name), SIGNER)
