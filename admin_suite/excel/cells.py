"""The cells of a column become values, each different cell once however often it stands there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import blank, plain
from admin_suite.excel.sheet import MOST_REFUSED, About, Column, Noted, Whole, Wrong

MOST_LETTERS, MOST_SEARCHED = 4_000, 1_000  # of a text that is kept, of a cell that is understood
V = TypeVar("V")


class Read(NamedTuple):
    """A column of values, and by place what is wrong with or to be said of some.

    Code and sentence; of what is kept also what was probably meant.
    """

    values: list[Any]
    wrong: dict[int, tuple[str, str]]
    noted: dict[int, tuple[str, str, str]]


def read_all(column: Column, cells: Sequence[Any], about: About) -> Read:
    """The values of many cells; each different cell is read once however often it stands there."""
    try:
        different = set(cells)
    except TypeError:
        different = set(map(plain, cells))
    usual, read = column.usual or _none, column.read
    most = MOST_LETTERS if isinstance(read, Whole) else MOST_SEARCHED
    table = dict[Any, Any](usual([cell for cell in different if isinstance(cell, str)]))
    wrong: dict[Any, tuple[str, str]] = {}
    noted: dict[Any, tuple[str, str, str]] = {}
    for cell in different - table.keys():
        if blank(cell) or len(wrong) > MOST_REFUSED:
            table[cell] = None
            continue
        try:
            value = read(_short(cell, most), about)
        except UserError as error:
            wrong[cell] = (getattr(error, "code", "BAD_VALUE"), str(error))
            table[cell] = None
            continue
        if isinstance(value, Noted):
            noted[cell] = (value.code, value.message, value.offer)
            value = value.value
        table[cell] = value
    values = list(map(table.__getitem__, cells))
    return Read(values, _places(cells, wrong), _places(cells, noted))


def _short(cell: Any, most: int) -> Any:
    """The cell, unless it is so long that looking for anything in it would take seconds."""
    if isinstance(cell, str) and len(cell) > most:
        said = _("This cell has {n} letters; at most {most} are read.")
        raise Wrong("TOO_LONG", said.format(n=len(cell), most=most))
    return cell


def _none(_texts: Iterable[str]) -> Mapping[str, Any]:
    """No text is read with others."""
    return {}


def _places(cells: Sequence[Any], said: Mapping[Any, V]) -> dict[int, V]:
    if not said:
        return {}
    return {at: said[cell] for at, cell in enumerate(cells) if cell in said}
