"""Result release, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.module import Module, Paper
from modules.results import service
from modules.results.commands import COMMANDS
from modules.results.models import COMPLAINTS
from modules.results.permissions import RELEASE, SEE, VALIDATE
from modules.results.sheets import RELEASED

MODULE = Module(
    name="results",
    title=N_("Results"),
    permissions=(SEE, VALIDATE, RELEASE),
    sheets=(RELEASED,),
    papers=(Paper("list", N_("Result list by sender"), SEE, "documents:draw_list"),),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    seed=service.begin,
    demo="demo:build",
)
