"""Labels for tubes, on sheets, on rolls, and as text for label printers (ZPL II)."""

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
from admin_suite.documents.zebra import zpl
from admin_suite.qr.making import matrix
from modules.lab import queries
from modules.lab.codes import LabelState
from modules.lab.queries import SampleRow
from modules.lab.rules import grouped, typed

ROLL_NAME = "roll"
SHEETS = {"a4": A4_65, ROLL_NAME: ROLL}
ZPL = "zpl"
VALUES = ("accession", "sender", "pool", "block", "from", "form", "begin", "outline")
FILTERS = ("accession", "sender", "pool")


def draw_labels(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """One label for each tube, pooled ones too, in the order of the lists.

    Which tubes: by ``accession``, ``sender`` or ``pool``; or the labels of a ``block``, which have
    no tube yet. ``from`` is the first number after a jam, ``form`` is ``a4``, ``roll`` or ``zpl``,
    ``begin`` the first free place of a sheet that was used before, ``outline`` draws edges alone.
    """
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    form = values.get("form") or "a4"
    sheet = SHEETS.get(ROLL_NAME if form == ZPL else form)
    if sheet is None:
        names = ", ".join((*SHEETS, ZPL))
        raise UserError(_("Labels are printed on: {names}.").format(names=names))
    begin = _place(values.get("begin") or "1", sheet.places) - 1
    made = _wanted(work, values)
    if form == ZPL:
        out.write("".join(map(zpl, made)).encode())
        return
    paper = Paper(out, _("Tube labels"), form=sheet.form, first=first_sheet(values))
    paper.numbered = False
    corners = labels.lay(paper, sheet, len(made), begin=begin)
    for label, corner in zip(made, corners, strict=True):
        if values.get("outline"):
            labels.outline(paper, sheet, corner)
        else:
            labels.draw(paper, sheet, corner, label)
    paper.save()


def _wanted(work: Work, values: Mapping[str, str]) -> list[Label]:
    if told := values.get("block"):
        made = list(_empty_labels(work, told))
    else:
        wanted = {key: values[key] for key in FILTERS if values.get(key)}
        made = list(_labels(work, queries.samples(work, wanted)))
    first = typed(values.get("from") or "")
    if first:
        numbers = [label.number for label in made]
        if first not in numbers:
            said = _("The number {accession} is not among these labels.")
            raise UserError(said.format(accession=first))
        made = made[numbers.index(first) :]
    if not made:
        raise UserError(_("There is no tube to print a label for."))
    return made


def _empty_labels(work: Work, told: str) -> Iterator[Label]:
    """The labels of a batch, for tubes that nobody has used yet: number and who has them."""
    if not told.isdecimal():
        raise UserError(_("There is no such block of numbers."))
    holder = queries.holder_of_block(work, int(told))
    rows = queries.labels_of_block(work, int(told))
    short = queries.day_numbers(work, [row.accession for row in rows])
    for row in rows:
        if row.state is LabelState.PRINTED:
            yield _label(row.accession, short[row.accession], (plain(holder),))


def _label(number: str, short: str, words: Sequence[str]) -> Label:
    return Label(matrix(number), grouped(number), short, words, number)


def _place(told: str, most: int) -> int:
    if not told.isdecimal() or not 1 <= int(told) <= most:
        said = _("“{place}” is no place of this sheet; it has 1 to {most}.")
        raise UserError(said.format(place=told, most=most))
    return int(told)


def _labels(work: Work, rows: Sequence[SampleRow]) -> Iterator[Label]:
    short = queries.day_numbers(work, [row.accession for row in rows])
    for number, group in groupby(rows, key=lambda row: row.accession):
        inside = list(group)
        yield _label(
            number, short[number], _pool(inside) if inside[0].pooled else _single(inside[0])
        )


def _single(row: SampleRow) -> tuple[str, ...]:
    facts = (row.sex.word if row.sex else "", row.dob[:4], shown(row.collected_at))
    return plain(row.name), ", ".join(part for part in facts if part)


def _pool(rows: Sequence[SampleRow]) -> tuple[str, ...]:
    first = rows[0]
    size = _("Pool of {count}").format(count=len(rows))
    code = f"{plain(first.pool)}: {size}" if first.pool else size
    return f"<b>{code}</b>", plain(first.commune or first.sender), shown(first.collected_at)
