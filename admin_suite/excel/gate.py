"""What a foreign file is, and whether it may be read in this process.

The head tells the kind, not the name. A zip is looked through before any reader opens it: sum of
sizes, ratio, parts, names, document types, and the largest cell (one cell at XFD1048576 in a file
of 1.5 kB makes a reader fill all memory).
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.delimited import unmarked_utf16
from admin_suite.excel.grid import MOST_ROWS, too_long
from admin_suite.excel.struck import cells_struck, column, styles_struck

MOST_PARTS, MOST_BYTES, MOST_RATIO = 4_000, 1_500_000_000, 150
MOST_TEXT = 100_000_000  # letters of all cells that are read without a cap
LONG = re.compile(rb">([^<]{2000,})")
BLANKS = bytes.maketrans(b"\t\n\r", b"   ")
USUAL_COLUMNS = 20  # of a part that is too large to be searched for every address
SHORTEST = 24  # bytes that a cell takes at least
SMALL = 1_000_000  # bytes that may be packed as tightly as they like
MOST_CELLS, MOST_COLUMNS = 8_000_000, 16_384
WHOLE = 16_000_000  # a part up to this size is searched for every address
CHUNK = 1 << 20
ACROSS = re.compile(
    rb'r *= *["\']([A-Za-z]{1,9})\d+["\']'
)  # the two halves of an address, each soon known
DOWN = re.compile(rb'r="[A-Za-z]{1,9}(\d+)"')
ROW = re.compile(rb'<(?:\w+:)?row [^>]*r *= *["\'](\d+)["\']')
# a cell that is not written as usual, or stands below row 99,999 or right of column BZ
FAR_OR_ODD = re.compile(rb'<c(?! r="[ABab]?[A-Za-z]\d{1,5}"|[a-z])')
RIGHT_OR_ODD = re.compile(rb'<c(?! r="[ABab]?[A-Za-z]\d|[a-z])')
PREFIXED = re.compile(rb":(?=c[\s>])")
FILLED = (b"</v>", b"</is>", b":v>", b":is>")  # what ends a cell in which something stands
SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
HIDDEN = re.compile(rb'<(?:\w+:)?row [^>]*hidden="(?:1|true)"[^>]*>')
NUMBER = re.compile(rb' r="(\d+)"')
# a cell whose formula gives an error: calamine shows such a cell as an empty one
BROKEN = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*? t="e"[^>]*>'
    rb"(?:<(?:\w+:)?f[^<]*(?:/>|</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})<"
)
OLE = b"\xd0\xcf\x11\xe0"


class Scan(Struct):
    """What a file is (``xlsx``, ``zip`` of another kind, ``xls``, ``text``) and holds."""

    kind: str
    most: int = MOST_ROWS  # rows that are read of one worksheet
    hidden: dict[str, frozenset[int]] = field(default_factory=dict)
    broken: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    struck: dict[str, set[tuple[int, int]]] = field(default_factory=dict)  # struck through
    styles: frozenset[bytes] = frozenset()  # of cells that are
    old_fonts: bool = False
    longest: int = 0  # letters of the longest text, if it is very long
    texts: int = 0  # cells that may hold one of the texts
    long: bool = False  # something stands further down than is read
    odd: bool = False  # cells are written in a way that hides where they stand

    @property
    def heavy(self) -> bool:
        """Whether reading may swell: one long text in every cell, or cells nobody can place."""
        return self.odd or self.longest * self.texts > MOST_TEXT


def scan(path: Path, most: int = MOST_ROWS) -> Scan:
    """Look a file through; refuses what no reader should be given, and more than ``most`` rows."""
    head = _head(path)
    if head.startswith(b"PK"):
        return _scan_zip(path, most)
    if head.startswith(OLE):
        return Scan("xls", most)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"%pdf", b"{\\rtf")):
        said = _(
            "“{name}” is a page of text, not a workbook. Open it in Excel and save it as .xlsx."
        )
        raise UserError(said.format(name=path.name))
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff")) or unmarked_utf16(head)
    if b"\0" in head and not marked:
        raise UserError(_("“{name}” is not a workbook.").format(name=path.name))
    return Scan("text", most)


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():  # a folder, a pipe that never ends, a link to itself
            raise UserError(_("“{name}” cannot be opened.").format(name=path.name))
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise UserError(_("“{name}” cannot be opened.").format(name=path.name)) from error
    if not head.strip(b"\0 \r\n\t"):
        raise UserError(_("“{name}” is empty.").format(name=path.name))
    return head


def _scan_zip(path: Path, most: int) -> Scan:
    try:
        with zipfile.ZipFile(path) as book:
            _check_parts(path, book)
            names = book.namelist()
            found = Scan("xlsx" if "xl/workbook.xml" in names else "zip", most)
            if found.kind == "xlsx":
                _check_sheets(path, book, names)
            names.sort(key=lambda name: name != "xl/styles.xml")  # it tells of the worksheets
            for name in names:
                if name.endswith((".xml", ".rels")):
                    _scan_part(path, book, name, found)
            return found
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise UserError(
            _("“{name}” is damaged or not a workbook.").format(name=path.name)
        ) from error


def _check_parts(path: Path, book: zipfile.ZipFile) -> None:
    parts = book.infolist()
    whole = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    names = [part.filename for part in parts]
    outside = any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names)
    swollen = whole > SMALL and whole / packed > MOST_RATIO
    if outside or swollen or len(parts) > MOST_PARTS or whole > MOST_BYTES:
        said = _("“{name}” is built in a way that could do harm and is not opened.")
        raise UserError(said.format(name=path.name))


def _check_sheets(path: Path, book: zipfile.ZipFile, names: list[str]) -> None:
    """Each worksheet is a part of its own; one part under a thousand names is read as often."""
    with book.open("xl/workbook.xml") as part:
        named = len(SHEET.findall(part.read(WHOLE)))
    if named > sum("sheets/" in name and name.endswith((".xml", ".bin")) for name in names):
        said = _("“{name}” is built in a way that could do harm and is not opened.")
        raise UserError(said.format(name=path.name))


def _scan_part(path: Path, book: zipfile.ZipFile, name: str, found: Scan) -> None:
    size = book.getinfo(name).file_size
    sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
    with book.open(name) as part:
        head = part.read(CHUNK)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            said = _("“{name}” is built in a way that could do harm and is not opened.")
            raise UserError(said.format(name=path.name))
        if name == "xl/styles.xml":
            found.old_fonts = b'".Vn' in head or b'"VNI' in head.replace(b'"vni', b'"VNI')
            found.styles = styles_struck(head)
        if name == "xl/sharedStrings.xml":
            found.longest = _longest_text(head, part)
        if sheet:
            found.texts += size // SHORTEST
            row, right = _scan_sheet(head, part, size <= WHOLE, (name, found))
            if found.long:
                raise too_long(path.name, row, found.most)
            if row * right > max(MOST_CELLS, size) or right > MOST_COLUMNS:
                said = _(
                    "“{name}” has a cell far outside the list (row {row}). Delete the empty rows "
                    "and columns behind the list and try again."
                )
                raise UserError(said.format(name=path.name, row=row))


def _scan_sheet(
    head: bytes, part: IO[bytes], whole: bool, about: tuple[str, Scan]
) -> tuple[int, int]:
    """How far the cells of a worksheet reach, as far as it matters.

    Its hidden rows, the cells of broken formulas and those that are struck through are kept.
    """
    name, found = about
    rows: set[int] = set()
    last = (0, 0)
    rest = b""
    if whole:
        head += part.read()
    while head:
        chunk = rest + head
        if last[0] > found.most and any(end in chunk for end in FILLED):
            found.long = True
            break
        if not _is_usual(chunk, whole=whole):
            last = _farthest(chunk, last, whole=whole)
            found.odd = found.odd or _is_odd(chunk)
        elif not whole:
            last = _lowest(chunk, last[0]), max(last[1], USUAL_COLUMNS)
        if b"hidden=" in chunk:
            rows |= {_number(row) - 1 for row in HIDDEN.findall(chunk)}
        _note_cells(chunk, name, found)
        rest, head = chunk[max(chunk.rfind(b"<"), len(chunk) - CHUNK) :], part.read(CHUNK)
    found.hidden[name] = frozenset(rows)
    return last


def _note_cells(chunk: bytes, name: str, found: Scan) -> None:
    """Keep what calamine does not tell of the cells in a piece of a worksheet."""
    if b't="e"' in chunk:
        found.broken.setdefault(name, {}).update(_broken(chunk))
    if found.styles:
        found.struck.setdefault(name, set()).update(cells_struck(chunk, found.styles))


def _broken(chunk: bytes) -> dict[tuple[int, int], str]:
    """The cells of broken formulas by place from 0, as Excel shows them (``#REF!``)."""
    return {
        (int(row) - 1, column(letters) - 1): said.decode("ascii", "replace")
        for letters, row, said in BROKEN.findall(chunk)
    }


def _longest_text(head: bytes, part: IO[bytes]) -> int:
    longest = 0
    rest = b""
    while head:
        chunk = rest + head
        longest = max(longest, *map(len, LONG.findall(chunk)), 0)
        rest, head = chunk[-65_536:], part.read(CHUNK)
    return longest


def _is_odd(chunk: bytes) -> bool:
    """Whether some cell does not begin with its address, or is named otherwise than usual."""
    whole = chunk[: chunk.rfind(b">") + 1].translate(BLANKS)
    cells = whole.count(b"<c ") + whole.count(b"<c>")
    return cells > whole.count(b'<c r="') or b":c " in whole or b":c>" in whole


def _is_usual(chunk: bytes, *, whole: bool) -> bool:
    """Whether every cell begins with its address, and that is near; one look for most files."""
    odd, end = (FAR_OR_ODD, len(chunk)) if whole else (RIGHT_OR_ODD, chunk.rfind(b"<"))
    if end < len(chunk) - CHUNK:  # the last tag is cut off and does not come again
        return False
    return odd.search(chunk, 0, end) is None and PREFIXED.search(chunk) is None


def _farthest(chunk: bytes, last: tuple[int, int], *, whole: bool) -> tuple[int, int]:
    row, right = last
    if whole:
        row = max(row, *map(int, set(DOWN.findall(chunk))), 0)
        return row, max(right, *map(column, set(ACROSS.findall(chunk))), 0)
    return _lowest(chunk, row), 16_384 if b'r="XF' in chunk else max(right, USUAL_COLUMNS)


def _lowest(chunk: bytes, row: int) -> int:
    far = ROW.findall(chunk[-20_000:])
    return max(row, int(far[-1])) if far else row


def _number(row: bytes) -> int:
    found = NUMBER.search(row)
    return int(found[1]) if found else 0
