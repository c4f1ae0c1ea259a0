"""The house's own manifest, and the loader of the others."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, BinaryIO, cast

from admin_suite.core.i18n import N_, language, speaking
from admin_suite.db import dated, settings
from admin_suite.db.work import Work
from admin_suite.module import Drawing, Finder, Module, PageSpec, Paper, Shelf, Timeline
from admin_suite.registry import declared, queries, roles
from admin_suite.registry.models import COMPLAINTS
from admin_suite.registry.more_sheets import DECLARATIONS, LETTERHEADS, SIGNATORIES
from admin_suite.registry.permissions import (
    AUDIT,
    BACKUP,
    DECLARE,
    KEEP,
    MERGE,
    OWN,
    RESTORE,
    ROLES,
    SEE,
    SETTINGS,
    TAKE_BACK,
    UNIT,
    UNITS,
    USERS,
)
from admin_suite.registry.settings import HOUSE_SETTINGS, PAPER_LANGUAGE, Tongue
from admin_suite.registry.sheets import PEOPLE
from admin_suite.registry.words import DEEDS, SUBJECTS

HOUSE = Module(
    name="registry",
    title=N_("People and places"),
    pages=(
        PageSpec("person", N_("Person"), "person:PersonPage", SEE, "person", shelf=Shelf.NOWHERE),
        PageSpec("entry", N_("New person"), "entry:EntryPage", KEEP, "add", shelf=Shelf.NOWHERE),
        PageSpec(
            "people",
            N_("People"),
            "people:PeoplePage",
            SEE,
            "person",
            shelf=Shelf.MORE,
            about=N_("Everybody in the register: finding, entering, correcting, exporting"),
        ),
        PageSpec(
            "declaring",
            N_("Health declaration"),
            "declaring:DeclaringPage",
            DECLARE,
            "note",
            shelf=Shelf.MORE,
            about=N_("Symptoms, contacts, places and movement that somebody declares"),
        ),
        PageSpec(
            "duplicates",
            N_("Entered twice"),
            "duplicates:DuplicatesPage",
            MERGE,
            "copy",
            shelf=Shelf.MORE,
            about=N_("Entries that may be one person: comparing, making one, taking apart"),
        ),
        PageSpec(
            "units",
            N_("Units and letterheads"),
            "units:UnitsPage",
            UNITS,
            "paper",
            shelf=Shelf.MORE,
            about=N_("What stands over and under papers, and from which day on"),
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
        PageSpec(
            "users",
            N_("Users"),
            "users:UsersPage",
            USERS,
            "person",
            shelf=Shelf.MORE,
            about=N_("Who works with the program: adding, switching off, new passwords and PINs"),
        ),
        PageSpec(
            "roles",
            N_("Roles and rights"),
            "roles:RolesPage",
            ROLES,
            "lock",
            shelf=Shelf.MORE,
            about=N_("What each role may do, and roles of the unit's own"),
        ),
        PageSpec(
            "settings",
            N_("Settings"),
            "settings:SettingsPage",
            SETTINGS,
            "settings",
            shelf=Shelf.MORE,
            about=N_("The kind of place, and what the unit decides for itself"),
        ),
        PageSpec(
            "audit",
            N_("Audit trail"),
            "audit:AuditPage",
            AUDIT,
            "note",
            shelf=Shelf.MORE,
            about=N_("Who entered, changed, looked at or exported what, and when"),
        ),
    ),
    permissions=(
        SEE,
        KEEP,
        TAKE_BACK,
        USERS,
        ROLES,
        SETTINGS,
        UNIT,
        OWN,
        BACKUP,
        RESTORE,
        AUDIT,
        MERGE,
        DECLARE,
        UNITS,
    ),
    settings=HOUSE_SETTINGS,
    subjects=SUBJECTS,
    deeds=DEEDS,
    sheets=(PEOPLE, DECLARATIONS, LETTERHEADS, SIGNATORIES),
    timeline=Timeline(SEE, declared.of_person),
    finders=(Finder(N_("People"), SEE, queries.find),),
    complaints=dated.COMPLAINTS | settings.COMPLAINTS | roles.COMPLAINTS | COMPLAINTS,
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
    """The function that draws a paper, in the language that the unit has set for papers."""
    draw = cast("Drawing", part(module, paper.draw))

    def drawn(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
        tongue = settings.value(work, PAPER_LANGUAGE)
        with speaking(language() if tongue is Tongue.SHOWN else tongue.value):
            draw(work, values, out)

    return drawn
