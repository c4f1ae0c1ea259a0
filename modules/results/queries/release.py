"""Questions about results: what waits, what may be signed by whom, what was released."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select

from admin_suite.core.clock import midnight_of, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Actor
from admin_suite.db import bulk
from admin_suite.db.audit import Note
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Unit, User
from admin_suite.registry.queries import unit_named, units
from modules.lab.api import (
    Material,
    Method,
    Outcome,
    SampleRow,
    Stage,
    Subject,
    measurements,
    sample_rows,
    specimens,
)
from modules.results.codes import Status
from modules.results.models import Release, Version
from modules.results.queries.versions import forewarned, newest, unheld, urgent_untold

DAY = timedelta(days=1)
# days are those of the release, as ISO; "untold": before that day, not negative, not told yet
FILTERS = ("sender", "day", "since", "untold", "outcome", "accession")
THREE = 3


class Line(Struct, frozen=True):
    """The result in force of one tube, and how far its release has come."""

    tube_id: int
    accession: str
    pooled: bool
    stage: Stage
    outcome: Outcome
    method: Method
    ct: str
    tested_at: str
    reported: Outcome
    measurement_id: int
    entered_by: int
    author: str
    release_id: int | None
    persons: int | None
    validated_by: int | None
    released_by: int | None
    released_at: datetime | None


class QueueRow(Struct, frozen=True):
    """One line of the release queue: a tube, whose swabs are in it, what was measured, by whom.

    ``mine`` says that the person asking entered or (with three signatures) checked it;
    ``forewarned`` when a preliminary notice was given, empty where none was.
    """

    id: int
    accession: str
    names: str
    people: int
    outcome: Outcome
    ct: str
    sender: str
    author: str
    stage: Stage
    mine: bool
    forewarned: str


class ReleasedRow(Struct, frozen=True):
    """One person's released result, field by field as exports carry it.

    ``report_version`` counts from 1; a later one says in ``report_status`` what it is.
    """

    id: int
    accession: str
    pool: str
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    address: str
    subject: Subject | None
    specimen: Material | None
    collected_at: str
    received_at: str
    method: Method
    outcome: Outcome
    ct: str
    pooled: bool
    sender: str
    released_at: str
    released_by: str
    note: str
    uid: str
    report_status: Status
    report_version: int
    report_remark: str
    person_id: int
    tube_id: int


# -- results of tubes -----------------------------------------------------------------------------


def lines(work: Work, tubes: Sequence[int]) -> list[Line]:
    """The results in force of these tubes, in their order; a tube without one is left out."""
    found: dict[int, Line] = {}
    for part in bulk.chunks(tubes):
        found |= {line.tube_id: line for line in _lines(work, part)}
    return [found[key] for key in tubes if key in found]


def _lines(work: Work, tubes: Sequence[int]) -> Iterable[Line]:
    measured = measurements().subquery()
    query = (
        select(
            measured.c.tube_id,
            measured.c.accession,
            measured.c.pooled,
            measured.c.stage,
            measured.c.outcome,
            measured.c.method,
            measured.c.ct,
            measured.c.tested_at,
            measured.c.reported,
            measured.c.id,
            measured.c.entered_by,
            User.full_name,
            Release.id,
            Release.persons,
            Release.validated_by,
            Release.released_by,
            Release.released_at,
        )
        .join(User, User.id == measured.c.entered_by)
        .outerjoin(
            Release, (Release.measurement_id == measured.c.id) & Release.returned_by.is_(None)
        )
        .where(measured.c.tube_id.in_(tubes))
    )
    return (Line(*tuple(row)) for row in work.session.execute(query))


def waiting(work: Work, stages: Sequence[Stage]) -> list[int]:
    """The tubes whose results are at one of these stages, oldest first."""
    measured = measurements().subquery()
    query = select(measured.c.tube_id).where(measured.c.stage.in_(stages))
    return list(work.session.scalars(query.order_by(measured.c.tube_id)))


def is_own(actor: Actor, line: Line) -> bool:
    """Whether somebody may not sign this result: entered, or with three signatures checked it."""
    checked = line.persons == THREE and line.validated_by == actor.id
    return checked or line.entered_by == actor.id


def queue(work: Work) -> list[QueueRow]:
    """Everything that waits to be checked or released: told early first, then what is not negative.

    Who opens the queue looks at results before their release, for the reason of their release.
    """
    found = lines(work, waiting(work, (Stage.MEASURED, Stage.CHECKED)))
    keys = [line.measurement_id for line in found]
    told = forewarned(work, keys)
    looked(work, keys, "release")
    inside = specimens_in(work, [line.tube_id for line in found])
    names = {
        row.id: row for row in sample_rows(work, [s for many in inside.values() for s in many])
    }
    rows = []
    for line in found:
        people = [names[key] for key in inside.get(line.tube_id, ())]
        mine = is_own(work.actor, line)
        rows.append(
            QueueRow(
                line.tube_id,
                line.accession,
                ", ".join(row.name for row in people),
                len(people),
                line.outcome,
                line.ct,
                people[0].sender if people else "",
                line.author,
                line.stage,
                mine,
                stamp(told[line.measurement_id]) if line.measurement_id in told else "",
            )
        )
    return sorted(
        rows, key=lambda row: (not row.forewarned, row.outcome is Outcome.NEGATIVE, row.id)
    )


def looked(work: Work, measurements: Sequence[int], reason: str) -> None:
    """Say in the audit that results were looked at before their release, and what for."""
    if measurements:
        keys = sorted(measurements)
        work.views.append(Note("results.look", "lab_measurement", keys, {"reason": reason}))


def specimens_in(work: Work, tubes: Sequence[int]) -> dict[int, list[int]]:
    """The swabs in each of these tubes."""
    found: dict[int, list[int]] = {}
    swabs = specimens().subquery()
    for part in bulk.chunks(tubes):
        query = select(swabs.c.tube_id, swabs.c.id).where(swabs.c.tube_id.in_(part))
        for tube, key in work.session.execute(query.order_by(swabs.c.id)):
            found.setdefault(tube, []).append(key)
    return found


# -- released -------------------------------------------------------------------------------------


def released(
    work: Work, where: Mapping[str, str] | None = None, most: int | None = None
) -> list[ReleasedRow]:
    """Everybody's results that stand, list by list; ``where`` may name what ``FILTERS`` holds.

    What is on hold or annulled is not among them; of a corrected one only what it says now.
    """
    query = _released(work, dict(where or {})).limit(most)
    found = {row[0]: row for row in work.session.execute(query)}
    return [_row(sample, found[sample.id]) for sample in sample_rows(work, list(found))]


def _row(sample: SampleRow, result: Any) -> ReleasedRow:
    _id, method, outcome, ct, at, by, status, number, remark = result
    return ReleasedRow(
        sample.id,
        sample.accession,
        sample.pool,
        sample.name,
        sample.dob,
        sample.sex,
        sample.phone,
        sample.id_no,
        sample.commune_code,
        sample.commune,
        sample.address,
        sample.subject,
        sample.specimen,
        sample.collected_at,
        sample.received_at,
        method,
        outcome,
        ct,
        sample.pooled,
        sample.sender,
        stamp(at),
        by,
        sample.note,
        sample.uid,
        status,
        number,
        remark,
        sample.person_id,
        sample.tube_id,
    )


def _released(work: Work, wanted: dict[str, str]) -> Select[Any]:
    measured, swabs = measurements().subquery(), specimens().subquery()
    query = (
        select(
            swabs.c.id,
            measured.c.method,
            measured.c.outcome,
            measured.c.ct,
            Version.at,
            User.full_name,
            Version.status,
            Version.number,
            Version.remark,
        )
        .join(measured, measured.c.tube_id == swabs.c.tube_id)
        .join(Version, Version.measurement_id == measured.c.id)
        .join(User, User.id == Version.signed_by)
        .where(newest(), unheld(), Version.status != Status.ENTERED_IN_ERROR)
        .order_by(swabs.c.list_id, swabs.c.id)
    )
    if sender := wanted.get("sender", ""):
        query = query.where(swabs.c.sender_id == sender_id(work, sender))
    if day := wanted.get("day", ""):
        start = start_of(day)
        query = query.where(Version.at >= start, Version.at < start + DAY)
    if since := wanted.get("since", ""):
        query = query.where(Version.at >= start_of(since))
    if before := wanted.get("untold", ""):
        query = query.where(Version.at < start_of(before), *urgent_untold(swabs.c.person_id))
    if outcome := wanted.get("outcome", ""):
        query = query.where(measured.c.outcome == Outcome.read(outcome))
    if accession := wanted.get("accession", ""):
        query = query.where(measured.c.accession == accession)
    if unknown := wanted.keys() - FILTERS:
        raise UserError(_("There is no filter “{name}”.").format(name=", ".join(unknown)))
    return query


def sender_id(work: Work, name: str) -> int:
    """The unit of that name; an unknown one is refused with the names there are."""
    found = unit_named(work, name)
    if found is None:
        said = _("No unit is called “{name}”. Known: {names}.")
        raise UserError(said.format(name=name, names=", ".join(u.name for u in units(work))))
    return found.id


def start_of(day: str) -> datetime:
    """The first moment of a local day written as ISO."""
    try:
        return midnight_of(date.fromisoformat(day))
    except ValueError as error:
        said = _("“{day}” is not a day; write it as 2021-08-13.")
        raise UserError(said.format(day=day)) from error


def senders(work: Work) -> list[str]:
    """Whoever has released results, by name."""
    swabs = specimens().subquery()
    there = select(swabs.c.id).where(swabs.c.sender_id == Unit.id, swabs.c.stage == Stage.RELEASED)
    return list(work.session.scalars(select(Unit.name).where(there.exists()).order_by(Unit.folded)))
