"""Last days that have moved: written down with what moved them, and what is to be done then."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Errand
from modules.quarantine.models import ClockEvent, Task
from modules.quarantine.permissions import DECIDE, OBSERVE
from modules.quarantine.rules.clock import Clock

TASK = ("errand", "episode_id", "case_id", "due", "made_at")
EVENT = ("episode_id", "old_end", "new_end", "cause", "case_id", "rule_id", "at", "by")


@use_case(DECIDE)
def note_moves(
    work: Work,
    before: Mapping[int, Clock],
    after: Mapping[int, Clock],
    case_id: int | None = None,
) -> list[int]:
    """Write down whose end has moved, and what moved it; the quarantines.

    Where no one case has moved them, it is the exposure from which each is counted now.
    """
    now, rows = work.now(), []
    for key, new in after.items():
        old = before[key].ends_on if key in before else None
        if old != new.ends_on:
            cause, case = new.exposure.cause, case_id or new.exposure.case
            rows.append((key, old, new.ends_on, cause, case, new.rule.id, now, work.actor.id))
    bulk.insert_rows(work, ClockEvent, EVENT, rows)
    return [row[0] for row in rows]


@use_case(OBSERVE)
def add_tasks(
    work: Work, errand: Errand, wanted: Sequence[tuple[int, date]], case_id: int | None = None
) -> None:
    """Put something on the list, of each of these quarantines on its day."""
    now = work.now()
    rows = [(errand, episode, case_id, day, now) for episode, day in wanted]
    bulk.insert_rows(work, Task, TASK, rows)


@use_case(OBSERVE)
def drop_tasks(work: Work, errand: Errand, episodes: Collection[int]) -> None:
    """What was to be done of these quarantines, and has not been, is not to be done any more."""
    query = select(Task.id).where(
        Task.errand == errand,
        Task.done_at.is_(None),
        bulk.among(work, Task.episode_id, sorted(episodes)),
    )
    dropped = {"done_at": work.now(), "done_by": work.actor.id, "dropped": True}
    bulk.update_rows(work, Task, list(work.session.scalars(query)), dropped)


@use_case(OBSERVE)
def not_gone(work: Work, since: Mapping[int, datetime]) -> None:
    """Of people who have not left after all nobody is told, and who was to look for them is again.

    ``since`` is the moment at which each of these quarantines is said to have been left.
    """
    drop_tasks(work, Errand.ABSCONDED, since)
    query = select(Task.id, Task.episode_id, Task.done_at).where(
        Task.errand.in_((Errand.MISSING, Errand.VISIT)),
        Task.done_at.is_not(None),
        bulk.among(work, Task.episode_id, sorted(since)),
    )
    rows = work.session.execute(query)
    again = [key for key, episode, done in rows if done is not None and done >= since[episode]]
    reopened = {"done_at": None, "done_by": None, "dropped": False}
    bulk.update_rows(work, Task, again, reopened)
