"""Health rounds: a line for each person, alerts for whoever needs somebody."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from modules.quarantine.codes import Errand, Mark
from modules.quarantine.models import Bed, Claim, Facility, Observation, Room, Task
from modules.quarantine.permissions import OBSERVE
from modules.quarantine.queries.beds import covering
from modules.quarantine.queries.clocks import THRESHOLDS
from modules.quarantine.queries.rounds import written
from modules.quarantine.rules.rounds import ROUNDS, Level, Reading, earlier, level, typed

OBSERVATION = (
    "episode_id",
    "day",
    "round",
    "at",
    "temperature",
    "saturation",
    "symptoms",
    "mark",
    "by",
)


class NewObservation(NamedTuple):
    """One person in one round, as a sheet of paper or a workbook tells it: by room and bed."""

    facility: str
    room: str
    bed: str
    day: str
    round: int
    temperature: int | None = None
    saturation: int | None = None
    symptoms: str = ""
    building: str = ""
    mark: Mark | None = None


@use_case(OBSERVE)
def observe(work: Work, episode_id: int, number: int, line: str) -> Level:
    """Enter what is typed for one person (``367 98 .``); how much it needs somebody."""
    reading = typed(line)
    return _enter(work, [(episode_id, work.today(), number, reading)])[0]


@use_case(OBSERVE)
def observe_all(
    work: Work, observations: Sequence[NewObservation], _origin: Origin = TYPED
) -> Stored:
    """Enter a round that came back as a workbook; a line entered before is corrected."""
    refuse(wrong_observations(work, observations))
    there = _people(work)
    lines = [
        (
            there[one.facility, one.building, one.room, one.bed],
            date.fromisoformat(one.day),
            one.round,
            Reading(one.temperature, one.saturation, one.symptoms, one.mark),
        )
        for one in observations
    ]
    before = set(_stored(work, [line[:3] for line in lines]))
    _enter(work, lines)
    after = _stored(work, [line[:3] for line in lines])
    ids = [after[line[:3]] for line in lines]
    new = frozenset(after[key] for key in after if key not in before)
    return Stored(ids, len(new), new)


@use_case(OBSERVE)
def alert(work: Work, episodes: Sequence[int], errand: Errand = Errand.ALERT) -> None:
    """Put people on the list of what needs somebody, each once while nobody has been there.

    Part of the verbs that find it.
    """
    wanted = list(dict.fromkeys(episodes))
    query = select(Task.episode_id).where(Task.errand == errand, Task.done_at.is_(None))
    there = set(work.session.scalars(query.where(bulk.among(work, Task.episode_id, wanted))))
    now, day = work.now(), work.today()
    rows = [(errand, key, None, day, now) for key in wanted if key not in there]
    bulk.insert_rows(work, Task, ("errand", "episode_id", "case_id", "due", "made_at"), rows)


@use_case(OBSERVE)
def looked_at(work: Work, alerts: Sequence[int]) -> int:
    """Say that somebody has been to the people of these alerts. Returns how many were open."""
    query = select(Task.id).where(
        Task.id.in_(alerts), Task.errand == Errand.ALERT, Task.done_at.is_(None)
    )
    waiting = list(work.session.scalars(query))
    bulk.update_rows(work, Task, waiting, {"done_at": work.now(), "done_by": work.actor.id})
    return len(waiting)


def wrong_observations(work: Work, observations: Sequence[NewObservation]) -> list[Refusal]:
    """Which lines of a round cannot be entered, and why."""
    there, wrong = _people(work), []
    now = work.today().isoformat()
    for at, one in enumerate(observations):
        if (one.facility, one.building, one.room, one.bed) not in there:
            said = _("Nobody stays in bed {bed}, room {room}.")
            wrong.append(Refusal(at, "bed", said.format(bed=one.bed, room=one.room)))
        if one.round not in ROUNDS:
            wrong.append(Refusal(at, "round", _("There are two rounds a day: 1 and 2.")))
        if one.day > now:
            wrong.append(Refusal(at, "day", _("This day is still to come.")))
    return wrong


Line = tuple[int, date, int, Reading]


def _enter(work: Work, lines: Sequence[Line]) -> list[Level]:
    limits = THRESHOLDS.at(work, work.today()).value
    known = _stored(work, [line[:3] for line in lines])
    days = {line[1] - timedelta(days=back) for line in lines for back in (0, 1)}
    told = written(work, sorted({line[0] for line in lines}), sorted(days))
    levels, rows, alerts = [], [], []
    now = work.now()
    for key, day, number, reading in lines:
        if number not in ROUNDS:
            raise UserError(_("There are two rounds a day: 1 and 2."))
        found = level(reading, limits, earlier(told, key, day, number))
        levels.append(found)
        if found is not Level.NONE:
            alerts.append(key)
        if (key, day, number) in known:
            row = work.session.get_one(Observation, known[key, day, number])
            row.temperature, row.saturation, row.symptoms, row.mark = reading
            told[key, day, number] = reading  # a later line of the same list sees the correction
        else:
            rows.append((key, day, number, now, *reading, work.actor.id))
    work.session.flush()
    bulk.insert_rows(work, Observation, OBSERVATION, rows)
    alert(work, alerts)
    return levels


def _stored(
    work: Work, wanted: Sequence[tuple[int, date, int]]
) -> dict[tuple[int, date, int], int]:
    query = select(Observation.episode_id, Observation.day, Observation.round, Observation.id)
    rows = [
        row
        for part in bulk.chunks(sorted({one[0] for one in wanted}))
        for row in work.session.execute(query.where(Observation.episode_id.in_(part)))
    ]
    asked = set(wanted)
    return {(r[0], r[1], r[2]): r[3] for r in rows if (r[0], r[1], r[2]) in asked}


def _people(work: Work) -> dict[tuple[str, str, str, str], int]:
    """Who stays in which bed now, by facility, building, room and bed."""
    query = (
        select(Facility.code, Room.building, Room.name, Bed.label, Claim.episode_id)
        .join(Room, Room.id == Claim.room_id)
        .join(Bed, Bed.id == Claim.bed_id)
        .join(Facility, Facility.id == Room.facility_id)
        .where(Claim.episode_id.is_not(None), covering(work.now()))
    )
    return {
        (row[0], row[1], row[2], row[3]): row[4]
        for row in work.session.execute(query)
        if row[4] is not None
    }
