"""The laboratory, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Curve,
    Errands,
    Finder,
    Module,
    PageSpec,
    Paper,
    Report,
    Step,
    Timeline,
    Waiting,
)
from modules.lab import day, queries
from modules.lab.commands import COMMANDS
from modules.lab.models import COMPLAINTS
from modules.lab.permissions import ENTER, RECEIVE, REGISTER, SEE
from modules.lab.sheets import RESULTS, SAMPLES

MODULE = Module(
    name="lab",
    title=N_("Laboratory"),
    icon="tube",
    pages=(
        PageSpec("samples", N_("Specimens"), "pages.samples:SamplesPage", SEE, "tube"),
        PageSpec(
            "reception",
            N_("Receive specimens"),
            "pages.reception:ReceptionPage",
            RECEIVE,
            "barcode",
            main=True,
        ),
    ),
    permissions=(SEE, REGISTER, RECEIVE, ENTER),
    sheets=(SAMPLES, RESULTS),
    papers=(Paper("labels", N_("Tube labels"), SEE, "documents:draw_labels"),),
    reports=(Report("day", N_("Tests by sender"), SEE, "reports:by_sender"),),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    finders=(Finder(N_("Specimens"), SEE, queries.find),),
    timeline=Timeline(SEE, queries.of_person),
    waiting=(
        Waiting(N_("Tubes to be received"), RECEIVE, "lab.reception", day.expected),
        Waiting(
            N_("Tubes waiting for a result"),
            ENTER,
            "lab.samples",
            day.unmeasured,
            day.unmeasured_late,
            N_("{n} received more than 24 hours ago"),
        ),
    ),
    errands=(Errands(SEE, day.errands),),
    steps=(
        Step(N_("Receive"), SEE, "lab.reception", day.received_today),
        Step(N_("Measure"), SEE, "lab.samples", day.measured_today),
    ),
    curves=(
        Curve(
            N_("The week"), SEE, N_("Tubes measured"), N_("Share that is not negative"), day.week
        ),
    ),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.LABORATORY, Profile.FULL),
)
