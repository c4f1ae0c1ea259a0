"""The audit trail told to people: who did what, in words of the language spoken now."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Boolean, ColumnElement, Executable, or_, select

from admin_suite.core.clock import midnight_of, moment_shown
from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db import paging
from admin_suite.db.audit import Entry
from admin_suite.db.base import Base
from admin_suite.db.paging import Ordered, Place, Places
from admin_suite.db.settings import Answer, OneOf
from admin_suite.db.types import Coded, UTCDateTime
from admin_suite.db.work import Work, verbs
from admin_suite.module import Module, Subject
from admin_suite.registry.models import User
from admin_suite.registry.names import fold
from admin_suite.registry.permissions import AUDIT
from admin_suite.registry.queries import names_of
from admin_suite.registry.roles import titles
from admin_suite.registry.words import (
    CHANGE,
    CONFIRM,
    EXPORT,
    PROVE,
    SENT,
    SIGN_IN,
    UNLOCK,
    VIEW,
)

MOST_NAMES = 20
LOOKS = (VIEW, EXPORT, SENT)
ENTRANCES = (SIGN_IN, PROVE, CONFIRM, UNLOCK, CHANGE)
KINDS = ("", "changes", "looks", "entrances")
BY = "_by"  # how columns end that hold the number of a user
REFUSED = '%"right": false%'
WRONG = {
    SIGN_IN: {
        "off": N_("Sign-in refused: the user is switched off"),
        "rests": N_("Wrong password, too often: the name rests"),
        "right": N_("Wrong password"),
    },
    PROVE: {"right": N_("Wrong PIN")},
    CONFIRM: {"right": N_("Wrong PIN")},
}


class Sought(Struct, frozen=True):
    """What is looked for: a day or the beginning of one (ISO), and words of the other columns.

    ``kind`` is one of ``KINDS``.
    """

    day: str = ""
    who: str = ""
    did: str = ""
    what: str = ""
    kind: str = ""


class Line(Struct, frozen=True):
    """One entry: when, who, what was done, to what; ``wrong`` marks what was refused."""

    number: int
    at: datetime
    who: str
    did: str
    what: str
    rows: int
    wrong: bool

    @property
    def id(self) -> int:
        """What tells a line of a list."""
        return self.number


class Story(Struct, frozen=True):
    """An opened entry: the rows by name, and every field's old and new words.

    ``untold`` are fields that changed and whose words the trail does not keep.
    """

    line: Line
    names: Sequence[str]
    changes: Sequence[tuple[str, str, str]]
    untold: Sequence[str]


class Glossary(Struct, frozen=True):
    """Every word the modules have for what stands in the trail."""

    deeds: Mapping[str, str]
    subjects: Mapping[str, Subject]
    roles: Mapping[str, str]
    codes: Mapping[str, str]

    def did(self, verb: str, detail: Mapping[str, Any]) -> str:
        """What was done, in the past tense; what was refused is said so."""
        said = next(
            (text for mark, text in WRONG.get(verb, {}).items() if _refused(detail, mark)), ""
        )
        return _(said) or self.deeds.get(verb, "") or _("Changed")

    def title(self, table: str) -> str:
        """What the rows of a table are called."""
        subject = self.subjects.get(table)
        return _(subject.title) if subject else _("Other records")


def glossary(work: Work, modules: Sequence[Module]) -> Glossary:
    """The words of the modules; a verb without any is called as the right that it takes."""
    deeds = {verb: _(right.title) for verb, right in verbs().items()}
    codes: dict[str, str] = {}
    for module in modules:
        deeds |= {verb: _(words) for verb, words in module.deeds.items()}
        codes |= {right.code: _(right.title) for right in module.permissions}
        for setting in module.settings:
            codes[setting.key] = _(setting.title)
            if isinstance(setting.kind, OneOf):
                codes |= {str(code): code.word for code in setting.kind.codes}
    subjects = {subject.table: subject for module in modules for subject in module.subjects}
    return Glossary(deeds, subjects, titles(work), codes)


def entry_page(
    work: Work, modules: Sequence[Module], sought: Sought, start: Place | None = None
) -> list[Line]:
    """The page of them that begins at a place; without one, the newest."""
    work.require(AUDIT)
    return entry_lines(work, modules, paging.page(work, _ordered(work, modules, sought), start))


def entry_places(work: Work, modules: Sequence[Module], sought: Sought) -> Places:
    """How many there are, and where their pages begin."""
    work.require(AUDIT)
    return paging.places(work, _ordered(work, modules, sought))


def _ordered(work: Work, modules: Sequence[Module], sought: Sought) -> Ordered:
    query = select(Entry.number).where(*_clauses(work, modules, sought))
    return Ordered(query, (Entry.number,), down=True)


def entry_lines(work: Work, modules: Sequence[Module], numbers: Sequence[int]) -> list[Line]:
    """These entries in words, in the order asked for."""
    work.require(AUDIT)
    known = glossary(work, modules)
    rows = {row.number: row for row in work.session.execute(_entries(numbers))}
    made = {number: _line(known, row) for number, row in rows.items()}
    single = {n: row for n, row in rows.items() if _one(row) and row.verb != SIGN_IN}
    for table, subject in known.subjects.items():
        alone = {n: row.first_id for n, row in single.items() if row.subject == table}
        if alone and not subject.personal:  # a look at people is only the opening of an entry
            names = _names(work, subject, list(alone.values()))
            for number, key in alone.items():
                name = known.codes.get(names.get(key, ""), names.get(key, ""))
                if name:
                    words = f"{made[number].what}: {name}"
                    made[number] = replace(made[number], what=words)
    return [made[number] for number in numbers if number in made]


def entry_story(work: Work, modules: Sequence[Module], number: int) -> Story | None:
    """All that the trail tells of one entry; None of a number that it does not have."""
    work.require(AUDIT)
    known = glossary(work, modules)
    row = work.session.execute(_entries([number])).one_or_none()
    if row is None:
        return None
    subject = known.subjects.get(row.subject)
    names = _names(work, subject, _ids(row)[:MOST_NAMES]).values() if subject else ()
    told = [known.codes.get(name, name) for name in names]
    detail = json.loads(row.detail)
    changes, untold = _changes(work, known, subject, detail) if subject else ([], [])
    return Story(_line(known, row), told, changes, untold)


def entry_changes(work: Work, modules: Sequence[Module], numbers: Sequence[int]) -> dict[int, str]:
    """What changed by each of these entries, in words on one line, as far as it has words."""
    work.require(AUDIT)
    known = glossary(work, modules)
    told: dict[int, str] = {}
    for row in work.session.execute(_entries(numbers)):
        subject = known.subjects.get(row.subject)
        if subject is None or row.verb in (*LOOKS, *ENTRANCES):
            continue
        changes, untold = _changes(work, known, subject, json.loads(row.detail))
        said = [f"{name}: {old} → {now}" if old else f"{name}: {now}" for name, old, now in changes]
        told[row.number] = "; ".join((*said, *untold))
    return told


def tables(work: Work, modules: Sequence[Module], words: str) -> list[str]:
    """The tables that these words mean: the name of one, or a part of what its rows are called."""
    work.require(AUDIT)
    titles = [(table, _(one.title)) for table, one in glossary(work, modules).subjects.items()]
    known = dict(titles)
    found = [words] if words in known else _alike(words, titles)
    if not found:
        said = _("The trail calls nothing “{words}”. It knows: {names}.")
        raise UserError(said.format(words=words, names="; ".join(known.values())))
    return found


def _entries(numbers: Sequence[int]) -> Executable:
    columns = (Entry.number, Entry.at, Entry.verb, Entry.subject, Entry.first_id, Entry.last_id)
    query = select(*columns, Entry.detail, User.full_name)
    return query.outerjoin(User, User.id == Entry.actor).where(Entry.number.in_(numbers))


def _line(known: Glossary, row: Any) -> Line:
    detail = json.loads(row.detail)
    count = len(_ids(row))
    what = known.title(row.subject) if row.verb != SIGN_IN else ""
    if count > 1:
        what = f"{what}: {figure(count)}"
    wrong = any(_refused(detail, mark) for mark in WRONG.get(row.verb, {}))
    who = row.full_name or _("The program")
    return Line(row.number, row.at, who, known.did(row.verb, detail), what, count, wrong)


def _ids(row: Any) -> Sequence[int]:
    if row.first_id is None:
        return ()
    found: Sequence[int] = json.loads(row.detail).get("ids") or range(row.first_id, row.last_id + 1)
    return found


def _one(row: Any) -> bool:
    return row.first_id is not None and row.first_id == row.last_id


def _refused(detail: Mapping[str, Any], mark: str) -> bool:
    return detail.get(mark) is (mark != "right")


def _names(work: Work, subject: Subject, ids: Sequence[int]) -> Mapping[int, str]:
    right = subject.permission
    if subject.names is None or not ids or (right and right.code not in work.actor.codes):
        return {}
    return subject.names(work, ids)


# -- what is looked for ---------------------------------------------------------------------------


def _clauses(
    work: Work, modules: Sequence[Module], sought: Sought
) -> Iterator[ColumnElement[bool]]:
    known = glossary(work, modules)
    if sought.kind == "changes":
        yield Entry.verb.not_in((*LOOKS, *ENTRANCES))
    elif sought.kind:
        yield Entry.verb.in_(LOOKS if sought.kind == "looks" else ENTRANCES)
    if sought.day:
        yield _within(sought.day)
    if sought.who:
        query = select(User.id, User.full_name, User.name)
        users = [(row[0], f"{row[1]} {row[2]}") for row in work.session.execute(query)]
        yield Entry.actor.in_(_alike(sought.who, [*users, (0, _("The program"))]))
    if sought.did:
        yield _done(known, sought.did)
    if sought.what:
        titles = [(table, _(subject.title)) for table, subject in known.subjects.items()]
        yield Entry.subject.in_(_alike(sought.what, titles))


def _done(known: Glossary, words: str) -> ColumnElement[bool]:
    clauses: list[ColumnElement[bool]] = [Entry.verb.in_(_alike(words, known.deeds.items()))]
    for verb, refusals in WRONG.items():
        if _alike(words, [(verb, _(said)) for said in refusals.values()]):
            clauses.append((Entry.verb == verb) & Entry.detail.like(REFUSED))
    return or_(*clauses)


def _alike(text: str, words: Iterable[tuple[Any, str]]) -> list[Any]:
    wanted = fold(text)
    return [key for key, said in words if wanted in fold(said)]


def _within(day: str) -> ColumnElement[bool]:
    """A year, a month or a day; what is none of them finds nothing."""
    parts = day.split("-")
    try:
        first = date.fromisoformat("-".join([*parts, "01", "01"][:3]))
        last = (
            first + timedelta(days=1),
            (first + timedelta(days=31)).replace(day=1),
            (first + timedelta(days=366)).replace(month=1, day=1),
        )[3 - len(parts)]
    except (ValueError, IndexError, OverflowError):
        return Entry.number < 0
    start, end = (midnight_of(one) for one in (first, last))
    return (Entry.at >= start) & (Entry.at < end)


# -- old and new ----------------------------------------------------------------------------------


def _changes(
    work: Work, known: Glossary, subject: Subject, detail: Mapping[str, Any]
) -> tuple[list[tuple[str, str, str]], list[str]]:
    told: list[tuple[str, str, str]] = []
    untold: list[str] = []
    columns = Base.metadata.tables[subject.table].columns
    for name, title in subject.fields.items():
        if name not in detail:
            continue
        change, column = detail[name], columns[name]
        was, now = change if isinstance(change, list) and len(change) == 2 else (None, change)  # noqa: PLR2004
        if isinstance(change, list) and column.info.get("audit") != "open":
            untold.append(_(title))
        else:
            old, new = (_worded(work, known, column, one) for one in (was, now))
            told.append((_(title), old, new))
    return told, untold


def _worded(work: Work, known: Glossary, column: Any, value: Any) -> str:
    kind, text = column.type, "" if value is None else str(value)
    if text in ("", "None"):
        text = ""
    elif isinstance(kind, Coded):
        codes: type[Code] = kind.kind
        text = {code.value: code.word for code in codes}.get(text, text)
    elif isinstance(kind, Boolean):
        text = (Answer.YES if text == "True" else Answer.NO).word
    elif isinstance(kind, UTCDateTime):
        text = moment_shown(datetime.fromisoformat(text))
    elif column.name.endswith(BY):
        text = names_of(work, [int(text)]).get(int(text), text)
    else:
        words = known.roles if column.name == "role" else known.codes
        text = words.get(text, text)
    return text
