"""Adopting what is believed of visits and how long they are kept, each with its document."""

from datetime import date

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.dated import begin_with, decision, shipped_rules
from admin_suite.db.work import Work, use_case
from modules.venues.permissions import RULES
from modules.venues.queries.limits import BOOKS, KEEPING, LIMITS, TRACING
from modules.venues.rules.limits import Keeping, Limits, Tracing


def begin(work: Work) -> None:
    """Adopt the rules that a database starts with; those that are there stay."""
    begin_with(work, BOOKS, shipped_rules("venues"))


@use_case(RULES)
def adopt_limits(work: Work, value: Limits, day: date, source: str) -> int:
    """Believe this of visits from a day on; stays that were computed before stay as they are."""
    return LIMITS.add(work, day, decision(source), value)


@use_case(RULES)
def adopt_keeping(work: Work, value: Keeping, day: date, source: str) -> int:
    """Keep check-ins for so many days from a day on."""
    if any(days < 1 for _source, days in value.days):
        raise UserError(_("Check-ins are kept for at least one day."))
    return KEEPING.add(work, day, decision(source), value)


@use_case(RULES)
def adopt_tracing(work: Work, value: Tracing, day: date, source: str) -> int:
    """Hold check-ins for so many days around a positive swab, from a day on."""
    if value.before < 0 or value.after < 0:
        raise UserError(_("A number of days is not below 0."))
    return TRACING.add(work, day, decision(source), value)
