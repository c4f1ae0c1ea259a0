"""From a file to stored rows: read without a database, check beside a writer, store in one go.

Reading and checking cells needs no transaction; the write lock is held only while verbs run.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Generic

from admin_suite.core.errors import Refused, UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import BATCH, Progress
from admin_suite.db.origin import TYPED
from admin_suite.db.work import Work
from admin_suite.excel import reader
from admin_suite.excel.sheet import Problem, Sheet, T


@dataclass
class Draft(Generic[T]):
    """A file that has been read: good items with their row numbers, and every problem."""

    sheet: Sheet[T]
    read: int = 0
    items: list[T] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Receipt:
    """What an import did."""

    sheet: str
    read: int
    stored: int
    unchanged: int
    refused: tuple[Problem, ...]


class Refusing(UserError):
    """An all-or-nothing import met problems; nothing was stored."""

    def __init__(self, receipt: Receipt) -> None:
        message = _("{n} rows cannot be stored, so none was. First: row {row}, {column}: {why}")
        first = receipt.refused[0]
        super().__init__(
            message.format(
                n=len({p.row for p in receipt.refused}),
                row=first.row,
                column=first.column,
                why=first.message,
            )
        )
        self.receipt = receipt


def read_file(sheet: Sheet[T], path: Path, progress: Progress | None = None) -> Draft[T]:
    """Read a workbook; touches no database."""
    places, first, rows = reader.read(path, sheet)
    with _no_collector():
        return read_rows(sheet, places, first, rows, progress or Progress())


def read_rows(
    sheet: Sheet[T],
    places: Sequence[int | None],
    first: int,
    rows: Iterable[Sequence[Any]],
    progress: Progress,
) -> Draft[T]:
    """Read rows below headings whose places are known."""
    draft, seen = Draft(sheet), dict[Any, int]()
    for number, batch in _numbered(rows, first):
        progress.step(draft.read, 0)
        numbers = range(number, number + len(batch))
        items, problems = sheet.read_rows(places, numbers, batch)
        blank = {n for n, row in zip(numbers, batch, strict=True) if not any(row)}
        draft.problems += [p for p in problems if p.row not in blank]
        draft.read += len(batch) - len(blank)
        _take(draft, seen, numbers, items)
    return draft


def preview(work: Work, draft: Draft[T]) -> Receipt:
    """What storing would refuse; a question, so it runs beside a writer and changes nothing."""
    problems = list(draft.problems)
    for start, batch in work.progress.batches(draft.items):
        for refusal in draft.sheet.check(work, batch):
            problems.append(_problem(draft, start + refusal.index, refusal.field, refusal.message))
    return Receipt(draft.sheet.name, draft.read, 0, 0, tuple(sorted(problems)))


def store(work: Work, draft: Draft[T], *, partial: bool = False) -> Receipt:
    """Store through the sheet's verb: all rows or none, or with ``partial`` the good ones."""
    verb = draft.sheet.store
    if verb is None:
        raise UserError(_("“{name}” cannot be imported.").format(name=_(draft.sheet.title)))
    problems, stored, unchanged = list(draft.problems), 0, 0
    for start, batch in work.progress.batches(draft.items):
        places = list(range(start, start + len(batch)))
        try:
            done = verb(work, batch, TYPED)
        except Refused as error:
            out = {r.index: r for r in error.refusals}
            problems += [_problem(draft, places[i], r.field, r.message) for i, r in out.items()]
            done = verb(work, [item for i, item in enumerate(batch) if i not in out], TYPED)
        stored, unchanged = stored + done.new, unchanged + len(done.ids) - done.new
    receipt = Receipt(draft.sheet.name, draft.read, stored, unchanged, tuple(sorted(problems)))
    if problems and not partial:
        raise Refusing(receipt)
    return receipt


def _take(
    draft: Draft[T], seen: dict[Any, int], numbers: Sequence[int], items: Sequence[T | None]
) -> None:
    key = draft.sheet.key
    for number, item in zip(numbers, items, strict=True):
        if item is None:
            continue
        if key is not None and (first := seen.setdefault(key(item), number)) != number:
            message = _("This repeats row {row}.").format(row=first)
            draft.problems.append(Problem(number, "", message))
            continue
        draft.items.append(item)
        draft.numbers.append(number)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of cells that live on and make no circles: looking for circles costs a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _problem(draft: Draft[Any], place: int, name: str, message: str) -> Problem:
    return Problem(draft.numbers[place], draft.sheet.heading_of(name), message)


def _numbered(
    rows: Iterable[Sequence[Any]], first: int
) -> Iterator[tuple[int, list[Sequence[Any]]]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield first, batch
        first += len(batch)
