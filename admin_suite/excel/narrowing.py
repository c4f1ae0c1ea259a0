"""Exports of some rows only: by which fields they may be chosen, and refusing any other."""

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import attrgetter
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Field
from admin_suite.excel.words import loose


def only(where: Mapping[str, str], filters: Collection[str]) -> None:
    """Refuse a filter that a list does not have; the sentence names those it has."""
    wrong = [name for name in where if name not in filters]
    if wrong:
        said = _("“{name}” is no filter here. There are: {names}.")
        raise UserError(said.format(name=wrong[0], names=", ".join(filters)))


def narrowed(
    question: Callable[[Work], Sequence[Any]], fields: Sequence[Field]
) -> Callable[[Work, Mapping[str, str]], Sequence[Any]]:
    """A question that shows all rows, of those alone whose fields say what is asked for."""
    names = [field.name for field in fields]

    def rows(work: Work, where: Mapping[str, str]) -> Sequence[Any]:
        only(where, names)
        found = question(work)
        for name, wanted in where.items():
            found = [row for row in found if _says(attrgetter(name)(row)) == loose(wanted)]
        return found

    return rows


def _says(value: Any) -> str:
    return "" if value is None else loose(str(value))
