"""What the rows of a file said, cell by cell: kept with the import, compared with the next list."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine, Said
from admin_suite.db.work import Work

FIELDS = ("import_id", "record_id", "worksheet", "row", "kind", "cells", "was", "gone")
BREAK = ",\n"
_encoded = json.JSONEncoder(ensure_ascii=False).encode
AROUND = {"row", "stated"}  # where a row stands and what it shares is not what it says
# nor is what an export says of where a record comes from
AROUND |= {"uid", "from_sender", "from_tube", "nth", "beside"}


class Known(Struct, frozen=True):
    """A record as the last list that held it described it; ``latest`` if that is the last one."""

    id: int
    worksheet: str
    row: int
    cells: Mapping[str, str]
    latest: bool = True


class Told(NamedTuple):
    """One row to be kept: the record it means, its cells as JSON, and what changed cells were."""

    id: int
    worksheet: str
    row: int
    kind: Said
    cells: str
    was: Mapping[str, str] = {}


def cells(items: Sequence[tuple[Any, ...]]) -> list[dict[str, str]]:
    """Items of one kind as text by field, without empty cells; an item inside lends its fields.

    Column by column: a hundred thousand rows would otherwise be asked one by one what they are.
    """
    if not items:
        return []
    names, columns = _columns(items)
    filled = [at for at, values in enumerate(columns) if any(values)]
    if not filled:
        return [{} for _item in items]
    names = [names[at] for at in filled]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value}
        for row in zip(*(columns[at] for at in filled), strict=True)
    ]


def _columns(items: Sequence[tuple[Any, ...]]) -> tuple[list[str], list[Sequence[str]]]:
    names: list[str] = []
    columns: list[Sequence[str]] = []
    fields: tuple[str, ...] = items[0]._fields  # type: ignore[attr-defined]
    for name, values in zip(fields, zip(*items, strict=True), strict=True):
        if hasattr(values[0], "_fields"):
            inside = _columns(values)
            names += inside[0]
            columns += inside[1]
        elif name not in AROUND:
            names.append(name)
            columns.append(_texts(values))
    return names, columns


def _texts(values: Sequence[Any]) -> Sequence[str]:
    if set(map(type, values)) == {str}:
        return values
    said = {value: "" if value is None else str(value) for value in set(values)}
    return [said[value] for value in values]


def keep(work: Work, import_id: int, rows: Sequence[Told]) -> None:
    """Keep the rows of an import."""
    values = [(import_id, *row[:5], _encoded(row.was) if row.was else "", False) for row in rows]
    bulk.insert_rows(work, ImportLine, FIELDS, values)


def encoded(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Each row as JSON, all of them in one call: no text in JSON holds a line break itself."""
    whole = json.dumps(rows, ensure_ascii=False, separators=(BREAK, ": "))
    edges = whole[2:-2].split(f"}}{BREAK}{{")
    return [f"{{{one}}}" for one in edges] if rows else []


def encoded_items(items: Sequence[tuple[Any, ...]]) -> list[str]:
    """What ``cells`` says of items, as JSON: each different text of a column is written once."""
    names, columns = _columns(items) if items else ([], [])
    written = []
    for name, values in zip(names, columns, strict=True):
        different = list(set(values) - {""})
        if different:
            before = f"{json.dumps(name)}: "
            texts = json.dumps(different, ensure_ascii=False, separators=(BREAK, ": "))
            parts = [before + text for text in texts[1:-1].split(BREAK)]
            written.append(map(dict(zip(different, parts, strict=True)).get, values))
    if not written:
        return ["{}"] * len(items)
    return [f"{{{BREAK.join(filter(None, row))}}}" for row in zip(*written, strict=True)]


def known(work: Work, first: int) -> list[Known]:
    """The records of a list as it stands, from the import that stored it first and all after.

    Several rows may tell one record, a dose each: all that the latest of its lists had.
    """
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
    latest = {row[0]: row[4] for row in rows}
    now = (row for row in rows if row[4] == latest[row[0]])
    return [Known(*row[:3], json.loads(row[3]), row[4] == last) for row in now]
