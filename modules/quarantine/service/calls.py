"""The days at home: what people tell by a call, a visit or their own declaration, line by line."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.codes import Symptom
from admin_suite.registry.declared import aware, declaration_rows, words
from admin_suite.registry.facts import HealthDeclared
from modules.quarantine.checks.stays import hold
from modules.quarantine.codes import Channel, Errand, Followed, Mark
from modules.quarantine.models import Observation, Task
from modules.quarantine.permissions import FOLLOW
from modules.quarantine.queries.clocks import THRESHOLDS
from modules.quarantine.queries.households import at_home
from modules.quarantine.queries.rounds import written
from modules.quarantine.rules.home import needed, outcome, told
from modules.quarantine.rules.rounds import Reading, earlier
from modules.quarantine.service.rounds import OBSERVATION, alert

LOOKING = (Errand.VISIT, Errand.MISSING)
MADE = (*LOOKING, Errand.ALERT)
COLUMNS = (*OBSERVATION, "channel", "declaration_id")


class _Heard(NamedTuple):
    """What one person has told at a moment, and how."""

    episode_id: int
    at: datetime
    reading: Reading
    channel: Channel
    declaration_id: int | None = None

    @property
    def day(self) -> date:
        """The day that it counts for."""
        return here(self.at).date()


@use_case(FOLLOW)
def call(work: Work, episode_id: int, channel: Channel, line: str) -> Followed:
    """Write down a call or a visit of today as it is typed; what it has told.

    Whoever does not answer again and again is to be visited, whoever is not at home when somebody
    goes there to be looked for.
    """
    reading = told(line, channel)
    hold(work, [], [episode_id])
    if episode_id not in at_home(work, [episode_id]):
        raise UserError(_("This person is not at home in quarantine."))
    _hear(work, [_Heard(episode_id, work.now(), reading, channel)])
    return outcome(reading, THRESHOLDS.at(work, work.today()).value)


@use_case(FOLLOW)
def declared(work: Work, fact: HealthDeclared) -> None:
    """People at home have declared their health: as good as a call of that day."""
    homes = {one.person_id: one for one in at_home(work).values()}
    if not homes:
        return
    heard = []
    for row in declaration_rows(work, fact.declarations):
        home, moment = homes.get(row.person_id), aware(row.declared_at)
        if home is None or moment < home.since:
            continue
        signs = (words(row.symptoms, Symptom), row.other_symptoms)
        reading = Reading(None, None, ", ".join(part for part in signs if part))
        heard.append(_Heard(home.episode_id, moment, reading, Channel.DECLARATION, row.id))
    _hear(work, sorted(heard, key=lambda one: one.at))


@use_case(FOLLOW)
def take_call_back(work: Work, episode_id: int) -> None:
    """Take back what was last written down of somebody today, and what was to be done by it."""
    hold(work, [], [episode_id])
    query = select(Observation).where(
        Observation.episode_id == episode_id,
        Observation.day == work.today(),
        Observation.channel.in_((Channel.CALL, Channel.VISIT)),
    )
    last = work.session.scalars(query.order_by(Observation.round.desc())).first()
    if last is None or episode_id not in at_home(work, [episode_id]):
        raise UserError(_("There is nothing to take back."))
    last.voided_at = work.now()
    work.session.flush()
    of_person = select(Task.id).where(Task.episode_id == episode_id)
    made = of_person.where(Task.errand.in_(MADE), Task.made_at >= last.at, Task.done_at.is_(None))
    gone = {"done_at": work.now(), "done_by": work.actor.id, "dropped": True}
    bulk.update_rows(work, Task, list(work.session.scalars(made)), gone)
    done = of_person.where(
        Task.errand.in_(LOOKING),
        Task.made_at < last.at,
        Task.done_at >= last.at,
        Task.dropped.is_(False),
    )
    again = {"done_at": None, "done_by": None}
    bulk.update_rows(work, Task, list(work.session.scalars(done)), again)


def _hear(work: Work, heard: Sequence[_Heard]) -> None:
    """Write down what people told, in its order, and what somebody has to do because of it."""
    if not heard:
        return
    keys = sorted({one.episode_id for one in heard})
    days = {one.day - timedelta(days=back) for one in heard for back in (0, 1)}
    known = written(work, keys, sorted(days))
    turns = _turns(work, keys, sorted(days))
    limits = THRESHOLDS.at(work, work.today()).value
    rows = []
    lists: defaultdict[Errand, list[int]] = defaultdict(list)
    for one in heard:
        key, day = one.episode_id, one.day
        turn = turns.get((key, day), 0) + 1
        for errand in needed(one.reading, earlier(known, key, day, turn), limits):
            lists[errand].append(key)
        turns[key, day], known[key, day, turn] = turn, one.reading
        rows.append(
            (key, day, turn, one.at, *one.reading, work.actor.id, one.channel, one.declaration_id)
        )
    _reached(work, heard)
    bulk.insert_rows(work, Observation, COLUMNS, rows)
    for errand, people in lists.items():
        alert(work, people, errand)


def _turns(
    work: Work, episodes: Sequence[int], days: Sequence[date]
) -> dict[tuple[int, date], int]:
    """How often each of these people was heard of on each of these days."""
    query = (
        select(Observation.episode_id, Observation.day, func.max(Observation.round))
        .where(Observation.day.in_(days), bulk.among(work, Observation.episode_id, episodes))
        .group_by(Observation.episode_id, Observation.day)
    )
    return {(row[0], row[1]): row[2] for row in work.session.execute(query)}


def _reached(work: Work, heard: Sequence[_Heard]) -> None:
    """Nobody has to go to or look for whoever was heard of; a visit is made, whatever it found."""
    reached = [one.episode_id for one in heard if one.reading.mark in (None, Mark.REFUSED)]
    visited = [one.episode_id for one in heard if one.channel is Channel.VISIT]
    done = {"done_at": work.now(), "done_by": work.actor.id}
    for errands, people in ((LOOKING, reached), ((Errand.VISIT,), visited)):
        query = select(Task.id).where(
            Task.errand.in_(errands),
            Task.done_at.is_(None),
            bulk.among(work, Task.episode_id, people),
        )
        bulk.update_rows(work, Task, list(work.session.scalars(query)), done)
