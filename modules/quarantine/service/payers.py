"""Who pays for meals: the rule of the groups, and what is agreed for single people."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Group, Payer
from modules.quarantine.models import Episode, Payment
from modules.quarantine.permissions import KEEP, RULES
from modules.quarantine.queries.payers import PAYERS
from modules.quarantine.rules.payers import Payers

PAYMENT = ("episode_id", "since", "payer", "note", "by")


@use_case(KEEP)
def set_payer(
    work: Work, episodes: Sequence[int], payer: Payer, since: date, note: str = ""
) -> int:
    """Write who pays for people's meals from a day on; that day's former word is replaced."""
    query = select(Episode.id)
    there = {
        key
        for part in bulk.chunks(episodes)
        for key in work.session.scalars(query.where(Episode.id.in_(part)))
    }
    if not episodes or len(there) < len(set(episodes)):
        raise UserError(_("Choose the people whose meals somebody else pays for."))
    written = {
        row.episode_id: row
        for part in bulk.chunks(sorted(there))
        for row in work.session.scalars(
            select(Payment).where(Payment.episode_id.in_(part), Payment.since == since)
        )
    }
    for row in written.values():
        row.payer, row.note, row.by = payer, note.strip(), work.actor.id
    new = [(key, since, payer, note.strip(), work.actor.id) for key in sorted(there - set(written))]
    work.session.flush()
    bulk.insert_rows(work, Payment, PAYMENT, new)
    return len(there)


@use_case(RULES)
def adopt_payers(
    work: Work, by_group: Mapping[Group, Payer], otherwise: Payer, day: date, source: str
) -> int:
    """Decide who pays for the meals of which group from a day on."""
    pairs = tuple((group.value, payer.value) for group, payer in by_group.items())
    return PAYERS.decide(work, day, source, Payers(pairs, otherwise.value))
