"""The board of a facility: every bed with the day of its person and what is due."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.numbers import decimal
from admin_suite.db.work import Work
from modules.quarantine.codes import Errand, Kind
from modules.quarantine.models import Observation, Task
from modules.quarantine.queries.beds import BedRow, FacilityRow, beds, chosen_of
from modules.quarantine.queries.cases import CaseRow, cases
from modules.quarantine.queries.clocks import THRESHOLDS, clocks_of, facts
from modules.quarantine.queries.proposals import guests_of, places, terms
from modules.quarantine.queries.staffing import in_words, staff_limit
from modules.quarantine.rules.clock import why
from modules.quarantine.rules.staffing import with_staff
from modules.quarantine.rules.usable import Usable, usable


class Tile(Struct, frozen=True):
    """One bed as the board shows it: ``day`` of ``days``, a test due, a temperature of fever."""

    bed: BedRow
    day: int = 0
    days: int = 0
    due: bool = False
    over: bool = False
    fever: str = ""
    why: str = ""


class Board(Struct, frozen=True):
    """A facility at one moment; ``staff`` says if it, not the beds, limits who can still come."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    tiles: Sequence[Tile]
    usable: Usable
    undecided: Sequence[CaseRow] = ()
    staff: str = ""


NOBODY = Usable(0, 0, 0, 0)


def board(work: Work, facility_id: int = 0) -> Board:
    """The beds of a facility, of the first one where none is chosen."""
    there, chosen = chosen_of(work, facility_id)
    if not chosen:
        return Board(there, 0, (), NOBODY, cases(work))
    rows = beds(work, chosen)
    keys = [row.episode_id for row in rows if row.kind is Kind.STAY and row.episode_id]
    now = work.today()
    told = facts(work, guests_of(rows))
    known = clocks_of(told, work.now())
    due, fever = due_now(work), _fever(work, keys)
    tiles = []
    for row in rows:
        one = known.get(row.episode_id or 0) if row.kind is Kind.STAY else None
        if one is None:
            tiles.append(Tile(row))
            continue
        key = row.episode_id or 0
        tiles.append(
            Tile(
                row,
                one.day(now),
                one.days,
                key in due or now in one.tests,
                one.release_at <= work.now(),
                fever.get(key, ""),
                why(one),
            )
        )
    room = usable(places(work, rows, (told, known)), terms(work))
    facility = next(one for one in there if one.id == chosen)
    limit = staff_limit(work, facility)
    left = with_staff(room, limit)
    said = in_words(limit) if limit is not None and left != room else ""
    return Board(there, chosen, tiles, left, cases(work), said)


def due_now(work: Work) -> set[int]:
    """Who is to be sampled today or was before."""
    query = select(Task.episode_id).where(
        Task.errand == Errand.TEST, Task.done_at.is_(None), Task.due <= work.today()
    )
    return set(work.session.scalars(query))


def _fever(work: Work, episodes: Sequence[int]) -> dict[int, str]:
    """Whose last temperature since yesterday was too high, and what it was."""
    limits = THRESHOLDS.at(work, work.today()).value
    since = work.today() - timedelta(days=1)
    query = (
        select(Observation.episode_id, Observation.temperature)
        .where(Observation.day >= since, Observation.temperature.is_not(None))
        .order_by(Observation.day, Observation.round, Observation.id)
    )
    wanted, last = set(episodes), dict[int, int]()
    for key, heat in work.session.execute(query):
        if key in wanted and heat is not None:
            last[key] = heat
    return {key: decimal(f"{heat / 10:.1f}°") for key, heat in last.items() if heat >= limits.warm}
