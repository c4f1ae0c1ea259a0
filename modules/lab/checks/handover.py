"""What is asked before a tube is counted into a box, and before a record is signed."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.lab.codes import Finding
from modules.lab.models import Handover, HandoverLine, Tube


def unsigned(work: Work, number: int) -> Handover:
    """The record that is still being counted, held for this unit of work; refuses another."""
    found = bulk.held(work, Handover, number, _("There is no such hand-over record."))
    if found.signed_at is not None:
        said = _("Hand-over record {number} was signed at {time}; it stays as it is.")
        raise UserError(said.format(number=number, time=moment_shown(found.signed_at)))
    return found


def uncountable(work: Work, number: int, tubes: Sequence[int]) -> list[Refusal]:
    """Which tubes are in the box already, by their number."""
    query = (
        select(Tube.id, Tube.accession)
        .join(HandoverLine, HandoverLine.tube_id == Tube.id)
        .where(
            HandoverLine.handover_id == number,
            HandoverLine.finding != Finding.MISSING,
            bulk.among(work, Tube.id, tubes),
        )
    )
    counted = {row[0]: row[1] for row in work.session.execute(query)}
    said = _("Tube {accession} was counted already.")
    return [
        Refusal(at, "accession", said.format(accession=counted[key]))
        for at, key in enumerate(tubes)
        if key in counted
    ]
