"""Keeping the forecast of people beside the facts that it follows from."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from admin_suite.core.collector import no_collector
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from admin_suite.registry.models import Person
from modules.vaccination.codes import Standing, Turn
from modules.vaccination.models import Dose, Forecast, Registration, Session, Visit
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.due import Forecaster, Hold, Outlook
from modules.vaccination.rules.verdicts import Given

TOLD = (*Outlook._fields, "hold", "hold_until")
FIELDS = ("person_id", *TOLD, "computed_on")
# plain columns: of everybody in a district the ORM would make an object each
R, D, P = Registration.__table__.c, Dose.__table__.c, Person.__table__.c
F = Forecast.__table__.c
NO_HOLD = (None, None)
HOLDS = {
    Turn.DEFERRED: Standing.DEFERRED,
    Turn.CONTRAINDICATED: Standing.CONTRAINDICATED,
    Turn.REFUSED: Standing.REFUSED,
    Turn.MOVED: Standing.MOVED,
    Turn.ELSEWHERE: Standing.UNKNOWN_HISTORY,
}


@no_collector()
def forecast(work: Work, people: Sequence[int] | None = None) -> int:
    """Compute the forecast of these people anew, or of everybody registered; returns how many.

    Only what comes out otherwise than it is kept is written, each row with the day it did.
    """
    work.session.flush()
    known, kept = _known(work, people), _kept(work, people)
    given, holds = _given(work, people), _holds(work, people)
    day = work.today()
    ahead = Forecaster(regimen(work), day)
    changed, gone, there = [], [], len(kept)
    for person, born, since in known:
        told = (*ahead(given.get(person, ()), born, since), *holds.get(person, NO_HOLD))
        before = kept.pop(person, None)
        if before is None or told != before[2:]:
            changed.append((person, *told, day))
            gone += [before[1]] if before is not None else []
    gone += [row[1] for row in kept.values()]
    if gone:  # all of them, then none is looked for
        everything = people is None and len(gone) == there
        bulk.drop_derived(work, Forecast, None if everything else gone)
    bulk.put_derived(work, Forecast, FIELDS, changed)
    return len(known)


def merged(work: Work, fact: PeopleMerged | PeopleParted) -> None:
    """Two entries were made one, or parted: what is due to each follows from other doses now."""
    forecast(work, [fact.kept, fact.gone])


def _known(work: Work, people: Sequence[int] | None) -> Collection[Row[int, str, date]]:
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
    found: dict[int, Row[int, str, date]] = {}
    for query, column in ((registered, R.person_id), (dosed, D.person_id)):
        asked = query if people is None else query.where(bulk.among(work, column, people))
        for row in work.session.execute(asked).all():
            found.setdefault(row[0], row)
    return found.values()


def _kept(work: Work, people: Sequence[int] | None) -> dict[int, Sequence[Any]]:
    """What is kept of each person, behind whose it is and the row it is kept in."""
    query = select(F.person_id, F.id, *(F[name] for name in TOLD))
    if people is not None:
        query = query.where(bulk.among(work, F.person_id, people))
    return {row[0]: row for row in work.session.execute(query).all()}


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
