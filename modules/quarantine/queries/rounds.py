"""Health rounds: who is to be seen, who was missed, which alerts nobody has looked at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import here, midnight_of
from admin_suite.core.numbers import decimal
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.quarantine.codes import Errand, Kind, Setting
from modules.quarantine.models import Episode, HeadCount, Observation, Task
from modules.quarantine.queries.arrivals import arrivals_of
from modules.quarantine.queries.beds import BedRow, FacilityRow, beds, chosen_of
from modules.quarantine.queries.clocks import THRESHOLDS
from modules.quarantine.rules.rounds import Level, Reading, earlier, level

NOON = 12


class RoundRow(Struct, frozen=True):
    """One person in one round; without a reading nobody has been there."""

    id: int
    name: str
    born: str
    room: str
    bed: str
    away: datetime | None
    reading: Reading | None
    before: Reading | None
    level: Level
    missing: bool

    @property
    def missed(self) -> bool:
        """Whether somebody still has to go there."""
        return self.reading is None and self.away is None


class Round(Struct, frozen=True):
    """One round of a facility: everybody in walking order."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    number: int
    rows: Sequence[RoundRow]
    counted: datetime | None


class Alert(Struct, frozen=True):
    """A health alert that nobody has looked at; ``escalated`` once it has waited too long."""

    id: int
    episode_id: int
    name: str
    place: str
    since: datetime
    level: Level
    words: str
    escalated: bool


def number_now(work: Work) -> int:
    """The morning's round until noon, the afternoon's after it."""
    return 1 if here(work.now()).hour < NOON else 2


def health_round(work: Work, facility_id: int = 0, number: int = 0) -> Round:
    """Everybody to be seen in a round of today, with what was written down."""
    there, chosen = chosen_of(work, facility_id)
    turn = number or number_now(work)
    if not chosen:
        return Round(there, 0, turn, (), None)
    rows = [row for row in beds(work, chosen) if row.kind is Kind.STAY and row.episode_id]
    keys = [row.episode_id or 0 for row in rows]
    day = work.today()
    known = written(work, keys, [day, day - timedelta(days=1)])
    lost = _missing(work, keys)
    limits = THRESHOLDS.at(work, day).value
    shown = []
    for row in rows:
        key = row.episode_id or 0
        reading = known.get((key, day, turn))
        before = earlier(known, key, day, turn)
        how = level(reading, limits, before) if reading else Level.NONE
        last = before[-1] if before else None
        shown.append(_row(row, reading, last, how, missing=key in lost))
    return Round(there, chosen, turn, shown, _counted(work, chosen))


def written(
    work: Work, episodes: Sequence[int], days: Sequence[date]
) -> dict[tuple[int, date, int], Reading]:
    """What was written down of these people on these days, by person, day and round."""
    query = select(
        Observation.episode_id,
        Observation.day,
        Observation.round,
        Observation.temperature,
        Observation.saturation,
        Observation.symptoms,
        Observation.mark,
    ).where(Observation.day.in_(days))
    return {
        (row[0], row[1], row[2]): Reading(row[3], row[4], row[5], row[6])
        for part in bulk.chunks(episodes)
        for row in work.session.execute(query.where(Observation.episode_id.in_(part)))
    }


def alerts(work: Work, setting: Setting | None = None) -> list[Alert]:
    """The alerts that nobody has looked at, the reddest and oldest first; those of a setting."""
    query = (
        select(Task.id, Task.episode_id, Task.made_at)
        .join(Episode, Episode.id == Task.episode_id)
        .where(Task.errand == Errand.ALERT, Task.done_at.is_(None))
        .order_by(Task.made_at)
    )
    if setting is not None:
        query = query.where(Episode.setting == setting)
    tasks = list(work.session.execute(query))
    day = work.today()
    limits = THRESHOLDS.at(work, day).value
    keys = [row[1] for row in tasks]
    since = min((here(row[2]).date() for row in tasks), default=day)
    days = [since - timedelta(days=1) + timedelta(days=n) for n in range((day - since).days + 2)]
    known = written(work, keys, days)
    told: dict[int, list[Reading]] = {}
    for one in sorted(known):
        told.setdefault(one[0], []).append(known[one])
    places = _places(work, keys)
    patience = timedelta(minutes=limits.escalate_minutes)
    found = []
    for key, episode, made_at in tasks:
        lines = told.get(episode, [])
        how = max(
            (level(one, limits, lines[:at]) for at, one in enumerate(lines)),
            key=list(Level).index,
            default=Level.AMBER,
        )
        late = how is Level.RED and made_at + patience <= work.now()
        name, place = places.get(episode, ("", ""))
        words = in_words(lines[-1]) if lines else ""
        found.append(Alert(key, episode, name, place, made_at, how, words, late))
    return sorted(found, key=lambda one: (one.level is not Level.RED, one.since))


def in_words(reading: Reading) -> str:
    """A reading as people read it: ``36,7 °C, 98 %, ho``."""
    heat, breath, symptoms, mark = reading
    parts = (
        mark.word if mark is not None else "",
        f"{decimal(f'{heat / 10:.1f}')} °C" if heat else "",
        f"{breath} %" if breath else "",
        symptoms,
    )
    return ", ".join(part for part in parts if part)


def _places(work: Work, episodes: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The name and the bed of whoever has one; of whoever is at home, the commune."""
    found = {}
    for who in arrivals_of(work, episodes):
        if who.room:
            found[who.id] = (who.name, f"{who.room}-{who.bed}")
        elif who.setting is Setting.HOME:
            place = ", ".join(part for part in (who.setting.word, who.commune) if part)
            found[who.id] = (who.name, place)
    return found


def _missing(work: Work, episodes: Sequence[int]) -> set[int]:
    query = select(Task.episode_id).where(
        Task.errand == Errand.MISSING, Task.done_at.is_(None), Task.episode_id.in_(episodes)
    )
    return set(work.session.scalars(query))


def _counted(work: Work, facility_id: int) -> datetime | None:
    """When heads were last counted today."""
    midnight = midnight_of(work.today())
    query = select(func.max(HeadCount.at)).where(
        HeadCount.facility_id == facility_id, HeadCount.at >= midnight
    )
    return work.session.scalar(query)


def _row(
    row: BedRow, reading: Reading | None, last: Reading | None, how: Level, *, missing: bool
) -> RoundRow:
    return RoundRow(
        row.episode_id or 0,
        row.person,
        row.dob,
        row.room,
        row.label,
        row.away,
        reading,
        last,
        how,
        missing,
    )
