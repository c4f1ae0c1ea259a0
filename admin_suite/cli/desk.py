"""What a command has in front of it: the words typed, the database named, the person who acts."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from typing import Any

from msgspec import Struct
from sqlalchemy.engine import URL

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.db.places import database_url
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Sheet
from admin_suite.module import Module
from admin_suite.registry.trail import clock_warning
from admin_suite.setting_up import sign_in
from admin_suite.suite import Suite

PASSWORD, NEW_PASSWORD = "ADMIN_SUITE_PASSWORD", "ADMIN_SUITE_NEW_PASSWORD"
NEW_PIN = "ADMIN_SUITE_NEW_PIN"
WIDTH = 30


class Desk(Struct, frozen=True):
    """One command's run."""

    modules: tuple[Module, ...]
    options: Namespace

    @property
    def url(self) -> URL:
        """The database meant."""
        return database_url(self.options.db)

    def user(self) -> str:
        """The name of the person who acts."""
        name: str | None = self.options.user
        if not name:
            message = _("Say who you are: --as USER, or the variable ADMIN_SUITE_USER.")
            raise UserError(message)
        return name

    @contextmanager
    def suite(self) -> Iterator[Suite]:
        """The database, open in the hands of the user named."""
        opened = sign_in(self.modules, self.url, self.user(), secret(PASSWORD, _("Password: ")))
        try:
            _look_at_clock(opened)
            yield opened
        except UserError:
            raise
        except Exception as error:
            known = opened.explained(error)
            if known is error:
                raise
            raise known from error
        finally:
            opened.close()

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A unit of work of the user named."""
        with self.suite() as suite, suite.database.work(suite.actor, progress()) as work:
            yield work

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A question of the user named; what it shows of people is recorded."""
        with self.suite() as suite:
            with suite.database.read(suite.actor, progress()) as work:
                yield work
            if work.views:
                suite.database.record_views(suite.actor, work.views)

    def sheet(self, name: str) -> Sheet[Any]:
        """The sheet of that name."""
        sheets = {sheet.name: sheet for module in self.modules for sheet in module.sheets}
        if name not in sheets:
            raise UserError(
                _("There is no sheet “{name}”. Known: {names}.").format(
                    name=name, names=", ".join(sheets)
                )
            )
        return sheets[name]


def secret(variable: str, prompt: str) -> str:
    """A password from the environment or typed unseen; never from an argument."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        message = _("There is no password or PIN: set the variable {name} or use a terminal.")
        raise UserError(message.format(name=variable))
    return getpass(prompt)


def _look_at_clock(suite: Suite) -> None:
    with suite.database.read(suite.actor) as work:
        if said := clock_warning(work):
            sys.stderr.write(f"{said}\n")


def progress() -> Progress:
    """A bar on a terminal, nothing otherwise."""
    return Progress(report=_bar) if sys.stderr.isatty() else Progress()


def _bar(done: int, total: int) -> None:
    if total:
        full = WIDTH * done // total
        sys.stderr.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}")
        if done >= total:
            sys.stderr.write("\n")
        sys.stderr.flush()
