"""Result release, as the house sees it."""

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
    Step,
    Subject,
    Timeline,
    Trace,
    Waiting,
)
from modules.lab.api import Outcome
from modules.results import day, queries, service
from modules.results.models import COMPLAINTS
from modules.results.permissions import (
    CORRECT,
    HOLD,
    OVERSEE,
    RELEASE,
    RULES,
    SEE,
    TELL,
    VALIDATE,
)
from modules.results.queries import find_slip, untold
from modules.results.sheets import NOTIFY, RELEASED

SENT = (
    Blank("sender", N_("Sender"), choices=queries.senders),
    Blank("day", N_("Released on"), asks=Asks.DAY),
)
LIST = (*SENT, Blank("number", N_("Number of the paper")))
SLIPS = (
    *SENT,
    Blank("accession", N_("Tube number")),
    Blank("outcome", N_("Result"), choices=[(one.value, one.phrase) for one in Outcome]),
)

MODULE = Module(
    name="results",
    title=N_("Results"),
    icon="release",
    pages=(
        PageSpec(
            "release", N_("Release results"), "pages.release:ReleasePage", VALIDATE, "release"
        ),
        PageSpec("lists", N_("Result lists"), "pages.lists:ListsPage", SEE, "paper"),
        PageSpec("notify", N_("Whom to tell"), "pages.notify:NotifyPage", TELL, "message"),
        PageSpec("calls", N_("Call desk"), "pages.calls:CallsPage", TELL, "phone"),
        PageSpec("doubts", N_("Holds and corrections"), "pages.doubts:DoubtsPage", HOLD, "hold"),
    ),
    permissions=(SEE, VALIDATE, RELEASE, HOLD, CORRECT, TELL, OVERSEE, RULES),
    sheets=(RELEASED, NOTIFY),
    papers=(
        Paper("list", N_("Result list by sender"), SEE, "documents:draw_list", LIST),
        Paper("slips", N_("Result slips, two on a sheet"), SEE, "documents:draw_slips", SLIPS),
        Paper(
            "preliminary",
            N_("Slips of preliminary notices"),
            VALIDATE,
            "documents:draw_preliminary",
            (Blank("accession", N_("Tube number")),),
        ),
    ),
    finders=(Finder(N_("Slips"), SEE, find_slip),),
    reports=(
        Report("turnaround", N_("From reception to release"), SEE, "reports:turnaround"),
        Report("day", N_("The day of release"), OVERSEE, "reports:of_days"),
    ),
    complaints=COMPLAINTS,
    commands="commands:COMMANDS",
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
        Waiting(
            N_("Changes of results to be confirmed"), RELEASE, "results.doubts", day.unconfirmed
        ),
        Waiting(N_("People with a result to be told"), TELL, "results.notify", untold),
        Waiting(N_("Results not yet sent to the platform"), SEE, "registry.outputs", day.unsent),
    ),
    errands=(Errands(VALIDATE, day.errands), Errands(OVERSEE, day.overdue)),
    settings=(day.PRELIMINARY,),
    timeline=Timeline(SEE, day.of_person),
    traces=(Trace("lab_tube", SEE, day.steps),),
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
        Subject(
            "results_return",
            N_("Results sent back"),
            {"returned_by": N_("Sent back by"), "returned_at": N_("Sent back at")},
        ),
        Subject(
            "results_version",
            N_("Versions of results"),
            {
                "number": N_("Version"),
                "status": N_("Report"),
                "outcome": N_("Result"),
                "proposed_by": N_("Proposed by"),
                "signed_by": N_("Signed by"),
                "supersedes": N_("Takes the place of"),
                "at": N_("Signed at"),
            },
        ),
        Subject(
            "results_proposal",
            N_("Proposed changes of results"),
            {
                "kind": N_("Change"),
                "proposed_by": N_("Proposed by"),
                "confirmed_by": N_("Confirmed by"),
                "confirmed_at": N_("Confirmed at"),
                "declined_by": N_("Declined by"),
                "declined_at": N_("Declined at"),
            },
        ),
        Subject(
            "results_hold",
            N_("Results on hold"),
            {
                "held_by": N_("Held by"),
                "held_at": N_("Held since"),
                "proposed_by": N_("Proposed by"),
                "lifted_by": N_("Confirmed by"),
                "lifted_at": N_("Ended at"),
            },
        ),
        Subject(
            "results_notice",
            N_("Preliminary notices"),
            {
                "outcome": N_("Result"),
                "given_by": N_("Given by"),
                "given_at": N_("Given at"),
            },
        ),
        Subject(
            "results_telling",
            N_("Who was told"),
            {
                "number": N_("Version"),
                "return_id": N_("Void notice"),
                "channel": N_("How"),
                "told_by": N_("Told by"),
                "told_at": N_("Told at"),
                "voided_at": N_("Withdrawn"),
            },
        ),
        Subject(
            "results_look",
            N_("Looks out of turn"),
            {"looked_by": N_("Looked at by"), "looked_at": N_("Looked at")},
        ),
    ),
    deeds={
        "results.adopt_signatures": N_("Decided how many persons release a result"),
        "results.adopt_contamination": N_("Decided which results may have been contaminated"),
        "results.adopt_disclosure": N_("Decided how small a group is told without its results"),
        "results.validate": N_("Checked results"),
        "results.unvalidate": N_("Took a check back"),
        "results.release": N_("Released results"),
        "results.sign": N_("Checked and released results"),
        "results.send_back": N_("Sent results back to the bench"),
        "results.forewarn": N_("Gave preliminary notices"),
        "results.hold_back": N_("Put results on hold"),
        "results.propose": N_("Proposed changes of results"),
        "results.propose_swap": N_("Proposed that two results change places"),
        "results.confirm": N_("Confirmed changes of results"),
        "results.tell": N_("Told people their results"),
        "results.answer": N_("Answered who asked"),
        "results.untell": N_("Took back that people were told"),
        "results.rotate_key": N_("Made a new key for slips"),
        "results.decline": N_("Declined changes of results"),
        "results.look": N_("Looked at results before their release"),
    },
    handovers=(
        Handover(VALIDATE, day.handover),
        Handover(SEE, day.handover_done),
        Handover(SEE, day.unsettled),
    ),
    demo="demo:build",
    profiles=(Profile.STATION, Profile.QUARANTINE, Profile.LABORATORY, Profile.FULL),
)
