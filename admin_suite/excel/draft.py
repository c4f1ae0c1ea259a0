"""What was read of a file, and what an import answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from admin_suite.core.clock import shown
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Problem, Sheet, T

NUMBERS = re.compile(r"\d+")
FEW = 8  # rows that are named


class Place(NamedTuple):
    """Where an item stood: the worksheet and the row as Excel counts."""

    worksheet: str
    row: int


class Part(Struct):
    """The list of one worksheet: its rows of data, the matched headings, the cells as read.

    ``cells`` are by field, with merged cells and dittos filled in, ``values`` what was read of
    them; ``texts`` are the headings of all columns, ``grid`` the rows of the sheet.
    """

    worksheet: str
    places: Mapping[str, int]
    ignored: tuple[str, ...]
    numbers: list[int]
    cells: dict[str, Sequence[Any]]
    about: About
    sections: list[str]
    texts: list[str]
    grid: list[Sequence[Any]]
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings as written, by field."""
        return self.about.headings

    def changed(self, at: int) -> frozenset[str]:
        """The fields of a row whose value is not what the cell says letter by letter."""
        return frozenset(
            name
            for name, values in self.values.items()
            if isinstance(values[at], str) and not says(plain(self.cells[name][at]), values[at])
        )


def says(written: str, value: str) -> bool:
    """Whether a cell says what is kept of it: letter by letter, or a day in its own order."""
    if written == value:
        return True
    parts = [shown(value), value] if written[:1].isdecimal() else []
    numbers = list(map(int, NUMBERS.findall(written)))
    return any(numbers == list(map(int, NUMBERS.findall(part))) for part in parts if part != value)


class Common(NamedTuple):
    """A remark that several rows share, said once with the rows it is of."""

    rows: str
    column: str
    message: str


def common(problems: Sequence[Problem]) -> list[Common]:
    """The remarks on rows, each sentence once, with the first rows it is of and how many more."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.column, problem.message), []).append(problem)
    return [Common(_rows(same), *key[1:]) for key, same in found.items()]


def _rows(problems: Sequence[Problem]) -> str:
    numbers = [str(problem.row) for problem in problems if problem.row]
    rows = ", ".join(numbers[:FEW])
    if len(numbers) <= FEW:
        return rows
    return _("{rows} and {n} more").format(rows=rows, n=len(numbers) - FEW)


class Line(Struct, frozen=True):
    """One row for the preview: its cells as text, what is wrong with which field, what is said.

    ``status`` is ``good``, ``warned``, ``merged`` or ``refused``; ``changed`` are the fields whose
    value is not what the cell says letter by letter.
    """

    worksheet: str
    row: int
    cells: Mapping[str, str]
    status: str
    problems: Mapping[str, str]
    warnings: Mapping[str, str]
    changed: frozenset[str]


class Draft(Struct, Generic[T]):
    """A file that has been read: good items with their places, and everything found."""

    sheet: Sheet[T]
    file: str = ""
    sha256: str = ""
    title: str = ""
    sender: str = ""
    day: date | None = None
    read: int = 0
    items: list[T] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    merged: dict[Place, Place] = field(default_factory=dict)
    skipped: list[Place] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    listings: Sequence[Any] = ()  # what it was made of, to be made anew of changed cells
    edited: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether rows come from more than one worksheet, so a row number does not name one."""
        return len(self.parts) > 1

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings as written, by field."""
        return self.parts[0].headings if self.parts else {}

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that were not understood or are not needed."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.ignored))

    def lines(self) -> Iterator[Line]:
        """Every row of data, in the order of the file."""
        wrong, said = _by_place(self.problems), _by_place(self.warnings)
        for part in self.parts:
            for at, row in enumerate(part.numbers):
                place = Place(part.worksheet, row)
                cells = {name: plain(column[at]) for name, column in part.cells.items()}
                bad, warned = wrong.get(place, {}), said.get(place, {})
                status = "refused" if bad else "merged" if place in self.merged else ""
                status = status or ("warned" if warned else "good")
                yield Line(*place, cells, status, bad, warned, part.changed(at))


class Receipt(Struct, frozen=True):
    """What an import did, or would do.

    ``revises`` is the file of the list that this one corrects; then ``changed``, ``new`` and
    ``missing`` say how they differ; ``groups`` and ``differs`` say the same of every row for the
    preview (``unchanged``, ``changed``, ``new``), ``gone`` what the missing rows said.
    ``elsewhere`` says that another sender has sent exactly this, ``left_out`` are the headings of
    columns that were not read.
    """

    sheet: str
    read: int
    stored: int
    unchanged: int
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    changed: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[Mapping[str, Any], ...] = ()
    import_id: int | None = None
    several: bool = False
    revises: str = ""
    new: tuple[int, ...] = ()
    groups: Mapping[Place, str] = field(default_factory=dict)
    differs: Mapping[Place, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    gone: tuple[tuple[int, Mapping[str, str]], ...] = ()
    elsewhere: str = ""
    left_out: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "sheet": self.sheet,
            "read": self.read,
            "stored": self.stored,
            "unchanged": self.unchanged,
            **({"revises": self.revises, "new": list(self.new)} if self.revises else {}),
            "changed": list(self.changed),
            "missing": list(self.missing),
            "refused": [self._said(problem) for problem in self.refused],
            "warnings": [self._said(problem) for problem in self.warnings],
            **({"left_out": list(self.left_out)} if self.left_out else {}),
            "import": self.import_id,
        }

    def _said(self, problem: Problem) -> dict[str, Any]:
        said = {
            "row": problem.row,
            "column": problem.column,
            "message": problem.message,
            "code": problem.code,
            **({"offer": problem.offer} if problem.offer else {}),
        }
        return {"worksheet": problem.worksheet, **said} if self.several else said


class Elsewhere(NamedTuple):
    """What is to be said of a list that another sender has sent; ``whole``: exactly this one."""

    said: Sequence[Problem] = ()
    whole: bool = False


class Refusing(UserError):
    """An all-or-nothing import met problems; nothing was stored."""

    def __init__(self, receipt: Receipt) -> None:
        message = _("{n} rows cannot be stored, so none was. First: row {row}, {column}: {why}")
        first = receipt.refused[0]
        rows = {(problem.worksheet, problem.row) for problem in receipt.refused}
        super().__init__(
            message.format(
                n=len(rows),
                row=first.row,
                column=" ".join(first.column.split()),
                why=first.message,
            )
        )
        self.receipt = receipt


class Asking(UserError):
    """The list cannot be read before a person has answered.

    ``option`` is ``worksheet``, ``hidden`` or ``dates``; ``field`` the column of the dates and
    ``choices`` what may be answered.
    """

    def __init__(self, option: str, message: str, choices: Sequence[str], name: str = "") -> None:
        super().__init__(message)
        self.option, self.choices, self.field = option, tuple(choices), name


class Lacking(UserError):
    """A list has no column for a field it must have.

    ``texts`` are the headings it has, ``known`` those that were understood, by field.
    """

    def __init__(
        self, message: str, sheet: Sheet[Any], texts: Sequence[str], known: Mapping[str, str]
    ) -> None:
        super().__init__(message)
        self.sheet, self.texts = sheet, tuple(text for text in texts if text)
        self.known = known


def heading_in(draft: Draft[Any], part: Part, name: str) -> str:
    """The heading of a field as the list writes it, else as the program does."""
    return part.headings.get(name) or (draft.sheet.heading_of(name) if name else "")


def refused_at(draft: Draft[Any], at: int, refusal: Refusal, code: str = "") -> Problem:
    """What a verb or a question says of the item at this place of the draft."""
    problem = problem_at(draft, at, refusal.field, refusal.message, code)
    return replace(problem, offer=refusal.offer)


def problem_at(draft: Draft[Any], at: int, name: str, message: str, code: str = "") -> Problem:
    """What is to be said of a field of the item at this place of the draft."""
    place = draft.places[at]
    part = next((p for p in draft.parts if p.worksheet == place.worksheet), None)
    heading = draft.sheet.heading_of(name) if part is None else heading_in(draft, part, name)
    return Problem(place.row, heading if name else "", message, code, place.worksheet, name)


def _by_place(problems: Sequence[Problem]) -> dict[Place, dict[str, str]]:
    found: dict[Place, dict[str, str]] = {}
    for problem in problems:
        said = found.setdefault(Place(problem.worksheet, problem.row), {})
        said[problem.field] = problem.message
    return found
