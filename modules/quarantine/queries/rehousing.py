"""Who would be in another household, and whose last day that would move: shown before it is done.

Somebody who moves is exposed, and exposes, in the new household from that moment on. Whoever was
entered in a wrong one was never there: both households are counted as if it had been right from
the beginning.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Group, Setting
from modules.quarantine.models import Episode, HomeStay, Household
from modules.quarantine.queries.clocks import Moved, clocks_of, facts, moved
from modules.quarantine.queries.households import Stayed, at_home, latest, members
from modules.quarantine.rules.clock import Span
from modules.quarantine.rules.households import Lodging

OWN = 0  # in place of a household: one of their own, which is made when they move
NOWHERE = -1  # what that one is called while it is only proposed


class Rehousing(Struct, frozen=True):
    """One move as it would be: who goes to which household, whose last day follows.

    ``household`` is ``OWN`` for a new one; ``before`` says from where each comes, by quarantine.
    """

    moving: Sequence[int]
    household: int
    mistaken: bool
    address: str
    before: Mapping[int, int]
    moved: Sequence[Moved]


def household_beside(work: Work, person_id: int) -> int:
    """The household in which somebody of the register is at home now; refused of anybody else."""
    for one in at_home(work).values():
        if one.person_id == person_id:
            return one.household_id
    raise UserError(_("This person is not at home in quarantine."))


def rehousing(
    work: Work, episodes: Sequence[int], household_id: int, *, mistaken: bool
) -> Rehousing:
    """What moving these people to a household would do, without doing it."""
    there = latest(work, episodes)
    found = {key: stays[-1].household_id for key, stays in there.items()}
    concerned = [*episodes, *mates(work, episodes, [*found.values(), household_id])]
    known, now = facts(work, concerned), work.now()
    moving = [stay for stays in there.values() for stay in stays]
    spans = [
        span
        for old in known.spans
        for span in _spans(old, moving, Span(old.person, household_id or NOWHERE, now), mistaken)
    ]
    moves = moved(known, clocks_of(known, now), clocks_of(replace(known, spans=spans), now))
    address = _address(work, household_id)
    return Rehousing(episodes, household_id, mistaken, address, found, moves)


def beside(work: Work, episode_id: int, person_id: int, *, mistaken: bool) -> Rehousing:
    """What moving somebody to the household of another one, or with 0 to his own, would do."""
    household = household_beside(work, person_id) if person_id else OWN
    return rehousing(work, [episode_id], household, mistaken=mistaken)


def mates(work: Work, episodes: Sequence[int], households: Sequence[int]) -> list[int]:
    """The open quarantines of everybody else who was ever in one of these households."""
    query = (
        select(Episode.id)
        .join(HomeStay, HomeStay.episode_id == Episode.id)
        .where(bulk.among(work, HomeStay.household_id, sorted(set(households))))
        .where(Episode.ended_at.is_(None), Episode.grouping != Group.F0)
        .distinct()
    )
    return sorted(set(work.session.scalars(query)) - set(episodes))


def lodgings(work: Work, parties: Mapping[int, int | None]) -> list[Lodging]:
    """The family and the last household of everybody concerned by people being of these families.

    Those are they themselves, the others of these families, and whoever lives with them.
    """
    own = sorted({one for one in parties.values() if one is not None})
    family = select(Episode.id).where(bulk.among(work, Episode.party_id, own))
    there = {stays[-1].household_id for stays in latest(work, list(parties)).values()}
    together = set().union(*members(work, sorted(there)).values())
    everybody = sorted({*parties, *work.session.scalars(family), *together})
    found = latest(work, everybody)
    query = select(Episode.id, Episode.party_id).where(bulk.among(work, Episode.id, everybody))
    return [
        Lodging(key, parties.get(key, party), found[key][-1].household_id)
        for key, party in work.session.execute(query.order_by(Episode.id))
        if key in found
    ]


def _spans(
    old: Span,
    moving: Sequence[Stayed],
    new: Span,
    mistaken: bool,
) -> list[Span]:
    """A time as it would be written: in the new household, or ended where the new one begins."""
    stays = [one for one in moving if _same(one, old)]
    if not stays:
        return [old]
    if mistaken:
        return [replace(old, room=new.room)]
    if old.end is not None:
        return [old]
    return [replace(old, end=new.start), replace(new, setting=Setting.HOME)]


def _same(stay: Stayed, span: Span) -> bool:
    """Whether a span is this time at home."""
    told = (stay.person_id, stay.household_id, stay.starts_at, Setting.HOME)
    return told == (span.person, span.room, span.start, span.setting)


def _address(work: Work, household_id: int) -> str:
    """Where a household lives; empty of one that is still to be made."""
    query = select(Household.address, Household.commune_code).where(Household.id == household_id)
    row = work.session.execute(query).first()
    if row is None:
        return ""
    return whole_address(row[0], commune_names(work)(row[1], work.today().isoformat()))
