"""What is typed into a grid: cells made tidy, blocks from a spreadsheet, cards; no Qt in here."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.db.work import Work, asked_by
from admin_suite.excel.draft import problem_at
from admin_suite.excel.listing import is_ditto
from admin_suite.excel.sheet import About, Column, Sheet
from admin_suite.excel.typed import TYPED, Typed, read_typed
from admin_suite.registry.cards import read_card
from admin_suite.registry.names import tidy
from admin_suite.registry.reading import days
from admin_suite.registry.reading.days import Moment
from admin_suite.ui import lists
from admin_suite.ui.lists import Found
from admin_suite.ui.runner import Runner

PACKED = re.compile(r"(\d\d)(\d\d)(\d\d|\d{4})")
MONTH = re.compile(r"(\d\d)(\d{4})")
TWELVE = 12
CELL = re.compile(
    r'(?:"(?![\t\n])(?P<quoted>[^"]+(?:""[^"]*)*|(?:""[^"]*)+)"|(?P<plain>[^\t\n]*))(?P<end>[\t\n]|\Z)'
)


class Said(Struct, frozen=True):
    """What is wrong with, or to be said of, the fields of one row."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, str] = field(default_factory=dict)


def storable(runner: Runner) -> list[Sheet[Any]]:
    """The sheets that whoever is signed in may fill in."""
    found = []
    for sheet in lists.importable(runner.modules):
        right = asked_by(sheet.store)
        if right is None or runner.may(right):
            found.append(sheet)
    return found


def tidied(column: Column, text: str, about: About) -> str:
    """A cell as it is shown once it is typed: days in full, codes by their word."""
    words = tidy(text)
    if not words:
        return ""
    if _is_day(column):
        words = unpacked(words)
    try:
        value = column.read(words, about)
    except UserError:
        return words
    return _written(column, value) or words


def _written(column: Column, value: object) -> str:
    """What was read, as it is shown; empty where it stays as it was typed."""
    if isinstance(value, Moment):
        return shown(days.written(value.day, value.hour)) if value.day else ""
    if isinstance(value, Code):
        return value.word
    return shown(value) if _is_day(column) and isinstance(value, str) else ""


def _is_day(column: Column) -> bool:
    return column.dates or column.read is days.moment


def unpacked(words: str) -> str:
    """``050385`` is the fifth of March, ``031985`` a month."""
    month = MONTH.fullmatch(words)
    if month and 1 <= int(month[1]) <= TWELVE and int(month[2][:2]) in (19, 20):
        return f"{month[1]}/{month[2]}"
    found = PACKED.fullmatch(words)
    return "/".join(found.groups()) if found and 1 <= int(found[2]) <= TWELVE else words


def repeats(text: str) -> bool:
    """Whether a cell says only that it is as the one above."""
    return is_ditto(text.strip())


def block(text: str) -> list[list[str]]:
    """The cells of what a spreadsheet has put on the clipboard; quoted cells keep their lines.

    A quotation mark alone in its cell means "as above", as papers and word processors have it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    for found in CELL.finditer(lines):
        words = found["plain"] if found["quoted"] is None else found["quoted"].replace('""', '"')
        rows[-1].append(" ".join(words.split()))
        if found["end"] == "\n":
            rows.append([])
        elif not found["end"]:
            break
    return rows


def on_card(text: str) -> dict[str, str]:
    """The fields of a person on a scanned card; a damaged name is left to be typed."""
    card = read_card(text) if "|" in text else None
    if card is None:
        return {}
    cells = {
        "name": "" if card.damaged else card.name,
        "dob": shown(card.dob),
        "sex": card.sex.word if card.sex else "",
        "phone": card.phone,
        "id_no": card.id_no,
        "old_id_no": card.old_id_no,
        "insurance_no": card.insurance_no,
        "address": "" if card.damaged else card.address,
    }
    return {name: words for name, words in cells.items() if words}


def about_of(typed: Typed, world: Any) -> About:
    """What is known of the list while its cells are typed."""
    usual: date | None = typed.head.day or getattr(world, "today", None)
    year = usual.year if usual else 0
    return About("", typed.head.sender, typed.head.day, year, usual, "", {}, world)


def check_rows(work: Work, sheet: Sheet[Any], typed: Typed, world: Any) -> dict[int, Said]:
    """What storing would say of these rows, each by its number; a question."""
    draft = read_typed(sheet, typed, world)
    problems = list(draft.problems)
    for refusal in sheet.check(work, draft.items):
        problems.append(problem_at(draft, refusal.item, refusal.field, refusal.message))
    found: dict[int, Said] = {number: Said({}, {}) for number in typed.rows}
    for of_what, said in ((problems, "wrong"), (draft.warnings, "noted")):
        for one in of_what:
            if one.row in found:
                cells: dict[str, str] = getattr(found[one.row], said)
                cells[one.field] = one.message
    return found


def prepare(work: Work, sheet: Sheet[Any], typed: Typed, world: Any) -> Found:
    """The whole list as an import would have it, checked; a question."""
    return lists.check(work, Found(Path(TYPED), read_typed(sheet, typed, world)))


def filled(rows: Sequence[Sequence[str]]) -> int:
    """How many rows say anything."""
    return sum(any(cell.strip() for cell in row) for row in rows)
