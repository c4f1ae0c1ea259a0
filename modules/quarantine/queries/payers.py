"""Who pays for whose meals."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db import bulk
from admin_suite.db.dated import Dated, RuleBook, in_force
from admin_suite.db.work import Work
from modules.quarantine.codes import Group, Payer
from modules.quarantine.models import Payment
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import FacilityRow, chosen_of
from modules.quarantine.queries.release import staying
from modules.quarantine.rules.payers import Payers, payer_on

PAYERS = RuleBook("quarantine.payers", N_("Who pays for meals"), Payers)


class Paying(Struct, frozen=True):
    """What is written of who pays: the rule's versions, and people's own payers."""

    versions: Sequence[Dated[Payers]]
    own: dict[int, list[tuple[date, Payer]]]

    def payer(self, episode_id: int, group: Group, day: date) -> Payer:
        """Who pays for somebody on a day."""
        rule = in_force(self.versions, day)
        told = self.own.get(episode_id, ())
        return payer_on(day, group, told, rule.value if rule is not None else None)


def paying(work: Work, episodes: Sequence[int]) -> Paying:
    """Who pays for these people, on any day."""
    query = select(Payment.episode_id, Payment.since, Payment.payer).order_by(Payment.since)
    own: dict[int, list[tuple[date, Payer]]] = {}
    for part in bulk.chunks(episodes):
        for row in work.session.execute(query.where(Payment.episode_id.in_(part))):
            own.setdefault(row[0], []).append((row[1], row[2]))
    return Paying(PAYERS.versions(work), own)


def payer_choices(_work: Work) -> list[tuple[str, str]]:
    """Who may pay, for a form."""
    return [(code.value, code.word) for code in Payer]


class PayerRow(Struct, frozen=True):
    """Somebody who is in a facility and who pays for the meals today."""

    id: int
    who: ArrivalRow
    payer: Payer
    own: bool


class PayerList(Struct, frozen=True):
    """Everybody in a facility with the payer; ``source`` is the decision the rule comes from."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    rows: Sequence[PayerRow]
    source: str


def payers(work: Work, facility_id: int = 0) -> PayerList:
    """Who pays today for whoever is in a facility, or in the first one."""
    there, chosen = chosen_of(work, facility_id)
    keys, today = staying(work, chosen) if chosen else [], work.today()
    known = paying(work, keys)
    rows = [
        PayerRow(
            who.id,
            who,
            known.payer(who.id, who.group, today),
            any(since <= today for since, _payer in known.own.get(who.id, ())),
        )
        for who in arrivals_of(work, keys)
    ]
    rows.sort(key=lambda row: (row.who.building, row.who.room, row.who.bed))
    rule = in_force(known.versions, today)
    return PayerList(there, chosen, rows, rule.source if rule is not None else "")
