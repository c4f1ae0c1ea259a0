"""The commands of the house; the modules bring their own."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from admin_suite.cli.desk import PASSWORD, Desk, progress, secret
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.profiles import Profile
from admin_suite.db.work import taken_out
from admin_suite.excel import importer, marked, template
from admin_suite.excel.draft import common
from admin_suite.excel.importer import Options, Receipt
from admin_suite.excel.mending import Edits, mended, offers
from admin_suite.excel.taking_back import TakenBack
from admin_suite.house import drawing
from admin_suite.module import Command, Module, Needs, Paper
from admin_suite.registry import imports, senders, users
from admin_suite.registry.permissions import SEE
from admin_suite.setting_up import Beginning, set_up


def init(desk: Desk) -> dict[str, str]:
    """Make or migrate the database, name the unit, add the first administrator."""
    options = desk.options
    beginning = Beginning(
        unit=options.unit,
        admin=options.admin,
        password=secret(PASSWORD, _("Password of the first administrator: ")),
        parent=options.parent,
        place=options.place,
        full_name=options.full_name,
        profile=Profile.of(options.profile),
    )
    set_up(desk.modules, desk.url, beginning)
    advise(beginning.password)
    return {"unit": options.unit, "admin": options.admin, "database": shown(desk)}


def advise(password: str) -> None:
    """Say of a password that it is easily guessed."""
    if said := users.weakness(password):
        sys.stderr.write(f"{said}\n")


def shown(desk: Desk) -> str:
    """The database as a person may see it: without a password."""
    return desk.url.render_as_string(hide_password=True)


def bring(desk: Desk) -> Receipt | dict[str, Any]:
    """Read a file and store it, all rows or with ``--partial`` the good ones."""
    options = desk.options
    sheet = desk.sheet(options.sheet)
    file = existing(options.file)
    with desk.suite() as suite:
        with suite.database.read(suite.actor) as work:
            context = sheet.context(work)
        draft = importer.read_file(sheet, file, context, chosen(options), progress())
        with suite.database.read(suite.actor, progress()) as work:
            if options.sender and not options.new_sender:
                senders.refuse_alike(work, options.sender)
            looked = importer.preview(work, draft)
            if options.proposed:
                draft = mended(draft, confirmed(looked, options.proposed), draft.sender)
                looked = importer.preview(work, draft)
        if work.views:
            suite.database.record_views(suite.actor, work.views)
        if options.errors and looked.refused:
            marked.write(draft, looked, options.errors)
        if options.dry_run:
            return _told(desk, looked)
        if looked.elsewhere and not options.again:
            _ask_back(looked)
        with suite.database.work(suite.actor, progress()) as work:
            stored = importer.store(work, draft, partial=options.partial, leave=options.leave)
        return _told(desk, stored)


def _ask_back(looked: Receipt) -> None:
    """Refuse the list that another sender has sent, and say how to go on."""
    how = _(
        "Nothing was stored. If the sender is wrong, name the right one with --sender or take that "
        "import back; if two senders really sent this list, say --again."
    )
    raise UserError(f"{looked.elsewhere} {how}")


def _told(desk: Desk, receipt: Receipt) -> Receipt | dict[str, Any]:
    """The answer of an import; to a person each remark once, with the rows it is of."""
    if desk.options.json:
        return receipt
    remarks = [one._asdict() for one in common(receipt.warnings)]
    return {**receipt.plain(), "warnings": remarks}


def confirmed(looked: Receipt, rows: Sequence[str]) -> Edits:
    """The cells that a person has confirmed, by the numbers of the rows."""
    if "all" in rows:
        return offers(looked)
    if wrong := [row for row in rows if not row.isdecimal()]:
        said = _("“{row}” is not the number of a row.")
        raise UserError(said.format(row=wrong[0]))
    return offers(looked, [int(row) for row in rows])


def list_imports(desk: Desk) -> Sequence[imports.ImportRow]:
    """Every import, and whether it was taken back."""
    with desk.read() as work:
        work.require(SEE)
        return imports.imports(work)


def take_back(desk: Desk) -> TakenBack:
    """Take an import back as a whole, as far as nothing stands on it."""
    sheets = [sheet for module in desk.modules for sheet in module.sheets]
    with desk.work() as work:
        return imports.take_back(work, sheets, desk.options.number)


def chosen(options: Any) -> Options:
    """What a person would have answered when asked about the file."""
    return Options(
        worksheets=tuple(options.worksheet),
        hidden=options.hidden or "",
        dates=pairs(options.dates),
        sender=options.sender,
        headings=pairs(options.map),
    )


def empty_workbook(desk: Desk) -> dict[str, str]:
    """Write an empty workbook to fill in."""
    template.write(desk.sheet(desk.options.sheet), desk.options.file)
    return {"sheet": desk.options.sheet, "file": str(desk.options.file)}


def print_paper(desk: Desk) -> dict[str, str]:
    """Draw a named paper."""
    module, paper = _paper(desk)
    page = desk.options.from_page
    values = {**pairs(desk.options.set), **({} if page is None else {"from_page": str(page)})}
    target = desk.options.file
    part = target.with_name(f"{target.name}.part")
    try:
        with desk.read() as work:
            work.require(paper.permission)
            with part.open("wb") as out:
                taken_out(drawing(module, paper))(work, values, out)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return {"paper": desk.options.paper, "file": str(target)}


def _paper(desk: Desk) -> tuple[Module, Paper]:
    papers = {f"{m.name}.{paper.name}": (m, paper) for m in desk.modules for paper in m.papers}
    if desk.options.paper not in papers:
        message = _("There is no paper “{name}”. Known: {names}.")
        raise UserError(message.format(name=desk.options.paper, names=", ".join(papers)))
    return papers[desk.options.paper]


def find(desk: Desk) -> list[dict[str, Any]]:
    """What the one search box finds."""
    with desk.suite() as suite:
        with suite.database.read(suite.actor) as work:
            hits = suite.find(work, desk.options.text)
        if work.views:
            suite.database.record_views(suite.actor, work.views)
    return [
        {"title": hit.title, "detail": hit.detail, "page": hit.page, "id": hit.id} for hit in hits
    ]


def module_command(desk: Desk) -> object:
    """A command that a module brings."""
    command: Command = desk.options.command
    values = {
        option.name: getattr(desk.options, option.name.replace("-", "_"))
        for option in command.options
    }
    if command.needs is Needs.NOTHING:
        return command.run(None, values)
    with desk.read() if command.needs is Needs.READING else desk.work() as work:
        return command.run(work, values)


def pairs(texts: Sequence[str]) -> Mapping[str, str]:
    """``NAME=VALUE`` arguments by name."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UserError(_("“{text}” is not of the form NAME=VALUE.").format(text=text))
        found[name] = value
    return found


def existing(file: Path) -> Path:
    """A file that is there to be read."""
    if not file.is_file():
        raise UserError(_("There is no file “{name}”.").format(name=file))
    return file
