"""How an answer is printed: one JSON value for programs, lines and tables for people."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from admin_suite.core.clock import stamp


def show(answer: Any, *, as_json: bool) -> None:
    """Print the answer on standard output."""
    text = json.dumps(plain(answer), ensure_ascii=False) if as_json else readable(plain(answer))
    if text:
        sys.stdout.write(text + "\n")


def plain(value: Any) -> Any:
    """The value as JSON knows it: codes as capitals, days ISO, moments local to the minute."""
    if hasattr(value, "plain"):
        value = value.plain()
    elif is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if value is None or isinstance(value, bool | int | float | str | date | Enum | Path):
        return _single(value)
    return [plain(one) for one in value]


def _single(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, str | date | Enum | Path) else value


def readable(value: Any) -> str:
    """Plain values as lines: a list of records is a table, a record one line for each field."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(_field(name, one) for name, one in value.items() if one not in ([], None))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _table(value)
    return str(value)


def _field(name: str, value: Any) -> str:
    if isinstance(value, list):
        inside = "\n".join(f"  {line}" for line in _table(value).splitlines())
        return f"{name}:\n{inside}"
    return f"{name}: {value}"


def _table(rows: Sequence[Any]) -> str:
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        return "\n".join(str(row) for row in rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(names))]
    lines = (zip(line, widths, strict=True) for line in cells)
    return "\n".join("  ".join(f"{c:<{w}}" for c, w in line).rstrip() for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
