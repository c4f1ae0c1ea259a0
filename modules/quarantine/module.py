"""Quarantine, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Errands,
    Finder,
    Handover,
    Module,
    PageSpec,
    Step,
    Timeline,
    Waiting,
)
from modules.quarantine import day
from modules.quarantine.commands import COMMANDS
from modules.quarantine.models import COMPLAINTS
from modules.quarantine.permissions import (
    DECIDE,
    EXPECT,
    OBSERVE,
    PLACE,
    PLACES,
    RULES,
    SEE,
    SETTINGS,
)
from modules.quarantine.queries.cases import stays
from modules.quarantine.queries.proposals import CHANCE, GRACE, WINDOW
from modules.quarantine.queries.stays import of_person
from modules.quarantine.service import cases
from modules.quarantine.service.beds import AIRING
from modules.quarantine.service.rules import begin
from modules.quarantine.sheets.arrivals import ARRIVALS
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

MODULE = Module(
    name="quarantine",
    title=N_("Quarantine"),
    icon="bed",
    pages=(
        PageSpec("board", N_("Bed board"), "pages.board:BoardPage", SEE, "bed"),
        PageSpec("arrivals", N_("Arrivals"), "pages.arrivals:ArrivalsPage", EXPECT, "person"),
    ),
    permissions=(SEE, PLACES, EXPECT, PLACE, OBSERVE, DECIDE, RULES, SETTINGS),
    sheets=(FACILITIES, ROOMS, ARRIVALS, STAYS, OBSERVATIONS),
    listeners={
        ResultsForewarned: cases.forewarned,
        ResultsReleased: cases.released,
        ResultsCorrected: cases.corrected,
        ResultsHeld: cases.held,
        ResultsLifted: cases.lifted,
        ForewarningsWithdrawn: cases.unwarned,
        SitesAsked: stays,
    },
    complaints=COMPLAINTS,
    commands=COMMANDS,
    finders=(Finder(N_("Beds"), SEE, day.find),),
    timeline=Timeline(SEE, of_person),
    waiting=(
        Waiting(N_("People who wait for a bed"), PLACE, "quarantine.arrivals", day.waiting),
        Waiting(N_("Beds that wait for cleaning"), PLACE, "quarantine.board", day.to_clean),
        Waiting(N_("Things to do in quarantine"), SEE, "quarantine.board", day.to_do),
    ),
    errands=(Errands(SEE, day.errands),),
    steps=(Step(N_("Give beds"), PLACE, "quarantine.arrivals", day.admitted_today),),
    settings=(AIRING, CHANCE, WINDOW, GRACE),
    subjects=day.SUBJECTS,
    deeds=day.DEEDS,
    handovers=(Handover(SEE, day.handover),),
    seed=begin,
    demo="demo:build",
    profiles=(Profile.QUARANTINE, Profile.FULL),
)
