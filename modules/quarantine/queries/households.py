"""Who is at home now, and in which household: asked by the verbs, the clock and the call list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.quarantine.models import Episode, HomeStay, Household


@dataclass(frozen=True)
class Staying:
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
