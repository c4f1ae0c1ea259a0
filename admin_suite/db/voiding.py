"""Rows that were taken back: they stay for the audit, and no question of the session finds them."""

from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, text
from sqlalchemy.orm import Mapped, ORMExecuteState, mapped_column, with_loader_criteria

from admin_suite.db.base import OPEN

# arguments of an index that lets a value come again once its row was taken back
ONE_IN_FORCE: dict[str, Any] = {
    "unique": True,
    "sqlite_where": text("voided_at IS NULL"),
    "postgresql_where": text("voided_at IS NULL"),
}


class Voidable:
    """A row that can be taken back; with ``voided_at`` it is as if it had never been stored.

    A number that the audit names is never given twice, so nothing is deleted. Statements written
    as text or over bare tables do not pass here and must leave such rows out themselves.
    """

    voided_at: Mapped[datetime | None] = mapped_column(default=None, info=OPEN)


def _in_force(kind: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = kind.voided_at.is_(None)
    return condition


IN_FORCE = with_loader_criteria(Voidable, _in_force, include_aliases=True)


_NARROWED: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def leave_out(state: ORMExecuteState) -> None:
    """Narrow a question to what was not taken back, joins and subqueries included.

    A question that is kept, to be asked again, is narrowed once.
    """
    if state.is_select:
        narrowed = _NARROWED.get(state.statement)
        if narrowed is None:
            narrowed = _NARROWED[state.statement] = state.statement.options(IN_FORCE)
        state.statement = narrowed
