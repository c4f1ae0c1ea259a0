"""Adopting what is believed of visits and how long they are kept, each with its document."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.changing import Change, named
from admin_suite.db.dated import begin_with, decision, shipped_rules
from admin_suite.db.work import Work, use_case
from modules.venues.models.visits import LONGEST_STAY
from modules.venues.permissions import RULES
from modules.venues.queries import changing
from modules.venues.queries.limits import BOOKS, KEEPING, LIMITS, TRACING
from modules.venues.rules.limits import MINUTE, Keeping, Limits, Tracing

WHOLE = 100  # per cent


def begin(work: Work) -> None:
    """Adopt the rules that a database starts with; those that are there stay."""
    begin_with(work, BOOKS, shipped_rules("venues"))


@use_case(RULES)
def adopt_limits(work: Work, value: Limits, day: date, source: str) -> int:
    """Believe this of visits from a day on; stays that were computed before stay as they are."""
    _check(value)
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


def adopt_change(work: Work, change: Change, source: str) -> int:
    """Adopt a version of which only the values that differ are said; returns its number."""
    verbs: Mapping[str, Callable[[Work, Any, date, str], int]] = {
        LIMITS.code: adopt_limits,
        KEEPING.code: adopt_keeping,
        TRACING.code: adopt_tracing,
    }
    code, value = named(BOOKS, change.code).code, changing.wanted(work, change)
    return verbs[code](work, value, change.valid_from, source)


def _check(value: Limits) -> None:
    """Refuse limits by which no stay could be computed."""
    longest = LONGEST_STAY // MINUTE
    stays = (value.longest, value.at_work, *(minutes for _kind, minutes in value.usual))
    if not all(1 <= minutes <= longest for minutes in stays):
        said = _("A stay lasts from 1 to {longest} minutes.")
        raise UserError(said.format(longest=longest))
    if min(value.burst, value.burst_minutes, value.quiet, value.typed_least) < 1:
        raise UserError(_("People, minutes, days and check-ins are counted from 1 on."))
    if value.typed_share > WHOLE:
        raise UserError(_("A share lies between 0 and 100 per cent."))
