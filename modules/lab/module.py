"""The laboratory, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Curve,
    Errands,
    Finder,
    Handover,
    Module,
    PageSpec,
    Paper,
    Report,
    Shelf,
    Step,
    Subject,
    Timeline,
    Trace,
    Waiting,
)
from modules.lab import day
from modules.lab.commands import COMMANDS
from modules.lab.models import COMPLAINTS
from modules.lab.permissions import ENTER, KITS, RAPID, RECEIVE, REGISTER, SEE, SETTINGS
from modules.lab.sheets import RAPIDS, RESULTS, SAMPLES

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
        PageSpec("where", N_("Where is my sample"), "pages.where:WherePage", SEE, "route"),
        PageSpec("radar", N_("What is late"), "pages.radar:RadarPage", SEE, "radar"),
        PageSpec("rapid", N_("Rapid tests"), "pages.rapid:RapidPage", RAPID, "rapid"),
        PageSpec(
            "kits",
            N_("Test kits"),
            "pages.kits:KitsPage",
            SEE,
            "kit",
            shelf=Shelf.MORE,
            about=N_("Lots, expiry, and how many tests are left"),
        ),
    ),
    permissions=(SEE, REGISTER, RECEIVE, ENTER, RAPID, KITS, SETTINGS),
    sheets=(SAMPLES, RESULTS, RAPIDS),
    papers=(Paper("labels", N_("Tube labels"), SEE, "documents:draw_labels"),),
    reports=(
        Report("day", N_("Tests by sender"), SEE, "reports:by_sender"),
        Report("rapid", N_("Rapid tests by day and place"), SEE, "reports:by_site"),
        Report("turnaround", N_("Turnaround by segment"), SEE, "reports:turnaround"),
        Report("numbers", N_("The numbers of the day"), SEE, "reports:numbers"),
    ),
    complaints=COMPLAINTS,
    commands=COMMANDS,
    finders=(Finder(N_("Specimens"), SEE, day.find),),
    timeline=Timeline(SEE, day.of_person),
    traces=(Trace("lab_tube", SEE, day.history),),
    waiting=(
        Waiting(N_("Tubes to be received"), RECEIVE, "lab.reception", day.expected),
        Waiting(
            N_("Tubes waiting for a result"),
            ENTER,
            "lab.radar",
            day.unmeasured,
            day.unmeasured_late,
            N_("{n} have waited too long"),
            2,
        ),
        Waiting(
            N_("Pools whose people wait for single samples"),
            ENTER,
            "lab.radar",
            day.waiting_in(day.Leg.POOL),
            day.late_in(day.Leg.POOL),
            N_("{n} have waited too long"),
            5,
        ),
        Waiting(
            N_("Positive rapid tests without a PCR sample"),
            REGISTER,
            "lab.radar",
            day.waiting_in(day.Leg.RAPID),
            day.late_in(day.Leg.RAPID),
            N_("{n} have waited too long"),
            6,
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
    settings=(day.LATE, day.LIST_LATE, *day.THRESHOLDS),
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
        Subject(
            "lab_measurement_detail",
            N_("Details of results"),
            {"performed_at": N_("Performed at")},
        ),
        Subject("lab_numbering", N_("Serial numbers")),
        Subject(
            "lab_rapid_test",
            N_("Rapid tests"),
            {
                "outcome": N_("Result"),
                "site_id": N_("Place of the test"),
                "opened": N_("Called for a PCR sample"),
                "entered_by": N_("Entered by"),
                "voided_at": N_("Entered in error"),
                "error_by": N_("Marked by"),
            },
        ),
        Subject(
            "lab_kit",
            N_("Test kits"),
            {"name": N_("Kit"), "maker": N_("Maker"), "method": N_("Method")},
        ),
        Subject(
            "lab_kit_lot",
            N_("Lots of test kits"),
            {"lot": N_("Lot"), "expires_on": N_("Expires on")},
        ),
        Subject(
            "lab_kit_movement",
            N_("Ledger of test kits"),
            {"lot_id": N_("Lot"), "kind": N_("Kind"), "quantity": N_("How many"), "by": N_("By")},
        ),
    ),
    deeds={
        "lab.register": N_("Registered specimens"),
        "lab.receive": N_("Received tubes"),
        "lab.unreceive": N_("Took a reception back"),
        "lab.enter": N_("Entered results"),
        "lab.enter_rapid": N_("Entered rapid tests"),
        "lab.correct_rapid": N_("Corrected rapid tests"),
        "lab.mark_rapid_error": N_("Marked rapid tests as entered in error"),
        "lab.withdraw_rapid": N_("Withdrew rapid tests"),
        "lab.receive_kits": N_("Took test kits in"),
        "lab.discard_kits": N_("Threw test kits away"),
        "lab.count_kits": N_("Counted test kits"),
        "lab.lots_of": N_("Entered lots of test kits"),
        "lab.write_ledger": N_("Wrote the ledger of test kits"),
        "lab.correct": N_("Corrected specimens"),
        "lab.withdraw": N_("Withdrew specimens"),
    },
    handovers=(Handover(SEE, day.handover),),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.LABORATORY, Profile.FULL),
)
