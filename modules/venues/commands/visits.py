"""Who was where, what is not plausible, posters, rosters and stated numbers on the command line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from admin_suite.core.clock import ZONE, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.permissions import SEE, VISITS
from modules.venues.queries.coverage import coverage
from modules.venues.queries.desk import desks
from modules.venues.queries.inspection import DAYS, inspection
from modules.venues.queries.visits import Visit, last_stays, present
from modules.venues.rules.marks import typed
from modules.venues.service import NewStaff, Step

MOST = 1_000  # days that are looked at, stays that are told


def who(work: Work, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who was at a venue between two moments."""
    work.require(VISITS)
    since, until = a_moment(values["from"]), a_moment(values["to"])
    return [
        _told(one) for one in present(work, venue_numbered(work, values["venue"]), since, until)
    ]


def now(work: Work, _values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How many people are at each venue now, the fullest first."""
    work.require(SEE)
    rows = (one for one in desks(work) if one.now)
    return [{"venue": one.number, "name": one.name, "now": one.now} for one in rows]


def last(work: Work, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where somebody was last."""
    work.require(VISITS)
    most = _counted(values["most"], 10)
    return [_told(one) for one in last_stays(work, values["person"], most)]


def _counted(said: int | None, usual: int) -> int:
    """A number of days or stays; the usual one where none is said."""
    number = usual if said is None else said
    if not 1 <= number <= MOST:
        raise UserError(_("A number from 1 to {most} is wanted here.").format(most=figure(MOST)))
    return number


def _told(one: Visit) -> dict[str, Any]:
    return {
        "person": one.person_id,
        "name": one.name,
        "phone": one.phone,
        "venue": one.venue,
        "in": stamp(one.start),
        "out": stamp(one.end),
        "minutes": one.minutes,
        "earliest_out": stamp(one.least),
        "latest_out": stamp(one.most),
        "ending": one.ending,
    }


def doubts(work: Work, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The venues that an inspection should look at, and why."""
    work.require(SEE)
    return [
        {
            "venue": one.number,
            "name": one.name,
            "commune": one.commune,
            "doubt": one.doubt,
            "count": one.count,
            "why": one.detail,
        }
        for one in inspection(work, _counted(values["days"], DAYS))
    ]


def covered(work: Work, _values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How far the posters have come in each commune."""
    work.require(SEE)
    return [
        {
            "commune_code": one.commune_code,
            "commune": one.commune,
            "kind": one.kind,
            "registered": one.registered,
            "coded": one.coded,
            "handed": one.handed,
            "posted": one.posted,
            "seen": one.seen,
            "stated": one.stated,
            "percent": one.percent,
        }
        for one in coverage(work)
    ]


def posters(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Note that posters were handed over, put up or seen; or take such a note back."""
    steps = {step.name: step for step in Step}
    step = steps.get(values["step"].upper())
    if step is None:
        names = ", ".join(name.lower() for name in steps)
        raise UserError(_("Posters are noted as: {names}.").format(names=names))
    day = values["day"] or work.today().isoformat()
    ids = [venue_numbered(work, number) for number in values["venue"]]
    at = a_moment(day).date()
    if values["take-back"]:
        return {"posters": service.unnote_posters(work, ids, step, at)}
    return {"posters": service.note_posters(work, ids, step, at, values["to"] or "").posters}


def staff(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Put somebody on the roster of a venue."""
    one = NewStaff(
        NewPerson(values["name"], phone=values["phone"] or ""),
        values["days"] or "12345",
        values["starts"] or "07:30",
        values["ends"] or "16:30",
    )
    [key] = service.add_staff(work, venue_numbered(work, values["venue"]), [one]).ids
    return {"staff": key}


def state(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Note how many venues of kinds a commune says it has."""
    numbers = {}
    for one in values["number"]:
        kind, _equals, count = one.partition("=")
        if not count.isdecimal():
            raise UserError(_("“{text}” is no KIND=NUMBER.").format(text=one))
        numbers[Kind.read(kind)] = int(count)
    service.state_numbers(work, values["commune"], numbers, work.today())
    return {kind.value: count for kind, count in numbers.items()}


def venue_numbered(work: Work, number: str) -> int:
    """The venue with this short number; refused where there is none."""
    found = queries.venue_of(work, typed(number))
    if found is None:
        said = _("There is no venue with the number {number} in the register.")
        raise UserError(said.format(number=number))
    return found


def a_moment(text: str) -> datetime:
    """A day or a moment as it is typed, of local time where no zone is said."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        said = _("“{text}” is no moment; write it as 2021-08-13T08:30.")
        raise UserError(said.format(text=text)) from None
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


VENUE = Option("venue", N_("The number of a venue"), required=True)
VENUES = Option("venue", N_("The numbers of venues"), many=True, required=True)
COMMANDS = (
    Command(
        "who",
        N_("Who was at a venue between two moments"),
        who,
        (
            VENUE,
            Option("from", N_("From then, as 2021-08-13T08:30"), required=True),
            Option("to", N_("Until then"), required=True),
        ),
    ),
    Command("now", N_("How many people are at each venue now"), now),
    Command(
        "last",
        N_("Where somebody was last"),
        last,
        (
            Option("person", N_("The number of a person"), int, positional=True, required=True),
            Option("most", N_("How many stays at most"), int),
        ),
    ),
    Command(
        "doubts",
        N_("Venues to be looked at, and why"),
        doubts,
        (Option("days", N_("Of so many days"), int),),
    ),
    Command("coverage", N_("How far the posters have come"), covered),
    Command(
        "posters",
        N_("Note that posters were handed over, put up or seen"),
        posters,
        (
            Option("step", N_("handed, posted or seen"), positional=True, required=True),
            VENUES,
            Option("day", N_("The day, as 2021-08-13; none: today")),
            Option("to", N_("Who took them over")),
            Option("take-back", N_("Take the note of that day back"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "staff",
        N_("Put somebody on the roster of a venue"),
        staff,
        (
            VENUE,
            Option("name", N_("Full name"), required=True),
            Option("phone", N_("Telephone")),
            Option("days", N_("Days of the week, Monday being 1")),
            Option("starts", N_("Begins at, as 07:30")),
            Option("ends", N_("Ends at, as 16:30")),
        ),
        Needs.WRITING,
    ),
    Command(
        "state",
        N_("Note how many venues a commune says it has"),
        state,
        (
            Option("commune", N_("Commune code"), required=True),
            Option("number", N_("KIND=NUMBER, as MARKET=3"), many=True, required=True),
        ),
        Needs.WRITING,
    ),
)
