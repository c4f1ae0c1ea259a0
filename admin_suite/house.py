"""The house's own manifest, and the loader of the others."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from admin_suite.core.i18n import N_
from admin_suite.db import dated, settings
from admin_suite.module import Drawing, Finder, Handover, Module, PageSpec, Paper, Shelf
from admin_suite.registry import queries, shifts
from admin_suite.registry.models import COMPLAINTS
from admin_suite.registry.permissions import (
    AUDIT,
    BACKUP,
    HAND_OVER,
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
            "handover",
            N_("Hand-over"),
            "handover:HandoverPage",
            HAND_OVER,
            "note",
            shelf=Shelf.MORE,
            about=N_("What the next shift has to know, signed by both"),
        ),
        PageSpec(
            "backups",
            N_("Backups"),
            "backups:BackupsPage",
            BACKUP,
            "database",
            shelf=Shelf.MORE,
            about=N_("Make a copy of all data, look the copies over, bring one back"),
        ),
        PageSpec(
            "own",
            N_("PIN"),
            "own:OwnPage",
            OWN,
            "lock",
            shelf=Shelf.MORE,
            about=N_("The short number for signing and for taking a locked window over"),
        ),
    ),
    permissions=(SEE, KEEP, TAKE_BACK, USERS, OWN, HAND_OVER, BACKUP, RESTORE, AUDIT),
    sheets=(PEOPLE,),
    papers=(Paper("handover", N_("Hand-over of the shift"), HAND_OVER, "documents:draw_handover"),),
    finders=(Finder(N_("People"), SEE, queries.find),),
    handovers=(Handover(SEE, shifts.imports_today),),
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
