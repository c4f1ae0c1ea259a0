"""A child who comes alone, and the adults who may care for it."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import or_, select

from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.quarantine.models import Episode
from modules.quarantine.queries.proposals import terms

MOST = 9  # one key each


class Carer(Struct, frozen=True):
    """An adult who came with the same bus, or to the same place on the same day."""

    episode_id: int
    name: str
    dob: str


class LoneChild(Struct, frozen=True):
    """A child without a family; ``carers`` are who may care for it, the likeliest first.

    ``under`` is the age below which somebody needs an adult.
    """

    episode_id: int
    name: str
    under: int
    carers: Sequence[Carer]


def lone_child(work: Work, episode_id: int) -> LoneChild | None:
    """Who may care for somebody who came alone; None for whoever needs nobody."""
    columns = (Episode, Person.name, Person.dob, Person.id)
    query = select(*columns).join(Person, Person.id == Episode.person_id)
    found = work.session.execute(query.where(Episode.id == episode_id)).one_or_none()
    if found is None:
        return None
    child, name, dob, person = found
    under = terms(work).minor
    if child.party_id is not None or not needs_adult(dob, work.today(), under):
        return None
    work.saw(Person.__tablename__, [person])
    return LoneChild(child.id, name, under, _carers(work, child, under))


def _carers(work: Work, child: Episode, under: int) -> list[Carer]:
    """Adults who came with the child's bus first, then whoever came last to the same place."""
    query = (
        select(Episode.id, Person.name, Person.dob, Episode.vehicle, Person.id)
        .join(Person, Person.id == Episode.person_id)
        .where(Episode.id != child.id, Episode.ended_at.is_(None))
        .where(Episode.arrived == child.arrived)
        .order_by(Episode.id.desc())
    )
    if child.facility_id is not None:
        here = or_(Episode.facility_id == child.facility_id, Episode.facility_id.is_(None))
        query = query.where(here)
    rows = [
        row
        for row in work.session.execute(query)
        if needs_adult(row[2], work.today(), under) is False
    ]
    rows.sort(key=lambda row: not (child.vehicle and row[3] == child.vehicle))
    work.saw(Person.__tablename__, sorted(row[4] for row in rows[:MOST]))
    return [Carer(row[0], row[1], row[2]) for row in rows[:MOST]]


def needs_adult(dob: str, today: date, under: int) -> bool | None:
    """Whether somebody born so needs an adult, as allocation reckons; None of unknown years."""
    return today.year - int(dob[:4]) < under if dob[:4].isdecimal() else None
