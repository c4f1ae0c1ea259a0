"""Telling people: who was told what, who asked; and looking before one's turn."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import Outcome, hold
from modules.results import checks, queries
from modules.results.codes import Channel, State
from modules.results.models import Look, Telling
from modules.results.permissions import TELL, VALIDATE
from modules.results.queries import Standing

TOLD = ("tube_id", "person_id", "number", "return_id", "channel", "to_whom", "told_by", "told_at")


class Swab(NamedTuple):
    """One person's swab in a tube."""

    tube_id: int
    person_id: int


class Peeked(Struct, frozen=True):
    """A result before its release."""

    accession: str
    outcome: Outcome
    ct: str


@use_case(TELL)
def tell(work: Work, swabs: Sequence[Swab], channel: Channel, to_whom: str) -> list[int]:
    """Write down that results were told, to whom and how. Returns the ids, to take it back.

    Of a result that was told before its release and sent back, that this is void is told once.
    """
    name = _named(to_whom)
    tubes = [swab.tube_id for swab in swabs]
    there, void = queries.standings(work, tubes), queries.void_notices(work, tubes)
    refuse(checks.untellable(tubes, there, void))
    told = void if channel is not Channel.DESK else {}
    return _write(work, swabs, there, told, (channel, name))


@use_case(TELL)
def answer(work: Work, swabs: Sequence[Swab], to_whom: str) -> list[int]:
    """Write down that somebody asked about these swabs, and was told where there was something."""
    name = _named(to_whom)
    there = queries.standings(work, [swab.tube_id for swab in swabs])
    return _write(work, swabs, there, {}, (Channel.DESK, name))


@use_case(TELL)
def untell(work: Work, ids: Sequence[int]) -> int:
    """Take back what was written down by mistake, by whoever wrote it. Returns how many."""
    refuse(checks.untakable(work, ids))
    bulk.update_rows(work, Telling, ids, {"voided_at": work.now()})
    return len(ids)


@use_case(VALIDATE)
def look(work: Work, tube: int, reason: str) -> Peeked:
    """Look at a result before its release, out of turn, for a reason that the day's report names.

    It leaves its trace before anything is shown.
    """
    if not reason.strip():
        raise UserError(_("Say why the result is looked at before its release."))
    hold(work, [tube])
    refuse(checks.unpeekable(work, tube))
    [line] = queries.lines(work, [tube])
    row = Look(tube_id=tube, measurement_id=line.measurement_id, reason=reason.strip())
    row.looked_by, row.looked_at = work.actor.id, work.now()
    work.session.add(row)
    return Peeked(line.accession, line.outcome, line.ct)


def _named(to_whom: str) -> str:
    if not to_whom.strip():
        raise UserError(_("Say who is told or asks."))
    return " ".join(to_whom.split())


def _write(
    work: Work,
    swabs: Sequence[Swab],
    there: Mapping[int, Standing],
    void: Mapping[int, int],
    said: tuple[Channel, str],
) -> list[int]:
    """Write down what was told of each swab as it stands there, how and to whom it was said."""
    rows = []
    for swab in swabs:
        standing = there[swab.tube_id]
        told = standing.report if standing.state is not State.ON_HOLD else None
        number = told.number if told is not None else None
        what = (number, void.get(swab.tube_id))
        rows.append((*swab, *what, *said, work.actor.id, work.now()))
    return bulk.insert_rows(work, Telling, TOLD, rows)
