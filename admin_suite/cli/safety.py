"""The commands that keep the data safe: examining it, copying it, bringing it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from admin_suite.cli.actions import existing
from admin_suite.cli.desk import PASSWORD, Desk, secret
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.whole import Health, examine
from admin_suite.db.work import Work
from admin_suite.module import Module
from admin_suite.registry import telling
from admin_suite.registry.permissions import AUDIT
from admin_suite.registry.trail import EntryRow, Wanted, entries
from admin_suite.safekeeping import Backup, Restored, anchor_of, back_up, restore


def check(desk: Desk) -> Health:
    """Whether the database and the audit chain are whole; refused with what is broken."""
    files: list[Path] = desk.options.anchor
    heads = [head for file in files if (head := anchor_of(existing(file))) is not None]
    with desk.suite() as suite:
        with suite.database.read(suite.actor) as work:
            work.require(AUDIT)
        health = examine(suite.database.readers, heads)
    if not health.whole:
        message = _("The database is damaged: {what}. Restore the last backup.")
        raise UserError(message.format(what="; ".join(health.damage)))
    return health


def read_trail(desk: Desk) -> list[EntryRow] | list[dict[str, Any]]:
    """Who did what, the newest first: in words, or with ``--json`` as it is kept."""
    options = desk.options
    with desk.read() as work:
        work.require(AUDIT)
        subject = options.subject
        subjects = telling.tables(work, desk.modules, subject) if subject else ()
        found = entries(work, Wanted(subjects, options.id, options.by, options.day, options.most))
        return found if options.json else _in_words(work, desk.modules, found)


def _in_words(
    work: Work, modules: Sequence[Module], found: Sequence[EntryRow]
) -> list[dict[str, Any]]:
    numbers = [row.number for row in found]
    changes = telling.entry_changes(work, modules, numbers)
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": line.who,
            "did": line.did,
            "what": line.what,
            "detail": changes.get(line.number, ""),
        }
        for line in telling.entry_lines(work, modules, numbers)
    ]


def make_backup(desk: Desk) -> Backup:
    """Write a verified copy while others work."""
    with desk.suite() as suite:
        return back_up(suite, desk.options.file)


def bring_back(desk: Desk) -> Restored:
    """Put a backup in place of the database."""
    file = existing(desk.options.file)
    password = secret(PASSWORD, _("Password: "))
    return restore(desk.modules, desk.url, file, desk.user(), password)
