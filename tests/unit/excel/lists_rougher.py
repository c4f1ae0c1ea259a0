"""What happens to a list on its way: dittos, merged and hidden cells, broken formulas, a table."""

import random

from msgspec import Struct, field

from tests.unit.excel.list_words import DITTOS
from tests.unit.excel.lists_made import Made, made

SAME = ("subject", "specimen", "pool")  # columns whose cell may be that of the row above
WORD = {"subject": "SUBJECT_UNKNOWN", "specimen": "SPECIMEN_UNKNOWN"}


class Rough(Struct):
    """A made list after its way, and how a person answers what is asked of it."""

    list: Made
    hidden: set[int] = field(default_factory=set)  # rows as the grid counts
    answer: str = ""
    skipped: set[int] = field(default_factory=set)


def rough(seed: int) -> Rough:
    """The list of a seed, roughened."""
    dice, one = random.Random(f"rough {seed}"), Rough(made(seed))
    pairs = [row for row in sorted(one.list.rows) if row - 1 in one.list.rows]
    for row in pairs:
        name = dice.choice(SAME)
        if dice.random() < 0.3:
            _as_above(one.list, row, name, dice.choice(DITTOS))
        elif dice.random() < 0.2 and not _stands_merged(one.list, row, name):
            _merge(one.list, row, name)
    for row in list(one.list.rows):
        if dice.random() < 0.03:
            _break(one.list, row, dice.choice(["name", "specimen", "pool"]))
    if dice.random() < 0.3:
        _hide(one, dice)
    if dice.random() < 0.3 and one.list.rows and "number" in one.list.places:
        _set_beside(one.list)
    return one


def _as_above(one: Made, row: int, name: str, ditto: str) -> None:
    one.cells[row - 1][one.places[name]] = ditto
    _means_above(one, row, name)


def _means_above(one: Made, row: int, name: str) -> None:
    one.rows[row][name] = one.rows[row - 1][name]
    if name in WORD:
        one.warned.discard((row, WORD[name]))
        one.warned |= {(row, WORD[name])} & {(row, code) for _r, code in _at(one, row - 1)}


def _at(one: Made, row: int) -> set[tuple[int, str]]:
    return {pair for pair in one.warned if pair[0] == row}


def _stands_merged(one: Made, row: int, name: str) -> bool:
    """Whether this cell or the one above is in a merged one, or says only that it is the same."""
    at = one.places[name]
    near = any(c == at and a <= row <= d + 1 for a, c, d, _e in one.merges)
    return near or one.cells[row - 2][at] in DITTOS


def _merge(one: Made, row: int, name: str) -> None:
    at = one.places[name]
    one.cells[row - 1][at] = ""
    one.merges.append((row - 2, at, row - 1, at))
    _means_above(one, row, name)


def _break(one: Made, row: int, name: str) -> None:
    at = one.places[name]
    below = (
        row < len(one.cells) and len(one.cells[row]) > at and one.cells[row][at] in (*DITTOS, "")
    )
    if below or any(c == at and a <= row - 1 <= d for a, c, d, _e in one.merges):
        return
    one.cells[row - 1][at] = "#N/A"
    del one.rows[row]
    one.refused.add((row, "FORMULA_ERROR"))
    one.warned -= _at(one, row)


def _hide(one: Rough, dice: random.Random) -> None:
    rows = dice.sample(sorted(one.list.rows), min(2, len(one.list.rows)))
    one.hidden, one.answer = {row - 1 for row in rows}, dice.choice(["take", "skip"])
    one.list.whole.add("HIDDEN_ROWS")
    if one.answer == "skip":
        one.skipped = set(rows)
        for row in rows:
            del one.list.rows[row]
            one.list.warned -= _at(one.list, row)


def _set_beside(one: Made) -> None:
    width = max(map(len, one.cells)) + 1
    table = {one.heads: ["TT", "Tổ lấy mẫu", "Số que"]}
    for n, row in enumerate(sorted(one.rows)[:3], 1):
        table[row] = [n, f"Tổ {n}", 10 * n]
    for row, cells in table.items():
        line = one.cells[row - 1]
        line += [""] * (width - len(line)) + cells
    one.whole.add("SECOND_TABLE")
