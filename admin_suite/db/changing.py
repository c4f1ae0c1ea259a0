"""A rule that somebody wants otherwise: its versions as rows, its values as they are typed.

A value that has several parts stands on a line of its own for each, with ``PART`` between them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct, field
from msgspec.structs import asdict
from sqlalchemy import select

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.dated import RuleBook, RuleVersion, in_force
from admin_suite.db.work import Work

PART = "|"
MOST = 36_500  # a hundred years of days: no number of a rule is greater, and none ends time
Titles = Mapping[str, str]
Books = Sequence[RuleBook[Any]]
Listed = type[Code] | tuple[type[Code], ...]  # one list for all parts of a value, or one for each
Codes = Mapping[str, Listed]
NONE: Codes = {}


class RuleRow(Struct, frozen=True):
    """One version of one rule, as a page of rules shows it."""

    id: int
    code: str
    title: str
    scope: str
    valid_from: date
    source: str
    content: str


class Change(Struct, frozen=True):
    """A version that somebody wants: ``said`` are the values that differ, as they were typed."""

    code: str
    valid_from: date
    scope: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


class Effect(Struct, frozen=True):
    """One number of a preview: its code for programs, its words, how many."""

    code: str
    title: str
    count: int


def rule_rows(work: Work, books: Books) -> list[RuleRow]:
    """Every version of every rule, by rule, what it is of, and day."""
    titles = {book.code: book.title for book in books}
    query = select(RuleVersion).where(RuleVersion.code.in_(titles), RuleVersion.adopted)
    return [
        RuleRow(
            row.id,
            row.code,
            titles[row.code],
            row.scope,
            row.valid_from,
            row.source,
            row.content,
        )
        for row in sorted(work.session.scalars(query), key=_place)
    ]


def _place(row: RuleVersion) -> tuple[str, int, str, date]:
    """By rule, then by number where it is of a group: 2 comes before 10."""
    number = int(row.scope) if row.scope.isdecimal() else 0
    return row.code, number, row.scope, row.valid_from


def named(books: Books, code: str) -> RuleBook[Any]:
    """The rule of that name, with or without the name of the module before it."""
    found = next((one for one in books if code in (one.code, one.code.partition(".")[2])), None)
    if found is None:
        names = ", ".join(one.code.partition(".")[2] for one in books)
        said = _("There is no rule “{code}”; there are: {names}.")
        raise UserError(said.format(code=code, names=names))
    return found


def typed(row: RuleRow, codes: Codes = NONE) -> dict[str, str]:
    """The values of a version as a person types them; those of ``codes`` in words."""
    found = json.loads(row.content)
    return {name: _typed(value, codes.get(name)) for name, value in found.items()}


def in_words(row: RuleRow, titles: Titles, codes: Codes = NONE) -> str:
    """The values of a version in one line, each with its title."""
    said = typed(row, codes)
    return "; ".join(f"{_(titles[name])}: {said[name]}".replace("\n", ", ") for name in said)


def wanted(work: Work, books: Books, change: Change, titles: Titles, codes: Codes = NONE) -> Any:
    """The version that is wanted, as a value; what was not said stays as it is on that day."""
    book = named(books, change.code)
    return book.kind(**content(work, book, change, titles, codes))


def content(
    work: Work, book: RuleBook[Any], change: Change, titles: Titles, codes: Codes = NONE
) -> dict[str, Any]:
    """All values of the version that is wanted; what was not said stays as it is on that day."""
    kinds = get_type_hints(book.kind)
    kinds = {name: kinds[name] for name in book.kind.__struct_fields__}
    unknown = sorted(set(change.said) - set(kinds))
    if unknown:
        said = _("“{rule}” has no value {unknown}; it has: {names}.")
        names = ", ".join(kinds)
        raise UserError(said.format(rule=_(book.title), unknown=unknown[0], names=names))
    now = in_force(book.versions(work, change.scope), change.valid_from)
    found: dict[str, Any] = {}
    if now is not None:
        found = asdict(now.value)
    for name, words in change.said.items():
        found[name] = _read(titles[name], kinds[name], words, codes.get(name))
    missing = [_(titles[name]) for name in kinds if name not in found]
    if missing:
        said = _("Nothing is known of {scope} yet, so say this too: {names}.")
        raise UserError(said.format(scope=change.scope or _(book.title), names="; ".join(missing)))
    return found


def told(found: Sequence[Effect]) -> list[tuple[str, str]]:
    """The numbers of a preview as pairs of words."""
    return [(one.title, figure(one.count)) for one in found]


def _typed(value: Any, code: Listed | None = None) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            return "\n".join(
                f" {PART} ".join(_typed(part, _nth(code, n)) for n, part in enumerate(one))
                for one in value
            )
        return (", " if code is None else "; ").join(_typed(one, code) for one in value)
    known = _nth(code, 0)
    if known is not None and isinstance(value, str):
        return next((one.word for one in known if one.value == value), value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _nth(code: Listed | None, n: int) -> type[Code] | None:
    """The list of which the part at that place is, if it is of one."""
    return code[n] if isinstance(code, tuple) else code


def _read(title: str, kind: Any, words: str, code: Listed | None) -> Any:
    """Typed words as the value of that kind; what cannot be one is refused with its title."""
    if get_origin(kind) is not tuple:
        return _single(title, kind, words.strip(), _nth(code, 0))
    inner = get_args(kind)
    lines = [one.strip() for one in words.replace(";", "\n").splitlines() if one.strip()]
    if get_origin(inner[0]) is tuple:
        return tuple(_parts(title, get_args(inner[0]), one, code) for one in lines)
    if code is None:
        lines = [one.strip() for one in words.split(",") if one.strip()]
    return tuple(_single(title, inner[0], one, _nth(code, 0)) for one in lines)


def _parts(title: str, kinds: tuple[Any, ...], line: str, code: Listed | None) -> tuple[Any, ...]:
    parts = [part.strip() for part in line.split(PART)]
    if len(parts) != len(kinds):
        said = _("“{words}” does not have the parts “{title}”.")
        raise UserError(said.format(words=line.strip(), title=_(title)))
    pairs = enumerate(zip(kinds, parts, strict=True))
    return tuple(_single(title, kind, part, _nth(code, n)) for n, (kind, part) in pairs)


def _single(title: str, kind: Any, words: str, code: type[Code] | None) -> Any:
    if kind is str:
        return words if code is None else code.read(words).value
    try:
        value = kind(words.replace(",", "."))
    except ValueError:
        value = -1
    if value < 0:
        said = _("“{title}” is a number, nought or more; “{words}” is none.")
        raise UserError(said.format(title=_(title), words=words))
    if value > MOST:
        said = _("“{title}” is at most {most}.")
        raise UserError(said.format(title=_(title), most=figure(MOST)))
    return value
