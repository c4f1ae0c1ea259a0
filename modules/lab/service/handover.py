"""A box of tubes goes from one hand to the other: counted by scan, signed by both, kept."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import Unit
from modules.lab import checks, queries
from modules.lab.codes import Finding, Stage, State, Unfit
from modules.lab.models import Handover, HandoverLine, SamplingList, Tube
from modules.lab.permissions import RECEIVE
from modules.lab.service.keeping import reject, unreject
from modules.lab.service.tubes import receive, unreceive

LINE = ("handover_id", "tube_id", "words", "stated", "finding")


@use_case(RECEIVE)
def begin_handover(work: Work, list_id: int) -> int:
    """Begin the record of a list, or go on with that of its sender; returns its number.

    The tubes of the list that no record has yet are stated; those received before are counted.
    """
    wanted = work.session.get(SamplingList, list_id)
    if wanted is None:
        raise UserError(_("There is no such list."))
    sender = wanted.sender_id
    bulk.hold(work, Unit, [sender])  # one record of a sender at a time
    query = select(Handover.id).where(Handover.sender_id == sender, Handover.signed_at.is_(None))
    number = work.session.scalars(query.order_by(Handover.id)).first()
    if number is None:
        made = Handover(sender_id=sender, begun_at=work.now(), begun_by=work.actor.id)
        work.session.add(made)
        work.session.flush()
        number = made.id
    known = select(HandoverLine.tube_id).where(HandoverLine.tube_id.is_not(None))
    tubes = select(Tube.id, Tube.stage).where(
        Tube.list_id == list_id,
        Tube.state.not_in((State.PLANNED, State.CANCELLED)),
        Tube.id.not_in(known),
    )
    rows = [
        (number, key, "", True, Finding.MISSING if stage is Stage.EXPECTED else Finding.HERE)
        for key, stage in work.session.execute(tubes.order_by(Tube.id))
    ]
    bulk.insert_rows(work, HandoverLine, LINE, rows)
    return number


@use_case(RECEIVE)
def count(work: Work, number: int, tubes: Sequence[int], *, broken: bool = False) -> int:
    """Count tubes into the box: they are received, broken ones rejected. Returns how many.

    A tube that the lists of the box do not state is counted as well, as an extra one.
    """
    checks.unsigned(work, number)
    checks.hold(work, tubes)
    refuse(checks.uncountable(work, number, tubes))
    receive(work, tubes)
    if broken:
        reject(work, tubes, Unfit.BROKEN)
    found = Finding.BROKEN if broken else Finding.HERE
    lines = _lines(work, number, tubes)
    bulk.update_rows(work, HandoverLine, list(lines.values()), {"finding": found})
    found = Finding.BROKEN if broken else Finding.EXTRA
    rows = [(number, key, "", False, found) for key in tubes if key not in lines]
    bulk.insert_rows(work, HandoverLine, LINE, rows)
    return len(tubes)


@use_case(RECEIVE)
def count_unknown(work: Work, number: int, words: str) -> None:
    """Count a tube that nobody knows into the box, by what stands on it."""
    checks.unsigned(work, number)
    said = words.strip()
    if not said:
        raise UserError(_("Say what stands on the tube."))
    bulk.insert_rows(work, HandoverLine, LINE, [(number, None, said, False, Finding.EXTRA)])


@use_case(RECEIVE)
def uncount(work: Work, number: int, tubes: Sequence[int]) -> int:
    """Take tubes out of the count again; their reception is taken back. Returns how many."""
    checks.unsigned(work, number)
    checks.hold(work, tubes)
    there = queries.standings(work, tubes)
    unreject(work, [key for key in tubes if there[key].state is State.REJECTED])
    unreceive(work, tubes)
    query = select(HandoverLine.id, HandoverLine.stated).where(
        HandoverLine.handover_id == number, bulk.among(work, HandoverLine.tube_id, tubes)
    )
    rows = work.session.execute(query).all()
    stated = [row[0] for row in rows if row[1]]
    bulk.update_rows(work, HandoverLine, stated, {"finding": Finding.MISSING})
    extra = [row[0] for row in rows if not row[1]]
    bulk.update_rows(work, HandoverLine, extra, {"voided_at": work.now()})
    return len(tubes)


@use_case(RECEIVE)
def sign_handover(work: Work, number: int, giver: str, note: str = "") -> int:
    """Sign for a box as whoever takes it; ``giver`` is who brought it. It stays as it is then.

    Tubes that are missing are still to be received: they may come another day.
    """
    record = checks.unsigned(work, number)
    if not giver.strip():
        raise UserError(_("Say who hands the tubes over."))
    found = queries.sums(queries.box(work, number))
    record.stated, record.counted, record.missing = found.stated, found.counted, found.missing
    record.extra, record.broken = found.extra, found.broken
    record.giver, record.note = giver.strip(), note.strip()
    record.taken_by, record.signed_at = work.actor.id, work.now()
    return found.counted


def _lines(work: Work, number: int, tubes: Sequence[int]) -> dict[int, int]:
    """The lines of these tubes in a record, by tube."""
    query = select(HandoverLine.tube_id, HandoverLine.id).where(
        HandoverLine.handover_id == number, bulk.among(work, HandoverLine.tube_id, tubes)
    )
    return {row[0]: row[1] for row in work.session.execute(query) if row[0] is not None}
