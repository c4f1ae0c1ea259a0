"""From a file to stored rows: read without a database, check beside a writer, store in one go.

Reading and checking cells needs no transaction; the write lock is held only while verbs run.
"""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from admin_suite.core.errors import Refused, UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.db.origin import Import, Origin
from admin_suite.db.work import Work
from admin_suite.excel import layout, reader
from admin_suite.excel.draft import Asking, Draft, Line, Part, Place, Receipt, Refusing
from admin_suite.excel.grid import Grid
from admin_suite.excel.listing import FORMULA_ERRORS, Answers, Listing, listing
from admin_suite.excel.sheet import Column, Problem, Remark, Review, Sheet, T, Table, read_all

__all__ = [
    "Asking",
    "Draft",
    "Line",
    "Options",
    "Part",
    "Place",
    "Receipt",
    "Refusing",
    "preview",
    "read_file",
    "store",
]


@dataclass(frozen=True)
class Options:
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


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of cells that live on and make no circles: looking for circles costs a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_file(
    sheet: Sheet[T],
    path: Path,
    context: Any,
    options: Options = DEFAULT,
    progress: Progress | None = None,
) -> Draft[T]:
    """Read a file; touches no database. ``context`` is the answer of the sheet's own question."""
    steps = progress or Progress()
    draft = Draft(sheet, path.name)
    with _no_collector():
        grids = reader.open_book(path)
        draft.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        for grid in _wanted(sheet, grids, options):
            steps.step(draft.read, 0)
            found = listing(sheet, grid, context, options.answers)
            _take(draft, found)
        steps.step(draft.read, draft.read)
        _look_over(draft)
    return draft


def preview(work: Work, draft: Draft[T]) -> Receipt:
    """What storing would refuse; a question, so it runs beside a writer and changes nothing."""
    problems = list(draft.problems)
    for start, batch in work.progress.batches(draft.items):
        for refusal in draft.sheet.check(work, batch):
            problems.append(_problem(draft, start + refusal.index, refusal.field, refusal.message))
    return _receipt(draft, problems, 0, 0, None)


@_no_collector()
def store(work: Work, draft: Draft[T], *, partial: bool = False) -> Receipt:
    """Store through the sheet's verb: all rows or none, or with ``partial`` the good ones."""
    verb = draft.sheet.store
    if verb is None:
        raise UserError(_("“{name}” cannot be imported.").format(name=_(draft.sheet.title)))
    if draft.problems and not partial:
        raise Refusing(preview(work, draft))
    problems, stored, unchanged = list(draft.problems), 0, 0
    entry = _entry(work, draft)
    origin = Origin(draft.file, draft.title, draft.sender, draft.day, entry.id)
    for start, batch in work.progress.batches(draft.items):
        try:
            done = verb(work, batch, origin)
        except Refused as error:
            out = {refusal.index: refusal for refusal in error.refusals}
            problems += [_problem(draft, start + i, r.field, r.message) for i, r in out.items()]
            done = verb(work, [item for i, item in enumerate(batch) if i not in out], origin)
        stored, unchanged = stored + done.new, unchanged + len(done.ids) - done.new
    receipt = _receipt(draft, problems, stored, unchanged, entry.id)
    if problems and not partial:
        raise Refusing(_receipt(draft, problems, 0, 0, None))
    entry.stored, entry.unchanged = stored, unchanged
    entry.refused = len({(problem.worksheet, problem.row) for problem in problems})
    return receipt


def _entry(work: Work, draft: Draft[Any]) -> Import:
    entry = Import(
        sheet=draft.sheet.name,
        file=draft.file,
        sha256=draft.sha256,
        at=work.now(),
        by=work.actor.id,
        read=draft.read,
        stored=0,
        unchanged=0,
        refused=0,
    )
    work.session.add(entry)
    work.session.flush()
    return entry


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
        layout.walk(sheet, grid, shape)
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
    for at, item in enumerate(items):
        if item is not None:
            draft.items.append(item)
            draft.places.append(Place(part.worksheet, part.numbers[at]))
    warned = [remark for remark in table.warned if items[remark.at] is not None]
    draft.problems += [_remarked(draft, part, remark) for remark in table.refused]
    draft.warnings += [_remarked(draft, part, remark) for remark in warned]
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
    for at, (code, message) in done.noted.items():
        table.warn(at, column.field, code, message)


def _remarked(draft: Draft[Any], part: Part, remark: Remark) -> Problem:
    heading = _heading(draft, part, remark.field)
    row = part.numbers[remark.at]
    return Problem(row, heading, remark.message, remark.code, part.worksheet, remark.field)


def _broken(cells: Sequence[Any]) -> list[int]:
    if FORMULA_ERRORS.isdisjoint(cells):
        return []
    return [at for at, cell in enumerate(cells) if isinstance(cell, str) and cell in FORMULA_ERRORS]


def _say_of_list(draft: Draft[Any], found: Listing) -> None:
    """Everything that is said of a list as a whole."""
    part = found.part
    whole = len(part.numbers) + len(found.skipped)
    for total in found.totals:
        if total.grand and total.stated != whole:
            said = _("The list states {stated} rows, but {read} are written.")
            _overall(
                draft,
                part,
                "TOTAL_DIFFERS",
                said.format(stated=total.stated, read=whole),
                total.row + 1,
            )
    if found.hidden:
        said = (
            _("{n} hidden rows were skipped.") if found.skipped else _("{n} hidden rows were read.")
        )
        _overall(draft, part, "HIDDEN_ROWS", said.format(n=len(found.hidden)))
    for name in found.swapped:
        said = _("Day and month of the true dates in “{column}” were exchanged.")
        _overall(draft, part, "SWAPPED_DATES", said.format(column=_heading(draft, part, name)))
    if found.second:
        said = _("A second table begins in column {column} ({n} rows). It was not read.")
        _overall(
            draft, part, "SECOND_TABLE", said.format(column=found.second_column + 1, n=found.second)
        )


def _overall(draft: Draft[Any], part: Part, code: str, message: str, row: int = 0) -> None:
    draft.warnings.append(Problem(row, "", message, code, part.worksheet))


def _look_over(draft: Draft[T]) -> None:
    """Let the sheet look at all items at once."""
    if draft.sheet.review is None:
        return
    review = Review(draft.items)
    draft.sheet.review(review)
    for remark in review.warned:
        draft.warnings.append(_problem(draft, remark.at, remark.field, remark.message, remark.code))
    draft.warnings += [Problem(0, "", message, code) for code, message in review.overall]
    for at, into in review.merged.items():
        first = draft.places[into]
        said = _("This row says again what row {row} says; both are kept as one.")
        draft.warnings.append(_problem(draft, at, "", said.format(row=first.row), "MERGED"))
        draft.merged[draft.places[at]] = first
    keep = [at for at in range(len(draft.items)) if at not in review.merged]
    draft.items = [draft.items[at] for at in keep]
    draft.places = [draft.places[at] for at in keep]


def _heading(draft: Draft[Any], part: Part, name: str) -> str:
    return part.headings.get(name) or (draft.sheet.heading_of(name) if name else "")


def _problem(draft: Draft[Any], at: int, name: str, message: str, code: str = "") -> Problem:
    place = draft.places[at]
    part = next((p for p in draft.parts if p.worksheet == place.worksheet), None)
    heading = draft.sheet.heading_of(name) if part is None else _heading(draft, part, name)
    return Problem(place.row, heading if name else "", message, code, place.worksheet, name)


def _receipt(
    draft: Draft[Any], problems: Sequence[Problem], stored: int, unchanged: int, key: int | None
) -> Receipt:
    return Receipt(
        draft.sheet.name,
        draft.read,
        stored,
        unchanged,
        tuple(sorted(set(problems))),
        tuple(sorted(draft.warnings)),
        import_id=key,
        several=draft.several,
    )
