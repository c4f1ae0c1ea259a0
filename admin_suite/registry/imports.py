"""The imports there were, and taking one back as a whole."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import moment_shown, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.origin import Import, ImportLine, Said
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.taking_back import TakenBack, undo
from admin_suite.registry.models import User
from admin_suite.registry.permissions import TAKE_BACK
from admin_suite.registry.queries import names_of


class ImportRow(Struct, frozen=True):
    """One import: what, when and by whom; ``revises`` is the import whose list it corrects.

    ``kept`` counts what stayed when it was taken back.
    """

    number: int
    sheet: str
    file: str
    sender: str
    at: str
    by: str
    read: int
    stored: int
    changed: int
    unchanged: int
    refused: int
    revises: int | None
    taken_back_at: str
    kept: int


def imports(work: Work) -> list[ImportRow]:
    """Every import, the latest first."""
    query = select(Import, User.full_name).outerjoin(User, User.id == Import.by)
    return [
        ImportRow(
            one.id,
            one.sheet,
            one.file,
            one.sender,
            stamp(one.at),
            by or "",
            one.read,
            one.stored,
            one.changed,
            one.unchanged,
            one.refused,
            one.revises,
            stamp(one.taken_back_at) if one.taken_back_at else "",
            one.kept,
        )
        for one, by in work.session.execute(query.order_by(Import.id.desc()))
    ]


@use_case(TAKE_BACK)
def take_back(work: Work, sheets: Sequence[Sheet[Any]], number: int) -> TakenBack:
    """Take an import back: what nothing stands on goes, the answer names what stays.

    Refused when it was taken back before, or when something stands on every row of it. An import
    of which rows had to stay may be taken back again.
    """
    entry = work.session.get(Import, number)
    if entry is None:
        raise UserError(_("There is no import with the number {number}.").format(number=number))
    if entry.taken_back_at is not None and not entry.kept:
        said = _("Import {number} was taken back at {time} by {name}.")
        names = names_of(work, [entry.taken_back_by or 0])
        name = names.get(entry.taken_back_by or 0, "")
        time = moment_shown(entry.taken_back_at)
        raise UserError(said.format(number=number, time=time, name=name))
    sheet = next((one for one in sheets if one.name == entry.sheet), None)
    if sheet is None or sheet.afterwards is None:
        said = _("An import of “{name}” cannot be taken back; correct its rows instead.")
        raise UserError(said.format(name=_(sheet.title) if sheet else entry.sheet))
    work.require(sheet.afterwards.permission)
    answer = undo(work, sheet, sheet.afterwards, entry)
    if answer.taken + answer.undone:
        return answer
    if answer.stays:
        first = answer.stays[0]
        said = _("Nothing of import {number} can be taken back. First: row {row}: {why}")
        raise UserError(said.format(number=number, row=first.row, why=first.message))
    if entry.stored:
        said = _("Import {number} was stored by an older version and cannot be taken back.")
        raise UserError(said.format(number=number))
    return answer


@use_case(TAKE_BACK)
def look_before(work: Work, sheets: Sequence[Sheet[Any]], number: int) -> TakenBack:
    """What taking an import back would do; everything is as it was afterwards."""
    notes, changed = len(work.notes), set(work.changed)
    tried = work.session.begin_nested()
    try:
        return take_back(work, sheets, number)
    finally:
        tried.rollback()
        work.session.expire_all()
        del work.notes[notes:]
        work.changed.intersection_update(changed)


class StoredRow(Struct, frozen=True):
    """One row of an import as its list said it; ``kind`` says what it was to what there was."""

    row: int
    worksheet: str
    kind: Said
    cells: Mapping[str, str]
    gone: bool


def rows_of(work: Work, number: int) -> list[StoredRow]:
    """The rows of an import, as its list said them; looked at, so it is recorded."""
    query = (
        select(ImportLine.row, ImportLine.worksheet, ImportLine.kind, ImportLine.cells)
        .add_columns(ImportLine.gone)
        .where(ImportLine.import_id == number)
        .order_by(ImportLine.id)
    )
    found = [
        StoredRow(row, worksheet, kind, json.loads(cells), gone)
        for row, worksheet, kind, cells, gone in work.session.execute(query)
    ]
    if found:
        work.saw(Import.__tablename__, [number])
    return found
