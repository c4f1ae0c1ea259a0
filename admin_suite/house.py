"""The house's own manifest, and the loader of the others."""

from collections.abc import Sequence
from importlib import import_module

from admin_suite.core.i18n import N_
from admin_suite.db import dated
from admin_suite.module import Finder, Module
from admin_suite.registry import queries
from admin_suite.registry.models import COMPLAINTS
from admin_suite.registry.permissions import AUDIT, KEEP, SEE, USERS
from admin_suite.registry.sheets import PEOPLE

HOUSE = Module(
    name="registry",
    title=N_("People and places"),
    permissions=(SEE, KEEP, USERS, AUDIT),
    sheets=(PEOPLE,),
    finders=(Finder(N_("People"), SEE, queries.find),),
    complaints=dated.COMPLAINTS | COMPLAINTS,
)


def load(names: Sequence[str]) -> tuple[Module, ...]:
    """Import every installed module, in order: its tables first, then its manifest."""
    for name in names:
        import_module(f"modules.{name}.models")
    return (HOUSE, *(import_module(f"modules.{name}.module").MODULE for name in names))
