"""The house's own manifest, and the loader of the others."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from admin_suite.core.i18n import N_
from admin_suite.db import dated, settings
from admin_suite.module import Drawing, Finder, Module, PageSpec, Paper, Shelf
from admin_suite.registry import queries
from admin_suite.registry.models import COMPLAINTS
from admin_suite.registry.permissions import (
    AUDIT,
    BACKUP,
    KEEP,
    OWN,
    RESTORE,
    SEE,
    TAKE_BACK,
    USERS,
)
from admin_suite.registry.sheets import PEOPLE

HOUSE = Module(
    name="registry",
    title=N_("People and places"),
    pages=(
        PageSpec("person", N_("Person"), "person:PersonPage", SEE, "person", shelf=Shelf.NOWHERE),
        PageSpec(
            "typing",
            N_("Type a list"),
            "typed_list:TypedListPage",
            KEEP,
            "note",
            shelf=Shelf.MORE,
            about=N_("Type or paste a list row by row, with the photograph of the paper beside."),
        ),
        PageSpec(
            "imports",
            N_("Imported lists"),
            "imports:ImportsPage",
            SEE,
            "history",
            shelf=Shelf.MORE,
            about=N_("Every list that was brought in: by whom, with what answer; take one back."),
        ),
        PageSpec(
            "reports",
            N_("Reports"),
            "reports:ReportsPage",
            SEE,
            "report",
            shelf=Shelf.MORE,
            about=N_("Numbers over some days, as a workbook or on paper"),
        ),
    ),
    permissions=(SEE, KEEP, TAKE_BACK, USERS, OWN, BACKUP, RESTORE, AUDIT),
    sheets=(PEOPLE,),
    finders=(Finder(N_("People"), SEE, queries.find),),
    complaints=dated.COMPLAINTS | settings.COMPLAINTS | COMPLAINTS,
)


def load(names: Sequence[str]) -> tuple[Module, ...]:
    """Import every installed module, in order: its tables first, then its manifest."""
    for name in names:
        import_module(f"modules.{name}.models")
    return (HOUSE, *(import_module(f"modules.{name}.module").MODULE for name in names))


def part(module: Module, name: str) -> Any:
    """What a manifest names as ``file:name``; its file, and what it needs, is imported only now."""
    file, _colon, wanted = name.partition(":")
    room = "admin_suite.registry" if module is HOUSE else f"modules.{module.name}"
    return getattr(import_module(f"{room}.{file}"), wanted)


def drawing(module: Module, paper: Paper) -> Drawing:
    """The function that draws a paper."""
    return cast("Drawing", part(module, paper.draw))
