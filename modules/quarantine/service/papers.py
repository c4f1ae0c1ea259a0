"""Papers with a number: made together, numbered together once the registry has spoken."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.checks import papers as checks
from modules.quarantine.checks.stays import hold
from modules.quarantine.codes import Document, Errand
from modules.quarantine.models import Episode, Facility, Issue, Task
from modules.quarantine.permissions import DECIDE
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.papers import former_ends

ISSUE = (
    "kind",
    "batch",
    "episode_id",
    "starts_on",
    "ends_on",
    "former_end",
    "issued_at",
    "by",
)


@use_case(DECIDE)
def issue(work: Work, kind: Document, episodes: Sequence[int]) -> int:
    """Make one paper for each of these people, all or none; their numbers stay empty. The batch."""
    if not episodes:
        raise UserError(_("Nobody is chosen."))
    _one_at_a_time(work)
    hold(work, [], episodes)
    wrong = checks.already(work, kind, episodes)
    former: dict[int, date] = {}
    if kind is Document.COMPLETION:
        wrong = wrong or checks.uncompletable(work, episodes)
    if kind is Document.EXTENSION:
        former = former_ends(work, episodes)
        said = _("The last day of this person has not moved.")
        wrong += [Refusal(at, "person", said) for at, k in enumerate(episodes) if k not in former]
    refuse(wrong)
    batch = 1 + (work.session.scalar(select(func.max(Issue.batch))) or 0)
    known, now = clocks(work, episodes), work.now()
    begun = _arrivals(work, episodes)
    rows = [
        (kind, batch, key, begun[key], known[key].ends_on, former.get(key), now, work.actor.id)
        for key in episodes
    ]
    bulk.insert_rows(work, Issue, ISSUE, rows)
    if kind is Document.EXTENSION:
        _written(work, episodes)
    return batch


@use_case(DECIDE)
def number(work: Work, batch: int, first: str, tail: str, signed_on: date) -> int:
    """Give the papers of a batch that have none consecutive numbers of the registry."""
    checks.signable(signed_on, work.today())
    query = select(Issue).where(Issue.batch == batch, Issue.number == "").order_by(Issue.id)
    rows = list(work.session.scalars(query.with_for_update()))
    if not rows:
        there = work.session.scalar(select(Issue.id).where(Issue.batch == batch).limit(1))
        said = _("There is no batch of papers with the number {n}.")
        if there is not None:
            said = _("Every paper of batch {n} has its number.")
        raise UserError(said.format(n=batch))
    wanted = checks.numbers(first, tail, len(rows))
    refuse(checks.taken(work, rows[0].kind, signed_on.year, wanted))
    for row, told in zip(rows, wanted, strict=True):
        row.number, row.signed_on, row.year = told, signed_on, signed_on.year
    work.session.flush()
    _cite(work, rows)
    return len(rows)


@use_case(DECIDE)
def withdraw_papers(work: Work, papers: Sequence[int]) -> int:
    """Withdraw papers that were made in error; their numbers are not given again by themselves."""
    known = set(work.session.scalars(select(Issue.id).where(bulk.among(work, Issue.id, papers))))
    said = _("There is no such paper, or it was withdrawn before.")
    refuse([Refusal(at, "paper", said) for at, key in enumerate(papers) if key not in known])
    bulk.update_rows(work, Issue, list(papers), {"voided_at": work.now()})
    return len(papers)


def _one_at_a_time(work: Work) -> None:
    """Keep two colleagues from making batches of the same number at once."""
    work.session.execute(select(Facility.id).order_by(Facility.id).with_for_update())


def _arrivals(work: Work, episodes: Sequence[int]) -> dict[int, date]:
    query = select(Episode.id, Episode.arrived)
    return {
        row[0]: row[1]
        for part in bulk.chunks(episodes)
        for row in work.session.execute(query.where(Episode.id.in_(part)))
    }


def _written(work: Work, episodes: Sequence[int]) -> None:
    """The decision of extension is written: it is off the list."""
    query = select(Task.id).where(
        Task.errand == Errand.EXTENSION, Task.done_at.is_(None), Task.episode_id.in_(episodes)
    )
    done = {"done_at": work.now(), "done_by": work.actor.id}
    bulk.update_rows(work, Task, list(work.session.scalars(query)), done)


def _cite(work: Work, rows: Sequence[Issue]) -> None:
    """A decision that has its number is what the person's other papers cite."""
    for row in rows:
        if row.kind is Document.DECISION:
            work.session.get_one(Episode, row.episode_id).decision_no = row.number
    work.session.flush()
