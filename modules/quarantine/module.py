"""Quarantine, as the house sees it."""

from functools import partial

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Asks,
    Blank,
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
    Waiting,
)
from admin_suite.registry.facts import HealthDeclared
from modules.quarantine import day, words
from modules.quarantine.codes import Document
from modules.quarantine.models import COMPLAINTS
from modules.quarantine.permissions import (
    DECIDE,
    EXPECT,
    FOLLOW,
    KEEP,
    OBSERVE,
    PLACE,
    PLACES,
    RULES,
    SEE,
    SETTINGS,
)
from modules.quarantine.queries import papers as queries
from modules.quarantine.queries.cases import stays
from modules.quarantine.queries.home import unheard
from modules.quarantine.queries.home_papers import commune_choices
from modules.quarantine.queries.papers import ISSUER
from modules.quarantine.queries.payers import payer_choices
from modules.quarantine.queries.proposals import CHANCE, GRACE, WINDOW
from modules.quarantine.queries.stays import of_person
from modules.quarantine.queries.testing import POOL
from modules.quarantine.service import calls, cases
from modules.quarantine.service.beds import AIRING
from modules.quarantine.service.rules import begin
from modules.quarantine.sheets.arrivals import ARRIVALS
from modules.quarantine.sheets.home import HOME_DAYS, HOMES
from modules.quarantine.sheets.places import FACILITIES, OBSERVATIONS, ROOMS, STAYS
from modules.results.api import (
    ForewarningsWithdrawn,
    ResultsCorrected,
    ResultsForewarned,
    ResultsHeld,
    ResultsLifted,
    ResultsReleased,
    SitesAsked,
)

PLACE_OF = Blank("facility", N_("Facility"), choices=queries.facility_choices)
DAY_OF = Blank("day", N_("Day"), asks=Asks.DAY)
ROOM_OF = Blank("room", N_("Room"), N_("Empty: every room with people"))


def _batch(kind: Document) -> Blank:
    """The batches of one kind to choose from."""
    return Blank("batch", N_("Batch of papers"), choices=partial(queries.batch_choices, kind=kind))


PAPERS = (
    Paper(
        "decision",
        N_("Decisions of quarantine"),
        DECIDE,
        "documents:draw_decision",
        (_batch(Document.DECISION),),
    ),
    Paper(
        "extension",
        N_("Decisions of extension"),
        DECIDE,
        "documents:draw_extension",
        (_batch(Document.EXTENSION),),
    ),
    Paper(
        "completion",
        N_("Certificates of completion"),
        DECIDE,
        "documents:draw_completion",
        (_batch(Document.COMPLETION),),
    ),
    Paper(
        "handover",
        N_("Hand-over to communes"),
        SEE,
        "documents:draw_handover",
        (PLACE_OF, DAY_OF, Blank("commune", N_("Commune"), N_("Empty: every commune"))),
    ),
    Paper(
        "absconded",
        N_("Record of who left without leave"),
        PLACE,
        "documents:draw_absconded",
        (PLACE_OF, DAY_OF),
    ),
    Paper(
        "absconded_home",
        N_("Record of who left home without leave"),
        PLACE,
        "documents:draw_absconded_home",
        (
            DAY_OF,
            Blank("commune", N_("Commune"), N_("Empty: every commune"), choices=commune_choices),
        ),
    ),
    Paper(
        "watch",
        N_("Health watch sheets"),
        SEE,
        "documents:draw_watch",
        (PLACE_OF, ROOM_OF, DAY_OF),
    ),
    Paper(
        "doors",
        N_("Door cards"),
        SEE,
        "documents:draw_doors",
        (
            PLACE_OF,
            ROOM_OF,
            Blank("group", N_("Group on the card"), choices=(("no", N_("Left out")),)),
        ),
        confidential=False,
    ),
    Paper(
        "rooms",
        N_("Room list"),
        SEE,
        "documents:draw_rooms",
        (PLACE_OF, Blank("number", N_("Number of the paper"))),
    ),
    Paper("bus", N_("Bus manifest"), SEE, "documents:draw_bus", (PLACE_OF, DAY_OF)),
    Paper("meals", N_("Meal list"), SEE, "documents:draw_meals", (PLACE_OF, DAY_OF)),
)
MODULE = Module(
    name="quarantine",
    title=N_("Quarantine"),
    icon="bed",
    pages=(
        PageSpec("board", N_("Bed board"), "pages.board:BoardPage", SEE, "bed"),
        PageSpec("rounds", N_("Health rounds"), "pages.rounds:RoundsPage", OBSERVE, "radar"),
        PageSpec("home", N_("Home quarantine"), "pages.home:HomePage", FOLLOW, "home"),
        PageSpec("testing", N_("Samples due"), "pages.testing:TestingPage", SEE, "tube"),
        PageSpec("leaving", N_("Going home"), "pages.leaving:LeavingPage", SEE, "leave"),
        PageSpec("outlook", N_("Occupancy ahead"), "pages.outlook:OutlookPage", SEE, "report"),
        PageSpec("policy", N_("Length of quarantine"), "pages.policy:PolicyPage", RULES, "session"),
        PageSpec("arrivals", N_("Arrivals"), "pages.arrivals:ArrivalsPage", EXPECT, "person"),
        PageSpec("parcels", N_("Parcels"), "pages.parcels:ParcelsPage", KEEP, "save"),
        PageSpec(
            "home_papers",
            N_("Papers of home quarantine"),
            "pages.home_papers:HomePapersPage",
            SEE,
            "paper",
            shelf=Shelf.MORE,
            about=N_("Decisions, extensions and certificates of people at home, who left."),
        ),
        PageSpec(
            "supplies",
            N_("Supplies"),
            "pages.supplies:SuppliesPage",
            KEEP,
            "save",
            shelf=Shelf.MORE,
            about=N_("What is left of everything, what came in and what was given out."),
        ),
        PageSpec(
            "payers",
            N_("Who pays for meals"),
            "pages.payers:PayersPage",
            KEEP,
            "person",
            shelf=Shelf.MORE,
            about=N_("The person, the state budget, an employer or a sponsor, from a day on."),
        ),
        PageSpec(
            "meal_rules",
            N_("Rules of meals"),
            "pages.rules:RulesPage",
            KEEP,
            "session",
            shelf=Shelf.MORE,
            about=N_("Who pays for which group, and the hours of the kitchen, by decision."),
        ),
        PageSpec(
            "staffing",
            N_("Capacity by staff"),
            "pages.staffing:StaffingPage",
            PLACES,
            "people",
            shelf=Shelf.MORE,
            about=N_("How many people the staff of a facility can look after."),
        ),
        PageSpec(
            "plan",
            N_("Plan of the floors"),
            "pages.plan:PlanPage",
            PLACES,
            "bed",
            shelf=Shelf.MORE,
            about=N_("Drag rooms and beds to where they are; the board is drawn so."),
        ),
    ),
    permissions=(SEE, PLACES, EXPECT, PLACE, OBSERVE, FOLLOW, DECIDE, KEEP, RULES, SETTINGS),
    sheets=(FACILITIES, ROOMS, ARRIVALS, STAYS, OBSERVATIONS, HOMES, HOME_DAYS),
    papers=PAPERS,
    reports=(
        Report(
            "meals",
            N_("Meal days by person"),
            SEE,
            "reports:meals",
            (PLACE_OF, Blank("payer", N_("Paid by"), choices=payer_choices)),
        ),
        Report("occupancy", N_("Occupancy ahead"), SEE, "reports:occupancy", (PLACE_OF,)),
    ),
    listeners={
        HealthDeclared: calls.declared,
        ResultsForewarned: cases.forewarned,
        ResultsReleased: cases.released,
        ResultsCorrected: cases.corrected,
        ResultsHeld: cases.held,
        ResultsLifted: cases.lifted,
        ForewarningsWithdrawn: cases.unwarned,
        SitesAsked: stays,
    },
    complaints=COMPLAINTS,
    commands="commands:COMMANDS",
    finders=(Finder(N_("Beds"), SEE, day.find),),
    timeline=Timeline(SEE, of_person),
    waiting=(
        Waiting(N_("People who wait for a bed"), PLACE, "quarantine.arrivals", day.waiting),
        Waiting(N_("Beds that wait for cleaning"), PLACE, "quarantine.board", day.to_clean),
        Waiting(N_("People whose quarantine ends"), SEE, "quarantine.leaving", day.going),
        Waiting(N_("People at home not heard of today"), FOLLOW, "quarantine.home", unheard),
        Waiting(N_("Things to do in quarantine"), SEE, "quarantine.board", day.to_do),
    ),
    errands=(
        Errands(SEE, day.errands),
        Errands(DECIDE, day.escalated),
        Errands(KEEP, day.short_of),
    ),
    steps=(Step(N_("Give beds"), PLACE, "quarantine.arrivals", day.admitted_today),),
    settings=(AIRING, CHANCE, WINDOW, GRACE, ISSUER, POOL),
    subjects=words.SUBJECTS,
    deeds=words.DEEDS,
    handovers=(Handover(SEE, day.handover),),
    seed=begin,
    demo="demo:build",
    profiles=(Profile.QUARANTINE, Profile.FULL),
)
