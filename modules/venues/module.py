"""Venues, as the house sees them."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import (
    Asks,
    Blank,
    Curve,
    Finder,
    Module,
    PageSpec,
    Paper,
    Report,
    Shelf,
    Subject,
    Waiting,
)
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from modules.results.api import ResultsCorrected, ResultsReleased
from modules.venues import day
from modules.venues.codes import Kind
from modules.venues.models import COMPLAINTS
from modules.venues.permissions import ISSUE, KEEP, MANAGE, NOTE, RULES, SEE, VISITS
from modules.venues.queries import desk
from modules.venues.service import begin, cases, stays
from modules.venues.sheets import CHECKINS, VENUES

WHICH = (
    Blank("number", N_("Number of the venue")),
    Blank("commune_code", N_("Commune code")),
    Blank("kind", N_("Kind of place"), choices=[(one.value, one.phrase) for one in Kind]),
)
SIZES = (
    ("a4", N_("A4, one on a page")),
    ("a5", N_("A5, two on a page")),
    ("cards", N_("Cards of 5 x 5 cm")),
)

MODULE = Module(
    name="venues",
    title=N_("Venues"),
    icon="module",
    pages=(
        PageSpec("venues", N_("Venues"), "pages.register:VenuesPage", SEE, "module", main=True),
        PageSpec("desk", N_("Desk of a venue"), "pages.desk:VenueDeskPage", NOTE, "session"),
        PageSpec(
            "inspection",
            N_("Venues to inspect"),
            "pages.inspection:InspectionPage",
            SEE,
            "late",
            shelf=Shelf.MORE,
            about=N_("Check-ins that can hardly be so, posters that nobody scans."),
        ),
        PageSpec(
            "map",
            N_("Map of venues"),
            "pages.map:MapPage",
            SEE,
            "report",
            shelf=Shelf.MORE,
            about=N_("How many venues each commune has, and how many posters are put up."),
        ),
        PageSpec(
            "keeping",
            N_("How long check-ins are kept"),
            "pages.keeping:KeepingPage",
            KEEP,
            "lock",
            shelf=Shelf.MORE,
            about=N_("What would be deleted now, and what is held for cases."),
        ),
        PageSpec(
            "rules",
            N_("Rules of venues"),
            "pages.rules:RulesPage",
            SEE,
            "paper",
            shelf=Shelf.MORE,
            about=N_("Stays, plausibility and retention by day, each with its decision."),
        ),
    ),
    permissions=(SEE, MANAGE, ISSUE, NOTE, VISITS, KEEP, RULES),
    sheets=(VENUES, CHECKINS),
    papers=(
        Paper(
            "posters",
            N_("Venue posters"),
            SEE,
            "documents:draw_posters",
            (
                *WHICH,
                Blank("form", N_("Size"), choices=SIZES),
                Blank("outline", N_("Edges alone"), N_("To try the printer"), asks=Asks.YES),
            ),
            confidential=False,
        ),
        Paper(
            "handing",
            N_("Hand-over of venue posters"),
            SEE,
            "documents:draw_handing",
            WHICH,
            confidential=False,
        ),
    ),
    reports=(
        Report("posters", N_("Posters by commune and kind"), SEE, "reports:posters"),
        Report("inspection", N_("Venues to inspect"), SEE, "reports:inspections"),
    ),
    curves=(
        Curve(
            N_("Visits of the week"),
            VISITS,
            N_("visits"),
            N_("way out guessed"),
            desk.week,
            "late",
        ),
    ),
    settings=(day.HOTLINE,),
    complaints=COMPLAINTS,
    commands="commands:COMMANDS",
    listeners={
        ResultsReleased: cases.released,
        ResultsCorrected: cases.corrected,
        PeopleMerged: stays.merged,
        PeopleParted: stays.merged,
    },
    finders=(Finder(N_("Venues"), SEE, day.find),),
    waiting=(Waiting(N_("Entrances without a code"), ISSUE, day.PAGE, day.without_code),),
    subjects=(
        Subject(
            "venues_venue",
            N_("Venues"),
            {
                "kind": N_("Kind of place"),
                "standing": N_("State of the venue"),
                "commune_code": N_("Commune"),
                "placed_on": N_("Address as of"),
                "opens": N_("Opens at"),
                "closes": N_("Closes at"),
                "capacity": N_("Room for"),
                "voided_at": N_("Withdrawn"),
            },
            day.names_of,
            SEE,
        ),
        Subject(
            "venues_entrance",
            N_("Entrances"),
            {
                "venue_id": N_("Venue"),
                "number": N_("Number"),
                "label": N_("Name"),
                "voided_at": N_("Withdrawn"),
            },
        ),
        Subject(
            "venues_issue",
            N_("Codes of venues"),
            {
                "entrance_id": N_("Entrance"),
                "number": N_("Number"),
                "key": N_("Key"),
                "valid_from": N_("Valid from"),
                "issued_at": N_("Issued"),
                "issued_by": N_("Issued by"),
                "revoked_at": N_("Revoked"),
                "revoked_by": N_("Revoked by"),
                "reason": N_("Why"),
                "handed_on": N_("Handed over"),
                "posted_on": N_("Put up"),
                "seen_on": N_("Seen by an inspection"),
            },
            day.issues_named,
            SEE,
        ),
        Subject("venues_counter", N_("Numbers of venues")),
        Subject(
            "venues_checkin",
            N_("Check-ins"),
            {
                "venue_id": N_("Venue"),
                "entrance_id": N_("Entrance"),
                "issue": N_("Issue"),
                "way": N_("In or out"),
                "means": N_("Means"),
                "source": N_("Known from"),
                "entered_by": N_("Entered by"),
                "entered_at": N_("Entered at"),
                "voided_at": N_("Withdrawn"),
            },
            day.checkins_named,
            VISITS,
        ),
        Subject("venues_stay", N_("Stays at venues")),
        Subject(
            "venues_staff",
            N_("Rosters of venues"),
            {
                "venue_id": N_("Venue"),
                "days": N_("Days of the week"),
                "starts": N_("Begins at"),
                "ends": N_("Ends at"),
                "since": N_("Since"),
                "until": N_("Until"),
                "voided_at": N_("Withdrawn"),
            },
        ),
        Subject(
            "venues_stated",
            N_("Numbers that communes state"),
            {
                "commune_code": N_("Commune"),
                "kind": N_("Kind of place"),
                "number": N_("Number"),
                "stated_on": N_("Stated on"),
            },
        ),
        Subject(
            "venues_hold",
            N_("Holds of check-ins"),
            {
                "venue_id": N_("Venue"),
                "since": N_("Since"),
                "until": N_("Until"),
                "held_at": N_("Held for the case at"),
                "held_by": N_("Held for the case by"),
                "lifted_at": N_("Lifted"),
                "lifted_by": N_("Lifted by"),
            },
        ),
    ),
    deeds={
        "venues.register": N_("Registered venues"),
        "venues.correct": N_("Corrected venues"),
        "venues.withdraw": N_("Withdrew venues"),
        "venues.issue": N_("Issued codes"),
        "venues.revoke": N_("Revoked codes"),
        "venues.note_checkins": N_("Noted check-ins"),
        "venues.correct_checkins": N_("Corrected check-ins"),
        "venues.withdraw_checkins": N_("Took check-ins back"),
        "venues.pass_by": N_("Noted who came or left at a desk"),
        "venues.note_posters": N_("Noted what became of posters"),
        "venues.take_back_posters": N_("Took back a note on posters"),
        "venues.unnote_posters": N_("Took back a note on posters"),
        "venues.add_staff": N_("Put people on the roster of a venue"),
        "venues.end_staff": N_("Ended rosters of a venue"),
        "venues.state_numbers": N_("Noted what a commune states"),
        "venues.hold_person": N_("Held a person's check-ins for a case"),
        "venues.hold_venue": N_("Held a venue's check-ins for a case"),
        "venues.lift_hold": N_("Lifted a hold of check-ins"),
        "venues.lift_holds": N_("Lifted holds of check-ins"),
        "venues.delete_expired": N_("Deleted check-ins whose time was over"),
        "venues.adopt_limits": N_("Adopted a rule of visits"),
        "venues.adopt_keeping": N_("Adopted how long check-ins are kept"),
        "venues.adopt_tracing": N_("Adopted which check-ins an open case needs"),
        "venues.rotate_key": N_("Changed the key that signs codes"),
    },
    seed=begin,
    demo="demo:build",
    profiles=(Profile.CULTURE, Profile.FULL),
)
