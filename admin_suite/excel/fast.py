"""Writing many rows quickly; loaded by name. Texts only: the library never makes them formulas."""

import re
from collections.abc import Sequence
from pathlib import Path

from rustpy_xlsxwriter import Format, write_worksheet

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767


def write(
    path: Path,
    title: str,
    headings: Sequence[str],
    columns: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    """Write a worksheet of texts with a frozen row of headings and a filter."""
    names = _different(headings)
    lines = zip(*map(_clean, columns), strict=True)
    filled = any(map(len, columns))
    records = (dict(zip(names, line, strict=True)) for line in lines)
    written = records if filled else [dict.fromkeys(names, "")]
    write_worksheet(
        written,
        str(path),
        sheet_name=re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1",
        freeze_row=1,
        autofilter=filled,
        column_widths=dict(zip(names, map(float, widths), strict=True)),
        column_formats={name: Format().set_num_format("@") for name in names},
        header_format=Format().set_bold().set_background_color("#DCE6F1"),
    )


def _different(headings: Sequence[str]) -> list[str]:
    """Headings that occur once each; a record has no two fields of one name."""
    seen: dict[str, None] = {}
    for heading in headings:
        name = heading
        while name in seen:
            name += " "
        seen[name] = None
    return list(seen)


def _clean(column: Sequence[str]) -> Sequence[str]:
    """The texts without what a workbook cannot hold; most columns stay as they are."""
    if not UNSEEN.search("\n".join(column)) and max(map(len, column), default=0) <= LONGEST:
        return column
    return [UNSEEN.sub("", text)[:LONGEST] for text in column]
