"""The papers of the laboratory: labels for tubes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO

from admin_suite.core.clock import shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents import labels
from admin_suite.documents.labels import A4_65, ROLL, Label
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.text import plain
from admin_suite.qr.making import matrix
from modules.lab import queries
from modules.lab.queries import SampleRow
from modules.lab.rules import grouped

SHEETS = {"a4": A4_65, "roll": ROLL}
VALUES = ("accession", "sender", "pool", "form", "begin", "outline")
FILTERS = ("accession", "sender", "pool")


def draw_labels(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """One label for each tube, pooled ones too, in the order of the lists.

    Which tubes: by ``accession``, ``sender`` or ``pool``; ``form`` is ``a4`` or ``roll``, ``begin``
    the first free place of a sheet that was used before, ``outline`` draws edges alone.
    """
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    sheet = SHEETS.get(values.get("form") or "a4")
    if sheet is None:
        raise UserError(_("Labels are printed on: {names}.").format(names=", ".join(SHEETS)))
    begin = _place(values.get("begin") or "1", sheet.places) - 1
    wanted = {key: values[key] for key in FILTERS if values.get(key)}
    made = list(_labels(queries.samples(work, wanted)))
    if not made:
        raise UserError(_("There is no tube to print a label for."))
    paper = Paper(out, _("Tube labels"), form=sheet.form, first=first_sheet(values))
    paper.numbered = False
    corners = labels.lay(paper, sheet, len(made), begin=begin)
    for label, corner in zip(made, corners, strict=True):
        if values.get("outline"):
            labels.outline(paper, sheet, corner)
        else:
            labels.draw(paper, sheet, corner, label)
    paper.save()


def _place(told: str, most: int) -> int:
    if not told.isdecimal() or not 1 <= int(told) <= most:
        said = _("“{place}” is no place of this sheet; it has 1 to {most}.")
        raise UserError(said.format(place=told, most=most))
    return int(told)


def _labels(rows: Sequence[SampleRow]) -> Iterator[Label]:
    for number, group in groupby(rows, key=lambda row: row.accession):
        inside = list(group)
        before, _blank, serial = grouped(number).partition(" ")
        words = _pool(inside) if inside[0].pooled else _single(inside[0])
        yield Label(matrix(number), before, serial, words)


def _single(row: SampleRow) -> tuple[str, ...]:
    facts = (row.sex.word if row.sex else "", row.dob[:4], shown(row.collected_at))
    return plain(row.name), ", ".join(part for part in facts if part)


def _pool(rows: Sequence[SampleRow]) -> tuple[str, ...]:
    first = rows[0]
    size = _("Pool of {count}").format(count=len(rows))
    code = f"{plain(first.pool)}: {size}" if first.pool else size
    return f"<b>{code}</b>", plain(first.commune or first.sender), shown(first.collected_at)
