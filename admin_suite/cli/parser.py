"""The words of the command line; its help is complete in the language chosen."""

import gettext
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from admin_suite.cli import (
    actions,
    demonstration,
    entries,
    offers,
    outgoing,
    people,
    reports,
    safety,
)
from admin_suite.cli.desk import Desk
from admin_suite.core.i18n import LANGUAGES, N_, _, language
from admin_suite.core.profiles import Profile
from admin_suite.core.shipped import shipped
from admin_suite.house import part
from admin_suite.module import Command, Module
from admin_suite.registry.duplicates import MOST
from admin_suite.registry.trail import PAGE

Action = Callable[[Desk], object]
LIST: list[str] = []
IMPORT_LIST, TAKE_BACK = "import list", "import take-back"


def build(modules: Sequence[Module]) -> ArgumentParser:
    """The parser of every command of the house and of the modules."""
    _let_argparse_speak()
    parser = ArgumentParser(
        prog="admin-suite",
        description=_("The offices' side of an outbreak. Without a command the window opens."),
        epilog=_("Exit status: 0 done; 1 the program failed; 2 wrong usage; 3 refused."),
    )
    _everywhere(parser)
    groups = parser.add_subparsers(metavar=_("COMMAND"), dest="group")
    _files(groups)
    _leaving(groups)
    _reports(groups)
    _setting_up(groups)
    _people(groups)
    _roles(groups)
    _safety(groups)
    _asking(groups)
    for module in (module for module in modules if module.commands):
        inside = _group(groups, module.name, _(module.title))
        for command in part(module, module.commands):
            _module_command(inside, command)
    return parser


def parse(modules: Sequence[Module], arguments: Sequence[str]) -> Namespace:
    """The words of one command; the options of every command may stand before or after it."""
    common = ArgumentParser(add_help=False, allow_abbrev=False)
    _everywhere(common)
    options, rest = common.parse_known_args(arguments)
    parser = build(modules)
    if not rest:
        parser.error(_("Which command? “--help” lists them."))
    found = parser.parse_args(_joined(rest))
    for name, value in vars(options).items():
        setattr(found, name, value)
    return found


def _joined(words: Sequence[str]) -> list[str]:
    """``import list`` and ``import take-back`` are commands beside ``import SHEET FILE``."""
    pair = " ".join(words[:2])
    return [pair, *words[2:]] if pair in (IMPORT_LIST, TAKE_BACK) else list(words)


def _everywhere(parser: ArgumentParser) -> None:
    parser.add_argument("--db", default=os.environ.get("ADMIN_SUITE_DB"), help=_(_DB))
    user = os.environ.get("ADMIN_SUITE_USER")
    parser.add_argument("--as", dest="user", metavar="USER", default=user, help=_("Who acts"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("The language of messages"))
    parser.add_argument("--json", action="store_true", help=_("Answer with one JSON value"))


_SUBJECT = N_("What was changed or seen: a table, or words such as people")
_DB = N_("The database: a URL or the file of an embedded one")


def _setting_up(groups: Any) -> None:
    init = _command(groups, "init", _("Make or migrate the database"), actions.init)
    init.add_argument("--unit", required=True, help=_("The name of the unit"))
    init.add_argument("--admin", required=True, help=_("The first administrator"))
    init.add_argument("--full-name", default="", help=_("The administrator's full name"))
    init.add_argument("--parent", default="", help=_("The agency above the unit"))
    profiles = [str(profile) for profile in Profile]
    init.add_argument("--profile", choices=profiles, default="full", help=_("The kind of place"))
    init.add_argument("--place", default="", help=_("The place its papers are dated at"))
    demo = _command(groups, "demo", _("Build the demo district"), demonstration.demo)
    demo.add_argument("--out", type=Path, default=Path("demo-out"), help=_("Where files go"))


def _people(groups: Any) -> None:
    inside = _group(groups, "users", _("Who works with the program"))
    add = _command(inside, "add", _("Add a user"), people.add_user)
    add.add_argument("name", help=_("The name to sign in with"))
    add.add_argument("--role", required=True, help=_("The role, as “roles list” names it"))
    add.add_argument("--full-name", default="", help=_("The full name"))
    for name, words, action in (
        ("off", _("Let somebody sign in no more"), people.switch_off),
        ("on", _("Let somebody sign in again"), people.switch_on),
        ("password", _("Give somebody a new password"), people.change_password),
        ("pin", _("Give somebody a new PIN"), people.change_pin),
    ):
        made = _command(inside, name, words, action)
        made.add_argument("name", help=_("The name to sign in with"))
    _command(inside, "list", _("List the users"), people.list_users)
    made = _command(inside, "role", _("Give somebody another role"), people.set_role)
    made.add_argument("name", help=_("The name to sign in with"))
    made.add_argument("role", help=_("The role, as “roles list” names it"))


def _roles(groups: Any) -> None:
    inside = _group(groups, "roles", _("What the roles may do"))
    _command(inside, "list", _("List the roles and their rights"), people.list_roles)
    for name, words, action in (
        ("grant", _("Grant a right to a role"), people.grant),
        ("withdraw", _("Withdraw a right from a role"), people.withdraw),
    ):
        made = _command(inside, name, words, action)
        made.add_argument("role", help=_("The role, as “roles list” names it"))
        made.add_argument("right", help=_("The right, such as lab.enter"))
    made = _command(inside, "add", _("Add a role of the unit's own"), people.add_role)
    made.add_argument("name", help=_("What it is called"))
    made.add_argument("--like", required=True, help=_("The role whose rights it begins with"))
    words = _("Remove a role of the unit's own that no user has")
    made = _command(inside, "remove", words, people.remove_role)
    made.add_argument("role", help=_("The role, as “roles list” names it"))
    inside = _group(groups, "settings", _("What the unit decides for itself"))
    _command(inside, "list", _("List the settings"), people.list_settings)
    made = _command(inside, "get", _("Show a setting"), people.get_setting)
    made.add_argument("key", help=_("The setting, such as house.profile"))
    made = _command(inside, "set", _("Change a setting"), people.set_setting)
    made.add_argument("key", help=_("The setting, such as house.profile"))
    made.add_argument("value", help=_("What to set it to"))
    _entries(_group(groups, "people", _("Entries of people: who is entered twice")))


def _entries(inside: Any) -> None:
    alike = _command(inside, "alike", _("Who may be entered twice, and why"), entries.list_alike)
    alike.add_argument("id", type=int, nargs="?", help=_("Only who is like this person"))
    words = _("Only pairs of which this import brought one")
    alike.add_argument("--import", dest="imported", type=int, metavar="IMPORT", help=words)
    words = _("At most so many")
    alike.add_argument("--most", type=int, default=MOST, metavar="N", help=words)
    merge = _command(inside, "merge", _("Make two entries of one person one"), entries.merge)
    merge.add_argument("keep", type=int, metavar="KEEP", help=_("The person to keep"))
    merge.add_argument("gone", type=int, metavar="GONE", help=_("The entry that goes into it"))
    merge.add_argument("--reason", required=True, help=_("Why they are one person"))
    undo = _command(inside, "unmerge", _("Take two entries apart again"), entries.unmerge)
    undo.add_argument("number", type=int, metavar="N", help=_("The number of the merge"))
    _command(inside, "merges", _("List the merges in force"), entries.list_merges)
    words = _("Say that two entries are two people; they are not offered again")
    apart = _command(inside, "apart", words, entries.tell_apart)
    for name in ("one", "other"):
        apart.add_argument(name, type=int, help=_("The person's number in this database"))


def _safety(groups: Any) -> None:
    made = _command(groups, "backup", _("Make a backup while others work"), safety.make_backup)
    made.add_argument("file", type=Path, help=_("The backup to write"))
    words = _("Put a backup in place of the database; what was there is kept beside it")
    made = _command(groups, "restore", words, safety.bring_back)
    made.add_argument("file", type=Path, help=_("The backup to bring back"))
    made = _command(groups, "audit", _("Read the audit trail: who did what"), safety.read_trail)
    made.add_argument("--subject", default="", metavar="TABLE", help=_(_SUBJECT))
    made.add_argument("--id", type=int, help=_("The number of the row, such as a person's"))
    made.add_argument("--by", default="", metavar="USER", help=_("Who did it"))
    made.add_argument("--day", type=date.fromisoformat, help=_("The day, such as 2021-08-13"))
    made.add_argument("--most", type=int, default=PAGE, metavar="N", help=_("At most so many"))
    words = _("Examine the database and the audit trail")
    made = _command(groups, "check", words, safety.check)
    words = _("Compare the audit trail with this backup or its manifest")
    made.add_argument(
        "--anchor", type=Path, metavar="FILE", action="append", default=LIST, help=words
    )


def _files(groups: Any) -> None:
    bring = _command(groups, "import", _("Import a sheet"), actions.bring)
    bring.add_argument("sheet", help=_("For example lab.samples"))
    bring.add_argument("file", type=Path, help=_("The workbook or CSV file"))
    bring.add_argument("--dry-run", action="store_true", help=_("Only look; store nothing"))
    bring.add_argument("--partial", action="store_true", help=_("Store the good rows"))
    bring.add_argument("--hidden", choices=("take", "skip"), help=_("What to do with hidden rows"))
    bring.add_argument("--sender", default="", metavar="UNIT", help=_("Who sent the list"))
    words = _("The sender is a new unit, although its name is like a known one")
    bring.add_argument("--new-sender", action="store_true", help=words)
    words = _("Store the list although another sender has sent exactly the same")
    bring.add_argument("--again", action="store_true", help=words)
    bring.add_argument("--errors", type=Path, metavar="FILE", help=_("Write the refused rows here"))
    words = _("Confirm what is proposed for these rows of the file, or for all of them")
    bring.add_argument(
        "--proposed", nargs="+", action="extend", default=LIST, metavar="ROW|all", help=words
    )
    bring.add_argument(
        "--leave",
        choices=("changed", "new"),
        action="append",
        default=LIST,
        help=_("Of a corrected list leave these rows as they were"),
    )
    for name, value, words in (
        ("--worksheet", "NAME", _("Read this worksheet")),
        ("--dates", "FIELD=swap", _("True dates of this column have day and month exchanged")),
        ("--map", "FIELD=HEADING", _("This heading is that field")),
    ):
        bring.add_argument(name, metavar=value, action="append", default=LIST, help=words)
    _command(groups, IMPORT_LIST, _("List the imports"), actions.list_imports)
    back = _command(groups, TAKE_BACK, _("Take an import back as a whole"), actions.take_back)
    back.add_argument("number", type=int, metavar="IMPORT", help=_("Its number, as listed"))


def _leaving(groups: Any) -> None:
    send = _command(groups, "export", _("Export a sheet"), outgoing.send)
    send.add_argument("sheet", help=_("For example results.released"))
    send.add_argument("file", type=Path, help=_("The file: .xlsx, .csv or .json"))
    _pairs(send, "--where", "FIELD=VALUE", _("Only these rows"))
    send.add_argument("--layout", default="", metavar="NAME", help=_("Write it by this layout"))
    words = _("Mark the rows as sent to this place, or to that of the layout")
    send.add_argument("--sent", nargs="?", const="", metavar="PLACE", help=words)
    _outgoing(groups)
    empty = _command(groups, "template", _("Write an empty workbook"), actions.empty_workbook)
    empty.add_argument("sheet", help=_("For example lab.samples"))
    empty.add_argument("file", type=Path, help=_("The workbook to write"))
    paper = _command(groups, "paper", _("Draw a paper as PDF"), actions.print_paper)
    paper.add_argument("paper", help=_("For example results.list"))
    paper.add_argument("file", type=Path, help=_("The PDF file to write"))
    _pairs(paper, "--set", "KEY=VALUE", _("What the paper is about"))
    words = _("Begin with this page, after a jam")
    paper.add_argument("--from-page", type=int, metavar="N", help=words)


def _reports(groups: Any) -> None:
    report = _command(groups, "report", _("Write a report over some days"), reports.write)
    report.add_argument("report", help=_("For example lab.day"))
    report.add_argument("file", type=Path, help=_("The file: .xlsx or .pdf"))
    report.add_argument("--from", dest="first", type=date.fromisoformat, help=_("The first day"))
    report.add_argument("--to", dest="last", type=date.fromisoformat, help=_("The last day"))
    _pairs(report, "--set", "KEY=VALUE", _("What the report is about"))
    _command(groups, "reports", _("List the reports"), offers.reports)


def _outgoing(groups: Any) -> None:
    inside = _group(groups, "layouts", _("The output layouts"))
    _command(inside, "list", _("List the output layouts"), outgoing.list_layouts)
    made = _command(inside, "show", _("Show an output layout"), outgoing.show_layout)
    made.add_argument("name", help=_("The name of the layout"))
    made = _command(inside, "save", _("Save an output layout"), outgoing.save_layout)
    made.add_argument("file", type=Path, help=_("The layout as JSON, as “show --json” writes it"))
    made = _command(inside, "delete", _("Delete an output layout"), outgoing.delete_layout)
    made.add_argument("name", help=_("The name of the layout"))
    _command(inside, "restore", _("Bring back the layouts that ship"), outgoing.restore_layouts)
    inside = _group(groups, "exports", _("The exports there were"))
    _command(inside, "list", _("List the exports"), outgoing.list_exports)
    words = _("Take the marks of an export back: its rows count as not sent")
    back = _command(inside, "take-back", words, outgoing.take_back)
    back.add_argument("number", type=int, metavar="EXPORT", help=_("Its number, as listed"))


def _asking(groups: Any) -> None:
    _command(groups, "sheets", _("List the sheets"), offers.sheets)
    _command(groups, "papers", _("List the papers"), offers.papers)
    find = _command(groups, "find", _("Search by name, number or scanned code"), actions.find)
    find.add_argument("text", help=_("What to look for"))
    person = _command(groups, "person", _("One person's card"), entries.card)
    person.add_argument("id", type=int, help=_("The person's number in this database"))
    words = _("The way of one thing, step by step, as every module tells it")
    trace = _command(groups, "trace", words, entries.trace)
    trace.add_argument("subject", help=_("What it is, for example lab_tube"))
    trace.add_argument("id", type=int, help=_("Its number in this database"))


def _module_command(groups: Any, command: Command) -> None:
    made = _command(groups, command.name, _(command.title), actions.module_command)
    made.set_defaults(command=command)
    for option in command.options:
        more: dict[str, Any] = {"help": _(option.title)}
        if option.flag:
            more["action"] = "store_true"
        else:
            more["type"] = option.read
            if option.many:  # said twice counts twice: the first is not forgotten
                more |= {"nargs": "+", "action": "extend"}
        if option.required and not option.positional:
            more["required"] = True
        made.add_argument(option.name if option.positional else f"--{option.name}", **more)


def _command(groups: Any, name: str, words: str, action: Action) -> ArgumentParser:
    made: ArgumentParser = groups.add_parser(name, help=words, description=words)
    made.set_defaults(action=action)
    return made


def _group(groups: Any, name: str, words: str) -> Any:
    made = groups.add_parser(name, help=words, description=words)
    return made.add_subparsers(metavar=_("COMMAND"), required=True)


def _pairs(parser: ArgumentParser, name: str, form: str, words: str) -> None:
    parser.add_argument(name, metavar=form, action="append", default=LIST, help=words)


def _let_argparse_speak() -> None:
    """Argparse takes its own words from gettext's catalogue ``messages``, chosen by a variable."""
    gettext.bindtextdomain("messages", str(shipped("resources") / "locale"))
    os.environ["LANGUAGE"] = language()
