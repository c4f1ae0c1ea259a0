"""What becomes of a text on its way out, so that it comes back as it was and nothing runs.

A workbook holds 32,767 units of UTF-16 in a cell, no control characters, and one kind of line
break; whatever looks like its own ``_x000D_`` is written so that it is not taken for one. A text
file has no cells of text: what a spreadsheet would run gets an apostrophe in front of it, and our
own reader takes it off again.
"""

import re
from collections.abc import Sequence

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SURROGATES = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
BREAKS = re.compile("\r\n?")
LONGEST, CUT = 32_767, "…"
# "＝＋－＠" are run by spreadsheets of East Asia  # noqa: RUF003
RUNS = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
GUARDED = re.compile(f"'+(?:{RUNS.pattern})")
FORMULA = '="'  # how other programs keep the zeros of a number: ="0912345678"
AS_FORMULA = re.compile(f'{FORMULA}([^"]*)"')


def kept(text: str) -> str:
    """The text as a cell of a workbook can hold it; one that is too long ends with an ellipsis."""
    clean = BREAKS.sub("\n", UNSEEN.sub("", text))
    if len(clean) * 2 <= LONGEST or _units(clean) <= LONGEST:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore")
    return cut + CUT


def column_kept(column: Sequence[str]) -> Sequence[str]:
    """The texts of a column as cells can hold them; most columns stay as they are."""
    whole = "\n".join(column)
    longest = max(map(len, column), default=0)
    if longest * 2 <= LONGEST and "\r" not in whole and not UNSEEN.search(whole):
        return column
    return list(map(kept, column))


def escaped(text: str) -> str:
    """For a writer that does not do it itself: ``_x0041_`` as what it says, not as the letter."""
    return ESCAPED.sub("_x005F_", kept(text))


def harmless(text: str) -> str:
    """The text as a file of columns carries it, an apostrophe before what would run."""
    clean = SURROGATES.sub("", text)
    return f"'{clean}" if RUNS.match(clean) or GUARDED.match(clean) else clean


def unguarded(text: str) -> str:
    """The text without the apostrophe that ``harmless`` has put before it, or out of a formula."""
    if GUARDED.match(text):
        return text[1:]
    found = AS_FORMULA.fullmatch(text)
    return found[1] if found else text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
