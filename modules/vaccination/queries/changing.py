"""A rule that somebody wants otherwise: what its values are called, and what it would change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import changing
from admin_suite.db.changing import Change, Effect, RuleRow
from admin_suite.db.dated import RuleBook
from admin_suite.db.work import Work
from modules.vaccination.codes import Screened
from modules.vaccination.queries.preview import Preview, preview
from modules.vaccination.queries.regimen import (
    AGES,
    BOOKS,
    GROUPS,
    INTERVALS,
    PRODUCTS,
    UNFIT,
    UPPER_AGES,
    products,
)
from modules.vaccination.rules.screening import Checklist

TITLES: Mapping[str, str] = {
    "name": N_("Name"),
    "english": N_("Name in English"),
    "words": N_("How lists write it"),
    "doses": N_("Doses of the schedule"),
    "vial": N_("Doses in a vial"),
    "millilitres": N_("Millilitres of a dose"),
    "hours": N_("Hours that an open vial is good"),
    "extra": N_("Extra doses that may be drawn"),
    "licensed": N_("Day of the licence, such as 2021-08-13"),
    "days": N_("Least days to the next dose"),
    "overdue": N_("Overdue after so many days more"),
    "years": N_("Full years of age"),
    "pairs": N_("Earlier vaccine | next vaccine | least days"),
    "most": N_("How many doses after the schedule"),
    "products": N_("Vaccines whose schedule it completes"),
    "months": N_("Months after the schedule"),
    "minutes": N_("Minutes of rest"),
    "followed": N_("Days on which a severe reaction is followed"),
    "notify": N_("Hours until the higher level is told"),
    "answer": N_("Days until a correction is answered"),
    "questions": N_("Code | Vietnamese | English | what yes means"),
    "answers": N_("Codes of the answers that rule it out"),
    "vitals": N_("Measurement | lowest | highest | what it means outside"),
}


def book_named(code: str) -> RuleBook[Any]:
    """The rule of that name, with or without the name of the module before it."""
    return changing.named(BOOKS, code)


def in_words(row: RuleRow) -> str:
    """The values of a version in one line, each with its title."""
    return changing.in_words(row, TITLES)


def content(work: Work, change: Change) -> dict[str, Any]:
    """All values of the version that is wanted; what was not said stays as it is on that day."""
    book = book_named(change.code)
    _check_scope(work, book, change.scope)
    found = changing.content(work, book, change, TITLES)
    _check(book, found)
    return found


def effects(work: Work, change: Change) -> list[Effect]:
    """What the version that is wanted would change on its first day; writes nothing."""
    code = book_named(change.code).code
    seen = preview(work, code, change.valid_from, content(work, change), change.scope)
    return _told(seen, ahead=seen.day > work.today())


def _told(seen: Preview, *, ahead: bool) -> list[Effect]:
    day = day_shown(seen.day)
    titles = {
        "due_before": _("People due today by the rules as they are"),
        "due_after": _("People due today by the changed rule"),
    }
    if ahead:
        titles = {
            "due_before": _("People due on {day} by the rules as they are").format(day=day),
            "due_after": _("People due on {day} by the changed rule").format(day=day),
        }
    titles |= {
        "newly_due": _("People who would become due"),
        "no_longer_due": _("People who would not be due any more"),
        "verdicts_changed": _("People whose doses would be judged otherwise"),
        "in_stock": _("Doses in stock, in date and not recalled"),
    }
    return [Effect(code, title, getattr(seen, code)) for code, title in titles.items()]


def _check_scope(work: Work, book: RuleBook[Any], scope: str) -> None:
    """A rule of vaccines or groups is said of one of them, every other rule of nothing."""
    rule = _(book.title)
    of_vaccines = (INTERVALS, AGES, UPPER_AGES, UNFIT)
    if book not in (GROUPS, PRODUCTS, *of_vaccines):
        if scope:
            raise UserError(
                _("“{rule}” holds for everybody; leave out {scope}.").format(rule=rule, scope=scope)
            )
    elif book is GROUPS and not scope.isdecimal():
        raise UserError(_("“{rule}” is said of the number of a group.").format(rule=rule))
    elif book in of_vaccines and scope not in products(work, date.max):
        said = _("“{rule}” is said of a vaccine; there are: {names}.")
        raise UserError(said.format(rule=rule, names=", ".join(products(work, date.max))))
    elif not scope.strip():
        raise UserError(_("“{rule}” is said of a vaccine: give its name.").format(rule=rule))


def _check(book: RuleBook[Any], found: Mapping[str, Any]) -> None:
    """Refuse values that no desk could work with."""
    for name in ("doses", "vial"):
        unsaid = name == "vial" and found.get("hours") == 0  # nothing is known of its vials
        if found.get(name) == 0 and not unsaid:
            raise UserError(_("“{title}” is at least one.").format(title=_(TITLES[name])))
    if "licensed" in found:
        _day(found["licensed"])
    if book.kind is Checklist:
        known = [one.value for one in Screened]
        for *_rest, means in (*found["questions"], *found["vitals"]):
            if means not in known:
                said = _("“{words}” is no outcome of a screening; there are: {names}.")
                raise UserError(said.format(words=means, names=", ".join(known)))


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        said = _("“{words}” is no day; write it as 2021-08-13.")
        raise UserError(said.format(words=words)) from None
