"""The dated rules of a module on the command line: read, tried, adopted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.permissions import Permission
from admin_suite.db import changing
from admin_suite.db.changing import NONE, Books, Change, Codes, Effect, Titles
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option


class RuleLine(Struct, frozen=True):
    """One version of one rule: of what, since when, its values, by which decision."""

    id: int
    code: str
    title: str
    what: str
    since: date
    words: str
    reason: str


class Rules(NamedTuple):
    """The rules of a module, who may see and change them, and the module's preview and verb."""

    books: Books
    titles: Titles
    see: Permission
    change: Permission
    effects: Callable[[Work, Change], list[Effect]]
    adopt: Callable[[Work, Change, str], int]
    codes: Codes = NONE

    def lines(self, work: Work, values: Mapping[str, Any]) -> list[RuleLine]:
        """Every version of the rules, or of one rule."""
        work.require(self.see)
        wanted = changing.named(self.books, values["rule"]).code if values["rule"] else ""
        return [
            RuleLine(
                row.id,
                row.code,
                _(row.title),
                row.scope,
                row.valid_from,
                changing.in_words(row, self.titles, self.codes),
                row.source,
            )
            for row in changing.rule_rows(work, self.books)
            if wanted in ("", row.code)
        ]

    def preview(self, work: Work, values: Mapping[str, Any]) -> list[Effect]:
        """What a changed rule would change today."""
        work.require(self.change)
        return self.effects(work, _change(work, values))

    def adopted(self, work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
        """Adopt a changed rule, and tell what it changes."""
        work.require(self.change)
        change = _change(work, values)
        seen = self.effects(work, change)
        key = self.adopt(work, change, values["source"])
        return {"id": key, "from": change.valid_from, "changed": seen}


def _change(work: Work, values: Mapping[str, Any]) -> Change:
    said = {}
    for one in values["value"] or ():
        name, equals, words = one.partition("=")
        if not equals:
            message = _("“{words}” is no value; write it as name=value, such as days=28.")
            raise UserError(message.format(words=one))
        said[name.strip()] = words
    return Change(values["rule"], values["day"] or work.today(), values.get("of") or "", said)


class Words(NamedTuple):
    """What the commands of a module say of themselves; ``of`` only where rules are of something."""

    rules: str
    preview: str
    adopt: str
    rule: str
    of: str = ""


def commands(rules: Rules, words: Words) -> Sequence[Command]:
    """``rules``, ``preview`` and ``adopt`` of a module."""
    which = (
        Option("rule", words.rule, required=True),
        *((Option("of", words.of),) if words.of else ()),
        Option("day", N_("The day, such as 2021-08-13; today if not said"), date.fromisoformat),
        Option("value", N_("A value that changes, such as days=28"), many=True, required=True),
    )
    source = Option("source", N_("The decision it comes from"), required=True)
    return (
        Command("rules", words.rules, rules.lines, (Option("rule", words.rule),)),
        Command("preview", words.preview, rules.preview, which),
        Command("adopt", words.adopt, rules.adopted, (*which, source), Needs.WRITING),
    )
