"""A file leaves the program: rows collected, written beside their place, noted down, put there."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from admin_suite.core.i18n import _
from admin_suite.registry import outputs
from admin_suite.registry.outputs import Collected, Going
from admin_suite.ui.page import Page

Done = Callable[[int, int], None]  # how many rows left, and the number of the export


def send(page: Page, going: Going, where: Mapping[str, str], done: Done) -> None:
    """Collect the rows of a sheet and let them leave."""
    job = page.ask(partial(_write, page, going, done), outputs.collect, going.sheet, where)
    page.running.follow(_("Collecting the rows"), job)


def send_rows(page: Page, going: Going, rows: Sequence[Any], done: Done) -> None:
    """Let rows leave that were asked for already."""
    page.ask(partial(_write, page, going, done), outputs.signed, rows)


def _write(page: Page, going: Going, done: Done, found: Collected) -> None:
    then = partial(_note, page, going, done, found)
    page.run(_("Writing"), then, outputs.write, going, found)


def _note(page: Page, going: Going, done: Done, found: Collected, digest: str) -> None:
    then = partial(_finish, done, len(found.rows))
    page.do(_("Writing"), then, outputs.leave, going, found, digest)


def _finish(done: Done, rows: int, number: int) -> None:
    done(rows, number)
