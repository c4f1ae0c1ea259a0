"""What there is to import, export, report and print, with the fields of each and their types."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, get_args, get_type_hints

from admin_suite.cli.desk import Desk
from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_, _
from admin_suite.excel.sheet import Column, Field, Sheet
from admin_suite.module import Asks, Blank

KINDS = ((bool, "boolean"), (int, "integer"), (datetime, "moment"), (date, "date"), (time, "time"))
BY_NAME = (
    (re.compile(r".*(?:dob|valid_from|_on|day)|on\d*"), "date"),
    (re.compile(r".*_at|t_in|t_out"), "moment"),
    (re.compile(r".*hour"), "time"),
)
PAGES = Blank("from_page", N_("Begin with this page, after a jam"))
DAYS = (
    Blank("from", N_("The first day"), asks=Asks.DAY),
    Blank("to", N_("The last day"), asks=Asks.DAY),
)
ASKED = {Asks.TEXT: "text", Asks.DAY: "date", Asks.YES: "boolean"}

Told = dict[str, Any]


def sheets(desk: Desk) -> list[Told]:
    """Every sheet; with ``--json`` also what is read of it and what is written."""
    found = [sheet for module in desk.modules for sheet in module.sheets]
    if not desk.options.json:
        return [{"name": sheet.name, "title": _(sheet.title)} for sheet in found]
    return [
        {
            "name": sheet.name,
            "title": _(sheet.title),
            "import": [_column(column) for column in sheet.columns] if sheet.store else [],
            "fields": _fields(sheet),
        }
        for sheet in found
    ]


def papers(desk: Desk) -> list[Told]:
    """Every paper; with ``--json`` also what may be set."""
    return [
        _named(desk, f"{m.name}.{p.name}", p.title, (*p.blanks, PAGES))
        for m in desk.modules
        for p in m.papers
    ]


def reports(desk: Desk) -> list[Told]:
    """Every report; with ``--json`` also what may be set."""
    return [
        _named(desk, f"{m.name}.{r.name}", r.title, (*DAYS, *r.blanks))
        for m in desk.modules
        for r in m.reports
    ]


def _named(desk: Desk, name: str, title: str, blanks: Iterable[Blank]) -> Told:
    told: Told = {"name": name, "title": _(title)}
    if desk.options.json:
        told["fields"] = [
            {"name": one.name, "title": _(one.title), "type": ASKED[one.asks]} for one in blanks
        ]
    return told


def _column(column: Column) -> Told:
    hints = get_type_hints(column.read) if column.choices is None else {}
    kind = column.choices or hints.get("return", str)
    told: Told = {"name": column.field, "title": _(column.heading)}
    return {**told, **_type(kind, column.field), "required": column.required}


def _fields(sheet: Sheet[Any]) -> list[Told]:
    """What an export writes; the types are those of the rows that the sheet's question answers."""
    kinds = _kinds_of_rows(sheet.rows) if sheet.rows else {}
    return [_field(field, kinds) for field in sheet.fields]


def _field(field: Field, kinds: Mapping[str, Any]) -> Told:
    kind = kinds.get(field.name, str)
    return {"name": field.name, "title": _(field.heading), **_type(kind, field.name)}


def _kinds_of_rows(question: Any) -> Mapping[str, Any]:
    answer = get_args(get_type_hints(question).get("return"))
    return get_type_hints(answer[0]) if answer and isinstance(answer[0], type) else {}


def _type(kind: Any, name: str) -> Told:
    """A type as programs know it; texts that are days or moments are told by their names."""
    choices: Sequence[Any] = [one for one in get_args(kind) if one is not type(None)] or [kind]
    for one in (one for one in choices if isinstance(one, type)):
        if issubclass(one, Code):
            return {"type": "code", "codes": [code.value for code in one]}
        for known, word in KINDS:
            if issubclass(one, known):
                return {"type": word}
    return {"type": next((word for form, word in BY_NAME if form.fullmatch(name)), "text")}
