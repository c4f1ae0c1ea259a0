"""Reports by name: which there are, and one of them as a workbook or on paper."""

from datetime import datetime, time, timedelta
from typing import Any

from admin_suite.cli.actions import pairs
from admin_suite.cli.desk import Desk
from admin_suite.core.clock import ZONE, here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.house import HOUSE, part
from admin_suite.module import Module, Period, Report


def list_all(desk: Desk) -> list[dict[str, str]]:
    """Every report."""
    return [
        {"name": f"{m.name}.{r.name}", "title": _(r.title)} for m in desk.modules for r in m.reports
    ]


def write(desk: Desk) -> dict[str, Any]:
    """Make a report and write it; without days, today's."""
    module, report = _named(desk)
    file = desk.options.file
    writers = {".xlsx": "reporting:write_workbook", ".pdf": "reporting:write_paper"}
    if file.suffix.lower() not in writers:
        raise UserError(_("A report is written as .xlsx or .pdf."))
    with desk.read() as work:
        work.require(report.permission)
        today = here(work.now()).date()
        first = desk.options.first or desk.options.last or today
        last = desk.options.last or today
        if last < first:
            raise UserError(_("The last day is before the first."))
        end = datetime.combine(last + timedelta(days=1), time(), ZONE)
        period = Period(datetime.combine(first, time(), ZONE), end)
        findings = part(module, report.make)(work, period, pairs(desk.options.set))
        part(HOUSE, writers[file.suffix.lower()])(work, report, findings, period, file)
    return {"report": desk.options.report, "rows": len(findings.rows), "file": str(file)}


def _named(desk: Desk) -> tuple[Module, Report]:
    reports = {f"{m.name}.{report.name}": (m, report) for m in desk.modules for report in m.reports}
    if desk.options.report not in reports:
        message = _("There is no report “{name}”. Known: {names}.")
        raise UserError(message.format(name=desk.options.report, names=", ".join(reports)))
    return reports[desk.options.report]
