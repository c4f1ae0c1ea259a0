"""Exports: rows of a question to a workbook, a text file or JSON, by the suffix of the file.

In a workbook every cell is text, so no number loses its zero and nothing runs as a formula; a text
file gets an apostrophe before what a spreadsheet would run.
"""

import csv
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.sheet import Field, Sheet

RISKY = ("=", "+", "-", "@", "\t", "\r")
MOMENTS = ("dob", "_at")
YES, NO = N_("Yes"), N_("No")


def export(sheet: Sheet[Any], rows: Sequence[Any], path: Path) -> None:
    """Write rows to ``.xlsx``, ``.csv`` or ``.json``; a file of that name is replaced."""
    ways: dict[str, Callable[[Sheet[Any], Sequence[Any], Path], None]] = {
        ".json": _json,
        ".csv": _csv,
        ".xlsx": _xlsx,
    }
    way = ways.get(path.suffix.lower())
    if way is None:
        said = _("“{name}” must end in .xlsx, .csv or .json.")
        raise UserError(said.format(name=path.name))
    if not sheet.fields:
        raise UserError(_("“{name}” cannot be exported.").format(name=_(sheet.title)))
    try:
        way(sheet, rows, path)
    except OSError as error:
        said = _("“{name}” cannot be written. Close it if it is open in another program.")
        raise UserError(said.format(name=path.name)) from error


def as_json(sheet: Sheet[Any], rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as JSON carries them: English capitals for codes, empty text where nothing is known."""
    names = [field.name for field in sheet.fields]
    return [{name: _plain(getattr(row, name)) for name in names} for row in rows]


def _json(sheet: Sheet[Any], rows: Sequence[Any], path: Path) -> None:
    text = json.dumps(as_json(sheet, rows), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _csv(sheet: Sheet[Any], rows: Sequence[Any], path: Path) -> None:
    columns = [[_harmless(cell) for cell in column] for column in _columns(sheet, rows)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headings(sheet))
        writer.writerows(zip(*columns, strict=True))


def _xlsx(sheet: Sheet[Any], rows: Sequence[Any], path: Path) -> None:
    widths = [field.width for field in sheet.fields]
    fast = import_module("admin_suite.excel.fast")
    fast.write(path, _(sheet.title), _headings(sheet), _columns(sheet, rows), widths)


def _headings(sheet: Sheet[Any]) -> list[str]:
    return [_(field.heading) for field in sheet.fields]


def _columns(sheet: Sheet[Any], rows: Sequence[Any]) -> list[Sequence[str]]:
    """The columns in the words of the language spoken, each different value said only once."""
    found = map(attrgetter(*(field.name for field in sheet.fields)), rows)
    columns = [*zip(*found, strict=True)] or [()] * len(sheet.fields)
    return list(map(_said, sheet.fields, columns))


def _said(field: Field, values: Sequence[Any]) -> Sequence[str]:
    if field.show is None and not field.name.endswith(MOMENTS) and set(map(type, values)) == {str}:
        return values
    said = {value: _shown(field, value) for value in set(values)}
    return list(map(said.__getitem__, values))


def _shown(field: Field, value: Any) -> str:
    if field.show is not None:
        return field.show(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else _(YES if value else NO)
    if isinstance(value, Code):
        return value.word
    return shown(str(value)) if field.name.endswith(MOMENTS) else str(value)


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value.value if isinstance(value, Code) else value


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell
