"""What stands on a row: the tables whose rows point at it, whichever module they belong to."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Column, select

from admin_suite.db import bulk
from admin_suite.db.base import Base
from admin_suite.db.work import Work


def standing(
    work: Work, model: type[Base], ids: Sequence[int], besides: Collection[str] = ()
) -> dict[int, str]:
    """Which of these rows others point at, and the table of one that does; voided ones do not.

    The tables ``besides`` hold parts of the rows themselves and do not count.
    """
    found: dict[int, str] = {}
    work.session.flush()
    for column in pointing(model):
        table = column.table
        if str(table) in besides:
            continue
        query = select(column).distinct()
        if "voided_at" in table.columns:
            query = query.where(table.columns["voided_at"].is_(None))
        for part in bulk.chunks(ids):
            rows = work.session.execute(query.where(column.in_(part)))
            found |= {row[0]: str(table) for row in rows}
    return found


def pointing(model: type[Base]) -> Iterator[Column[int]]:
    """Every column of any module that points at rows of this table."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is model.__table__ and key.column.name == "id":
                yield key.parent
