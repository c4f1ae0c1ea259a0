"""Exports: rows of a question to a workbook, a text file or JSON, by the suffix of the file.

In a workbook every cell is text, so no number loses its zero and nothing runs as a formula; a text
file (UTF-8 with its mark, commas, as Excel opens it) gets an apostrophe before what would run.
"""

import csv
import json
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.collector import no_collector
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.paper import Tab, sheet_names
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.excel.signature import Author, sign
from admin_suite.excel.texts import SURROGATES, harmless

MOMENTS = re.compile(r"(?:.*_)?(?:dob|at|on\d*)|t_in|t_out")
SUFFIXES = (".json", ".csv", ".xlsx")
YES, NO = N_("Yes"), N_("No")


@no_collector()
def export(
    sheet: Sheet[Any], rows: Sequence[Any], path: Path, author: Author | None = None
) -> None:
    """Write rows to ``.xlsx``, ``.csv`` or ``.json``; a file of that name is replaced."""
    refuse_suffix(path)
    if not sheet.fields:
        raise UserError(_("“{name}” cannot be exported.").format(name=_(sheet.title)))
    if path.suffix.lower() == ".json":
        save(path, [], as_json(sheet, rows))
        return
    headings = [_(field.heading) for field in sheet.fields]
    widths = [field.width for field in sheet.fields]
    [name] = sheet_names([_(sheet.title)])
    save(path, [Tab(name, headings, _columns(sheet, rows), widths)], [], author)


def refuse_suffix(path: Path) -> None:
    """Refuse a file that is neither a workbook nor a text file nor JSON."""
    if path.suffix.lower() not in SUFFIXES:
        said = _("“{name}” must end in .xlsx, .csv or .json.")
        raise UserError(said.format(name=path.name))


def save(
    path: Path, tabs: Sequence[Tab], objects: Sequence[Any], author: Author | None = None
) -> None:
    """Write the worksheets, in a text file one below the other, or as JSON the objects."""
    ways: dict[str, Callable[[], None]] = {
        ".json": lambda: _json(objects, path),
        ".csv": lambda: _csv(tabs, path),
        ".xlsx": lambda: _xlsx(tabs, path, author),
    }
    try:
        ways[path.suffix.lower()]()
    except OSError as error:
        said = _("“{name}” cannot be written. Close it if it is open in another program.")
        raise UserError(said.format(name=path.name)) from error


def as_json(sheet: Sheet[Any], rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as JSON carries them: English capitals for codes, empty text where nothing is known."""
    names = [(field.name, field.nothing) for field in sheet.fields]
    return [{name: _plain(getattr(row, name), nothing) for name, nothing in names} for row in rows]


def is_moment(field: str) -> bool:
    """Whether a field of an export carries a day or a moment, as its name tells."""
    return MOMENTS.fullmatch(field) is not None


def words_of(value: Any) -> str:
    """A value that is no text in the words of the language spoken."""
    if value is None or isinstance(value, bool):
        return "" if value is None else _(YES if value else NO)
    return value.word if isinstance(value, Code) else str(value)


def _json(objects: Sequence[Any], path: Path) -> None:
    text = json.dumps(objects, ensure_ascii=False, indent=1)
    path.write_text(SURROGATES.sub("", text) + "\n", encoding="utf-8")


def _csv(tabs: Sequence[Tab], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(harmless, tabs[0].headings))
        for tab in tabs:
            columns = [list(map(harmless, column)) for column in tab.columns]
            writer.writerows(zip(*columns, strict=True))


def _xlsx(tabs: Sequence[Tab], path: Path, author: Author | None) -> None:
    foot = author.line if author else ""
    import_module("admin_suite.excel.fast").write(path, tabs, foot)
    if author:
        sign(path, tabs[0].name, author)


def _columns(sheet: Sheet[Any], rows: Sequence[Any]) -> list[Sequence[str]]:
    """The columns in the words of the language spoken, each different value said only once."""
    found = map(attrgetter(*(field.name for field in sheet.fields)), rows)
    columns = [*zip(*found, strict=True)] or [()] * len(sheet.fields)
    return list(map(_said, sheet.fields, columns))


def _said(field: Field, values: Sequence[Any]) -> Sequence[str]:
    plain = field.show is None and not is_moment(field.name)
    if plain and set(map(type, values)) == {str}:
        return values
    said = {value: _shown(field, value) for value in set(values)}
    return list(map(said.__getitem__, values))


def _shown(field: Field, value: Any) -> str:
    if field.show is not None:
        return field.show(value)
    return shown(value) if is_moment(field.name) and value else words_of(value)


def _plain(value: Any, nothing: str | None = "") -> Any:
    """A value for JSON; rows inside a row become objects, which know an empty value."""
    if value is None:
        return nothing
    if isinstance(value, tuple):
        return [{name: _plain(one, None) for name, one in row._asdict().items()} for row in value]
    return value.value if isinstance(value, Code) else value
