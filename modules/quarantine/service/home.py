"""Quarantine and follow-up at home: begun, moved to a facility or from one, ended.

A household is to the clock what a room is; whoever completes quarantine in a facility goes on at
home until the days that the policy wants are over, by the same clock.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import midnight_of
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry.models import Person
from modules.quarantine.checks import home as checks
from modules.quarantine.checks.stays import hold
from modules.quarantine.codes import Ended, Errand, Group, Setting
from modules.quarantine.models import (
    Claim,
    Episode,
    HomeStay,
    Household,
    Observation,
    Party,
)
from modules.quarantine.permissions import EXPECT, PLACE
from modules.quarantine.queries.beds import stays_now
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.households import at_home, households_of
from modules.quarantine.service.arrivals import NewArrival, begin, expect, withdraw_arrivals
from modules.quarantine.service.moves import drop_tasks, not_gone
from modules.quarantine.service.stays import depart

STAY = ("household_id", "person_id", "episode_id", "starts_at", "reason", "by")


class Terms(NamedTuple):
    """Why people of the register are quarantined at home, and since when."""

    group: Group
    since: date
    last_contact: date | None = None
    index_case: str = ""


@use_case(EXPECT)
def begin_at_home(work: Work, people: Sequence[int], terms: Terms) -> list[int]:
    """People of the register who live together are quarantined at home; their quarantines."""
    if not people:
        raise UserError(_("Nobody is chosen."))
    wanted = list(dict.fromkeys(people))
    refuse(checks.wrong_beginning(work, wanted, terms.since, terms.last_contact))
    party = None
    if len(wanted) > 1:
        [party] = bulk.insert_rows(work, Party, ("import_id", "code"), [(None, "")])
    case, contact = terms.index_case.strip(), terms.last_contact
    told = {"index_case": case, "last_contact": contact, "party_id": party}
    keys = begin(work, wanted, terms.group, terms.since, **told)
    confine(work, keys)
    return keys


@use_case(EXPECT)
def expect_at_home(work: Work, arrivals: Sequence[NewArrival], origin: Origin = TYPED) -> Stored:
    """Enter a list of people who are quarantined at home; a family code is a household."""
    stored = expect(work, arrivals, origin)
    keys = list(dict.fromkeys(stored.ids))
    homes, beds = at_home(work, keys), stays_now(work, keys)
    confine(work, [key for key in keys if key not in homes and key not in beds])
    return stored


@use_case(EXPECT)
def confine(work: Work, episodes: Sequence[int], reason: str = "") -> list[int]:
    """Let people who have no bed be in quarantine at home, each family in one household.

    It begins with the day of their quarantine, or now if they were elsewhere since. The stays.
    """
    hold(work, [], episodes)
    refuse(checks.unfit(work, episodes))
    people = _people(work, episodes)
    begun, homes = _begun(work, people), _households(work, people)
    rows = [
        (homes[key], one.person_id, key, begun[key], reason, work.actor.id)
        for key, one in people.items()
    ]
    ids = bulk.insert_rows(work, HomeStay, STAY, rows)
    bulk.update_rows(work, Episode, list(people), {"setting": Setting.HOME})
    return ids


@use_case(PLACE)
def go_home(work: Work, episodes: Sequence[int], reason: str = "") -> int:
    """Let people who have beds go home: to be followed there as long as the policy wants.

    Whoever goes before his last day goes on in quarantine at home. Returns how many have left.
    """
    now, today, known = work.now(), work.today(), clocks(work, episodes)
    going_on = {key for key in episodes if key in known and known[key].home_until > today}
    early = {key for key in going_on if known[key].release_at > now}
    ways = (
        (Ended.DISCHARGED, set(episodes) - going_on, False),
        (Ended.DISCHARGED, going_on - early, True),
        (Ended.MOVED, early, True),
    )
    left = sum(
        depart(work, [key for key in episodes if key in some], how, reason, onward=onward)
        for how, some, onward in ways
        if some
    )
    confine(work, [key for key in episodes if key in going_on], reason)
    return left


@use_case(PLACE)
def leave_home(work: Work, episodes: Sequence[int], how: Ended, reason: str = "") -> int:
    """Let people be at home no more: followed to the end, to a hospital, dead, or revoked.

    Whoever moves to a facility or absconds keeps his quarantine open. Returns how many.
    """
    hold(work, [], episodes)
    homes = at_home(work, episodes)
    refuse(checks.unleavable(work, episodes, homes, how))
    now = work.now()
    ending = [homes[key].id for key in episodes]
    over = {"ends_at": now, "ended": how, "reason": reason.strip()}
    bulk.update_rows(work, HomeStay, ending, over)
    if how not in (Ended.ABSCONDED, Ended.MOVED):
        closed = {"ended_at": now, "ended": how, "is_open": None}
        bulk.update_rows(work, Episode, list(episodes), closed)
    drop_tasks(work, Errand.VISIT, episodes)
    return len(ending)


@use_case(PLACE)
def to_facility(
    work: Work, episodes: Sequence[int], facility_id: int | None = None, reason: str = ""
) -> int:
    """Bring people from home to a facility, where they wait for a bed; their clock goes on."""
    homes = at_home(work, episodes)
    leave_home(work, episodes, Ended.MOVED, reason)
    values: dict[str, object] = {"setting": Setting.FACILITY}
    if facility_id:
        values["facility_id"] = facility_id
    bulk.update_rows(work, Episode, list(episodes), values)
    return len(homes)


@use_case(PLACE)
def back_home(work: Work, episodes: Sequence[int]) -> int:
    """Take back that people are at home no more; refused of whoever is elsewhere by now."""
    hold(work, [], episodes)
    last, left = {}, {}
    query = select(HomeStay.episode_id, HomeStay.id, HomeStay.ends_at).order_by(HomeStay.id)
    for key, stay, ended in work.session.execute(query.where(HomeStay.episode_id.in_(episodes))):
        last[key], left[key] = stay, ended
    if len(last) < len(set(episodes)):
        raise UserError(_("There is nothing to take back."))
    opened = {"ended_at": None, "ended": None, "is_open": 1, "setting": Setting.HOME}
    bulk.update_rows(work, Episode, list(last), opened)
    refuse(checks.unfit(work, list(last)))
    bulk.update_rows(work, HomeStay, list(last.values()), {"ends_at": None, "ended": None})
    not_gone(work, {key: ended for key, ended in left.items() if ended is not None})
    return len(last)


@use_case(EXPECT)
def withdraw_home(work: Work, episodes: Sequence[int]) -> dict[int, str]:
    """Void quarantines at home that were entered in error; with the reason for each that stays.

    Somebody who has been called already was at home.
    """
    kept: set[int | None] = set()
    for kind in (Claim, Observation):
        query = select(kind.episode_id).where(bulk.among(work, kind.episode_id, episodes))
        kept |= set(work.session.scalars(query))
    homes = at_home(work, [key for key in episodes if key not in kept])
    gone = [one.id for one in homes.values()]
    bulk.update_rows(work, HomeStay, gone, {"voided_at": work.now()})
    return withdraw_arrivals(work, episodes)


class _Member(NamedTuple):
    """Somebody who is to be at home, as the household sees him."""

    person_id: int
    party_id: int | None
    arrived: date
    commune_code: str
    address: str


def _people(work: Work, episodes: Sequence[int]) -> dict[int, _Member]:
    query = select(
        Episode.id,
        Episode.person_id,
        Episode.party_id,
        Episode.arrived,
        Person.commune_code,
        Person.address,
    ).join(Person, Person.id == Episode.person_id)
    rows = work.session.execute(query.where(bulk.among(work, Episode.id, episodes)))
    return {row[0]: _Member(*row[1:]) for row in rows}


def _begun(work: Work, people: Mapping[int, _Member]) -> dict[int, datetime]:
    """When each of these began to be at home: the day told, or now if he was elsewhere since."""
    now, ends = work.now(), dict[int, datetime]()
    moved = set[int | None]()
    persons = [one.person_id for one in people.values()]
    for kind in (HomeStay, Claim):
        query = select(kind.person_id, kind.episode_id, kind.ends_at)
        rows = work.session.execute(query.where(bulk.among(work, kind.person_id, persons)))
        for person, episode, until in rows:
            moved.add(episode)
            if person is not None and until is not None:
                ends[person] = max(ends.get(person, until), until)
    found = {}
    for key, one in people.items():
        morning = midnight_of(one.arrived)
        first = max(morning, ends.get(one.person_id, morning))
        found[key] = now if key in moved else min(first, now)
    return found


def _households(work: Work, people: Mapping[int, _Member]) -> dict[int, int]:
    """The household of each: the family's, which is there already or new; else one of his own."""
    parties = {one.party_id for one in people.values() if one.party_id is not None}
    known = households_of(work, sorted(parties))
    found, new = {}, dict[object, list[int]]()
    for key, one in people.items():
        if one.party_id in known:
            found[key] = known[one.party_id]
        else:
            new.setdefault(one.party_id or f"{key}", []).append(key)
    rows = [(people[some[0]].commune_code, people[some[0]].address) for some in new.values()]
    ids = bulk.insert_rows(work, Household, ("commune_code", "address"), rows)
    for home, some in zip(ids, new.values(), strict=True):
        found |= dict.fromkeys(some, home)
    return found
