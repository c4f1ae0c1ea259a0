"""An import taken back as a whole: what nothing stands on goes, the rest stays and is named.

Records are voided by the module's own verb; cells that the import changed get their old text
back. What a later list has stored, changed or confirmed beside its own changes is left to it.
"""

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Select, select

from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine, Said
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Afterwards, Change, Sheet, Supplied


class Stays(Struct, frozen=True):
    """A row that could not be taken back, and why."""

    row: int
    worksheet: str
    message: str


class TakenBack(Struct, frozen=True):
    """What became of an import that was taken back: records gone, changes undone, what stays.

    ``undone`` counts changed cells that have their old text again, row by row, and records in which
    it had filled in what was empty and now is so again.
    """

    number: int
    sheet: str
    file: str
    taken: int
    undone: int
    stays: tuple[Stays, ...]

    def plain(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        stays = [{"row": one.row, "message": one.message} for one in self.stays]
        return {
            "import": self.number,
            "sheet": self.sheet,
            "file": self.file,
            "taken_back": self.taken,
            "undone": self.undone,
            "stays": stays,
        }


class Undoing(Struct):
    """One import while it is taken back: its lines, those done with, and why the others stay."""

    entry: Import
    lines: list[ImportLine]
    later: dict[int, tuple[str, int]]
    gone: list[int] = field(default_factory=list)
    stays: dict[int, str] = field(default_factory=dict)  # by line

    def of(self, kind: Said) -> list[ImportLine]:
        """The lines of a kind that no later list holds; those that one holds stay."""
        lines = [line for line in self.lines if line.kind is kind]
        said = _("A later list holds this row too: “{file}” ({number}).")
        for line in lines:
            if line.record_id in self.later:
                file, number = self.later[line.record_id]
                self.stays[line.id] = said.format(file=file, number=number)
        return [line for line in lines if line.id not in self.stays]


def undo(work: Work, sheet: Sheet[Any], afterwards: Afterwards, entry: Import) -> TakenBack:
    """Take back what can be; the import is marked before, so what it brought counts as unneeded."""
    lines = list(
        work.session.scalars(
            select(ImportLine)
            .where(ImportLine.import_id == entry.id, ImportLine.gone.is_(False))
            .order_by(ImportLine.id)
        )
    )
    entry.taken_back_at, entry.taken_back_by = work.now(), work.actor.id
    work.session.flush()
    doing = Undoing(entry, lines, _later(work, entry, lines))
    undone = _change_back(work, afterwards, doing)
    _forget(work, entry, undone, after=entry.id)
    emptied = _empty(work, afterwards, doing)
    taken = _withdraw(work, afterwards, doing)
    doing.gone += [line.id for line in lines if line.kind is Said.UNCHANGED]
    bulk.update_rows(work, ImportLine, doing.gone, {"gone": True})
    _forget(work, entry, taken)
    entry.kept = len(doing.stays)
    stays = [
        Stays(line.row, line.worksheet, doing.stays[line.id])
        for line in lines
        if line.id in doing.stays
    ]
    return TakenBack(
        entry.id, sheet.name, entry.file, len(taken), len(undone) + emptied, tuple(stays)
    )


def _later(work: Work, entry: Import, lines: Sequence[ImportLine]) -> dict[int, tuple[str, int]]:
    """The records that a later import holds which did more than to repeat; its file and number."""
    query = _lines_of(entry, ImportLine.record_id, Import.file, Import.id)
    query = query.where(Import.id > entry.id, Import.stored + Import.changed > 0)
    found: dict[int, tuple[str, int]] = {}
    for part in bulk.chunks([line.record_id for line in lines]):
        rows = work.session.execute(query.where(ImportLine.record_id.in_(part)))
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found


def _lines_of(entry: Import, *columns: Any) -> Select[Any]:
    """Lines that count, of all imports of the same sheet."""
    query = select(*columns).join_from(ImportLine, Import, Import.id == ImportLine.import_id)
    return query.where(Import.sheet == entry.sheet, ImportLine.gone.is_(False))


def _change_back(work: Work, afterwards: Afterwards, doing: Undoing) -> list[int]:
    lines = doing.of(Said.CHANGED)
    changes = [_opposite(line) for line in lines]
    refused = {refusal.item: refusal.message for refusal in afterwards.check(work, changes)}
    doing.stays |= {lines[at].id: message for at, message in refused.items()}
    afterwards.change(work, [one for at, one in enumerate(changes) if at not in refused])
    back = [line for at, line in enumerate(lines) if at not in refused]
    doing.gone += [line.id for line in back]
    return [line.record_id for line in back]


def _empty(work: Work, afterwards: Afterwards, doing: Undoing) -> int:
    """Empty again what the list had supplied, unless a later list says the same."""
    lines = [line for line in doing.lines if line.was and line.kind is not Said.CHANGED]
    again: dict[int, set[tuple[str, str]]] = {}
    query = _lines_of(doing.entry, ImportLine.record_id, ImportLine.cells)
    query = query.where(Import.id > doing.entry.id)
    for part in bulk.chunks([line.record_id for line in lines]):
        for record, cells in work.session.execute(query.where(ImportLine.record_id.in_(part))):
            again.setdefault(record, set()).update(json.loads(cells).items())
    supplied = []
    for line in lines:
        cells, later = json.loads(line.cells), again.get(line.record_id, set())
        names = [name for name in json.loads(line.was) if (name, cells[name]) not in later]
        supplied.append(Supplied(line.record_id, names, cells))
    return afterwards.empty(work, supplied) if supplied else 0


def _opposite(line: ImportLine) -> Change:
    was, now = json.loads(line.was), json.loads(line.cells)
    return Change(line.record_id, {name: (now.get(name, ""), old) for name, old in was.items()})


def _withdraw(work: Work, afterwards: Afterwards, doing: Undoing) -> list[int]:
    lines = doing.of(Said.NEW)
    said = afterwards.withdraw(work, [line.record_id for line in lines])
    doing.stays |= {line.id: said[line.record_id] for line in lines if line.record_id in said}
    return [line.record_id for line in lines if line.record_id not in said]


def _forget(work: Work, entry: Import, records: Sequence[int], after: int = 0) -> None:
    """No list holds these records any more, or what it repeated after an import of them."""
    query = _lines_of(entry, ImportLine.id).where(ImportLine.import_id > after)
    for part in bulk.chunks(records):
        lines = work.session.scalars(query.where(ImportLine.record_id.in_(part)))
        bulk.update_rows(work, ImportLine, list(lines), {"gone": True})
