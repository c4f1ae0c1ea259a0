"""The rules of venues: what is believed of visits, and how long they are kept."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

from admin_suite.core.clock import here
from admin_suite.core.i18n import N_
from admin_suite.db.dated import Dated, RuleBook
from admin_suite.db.work import Work
from modules.venues.rules.limits import Keeping, Limits

LIMITS = RuleBook("venues.limits", N_("What is believed of visits"), Limits)
KEEPING = RuleBook("venues.keeping", N_("How long check-ins are kept"), Keeping)
BOOKS: tuple[RuleBook[Any], ...] = (LIMITS, KEEPING)


def beginnings() -> Sequence[Mapping[str, Any]]:
    """The rules that a new database begins with, each with its source."""
    text = (files("resources") / "rules" / "venues.json").read_text(encoding="utf-8")
    found: Sequence[Mapping[str, Any]] = json.loads(text)
    return found


def first_limits() -> Limits:
    """The limits that a new database begins with, for what is read without one."""
    content = next(row["content"] for row in beginnings() if row["code"] == LIMITS.code)
    fields = {name: _frozen(value) for name, value in content.items()}
    return Limits(**fields)


def limits(work: Work, day: date | None = None) -> Limits:
    """The limits in force on a day, without one today."""
    return LIMITS.at(work, day or here(work.now()).date()).value


def keeping(work: Work) -> Dated[Keeping]:
    """How long check-ins are kept, by the rule in force today."""
    return KEEPING.at(work, here(work.now()).date())


def rules(work: Work) -> list[tuple[str, Dated[Any]]]:
    """Every adopted version of the rules, oldest first, each with the code of its rule."""
    return [(book.code, version) for book in BOOKS for version in book.versions(work)]


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
