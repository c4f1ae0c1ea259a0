"""Positives in quarantine: heard from the laboratory, decided by a person, taken back in sight.

A listener never refuses and moves nobody: it writes the case down and puts the decision on
somebody's list. What follows is one act of whoever confirms it.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import Outcome
from modules.quarantine.codes import CaseState, Ended, Errand, Group
from modules.quarantine.models import Case, Claim, Episode, Task
from modules.quarantine.permissions import DECIDE
from modules.quarantine.queries import cases as queries
from modules.quarantine.queries import clocks
from modules.quarantine.queries.households import at_home
from modules.quarantine.service.beds import lock, unlock
from modules.quarantine.service.home import leave_home, to_facility
from modules.quarantine.service.moves import add_tasks, note_moves
from modules.quarantine.service.stays import Placement, admit, depart, transfer
from modules.results.api import (
    ForewarningsWithdrawn,
    PersonResult,
    ResultsCorrected,
    ResultsForewarned,
    ResultsHeld,
    ResultsLifted,
    ResultsReleased,
)


@use_case(DECIDE)
def forewarned(work: Work, fact: ResultsForewarned) -> None:
    """A result that is still preliminary."""
    _propose(work, fact.results, preliminary=True)


@use_case(DECIDE)
def released(work: Work, fact: ResultsReleased) -> None:
    """A result that was handed out."""
    _propose(work, fact.results, preliminary=False)


@use_case(DECIDE)
def corrected(work: Work, fact: ResultsCorrected) -> None:
    """A result became another: a positive that is none is looked at, never silently forgotten."""
    gone = [
        was
        for now, was in zip(fact.results, fact.replaced, strict=True)
        if was.outcome is Outcome.POSITIVE and now.outcome is not Outcome.POSITIVE
    ]
    _forget(work, gone)
    _propose(work, fact.results, preliminary=False)


@use_case(DECIDE)
def unwarned(work: Work, fact: ForewarningsWithdrawn) -> None:
    """A preliminary result went back to the bench: a positive is none until it comes again."""
    _forget(work, fact.results)


@use_case(DECIDE)
def held(work: Work, fact: ResultsHeld) -> None:
    """A result is in doubt: nobody is moved because of it until it stands again."""
    for row in _known(work, fact.results):
        row.doubted = True
        _remind(work, Errand.DOUBT, row)
    work.session.flush()


@use_case(DECIDE)
def lifted(work: Work, fact: ResultsLifted) -> None:
    """A result that was in doubt stands."""
    for row in _known(work, fact.results):
        row.doubted = False
        _drop(work, row.id, (Errand.DOUBT,))
    work.session.flush()


@use_case(DECIDE)
def report(work: Work, episode_id: int, sampled_at: str) -> int:
    """Enter a positive that no laboratory has sent, such as one of a hospital; the case."""
    person = work.session.get_one(Episode, episode_id).person_id
    row = Case(
        person_id=person,
        measurement_id=None,
        preliminary=True,
        sampled_at=sampled_at,
        heard_at=work.now(),
        state=CaseState.PROPOSED,
    )
    work.session.add(row)
    work.session.flush()
    _remind(work, Errand.POSITIVE, row)
    return row.id


@use_case(DECIDE)
def confirm(work: Work, case_id: int, bed_id: int | None, reason: str = "") -> int:
    """Act on a positive as previewed: out of the room or from home, dates moved, work listed.

    Without a bed the person is referred to a hospital. Returns how many dates have moved.
    """
    row = work.session.get_one(Case, case_id)
    if row.state is not CaseState.PROPOSED:
        raise UserError(_("This positive result has been decided already."))
    seen = queries.proposal(work, case_id)
    now, key = work.now(), seen.case.episode_id
    known = clocks.clocks(work, seen.mates)
    if key is not None:
        episode = work.session.get_one(Episode, key)
        row.was, episode.grouping = episode.grouping, Group.F0
        work.session.flush()
    if key is not None and seen.room_id is not None:
        if bed_id is None:
            depart(work, [key], Ended.REFERRED, reason, dirty=True)
        else:
            transfer(work, [Placement(key, bed_id)], reason, dirty=True)
        row.lock_id = _lock(work, seen.room_id)
    elif key is not None and at_home(work, [key]):
        _take_from_home(work, key, bed_id, reason)
    row.state, row.removed_at, row.room_id = CaseState.CONFIRMED, now, seen.room_id
    work.session.flush()
    _drop(work, row.id, (Errand.POSITIVE,))
    moved = note_moves(work, known, clocks.clocks(work, seen.mates), row.id)
    _list_work(work, row.id, seen.tests, moved)
    return len(moved)


@use_case(DECIDE)
def revoke(work: Work, case_id: int, reason: str) -> int:
    """Take a positive back that was none: dates go back in sight, decisions are to be revoked.

    The person stays in bed until somebody moves him; the room opens unless another case locks it.
    """
    row = work.session.get_one(Case, case_id)
    if row.state is CaseState.WITHDRAWN:
        raise UserError(_("This positive result has been decided already."))
    people = queries.mates(work, row.person_id)
    known = clocks.clocks(work, people)
    told = list(
        work.session.scalars(
            select(Task.episode_id).where(
                Task.case_id == case_id, Task.errand == Errand.EXTENSION, Task.done_at.is_not(None)
            )
        )
    )
    row.state = CaseState.WITHDRAWN
    episode = queries.open_episodes(work, [row.person_id]).get(row.person_id)
    if episode is not None and row.was is not None:
        work.session.get_one(Episode, episode).grouping = row.was
    work.session.flush()
    _drop(work, case_id)
    _unlock(work, row)
    moved = note_moves(work, known, clocks.clocks(work, people), case_id)
    add_tasks(work, Errand.REVOKE, [(key, work.today()) for key in told], case_id)
    return len(moved)


@use_case(DECIDE)
def done(work: Work, tasks: Sequence[int]) -> None:
    """Say that things on the list are done."""
    bulk.update_rows(work, Task, list(tasks), {"done_at": work.now(), "done_by": work.actor.id})


def _forget(work: Work, gone: Sequence[PersonResult]) -> None:
    """Take proposals back; of what was decided already somebody is reminded."""
    for row in _known(work, gone):
        if row.state is CaseState.PROPOSED:
            row.state = CaseState.WITHDRAWN
            _drop(work, row.id)
        elif row.state is CaseState.CONFIRMED:
            _remind(work, Errand.TAKE_BACK, row)
    work.session.flush()


def _propose(work: Work, results: Sequence[PersonResult], *, preliminary: bool) -> None:
    """Write positives of quarantined people down, each once however often it is heard."""
    positive = [one for one in results if one.outcome is Outcome.POSITIVE]
    if not positive:
        return
    for row in _known(work, positive):
        row.preliminary = row.preliminary and preliminary
    there = {(row.measurement_id, row.person_id) for row in _known(work, positive)}
    episodes = queries.open_episodes(work, [one.person_id for one in positive])
    for one in positive:
        if one.person_id not in episodes or (one.measurement_id, one.person_id) in there:
            continue
        row = Case(
            person_id=one.person_id,
            measurement_id=one.measurement_id,
            preliminary=preliminary,
            sampled_at=one.collected_at,
            heard_at=work.now(),
            state=CaseState.PROPOSED,
        )
        work.session.add(row)
        work.session.flush()
        _remind(work, Errand.POSITIVE, row)


def _known(work: Work, results: Sequence[PersonResult]) -> list[Case]:
    keys = {(one.measurement_id, one.person_id) for one in results}
    query = select(Case).where(Case.measurement_id.in_({key for key, _person in keys}))
    rows = work.session.scalars(query)
    return [row for row in rows if (row.measurement_id, row.person_id) in keys]


def _remind(work: Work, errand: Errand, row: Case) -> None:
    episode = queries.open_episodes(work, [row.person_id]).get(row.person_id)
    if episode is not None:
        add_tasks(work, errand, [(episode, work.today())], row.id)


def _drop(work: Work, case_id: int, errands: Sequence[Errand] = tuple(Errand)) -> None:
    """What was to be done because of a case, and has not been, is not to be done any more."""
    query = select(Task.id).where(
        Task.case_id == case_id, Task.done_at.is_(None), Task.errand.in_(errands)
    )
    values = {"done_at": work.now(), "done_by": work.actor.id, "dropped": True}
    bulk.update_rows(work, Task, list(work.session.scalars(query)), values)


def _take_from_home(work: Work, key: int, bed_id: int | None, reason: str) -> None:
    """To a bed of a facility or to a hospital; whoever lives there stays where he is."""
    if bed_id is None:
        leave_home(work, [key], Ended.REFERRED, reason)
        return
    to_facility(work, [key], reason=reason)
    admit(work, [Placement(key, bed_id, reason)])


def _lock(work: Work, room_id: int) -> int | None:
    """Lock the room, unless another case has locked it."""
    try:
        return lock(work, [room_id], _("A person in this room is positive."))[0]
    except UserError:
        return None


def _unlock(work: Work, row: Case) -> None:
    if row.lock_id is None or row.room_id is None:
        return
    others = select(Case.id).where(
        Case.room_id == row.room_id, Case.state == CaseState.CONFIRMED, Case.id != row.id
    )
    still = work.session.get_one(Claim, row.lock_id).ends_at is None
    if still and work.session.scalars(others).first() is None:
        unlock(work, [row.room_id])


def _list_work(
    work: Work, case_id: int, tests: Sequence[tuple[int, date]], moved: Sequence[int]
) -> None:
    today = work.today()
    add_tasks(work, Errand.TEST, tests, case_id)
    add_tasks(work, Errand.NOTICE, [(key, today) for key in moved], case_id)
    add_tasks(work, Errand.EXTENSION, [(key, today) for key in moved], case_id)
