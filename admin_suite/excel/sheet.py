"""A sheet: the one description used to import, to export, and to make the template.

Cells become values a column at a time, not a row at a time: that is what makes 100,000 rows cheap.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct, field

from admin_suite.core.codes import Code
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Permission
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.excel.counting import PEOPLE, Counted
from admin_suite.excel.grid import MOST_ROWS, plain

T = TypeVar("T", bound=tuple[Any, ...])
V = TypeVar("V")
MOST_REFUSED, MOST_WARNED = 20_000, 5_000  # cells of a list; of one field and for one reason
PORTION = 20_000  # items that a verb is given at once


class About(Struct, frozen=True):
    """What a list says around its rows: who made it, for which day, and where.

    ``year`` is the year of days written without one, ``usual`` the day of most rows; ``place`` what
    title and worksheet name say of a place; ``headings`` the headings as written, by field;
    ``world`` the answer of the sheet's ``context``. ``undated`` says that ``usual`` is only the day
    on which the list is read, or the end of the year that it names. ``head`` is all that stands
    above the headings, the letterhead too.
    """

    title: str = ""
    sender: str = ""
    day: date | None = None
    year: int = 0
    usual: date | None = None
    place: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    world: Any = None
    undated: bool = False
    head: str = ""


class Wrong(UserError):
    """A cell that cannot be kept; its row is refused with this code and sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Noted(NamedTuple):
    """A value that is kept although something must be said of it.

    ``offer`` is what was probably meant, to be written into the cell once a person confirms it.
    """

    value: Any
    code: str
    message: str
    offer: str = ""


class Remark(NamedTuple):
    """What was found wrong or doubtful with one cell of one row of a table."""

    at: int
    field: str
    code: str
    message: str
    offer: str = ""


class Whole(Struct, Generic[V], frozen=True):
    """A reader that keeps a text as it is and looks for nothing in it, so it may be long."""

    read: Callable[[object, About], V]

    def __call__(self, cell: object, about: About) -> V:
        """What is kept."""
        return self.read(cell, about)


@Whole
def text(cell: object, _about: About) -> str:
    """A cell as text: trimmed, a whole number without its ``.0``."""
    return plain(cell)


def chosen(kind: type[Code]) -> Callable[[object, About], Code]:
    """A reader of one of these codes, or of its word in any language."""
    return lambda cell, _about: kind.read(cell)


Usual = Callable[[Iterable[str]], Mapping[str, Any]]


def as_written(pattern: re.Pattern[str]) -> Usual:
    """A reader of many texts at once that keeps those of one shape letter by letter."""
    return lambda texts: {text: text for text in filter(pattern.fullmatch, texts)}


class Column(Struct, frozen=True):
    """One column: the field it fills, its heading, other headings seen in the wild, its reader.

    ``dates`` says that true dates may stand here with day and month exchanged; ``choices`` are
    offered by the template, ``note`` stands beside its heading, ``serves`` is the required field
    that this column may stand for, ``beside`` are the fields of which one must be there too.
    ``usual`` reads at once those of many texts that are written as most are, exactly as ``read``
    would one by one, and leaves out the others. ``codes`` are the codes, known of the sheet's
    world, that are never "as above" here however they are written; ``ordinal`` says that the mere
    numbers of the rows serve where no heading is this column's own. ``repeats`` is the field whose
    heading, written once more further to the right, means this one. ``otherwise`` are headings that
    mean something else wherever another column is surely this field.
    """

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    read: Callable[[Any, About], Any] = text
    required: bool = False
    dates: bool = False
    choices: type[Code] | None = None
    note: str = ""
    offered: bool = True  # in the template
    serves: str = ""
    beside: tuple[str, ...] = ()
    usual: Usual | None = None
    codes: Callable[[Any], Collection[str]] | None = None
    ordinal: bool = False
    repeats: str = ""
    otherwise: tuple[str, ...] = ()


class Table(Struct):
    """Many rows of a list, column by column, while they become items.

    ``numbers`` are the rows as Excel counts; ``sections`` says for each row what the line above
    its group says (``I. BẢN LÚC - XÃ …``).
    """

    about: About
    size: int
    values: dict[str, list[Any]]
    sections: Sequence[str] = ()
    numbers: Sequence[int] = ()
    refused: list[Remark] = field(default_factory=list)
    warned: list[Remark] = field(default_factory=list)
    overall: list[tuple[str, str]] = field(default_factory=list)
    known: set[tuple[int, str]] = field(default_factory=set)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def column(self, name: str, default: Any = None) -> list[Any]:
        """The values of a field; ``default`` where nothing is written or no column is there."""
        found = self.values.get(name)
        if found is None:
            return [default] * self.size
        if default is None:
            return found
        return [default if value is None else value for value in found]

    def above(self, read: Callable[[str], V]) -> list[V | None]:
        """What the lines above each row say, the nearest first; ``read`` is asked of each once."""
        lines = {line for section in set(self.sections) for line in section.split("\n") if line}
        said = {line: read(line) for line in lines}
        told = {section: _nearest(section, said) for section in set(self.sections)}
        return [told[section] for section in self.sections] or [None] * self.size

    def has(self, name: str) -> bool:
        """Whether the list has a column of this field."""
        return name in self.values

    def refuse(self, at: int, name: str, code: str, message: str) -> None:
        """Refuse a row because of a field; the first reason of a field is the one that counts."""
        if (at, name) not in self.known:
            self.known.add((at, name))
            self.refused.append(Remark(at, name, code, message))
            if len(self.refused) > MOST_REFUSED:
                raise self._hopeless()

    def warn(self, at: int, name: str, code: str, message: str, offer: str = "") -> None:
        """Keep a row and say something of a field; what is said too often is counted instead."""
        self.told[name, code] += 1
        if self.told[name, code] <= MOST_WARNED:
            self.warned.append(Remark(at, name, code, message, offer))

    def untold(self) -> Iterator[tuple[Remark, int]]:
        """What is not said row by row, there being too much of it: the first, and how many more."""
        for (name, code), n in self.told.items():
            if n > MOST_WARNED:
                first = next(r for r in self.warned if (r.field, r.code) == (name, code))
                yield first, n - MOST_WARNED

    def _hopeless(self) -> UserError:
        first = min(self.refused)
        said = _(
            "More than {n} cells of this list cannot be read, so it was not read to the end. "
            "For example row {row}, {column}: {why}"
        )
        row = self.numbers[first.at] if self.numbers else first.at + 1
        column = self.about.headings.get(first.field, first.field)
        return UserError(said.format(n=MOST_REFUSED, row=row, column=column, why=first.message))

    def say(self, code: str, message: str) -> None:
        """Say something of the whole list."""
        self.overall.append((code, message))


def _nearest(section: str, said: Mapping[str, V | None]) -> V | None:
    """What the nearest of the lines above a row says that says anything."""
    told = (said[line] for line in reversed(section.split("\n")) if line)
    return next((value for value in told if value), None)


class Review(Struct, Generic[T]):
    """All items of a file at once, to find what only shows between rows."""

    items: list[T]
    warned: list[Remark] = field(default_factory=list)
    overall: list[tuple[str, str]] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)

    def warn(self, at: int, name: str, code: str, message: str) -> None:
        """Say something of an item."""
        self.warned.append(Remark(at, name, code, message))

    def say(self, code: str, message: str) -> None:
        """Say something of the whole list."""
        self.overall.append((code, message))

    def merge(self, at: int, into: int, item: T) -> None:
        """The item at one place says again what another says; ``item`` is both together."""
        self.merged[at] = into
        self.items[into] = item


class Problem(Struct, frozen=True, order=True):
    """What is wrong with one cell, in the user's words; ``row`` as Excel counts, 0 the list.

    ``offer`` is what could stand in the cell instead, once a person has confirmed it.
    """

    row: int
    column: str
    message: str
    code: str = ""
    worksheet: str = ""
    field: str = ""
    offer: str = ""


class Stored(Struct, frozen=True):
    """What a verb in the plural did: the ids of the items in order, and how many were new.

    ``added`` are the ids of the new ones, ``filled`` the fields by id that the list supplied where
    nothing stood; only a list that can be taken back needs them.
    """

    ids: Sequence[int]
    new: int
    added: frozenset[int] = frozenset()
    filled: Mapping[int, Collection[str]] = {}


class Supplied(NamedTuple):
    """What a row of a list supplied where nothing stood: of which record, which of its cells."""

    id: int
    names: Collection[str]
    cells: Mapping[str, str]


class Change(Struct, frozen=True):
    """Cells of one record that a later list writes otherwise: by field, old and new as text."""

    id: int
    fields: Mapping[str, tuple[str, str]]


class Field(Struct, frozen=True):
    """One field of an export: its name in JSON, its heading, and how it becomes text.

    ``nothing`` is what JSON carries where nothing is known.
    """

    name: str
    heading: str
    width: int = 14
    show: Callable[[Any], str] | None = None
    nothing: str | None = ""


Store = Callable[[Work, Sequence[T], Origin], Stored]
Check = Callable[[Work, Sequence[T]], Sequence[Refusal]]


class Afterwards(Struct, frozen=True, kw_only=True):
    """What may happen to stored rows: a corrected list comes, or the import is taken back.

    ``keys`` says of the cells of a row, the surest first, what tells that it means the same as a
    row of before (``None``: that key says nothing of this row). ``check`` and ``change`` are the
    question and the verb for changed cells, ``advise`` another question, of what is to be known of
    changes before they are made. ``withdraw`` voids records and answers with a sentence
    for each that stays; ``permission`` is asked of whoever takes back. ``by_uid`` finds the records
    of codes that an export carries: the id of each, and its cells as a list would write them.
    ``links`` are the fields that name other records, which the same list may bring as new ones.
    ``empty`` takes away what a list had supplied where nothing stood, as far as it still stands
    there, and answers of how many records.
    ``day`` is the field that says when each row happened: by it a list of several days is known
    again though it is dated by another of them now.
    """

    permission: Permission
    keys: Callable[[Mapping[str, str]], Sequence[Hashable | None]]
    check: Callable[[Work, Sequence[Change]], Sequence[Refusal]]
    change: Callable[[Work, Sequence[Change]], None]
    withdraw: Callable[[Work, Sequence[int]], Mapping[int, str]]
    by_uid: Callable[[Work, Sequence[str]], Mapping[str, tuple[int, Mapping[str, str]]]] | None = (
        None
    )
    links: Collection[str] = ()
    empty: Callable[[Work, Sequence[Supplied]], int] = lambda _work, _supplied: 0
    day: str = ""
    advise: Callable[[Work, Sequence[Change]], Sequence[Refusal]] = lambda _work, _changes: ()


def nothing(_work: Work) -> None:
    """The context of a sheet that needs none."""


class Sheet(Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """A list of columns that become items of ``kind``, a ``NamedTuple`` named ``New...``.

    ``name`` is ``module.noun``; ``items`` turns the columns of a table into items (by default the
    columns in their order), ``review`` looks at all of them together; ``store`` is the verb in the
    plural, ``check`` the question it asks before it writes (also asked by the preview), ``advise``
    another, of what is to be known of items that can be stored; ``rows`` the question an export
    answers with, of rows that have ``fields``, for whoever holds ``permission``, ``first`` its
    first few rows for a preview. ``ignored`` are headings that look
    like one of ours and are not. Without ``afterwards`` a list is neither corrected by a later one
    nor taken back. ``most_rows`` are read of one file, ``portion`` items are stored in one go,
    ``counted`` is what its totals count; ``of_places`` says that its rows may be named as lines
    above groups are: ``Trường …``.
    """

    name: str
    title: str
    columns: tuple[Column, ...] = ()
    kind: type[T] | None = None
    items: Callable[[Table], list[T | None]] | None = None
    review: Callable[[Review[T]], None] | None = None
    context: Callable[[Work], Any] = nothing
    store: Store[T] | None = None
    check: Check[T] = lambda _work, _items: ()
    advise: Check[T] = lambda _work, _items: ()
    rows: Callable[[Work, Mapping[str, str]], Sequence[Any]] | None = None
    first: Callable[[Work, int], Sequence[Any]] | None = None
    permission: Permission | None = None
    afterwards: Afterwards | None = None
    fields: tuple[Field, ...] = ()
    ignored: tuple[str, ...] = ()
    example: Mapping[str, object] = field(default_factory=dict)
    most_rows: int = MOST_ROWS
    portion: int = PORTION
    counted: Counted = PEOPLE
    of_places: bool = False

    def heading_of(self, name: str) -> str:
        """The heading, as the user reads it, of a field."""
        return next((_(c.heading) for c in self.columns if c.field == name), name)

    def made(self, table: Table) -> list[T | None]:
        """The items of a table, ``None`` where a row is refused."""
        items = self.items(table) if self.items is not None else self._in_order(table)
        for remark in table.refused:
            items[remark.at] = None
        return items

    def _in_order(self, table: Table) -> list[T | None]:
        columns: list[Iterable[Any]] = []
        refused = {remark.at for remark in table.refused}
        for column in self.columns:
            values = table.column(column.field)
            columns.append(values)
            if column.required:
                for at, value in enumerate(values):
                    if value is None and at not in refused:
                        table.refuse(at, column.field, "NO_VALUE", _("A value is required."))
        if self.kind is None:
            raise UserError(_("“{name}” cannot be imported.").format(name=_(self.title)))
        return list(map(self.kind, *columns))
