"""Whose sample is due on a day, room by room, and in which tube."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from modules.quarantine.codes import Errand
from modules.quarantine.models import Task
from modules.quarantine.permissions import SETTINGS
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import FacilityRow, chosen_of
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.release import staying
from modules.quarantine.queries.swabs import Swab, swabs
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.testing import Sampled, due, tubes

POOL = Setting(
    "quarantine.pool_size",
    N_("People of a room in one tube"),
    N_("At most so many share a tube when samples are ordered; 1: everybody has a tube alone."),
    Whole(1, 20, N_("people")),
    5,
    SETTINGS,
)


@dataclass(frozen=True)
class DueRow:
    """Somebody whose sample is due: since which day, on which day of quarantine, in which tube."""

    id: int
    who: ArrivalRow
    since: date
    day: int
    days: int
    tube: str
    ordered: str


@dataclass(frozen=True)
class DueTests:
    """The samples due at a facility until a day, in walking order."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    day: date
    rows: Sequence[DueRow]


def due_tests(work: Work, facility_id: int = 0, day: date | None = None) -> DueTests:
    """Whose sample is due until a day (today if none is said); ``ordered`` names its tube."""
    there, chosen = chosen_of(work, facility_id)
    until = day or work.today()
    if not chosen:
        return DueTests(there, 0, until, ())
    return DueTests(there, chosen, until, due_of(work, staying(work, chosen), until))


def due_of(work: Work, episodes: Sequence[int], until: date) -> list[DueRow]:
    """Who of these people is to be sampled until a day, each with the tube that would be his."""
    people, known = arrivals_of(work, episodes), clocks(work, episodes)
    told = swabs(work, [who.person_id for who in people])
    asked = _asked(work, until)
    found = []
    for who in people:
        since = _since(known.get(who.id), told.get(who.person_id, ()), asked.get(who.id, ()), until)
        if since is not None:
            found.append((who, since))
    shared = tubes(
        [Sampled(who.id, _room(who), who.group, who.symptomatic) for who, _since_ in found],
        settings.value(work, POOL),
    )
    return [
        DueRow(
            who.id,
            who,
            since,
            known[who.id].day(until) if who.id in known else 0,
            known[who.id].days if who.id in known else 0,
            shared[who.id],
            _ordered(told.get(who.person_id, ())),
        )
        for who, since in found
    ]


def _since(
    found: Clock | None, told: Sequence[Swab], asked: Sequence[date], until: date
) -> date | None:
    """The day that is not made up for; a swab whose result is awaited makes up for its day."""
    days = [*(found.tests if found is not None else ()), *asked]
    return due(days, [swab.taken_on for swab in told], until)


def _ordered(told: Sequence[Swab]) -> str:
    return next((swab.accession for swab in reversed(told) if swab.pending), "")


def _asked(work: Work, until: date) -> Mapping[int, list[date]]:
    """The days for which a positive in the room asks for samples."""
    query = select(Task.episode_id, Task.due).where(
        Task.errand == Errand.TEST, Task.done_at.is_(None), Task.due <= until
    )
    found: dict[int, list[date]] = {}
    for key, day in work.session.execute(query):
        found.setdefault(key, []).append(day)
    return found


def _room(who: ArrivalRow) -> str:
    return " ".join(part for part in (who.building, who.room) if part)
