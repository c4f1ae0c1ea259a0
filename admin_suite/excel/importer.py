"""From a file to stored rows: read without a database, check beside a writer, store in one go.

Reading and checking cells needs no transaction; the write lock is held only while verbs run.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from admin_suite.core.collector import no_collector
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.excel import layout, reader
from admin_suite.excel.cells import read_all
from admin_suite.excel.draft import (
    Asking,
    Draft,
    Line,
    Part,
    Place,
    Receipt,
    Refusing,
    heading_in,
    problem_at,
)
from admin_suite.excel.grid import Grid, blank
from admin_suite.excel.listing import FORMULA_ERRORS, Answers, Listing, glimpse, listing
from admin_suite.excel.sheet import Column, Problem, Remark, Review, Sheet, T, Table
from admin_suite.excel.storing import preview, store
from admin_suite.excel.walking import walk

__all__ = [
    "Asking",
    "Draft",
    "Line",
    "Options",
    "Part",
    "Place",
    "Receipt",
    "Refusing",
    "drafted",
    "preview",
    "read_file",
    "store",
]


class Options(Struct, frozen=True):
    """What a person has answered: which worksheets, hidden rows, exchanged dates, the sender.

    ``hidden`` is ``take`` or ``skip``, ``dates`` says ``swap`` or ``keep`` by field, ``headings``
    names the heading of a field.
    """

    worksheets: tuple[str, ...] = ()
    hidden: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """What concerns one worksheet."""
        return Answers(self.hidden, self.dates, self.headings, self.sender)


DEFAULT = Options()


def read_file(
    sheet: Sheet[T],
    path: Path,
    context: Any,
    options: Options = DEFAULT,
    progress: Progress | None = None,
) -> Draft[T]:
    """Read a file; touches no database. ``context`` is the answer of the sheet's own question."""
    _refuse_unknown(sheet, options)
    with no_collector():
        grids = reader.open_book(path, sheet.most_rows)
        found = _listings(sheet, grids, context, options)
        draft = Draft(sheet, path.name)
        draft.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return drafted(draft, found, progress)


def drafted(draft: Draft[T], listings: Iterable[Listing], progress: Progress | None) -> Draft[T]:
    """Make the items of lists whose cells are known, and look over all of them."""
    steps, kept = progress or Progress(), []
    steps.step(draft.read, 0)
    for found in listings:
        _take(draft, found)
        kept.append(found)
        steps.step(draft.read, 0)
    draft.listings = kept
    steps.step(draft.read, draft.read)
    _look_over(draft)
    return draft


def _refuse_unknown(sheet: Sheet[Any], options: Options) -> None:
    """Refuse a sheet that only leaves, and an answer that speaks of a field it does not have."""
    if not sheet.columns:
        raise UserError(_("“{name}” cannot be imported.").format(name=_(sheet.title)))
    known = [column.field for column in sheet.columns]
    for name in (*options.dates, *options.headings):
        if name not in known:
            said = _("This sheet has no field “{name}”. It has: {names}.")
            raise UserError(said.format(name=name, names=", ".join(known)))


def _listings(
    sheet: Sheet[Any], grids: Sequence[Grid], context: Any, options: Options
) -> Iterator[Listing]:
    """The lists of the worksheets that are to be read; the first one tells of the others."""
    wanted = _wanted(sheet, grids, options)
    names = {grid.name for grid in wanted}
    others = [] if options.worksheets else [grid for grid in grids if grid.name not in names]
    told = [one for grid in others for one in _unread(sheet, grid, options)]
    for grid in wanted:
        found = listing(sheet, grid, context, options.answers)
        found.told += told
        told = []
        yield found


def _unread(sheet: Sheet[Any], grid: Grid, options: Options) -> list[tuple[str, str]]:
    """What is to be said of a worksheet that nobody named: a hidden list, or none at all."""
    if grid.visible:
        said = _("The worksheet “{name}” holds no such list and was not read.")
        written = any(not blank(cell) for row in grid.rows for cell in row)
        return [("WORKSHEET_LEFT", said.format(name=grid.name))] if written else []
    rows = _rows_in(sheet, grid, options)
    said = _("The hidden worksheet “{name}” holds such a list too, of {n} rows; it was not read.")
    return [("WORKSHEET_HIDDEN", said.format(name=grid.name, n=rows))] if rows else []


def _rows_in(sheet: Sheet[Any], grid: Grid, options: Options) -> int:
    """How many rows a worksheet holds of such a list."""
    try:
        shape = layout.headed(sheet, grid, options.headings)
    except UserError:
        return 0
    walk(sheet, grid, shape)
    return len(shape.rows)


def _wanted(sheet: Sheet[Any], grids: Sequence[Grid], options: Options) -> list[Grid]:
    """The worksheets to read: those named, or the only one that holds such a list."""
    if options.worksheets:
        return _named(grids, options.worksheets)
    shown = [grid for grid in grids if grid.visible and grid.rows]
    if len(shown) == 1:
        return shown
    found, why = [], UserError(_("The file holds no list."))
    for grid in shown:
        try:
            shape = layout.headed(sheet, grid, options.headings)
        except UserError as error:
            why = error
            continue
        walk(sheet, grid, shape)
        found += [grid] if shape.rows else []
    if not found:
        raise why
    if len(found) > 1:
        names = [grid.name for grid in found]
        said = _("Several worksheets hold a list: {names}. Which of them shall be read?")
        raise Asking("worksheet", said.format(names=", ".join(names)), names)
    return found


def _named(grids: Sequence[Grid], wanted: Sequence[str]) -> list[Grid]:
    names = [grid.name for grid in grids]
    for name in wanted:
        if name not in names:
            said = _("There is no worksheet “{name}”. There are: {names}.")
            raise UserError(said.format(name=name, names=", ".join(names)))
    return [grid for grid in grids if grid.name in wanted]


def _take(draft: Draft[T], found: Listing) -> None:
    """Read the columns of a list and make its items."""
    part, sheet = found.part, draft.sheet
    table = Table(part.about, len(part.numbers), {}, part.sections, part.numbers)
    for column in found.columns:
        _read_column(table, column, part.cells[column.field])
    items = sheet.made(table)
    part.values = table.values
    draft.parts.append(part)
    draft.read += len(part.numbers) + len(found.skipped)
    draft.skipped += [Place(part.worksheet, row) for row in found.skipped]
    good = [at for at, item in enumerate(items) if item is not None]
    draft.items += filter(None, items)
    draft.places += [Place(part.worksheet, part.numbers[at]) for at in good]
    warned = [remark for remark in table.warned if items[remark.at] is not None]
    draft.problems += [_remarked(draft, part, remark) for remark in table.refused]
    draft.warnings += [_remarked(draft, part, remark) for remark in warned]
    for first, n in table.untold():
        said = _("{n} further rows of “{column}”, as in row {row}: {why}")
        named, row = heading_in(draft, part, first.field), part.numbers[first.at]
        said = said.format(n=n, column=named, row=row, why=first.message)
        _overall(draft, part, first.code, said)
    _say_of_list(draft, found)
    draft.warnings += [Problem(0, "", said, code, part.worksheet) for code, said in table.overall]
    if not draft.title and not draft.sender:
        about = part.about
        draft.title, draft.sender, draft.day = about.title, about.sender, about.day


def _read_column(table: Table, column: Column, cells: Sequence[Any]) -> None:
    broken = _broken(cells)
    if broken:
        said = _("The formula in this cell gives an error.")
        cells = list(cells)
        for at in broken:
            table.refuse(at, column.field, "FORMULA_ERROR", said)
            cells[at] = ""
    done = read_all(column, cells, table.about)
    table.values[column.field] = done.values
    for at, (code, message) in done.wrong.items():
        table.refuse(at, column.field, code, message)
    for at, (code, message, offer) in done.noted.items():
        table.warn(at, column.field, code, message, offer)


def _remarked(draft: Draft[Any], part: Part, remark: Remark) -> Problem:
    heading = heading_in(draft, part, remark.field)
    row = part.numbers[remark.at]
    where = (part.worksheet, remark.field, remark.offer)
    return Problem(row, heading, remark.message, remark.code, *where)


def _broken(cells: Sequence[Any]) -> list[int]:
    if FORMULA_ERRORS.isdisjoint(cells):
        return []
    return [at for at, cell in enumerate(cells) if isinstance(cell, str) and cell in FORMULA_ERRORS]


def _say_of_list(draft: Draft[Any], found: Listing) -> None:
    """Everything that is said of a list as a whole."""
    part = found.part
    whole = len(part.numbers) + len(found.skipped)
    for total in found.totals:
        if whole not in (*total.stated, sum(total.stated)):
            said = _("The list states {stated}, but {read} rows are written.")
            _overall(
                draft,
                part,
                "TOTAL_DIFFERS",
                said.format(stated=draft.sheet.counted.of(total.stated[0]), read=whole),
                total.row + 1,
            )
    _say_of_rows(draft, found)
    for name in found.swapped:
        said = _("Day and month of the true dates in “{column}” were exchanged.")
        _overall(draft, part, "SWAPPED_DATES", said.format(column=heading_in(draft, part, name)))
    for code, said in found.told:
        _overall(draft, part, code, said)
    _say_what_is_left(draft, found)
    if found.second:
        said = _("A second table begins in column {column} ({n} rows). It was not read.")
        _overall(
            draft, part, "SECOND_TABLE", said.format(column=found.second_column + 1, n=found.second)
        )


def _say_of_rows(draft: Draft[Any], found: Listing) -> None:
    """What the file shows of its rows: those that are hidden, and those that are struck through."""
    part = found.part
    if found.hidden:
        said = (
            _("{n} hidden rows were skipped.") if found.skipped else _("{n} hidden rows were read.")
        )
        _overall(draft, part, "HIDDEN_ROWS", said.format(n=len(found.hidden)))
        mark = _("This row is hidden in the file.")
        for row in sorted({*found.hidden} - {*found.skipped}):
            _overall(draft, part, "HIDDEN_ROW", mark, row)
    for row in found.struck:
        said = _("This row is struck through in the file; it was read all the same.")
        _overall(draft, part, "STRUCK_ROW", said, row)


def _say_what_is_left(draft: Draft[Any], found: Listing) -> None:
    """What stands below the last record: signatures, notes, another table."""
    part, left = found.part, found.left
    if found.below:
        said = _("Another table begins in row {row}, below the list. It was not read.")
        _overall(draft, part, "SECOND_TABLE", said.format(row=found.below + 1))
    elif left:
        text = glimpse(cell for row in left for cell in part.grid[row - 1])
        said = _("{n} lines below the list were not read, from row {row}: {text}")
        message = said.format(n=len(left), row=left[0], text=text)
        _overall(draft, part, "LEFT_BELOW", message, left[0])


def _overall(draft: Draft[Any], part: Part, code: str, message: str, row: int = 0) -> None:
    draft.warnings.append(Problem(row, "", message, code, part.worksheet))


def _look_over(draft: Draft[T]) -> None:
    """Let the sheet look at all items at once."""
    if draft.sheet.review is None:
        return
    review = Review(draft.items)
    draft.sheet.review(review)
    for remark in review.warned:
        draft.warnings.append(
            problem_at(draft, remark.at, remark.field, remark.message, remark.code)
        )
    draft.warnings += [Problem(0, "", message, code) for code, message in review.overall]
    for at, into in review.merged.items():
        first = draft.places[into]
        said = _("This row says again what row {row} says; both are kept as one.")
        draft.warnings.append(problem_at(draft, at, "", said.format(row=first.row), "MERGED"))
        draft.merged[draft.places[at]] = first
    if not review.merged:
        return
    keep = [at for at in range(len(draft.items)) if at not in review.merged]
    draft.items = [draft.items[at] for at in keep]
    draft.places = [draft.places[at] for at in keep]
