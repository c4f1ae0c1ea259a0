"""Whose last day a corrected list would move, and by which row: shown before it is stored."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.origin import Import
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change
from modules.quarantine.codes import Group, Setting
from modules.quarantine.models import Episode, Party
from modules.quarantine.queries.beds import stays_now
from modules.quarantine.queries.clocks import Moved, clocks_of, facts, moved
from modules.quarantine.queries.households import Stayed, at_home, latest
from modules.quarantine.queries.rehousing import lodgings, mates
from modules.quarantine.rules.clock import Quarantined, Span
from modules.quarantine.rules.households import followed_families


def moved_by(work: Work, changes: Sequence[Change]) -> list[tuple[int, Moved]]:
    """Whose last day would be another one, each with the quarantine whose row moves it.

    Of people who have a bed or are at home: by days, groups and doses that are written otherwise,
    and by families that are, for those of a family are one household.
    """
    told = {one.id: {name: new for name, (_old, new) in one.fields.items()} for one in changes}
    codes = {key: values["party"] for key, values in told.items() if "party" in values}
    moving = followed_families(lodgings(work, _named(work, codes)), frozenset(codes))
    there = latest(work, list(moving))
    homes = {*moving.values(), *(stays[-1].household_id for stays in there.values())}
    here = staying(work, list(told))
    concerned = sorted({*here, *moving, *mates(work, list(moving), sorted(homes))})
    known, now = facts(work, concerned), work.now()
    people = {key: _corrected(who, told.get(key, {})) for key, who in known.people.items()}
    spans = _rehoused(known.spans, there, moving)
    after = clocks_of(replace(known, people=people, spans=spans), now)
    found = moved(known, clocks_of(known, now), after)
    return _with_rows(work, found, told, moving)


def staying(work: Work, episodes: Sequence[int]) -> list[int]:
    """Which of these people have a bed or are at home: those who were told a last day."""
    return sorted({*stays_now(work, episodes), *at_home(work, episodes)}) if episodes else []


def _named(work: Work, codes: Mapping[int, str]) -> dict[int, int | None]:
    """The family of each as its list would name it; one that is still to be made is below 0."""
    query = select(Episode.id, Episode.import_id, Import.revises)
    query = query.outerjoin(Import, Import.id == Episode.import_id)
    rows = work.session.execute(query.where(bulk.among(work, Episode.id, list(codes))))
    listed = {key: first or own for key, own, first in rows}
    lists = sorted({one for one in listed.values() if one is not None})
    named = select(Party.import_id, Party.code, Party.id)
    known: dict[tuple[int | None, str], int] = {
        (row[0], row[1]): row[2]
        for row in work.session.execute(named.where(bulk.among(work, Party.import_id, lists)))
    }
    found: dict[int, int | None] = {}
    for key, one in listed.items():
        family = (one, codes[key])
        found[key] = known.setdefault(family, -1 - len(known)) if codes[key] else None
    return found


def _corrected(who: Quarantined, values: Mapping[str, str]) -> Quarantined:
    """Somebody as the list would have him."""
    if values.get("group"):
        who = replace(who, group=Group.of(values["group"]))
    if values.get("arrived"):
        who = replace(who, arrived=date.fromisoformat(values["arrived"]))
    if "last_contact" in values:
        contact = values["last_contact"]
        who = replace(who, last_contact=date.fromisoformat(contact) if contact else None)
    return replace(who, doses=int(values["doses"] or 0)) if "doses" in values else who


def _rehoused(
    spans: Sequence[Span], there: Mapping[int, Sequence[Stayed]], moving: Mapping[int, int]
) -> list[Span]:
    """The times as they would be: in the other household from the beginning."""
    other = {
        (one.person_id, one.household_id, one.starts_at): moving[key]
        for key, stays in there.items()
        for one in stays
    }
    return [
        replace(one, room=other.get((one.person, one.room, one.start), one.room))
        if one.setting is Setting.HOME
        else one
        for one in spans
    ]


def _with_rows(
    work: Work,
    found: Sequence[Moved],
    told: Mapping[int, Mapping[str, str]],
    moving: Mapping[int, int],
) -> list[tuple[int, Moved]]:
    """Whoever the list does not change is told at the row of somebody of his household."""
    beside: dict[int, int] = {}
    for key, stays in latest(work, list(moving)).items():
        beside.setdefault(stays[-1].household_id, key)
        beside.setdefault(moving[key], key)
    others = latest(work, [one.episode_id for one in found if one.episode_id not in told])
    rows = {key: beside.get(stays[-1].household_id, 0) for key, stays in others.items()}
    first = next(iter(moving), 0)
    return [
        (one.episode_id if one.episode_id in told else rows[one.episode_id] or first, one)
        for one in found
    ]
