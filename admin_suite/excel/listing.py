"""One worksheet becomes one list: its rows of data, column by column.

What merged cells and ditto marks mean is filled in.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct, field

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel import layout as layouts
from admin_suite.excel import titles
from admin_suite.excel.draft import Asking, Part
from admin_suite.excel.grid import Grid, blank, plain, shortened, too_long
from admin_suite.excel.layout import Layout, Total
from admin_suite.excel.sheet import About, Column, Sheet
from admin_suite.excel.walking import walk
from admin_suite.excel.words import loose

DITTO = re.compile(
    r"n ?t|n ?tr|(?:nhu|giong|cung|y|theo) (?:dong |hang |o |ben |phia |dia chi |y )*tren|tren"
    r"|same|ditto|idem"
)
QUOTES = set('\u2033"\u201c\u201d\u3003\u201e\u2036\uff02,\u2193')  # one of them is a ditto
STROKES = set("'/\\`\u2019\u2018\u201f\u2032\u02b9")  # two of them are
FORMULA_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
LONGEST = 24  # letters of a ditto
STARTS = QUOTES | STROKES | set("-.([\u2013\u2014 nNsSdDgGcCyYtTiI")
PERHAPS = re.compile(  # seen before a cell is looked at in earnest: few names are written so
    r"[\W_]*(?:$|n[\W_]*tr?[\W_]*$|(?:(?:nh|gi|c.{1,3}ng|y|th).*[\W_])?tr.{1,3}n[\W_]*$"
    r"|same|ditto|idem)",
    re.IGNORECASE | re.DOTALL,
)
MANY, TWELVE, TWO = 6, 12, 2
MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})([/.\-])(\d{1,2})\2(?=\d{4}|\d{2}\b)")
SEVERAL = 3
DIGIT = re.compile(r"\d")
SHOWN = 160  # letters shown of what was not read
LETTERS = 1_000  # of a cell in which titles and days are looked for
ENOUGH = 500  # rows that tell the usual day
NEAR = timedelta(days=60)


class Listing(Struct):
    """The list of one worksheet, ready to be read column by column."""

    sheet: Sheet[Any]
    part: Part
    columns: list[Column]
    totals: list[Total]
    second: int
    second_column: int
    swapped: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    below: int = 0
    told: list[tuple[str, str]] = field(default_factory=list)  # code and sentence, of all of it


class Answers(Struct, frozen=True):
    """What a person has answered about a file; see ``importer.Options``."""

    hidden: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""


def listing(sheet: Sheet[Any], grid: Grid, world: Any, answers: Answers) -> Listing:
    """Understand a worksheet; asks or refuses where a person must decide."""
    if len(grid.rows) > sheet.most_rows:
        raise too_long(grid.name, len(grid.rows), sheet.most_rows)
    shape = layouts.headed(sheet, grid, answers.headings)
    _join_spread(sheet, grid, shape)
    told = _join_given(sheet, grid, shape)
    _fill_merges(grid, shape)
    walk(sheet, grid, shape)
    columns = [c for c in sheet.columns if c.field in shape.seats.places]
    found = listed(sheet, grid, shape, _about(grid, shape, answers, columns, world))
    found.told += [*told, *_without_heading(grid, shape), *_lines_between(grid, shape)]
    _leave_hidden(grid, found, answers)
    found.struck = _struck(grid, found) if grid.struck else []
    _swap_days(found, answers)
    return found


def listed(sheet: Sheet[Any], grid: Grid, shape: Layout, about: About) -> Listing:
    """The rows of a worksheet of which it is known where they stand, column by column."""
    columns = [c for c in sheet.columns if c.field in shape.seats.places]
    table = grid.columns(shape.rows, [shape.seats.places[c.field] for c in columns])
    cells: dict[str, Sequence[Any]] = {
        column.field: _without_dittos(written, column.codes(about.world) if column.codes else ())
        for column, written in zip(columns, table, strict=True)
    }
    part = Part(
        grid.name,
        shape.seats.places,
        shape.seats.ignored,
        [at + 1 for at in shape.rows],
        cells,
        about=about,
        sections=shape.sections,
        texts=shape.texts,
        grid=grid.rows,
    )
    found = Listing(sheet, part, columns, shape.totals, shape.second, shape.end)
    found.left, found.below = [at + 1 for at in shape.left], shape.below
    return found


def _fill_merges(grid: Grid, shape: Layout) -> None:
    """What stands in a merged cell counts for all its rows; no cell is filled twice."""
    filled: dict[int, int] = {}
    for (top, left), (bottom, _right) in sorted(grid.merges):
        if top < shape.first or bottom == top or left >= shape.end:
            continue
        value = grid.cell(top, left)
        last = min(bottom, len(grid.rows) - 1)
        for at in range(max(top + 1, filled.get(left, 0)), last + 1):
            row = grid.rows[at]
            if left < len(row) and blank(row[left]):
                row[left] = value  # type: ignore[index]
        filled[left] = max(last + 1, filled.get(left, 0))


def _join_spread(sheet: Sheet[Any], grid: Grid, shape: Layout) -> None:
    """A required text whose heading is merged over two columns is what stands in both."""
    wanted = {shape.seats.places.get(c.field, -1) for c in sheet.columns if c.required}
    for (top, left), (bottom, right) in grid.merges:
        if left not in wanted or not shape.top <= top <= bottom < shape.first:
            continue
        if any(shape.texts[left + 1 : right + 1]):
            continue
        for row in grid.rows[shape.first :]:
            parts = [plain(cell) for cell in row[left : right + 1] if not blank(cell)]
            row[left : right + 1] = [" ".join(parts), *[""] * (right - left)]  # type: ignore[index]


def _join_given(sheet: Sheet[Any], grid: Grid, shape: Layout) -> list[tuple[str, str]]:
    """Names that go on in the column beside, which has no heading; says so."""
    left = shape.seats.places.get("name", shape.end)
    if left + 1 >= shape.end or shape.texts[left + 1] or sheet.of_places:
        return []
    pairs = [(row[left], row[left + 1]) for row in grid.rows[shape.first :] if len(row) > left + 1]
    named = sum(not blank(name) for name, _given in pairs)
    given = [cell for name, cell in pairs if not (blank(name) or blank(cell))]
    if len(given) < TWO or len(given) * 3 < named * 2 or not all(map(_is_given, given)):
        return []
    for row in grid.rows[shape.first :]:
        if len(row) > left + 1 and not (blank(row[left]) or blank(row[left + 1])):
            row[left : left + 2] = [f"{plain(row[left])} {plain(row[left + 1])}", ""]  # type: ignore[index]
    said = _("Column {column} has no heading; it was read as the end of “{heading}”.")
    heading = " ".join(shape.texts[left].split())
    return [("NAME_JOINED", said.format(column=left + 2, heading=heading))]


def _is_given(cell: object) -> bool:
    """Whether a cell may be a given name: one word or two, letters only."""
    return isinstance(cell, str) and len(cell.split()) <= TWO and cell.replace(" ", "").isalpha()


def _without_heading(grid: Grid, shape: Layout) -> list[tuple[str, str]]:
    """What stands beside the rows in columns that have no heading; nothing reads it."""
    taken = {*shape.seats.places.values(), shape.seats.number}
    bare = [at for at in range(shape.end) if not shape.texts[at] and at not in taken]
    said, found = _("Column {column} has no heading and was not read: {text}"), []
    for at, cells in zip(bare, grid.columns(shape.rows, bare), strict=True):
        if text := glimpse(cells):
            found.append(("NO_HEADING", said.format(column=at + 1, text=text)))
    return found


def _lines_between(grid: Grid, shape: Layout) -> list[tuple[str, str]]:
    """Lines between the rows that are neither a row nor plainly the heading of a part."""
    if not shape.between:
        return []
    text = glimpse(cell for at in shape.between for cell in grid.rows[at])
    said = _("{n} lines between the rows were not read, from row {row}: {text}")
    message = said.format(n=len(shape.between), row=shape.between[0] + 1, text=text)
    return [("LINES_BETWEEN", message)]


def glimpse(cells: Iterable[Any]) -> str:
    """What stands in cells that were not read, as one line that is not too long."""
    written = (" ".join(plain(cell).split()) for cell in cells if not blank(cell))
    return shortened(" · ".join(written), SHOWN)


def _without_dittos(cells: list[Any], codes: Collection[str]) -> list[Any]:
    """The cells of a column, those that say "as above" with what stands above.

    ``codes`` never say so, nor do letters below which nothing stands above.
    """
    texts = [cell for cell in set(cells) if isinstance(cell, str) and cell[:1] in STARTS]
    ditto = {c for c in texts if len(c) <= LONGEST and PERHAPS.match(c) and is_ditto(c)}
    ditto.difference_update(codes)
    if ditto:
        above: Any = ""
        for at, cell in enumerate(cells):
            if cell in ditto and (not blank(above) or not re.search(r"\w", cell)):
                cells[at] = above
            else:
                above = cell
    return cells


def is_ditto(cell: str) -> bool:
    """Whether a cell says only that it is as the one above."""
    marks = [letter for letter in cell if letter not in "-.()[] \u2013\u2014\u00a0"]
    if marks and not set(marks) - QUOTES - STROKES:
        return len(marks) >= TWO or (marks[0] in QUOTES and marks[0] != ",")
    return bool(DITTO.fullmatch(loose(cell)))


def _about(
    grid: Grid, shape: Layout, answers: Answers, columns: Sequence[Column], world: Any
) -> About:
    lines = _lines(grid, shape.top)
    day = titles.list_day(lines)
    told = day or titles.day_of(lines) or titles.day_of(shape.footer)
    today = getattr(world, "today", None)
    own = titles.own_lines(lines)
    found = told or usual_day(grid, shape, columns) or titles.day_of(dict.fromkeys(shape.sections))
    found = found or titles.month_of(own)
    dated = found or titles.end_of_year(own, today) or today
    if day is None and dated is not None:
        short = titles.day_within(own, dated.year)
        short = short or titles.day_of_worksheet(grid.name, dated.year)
        day = short if short and (today is None or short <= today) else None
    title = titles.title_of(lines)
    start = lines.index(title) if title else len(lines)
    place = "\n".join([*lines[start:], grid.name])
    sender = answers.sender or titles.sender_of(lines)
    year = dated.year if dated else 0
    return About(
        title,
        sender,
        day,
        year,
        dated,
        place,
        shape.seats.headings,
        world,
        undated=found is None and day is None,
        head="\n".join(lines),
    )


def _lines(grid: Grid, top: int) -> list[str]:
    """What stands above the headings, line by line; a true date as it is written."""
    found = []
    for cell in (cell for row in grid.rows[:top] for cell in row if not blank(cell)):
        text = cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell
        if isinstance(text, str):
            lines = unicodedata.normalize("NFC", text[:LETTERS]).splitlines()
            found += [" ".join(line.split()) for line in lines if line.strip()]
    return found


def usual_day(grid: Grid, shape: Layout, columns: Sequence[Column]) -> date | None:
    """The day that most events have; a birth is no event. Columns not known may tell it too."""
    named = [shape.seats.places[c.field] for c in columns if c.dates and c.field != "dob"]
    taken = set(shape.seats.places.values())
    others = [
        at
        for at, text in enumerate(shape.texts)
        if at not in taken and not re.search(r"\b(?:sinh|cap)\b", loose(text))
    ]
    for places in (named, others):
        found: Counter[date] = Counter()
        for cell in (grid.rows[at][place] for place in places for at in shape.rows[:ENOUGH]):
            if isinstance(cell, date):
                found[_day(cell)] += 1
            elif isinstance(cell, str) and DIGIT.search(cell):
                found.update(titles.days_in(cell[:LETTERS])[:1])
        if found:
            return found.most_common(1)[0][0]
    return None


def _struck(grid: Grid, found: Listing) -> list[int]:
    """The rows whose required cell is struck through: somebody has taken them out of the list."""
    leads = [c.field for c in found.columns if c.required or c.serves]
    places = [found.part.places[name] for name in leads]
    numbers = found.part.numbers
    return [row for row in numbers if any((row - 1, place) in grid.struck for place in places)]


def _leave_hidden(grid: Grid, found: Listing, answers: Answers) -> None:
    part = found.part
    hidden = [at for at, row in enumerate(part.numbers) if row - 1 in grid.hidden]
    if not hidden:
        return
    if answers.hidden not in {"take", "skip"}:
        said = _("{n} rows of “{name}” are hidden (first: row {row}). Take them or skip them?")
        first = part.numbers[hidden[0]]
        raise Asking(
            "hidden",
            said.format(n=len(hidden), name=grid.name, row=first),
            ("take", "skip"),
        )
    found.hidden = [part.numbers[at] for at in hidden]
    if answers.hidden == "take":
        return
    found.skipped = found.hidden
    out = set(hidden)
    keep = [at for at in range(len(part.numbers)) if at not in out]
    part.numbers = [part.numbers[at] for at in keep]
    part.cells = {name: [cells[at] for at in keep] for name, cells in part.cells.items()}
    part.sections = [part.sections[at] for at in keep]


def _swap_days(found: Listing, answers: Answers) -> None:
    for column in found.columns:
        if not column.dates:
            continue
        answer = answers.dates.get(column.field, "")
        cells = found.part.cells[column.field]
        american = _puts_month_first(cells)
        if not answer and (american or _look_swapped(found, column)):
            said = _(
                "In “{column}” day and month of the true dates seem to be exchanged: no day "
                "is after the 12th. Exchange them or keep them?"
            )
            if american:
                said = _(
                    "In “{column}” the month seems to stand before the day. Exchange them or keep "
                    "them?"
                )
            heading = found.part.about.headings.get(column.field, _(column.heading))
            raise Asking("dates", said.format(column=heading), ("swap", "keep"), column.field)
        if answer == "swap":
            found.part.cells[column.field] = [_swapped(cell, texts=american) for cell in cells]
            found.swapped.append(column.field)
        elif answer not in {"", "keep"}:
            raise UserError(_("Dates are answered with “swap” or “keep”."))


def _look_swapped(found: Listing, column: Column) -> bool:
    """Excel of another country took 05/08 for 8 May and left 13/08 as text."""
    cells = found.part.cells[column.field]
    true = {cell for cell in cells if isinstance(cell, date)}
    if len(true) < MANY or any(day.day > TWELVE for day in true):
        return False
    late = any(
        isinstance(cell, str) and (day := titles.day_of([cell])) and day.day > TWELVE
        for cell in cells
    )
    if column.field == "dob" or found.part.about.day is None:
        return late
    title = found.part.about.day
    return late and not any(abs(_day(day) - title) < NEAR for day in true)


def _puts_month_first(cells: Sequence[Any]) -> bool:
    """Texts as in America: in several the second number can be no month, in none the first."""
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    found = [(MONTH_FIRST.match(text), n) for text, n in texts.items()]
    pairs = [(int(one[1]), int(one[3]), n) for one, n in found if one]
    late = sum(n for _first, second, n in pairs if second > TWELVE)
    return late >= SEVERAL and all(first <= TWELVE for first, _second, _n in pairs)


def _swapped(cell: Any, *, texts: bool) -> Any:
    if isinstance(cell, date) and cell.day <= TWELVE:
        return cell.replace(day=cell.month, month=cell.day)
    return MONTH_FIRST.sub(r"\3\2\1\2", cell, count=1) if texts and isinstance(cell, str) else cell


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell
