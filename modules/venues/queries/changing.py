"""A rule of venues that somebody wants otherwise: what its values are called, what it would do."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_, _
from admin_suite.db import changing
from admin_suite.db.changing import Change, Effect, RuleRow
from admin_suite.db.work import Work
from modules.venues.codes import Kind, Source
from modules.venues.models import Hold
from modules.venues.models.visits import BY_RESULT
from modules.venues.queries.inspection import doubted
from modules.venues.queries.keeping import expiring_by
from modules.venues.queries.limits import BOOKS, KEEPING, LIMITS, keeping, limits, tracing
from modules.venues.rules.limits import Tracing

TITLES: Mapping[str, str] = {
    "usual": N_("Kind of place | minutes that people usually stay"),
    "longest": N_("Longest stay that is believed, minutes"),
    "at_work": N_("The same at places of work, minutes"),
    "workplaces": N_("Kinds of place where people work"),
    "travel": N_("Minutes from one venue to another"),
    "ahead": N_("Minutes that a clock may be ahead"),
    "burst": N_("People through one entrance that are too many"),
    "burst_minutes": N_("Within so many minutes"),
    "quiet": N_("Days without a scan before a poster is looked at"),
    "typed_least": N_("Check-ins from which on typed ones are counted"),
    "typed_share": N_("Per cent of typed ones that are too many"),
    "days": N_("Known from | days"),
    "before": N_("Days before a positive swab"),
    "after": N_("Days after a positive swab"),
}


CODES: Mapping[str, type[Code]] = {"usual": Kind, "workplaces": Kind, "days": Source}


def rule_rows(work: Work) -> list[RuleRow]:
    """Every version of every rule, by rule and day."""
    return changing.rule_rows(work, BOOKS)


def wanted(work: Work, change: Change) -> Any:
    """The version that is wanted, as a value; what was not said stays as it is on that day."""
    return changing.wanted(work, BOOKS, change, TITLES, CODES)


def effects(work: Work, change: Change) -> list[Effect]:
    """What the version that is wanted would change today; writes nothing."""
    code, value = changing.named(BOOKS, change.code).code, wanted(work, change)
    if code == LIMITS.code:
        before, after = len(doubted(work, limits(work))), len(doubted(work, value))
        return [
            Effect("doubts_before", _("Reasons to look at a venue by the rule as it is"), before),
            Effect("doubts_after", _("Reasons to look at a venue by the changed rule"), after),
        ]
    if code == KEEPING.code:
        before, after = (
            sum(one.due for one in expiring_by(work, rule)) for rule in (keeping(work).value, value)
        )
        return [
            Effect("due_before", _("Check-ins to be deleted by the rule as it is"), before),
            Effect("due_after", _("Check-ins to be deleted by the changed rule"), after),
        ]
    return _held(work, value)


def _held(work: Work, value: Tracing) -> list[Effect]:
    rule = tracing(work)
    mine = (Hold.lifted_at.is_(None), Hold.reason.startswith(BY_RESULT))
    there = work.session.scalar(select(func.count(Hold.id)).where(*mine)) or 0
    before, after = rule.before + rule.after + 1, value.before + value.after + 1
    return [
        Effect("days_before", _("Days held around a swab by the rule as it is"), before),
        Effect("days_after", _("Days held around a swab by the changed rule"), after),
        Effect("holds", _("Holds by results that stay as they are"), there),
    ]
