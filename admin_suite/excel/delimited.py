"""Text files of columns, whatever their letters and their separator.

The letters are told by the mark at the beginning, by the zeros of UTF-16 without one, or by what
can be decoded; the separator by which of them gives most rows the same width.
"""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel import legacy
from admin_suite.excel.grid import MOST_ROWS, Grid, too_long
from admin_suite.excel.texts import unguarded

LIMIT = 131_072  # characters of one cell
LONGEST = 400_000  # bytes of one line
MOST_BYTES, MOST_LINES, MOST_COLUMNS, MOST_CELLS = 400_000_000, 1_048_576, 16_384, 8_000_000
SAMPLE, SAMPLED = 64_000, 40  # letters and rows that tell the separator
SEPARATORS = ";\t,|"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
FEW, MUCH = 0.02, 0.2  # share of zeros in one half of the bytes, and in the other


def grid(path: Path) -> Grid:
    """A text file as a worksheet without a name."""
    text = _decoded(path)
    if "\0" in text:
        raise UserError(_("“{name}” is not a workbook.").format(name=path.name))
    named = text[:4].lower() == "sep=" and text[5:6] in "\r\n"
    separator = text[4:5] if named else _separator(text[:SAMPLE])
    csv.field_size_limit(LIMIT)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows: list[Any] = list(islice(lines, MOST_ROWS))
        if any(map(any, lines)):
            raise too_long(path.name, MOST_ROWS + 1)
        rows = [list(map(unguarded, row)) for row in rows] if "'" in text else rows
    except csv.Error as error:
        raise _no_list(path) from error
    if named:
        rows[0] = []
    return Grid("", _even(path, rows))


def _even(path: Path, rows: list[Any]) -> list[Any]:
    """All rows as wide as the widest; what is empty on the right may go if it is too much."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        for row in rows:
            while row and not row[-1]:
                row.pop()
        width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS or width * len(rows) > 2 * MOST_CELLS:
        raise _no_list(path)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _no_list(path: Path) -> UserError:
    return UserError(_("“{name}” is not a list in columns.").format(name=path.name))


def _separator(sample: str) -> str:
    return max(SEPARATORS, key=lambda separator: _columns(sample, separator))


def _columns(sample: str, separator: str) -> int:
    """How many cells stand in rows of the usual width, if this separates them."""
    try:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), SAMPLED)
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0
    return max(((width - 1) * times for width, times in widths.items()), default=0)


def _decoded(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise _no_list(path)
    raw = path.read_bytes()
    if raw.count(b"\n") > MOST_LINES or _longest_line(raw) > LONGEST:
        raise _no_list(path)
    for mark, name in MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    for name in (*unmarked_utf16(raw[:4096]), "utf-8"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252" if legacy.is_old_text(raw[:SAMPLE]) else "cp1258", "replace")


def _longest_line(raw: bytes) -> int:
    """The length of the longest line, as far as it matters."""
    start = 0
    while len(raw) - start > LONGEST:
        end = raw.rfind(b"\n", start, start + LONGEST)
        if end < 0:
            return LONGEST + 1
        start = end + 1
    return 0


def unmarked_utf16(head: bytes) -> tuple[str, ...]:
    """The kind of UTF-16 of a text that does not say so, told by where its zeros stand."""
    half = max(len(head) // 2, 1)
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if even < FEW and odd > MUCH:
        return ("utf-16-le",)
    return ("utf-16-be",) if odd < FEW and even > MUCH else ()
