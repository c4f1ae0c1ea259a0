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
    Shelf,
    Step,
    Timeline,
    Trace,
    Waiting,
)
from admin_suite.registry import senders
from modules.lab import day, queries, service, words
from modules.lab.models import COMPLAINTS
from modules.lab.permissions import ENTER, KEEP, KITS, RAPID, RECEIVE, REGISTER, SEE, SETTINGS
from modules.lab.sheets import RAPIDS, RESULTS, SAMPLES

LABELS = (
    Blank("sender", N_("Sender"), choices=senders.names),
    Blank("accession", N_("Tube number")),
    Blank("pool", N_("Pool")),
    Blank("block", N_("Block of numbers"), N_("Labels without tubes; empty: labels of tubes")),
    Blank("from", N_("From this number on"), N_("After a jam; empty: all")),
    Blank(
        "form",
        N_("Label paper"),
        choices=(
            ("a4", N_("A4 sheet of 65 labels")),
            ("roll", N_("Roll of labels")),
            ("zpl", N_("Label printer (ZPL)")),
        ),
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
            "registration",
            N_("Register one by one"),
            "pages.registration:RegistrationPage",
            REGISTER,
            "add",
        ),
        PageSpec(
            "reception",
            N_("Receive specimens"),
            "pages.reception:ReceptionPage",
            RECEIVE,
            "barcode",
            main=True,
        ),
        PageSpec(
            "handover",
            N_("Hand-over of specimens"),
            "pages.handover:HandoverPage",
            RECEIVE,
            "note",
        ),
        PageSpec(
            "again",
            N_("People to swab again"),
            "pages.again:AgainPage",
            REGISTER,
            "undo",
            shelf=Shelf.MORE,
            about=N_(
                "Whose tubes were rejected or lost, with the telephone; a new swab closes it."
            ),
        ),
        PageSpec(
            "coming",
            N_("Planned, cancelled, lost"),
            "pages.coming:ComingPage",
            REGISTER,
            "wait",
            shelf=Shelf.MORE,
            about=N_("Swabs to be taken, tubes on their way, and those that do not come."),
        ),
        PageSpec(
            "labels",
            N_("Labels and numbers"),
            "pages.labels:LabelsPage",
            REGISTER,
            "print",
            shelf=Shelf.MORE,
            about=N_("Labels printed before the tubes are used, numbers for stations, the ledger."),
        ),
        PageSpec(
            "keeping",
            N_("Store and send on"),
            "pages.keeping:KeepingPage",
            KEEP,
            "tube",
            shelf=Shelf.MORE,
            about=N_("Tubes into racks by scan, to another laboratory and back, thrown away."),
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
    permissions=(SEE, REGISTER, RECEIVE, ENTER, KEEP, RAPID, KITS, SETTINGS),
    sheets=(SAMPLES, RESULTS, RAPIDS),
    papers=(
        Paper(
            "labels", N_("Tube labels"), SEE, "documents:draw_labels", LABELS, confidential=False
        ),
        Paper(
            "handover",
            N_("Hand-over of specimens"),
            SEE,
            "documents:draw_handover",
            (Blank("number", N_("Number of the record")),),
            confidential=False,
        ),
        Paper(
            "rejection",
            N_("Notice of rejected specimens"),
            SEE,
            "documents:draw_rejection",
            (
                Blank("sender", N_("Sender"), choices=senders.names),
                Blank("day", N_("Rejected on"), asks=Asks.DAY),
                Blank("accession", N_("Tube number")),
            ),
        ),
    ),
    reports=(
        Report("day", N_("Tests by sender"), SEE, "reports:by_sender"),
        Report("rapid", N_("Rapid tests by day and place"), SEE, "reports:by_site"),
        Report("turnaround", N_("Turnaround by segment"), SEE, "reports:turnaround"),
        Report("numbers", N_("The numbers of the day"), SEE, "reports:numbers"),
    ),
    complaints=COMPLAINTS,
    commands="commands:COMMANDS",
    seed=service.begin,
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
        Waiting(N_("People to swab again"), REGISTER, "lab.again", queries.tasks_open),
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
    subjects=words.SUBJECTS,
    deeds=words.DEEDS,
    handovers=(Handover(SEE, day.handover),),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.LABORATORY, Profile.FULL),
)
