"""People at home in another household: by hand, or because the family code of a list was wrong.

Nothing is written over: a time in a household that was wrong is withdrawn and written anew, whose
last day moves by it is noted with what moved it, and what follows is put on somebody's list.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from admin_suite.core.errors import refuse
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change
from admin_suite.registry.models import Person
from modules.quarantine.checks import home as checks
from modules.quarantine.checks.stays import hold
from modules.quarantine.codes import Document, Ended, Errand
from modules.quarantine.models import Episode, HomeStay, Household, Issue
from modules.quarantine.permissions import EXPECT, PLACE
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.correcting import staying
from modules.quarantine.queries.households import Stayed, latest
from modules.quarantine.queries.rehousing import OWN, lodgings, mates
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.households import followed_families
from modules.quarantine.service.arrivals import correct_arrivals
from modules.quarantine.service.moves import add_tasks, drop_tasks, note_moves

DATING = {"group", "arrived", "last_contact", "doses"}  # what a last day is counted from
STAY = (
    "household_id",
    "person_id",
    "episode_id",
    "starts_at",
    "ends_at",
    "ended",
    "reason",
    "by",
)


@use_case(PLACE)
def rehouse(
    work: Work,
    episodes: Sequence[int],
    household_id: int = OWN,
    *,
    mistaken: bool = False,
    reason: str = "",
) -> list[int]:
    """Let people at home go to another household, or to a new one of theirs.

    ``mistaken``: they never were in the one before, so both count as if it had been so from the
    beginning. Returns the quarantines whose last day has moved.
    """
    hold(work, [], episodes)
    refuse(checks.unhousable(work, episodes, household_id, mistaken=mistaken))
    home = household_id or _new(work, episodes)
    wanted = dict.fromkeys(episodes, home)
    return _follow(work, *_settle(work, wanted, reason.strip(), mistaken=mistaken))


@use_case(EXPECT)
def correct_quarantined(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise; a corrected family is another household.

    Whoever is here or at home and whose last day moves by it is told, as where a case moves it.
    """
    dated = [change.id for change in changes if DATING & change.fields.keys()]
    families = [change.id for change in changes if "party" in change.fields]
    hold(work, [], [*dated, *families])
    here = staying(work, dated)
    before = clocks(work, here)
    correct_arrivals(work, changes)
    after = clocks(work, here)
    note_moves(work, before, after)
    wanted = _families(work, families)
    earlier, later = _settle(work, wanted, "", mistaken=True)
    _follow(work, earlier | before, after | later)


def _families(work: Work, keys: Sequence[int]) -> dict[int, int]:
    """The household of everybody whom these corrected families bring to another one."""
    if not keys:
        return {}
    now = select(Episode.id, Episode.party_id).where(bulk.among(work, Episode.id, keys))
    parties = {row[0]: row[1] for row in work.session.execute(now)}
    wanted = followed_families(lodgings(work, parties), frozenset(keys))
    new: dict[int, int] = {}
    for home in sorted({home for home in wanted.values() if home < 0}):
        new[home] = _new(work, [key for key, one in wanted.items() if one == home])
    return {key: new.get(home, home) for key, home in wanted.items()}


def _settle(
    work: Work, wanted: Mapping[int, int], reason: str, *, mistaken: bool
) -> tuple[dict[int, Clock], dict[int, Clock]]:
    """Write the times anew, note whose last day moves; the clocks concerned, before and after."""
    if not wanted:
        return {}, {}
    there = latest(work, list(wanted))
    homes = {*wanted.values(), *(stays[-1].household_id for stays in there.values())}
    concerned = [*wanted, *mates(work, list(wanted), sorted(homes))]
    before = clocks(work, concerned)
    for key, home in wanted.items():
        if mistaken:
            _correct(work, there[key], home, reason)
        else:
            _move(work, there[key][-1], home, reason)
    after = clocks(work, concerned)
    note_moves(work, before, after)
    return before, after


def _correct(work: Work, stays: Sequence[Stayed], home: int, reason: str) -> None:
    """Times that were entered in a wrong household are withdrawn and entered in the right one."""
    bulk.update_rows(work, HomeStay, [one.id for one in stays], {"voided_at": work.now()})
    rows = [
        (
            home,
            one.person_id,
            one.episode_id,
            one.starts_at,
            one.ends_at,
            one.ended,
            one.reason or reason,
            work.actor.id,
        )
        for one in stays
    ]
    bulk.insert_rows(work, HomeStay, STAY, rows)


def _move(work: Work, stay: Stayed, home: int, reason: str) -> None:
    """One household is left, the other entered at the same moment."""
    now = work.now()
    left = {"ends_at": now, "ended": Ended.MOVED, "reason": reason}
    bulk.update_rows(work, HomeStay, [stay.id], left)
    row = (home, stay.person_id, stay.episode_id, now, None, None, reason, work.actor.id)
    bulk.insert_rows(work, HomeStay, STAY, [row])


def _new(work: Work, episodes: Sequence[int]) -> int:
    """A new household where the register says that the first of these people lives."""
    query = select(Person.commune_code, Person.address)
    query = query.join(Episode, Episode.person_id == Person.id).where(Episode.id == episodes[0])
    address = tuple(work.session.execute(query).one())
    [made] = bulk.insert_rows(work, Household, ("commune_code", "address"), [address])
    return made


def _follow(work: Work, before: Mapping[int, Clock], after: Mapping[int, Clock]) -> list[int]:
    """Whoever stays longer is told and gets an extension; an extension too long is revoked.

    Returns whose last day has moved.
    """
    today = work.today()
    moved = [k for k in after if k not in before or after[k].ends_on != before[k].ends_on]
    longer = [k for k in moved if k not in before or after[k].ends_on > before[k].ends_on]
    shorter = [key for key in moved if key not in longer]
    add_tasks(work, Errand.NOTICE, [(key, today) for key in moved])
    add_tasks(work, Errand.EXTENSION, [(key, today) for key in longer])
    drop_tasks(work, Errand.EXTENSION, shorter)
    issued = select(Issue.episode_id, Issue.ends_on).where(
        Issue.kind == Document.EXTENSION, bulk.among(work, Issue.episode_id, shorter)
    )
    rows = work.session.execute(issued.distinct())
    told = sorted(key for key, ends in rows if ends == before[key].ends_on)
    add_tasks(work, Errand.REVOKE, [(key, today) for key in told])
    return moved
