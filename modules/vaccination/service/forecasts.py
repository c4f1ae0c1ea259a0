"""Keeping the forecast of people beside the facts that it follows from."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from admin_suite.core.collector import no_collector
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from admin_suite.registry.models import Person
from modules.vaccination.codes import Standing, Turn
from modules.vaccination.models import Dose, Forecast, Registration, Session, Visit
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.due import Hold, forecaster
from modules.vaccination.rules.verdicts import Given

FIELDS = (
    "person_id",
    "number",
    "given",
    "due_on",
    "overdue_on",
    "product",
    "hold",
    "hold_until",
    "computed_on",
)
# plain columns: of everybody in a district the ORM would make an object each
R, D, P = Registration.__table__.c, Dose.__table__.c, Person.__table__.c
HOLDS = {
    Turn.DEFERRED: Standing.DEFERRED,
    Turn.CONTRAINDICATED: Standing.CONTRAINDICATED,
    Turn.REFUSED: Standing.REFUSED,
    Turn.MOVED: Standing.MOVED,
    Turn.ELSEWHERE: Standing.UNKNOWN_HISTORY,
}


@no_collector()
def forecast(work: Work, people: Sequence[int] | None = None) -> int:
    """Compute the forecast of these people anew, or of everybody registered; returns how many."""
    work.session.flush()
    known = _known(work, people)
    given, holds = _given(work, people), _holds(work, people)
    day = work.today()
    ahead = forecaster(regimen(work), day)
    rows = []
    for person, born, since in known:
        hold = holds.get(person, (None, None))
        one = ahead(given.get(person, ()), born, since)
        days = (one.due_on, one.overdue_on)
        rows.append((person, one.number, one.given, *days, one.product, *hold, day))
    gone = delete(Forecast)
    if people is not None:
        gone = gone.where(bulk.among(work, Forecast.person_id, people))
    work.session.execute(gone.execution_options(synchronize_session=False))
    bulk.put_derived(work, Forecast, FIELDS, rows)
    return len(rows)


def merged(work: Work, fact: PeopleMerged | PeopleParted) -> None:
    """Two entries were made one, or parted: what is due to each follows from other doses now."""
    forecast(work, [fact.kept, fact.gone])


def _known(work: Work, people: Sequence[int] | None) -> list[tuple[int, str, date]]:
    """Whoever is registered or has a dose, with birth and the first day we know of."""
    registered = select(R.person_id, P.dob, R.listed_on).join_from(
        Registration.__table__, Person.__table__
    )
    registered = registered.where(R.voided_at.is_(None), P.voided_at.is_(None))
    dosed = select(D.person_id, P.dob, D.given_on).join_from(
        Dose.__table__, Person.__table__, P.id == D.person_id
    )
    dosed = dosed.where(
        D.voided_at.is_(None),
        P.voided_at.is_(None),
        ~D.person_id.in_(select(R.person_id).where(R.voided_at.is_(None))),
    )
    found: dict[int, tuple[int, str, date]] = {}
    for query, column in ((registered, R.person_id), (dosed, D.person_id)):
        asked = query if people is None else query.where(bulk.among(work, column, people))
        for person, born, since in work.session.execute(asked).all():
            if person not in found:
                found[person] = (person, born, since)
    return list(found.values())


def _given(work: Work, people: Sequence[int] | None) -> dict[int, list[Given]]:
    query = select(D.person_id, D.given_on, D.product, D.lot, D.stated)
    query = query.where(D.voided_at.is_(None))
    if people is not None:
        query = query.where(bulk.among(work, D.person_id, people))
    found: dict[int, list[Given]] = {}
    for person, day, product, lot, stated in work.session.execute(query).all():
        found.setdefault(person, []).append(Given(day, product, lot, stated))
    return found


def _holds(
    work: Work, people: Sequence[int] | None
) -> dict[int, tuple[Standing | None, date | None]]:
    """Why somebody is not called: what the last session led to that he came to or was asked of."""
    query = select(Visit.person_id, Visit.turn, Visit.defer_until)
    query = query.join(Session, Session.id == Visit.session_id)
    query = query.where(Visit.turn.not_in((Turn.INVITED, Turn.NO_SHOW)))
    if people is not None:
        query = query.where(bulk.among(work, Visit.person_id, people))
    last: dict[int, Hold | None] = {}
    for person, turn, until in work.session.execute(query.order_by(Session.held_on, Visit.id)):
        standing = HOLDS.get(turn)
        last[person] = Hold(standing, until) if standing is not None else None
    return {person: (hold.standing, hold.until) for person, hold in last.items() if hold}
