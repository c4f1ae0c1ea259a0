"""Lists in files: recognising, reading, checking, storing, writing them; no Qt in here.

The engine is reached by name, so nothing of it is loaded before the first file is opened.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from admin_suite.core.clock import shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.db.work import Work
from admin_suite.module import Module
from admin_suite.registry import senders
from admin_suite.registry.senders import Sender

GOOD, WARNED, MERGED, REFUSED, GONE = "good", "warned", "merged", "refused", "gone"
Fit = tuple[int, int]
SURELY = 100  # of the worth of headings: less is no difference between two kinds of lists
OFTEN = {"OLD_COMMUNE"}  # what may be said of many rows alike
UNCHANGED, CHANGED, NEW = "unchanged", "changed", "new"
ADVICE = "ADVICE"  # the code of what a sheet wants known of rows that can be stored


OWN = Sender("", known=True)


class Answers(Struct, frozen=True):
    """What a person has answered about a file."""

    worksheets: tuple[str, ...] = ()
    hidden: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


class WhichList(UserError):
    """Several kinds of lists have these headings; ``choices`` are their names."""

    option, field = "sheet", ""

    def __init__(self, sheets: Sequence[Any]) -> None:
        said = _("The headings of this file fit several kinds of lists. Which one is it?")
        super().__init__(said)
        self.choices = [sheet.name for sheet in sheets]


class Found(Struct, frozen=True):
    """A file as read: the engine's draft and, once checked, its receipt and what is known of it.

    ``edits`` are the cells that were typed since, by their place.
    """

    path: Path
    draft: Any
    receipt: Any = None
    sender: Sender = OWN
    units: tuple[str, ...] = ()
    first: Any = None  # the draft before anything was typed
    edits: Mapping[Any, Mapping[str, str]] = field(default_factory=dict)

    @property
    def original(self) -> Any:
        """The draft as the file says it."""
        return self.first or self.draft


class Line(Struct, frozen=True):
    """One row of the preview; ``said`` is why it is refused or what is to be known of it.

    ``group`` is what it is to the list that is corrected, ``differs`` what it changes.
    """

    id: int
    row: str
    cells: Mapping[str, str]
    status: str
    problems: Mapping[str, str]
    changed: frozenset[str]
    said: str
    group: str = ""
    differs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    place: Any = None


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


def file_named(file: str) -> str:
    """The name of a file, or that the list was typed."""
    return _("Typed") if file == "typed" else file


def units(work: Work) -> tuple[str, ...]:
    """The units that are known, by name."""
    return senders.names(work)


def read(
    progress: Progress, path: Path, sheets: Sequence[Any], worlds: Sequence[Any], answers: Answers
) -> Found:
    """Read a file as the sheet whose headings it has most of; a question to be asked is raised."""
    engine = import_module("admin_suite.excel.importer")
    world_of = {sheet.name: world for sheet, world in zip(sheets, worlds, strict=True)}
    why: UserError | None = None
    for sheet in _likely(path, sheets, answers):
        options = engine.Options(
            worksheets=answers.worksheets,
            hidden=answers.hidden,
            dates=_known(sheet, answers.dates),
            sender=answers.sender,
            headings=_known(sheet, answers.headings),
        )
        try:
            return Found(
                path, engine.read_file(sheet, path, world_of[sheet.name], options, progress)
            )
        except UserError as error:
            if _asks(error):
                raise
            why = error if why is None or _weight(error) > _weight(why) else why
    raise why or UserError("")


def _known(sheet: Any, said: Mapping[str, str]) -> dict[str, str]:
    """What was answered of fields that a sheet has."""
    fields = {column.field for column in sheet.columns}
    return {name: words for name, words in said.items() if name in fields}


def _likely(path: Path, sheets: Sequence[Any], answers: Answers) -> list[Any]:
    """The sheets whose headings a file has, the likeliest first; the file is opened only once."""
    if answers.sheet:
        return [sheet for sheet in sheets if sheet.name == answers.sheet]
    most = max(sheet.most_rows for sheet in sheets)
    grids = import_module("admin_suite.excel.reader").open_book(path, most)
    named = [grid for grid in grids if not answers.worksheets or grid.name in answers.worksheets]
    found: list[tuple[Fit, Any]] = []
    why: UserError | None = None
    for sheet in sheets:
        fit, error = _fit(sheet, named, _known(sheet, answers.headings))
        if error is None:
            found.append((fit, sheet))
        elif why is None or _weight(error) > _weight(why):
            why = error
    if not found:
        raise why or UserError(_("The file holds no list."))
    found.sort(key=lambda one: one[0], reverse=True)
    alike = [sheet for fit, sheet in found if fit == found[0][0]]
    if len(alike) > 1 and not answers.headings:
        raise WhichList(alike)
    return [sheet for _n, sheet in found]


def _fit(
    sheet: Any, grids: Sequence[Any], asked: Mapping[str, str]
) -> tuple[Fit, UserError | None]:
    """How many headings of a file mean something to a sheet, less those that do not; how surely."""
    layout = import_module("admin_suite.excel.layout")
    best: Fit = (0, 0)
    why, told = UserError(_("The file holds no list.")), False
    for grid in (grid for grid in grids if grid.visible and grid.rows):
        try:
            shape = layout.headed(sheet, grid, asked)
        except UserError as error:
            why = error if _weight(error) >= _weight(why) else why
            continue
        written = sum(bool(text) for text in shape.texts)
        places = set(shape.seats.places.values()) - {shape.seats.number}
        fit = (2 * len(places) - written, shape.seats.worth // SURELY)
        best, told = (max(best, fit) if told else fit), True
    return (best, None) if told else (best, why)


def mend(_progress: Progress, found: Found, edits: Mapping[Any, Any], sender: str) -> Found:
    """The list with these cells typed over and this sender; the file stays as it is."""
    draft = _mending().mended(found.original, edits, sender)
    return replace(found, draft=draft, receipt=None, first=found.original, edits=edits)


def offers(found: Found) -> Mapping[Any, Mapping[str, str]]:
    """The cells that would be written if everything that the check offers is taken."""
    made: Mapping[Any, Mapping[str, str]] = _mending().offers(found.receipt)
    return made


def together(before: Mapping[Any, Any], more: Mapping[Any, Any]) -> dict[Any, dict[str, str]]:
    """Cells that were typed, and others that were typed after them."""
    made: dict[Any, dict[str, str]] = _mending().together(before, more)
    return made


def _mending() -> Any:
    return import_module("admin_suite.excel.mending")


def check(work: Work, found: Found) -> Found:
    """What storing would refuse, and whether the sender is known; changes nothing."""
    receipt = import_module("admin_suite.excel.importer").preview(work, found.draft)
    units = senders.names(work)
    return replace(
        found, receipt=receipt, sender=senders.known(found.draft.sender, units), units=units
    )


def store(work: Work, found: Found, partial: bool, leave: Collection[str] = ()) -> Any:
    """Store the rows that can be stored, and return the receipt."""
    engine = import_module("admin_suite.excel.importer")
    return engine.store(work, found.draft, partial=partial, leave=leave)


def save_refused(_progress: Progress, found: Found, path: Path) -> Path:
    """Write the refused rows with their reasons, ready to be mended and brought again."""
    import_module("admin_suite.excel.marked").write(found.draft, found.receipt, path)
    return path


def lines(_progress: Progress, found: Found) -> list[Line]:
    """Every row, the refused ones first, those that are gone last."""
    receipt, sheet = found.receipt, found.draft.sheet
    wrong: dict[tuple[str, int], dict[str, str]] = {}
    advice = _advice(receipt)
    for problem in receipt.refused:
        wrong.setdefault((problem.worksheet, problem.row), {})[problem.field] = problem.message
    coded = {column.field for column in sheet.columns if column.choices is not None}
    made = []
    for at, row in enumerate(found.draft.lines()):
        place = (row.worksheet, row.row)
        bad, differs = wrong.get(place, {}), receipt.differs.get(place, {})
        told = {
            name: (_said(sheet, name, a), _said(sheet, name, b)) for name, (a, b) in differs.items()
        }
        said = " ".join(
            [*bad.values()]
            or [*_differences(sheet, told), *row.warnings.values(), *advice.get(place, ())]
        )
        name = f"{row.worksheet}, {row.row}" if found.draft.several else str(row.row)
        status = REFUSED if bad else row.status
        status = WARNED if status == GOOD and place in advice else status
        group = receipt.groups.get(place, "")
        changed = row.changed - coded
        made.append(Line(at, name, row.cells, status, bad, changed, said, group, told, place))
    made.sort(key=lambda line: line.status != REFUSED)
    return made + [_gone(sheet, len(made) + at, *one) for at, one in enumerate(receipt.gone)]


def shared(receipt: Any) -> list[str]:
    """The remarks that several rows share, each once with its rows."""
    room = import_module("admin_suite.excel.draft")
    remarks = room.common([one for one in receipt.warnings if one.row and one.code in OFTEN])
    return [f"{one.message} ({one.rows})" for one in remarks if "," in one.rows]


def _advice(receipt: Any) -> dict[tuple[str, int], list[str]]:
    """What the sheet wants known of rows, by their place."""
    found: dict[tuple[str, int], list[str]] = {}
    for problem in receipt.warnings:
        if problem.code == ADVICE:
            found.setdefault((problem.worksheet, problem.row), []).append(problem.message)
    return found


def _gone(sheet: Any, key: int, row: int, cells: Mapping[str, str]) -> Line:
    said = _("Not in this list any more; nothing is deleted.")
    words = {name: _said(sheet, name, value) for name, value in cells.items()}
    return Line(key, str(row), words, GONE, {}, frozenset(), said, GONE)


def _differences(sheet: Any, differs: Mapping[str, tuple[str, str]]) -> list[str]:
    nothing = _("empty")
    return [
        f"{sheet.heading_of(name)}: {old or nothing} → {new or nothing}."
        for name, (old, new) in differs.items()
    ]


def _said(sheet: Any, name: str, value: str) -> str:
    """A value that is kept, as people write it."""
    column = next((one for one in sheet.columns if one.field == name), None)
    if column is not None and column.choices is not None and value:
        return str(column.choices.read(value).word)
    return shown(value)


def _asks(error: UserError) -> bool:
    return bool(getattr(error, "option", ""))


def _weight(error: UserError) -> int:
    """A question weighs most, then a list of which only a column was not recognised."""
    if _asks(error):
        return 1000
    return len(getattr(error, "known", ()))
