"""The day of release in numbers, and what was done out of turn."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.lab.api import grouped
from modules.results import queries
from modules.results.codes import Status
from modules.results.models import Hold, Notice, Proposal, Telling, Version


def of_days(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """What was released, told early, held, changed and told; who looked before his turn."""
    if values:
        raise UserError(_("This report takes no values."))
    rows = [(_(said), _count(work, period, moment, *only)) for said, moment, *only in LINES]
    looks = queries.looks(work, period)
    rows.append((_("Looks at results before their release, out of turn"), len(looks)))
    said = _("{moment}: {name} looked at tube {accession} out of turn: {reason}")
    remarks = [
        said.format(moment=moment_shown(at), name=by, accession=grouped(number), reason=reason)
        for at, by, number, reason in looks
    ]
    headings = (_("What was done"), _("How often"))
    return Findings(headings=headings, rows=rows, shares=(6, 2), remarks=remarks)


BESIDES = (Status.AMENDED, Status.APPENDED)  # the result itself stays
LINES: tuple[tuple[Any, ...], ...] = (
    (N_("Tubes released"), Version.at, Version.number == 1),
    (N_("Preliminary notices"), Notice.given_at),
    (N_("Results put on hold"), Hold.held_at),
    (N_("Holds ended"), Hold.lifted_at),
    (N_("Results corrected"), Version.at, Version.status == Status.CORRECTED),
    (N_("Results annulled"), Version.at, Version.status == Status.ENTERED_IN_ERROR),
    (
        N_("Results amended or appended"),
        Version.at,
        Version.status.in_((Status.AMENDED, Status.APPENDED)),
    ),
    (N_("Changes declined"), Proposal.declined_at),
    (N_("People told"), Telling.told_at, Telling.number.is_not(None)),
    (
        N_("People who asked in vain"),
        Telling.told_at,
        Telling.number.is_(None),
        Telling.return_id.is_(None),
    ),
)


def _count(work: Work, period: Period, moment: Any, *only: ColumnElement[bool]) -> int:
    query = select(func.count()).where(moment >= period.start, moment < period.end, *only)
    return work.session.scalar(query) or 0
