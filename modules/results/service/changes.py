"""The life of a result beside its release: told early, held, and changed by two persons.

A preliminary notice and a hold take one person, for they are made in haste. Everything that lets a
released result stand again or say something else takes two: one proposes, another confirms.
"""

from collections.abc import Iterable, Mapping, Sequence

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import (
    Again,
    Correction,
    Outcome,
    hold,
    reinstate,
    replace,
    result_changed,
    swab_again,
    withhold,
)
from modules.results import checks, queries
from modules.results.checks import Wanted
from modules.results.codes import Change
from modules.results.facts import (
    ResultsCorrected,
    ResultsForewarned,
    ResultsHeld,
    ResultsLifted,
)
from modules.results.models import COPIED, Hold, Notice, Proposal, Version
from modules.results.permissions import CORRECT, HOLD, RELEASE, VALIDATE
from modules.results.queries import ProposalRow, Report, Told, copied
from modules.results.service.release import VERSION

NOTICE = (*COPIED, "given_by", "given_at")
HELD = ("tube_id", "version_id", "reason", "held_by", "held_at")
PROPOSED = (
    "tube_id",
    "kind",
    "base",
    "with_tube_id",
    "reported",
    "method",
    "ct",
    "tested_at",
    "remark",
    "reason",
    "proposed_by",
    "proposed_at",
)
ANEW = {Change.CORRECT, Change.ANNUL}  # what must be told again
Reports = Mapping[int, Report]


@use_case(VALIDATE)
def forewarn(work: Work, tubes: Sequence[int]) -> int:
    """Tell results before their release to those who must act, alone. Returns how many."""
    hold(work, tubes)
    refuse(checks.unforewarnable(work, tubes))
    told = [Told(*copied(line)) for line in queries.lines(work, tubes)]
    bulk.insert_rows(work, Notice, NOTICE, [(*one, work.actor.id, work.now()) for one in told])
    work.publish(ResultsForewarned(queries.person_results(work, told)))
    return len(told)


@use_case(HOLD)
def hold_back(work: Work, tubes: Sequence[int], reason: str) -> int:
    """Put released results on hold at once: they leave every list. Returns how many."""
    said = _reason(reason)
    hold(work, tubes)
    refuse(checks.unholdable(work, tubes))
    found = queries.reports(work, tubes)
    held = (said, work.actor.id, work.now())
    rows = [(one.told.tube_id, one.version_id, *held) for one in found]
    bulk.insert_rows(work, Hold, HELD, rows)
    withhold(work, [one.told.measurement_id for one in found])
    work.publish(ResultsHeld(queries.person_results(work, [one.told for one in found])))
    return len(rows)


@use_case(CORRECT)
def propose(work: Work, wanted: Sequence[Wanted], reason: str) -> list[int]:
    """Propose to lift holds or to change released results; somebody else confirms. Returns ids."""
    said, tubes = _reason(reason), [one.tube_id for one in wanted]
    hold(work, tubes)
    refuse(checks.unproposable(work, wanted))
    return _propose(work, wanted, dict.fromkeys(tubes), said)


@use_case(CORRECT)
def propose_swap(work: Work, one: int, other: int, reason: str) -> list[int]:
    """Propose that the results of two tubes change places: one was taken for the other.

    One act names both, and both are corrected or neither is.
    """
    said, tubes = _reason(reason), [one, other]
    hold(work, tubes)
    refuse(checks.unswappable(work, one, other))
    first, second = (report.told for report in queries.reports(work, tubes))
    wanted = [_instead(one, second), _instead(other, first)]
    return _propose(work, wanted, {one: other, other: one}, said)


@use_case(RELEASE)
def confirm(work: Work, proposals: Sequence[int]) -> int:
    """Let changes that somebody else proposed come true. Returns how many.

    Of two swapped tubes both are changed. Whoever listens hears of each corrected result once, of
    an annulled one as invalid.
    """
    rows = _together(work, proposals)
    hold(work, [row.tube_id for row in rows])
    refuse(checks.unconfirmable(work, rows))
    before = {one.told.tube_id: one for one in queries.reports(work, [r.tube_id for r in rows])}
    decided = {"confirmed_by": work.actor.id, "confirmed_at": work.now()}
    bulk.update_rows(work, Proposal, [row.id for row in rows], decided)
    for row in rows:
        _end_hold(work, row, before[row.tube_id])
    _lift(work, [before[row.tube_id].told for row in rows if row.kind is Change.LIFT])
    _change(work, [row for row in rows if row.kind is not Change.LIFT], before)
    return len(rows)


@use_case(CORRECT)
def decline(work: Work, proposals: Sequence[int]) -> int:
    """Let proposed changes come to nothing, one's own or another's. Returns how many."""
    rows = _together(work, proposals)
    hold(work, [row.tube_id for row in rows])
    decided = {"declined_by": work.actor.id, "declined_at": work.now()}
    bulk.update_rows(work, Proposal, [row.id for row in rows], decided)
    return len(rows)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise UserError(_("Say why."))
    return reason.strip()


def _instead(tube: int, told: Told) -> Wanted:
    return Wanted(tube, Change.CORRECT, told.reported, told.method, told.ct, told.tested_at)


def _propose(
    work: Work, wanted: Sequence[Wanted], beside: Mapping[int, int | None], reason: str
) -> list[int]:
    rows = []
    found = queries.reports(work, [one.tube_id for one in wanted])
    for one, report in zip(wanted, found, strict=True):
        told = report.told
        new = (one.reported, one.method or told.method, one.ct, one.tested_at)
        same = (told.reported, told.method, told.ct, told.tested_at)
        named = (one.tube_id, one.kind, report.number, beside[one.tube_id])
        result = new if one.kind is Change.CORRECT else same
        by = (one.remark.strip(), reason, work.actor.id, work.now())
        rows.append((*named, *result, *by))
    return bulk.insert_rows(work, Proposal, PROPOSED, rows)


def _together(work: Work, proposals: Sequence[int]) -> list[ProposalRow]:
    """The proposals that wait, each with the one of the tube it was swapped with."""
    open_ = queries.proposals(work)
    wanted = set(proposals)
    tubes = {row.tube_id for row in open_ if row.id in wanted}
    found = [row for row in open_ if row.id in wanted or row.with_tube_id in tubes]
    if not wanted <= {row.id for row in found}:
        raise UserError(_("A colleague has decided on this change meanwhile."))
    return found


def _end_hold(work: Work, row: ProposalRow, report: Report) -> None:
    """The hold on a result ends with the change that says what holds."""
    if report.hold_id is not None:
        proposal = {"proposal_id": row.id, "proposed_by": row.proposed_by}
        lifted = {"lifted_by": work.actor.id, "lifted_at": work.now()}
        bulk.update_rows(work, Hold, [report.hold_id], {**proposal, **lifted})


def _lift(work: Work, told: Sequence[Told]) -> None:
    if told:
        reinstate(work, [one.measurement_id for one in told])
        work.publish(ResultsLifted(queries.person_results(work, told)))


def _change(work: Work, rows: Sequence[ProposalRow], before: Reports) -> None:
    """Write the versions that these proposals make, and tell of what they mean now."""
    if not rows:
        return
    after = _correct(work, rows, before)
    annulled = [before[row.tube_id].told for row in rows if row.kind is Change.ANNUL]
    withhold(work, [told.measurement_id for told in annulled])
    made = [_version(work, row, before[row.tube_id], after[row.tube_id]) for row in rows]
    bulk.insert_rows(work, Version, VERSION, made)
    corrected = [after[row.tube_id] for row in rows if row.kind is Change.CORRECT]
    result_changed(work, [(told.tube_id, told.outcome) for told in corrected])
    swab_again(work, [told.tube_id for told in annulled], Again.ANNULLED)
    anew = [row for row in rows if row.kind in ANEW]
    if anew:
        replaced = [before[row.tube_id].told for row in anew]
        results = [_meant(row, after[row.tube_id]) for row in anew]
        told = (queries.person_results(work, some) for some in (results, replaced))
        work.publish(ResultsCorrected(*told))


def _correct(work: Work, rows: Iterable[ProposalRow], before: Reports) -> dict[int, Told]:
    """What is told of each tube from now on; a corrected one gets a result of its own."""
    rows = list(rows)
    corrected = [row for row in rows if row.kind is Change.CORRECT]
    new = [
        Correction(
            row.tube_id,
            row.reported,
            row.method,
            row.ct,
            row.tested_at,
            row.proposed_by,
            row.proposed_at,
            before[row.with_tube_id or row.tube_id].told.measurement_id,
        )
        for row in corrected
    ]
    replace(work, new)
    found = queries.lines(work, [row.tube_id for row in corrected])
    after = {row.tube_id: before[row.tube_id].told for row in rows}
    return after | {line.tube_id: Told(*copied(line)) for line in found}


def _meant(row: ProposalRow, told: Told) -> Told:
    return told._replace(outcome=Outcome.INVALID) if row.kind is Change.ANNUL else told


def _version(work: Work, row: ProposalRow, old: Report, told: Told) -> tuple[object, ...]:
    number = old.number + 1
    since = number if row.kind in ANEW else old.since
    what = (number, row.kind.status, since, old.number, row.reason, row.remark)
    return (*told, *what, None, row.id, row.proposed_by, work.actor.id, work.now())
