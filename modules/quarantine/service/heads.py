"""Heads counted, and what follows when somebody is missing: looked for, found, or reported."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Ended, Errand
from modules.quarantine.models import HeadCount, Task
from modules.quarantine.permissions import OBSERVE, PLACE
from modules.quarantine.queries.beds import away_now
from modules.quarantine.queries.households import at_home
from modules.quarantine.queries.release import staying
from modules.quarantine.service.home import leave_home
from modules.quarantine.service.moves import add_tasks
from modules.quarantine.service.stays import depart


@use_case(OBSERVE)
def count_heads(work: Work, facility_id: int, missing: Sequence[int]) -> int:
    """Write a head count down; whoever is missing without leave is to be looked for at once.

    Whoever is away with leave is not expected and cannot be missing. Returns how many were there.
    """
    away = away_now(work)
    expected = [key for key in staying(work, facility_id) if key not in away]
    there = set(expected)
    said = _("This person is not expected here now.")
    refuse([Refusal(at, "person", said) for at, key in enumerate(missing) if key not in there])
    lost = set(missing)
    row = HeadCount(
        facility_id=facility_id,
        at=work.now(),
        expected=len(expected),
        missing=len(lost),
        by=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    known = _looked_for(work, expected)
    today = work.today()
    add_tasks(work, Errand.MISSING, [(key, today) for key in sorted(lost - set(known))])
    found = [task for key, task in known.items() if key not in lost]
    bulk.update_rows(work, Task, found, {"done_at": work.now(), "done_by": work.actor.id})
    return len(expected) - len(lost)


@use_case(PLACE)
def abscond(work: Work, episodes: Sequence[int], reason: str) -> int:
    """Say that people who were missing have left without leave: bed free, police to be told.

    Their quarantine stays open, and whoever is brought back is given a bed again.
    """
    if not reason.strip():
        raise UserError(_("Write what is known: who saw the person last, and where."))
    known = _looked_for(work, episodes)
    homes, told = at_home(work, episodes), reason.strip()
    said = {
        False: _("Count heads first: this person has not been found missing."),
        True: _("Go there first: nobody has found this person missing at home."),
    }
    wrong = [at for at, key in enumerate(episodes) if key not in known]
    refuse([Refusal(at, "person", said[episodes[at] in homes]) for at in wrong])
    bedded = [key for key in episodes if key not in homes]
    done = depart(work, bedded, Ended.ABSCONDED, told) if bedded else 0
    done += leave_home(work, list(homes), Ended.ABSCONDED, told) if homes else 0
    bulk.update_rows(
        work, Task, list(known.values()), {"done_at": work.now(), "done_by": work.actor.id}
    )
    add_tasks(work, Errand.ABSCONDED, [(key, work.today()) for key in episodes])
    return done


def _looked_for(work: Work, episodes: Sequence[int]) -> dict[int, int]:
    """Who is being looked for, with the task that says so."""
    query = select(Task.episode_id, Task.id).where(
        Task.errand == Errand.MISSING, Task.done_at.is_(None)
    )
    wanted = set(episodes)
    return {row[0]: row[1] for row in work.session.execute(query) if row[0] in wanted}
