"""Output layouts: which columns of a sheet a receiver wants, in which order and words; data only.

A layout is read from JSON, checked against the sheet, and turns rows into worksheets. Title lines
may name ``{unit}``, ``{parent}``, ``{day}``, ``{count}`` and ``{group}``.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec import field as made_by

from admin_suite.core.clock import PARTS, shown
from admin_suite.core.codes import Code
from admin_suite.core.collector import no_collector
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.paper import Tab, sheet_names
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.signature import Author
from admin_suite.excel.writer import is_moment, refuse_suffix, save, words_of

NUMBER = "#"  # the field that counts the rows of a worksheet
NOT_STATED = N_("Not stated")
DATES = ("", "dd/mm/yyyy", "yyyy-mm-dd", "yyyy", "mm/yyyy", "hh:mm dd/mm/yyyy", "dd/mm/yyyy hh:mm")
MARKS = {"dd": 2, "mm": 1, "yyyy": 0, "hh:mm": 3}
MARK = re.compile(r"hh:mm|yyyy|dd|mm")
WIDEST = 100
Group = tuple[str, Sequence[Any]]
Keys = Mapping[str, Callable[[str], Any]]


class OutputColumn(Struct, frozen=True):
    """One column: the field of the sheet or a constant text, and how it is written.

    ``words`` replace codes (``NEGATIVE``) by other words; ``only`` leaves the cell empty unless the
    other fields have these values, so the year of birth may stand under "men" and "women".
    """

    heading: str
    field: str = ""
    constant: str = ""
    width: int = 14
    words: Mapping[str, str] = made_by(default_factory=dict)
    date: str = ""
    only: Mapping[str, str] = made_by(default_factory=dict)


class Layout(Struct, frozen=True):
    """A way to write a sheet; ``split`` is the field of which each value gets its worksheet.

    ``order`` are fields, one that begins with a hyphen downwards; ``where`` filters the rows;
    ``destination`` is where the file goes; ``note`` says where the layout comes from.
    """

    name: str
    sheet: str
    columns: tuple[OutputColumn, ...]
    order: tuple[str, ...] = ()
    split: str = ""
    where: Mapping[str, str] = made_by(default_factory=dict)
    titles: tuple[str, ...] = ()
    destination: str = ""
    note: str = ""


def checked(layout: Layout, sheet: Sheet[Any]) -> Layout:
    """The layout, if the sheet has what it names; else a sentence."""
    fields = {one.name for one in sheet.fields}
    if not layout.name.strip():
        raise UserError(_("The layout needs a name."))
    if not layout.columns:
        raise UserError(_("The layout needs at least one column."))
    named = [one.field for one in layout.columns if one.field not in ("", NUMBER)]
    named += [name for one in layout.columns for name in one.only]
    named += [name.removeprefix("-") for name in (*layout.order, layout.split) if name]
    for name in named:
        if name not in fields:
            said = _("“{sheet}” has no field “{name}”. It has: {names}.")
            known = ", ".join(one.name for one in sheet.fields)
            raise UserError(said.format(sheet=_(sheet.title), name=name, names=known))
    for one in layout.columns:
        _check_column(one)
    return layout


def _check_column(one: OutputColumn) -> None:
    if not one.heading.strip():
        raise UserError(_("Every column needs a heading."))
    if one.date not in DATES:
        said = _("“{format}” is not a way to write dates. There are: {names}.")
        raise UserError(said.format(format=one.date, names=", ".join(DATES[1:])))
    if not 1 <= one.width <= WIDEST:
        raise UserError(_("The width of “{name}” must be from 1 to 100.").format(name=one.heading))


@no_collector()
def write(
    layout: Layout, groups: Sequence[Group], path: Path, author: Author, around: Mapping[str, str]
) -> None:
    """Write the grouped rows as the layout says; JSON gets one object for each, by heading."""
    refuse_suffix(path)
    save(path, tabs(layout, groups, author, around), objects(layout, groups), author)


def grouped(layout: Layout, rows: Sequence[Any], keys: Keys) -> list[Group]:
    """The rows in their order, by worksheet; ``keys`` order the texts of some fields."""
    ordered = list(rows)
    for name in reversed(layout.order):
        bare = name.removeprefix("-")
        by = keys.get(bare, str)
        ordered.sort(key=lambda row: by(_plain(getattr(row, bare))), reverse=name != bare)
    if not layout.split:
        return [("", ordered)]
    found: dict[str, list[Any]] = {}
    for row in ordered:
        found.setdefault(words_of(getattr(row, layout.split)), []).append(row)
    by = keys.get(layout.split, str)
    return sorted(found.items(), key=lambda group: (not group[0], by(group[0]))) or [("", [])]


def tabs(
    layout: Layout,
    groups: Sequence[Group],
    author: Author,
    around: Mapping[str, str],
) -> list[Tab]:
    """The worksheets of the groups."""
    names = sheet_names(
        [group or (_(NOT_STATED) if layout.split else layout.name) for group, _rows in groups]
    )
    headings = [one.heading for one in layout.columns]
    widths = [one.width for one in layout.columns]
    made = []
    for name, (group, rows) in zip(names, groups, strict=True):
        told = {
            "unit": author.unit,
            "day": shown(author.at_home[:10]),
            "count": str(len(rows)),
            "group": group,
            **around,
        }
        above = [_filled(line, told) for line in layout.titles]
        made.append(Tab(name, headings, cells(layout, rows), widths, above))
    return made


def cells(layout: Layout, rows: Sequence[Any]) -> list[list[str]]:
    """The texts of every column."""
    return [_cells(one, rows) for one in layout.columns]


def objects(layout: Layout, groups: Iterable[Group]) -> list[dict[str, str]]:
    """The rows by heading, as JSON carries them."""
    headings = [one.heading for one in layout.columns]
    return [
        dict(zip(headings, line, strict=True))
        for _group, rows in groups
        for line in zip(*cells(layout, rows), strict=True)
    ]


def dated(partial: str, form: str) -> str:
    """A partly known day or moment in this form; what is not known of it is left out."""
    found = PARTS.fullmatch(partial)
    if found is None or not form:
        return shown(partial)
    parts = found.groups()
    if all(parts[MARKS[mark]] for mark in MARK.findall(form)):
        return MARK.sub(lambda mark: parts[MARKS[mark[0]]], form)
    return shown(partial if "hh:mm" in form else partial[:10])


def _cells(one: OutputColumn, rows: Sequence[Any]) -> list[str]:
    if one.field == NUMBER:
        return [str(at) for at in range(1, len(rows) + 1)]
    if not one.field:
        texts = [one.constant] * len(rows)
    else:
        values = [getattr(row, one.field) for row in rows]
        said = {value: _said(one, value) for value in set(values)}
        texts = [said[value] for value in values]
    for name, wanted in one.only.items():
        texts = [
            text if _plain(getattr(row, name)) == wanted else ""
            for text, row in zip(texts, rows, strict=True)
        ]
    return texts


def _said(one: OutputColumn, value: Any) -> str:
    plain = _plain(value)
    if plain in one.words:
        return one.words[plain]
    if is_moment(one.field) and plain:
        return dated(plain, one.date)
    return words_of(value)


def _plain(value: Any) -> str:
    """The value as words of a layout name it: English capitals for codes, YES or NO."""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Code) else str(value)


def _filled(line: str, told: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: told.get(name[1], name[0]), line)
