"""The laboratory, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Asks,
    Blank,
    Curve,
    Errands,
    Finder,
    Handover,
    Module,
    PageSpec,
    Paper,
    Report,
    Step,
    Subject,
    Timeline,
    Waiting,
)
from admin_suite.registry import senders
from modules.lab import day
from modules.lab.commands import COMMANDS
from modules.lab.models import COMPLAINTS
from modules.lab.permissions import ENTER, RECEIVE, REGISTER, SEE, SETTINGS
from modules.lab.sheets import RESULTS, SAMPLES

LABELS = (
    Blank("sender", N_("Sender"), choices=senders.names),
    Blank("accession", N_("Tube number")),
    Blank("pool", N_("Pool")),
    Blank(
        "form",
        N_("Label paper"),
        choices=(("a4", N_("A4 sheet of 65 labels")), ("roll", N_("Roll of labels"))),
    ),
    Blank("begin", N_("First free place"), N_("Of a sheet that was used before; empty: the first")),
    Blank("outline", N_("Edges alone"), N_("To try the printer"), asks=Asks.YES),
)

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
    permissions=(SEE, REGISTER, RECEIVE, ENTER, SETTINGS),
    sheets=(SAMPLES, RESULTS),
    papers=(
        Paper(
            "labels", N_("Tube labels"), SEE, "documents:draw_labels", LABELS, confidential=False
        ),
    ),
    reports=(Report("day", N_("Tests by sender"), SEE, "reports:by_sender"),),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    finders=(Finder(N_("Specimens"), SEE, day.find),),
    timeline=Timeline(SEE, day.of_person),
    waiting=(
        Waiting(N_("Tubes to be received"), RECEIVE, "lab.reception", day.expected),
        Waiting(
            N_("Tubes waiting for a result"),
            ENTER,
            "lab.samples",
            day.unmeasured,
            day.unmeasured_late,
            N_("{n} have waited too long"),
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
    settings=(day.LATE, day.LIST_LATE),
    subjects=(
        Subject(
            "lab_tube",
            N_("Tubes"),
            {
                "stage": N_("State"),
                "pooled": N_("Pooled"),
                "stated": N_("Swabs in it"),
                "received_at": N_("Received"),
                "received_by": N_("Received by"),
                "voided_at": N_("Withdrawn"),
            },
            day.numbers_of,
            SEE,
        ),
        Subject("lab_specimen", N_("Specimens"), {"voided_at": N_("Withdrawn")}),
        Subject(
            "lab_list",
            N_("Sampling lists"),
            {"sender_id": N_("Sender"), "voided_at": N_("Withdrawn")},
        ),
        Subject(
            "lab_measurement",
            N_("Measured results"),
            {
                "outcome": N_("Result"),
                "reported": N_("Reported"),
                "current": N_("In force"),
                "entered_by": N_("Entered by"),
            },
        ),
        Subject("lab_numbering", N_("Serial numbers")),
    ),
    deeds={
        "lab.register": N_("Registered specimens"),
        "lab.receive": N_("Received tubes"),
        "lab.unreceive": N_("Took a reception back"),
        "lab.enter": N_("Entered results"),
        "lab.correct": N_("Corrected specimens"),
        "lab.withdraw": N_("Withdrew specimens"),
    },
    handovers=(Handover(SEE, day.handover),),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.LABORATORY, Profile.FULL),
)
