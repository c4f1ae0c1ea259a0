"""Last days that have moved: written down with what moved them, and what is to be done then."""

from collections.abc import Mapping, Sequence
from datetime import date

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
