"""Result release, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import Errands, Module, PageSpec, Paper, Report, Step, Waiting
from modules.results import day, service
from modules.results.commands import COMMANDS
from modules.results.models import COMPLAINTS
from modules.results.permissions import RELEASE, SEE, VALIDATE
from modules.results.sheets import RELEASED

MODULE = Module(
    name="results",
    title=N_("Results"),
    icon="release",
    pages=(
        PageSpec(
            "release", N_("Release results"), "pages.release:ReleasePage", VALIDATE, "release"
        ),
        PageSpec("lists", N_("Result lists"), "pages.lists:ListsPage", SEE, "paper"),
    ),
    permissions=(SEE, VALIDATE, RELEASE),
    sheets=(RELEASED,),
    papers=(Paper("list", N_("Result list by sender"), SEE, "documents:draw_list"),),
    reports=(Report("turnaround", N_("From reception to release"), SEE, "reports:turnaround"),),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    seed=service.begin,
    waiting=(
        Waiting(
            N_("Results to be released"),
            VALIDATE,
            "results.release",
            day.waiting,
            day.alone,
            N_("{n} not negative, one by one"),
        ),
    ),
    errands=(Errands(VALIDATE, day.errands),),
    steps=(Step(N_("Release"), SEE, "results.release", day.released_today),),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.QUARANTINE, Profile.LABORATORY, Profile.FULL),
)
