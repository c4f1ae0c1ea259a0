"""A rule that somebody wants otherwise: its values as typed, and what they would change today."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
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
    RuleRow,
    products,
)
from modules.vaccination.rules.regimen import on_day
from modules.vaccination.rules.screening import Checklist

PART = "|"  # between the parts of a value that has several; each such value on a line of its own
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
    "months": N_("Months after the schedule"),
    "minutes": N_("Minutes of rest"),
    "followed": N_("Days on which a severe reaction is followed"),
    "notify": N_("Hours until the higher level is told"),
    "answer": N_("Days until a correction is answered"),
    "questions": N_("Code | Vietnamese | English | what yes means"),
    "vitals": N_("Measurement | lowest | highest | what it means outside"),
}


@dataclass(frozen=True)
class Change:
    """A version that somebody wants: ``said`` are the values that differ, as they were typed."""

    code: str
    valid_from: date
    scope: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Effect:
    """One number of a preview: its code for programs, its words, how many."""

    code: str
    title: str
    count: int


def book_named(code: str) -> RuleBook[Any]:
    """The rule of that name, with or without the name of the module before it."""
    wanted = code if "." in code else f"vaccination.{code}"
    found = next((one for one in BOOKS if one.code == wanted), None)
    if found is None:
        names = ", ".join(one.code.partition(".")[2] for one in BOOKS)
        said = _("There is no rule “{code}”; there are: {names}.")
        raise UserError(said.format(code=code, names=names))
    return found


def typed(row: RuleRow) -> dict[str, str]:
    """The values of a version as a person types them."""
    return {name: _typed(value) for name, value in json.loads(row.content).items()}


def in_words(row: RuleRow) -> str:
    """The values of a version in one line, each with its title."""
    return "; ".join(
        f"{_(TITLES[name])}: {value}".replace("\n", ", ") for name, value in typed(row).items()
    )


def content(work: Work, change: Change) -> dict[str, Any]:
    """All values of the version that is wanted; what was not said stays as it is on that day."""
    book = book_named(change.code)
    kinds = get_type_hints(book.kind)
    unknown = sorted(set(change.said) - set(kinds))
    if unknown:
        said = _("“{rule}” has no value {unknown}; it has: {names}.")
        names = ", ".join(kinds)
        raise UserError(said.format(rule=_(book.title), unknown=unknown[0], names=names))
    _check_scope(work, book, change.scope)
    now = on_day(book.versions(work, change.scope), change.valid_from)
    found: dict[str, Any] = {}
    if now is not None:
        found = {one.name: getattr(now.value, one.name) for one in fields(book.kind)}
    for name, words in change.said.items():
        found[name] = _read(TITLES[name], kinds[name], words)
    missing = [_(TITLES[name]) for name in kinds if name not in found]
    if missing:
        said = _("Nothing is known of {scope} yet, so say this too: {names}.")
        raise UserError(said.format(scope=change.scope or _(book.title), names="; ".join(missing)))
    _check(book, found)
    return found


def effects(work: Work, change: Change) -> list[Effect]:
    """What the version that is wanted would change today; writes nothing."""
    code = book_named(change.code).code
    seen = preview(work, code, change.valid_from, content(work, change), change.scope)
    return _told(seen)


def _told(seen: Preview) -> list[Effect]:
    titles = {
        "due_before": _("People due today by the rules as they are"),
        "due_after": _("People due today by the changed rule"),
        "newly_due": _("People who would become due"),
        "no_longer_due": _("People who would not be due any more"),
        "verdicts_changed": _("People whose doses would be judged otherwise"),
        "in_stock": _("Doses in stock"),
    }
    return [Effect(code, title, getattr(seen, code)) for code, title in titles.items()]


def told(found: list[Effect]) -> list[tuple[str, str]]:
    """The numbers of a preview as pairs of words."""
    return [(one.title, figure(one.count)) for one in found]


def _typed(value: Any) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            return "\n".join(f" {PART} ".join(map(_typed, one)) for one in value)
        return ", ".join(map(_typed, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read(title: str, kind: Any, words: str) -> Any:
    """Typed words as the value of that kind; what cannot be one is refused with its title."""
    if get_origin(kind) is not tuple:
        return _single(title, kind, words.strip())
    inner = get_args(kind)
    if get_origin(inner[0]) is tuple:
        lines = words.replace(";", "\n").splitlines()
        return tuple(_parts(title, get_args(inner[0]), one) for one in lines if one.strip())
    return tuple(_single(title, inner[0], one.strip()) for one in words.split(",") if one.strip())


def _parts(title: str, kinds: tuple[Any, ...], line: str) -> tuple[Any, ...]:
    parts = [part.strip() for part in line.split(PART)]
    if len(parts) != len(kinds):
        said = _("“{words}” does not have the parts “{title}”.")
        raise UserError(said.format(words=line.strip(), title=_(title)))
    return tuple(_single(title, kind, part) for kind, part in zip(kinds, parts, strict=True))


def _single(title: str, kind: Any, words: str) -> Any:
    if kind is str:
        return words
    try:
        value = kind(words.replace(",", "."))
    except ValueError:
        value = -1
    if value < 0:
        said = _("“{title}” is a number, nought or more; “{words}” is none.")
        raise UserError(said.format(title=_(title), words=words))
    return value


def _check_scope(work: Work, book: RuleBook[Any], scope: str) -> None:
    """A rule of vaccines or groups is said of one of them, every other rule of nothing."""
    rule = _(book.title)
    if book not in (GROUPS, PRODUCTS, INTERVALS, AGES):
        if scope:
            raise UserError(
                _("“{rule}” holds for everybody; leave out {scope}.").format(rule=rule, scope=scope)
            )
    elif book is GROUPS and not scope.isdecimal():
        raise UserError(_("“{rule}” is said of the number of a group.").format(rule=rule))
    elif book in (INTERVALS, AGES) and scope not in products(work):
        said = _("“{rule}” is said of a vaccine; there are: {names}.")
        raise UserError(said.format(rule=rule, names=", ".join(products(work))))
    elif not scope.strip():
        raise UserError(_("“{rule}” is said of a vaccine: give its name.").format(rule=rule))


def _check(book: RuleBook[Any], found: Mapping[str, Any]) -> None:
    """Refuse values that no desk could work with."""
    for name in ("doses", "vial"):
        if found.get(name) == 0:
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
