"""The commands about what leaves: exports, the layouts they are written by, what was sent where."""

import json
from collections.abc import Sequence
from typing import Any

from admin_suite.cli.actions import existing, pairs
from admin_suite.cli.desk import Desk, progress
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.output_data import read, written
from admin_suite.excel.writer import refuse_suffix
from admin_suite.registry import outputs
from admin_suite.registry.outputs import ExportRow, Going, LayoutRow
from admin_suite.registry.permissions import SEE

MOST_BYTES = 1_000_000


def send(desk: Desk) -> dict[str, Any]:
    """Write what a sheet shows into a workbook, a CSV or a JSON file, and note that it left."""
    options = desk.options
    sheet = desk.sheet(options.sheet)
    refuse_suffix(options.file)
    with desk.suite() as suite:
        with suite.database.read(suite.actor, progress()) as work:
            layout = outputs.arranged(work, sheet, options.layout)
            where = {**(layout.where if layout else {}), **pairs(options.where)}
            found = outputs.collect(work, sheet, where)
        if work.views:
            suite.database.record_views(suite.actor, work.views)
        going = Going(sheet, options.file, layout, _place(options.sent, layout))
        digest = outputs.write(progress(), going, found)
        with suite.database.work(suite.actor, progress()) as work:
            outputs.leave(work, going, found, digest)
    answer = {"sheet": options.sheet, "rows": len(found.rows), "file": str(options.file)}
    return answer | ({"sent": going.destination} if going.destination else {})


def _place(asked: str | None, layout: Any) -> str:
    """Where the rows count as sent to: as said, else as the layout says; nowhere if not asked."""
    if asked is None:
        return ""
    place = " ".join(asked.split()) or (layout.destination if layout else "")
    if not place:
        raise UserError(_("Say where the rows are sent: --sent PLACE."))
    return str(place)


def list_layouts(desk: Desk) -> Sequence[LayoutRow]:
    """Every output layout."""
    with desk.read() as work:
        work.require(SEE)
        return outputs.layouts(work)


def show_layout(desk: Desk) -> Any:
    """One output layout, as ``layouts save`` reads it."""
    with desk.read() as work:
        work.require(SEE)
        return json.loads(written(outputs.layout(work, desk.options.name)))


def save_layout(desk: Desk) -> dict[str, Any]:
    """Save a layout from a file; one of that name is replaced."""
    file = existing(desk.options.file)
    if file.stat().st_size > MOST_BYTES:
        raise UserError(_("“{name}” is too large for a layout.").format(name=file.name))
    try:
        arranged = read(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError(_("This is not a layout: it is not JSON.")) from error
    sheet = desk.sheet(arranged.sheet)
    with desk.work() as work:
        replaced = outputs.save_layout(work, arranged, sheet)
    return {"name": arranged.name, "sheet": arranged.sheet, "replaced": replaced is not None}


def delete_layout(desk: Desk) -> dict[str, Any]:
    """Delete a layout."""
    with desk.work() as work:
        gone = outputs.delete_layout(work, desk.options.name)
    return {"name": gone.name, "deleted": True}


def restore_layouts(desk: Desk) -> dict[str, int]:
    """Enter the layouts that ship, where their names are free."""
    with desk.work() as work:
        return {"added": outputs.add_layouts(work)}


def list_exports(desk: Desk) -> Sequence[ExportRow]:
    """Every export, the latest first."""
    with desk.read() as work:
        work.require(SEE)
        return outputs.exports(work)


def take_back(desk: Desk) -> dict[str, int]:
    """Take the marks of an export back."""
    with desk.work() as work:
        rows = outputs.take_back_export(work, desk.options.number)
    return {"export": desk.options.number, "rows": rows}
