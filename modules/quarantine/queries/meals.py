"""Meals: who eats on a day, and what each person has eaten over some days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import or_, select

from admin_suite.core.clock import here, midnight_of
from admin_suite.core.i18n import N_
from admin_suite.db.dated import RuleBook
from admin_suite.db.work import Work
from modules.quarantine.codes import Kind, Payer
from modules.quarantine.models import Bed, Claim, Room
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.payers import paying
from modules.quarantine.rules.meals import Eater, Kitchen, meals_of, moment, together

KITCHEN = RuleBook("quarantine.kitchen", N_("Meals"), Kitchen)


class Meal(Struct, frozen=True):
    """One person on one day: the place, and which meals are eaten."""

    who: ArrivalRow
    building: str
    room: str
    bed: str
    eaten: Sequence[bool]


def kitchen(work: Work, day: date) -> Kitchen:
    """The hours in force on a day; those that a program begins with where nobody has said any."""
    versions = [one for one in KITCHEN.versions(work) if one.valid_from <= day]
    return versions[-1].value if versions else Kitchen()


def meals(work: Work, facility_id: int, day: date) -> list[Meal]:
    """Who eats what on a day, in walking order."""
    hours = kitchen(work, day)
    first, last = moment(day, hours.times[0]), moment(day, hours.times[-1])
    query = (
        select(
            Claim.episode_id,
            Claim.person_id,
            Claim.starts_at,
            Claim.ends_at,
            Room.building,
            Room.name,
            Bed.label,
        )
        .join(Room, Room.id == Claim.room_id)
        .join(Bed, Bed.id == Claim.bed_id)
        .where(Claim.kind == Kind.STAY, Room.facility_id == facility_id)
        .where(Claim.starts_at <= last, or_(Claim.ends_at.is_(None), Claim.ends_at > first))
        .order_by(Room.building, Room.floor, Room.name, Bed.position, Claim.starts_at)
    )
    rows: list[Any] = list(work.session.execute(query))
    keys = list(dict.fromkeys(row[0] for row in rows))
    people, known = {who.id: who for who in arrivals_of(work, keys)}, clocks(work, keys)
    found: dict[int, Meal] = {}
    for key, person, start, end, building, room, bed in rows:
        ends_on = known[key].ends_on if key in known else None
        eaten = meals_of(Eater(person, start, end, ends_on), day, hours)
        before = found.get(key)
        parts = [eaten, tuple(before.eaten)] if before else [eaten]
        whole = together(parts, len(hours.times))
        found[key] = Meal(people[key], building, room, bed, whole)
    return [one for one in found.values() if any(one.eaten)]


class MealDays(Struct, frozen=True):
    """What one person has eaten over some days at one payer's cost: meals, and days with any."""

    who: ArrivalRow
    payer: Payer
    meals: int
    days: int


def meal_days(work: Work, facility_id: int, first: date, last: date) -> list[MealDays]:
    """The statement of everybody who ate at a facility over some days, by room and payer.

    Whoever's payer changed in between has a line for each of them.
    """
    people: dict[int, ArrivalRow] = {}
    counted: dict[tuple[int, Payer], list[int]] = {}
    eaten = [
        (day, one)
        for day in _days_with_guests(work, facility_id, first, last)
        for one in meals(work, facility_id, day)
    ]
    known = paying(work, sorted({one.who.id for _day, one in eaten}))
    for day, one in eaten:
        people[one.who.id] = one.who
        payer = known.payer(one.who.id, one.who.group, day)
        told = counted.setdefault((one.who.id, payer), [0, 0])
        told[0] += sum(one.eaten)
        told[1] += 1
    return [MealDays(people[key], payer, *told) for (key, payer), told in counted.items()]


def _days_with_guests(work: Work, facility_id: int, first: date, last: date) -> list[date]:
    """The days from first to last on which anybody can have eaten there; of years it may be few."""
    query = (
        select(Claim.episode_id, Claim.starts_at, Claim.ends_at)
        .join(Room, Room.id == Claim.room_id)
        .where(Claim.kind == Kind.STAY, Room.facility_id == facility_id)
        .where(Claim.starts_at < midnight_of(last + timedelta(days=1)))
        .where(or_(Claim.ends_at.is_(None), Claim.ends_at >= midnight_of(first)))
    )
    rows: list[Any] = list(work.session.execute(query))
    known = clocks(work, list(dict.fromkeys(row[0] for row in rows)))
    days: set[date] = set()
    for key, start, end in rows:
        until = here(end).date() if end is not None else last
        if end is None and key in known:
            until = known[key].ends_on
        begun = max(first, here(start).date())
        days.update(begun + timedelta(days=n) for n in range((min(until, last) - begun).days + 1))
    return sorted(days)
