"""Output layouts by name, and the files that left by them: what was sent where, by whom."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.core.shipped import shipped
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel import output, writer
from admin_suite.excel.output import Layout, checked
from admin_suite.excel.output_data import read, written
from admin_suite.excel.sheet import Sheet
from admin_suite.excel.signature import Author
from admin_suite.module import Happening
from admin_suite.registry.models import User
from admin_suite.registry.names import sort_key
from admin_suite.registry.output_models import Export, OutputLayout, Sent
from admin_suite.registry.permissions import EXPORT, LAYOUTS, TAKE_BACK
from admin_suite.registry.queries import names_of, own_unit
from admin_suite.registry.undoing import refuse_changed

NOT_SENT, WAS_SENT = "not_sent", "sent"
KEYS = {"name": sort_key}
EXPORTED = EXPORT.code  # what the audit calls it
FIELDS = ("export_id", "record_id")


class LayoutRow(Struct, frozen=True):
    """One saved layout."""

    name: str
    sheet: str
    columns: int
    destination: str
    note: str


class ExportRow(Struct, frozen=True):
    """One export: what left, by whom, where to; ``taken_back`` says its marks do not count."""

    number: int
    sheet: str
    layout: str
    destination: str
    file: str
    rows: int
    at: datetime
    by: str
    taken_back: bool


class Going(Struct, frozen=True):
    """What shall leave: which sheet, into which file, by which layout, marked as sent where."""

    sheet: Sheet[Any]
    path: Path
    layout: Layout | None = None
    destination: str = ""

    @property
    def part(self) -> Path:
        """The file while it is written; it gets its name once the export is noted down."""
        return self.path.with_name(f"{self.path.stem}.part{self.path.suffix}")


class Collected(Struct, frozen=True):
    """The rows of an export, and who makes it."""

    rows: Sequence[Any]
    author: Author
    parent: str


# -- layouts --------------------------------------------------------------------------------------


def layouts(work: Work) -> list[LayoutRow]:
    """Every saved layout, by name."""
    query = select(OutputLayout.arranged).order_by(OutputLayout.name)
    found = map(read, work.session.scalars(query))
    return [
        LayoutRow(one.name, one.sheet, len(one.columns), one.destination, one.note) for one in found
    ]


def layout(work: Work, name: str) -> Layout:
    """The layout of that name; an unknown one is refused with the names there are."""
    query = select(OutputLayout.arranged).where(OutputLayout.name == name)
    found = work.session.scalar(query)
    if found is None:
        said = _("There is no output layout “{name}”. There are: {names}.")
        names = ", ".join(row.name for row in layouts(work))
        raise UserError(said.format(name=name, names=names or "–"))  # noqa: RUF001
    return read(found)


@use_case(LAYOUTS)
def save_layout(
    work: Work, arranged: Layout, sheet: Sheet[Any], *, back: bool = False
) -> Layout | None:
    """Save a layout by its name, and return the one whose place it took, if there was one.

    ``back`` brings back one that was deleted, and is refused if there is one of its name by now.
    """
    checked(arranged, sheet)
    row = _named(work, arranged.name)
    before = read(row.arranged) if row is not None else None
    if back:
        refuse_changed(before is not None, left=False)
    _write(work, row or OutputLayout(name=arranged.name), arranged)
    return before


@use_case(LAYOUTS)
def unsave_layout(work: Work, saved: Layout, before: Layout | None) -> None:
    """Put back the layout whose place ``saved`` took, or take a new one away."""
    row = _named(work, saved.name)
    refuse_changed(row.arranged if row is not None else "", written(saved))
    if row is not None and before is not None:
        _write(work, row, before)
    elif row is not None:
        work.session.delete(row)


def _named(work: Work, name: str) -> OutputLayout | None:
    return work.session.scalar(select(OutputLayout).where(OutputLayout.name == name))


def _write(work: Work, row: OutputLayout, arranged: Layout) -> None:
    row.sheet, row.destination = arranged.sheet, arranged.destination
    row.arranged, row.at, row.by = written(arranged), work.now(), work.actor.id
    work.session.add(row)
    work.session.flush()


@use_case(LAYOUTS)
def delete_layout(work: Work, name: str) -> Layout:
    """Delete a layout and return it, so it can be saved again."""
    found = layout(work, name)
    row = work.session.scalars(select(OutputLayout).where(OutputLayout.name == name)).one()
    work.session.delete(row)
    work.session.flush()
    return found


@use_case(LAYOUTS)
def add_layouts(work: Work) -> int:
    """Enter the layouts that ship, except those whose names are taken; returns how many."""
    taken = set(work.session.scalars(select(OutputLayout.name)))
    files = sorted((shipped("resources") / "layouts").glob("*.json"))
    ours = [read(file.read_text(encoding="utf-8")) for file in files]
    new = [one for one in ours if one.name not in taken]
    for one in new:
        _write(work, OutputLayout(name=one.name), one)
    return len(new)


# -- files that leave -----------------------------------------------------------------------------


def collect(work: Work, sheet: Sheet[Any], where: Mapping[str, str]) -> Collected:
    """The rows of a sheet for whoever may have them; ``not_sent`` and ``sent`` name a place."""
    if sheet.rows is None:
        raise UserError(_("“{name}” cannot be exported.").format(name=_(sheet.title)))
    _require(work, sheet)
    asked = dict(where)
    missing, there = asked.pop(NOT_SENT, None), asked.pop(WAS_SENT, None)
    rows = sheet.rows(work, asked)
    if missing is not None:
        out = set(work.session.scalars(sent(sheet.name, missing)))
        rows = [row for row in rows if row.id not in out]
    if there is not None:
        those = set(work.session.scalars(sent(sheet.name, there)))
        rows = [row for row in rows if row.id in those]
    return signed(work, rows)


def signed(work: Work, rows: Sequence[Any]) -> Collected:
    """Rows that were asked for elsewhere, with who takes them out, when and where."""
    unit = own_unit(work)
    return Collected(rows, Author(work.actor.name, unit.name, work.now()), unit.parent)


def write(_progress: Progress, going: Going, found: Collected) -> str:
    """Write the file beside its place and return its digest; needs no database."""
    part = going.part
    try:
        if going.layout is None:
            writer.export(going.sheet, found.rows, part, found.author)
        else:
            groups = output.grouped(going.layout, found.rows, KEYS)
            output.write(going.layout, groups, part, found.author, {"parent": found.parent})
        return hashlib.sha256(part.read_bytes()).hexdigest()
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def leave(work: Work, going: Going, found: Collected, digest: str) -> int:
    """Note the export down, mark its records as sent, put the file in its place.

    Asks for the right to export and that of the sheet; returns the number of the export.
    """
    try:
        _require(work, going.sheet)
        row = Export(
            sheet=going.sheet.name,
            layout=going.layout.name if going.layout else "",
            destination=going.destination,
            file=going.path.name,
            sha256=digest,
            rows=len(found.rows),
            at=work.now(),
            by=work.actor.id,
        )
        work.verb = EXPORTED
        work.session.add(row)
        work.session.flush()
        if going.destination:
            marks = [(row.id, one.id) for one in found.rows]
            bulk.insert_rows(work, Sent, FIELDS, marks)
        _put_in_place(going)
    except BaseException:
        going.part.unlink(missing_ok=True)
        raise
    finally:
        work.verb = ""
    return row.id


def _require(work: Work, sheet: Sheet[Any]) -> None:
    work.require(EXPORT)
    if sheet.permission is not None:
        work.require(sheet.permission)


def _put_in_place(going: Going) -> None:
    try:
        going.part.replace(going.path)
    except OSError as error:
        said = _("“{name}” cannot be written. Close it if it is open in another program.")
        raise UserError(said.format(name=going.path.name)) from error


def arranged(work: Work, sheet: Sheet[Any], name: str) -> Layout | None:
    """The layout of that name for this sheet; none where no name is given."""
    if not name:
        return None
    found = layout(work, name)
    if found.sheet != sheet.name:
        said = _("The layout “{name}” is for “{sheet}”.")
        raise UserError(said.format(name=name, sheet=found.sheet))
    return checked(found, sheet)


# -- what was sent --------------------------------------------------------------------------------


def sent(sheet: str, destination: str) -> Select[int]:
    """The records of a sheet that were sent to a place, to be asked or used in a question."""
    query = select(Sent.record_id).join(Export, Export.id == Sent.export_id)
    return query.where(Export.sheet == sheet, Export.destination == destination)


def destinations(work: Work, sheet: str) -> list[str]:
    """The places that the layouts of a sheet name, the oldest layout first."""
    query = select(OutputLayout.destination).where(
        OutputLayout.sheet == sheet, OutputLayout.destination != ""
    )
    return list(dict.fromkeys(work.session.scalars(query.order_by(OutputLayout.id))))


def sendings(work: Work, sheets: Sequence[str], ids: Sequence[int]) -> list[Happening]:
    """When and where these records were sent, by which file and by whom."""
    query = (
        select(Export.at, Export.destination, Export.file, User.full_name)
        .distinct()
        .join(Sent, Sent.export_id == Export.id)
        .outerjoin(User, User.id == Export.by)
        .where(Export.sheet.in_(sheets), Sent.record_id.in_(ids))
    )
    said = _("Sent to {place}")
    return [
        Happening(at, said.format(place=place), ", ".join(filter(None, (file, by))))
        for at, place, file, by in work.session.execute(query)
    ]


def exports(work: Work) -> list[ExportRow]:
    """Every export, the latest first, those taken back too."""
    table = Export.__table__
    query = select(table).order_by(table.c.id.desc())
    rows = work.session.execute(query).mappings().all()
    names = names_of(work, [row["by"] for row in rows])
    return [
        ExportRow(
            row["id"],
            row["sheet"],
            row["layout"],
            row["destination"],
            row["file"],
            row["rows"],
            row["at"],
            names.get(row["by"], ""),
            row["voided_at"] is not None,
        )
        for row in rows
    ]


@use_case(TAKE_BACK)
def take_back_export(work: Work, number: int) -> int:
    """Take the marks of an export back: its records count as not sent. Returns how many."""
    found = next((row for row in exports(work) if row.number == number), None)
    if found is None:
        raise UserError(_("There is no export with the number {number}.").format(number=number))
    if found.taken_back:
        raise UserError(_("Export {number} was taken back before.").format(number=number))
    if not found.destination:
        said = _("Export {number} marked nothing as sent, so there is nothing to take back.")
        raise UserError(said.format(number=number))
    bulk.update_rows(work, Export, [number], {"voided_at": work.now(), "voided_by": work.actor.id})
    return found.rows
