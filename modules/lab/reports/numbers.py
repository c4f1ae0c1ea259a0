"""The numbers of some days as a report."""

from collections.abc import Mapping

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.lab.day.numbers import counted


def numbers(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """What was received, measured, released and tested in the period; outcomes only if released."""
    if values:
        raise UserError(_("This report takes no values."))
    rows = counted(work, period)
    return Findings(
        headings=(_("What"), _("How many")),
        rows=rows,
        shares=(6, 2),
        remarks=(_("Outcomes are counted once they are released."),),
    )
