"""Result release, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Asks,
    Blank,
    Errands,
    Handover,
    Module,
    PageSpec,
    Paper,
    Report,
    Step,
    Subject,
    Waiting,
)
from modules.results import day, queries, service
from modules.results.commands import COMMANDS
from modules.results.models import COMPLAINTS
from modules.results.permissions import RELEASE, RULES, SEE, VALIDATE
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
    permissions=(SEE, VALIDATE, RELEASE, RULES),
    sheets=(RELEASED,),
    papers=(
        Paper(
            "list",
            N_("Result list by sender"),
            SEE,
            "documents:draw_list",
            (
                Blank("sender", N_("Sender"), choices=queries.senders),
                Blank("day", N_("Released on"), asks=Asks.DAY),
                Blank("number", N_("Number of the paper")),
            ),
        ),
    ),
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
        Waiting(N_("Results not yet sent to the platform"), SEE, "registry.outputs", day.unsent),
    ),
    errands=(Errands(VALIDATE, day.errands),),
    steps=(Step(N_("Release"), SEE, "results.release", day.released_today),),
    subjects=(
        Subject(
            "results_release",
            N_("Releases"),
            {
                "validated_by": N_("Checked by"),
                "released_by": N_("Released by"),
                "released_at": N_("Released"),
                "returned_by": N_("Sent back by"),
                "returned_at": N_("Sent back at"),
            },
        ),
    ),
    deeds={
        "results.adopt_signatures": N_("Decided how many persons release a result"),
        "results.validate": N_("Checked results"),
        "results.unvalidate": N_("Took a check back"),
        "results.release": N_("Released results"),
        "results.sign": N_("Checked and released results"),
        "results.send_back": N_("Sent results back to the bench"),
    },
    handovers=(Handover(SEE, day.handover),),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.QUARANTINE, Profile.LABORATORY, Profile.FULL),
)
