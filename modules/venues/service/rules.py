"""Adopting what is believed of visits and how long they are kept, each with its document."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.dated import RuleBook
from admin_suite.db.work import Work, use_case
from modules.venues.permissions import RULES
from modules.venues.queries.limits import BOOKS, KEEPING, LIMITS, TRACING, beginnings
from modules.venues.rules.limits import Keeping, Limits, Tracing


def begin(work: Work) -> None:
    """Adopt the rules that a database starts with; those that are there stay."""
    books = {book.code: book for book in BOOKS}
    for row in beginnings():
        since, book = date.fromisoformat(row["valid_from"]), books[row["code"]]
        book.begin(work, since, row["source"], _value(book, row["content"]))


@use_case(RULES)
def adopt_limits(work: Work, value: Limits, day: date, source: str) -> int:
    """Believe this of visits from a day on; stays that were computed before stay as they are."""
    return LIMITS.add(work, day, _said(source), value)


@use_case(RULES)
def adopt_keeping(work: Work, value: Keeping, day: date, source: str) -> int:
    """Keep check-ins for so many days from a day on."""
    if any(days < 1 for _source, days in value.days):
        raise UserError(_("Check-ins are kept for at least one day."))
    return KEEPING.add(work, day, _said(source), value)


@use_case(RULES)
def adopt_tracing(work: Work, value: Tracing, day: date, source: str) -> int:
    """Hold check-ins for so many days around a positive swab, from a day on."""
    if value.before < 0 or value.after < 0:
        raise UserError(_("A number of days is not below 0."))
    return TRACING.add(work, day, _said(source), value)


def _said(source: str) -> str:
    if not source.strip():
        raise UserError(_("Say which decision the new rule comes from."))
    return source.strip()


def _value(book: RuleBook[Any], content: Mapping[str, Any]) -> Any:
    return book.kind(**{field.name: content[field.name] for field in fields(book.kind)})
