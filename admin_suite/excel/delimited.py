"""Text files of columns, whatever their letters and their separator.

The letters are told by the mark at the beginning, by the zeros of UTF-16 without one, or by what
can be decoded; the separator by which of them gives most rows the same width.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel import legacy
from admin_suite.excel.grid import Grid, too_long
from admin_suite.excel.texts import FORMULA, unguarded

LIMIT = 131_072  # characters of one cell
LONGEST = 400_000  # bytes of one line
MOST_BYTES, MOST_LINES, MOST_COLUMNS, MOST_CELLS = 400_000_000, 1_048_576, 16_384, 8_000_000
PIECE, REMEMBERED, WIDE = 1 << 20, 100_000, 64  # bytes; texts; columns
GUARD = "'"
SAMPLE, SAMPLED = 64_000, 40  # letters and rows that tell the separator
SEPARATORS, OF_CARDS = ";\t,|", "|"  # what parts columns; what parts the text of a card
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
FEW, MUCH = 0.02, 0.2  # share of zeros in one half of the bytes, and in the other


def grid(path: Path, most: int) -> Grid:
    """A text file as a worksheet without a name, of at most so many rows."""
    letters = _letters(path)
    csv.field_size_limit(LIMIT)
    with path.open(encoding=letters, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
        named = sample[:4].lower() == "sep=" and sample[5:6] in "\r\n"
        separator = sample[4:5] if named else _separator(sample)
        file.seek(0)
        lines = csv.reader(file, delimiter=separator)
        try:
            rows = _rows(lines, most)
            if any(map(any, lines)):
                raise too_long(path.name, most + 1, most)
        except csv.Error as error:
            raise _no_list(path) from error
    if named:
        rows[0] = []
    return Grid("", _even(path, rows))


def _rows(lines: Iterator[list[str]], most: int) -> list[Any]:
    """The rows, a text that stands there again and again kept once: a long list is full of them."""
    rows: list[Any] = []
    known: dict[str, str] = {}
    cells = 0
    for row in islice(lines, most):
        while len(row) > WIDE and not row[-1]:
            row.pop()
        cells += len(row)
        if cells > 2 * MOST_CELLS:
            raise csv.Error
        whole = "".join(row)
        said = map(unguarded, row) if GUARD in whole or FORMULA in whole else row
        rows.append([known.setdefault(cell, cell) for cell in said])
        if len(known) > REMEMBERED:
            known.clear()
    return rows


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
    ordered = sorted(SEPARATORS, key=lambda one: _columns(sample, one), reverse=True)
    if ordered[0] != OF_CARDS:
        return ordered[0]
    return next((one for one in ordered[1:] if _parts_cards(sample, one)), OF_CARDS)


def _columns(sample: str, separator: str) -> int:
    """How many cells stand in rows of the usual width, if this separates them."""
    widths = Counter(len(row) for row in _rows_by(sample, separator) if len(row) > 1)
    return max(((width - 1) * times for width, times in widths.items()), default=0)


def _parts_cards(sample: str, separator: str) -> bool:
    """Whether this parts rows with the text of a scanned card as it parts those without one."""
    rows = _rows_by(sample, separator)
    scanned = {len(row) for row in rows if any(OF_CARDS in cell for cell in row)}
    others = {len(row) for row in rows if row and not any(OF_CARDS in cell for cell in row)}
    return len(scanned) == 1 and scanned <= others and scanned != {1}


def _rows_by(sample: str, separator: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        return list(islice(reader, SAMPLED))
    except csv.Error:
        return []


def _letters(path: Path) -> str:
    """How the letters of a file are written; refuses one that is no list without reading it all."""
    if path.stat().st_size > MOST_BYTES:
        raise _no_list(path)
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    letters = next((name for mark, name in MARKS if head.startswith(mark)), "")
    for name in (letters,) if letters else (*unmarked_utf16(head[:4096]), "utf-8"):
        if _is_written_in(path, name, sure=bool(letters)):
            return name
    return "cp1252" if legacy.is_old_text(head) else "cp1258"


def _is_written_in(path: Path, letters: str, *, sure: bool) -> bool:
    """Whether all of a file is text in these letters, looked through a piece at a time."""
    read = codecs.getincrementaldecoder(letters)("replace" if sure else "strict")
    lines = line = 0
    with path.open("rb") as file:
        for raw in chain(iter(partial(file.read, PIECE), b""), (b"",)):
            lines, line = lines + raw.count(b"\n"), _goes_on(raw, line)
            if lines > MOST_LINES or line > LONGEST:
                raise _no_list(path)
            try:
                text = read.decode(raw, final=not raw)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                raise UserError(_("“{name}” is not a workbook.").format(name=path.name))
    return True


def _goes_on(raw: bytes, line: int) -> int:
    """How long the line is that goes on behind this piece, or the first that is too long."""
    first = raw.find(b"\n")
    if first < 0:
        return line + len(raw)
    whole = max(line + first, _longest_line(raw))
    return whole if whole > LONGEST else len(raw) - 1 - raw.rfind(b"\n")


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
