"""A sheet: the one description used to import, to export, and to make the template.

Cells become values a column at a time, not a row at a time: that is what makes 100,000 rows cheap.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Generic, TypeVar

from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work

T = TypeVar("T", bound=tuple[Any, ...])
SAMPLE = 200


def text(cell: object) -> str:
    """A cell as text: trimmed, a whole number without its ``.0``."""
    if isinstance(cell, str):
        return cell.strip()
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, its heading, other headings seen in the wild, its reader."""

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    read: Callable[[Any], Any] = text
    required: bool = False

    def read_all(self, cells: Sequence[Any]) -> tuple[list[Any], dict[int, str]]:
        """The values of many cells, and by place what is wrong with some of them.

        A column of different, good cells is one ``map``; in any other each cell is read only once
        however often it stands there.
        """
        if len(set(cells[:SAMPLE])) > SAMPLE // 2 and None not in cells and "" not in cells:
            try:
                return list(map(str.strip if self.read is text else self.read, cells)), {}
            except (UserError, ValueError, TypeError):
                pass  # find out which, below
        table: dict[Any, Any] = {}
        bad: dict[Any, str] = {}
        for cell in set(cells):
            try:
                table[cell] = self._read(cell)
            except (UserError, ValueError) as error:
                table[cell], bad[cell] = None, str(error)
        wrong = {at: bad[cell] for at, cell in enumerate(cells) if cell in bad} if bad else {}
        return list(map(table.__getitem__, cells)), wrong

    def _read(self, cell: Any) -> Any:
        if cell is not None and cell != "":
            return self.read(cell)
        if self.required:
            raise UserError(_("A value is required."))
        return None


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with one cell, in the user's words; ``row`` as Excel counts."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Stored:
    """What a verb in the plural did: the ids of the items in order, and how many were new."""

    ids: Sequence[int]
    new: int


Store = Callable[[Work, Sequence[T], Origin], Stored]
Check = Callable[[Work, Sequence[T]], Sequence[Refusal]]


@dataclass(frozen=True, kw_only=True)
class Sheet(Generic[T]):
    """A named list of columns that become items of ``kind``, a ``NamedTuple`` named ``New...``.

    ``store`` is the verb in the plural, ``check`` the question it asks before it writes (also asked
    by the preview, beside a writer), ``rows`` the question an export answers with, ``key`` what
    makes two rows of one file the same thing.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    kind: type[T]
    store: Store[T] | None = None
    check: Check[T] = lambda _work, _items: ()
    rows: Callable[[Work, Mapping[str, str]], Iterable[T]] | None = None
    key: Callable[[T], Hashable] | None = None
    example: Mapping[str, object] = field(default_factory=dict)

    def heading_of(self, name: str) -> str:
        """The heading, as the user reads it, of a field."""
        return next((_(c.heading) for c in self.columns if c.field == name), "")

    def places(self, headings: Sequence[Any]) -> list[int | None]:
        """Where each column stands under these headings, in any wording and language known."""
        spelled = {str(heading).strip().casefold(): at for at, heading in enumerate(headings)}
        return [next(_seats(column, spelled), None) for column in self.columns]

    def read_rows(
        self, places: Sequence[int | None], numbers: Sequence[int], rows: Sequence[Sequence[Any]]
    ) -> tuple[list[T | None], list[Problem]]:
        """Turn raw rows into items, ``None`` where a cell is wrong; every problem is collected."""
        cells = list(zip(*rows, strict=True))
        bad: set[int] = set()
        problems: list[Problem] = []
        filled: list[Iterable[Any]] = []
        for column, place in zip(self.columns, places, strict=True):
            raw = cells[place] if place is not None else (None,) * len(rows)
            values, wrong = column.read_all(raw)
            filled.append(values)
            bad |= wrong.keys()
            problems += [Problem(numbers[i], _(column.heading), why) for i, why in wrong.items()]
        items: list[T | None] = list(map(self.kind, *filled)) if filled else list(repeat(None, 0))
        for place in bad:
            items[place] = None
        return items, problems


def _seats(column: Column, spelled: Mapping[str, int]) -> Iterator[int]:
    for word in (column.field, column.heading, _(column.heading), *column.aliases):
        if word.casefold() in spelled:
            yield spelled[word.casefold()]
