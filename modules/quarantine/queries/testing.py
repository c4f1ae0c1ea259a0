"""Whose sample is due on a day, room by room, and in which tube."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from modules.quarantine.codes import Errand
from modules.quarantine.models import Task
from modules.quarantine.permissions import SETTINGS
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import FacilityRow, chosen_of, facilities
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.households import Staying, at_home
from modules.quarantine.queries.release import staying
from modules.quarantine.queries.swabs import Swab, swabs
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.testing import Sampled, due, tubes

AT_HOME = -1  # in place of a facility: everybody in quarantine or followed at home
POOL = Setting(
    "quarantine.pool_size",
    N_("People of a room in one tube"),
    N_("At most so many share a tube when samples are ordered; 1: everybody has a tube alone."),
    Whole(1, 20, N_("people")),
    5,
    SETTINGS,
)


class DueRow(Struct, frozen=True):
    """Somebody whose sample is due: since which day, on which day of quarantine, in which tube.

    ``home`` is the household of whoever is at home, and ``sender`` who sends the sample.
    """

    id: int
    who: ArrivalRow
    since: date
    day: int
    days: int
    tube: str
    ordered: str
    home: Staying | None = None
    sender: str = ""

    @property
    def place(self) -> str:
        """Where the person is sampled."""
        if self.home is not None:
            return self.home.address or self.who.commune or "-"
        return f"{self.who.room}-{self.who.bed}"


class DueTests(Struct, frozen=True):
    """The samples due at a facility until a day, in walking order."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    day: date
    rows: Sequence[DueRow]


def due_tests(work: Work, facility_id: int = 0, day: date | None = None) -> DueTests:
    """Whose sample is due until a day (today if none is said); ``AT_HOME`` is no facility."""
    there, chosen = chosen_of(work, facility_id)
    until = day or work.today()
    if facility_id == AT_HOME:
        return DueTests(there, AT_HOME, until, due_of(work, list(at_home(work)), until))
    if not chosen:
        return DueTests(there, 0, until, ())
    return DueTests(there, chosen, until, due_of(work, staying(work, chosen), until))


def due_of(work: Work, episodes: Sequence[int], until: date) -> list[DueRow]:
    """Who of these people is to be sampled until a day, each with the tube that would be his."""
    people, known = arrivals_of(work, episodes), clocks(work, episodes)
    told = swabs(work, [who.person_id for who in people])
    asked, homes = _asked(work, until), at_home(work, episodes)
    found = []
    for who in people:
        days = _days(known.get(who.id), asked.get(who.id, ()), followed=who.id in homes)
        since = due(days, [swab.taken_on for swab in told.get(who.person_id, ())], until)
        if since is not None:
            found.append((who, since))
    names = {one.code: one.name for one in facilities(work)}
    shared = tubes(
        [
            Sampled(who.id, _room(who, homes.get(who.id)), who.group, who.symptomatic)
            for who, _since_ in found
        ],
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
            homes.get(who.id),
            who.commune if who.id in homes else names.get(who.facility, ""),
        )
        for who, since in found
    ]


def _days(found: Clock | None, asked: Sequence[date], *, followed: bool) -> list[date]:
    """The days for which samples are wanted; the last that is not made up for is due."""
    after = found.home_tests if found is not None and followed else ()
    return [*(found.tests if found is not None else ()), *after, *asked]


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


def _room(who: ArrivalRow, home: Staying | None) -> str:
    """Who shares a tube: a room, or a household."""
    if home is not None:
        return f"H{home.household_id}"
    return " ".join(part for part in (who.building, who.room) if part)
