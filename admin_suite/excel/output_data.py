"""Output layouts as JSON: read with a sentence for everything that is not as it should be."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.output import Layout, OutputColumn

MOST_COLUMNS, LONGEST = 200, 500
KNOWN = {"name", "sheet", "split", "destination", "note", "order", "titles", "columns", "where"}
KNOWN_OF_COLUMN = {"heading", "field", "constant", "date", "width", "words", "only"}


def read(text: str) -> Layout:
    """A layout from JSON."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise UserError(_("This is not a layout: it is not JSON.")) from error
    told = _object(told, "layout")
    _refuse_unknown(told, KNOWN)
    columns = _items(told, "columns")
    if len(columns) > MOST_COLUMNS:
        raise UserError(_("A layout has at most {n} columns.").format(n=MOST_COLUMNS))
    return Layout(
        name=" ".join(_text(told, "name").split()),
        sheet=_text(told, "sheet"),
        columns=tuple(map(_column, columns)),
        order=_lines(told, "order"),
        split=_text(told, "split"),
        where=_texts(told, "where"),
        titles=_lines(told, "titles"),
        destination=" ".join(_text(told, "destination").split()),
        note=_text(told, "note"),
    )


def written(layout: Layout) -> str:
    """The layout as JSON; what is empty is left out."""
    told = _full(to_builtins(layout))
    told["columns"] = [_full(column) for column in told["columns"]]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _column(told: Any) -> OutputColumn:
    told = _object(told, "columns")
    _refuse_unknown(told, KNOWN_OF_COLUMN)
    width = told.get("width", 14)
    if not isinstance(width, int) or isinstance(width, bool):
        raise _not_so("width")
    return OutputColumn(
        heading=_text(told, "heading"),
        field=_text(told, "field"),
        constant=_text(told, "constant"),
        date=_text(told, "date"),
        width=width,
        words=_texts(told, "words"),
        only=_texts(told, "only"),
    )


def _full(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}


def _refuse_unknown(told: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(map(str, told.keys() - known))
    if unknown:
        said = _("This is not a layout: “{name}” is unknown. Known: {names}.")
        raise UserError(said.format(name=unknown[0][:40], names=", ".join(sorted(known))))


def _object(told: Any, name: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise _not_so(name)
    return told


def _items(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name, [])
    if not isinstance(found, list):
        raise _not_so(name)
    return found


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name, "")
    if not isinstance(found, str) or len(found) > LONGEST:
        raise _not_so(name)
    return found


def _lines(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_text({name: one}, name) for one in _items(told, name))


def _texts(told: Mapping[str, Any], name: str) -> dict[str, str]:
    found = _object(told.get(name, {}), name)
    return {key: _text(found, key) for key in found}


def _not_so(name: str) -> UserError:
    return UserError(_("This is not a layout: “{name}” is not as it should be.").format(name=name))
