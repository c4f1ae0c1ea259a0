"""Confirmations: numbered, with what they say, each in the place of the one before."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.vaccination.models import Slip
from modules.vaccination.permissions import REGISTER
from modules.vaccination.queries.slips import contents

SLIP = ("number", "person_id", "printed_at", "printed_by", "doses", "said", "correction_id")


@use_case(REGISTER)
def issue_slips(work: Work, people: Sequence[int], correction_id: int | None = None) -> list[int]:
    """Number a confirmation for each of these people; it takes the place of the one before."""
    told = contents(work, list(dict.fromkeys(people)))
    wanted = [person for person in dict.fromkeys(people) if told.get(person)]
    if not wanted:
        raise UserError(_("None of these people has a dose that could be confirmed."))
    year = here(work.now()).year
    start = bulk.next_number(work, Slip.number, f"XN-{year}-")
    query = select(Slip.person_id, Slip.id).where(Slip.replaced_by.is_(None))
    old = work.session.execute(query.where(bulk.among(work, Slip.person_id, wanted))).all()
    now, by = work.now(), work.actor.id
    made = [
        (f"XN-{year}-{n:06d}", p, now, by, told[p].count("\n"), told[p], correction_id)
        for n, p in enumerate(wanted, start=start)
    ]
    ids = bulk.insert_rows(work, Slip, SLIP, made)
    new = dict(zip(wanted, ids, strict=True))
    for person, slip in old:
        bulk.update_rows(work, Slip, [slip], {"replaced_by": new[person]})
    work.session.expire_all()
    return ids


def slips_anew(work: Work, person_id: int, correction_id: int) -> list[int]:
    """New slips for whoever has some, and doses still, as something else is known now."""
    query = select(Slip.id).where(Slip.person_id == person_id, Slip.replaced_by.is_(None))
    work.session.flush()
    if work.session.scalars(query).first() is None or not contents(work, [person_id])[person_id]:
        return []
    return issue_slips(work, [person_id], correction_id)
