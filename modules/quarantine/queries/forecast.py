"""How full a facility will be in the nights to come, from its clocks and who came of late."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import here, midnight_of
from admin_suite.db.work import Work
from modules.quarantine.codes import Adt, Kind
from modules.quarantine.models import Claim, Movement, Room
from modules.quarantine.queries.beds import FacilityRow, beds, chosen_of
from modules.quarantine.queries.clocks import POLICY, clocks
from modules.quarantine.queries.release import staying
from modules.quarantine.rules.forecast import Night, forecast

LOOK_BACK = 14
NIGHTS = 14


class Outlook(Struct, frozen=True):
    """The nights to come of a facility; ``beds`` can be used, ``days`` are what it is made from."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    beds: int
    days: int
    nights: Sequence[Night]


def outlook(work: Work, facility_id: int = 0, nights: int = NIGHTS) -> Outlook:
    """How full a facility, or the first one, will be tonight and in the nights after."""
    there, chosen = chosen_of(work, facility_id)
    if not chosen:
        return Outlook(there, 0, 0, 0, ())
    usable = sum(row.kind is not Kind.OUT_OF_SERVICE for row in beds(work, chosen))
    keys, now = staying(work, chosen), work.today()
    known = clocks(work, keys)
    length = POLICY.at(work, now).value.days
    ends = [known[key].ends_on if key in known else now + timedelta(days=length) for key in keys]
    came = _arrivals(work, chosen, now)
    return Outlook(there, chosen, usable, len(came), forecast(now, ends, came, length, nights))


def _arrivals(work: Work, facility_id: int, now: date) -> list[int]:
    """How many came on each whole day of the last fortnight, or since the first one came."""
    query = (
        select(Movement.at)
        .join(Claim, Claim.id == Movement.claim_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Movement.event == Adt.A01, Claim.voided_at.is_(None))
        .where(Room.facility_id == facility_id)
    )
    first = work.session.scalar(query.order_by(Movement.at).limit(1))
    if first is None:
        return []
    begins = max(here(first).date(), now - timedelta(days=LOOK_BACK))
    since = midnight_of(begins)
    days = Counter(
        here(at).date() for at in work.session.scalars(query.where(Movement.at >= since))
    )
    return [days[begins + timedelta(days=n)] for n in range((now - begins).days)]
