"""What the rows of a file said, cell by cell: kept with the import, compared with the next list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine, Said
from admin_suite.db.work import Work

FIELDS = ("import_id", "record_id", "worksheet", "row", "kind", "cells", "was", "gone")
AROUND = {"row", "stated"}  # where a row stands and what it shares is not what it says
# nor is what an export says of where a record comes from
AROUND |= {"uid", "from_sender", "from_tube", "nth", "beside"}


@dataclass(frozen=True)
class Known:
    """A record as the last list that held it described it; ``latest`` if that is the last one."""

    id: int
    worksheet: str
    row: int
    cells: Mapping[str, str]
    latest: bool = True


@dataclass(frozen=True)
class Told:
    """One row to be kept: the record it means, its cells, and what changed cells were."""

    id: int
    worksheet: str
    row: int
    kind: Said
    cells: Mapping[str, str]
    was: Mapping[str, str]


def cells(item: tuple[Any, ...]) -> dict[str, str]:
    """An item as text by field, without empty cells; an item inside it lends its fields."""
    found: dict[str, str] = {}
    for name, value in zip(item._fields, item, strict=True):  # type: ignore[attr-defined]
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            found |= cells(value)
        elif value not in (None, "") and name not in AROUND:
            found[name] = str(value)
    return found


def keep(work: Work, import_id: int, rows: Sequence[Told]) -> None:
    """Keep the rows of an import."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    values = [
        (
            import_id,
            row.id,
            row.worksheet,
            row.row,
            row.kind,
            write(row.cells),
            write(row.was) if row.was else "",
            False,
        )
        for row in rows
    ]
    bulk.insert_rows(work, ImportLine, FIELDS, values)


def known(work: Work, first: int) -> list[Known]:
    """The records of a list as it stands, from the import that stored it first and all after."""
    query = (
        select(
            ImportLine.record_id,
            ImportLine.worksheet,
            ImportLine.row,
            ImportLine.cells,
            ImportLine.import_id,
        )
        .join(Import, Import.id == ImportLine.import_id)
        .where((Import.id == first) | (Import.revises == first), ImportLine.gone.is_(False))
        .order_by(ImportLine.id)
    )
    rows = work.session.execute(query).all()
    last = max((row[4] for row in rows), default=0)
    found = {r[0]: Known(*r[:3], json.loads(r[3]), r[4] == last) for r in rows}
    return list(found.values())
