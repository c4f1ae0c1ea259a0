"""A workbook to be written, described without any library: what a marked list and a template are.

The description is light; who draws it (``workbooks``) is loaded by name when a file is written.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.texts import kept

FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
LONGEST_NAME, RESERVED = 31, "history"


class Drop(Struct, frozen=True):
    """A drop-down list below a heading: column from 0, the words offered."""

    column: int
    words: tuple[str, ...]


class Leaf(Struct):
    """One worksheet: lines over the headings, the headings, the rows, and how they look.

    ``wrong`` are cells to be marked, row and column from 0 below the headings; ``notes`` stand at
    the headings; ``bands`` are lines across all columns before a row. ``picture`` is a PNG below.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    above: Sequence[str] = ()
    wrong: frozenset[tuple[int, int]] = frozenset()
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()
    drops: Sequence[Drop] = ()
    bands: dict[int, str] = field(default_factory=dict)
    picture: bytes = b""


class Tab(Struct, frozen=True):
    """One worksheet of many rows of text, column by column; ``above`` are its title lines."""

    name: str
    headings: Sequence[str]
    columns: Sequence[Sequence[str]]
    widths: Sequence[int]
    above: Sequence[str] = ()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that worksheets can have, each once: 31 letters, none of those with a meaning."""
    taken: set[str] = set()
    names = []
    for at, text in enumerate(wanted, start=1):
        clean = FORBIDDEN.sub(" ", kept(text)).strip(" '")[:LONGEST_NAME] or f"{at}"
        name, again = clean, 1
        while name.casefold() in taken or name.casefold() == RESERVED:
            again += 1
            mark = f" ({again})"
            name = clean[: LONGEST_NAME - len(mark)] + mark
        taken.add(name.casefold())
        names.append(name)
    return names


def write(path: Path, leaves: Sequence[Leaf]) -> None:
    """Draw the worksheets into a file; a file that is open elsewhere is refused in words."""
    try:
        import_module("admin_suite.excel.workbooks").draw(path, leaves)
    except OSError as error:
        said = _("“{name}” cannot be written. Close it if it is open in another program.")
        raise UserError(said.format(name=path.name)) from error
