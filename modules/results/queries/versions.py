"""Questions about released results: which version stands, what is on hold, what is proposed."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import User
from modules.lab.api import Method, Outcome, Stage, specimens, tube_ids, tubes
from modules.results.codes import Change, State, Status
from modules.results.facts import PersonResult
from modules.results.models import COPIED, Hold, Notice, Proposal, Telling, Version

copied = attrgetter(*COPIED)
BEFORE = {Stage.MEASURED: State.REGISTERED, Stage.CHECKED: State.CHECKED}


URGENT = (Outcome.POSITIVE, Outcome.AWAITING_SINGLES, Outcome.INCONCLUSIVE, Outcome.INVALID)


class Told(NamedTuple):
    """A result as it was told, field by field as ``models.COPIED`` names them."""

    measurement_id: int
    tube_id: int
    outcome: Outcome
    reported: Outcome
    method: Method
    ct: str
    tested_at: str
    entered_by: int


class Report(Struct, frozen=True):
    """The newest version of a released result; ``hold_id`` is the hold it is under."""

    version_id: int
    number: int
    since: int
    told: Told
    hold_id: int | None


class Standing(Struct, frozen=True):
    """Where the result of a tube stands; there is a report once it was released."""

    tube_id: int
    accession: str
    pooled: bool
    state: State
    report: Report | None
    proposed: bool


class ProposalRow(Struct, frozen=True):
    """A change that waits for a second person."""

    id: int
    tube_id: int
    accession: str
    kind: Change
    with_tube_id: int | None
    with_accession: str
    outcome: Outcome
    reported: Outcome
    method: Method
    ct: str
    tested_at: str
    remark: str
    reason: str
    author: str
    proposed_by: int
    proposed_at: datetime
    number: int
    mine: bool


class VersionRow(Struct, frozen=True):
    """One version of a report, for whoever asks what was told when."""

    tube_id: int
    number: int
    status: Status
    outcome: Outcome
    ct: str
    reason: str
    remark: str
    author: str
    signer: str
    at: datetime


def newest() -> ColumnElement[bool]:
    """That a version is the newest one of its tube."""
    newer = aliased(Version)
    there = select(newer.id).where(
        newer.tube_id == Version.tube_id, newer.number == Version.number + 1
    )
    return ~there.exists()


def urgent_untold(person: Any) -> tuple[ColumnElement[bool], ...]:
    """That a version is not negative, and that this person (a column) was not told of it."""
    there = select(Telling.id).where(
        Telling.tube_id == Version.tube_id,
        Telling.person_id == person,
        Telling.number >= Version.since,
    )
    return Version.outcome.in_(URGENT), ~there.exists()


def unheld() -> ColumnElement[bool]:
    """That a version is not on hold, whatever is said of the result behind it."""
    there = select(Hold.id).where(Hold.tube_id == Version.tube_id, Hold.lifted_by.is_(None))
    return ~there.exists()


def standings(work: Work, wanted: Sequence[int]) -> dict[int, Standing]:
    """Where the reports of these tubes stand; an unknown tube is left out."""
    there = tubes().subquery()
    query = (
        select(
            there.c.id, there.c.accession, there.c.pooled, there.c.stage, Version, Hold, Proposal
        )
        .select_from(there)
        .outerjoin(Version, (Version.tube_id == there.c.id) & newest())
        .outerjoin(Hold, (Hold.tube_id == there.c.id) & Hold.lifted_by.is_(None))
        .outerjoin(Proposal, (Proposal.tube_id == there.c.id) & undecided())
    )
    found: dict[int, Standing] = {}
    for part in bulk.chunks(wanted):
        for row in work.session.execute(query.where(there.c.id.in_(part))):
            key, number, pooled, stage, version, hold, proposal = row
            report = _report(version, hold) if version is not None else None
            state = _state(stage, version, hold)
            found[key] = Standing(key, number, pooled, state, report, proposal is not None)
    return found


def reports(work: Work, wanted: Sequence[int]) -> list[Report]:
    """The newest versions of these tubes' results, in their order, those on hold too."""
    there = standings(work, wanted)
    found = [there[key].report for key in wanted if key in there]
    return [report for report in found if report is not None]


def tube_numbered(work: Work, number: str) -> int:
    """The tube of a typed or scanned number; an unknown one is refused."""
    return tube_ids(work, [number])[0]


def undecided() -> ColumnElement[bool]:
    """That a proposal still waits for somebody."""
    return Proposal.confirmed_by.is_(None) & Proposal.declined_by.is_(None)


def _state(stage: Stage, version: Version | None, hold: Hold | None) -> State:
    if version is None:
        return BEFORE.get(stage, State.NONE)
    if version.status is Status.ENTERED_IN_ERROR or hold is None:
        return State.of(version.status.value)
    return State.ON_HOLD


def _report(version: Version, hold: Hold | None) -> Report:
    told = Told(*copied(version))
    return Report(version.id, version.number, version.since, told, hold.id if hold else None)


def versions(work: Work, tube: int) -> list[VersionRow]:
    """Every version of a report, the first one first."""
    author, signer = aliased(User), aliased(User)
    query = (
        select(Version, author.full_name, signer.full_name)
        .join(author, author.id == Version.proposed_by)
        .join(signer, signer.id == Version.signed_by)
        .where(Version.tube_id == tube)
        .order_by(Version.number)
    )
    return [
        VersionRow(tube, v.number, v.status, v.outcome, v.ct, v.reason, v.remark, by, signed, v.at)
        for v, by, signed in work.session.execute(query)
    ]


def proposals(work: Work, only: Sequence[int] | None = None) -> list[ProposalRow]:
    """The changes that wait for a second person, the oldest first; or these of them."""
    mine, other = tubes().subquery(), tubes().subquery()
    query = (
        select(Proposal, mine.c.accession, other.c.accession, Version.outcome, User.full_name)
        .join(mine, mine.c.id == Proposal.tube_id)
        .outerjoin(other, other.c.id == Proposal.with_tube_id)
        .join(Version, (Version.tube_id == Proposal.tube_id) & (Version.number == Proposal.base))
        .join(User, User.id == Proposal.proposed_by)
        .where(undecided())
        .order_by(Proposal.id)
    )
    if only is not None:
        query = query.where(Proposal.id.in_(only))
    return [
        ProposalRow(
            p.id,
            p.tube_id,
            number,
            p.kind,
            p.with_tube_id,
            beside or "",
            outcome,
            p.reported,
            p.method,
            p.ct,
            p.tested_at,
            p.remark,
            p.reason,
            by,
            p.proposed_by,
            p.proposed_at,
            p.base,
            p.proposed_by == work.actor.id,
        )
        for p, number, beside, outcome, by in work.session.execute(query)
    ]


def forewarned(work: Work, measurements: Sequence[int]) -> dict[int, datetime]:
    """Of which results a preliminary notice was given, and when."""
    found: dict[int, datetime] = {}
    query = select(Notice.measurement_id, Notice.given_at)
    for part in bulk.chunks(measurements):
        rows = work.session.execute(query.where(Notice.measurement_id.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def notices(work: Work, measurements: Sequence[int]) -> dict[int, int]:
    """The preliminary notice of each of these results that has one."""
    query = select(Notice.measurement_id, Notice.id)
    rows = work.session.execute(query.where(bulk.among(work, Notice.measurement_id, measurements)))
    return {row[0]: row[1] for row in rows}


def person_results(work: Work, told: Sequence[Told]) -> tuple[PersonResult, ...]:
    """What results mean for each person in their tubes, tube by tube."""
    swabs, inside = specimens().subquery(), dict[int, list[tuple[int, str]]]()
    query = select(swabs.c.tube_id, swabs.c.person_id, swabs.c.collected_at)
    for part in bulk.chunks([one.tube_id for one in told]):
        rows = work.session.execute(query.where(swabs.c.tube_id.in_(part)).order_by(swabs.c.id))
        for tube, person, collected in rows:
            inside.setdefault(tube, []).append((person, collected))
    return tuple(
        PersonResult(person, t.tube_id, t.measurement_id, t.outcome, t.method, collected)
        for t in told
        for person, collected in inside.get(t.tube_id, ())
    )
