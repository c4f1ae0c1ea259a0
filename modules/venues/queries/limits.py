"""The rules of venues: what is believed of visits, and how long they are kept."""

from datetime import date
from typing import Any, TypeVar

from admin_suite.core.i18n import N_
from admin_suite.db.dated import Dated, RuleBook, in_force, shipped_rules
from admin_suite.db.work import Work
from modules.venues.rules.limits import Keeping, Limits, Tracing

V = TypeVar("V")
LIMITS = RuleBook("venues.limits", N_("What is believed of visits"), Limits)
KEEPING = RuleBook("venues.keeping", N_("How long check-ins are kept"), Keeping)
TRACING = RuleBook("venues.tracing", N_("Check-ins that a case needs"), Tracing)
BOOKS: tuple[RuleBook[Any], ...] = (LIMITS, KEEPING, TRACING)


def first_limits() -> Limits:
    """The limits that a new database begins with, for what is read without one."""
    return _first(LIMITS)


def _first(book: RuleBook[V]) -> V:
    rows = shipped_rules("venues")
    return book.read(next(row["content"] for row in rows if row["code"] == book.code))


def limits(work: Work, day: date | None = None) -> Limits:
    """The limits in force on a day, without one today."""
    return LIMITS.at(work, day or work.today()).value


def keeping(work: Work) -> Dated[Keeping]:
    """How long check-ins are kept, by the rule in force today."""
    return KEEPING.at(work, work.today())


def tracing(work: Work) -> Tracing:
    """What an open case needs, by the rule in force today; a result is never held up for one."""
    found = in_force(TRACING.versions(work), work.today())
    return _first(TRACING) if found is None else found.value
