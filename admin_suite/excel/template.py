"""An empty workbook of a sheet: headings, drop-downs, notes and a row that shows how.

The row that shows how carries a word in its number column, and no import takes it.
"""

from pathlib import Path
from typing import Any

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.paper import Drop, Leaf
from admin_suite.excel.paper import write as draw
from admin_suite.excel.sheet import Column, Sheet

NUMBER, EXAMPLE = N_("No."), N_("Example")
WIDTHS = {"name": 24, "address": 38, "collected_at": 18, "id_no": 16}


def write(sheet: Sheet[Any], path: Path) -> None:
    """Write the template of a sheet."""
    columns = [column for column in sheet.columns if column.offered]
    if sheet.store is None or not columns:
        raise UserError(_("“{name}” cannot be imported.").format(name=_(sheet.title)))
    headings = [_(NUMBER), *(_(column.heading) for column in columns)]
    example = [_(EXAMPLE), *(_shown(sheet.example.get(c.field, "")) for c in columns)]
    drops = [
        Drop(at, tuple(code.word for code in column.choices))
        for at, column in enumerate(columns, start=1)
        if column.choices is not None
    ]
    leaf = Leaf(
        _(sheet.title),
        headings,
        [example],
        notes=["", *(_note(column) for column in columns)],
        widths=[8, *(WIDTHS.get(column.field, 16) for column in columns)],
        drops=drops,
    )
    draw(path, [leaf])


def _shown(value: object) -> str:
    return value.word if isinstance(value, Code) else str(value)


def _note(column: Column) -> str:
    parts = [_(column.note)] if column.note else []
    if column.required:
        parts.insert(0, _("This column must be filled in."))
    return " ".join(parts)
