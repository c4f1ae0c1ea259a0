"""Who is at home now, and in which household: asked by the verbs, the clock and the call list."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.quarantine.codes import Ended
from modules.quarantine.models import Episode, HomeStay, Household


class Staying(Struct, frozen=True):
    """The time that somebody spends at home now."""

    id: int
    episode_id: int
    person_id: int
    household_id: int
    commune_code: str
    address: str
    since: datetime


def at_home(work: Work, episodes: Sequence[int] | None = None) -> dict[int, Staying]:
    """Who is at home now by episode: everybody, or these people."""
    query = (
        select(
            HomeStay.id,
            HomeStay.episode_id,
            HomeStay.person_id,
            HomeStay.household_id,
            Household.commune_code,
            Household.address,
            HomeStay.starts_at,
        )
        .join(Household, Household.id == HomeStay.household_id)
        .where(HomeStay.ends_at.is_(None))
        .order_by(Household.commune_code, HomeStay.household_id, HomeStay.id)
    )
    if episodes is not None:
        query = query.where(bulk.among(work, HomeStay.episode_id, episodes))
    return {row[1]: Staying(*row) for row in work.session.execute(query)}


def households_of(work: Work, parties: Sequence[int]) -> dict[int, int]:
    """The household in which people of each of these families live now, by family."""
    query = (
        select(Episode.party_id, HomeStay.household_id)
        .join(Episode, Episode.id == HomeStay.episode_id)
        .where(HomeStay.ends_at.is_(None), bulk.among(work, Episode.party_id, parties))
        .order_by(HomeStay.id)
    )
    return {row[0]: row[1] for row in work.session.execute(query) if row[0] is not None}


class Stayed(Struct, frozen=True):
    """A time that somebody spent or spends at home, as it is written."""

    id: int
    episode_id: int
    person_id: int
    household_id: int
    starts_at: datetime
    ends_at: datetime | None
    ended: Ended | None
    reason: str


def latest(work: Work, episodes: Sequence[int]) -> dict[int, list[Stayed]]:
    """The times of each in the household that was the last, in their order."""
    query = select(
        HomeStay.id,
        HomeStay.episode_id,
        HomeStay.person_id,
        HomeStay.household_id,
        HomeStay.starts_at,
        HomeStay.ends_at,
        HomeStay.ended,
        HomeStay.reason,
    ).where(bulk.among(work, HomeStay.episode_id, episodes))
    found: dict[int, list[Stayed]] = {}
    for row in work.session.execute(query.order_by(HomeStay.starts_at, HomeStay.id)):
        stay = Stayed(*row)
        there = found.get(stay.episode_id, [])
        same = [one for one in there if one.household_id == stay.household_id]
        found[stay.episode_id] = [*same, stay]
    return found


def exists(work: Work, household_id: int) -> bool:
    """Whether there is a household of that number."""
    query = select(Household.id).where(Household.id == household_id)
    return work.session.scalar(query) is not None


def members(work: Work, households: Sequence[int]) -> dict[int, set[int]]:
    """The quarantines of everybody who was ever in each of these households."""
    query = select(HomeStay.household_id, HomeStay.episode_id)
    found: dict[int, set[int]] = {}
    for home, key in work.session.execute(
        query.where(bulk.among(work, HomeStay.household_id, households))
    ):
        found.setdefault(home, set()).add(key)
    return found
