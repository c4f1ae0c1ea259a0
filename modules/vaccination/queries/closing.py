"""The last hour of a session: who still waits, what is open, what to open, whom to call in."""

from dataclasses import dataclass
from datetime import time

from sqlalchemy import func, select

from admin_suite.core.clock import here
from admin_suite.db.work import Work
from modules.vaccination.codes import SessionState, Turn
from modules.vaccination.models import Session, Visit
from modules.vaccination.queries.stock import advice, vials_of

LAST_MINUTES = 60


@dataclass(frozen=True)
class Closing:
    """What the last hour needs; ``expected`` are invited people who have not come yet."""

    ends: str
    minutes: int
    waiting: int
    expected: int
    left: int
    open: int
    call_in: int
    lost: int


def closing(work: Work, session_id: int) -> Closing | None:
    """What to open in the last hour of a session, and after it; nothing before."""
    session = work.session.get_one(Session, session_id)
    minutes = _minutes_left(work, session)
    if minutes is None or minutes > LAST_MINUTES:
        return None
    counted = select(Visit.turn, func.count()).where(Visit.session_id == session_id)
    rows = work.session.execute(counted.group_by(Visit.turn))
    turns = {row[0]: row[1] for row in rows}
    expected = turns.get(Turn.INVITED, 0)
    told = advice(work, session_id, expected)
    left = sum(v.doses - v.given for v in vials_of(work, session_id) if not v.unusable)
    return Closing(
        session.ends,
        max(0, minutes),
        turns.get(Turn.ARRIVED, 0) + turns.get(Turn.SCREENED, 0),
        expected,
        left,
        told.open,
        told.call_in,
        told.lost,
    )


def _minutes_left(work: Work, session: Session) -> int | None:
    """Minutes until the end of a session of today that is not closed; hours in words are none."""
    if session.held_on != work.today() or session.state is SessionState.CLOSED:
        return None
    try:
        ends = time.fromisoformat(session.ends.strip())
    except ValueError:
        return None
    now = here(work.now())
    return (ends.hour - now.hour) * 60 + ends.minute - now.minute
