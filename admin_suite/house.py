"""The house's own manifest, and the loader of the others."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, BinaryIO, cast

from admin_suite.core.i18n import N_, language, speaking
from admin_suite.db import dated, keys, settings
from admin_suite.db.work import Work
from admin_suite.module import Asks, Blank, Drawing, Finder, Handover, Module, Paper, Timeline
from admin_suite.registry import declared, menu, output_models, queries, roles, shifts, views
from admin_suite.registry.files import FILES
from admin_suite.registry.models import COMPLAINTS
from admin_suite.registry.more_sheets import DECLARATIONS, LETTERHEADS, SIGNATORIES
from admin_suite.registry.permissions import EVERY, HAND_OVER, SEE
from admin_suite.registry.settings import HOUSE_SETTINGS, PAPER_LANGUAGE, Tongue
from admin_suite.registry.sheets import PEOPLE
from admin_suite.registry.words import DEEDS, SUBJECTS

HOUSE = Module(
    name="registry",
    title=N_("People and places"),
    pages=menu.PAGES,
    permissions=EVERY,
    settings=HOUSE_SETTINGS,
    subjects=SUBJECTS,
    deeds=DEEDS,
    sheets=(PEOPLE, DECLARATIONS, LETTERHEADS, SIGNATORIES),
    papers=(
        Paper(
            "handover",
            N_("Hand-over of the shift"),
            HAND_OVER,
            "documents:draw_handover",
            (Blank("shift", N_("Hand-over"), choices=shifts.choices),),
            confidential=False,
        ),
    ),
    files=FILES,
    timeline=Timeline(SEE, declared.of_person),
    finders=(Finder(N_("People"), SEE, queries.find),),
    handovers=(Handover(SEE, shifts.imports_today),),
    complaints=dated.COMPLAINTS
    | keys.COMPLAINTS
    | settings.COMPLAINTS
    | roles.COMPLAINTS
    | views.COMPLAINTS
    | output_models.COMPLAINTS
    | COMPLAINTS,
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
            draw(work, _answered(paper, values), out)

    return drawn


def _answered(paper: Paper, values: Mapping[str, str]) -> dict[str, str]:
    """The values of a paper, of those that are yes or no only what is yes."""
    asked = {blank.name for blank in paper.blanks if blank.asks is Asks.YES}
    said = {name: settings.YesNo().read(values[name]) for name in asked if values.get(name)}
    kept = {name: value for name, value in values.items() if name not in asked}
    return kept | {name: settings.Answer.YES.value for name, yes in said.items() if yes}
