"""The rules of vaccination on the command line: read, tried, adopted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.vaccination import service
from modules.vaccination.permissions import RULES, SEE
from modules.vaccination.queries import changing
from modules.vaccination.queries.changing import Change, Effect
from modules.vaccination.queries.regimen import rule_rows


@dataclass(frozen=True)
class RuleLine:
    """One version of one rule: of what, since when, its values, by which decision."""

    id: int
    code: str
    title: str
    what: str
    since: date
    words: str
    reason: str


def rules(work: Work, values: Mapping[str, Any]) -> list[RuleLine]:
    """Every version of the rules, or of one rule."""
    work.require(SEE)
    wanted = changing.book_named(values["rule"]).code if values["rule"] else ""
    return [
        RuleLine(
            row.id,
            row.code,
            _(row.title),
            row.scope,
            row.valid_from,
            changing.in_words(row),
            row.source,
        )
        for row in rule_rows(work)
        if wanted in ("", row.code)
    ]


def preview(work: Work, values: Mapping[str, Any]) -> list[Effect]:
    """What a changed rule would change today."""
    work.require(RULES)
    return changing.effects(work, _change(work, values))


def adopt(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Adopt a changed rule, and tell what it changes."""
    work.require(RULES)
    change = _change(work, values)
    seen = changing.effects(work, change)
    key = service.adopt_change(work, change, values["source"])
    return {"id": key, "from": change.valid_from, "changed": seen}


def _change(work: Work, values: Mapping[str, Any]) -> Change:
    said = {}
    for one in values["value"] or ():
        name, equals, words = one.partition("=")
        if not equals:
            message = _("“{words}” is no value; write it as name=value, such as days=28.")
            raise UserError(message.format(words=one))
        said[name.strip()] = words
    return Change(values["rule"], values["day"] or work.today(), values["of"] or "", said)


WHICH = (
    Option("rule", N_("The name of the rule, such as interval"), required=True),
    Option("of", N_("What the rule is of: a vaccine, or the number of a group")),
    Option("day", N_("The day, such as 2021-08-13; today if not said"), date.fromisoformat),
    Option("value", N_("A value that changes, such as days=28"), many=True, required=True),
)
COMMANDS = (
    Command(
        "rules",
        N_("The rules of vaccination, each with its day and its decision"),
        rules,
        (Option("rule", N_("The name of the rule, such as interval")),),
    ),
    Command("preview", N_("Who would be due by a changed rule; nothing is stored"), preview, WHICH),
    Command(
        "adopt",
        N_("Adopt a changed rule of vaccination"),
        adopt,
        (*WHICH, Option("source", N_("The decision it comes from"), required=True)),
        Needs.WRITING,
    ),
)
