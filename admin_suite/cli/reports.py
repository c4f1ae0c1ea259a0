"""A report by its name, as a workbook or on paper."""

from typing import Any

from admin_suite.cli.actions import pairs
from admin_suite.cli.desk import Desk
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.house import HOUSE, part
from admin_suite.module import Module, Period, Report


def write(desk: Desk) -> dict[str, Any]:
    """Make a report and write it; without days, today's."""
    module, report = _named(desk)
    file = desk.options.file
    with desk.read() as work:
        work.require(report.permission)
        today = work.today()
        first = desk.options.first or desk.options.last or today
        last = desk.options.last or today
        period = Period.of_days(first, last)
        findings = part(module, report.make)(work, period, pairs(desk.options.set))
        part(HOUSE, "reporting:write")(work, report, findings, period, file)
    return {"report": desk.options.report, "rows": len(findings.rows), "file": str(file)}


def _named(desk: Desk) -> tuple[Module, Report]:
    reports = {f"{m.name}.{report.name}": (m, report) for m in desk.modules for report in m.reports}
    if desk.options.report not in reports:
        message = _("There is no report “{name}”. Known: {names}.")
        raise UserError(message.format(name=desk.options.report, names=", ".join(reports)))
    return reports[desk.options.report]
