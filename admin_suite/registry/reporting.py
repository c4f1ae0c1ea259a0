"""A report as a workbook or on paper; reached by name, so nothing heavy is loaded before.

The unit whose report it is, the days, who made it and when stand on both.
"""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from admin_suite.core.clock import day_shown, here, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.documents.fitting import fitted
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import A4_LANDSCAPE, Agency, Column, Format, Look, Signature
from admin_suite.documents.text import plain
from admin_suite.excel import paper as workbook
from admin_suite.module import Findings, Period, Report
from admin_suite.registry.queries import names_of, own_unit
from admin_suite.reports.chart import draw_spans

SIGNING = 40  # mm that the signatures need below the last rows
MANY, SMALL = 12, 8.5  # columns above which the letters of a table are smaller, in points
NO_NUMBER = "............"


def write(work: Work, report: Report, findings: Findings, period: Period, file: Path) -> None:
    """Write a report as the kind of file that its name says."""
    writers = {".xlsx": _write_workbook, ".pdf": _write_paper}
    if file.suffix.lower() not in writers:
        raise UserError(_("A report is written as .xlsx or .pdf."))
    writers[file.suffix.lower()](work, report, findings, period, file)


def _write_workbook(
    work: Work, report: Report, findings: Findings, period: Period, file: Path
) -> None:
    above = (own_unit(work).name, _(report.title), days_of(period), _made(work), "")
    total = [findings.total] if findings.total else []
    rows = [_rounded(row) for row in (*findings.rows, *total)]
    rows += [[remark] for remark in findings.remarks]
    leaf = workbook.Leaf(_(report.title), findings.headings, rows, above)
    leaf.picture = _picture(findings)
    workbook.write(file, [leaf])


def _rounded(values: Sequence[str | int | float]) -> list[str | int | float]:
    """Shares with one decimal, as on paper and on screen."""
    return [round(one, 1) if isinstance(one, float) else one for one in values]


def _write_paper(
    work: Work, report: Report, findings: Findings, period: Period, file: Path
) -> None:
    unit = own_unit(work)
    agency = Agency(plain(unit.parent), plain(unit.name), plain(unit.place))
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as out:
            form = Format(A4_LANDSCAPE)
            paper = Paper(out, _(report.title), author=agency.name, form=form, foot=_made(work))
            letterhead(paper, agency, NO_NUMBER, work.today(), size=13)
            title(paper, _(report.title).upper(), note=days_of(period), before=5)
            total = _line(findings.total)
            rows = [_line(row) for row in findings.rows]
            look = Look(SMALL) if len(findings.headings) > MANY else Look()
            columns, look = fitted(_columns(findings), rows, total, paper.room, look)
            paper.table(columns, rows, total=total, keep=SIGNING, look=look)
            for remark in findings.remarks:
                paper.body(plain(remark), indent=0)
            if png := _picture(findings):
                paper.skip(3)
                paper.picture(BytesIO(png), SIGNING)
            paper.skip(3)
            signatures(paper, _signers(work), space=20)
            paper.save()
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _picture(findings: Findings) -> bytes:
    """The chart of a report as PNG; nothing where there is none."""
    if findings.chart is None:
        return b""
    out = BytesIO()
    draw_spans(findings.chart, out)
    return out.getvalue()


def days_of(period: Period) -> str:
    """The span in words: one day, or the first and the last."""
    first = here(period.start).date()
    last = here(period.end - timedelta(microseconds=1)).date()
    if first == last:
        return _("On {day}").format(day=day_shown(first))
    return _("From {first} to {last}").format(first=day_shown(first), last=day_shown(last))


def _made(work: Work) -> str:
    maker = names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)
    said = _("Printed by {name} at {moment}")
    return said.format(name=plain(maker), moment=moment_shown(work.now()))


def _columns(findings: Findings) -> list[Column]:
    shares = findings.shares or [1.0] * len(findings.headings)
    sample = findings.rows[0] if findings.rows else [""] * len(findings.headings)
    return [
        Column(plain(heading), share, "left" if isinstance(one, str) else "right")
        for heading, share, one in zip(findings.headings, shares, sample, strict=True)
    ]


def _line(values: Sequence[str | int | float]) -> tuple[str, ...]:
    return tuple(plain(one) if isinstance(one, str) else _figure(one) for one in values)


def _figure(value: int | float) -> str:
    return figure(value, 0 if isinstance(value, int) else 1)


def _signers(work: Work) -> tuple[Signature, ...]:
    maker = names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)
    hint = _("(Signature, full name)")
    return (
        Signature((_("PREPARED BY"),), plain(maker), hint),
        Signature((_("DIRECTOR"),), hint=_("(Signature, seal)")),
    )
