"""How an answer is printed: one JSON value for programs, words in lines and tables for people."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from admin_suite.cli.words import FOR_PROGRAMS, HEADINGS
from admin_suite.core.clock import day_shown, moment_shown, shown, stamp
from admin_suite.core.codes import Code
from admin_suite.core.i18n import _


def show(answer: Any, *, as_json: bool) -> None:
    """Print the answer on standard output."""
    if as_json:
        text = json.dumps(simple(answer, plain), ensure_ascii=False)
    else:
        text = readable(simple(answer, spoken))
    if text:
        sys.stdout.write(text + "\n")


def simple(value: Any, single: Callable[[Any], Any]) -> Any:
    """Records as mappings, rows as lists, and each value as ``single`` makes it."""
    if hasattr(value, "plain"):
        value = value.plain()
    elif isinstance(value, Struct):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(key): simple(one, single) for key, one in value.items()}
    if value is None or isinstance(value, bool | int | float | str | date | Enum | Path):
        return single(value)
    return [simple(one, single) for one in value]


def plain(value: Any) -> Any:
    """One value as JSON knows it: codes as capitals, days ISO, moments local to the minute."""
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, str | date | Enum | Path) else value


def spoken(value: Any) -> str:
    """One value as a person reads it: codes as words, days and moments as written here."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Code):
        return value.word
    if isinstance(value, date):
        return moment_shown(value) if isinstance(value, datetime) else day_shown(value)
    return "" if value is None else shown(str(value))


def readable(value: Any) -> str:
    """Plain values as lines: a list of records is a table, a record one line for each field."""
    if isinstance(value, Mapping):
        lines = (_field(name, one) for name, one in value.items() if name not in FOR_PROGRAMS)
        return "\n".join(line for line in lines if line)
    if isinstance(value, list):
        return _table(value)
    return str(value)


def _heading(name: str) -> str:
    return _(HEADINGS[name]) if name in HEADINGS else name


def _field(name: str, value: Any) -> str:
    if value in ([], {}, ""):
        return ""
    if isinstance(value, str):
        return f"{_heading(name)}: {value}"
    return f"{_heading(name)}:\n" + "\n".join(f"  {line}" for line in readable(value).splitlines())


def _table(rows: Sequence[Any]) -> str:
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        return "\n".join(map(_cell, rows))
    every = dict.fromkeys(name for row in rows for name in row if name not in FOR_PROGRAMS)
    names = [name for name in every if any(row.get(name) not in ("", [], {}) for row in rows)]
    cells = [
        [_heading(name) for name in names],
        *([_cell(row.get(name, "")) for name in names] for row in rows),
    ]
    widths = [max(len(line[at]) for line in cells) for at in range(len(names))]
    lines = (zip(line, widths, strict=True) for line in cells)
    return "\n".join("  ".join(f"{c:<{w}}" for c, w in line).rstrip() for line in lines)


def _cell(value: Any) -> str:
    """What a nested value looks like on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{_heading(name)} {_cell(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return " ".join(str(value).split())
