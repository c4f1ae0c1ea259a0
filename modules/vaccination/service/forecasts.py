"""Keeping the forecast of people beside the facts that it follows from."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import func, select

from admin_suite.core.clock import here
from admin_suite.core.collector import no_collector
from admin_suite.core.identity import made_after
from admin_suite.db import bulk, settings
from admin_suite.db.work import Work
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from admin_suite.registry.models import Person
from modules.vaccination.codes import Source, Standing, Turn
from modules.vaccination.models import Dose, Forecast, Registration, Session, Visit
from modules.vaccination.queries.doses import deaths
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.due import Forecaster, Hold, Outlook
from modules.vaccination.rules.verdicts import Given

TOLD = (*Outlook._fields, "hold", "hold_until")
FIELDS = ("person_id", *TOLD, "computed_on")
# plain columns: of everybody in a district the ORM would make an object each
R, D, P = Registration.__table__.c, Dose.__table__.c, Person.__table__.c
F = Forecast.__table__.c
KEPT = (F.id, *(F[name] for name in TOLD))
NO_HOLD = (None, None)
EVERYBODY = "vaccination.forecast_on"  # the day on which everybody was forecast
HOLDS = {
    Turn.DEFERRED: Standing.DEFERRED,
    Turn.CONTRAINDICATED: Standing.CONTRAINDICATED,
    Turn.REFUSED: Standing.REFUSED,
    Turn.MOVED: Standing.MOVED,
    Turn.ELSEWHERE: Standing.UNKNOWN_HISTORY,
    Turn.DIED: Standing.DIED,
}
ENDED_BY_A_DOSE = (Turn.REFUSED, Turn.ELSEWHERE)


@no_collector()
def forecast(work: Work, people: Sequence[int] | None = None) -> int:
    """Compute the forecast of these people anew, or of everybody registered; returns how many.

    Only what comes out otherwise than it is kept is written, each row with the day it did.
    """
    work.session.flush()
    bulk.hold(work, Person, people or (), named_elsewhere=True)
    dead = deaths(work)
    given, holds = _given(work, people, dead), _holds(work, people)
    holds |= dict.fromkeys(dead, (Standing.DIED, None))
    day = work.today()
    ahead = Forecaster(regimen(work), day)
    known, changed, gone, same = set[int](), [], [], []
    for row in chain(_registered(work, people), _others(work, given, known)):
        person, born, since, kept = row[:4]
        if person in known:
            continue
        known.add(person)
        told = ahead(given.get(person, ()), born, since) + holds.get(person, NO_HOLD)
        if told == row[4:]:
            same.append(kept)
            continue
        changed.append((person, *told, day))
        if kept is not None:
            gone.append(kept)
    gone += _forgotten(work, people, {*same, *gone})
    if gone:  # all of them, then none is looked for
        everything = people is None and not same
        bulk.drop_derived(work, Forecast, None if everything else gone)
    bulk.put_derived(work, Forecast, FIELDS, changed)
    if people is None and forecast_on(work) != day:
        settings.keep(work, EVERYBODY, day.isoformat())
    return len(known)


def forecast_on(work: Work) -> date | None:
    """The day by whose rules everybody was forecast, none where nobody knows."""
    written = settings.get(work, EVERYBODY)
    return date.fromisoformat(written) if written else None


def merged(work: Work, fact: PeopleMerged | PeopleParted) -> None:
    """Two entries were made one, or parted: what is due to each follows from other doses now."""
    forecast(work, [fact.kept, fact.gone])


def _registered(work: Work, people: Sequence[int] | None) -> Iterable[Sequence[Any]]:
    """Whoever is registered, with birth, the first day we know of, and what is kept of each."""
    query = (
        select(R.person_id, P.dob, R.listed_on, *KEPT)
        .join_from(Registration.__table__, Person.__table__)
        .outerjoin(Forecast.__table__, F.person_id == R.person_id)
        .where(R.voided_at.is_(None), P.voided_at.is_(None))
    )
    if people is not None:
        query = query.where(bulk.among(work, R.person_id, people))
    return work.session.execute(query).all()


def _others(
    work: Work, given: Mapping[int, Sequence[Given]], known: Collection[int]
) -> Iterator[Sequence[Any]]:
    """The same of whoever has a dose and is not among those known by now."""
    keys = sorted(given.keys() - known)
    if not keys:
        return
    query = select(P.id, P.dob, *KEPT).outerjoin_from(
        Person.__table__, Forecast.__table__, F.person_id == P.id
    )
    query = query.where(P.voided_at.is_(None), bulk.among(work, P.id, keys))
    for person, born, *kept in work.session.execute(query):
        yield (person, born, given[person][0].on, *kept)


def _forgotten(work: Work, people: Sequence[int] | None, known: Collection[int]) -> list[int]:
    """The rows kept of whoever is not forecast any more."""
    query, count = select(F.id), select(func.count()).select_from(Forecast.__table__)
    if people is not None:
        among = bulk.among(work, F.person_id, people)
        query, count = query.where(among), count.where(among)
    if work.session.scalar(count) == len(known):
        return []
    return [key for key in work.session.scalars(query) if key not in known]


def _given(
    work: Work, people: Sequence[int] | None, dead: Mapping[int, date | None]
) -> dict[int, list[Given]]:
    query = select(D.person_id, D.given_on, D.product, D.lot, D.stated)
    query = query.where(D.voided_at.is_(None))
    if people is not None:
        query = query.where(bulk.among(work, D.person_id, people))
    found: dict[int, list[Given]] = {}
    for person, day, product, lot, stated in work.session.execute(query).all():
        found.setdefault(person, []).append(Given(day, product, lot, stated))
    for person in dead.keys() & found.keys():
        died = dead[person]
        late = [one._replace(dead=died is not None and died < one.on) for one in found[person]]
        found[person] = late
    return found


def _holds(
    work: Work, people: Sequence[int] | None
) -> dict[int, tuple[Standing | None, date | None]]:
    """Why somebody is not called: what the last session led to that he came to or was asked of.

    A postponement without a day ends with its own: else nobody would ever call him again. What a
    later dose shows to be over counts no more.
    """
    said = (Visit.consent_at, Visit.called_at)
    query = select(Visit.person_id, Visit.turn, Visit.defer_until, Session.held_on, *said)
    query = query.join(Session, Session.id == Visit.session_id)
    query = query.where(Visit.turn.not_in((Turn.INVITED, Turn.NO_SHOW)))
    if people is not None:
        query = query.where(bulk.among(work, Visit.person_id, people))
    last: dict[int, Hold | None] = {}
    waits: dict[int, tuple[Turn, datetime]] = {}
    rows = work.session.execute(query.order_by(Session.held_on, Visit.id))
    for person, turn, until, day, agreed, called in rows:
        standing = HOLDS.get(turn)
        end = day + timedelta(days=1) if turn is Turn.DEFERRED else None
        last[person] = Hold(standing, until or end) if standing is not None else None
        waits.pop(person, None)
        if turn in ENDED_BY_A_DOSE and (moment := agreed or called) is not None:
            waits[person] = turn, moment
    over = _overtaken(work, waits)
    return {
        person: (hold.standing, hold.until)
        for person, hold in last.items()
        if hold and person not in over
    }


def _overtaken(work: Work, waits: Mapping[int, tuple[Turn, datetime]]) -> set[int]:
    """Who was vaccinated after refusing, or whose dose given elsewhere was entered since."""
    if not waits:
        return set()
    query = select(D.person_id, D.given_on, D.source, D.uid).where(D.voided_at.is_(None))
    rows = work.session.execute(query.where(bulk.among(work, D.person_id, list(waits))))
    over = set()
    for person, given_on, source, uid in rows:
        turn, moment = waits[person]
        told = turn is Turn.ELSEWHERE and source is not Source.OWN
        entered = told and made_after(uid, moment)
        if entered or given_on > here(moment).date():
            over.add(person)
    return over
