"""The last hour of a session: who still waits, what is open, what to open, whom to call in."""

from collections.abc import Sequence
from datetime import time

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import here
from admin_suite.db.work import Work
from modules.vaccination.codes import OVER, Turn
from modules.vaccination.models import Lot, Session, Visit
from modules.vaccination.queries.regimen import products
from modules.vaccination.queries.stock import VialRow, vials_of
from modules.vaccination.rules.vials import last_hour

LAST_MINUTES = 60


class Closing(Struct, frozen=True):
    """What the last hour needs; ``expected`` are invited people who have not come yet."""

    ends: str
    minutes: int
    waiting: int
    expected: int
    left: int
    open: int
    call_in: int
    lost: int


def closing(work: Work, session_id: int, vials: Sequence[VialRow] | None = None) -> Closing | None:
    """What to open in the last hour of a session, and after it; nothing before.

    Whoever knows the ``vials`` of the session already hands them over.
    """
    session = work.session.get_one(Session, session_id)
    minutes = _minutes_left(work, session)
    if minutes is None or minutes > LAST_MINUTES:
        return None
    counted = select(Visit.turn, func.count()).where(Visit.session_id == session_id)
    rows = work.session.execute(counted.group_by(Visit.turn))
    turns = {row[0]: row[1] for row in rows}
    waiting = turns.get(Turn.ARRIVED, 0) + turns.get(Turn.SCREENED, 0)
    expected = turns.get(Turn.INVITED, 0)
    known = vials_of(work, session_id) if vials is None else vials
    left = sum(vial.doses - vial.given for vial in known if not vial.unusable)
    told = last_hour(waiting, left, _per_vial(work, session), expected)
    return Closing(
        session.ends,
        max(0, minutes),
        waiting,
        expected,
        left,
        told.open,
        told.call_in,
        told.lost,
    )


def _per_vial(work: Work, session: Session) -> int:
    """The doses of a vial of the session's lot, or of its vaccine where no lot is chosen."""
    lot = work.session.get(Lot, session.lot_id) if session.lot_id else None
    if lot is not None:
        return lot.doses_per_vial
    known = products(work).get(session.product)
    return (known.vial if known else 0) or 1


def _minutes_left(work: Work, session: Session) -> int | None:
    """Minutes until the end of a session of today that is not closed; hours in words are none."""
    if session.held_on != work.today() or session.state in OVER:
        return None
    try:
        ends = time.fromisoformat(session.ends.strip())
    except ValueError:
        return None
    now = here(work.now())
    return (ends.hour - now.hour) * 60 + ends.minute - now.minute
