"""What of a sheet an output layout is tried on: its first rows, or every one that would leave."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from admin_suite.core.codes import Code
from admin_suite.db.work import Work
from admin_suite.excel.output import Layout, cells, grouped
from admin_suite.excel.sheet import Sheet
from admin_suite.registry import outputs

GLANCE = 8


class Glance(Struct, frozen=True):
    """A few rows of a sheet, and which of its fields are codes."""

    rows: Sequence[Any]
    kinds: dict[str, type[Code]]


def glance(work: Work, sheet: Sheet[Any]) -> Glance:
    """What the preview shows, for whoever may see the sheet."""
    if sheet.permission is not None:
        work.require(sheet.permission)
    rows = sheet.first(work, GLANCE) if sheet.first is not None else []
    kinds = {c.field: c.choices for c in sheet.columns if c.choices is not None}
    seen = ((one.name, getattr(line, one.name)) for one in sheet.fields for line in rows)
    kinds |= {name: type(value) for name, value in seen if isinstance(value, Code)}
    return Glance(rows, kinds)


def lines_of(
    work: Work, sheet: Sheet[Any], layout: Layout, where: dict[str, str]
) -> list[tuple[str, ...]]:
    """Every row that would leave, cell by cell, in the order of the file."""
    rows = outputs.collect(work, sheet, where).rows
    return [
        line
        for _group, some in grouped(layout, rows, outputs.KEYS)
        for line in zip(*cells(layout, some), strict=True)
    ]
