"""The laboratory, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.module import Finder, Module, Timeline
from modules.lab import queries
from modules.lab.commands import COMMANDS
from modules.lab.models import COMPLAINTS
from modules.lab.permissions import ENTER, RECEIVE, REGISTER, SEE
from modules.lab.sheets import RESULTS, SAMPLES

MODULE = Module(
    name="lab",
    title=N_("Laboratory"),
    permissions=(SEE, REGISTER, RECEIVE, ENTER),
    sheets=(SAMPLES, RESULTS),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    finders=(Finder(N_("Specimens"), SEE, queries.find),),
    timeline=Timeline(SEE, queries.of_person),
    demo="demo:build",
)
