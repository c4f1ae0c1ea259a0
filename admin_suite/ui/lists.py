"""Lists in files: recognising, reading, checking, storing, writing them; no Qt in here.

The engine is reached by name, so nothing of it is loaded before the first file is opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.progress import Progress
from admin_suite.db.work import Work
from admin_suite.module import Module

GOOD, WARNED, MERGED, REFUSED = "good", "warned", "merged", "refused"


@dataclass(frozen=True)
class Answers:
    """What a person has answered about a file."""

    worksheets: tuple[str, ...] = ()
    hidden: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""


@dataclass(frozen=True)
class Found:
    """A file as read: the engine's draft and, once checked, its receipt."""

    path: Path
    draft: Any
    receipt: Any = None


@dataclass(frozen=True)
class Line:
    """One row of the preview; ``said`` is why it is refused or what is to be known of it."""

    id: int
    row: str
    cells: Mapping[str, str]
    status: str
    problems: Mapping[str, str]
    changed: frozenset[str]
    said: str


def importable(modules: Sequence[Module]) -> list[Any]:
    """Every sheet that can be stored."""
    return [sheet for module in modules for sheet in module.sheets if sheet.store is not None]


def sheet_named(modules: Sequence[Module], name: str) -> Any | None:
    """The sheet of that name, ``module.sheet``, if it is there."""
    sheets = (sheet for module in modules for sheet in module.sheets)
    return next((sheet for sheet in sheets if sheet.name == name), None)


def contexts(work: Work, sheets: Sequence[Any]) -> list[Any]:
    """What each sheet needs to know of the database before a file is read."""
    return [sheet.context(work) for sheet in sheets]


def read(
    progress: Progress, path: Path, sheets: Sequence[Any], worlds: Sequence[Any], answers: Answers
) -> Found:
    """Read a file as the sheet whose headings it has most of; a question to be asked is raised."""
    engine = import_module("admin_suite.excel.importer")
    options = engine.Options(
        worksheets=answers.worksheets,
        hidden=answers.hidden,
        dates=answers.dates,
        sender=answers.sender,
    )
    best: Any = None
    why: UserError | None = None
    for sheet, world in zip(sheets, worlds, strict=True):
        try:
            draft = engine.read_file(sheet, path, world, options, progress)
        except UserError as error:
            why = error if why is None or _asks(error) else why
            continue
        if best is None or _fit(draft) > _fit(best):
            best = draft
    if best is None or (why is not None and _asks(why) and not _fit(best)[0]):
        raise why or UserError("")
    return Found(path, best)


def check(work: Work, found: Found) -> Found:
    """What storing would refuse; changes nothing."""
    receipt = import_module("admin_suite.excel.importer").preview(work, found.draft)
    return Found(found.path, found.draft, receipt)


def store(work: Work, found: Found, partial: bool) -> Any:
    """Store the rows that can be stored, and return the receipt."""
    return import_module("admin_suite.excel.importer").store(work, found.draft, partial=partial)


def save_refused(_progress: Progress, found: Found, path: Path) -> Path:
    """Write the refused rows with their reasons, ready to be mended and brought again."""
    import_module("admin_suite.excel.marked").write(found.draft, found.receipt, path)
    return path


def lines(_progress: Progress, found: Found) -> list[Line]:
    """Every row, the refused ones first."""
    wrong: dict[tuple[str, int], dict[str, str]] = {}
    for problem in found.receipt.refused:
        wrong.setdefault((problem.worksheet, problem.row), {})[problem.field] = problem.message
    coded = {column.field for column in found.draft.sheet.columns if column.choices is not None}
    made = []
    for at, row in enumerate(found.draft.lines()):
        bad = wrong.get((row.worksheet, row.row), {})
        status = REFUSED if bad else row.status
        said = " ".join((bad or row.warnings).values())
        name = f"{row.worksheet}, {row.row}" if found.draft.several else str(row.row)
        made.append(Line(at, name, row.cells, status, bad, row.changed - coded, said))
    return sorted(made, key=lambda line: line.status != REFUSED)


def _fit(draft: Any) -> tuple[int, int]:
    return len(draft.headings) - len(draft.ignored), len(draft.items)


def _asks(error: UserError) -> bool:
    return bool(getattr(error, "option", ""))
