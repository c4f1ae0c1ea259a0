"""A worksheet as it stands in a file, before anything is understood of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _

MOST_ROWS = 200_000  # of a list that says nothing else; a district has no more people
Cell = str | float | int | bool | date | datetime | time | None


class Grid(Struct):
    """The cells of one worksheet; ``rows[0]`` is Excel's row 1, ``merges`` inclusive corners."""

    name: str
    rows: list[Sequence[Any]]
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    hidden: frozenset[int] = frozenset()
    visible: bool = True
    fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: Collection[tuple[int, int]] = frozenset()  # cells that are struck through
    width: int = 0

    def __post_init__(self) -> None:
        self.width = max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> Any:
        """The cell at a place, empty text outside."""
        line = self.rows[row] if row < len(self.rows) else ()
        return line[column] if column < len(line) else ""

    def columns(self, rows: Iterable[int], places: Iterable[int]) -> list[list[Any]]:
        """The cells of these rows in each of some columns; a row that is too short is filled up."""
        lines = self._whole(rows)
        return [list(map(itemgetter(at), lines)) for at in places]

    def parts(self, rows: Iterable[int], places: Sequence[int]) -> Iterator[Sequence[Any]]:
        """Row by row the cells in some columns, at least one; a row too short is filled up."""
        lines = self._whole(rows)
        if len(places) > 1:
            return map(itemgetter(*places), lines)
        return ((line[places[0]],) for line in lines)

    def _whole(self, rows: Iterable[int]) -> list[Sequence[Any]]:
        lines = list(map(self.rows.__getitem__, rows))
        if min(map(len, lines), default=self.width) < self.width:
            return [[*line, *[""] * (self.width - len(line))] for line in lines]
        return lines


def too_long(name: str, row: int, most: int) -> UserError:
    """Why a list that goes on so far down is not read."""
    said = _(
        "“{name}” goes on in row {row}, and at most {most} rows are read at once. Divide the list "
        "into several files, or delete what stands below it."
    )
    return UserError(said.format(name=name, row=row, most=most))


def blank(cell: object) -> bool:
    """Whether nothing is written in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(cell: object) -> str:
    """A cell as text: trimmed, a whole number without its ``.0``, a day as ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def shortened(text: str, most: int) -> str:
    """A text of at most so many letters; one that is cut ends with “…” and never is that alone."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
