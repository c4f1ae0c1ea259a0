"""Adopting rules, each with its document; what was judged by an older one stays as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.changing import Change
from admin_suite.db.dated import RuleBook, RuleVersion, begin_with, decision, shipped_rules
from admin_suite.db.work import Work, use_case
from modules.vaccination.permissions import RULES
from modules.vaccination.queries import changing
from modules.vaccination.queries.regimen import BOOKS
from modules.vaccination.service.forecasts import forecast, forecast_on


def begin(work: Work) -> None:
    """Adopt the rules that a database starts with; those that are there stay.

    A newer program may bring more of them to an older database, and one that was adopted ahead may
    have begun since: then everybody is forecast anew.
    """
    if begin_with(work, BOOKS, shipped_rules("vaccination")) or _begun_since(work):
        forecast(work)


def _begun_since(work: Work) -> bool:
    """Whether a rule has begun after the day on which everybody was forecast."""
    last, today = forecast_on(work), work.today()
    if last is None or last > today:  # nobody knows, or the clock was wrong then
        return True
    query = select(RuleVersion.id).where(
        RuleVersion.code.in_([book.code for book in BOOKS]),
        RuleVersion.valid_from > last,
        RuleVersion.valid_from <= today,
    )
    return work.session.scalar(query.limit(1)) is not None


@use_case(RULES)
def adopt(
    work: Work,
    code: str,
    valid_from: date,
    source: str,
    content: Mapping[str, Any],
    scope: str = "",
) -> int:
    """Adopt a version of a rule from a day on, and forecast everybody anew; returns its number."""
    book = next((one for one in BOOKS if one.code == code), None)
    if book is None:
        raise UserError(_("There is no rule “{code}”.").format(code=code))
    number = book.add(work, valid_from, decision(source), _value(book, content), scope)
    forecast(work)
    return number


def adopt_change(work: Work, change: Change, source: str) -> int:
    """Adopt a version of which only the values that differ are said; returns its number."""
    code, said = changing.book_named(change.code).code, changing.content(work, change)
    return adopt(work, code, change.valid_from, source, said, change.scope)


def _value(book: RuleBook[Any], content: Mapping[str, Any]) -> Any:
    wanted = set(book.kind.__struct_fields__)
    if set(content) != wanted:
        said = _("“{rule}” needs exactly these values: {names}.")
        raise UserError(said.format(rule=_(book.title), names=", ".join(sorted(wanted))))
    return book.kind(**content)
