"""Writing many rows quickly; loaded by name. Texts only: the library never makes them formulas."""

from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import Format, write_worksheets

from admin_suite.excel.paper import Tab
from admin_suite.excel.texts import column_kept, kept

MOST_FOOT = 240  # letters of a page's foot; Excel takes 255


def write(path: Path, tabs: Sequence[Tab], foot: str = "") -> None:
    """Write worksheets of texts: title lines, a frozen row of headings with a filter, the rows."""
    names = {id(tab): _different(tab.headings) for tab in tabs}

    def by_sheet(say: Any) -> dict[str, Any]:
        return {tab.name: say(tab, names[id(tab)]) for tab in tabs}

    write_worksheets(
        [(tab.name, _records(tab, names[id(tab)])) for tab in tabs],
        str(path),
        freeze_panes=by_sheet(lambda tab, _names: {"row": len(tab.above) + 1, "col": 0}),
        header_row=by_sheet(lambda tab, _names: len(tab.above)),
        merge_ranges=by_sheet(_title_lines),
        autofilter=by_sheet(lambda tab, _names: any(map(len, tab.columns))),
        column_widths=by_sheet(
            lambda tab, names: dict(zip(names, map(float, tab.widths), strict=True))
        ),
        column_formats=by_sheet(
            lambda _tab, names: {name: Format().set_num_format("@") for name in names}
        ),
        header_format=by_sheet(
            lambda _tab, _names: Format().set_bold().set_background_color("#DCE6F1")
        ),
        page_setup=by_sheet(lambda tab, _names: _page(tab, foot)),
    )


def _records(tab: Tab, names: Sequence[str]) -> Any:
    if not any(map(len, tab.columns)):
        return [dict.fromkeys(names, "")]
    lines = zip(*map(column_kept, tab.columns), strict=True)
    return map(dict, map(zip, repeat(names), lines))  # a record each, made when it is written


def _title_lines(tab: Tab, _names: Sequence[str]) -> list[tuple[Any, ...]]:
    last = len(tab.headings) - 1
    bold = Format().set_bold().set_num_format("@")
    return [(row, 0, row, last, kept(said), bold) for row, said in enumerate(tab.above) if last]


def _page(tab: Tab, foot: str) -> dict[str, Any]:
    said = foot.replace("&", "&&")[:MOST_FOOT]
    top = len(tab.above)
    return {
        "landscape": True,
        "paper_size": 9,  # A4
        "fit_to_pages": (1, 0),
        "repeat_rows": (top, top),
        "footer": f"&L&8{said}&R&8&P/&N",
    }


def _different(headings: Sequence[str]) -> list[str]:
    """Headings that occur once each; a record has no two fields of one name."""
    seen: dict[str, None] = {}
    for heading in headings:
        name = kept(heading)
        while name in seen:
            name += " "
        seen[name] = None
    return list(seen)
