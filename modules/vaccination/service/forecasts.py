"""Keeping the forecast of people beside the facts that it follows from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

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
    registered = select(Registration.person_id, Person.dob, Registration.listed_on)
    registered = registered.join(Person, Person.id == Registration.person_id)
    dosed = select(Dose.person_id, Person.dob, Dose.given_on).join(
        Person, Person.id == Dose.person_id
    )
    dosed = dosed.where(~Dose.person_id.in_(select(Registration.person_id)))
    found: dict[int, tuple[int, str, date]] = {}
    queries: tuple[Any, ...] = (
        (registered, Registration.person_id),
        (dosed, Dose.person_id),
    )
    for query, column in queries:
        asked = query if people is None else query.where(bulk.among(work, column, people))
        for row in work.session.execute(asked):
            found.setdefault(row[0], tuple(row))
    return list(found.values())


def _given(work: Work, people: Sequence[int] | None) -> dict[int, list[Given]]:
    told: tuple[Any, ...] = (Dose.given_on, Dose.product, Dose.lot, Dose.stated)
    query = select(Dose.person_id, *told)
    if people is not None:
        query = query.where(bulk.among(work, Dose.person_id, people))
    found: dict[int, list[Given]] = {}
    for person, *one in work.session.execute(query):
        found.setdefault(person, []).append(Given(*one))
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
