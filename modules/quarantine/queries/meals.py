"""Meals: who eats on a day, and what each person has eaten over some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from admin_suite.core.i18n import N_
from admin_suite.db.dated import RuleBook
from admin_suite.db.work import Work
from modules.quarantine.codes import Kind
from modules.quarantine.models import Bed, Claim, Room
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.rules.meals import Eater, Kitchen, meals_of, moment, together

KITCHEN = RuleBook("quarantine.kitchen", N_("Meals"), Kitchen)


@dataclass(frozen=True)
class Meal:
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


@dataclass(frozen=True)
class MealDays:
    """What one person has eaten over some days: meals, and days with at least one."""

    who: ArrivalRow
    meals: int
    days: int


def meal_days(work: Work, facility_id: int, first: date, last: date) -> list[MealDays]:
    """The statement of everybody who ate at a facility over some days, by room."""
    people: dict[int, ArrivalRow] = {}
    counted: dict[int, list[int]] = {}
    for step in range((last - first).days + 1):
        for one in meals(work, facility_id, first + timedelta(days=step)):
            people[one.who.id] = one.who
            told = counted.setdefault(one.who.id, [0, 0])
            told[0] += sum(one.eaten)
            told[1] += 1
    return [MealDays(people[key], *told) for key, told in counted.items()]
