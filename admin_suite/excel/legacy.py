"""Text of the years before Unicode: TCVN3 (fonts .VnTime, .VnArial) and VNI (VNI-Times).

The cell's font says which; a font whose name ends in H draws capitals. Without fonts (csv) the
letters say it, and a text that has letters of today is never touched.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from admin_suite.core.shipped import shipped
from admin_suite.excel.grid import Grid

TODAY = re.compile(
    "[\u1ea0-\u1ef9\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0128\u0129\u0168\u0169]"
)
TCVN3, VNI = "tcvn3", "vni"
MARKED = re.compile("[\u00a1-\u00ff]")
SURE = {
    TCVN3: re.compile(
        "[\u00a8-\u00ae\u00b5-\u00b9\u00bb-\u00bf\u00c6-\u00c8\u00cb\u00cc\u00ce-\u00d1\u00d6\u00d8]"
    ),
    VNI: re.compile("[aeouyAEOUYöôÖÔ][ùøûõïÙØÛÕÏâáàåãäêéèúüëÂÁÀÅÃÄÊÉÈÚÜË]"),
}
CAPITAL_WITHIN, SMALL = re.compile(r"(?<=[^\s\d.,;:()/\-])[A-Z]"), re.compile("[a-z]")
ENOUGH = 3
COMMON = re.compile(  # words of every list, by their marks
    r"\b(?:họ|và|tên|ngày|năm|xã|bản|thị|nữ|địa|chỉ|mẫu|điện|thoại|đối|tượng|giới|tính)\b",
    re.IGNORECASE,
)
LOOK = 300  # rows that tell whether a file without fonts is old


def convert(grid: Grid, fonts: Mapping[tuple[int, int], str]) -> int:
    """Turn old text in a worksheet into today's, in place, and return how many cells."""
    guess = "" if fonts else _guess(grid)
    if not fonts and not guess:
        return 0
    done = 0
    for at, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or (not MARKED.search(cell) and not fonts):
                continue
            font = fonts.get((at, column), "")
            new = converted(cell, _code(font) or guess, capitals=_draws_capitals(font))
            if new != cell:
                row[column] = new  # type: ignore[index]
                done += 1
    return done


def converted(text: str, code: str, *, capitals: bool = False) -> str:
    """One text from TCVN3 or VNI to Unicode."""
    if not code or TODAY.search(text):
        return text
    table, pattern = _table(code)
    new = pattern.sub(lambda found: table[found[0]], text)
    capitals = capitals or (code == TCVN3 and new != text and _is_in_capitals(text))
    return new.upper() if capitals else new


def _is_in_capitals(text: str) -> bool:
    """Whether a text was typed in capitals: TCVN3 has small letters alone for marks (``HOµNG``)."""
    return CAPITAL_WITHIN.search(text) is not None and SMALL.search(text) is None


def is_old_text(raw: bytes) -> bool:
    """Whether bytes that are no Unicode make words only as TCVN3 or VNI, and not as cp1258."""
    today = unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))
    old = raw.decode("cp1252", "replace")
    words = (len(COMMON.findall(converted(old, code))) for code in (TCVN3, VNI))
    return max(words) > len(COMMON.findall(today))


def looks_old(texts: list[str]) -> bool:
    """Whether some of these texts can only be of the time before Unicode."""
    marked = [text for text in texts if MARKED.search(text) and not TODAY.search(text)]
    return sum(1 for t in marked if any(p.search(t) for p in SURE.values())) >= ENOUGH


def _guess(grid: Grid) -> str:
    texts: list[str] = [c for row in grid.rows[:LOOK] for c in row if isinstance(c, str)]
    if not looks_old(texts) or any(TODAY.search(text) for text in texts):
        return ""
    counts: dict[str, int] = {
        code: sum(len(p.findall(text)) for text in texts) for code, p in SURE.items()
    }
    return max(counts, key=lambda code: counts[code])


def is_old(font: str) -> bool:
    """Whether a font is of the time before Unicode."""
    return bool(_code(font))


def _code(font: str) -> str:
    name = font.casefold()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if name.startswith("vni") else ""


def _draws_capitals(font: str) -> bool:
    return font.casefold().startswith(".vn") and font.endswith("H")


@cache
def _table(code: str) -> tuple[dict[str, Any], re.Pattern[str]]:
    text = (shipped("resources") / "places" / "legacy.csv").read_text(encoding="utf-8")
    table = {r["seen"]: r["meant"] for r in csv.DictReader(text.splitlines()) if r["code"] == code}
    longest = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(re.escape(seen) for seen in longest))
