"""What the stations of a session see: who waits where, one person's steps, who rests how long."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, false, func, or_, select

from admin_suite.core.clock import day_shown, here, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, User
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import commune_names
from modules.vaccination.codes import (
    OVER,
    Common,
    Consent,
    Screened,
    SessionState,
    Station,
    Turn,
)
from modules.vaccination.models import Event, Reaction, Session, Vial, Visit
from modules.vaccination.queries.closing import Closing, closing
from modules.vaccination.queries.doses import DoseLine, facts, given, judged, lines_of
from modules.vaccination.queries.regimen import checklist, regimen
from modules.vaccination.queries.stock import VialRow, usable_lots, vials_of
from modules.vaccination.rules.screening import VITALS, Checklist
from modules.vaccination.rules.verdicts import Given, Judged, judge

MINUTE = timedelta(minutes=1)
LATEST = "~~"  # an hour after any other of a day
HAS_BOARD = (Station.ALONE, Station.REST)


class QueueRow(Struct, frozen=True):
    """Somebody who waits at a station; ``missing`` are the steps that were left out."""

    id: int
    person_id: int
    name: str
    dob: str
    turn: Turn
    dose: int
    waiting: int
    missing: tuple[str, ...]
    outside: bool


class RestRow(Struct, frozen=True):
    """Somebody who rests after the injection; ``left`` are the minutes still to come."""

    id: int
    name: str
    injected_at: str
    rest_until: datetime
    left: int
    reactions: tuple[Common, ...]
    severe: bool
    dose_id: int


class Steps(Struct, frozen=True):
    """Everything that the desk shows of one person.

    ``ahead``: what a dose of the session's vaccine would be worth if it were given today; nothing
    once one was.
    """

    visit_id: int
    person_id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    address: str
    turn: Turn
    arrived_at: str
    outside: bool
    sent_by: str
    consent: Consent | None
    consent_at: str
    answers: tuple[str, ...]
    temperature: str
    pulse: int | None
    systolic: int | None
    diastolic: int | None
    respiration: int | None
    findings: tuple[str, ...]
    proposed: Screened | None
    screened: Screened | None
    screened_at: str
    screened_by: str
    reason: str
    defer_until: date | None
    injected_at: str
    left_at: str
    dose_id: int | None
    doses: tuple[DoseLine, ...]
    number: int
    ahead: Judged | None
    form: Checklist


class Desk(Struct, frozen=True):
    """A session as its desk shows it."""

    session_id: int
    place: str
    held_on: date
    product: str
    state: SessionState
    queue: tuple[QueueRow, ...]
    resting: tuple[RestRow, ...]
    vials: tuple[VialRow, ...]
    given: int
    postponed: int
    wasted: int
    invited: int
    closing: Closing | None
    lots: tuple[tuple[int, str], ...]
    lot_id: int


def running_sessions(work: Work, chosen: int = 0) -> list[tuple[int, str]]:
    """The sessions of today that are not closed, with what they are called.

    After them those of other days that still run or have a vial open, and the ``chosen`` one.
    A session that is closed stays while somebody rests after it.
    """
    day, still = work.today(), Session.state.not_in(OVER)
    running = and_(Session.state == SessionState.OPEN, Session.held_on < day)
    open_vials = select(Vial.session_id).where(Vial.closed_at.is_(None))
    wanted = or_(Session.held_on == day, running, Session.id == chosen)
    rests = select(Visit.session_id).where(Visit.turn == Turn.WATCHED)
    watched = and_(Session.held_on == day, Session.id.in_(rests))
    open_still = Session.id.in_(open_vials)
    query = select(Session).where(or_(and_(still, wanted), open_still, watched))
    query = query.order_by(Session.held_on != day, Session.held_on.desc(), Session.starts)
    return [(one.id, _called(one, day)) for one in work.session.scalars(query)]


def _called(one: Session, day: date) -> str:
    when = one.starts if one.held_on == day else f"{day_shown(one.held_on)} {one.starts}"
    return f"{when} {one.place}"


def desk(work: Work, session_id: int, station: Station = Station.ALONE) -> Desk:
    """What a station of a session sees: its own queue, the open vials, the board where it is."""
    session = work.session.get(Session, session_id)
    if session is None:
        raise UserError(_("There is no such session."))
    counted = select(Visit.turn, func.count()).where(Visit.session_id == session_id)
    turns = {row[0]: row[1] for row in work.session.execute(counted.group_by(Visit.turn))}
    dosed = select(func.count()).where(Visit.session_id == session_id, Visit.dose_id.is_not(None))
    vials = vials_of(work, session_id)
    return Desk(
        session.id,
        session.place,
        session.held_on,
        session.product,
        session.state,
        tuple(queue(work, session_id, station)),
        tuple(resting(work, session_id)) if station in HAS_BOARD else (),
        tuple(vials),
        work.session.scalar(dosed) or 0,
        turns.get(Turn.DEFERRED, 0) + turns.get(Turn.CONTRAINDICATED, 0),
        sum(vial.wasted or 0 for vial in vials),
        turns.get(Turn.INVITED, 0),
        closing(work, session_id, vials),
        tuple(usable_lots(work, session.product)),
        session.lot_id or 0,
    )


def queue(work: Work, session_id: int, station: Station = Station.ALONE) -> list[QueueRow]:
    """Who waits at one station or at all of them, the longest first."""
    columns: tuple[Any, ...] = (
        Visit.id,
        Person.id,
        Person.name,
        Person.dob,
        Visit.turn,
        Visit.arrived_at,
        Visit.consent,
        Visit.screened,
        Visit.outside,
    )
    query = select(*columns).join(Person, Person.id == Visit.person_id)
    query = query.where(Visit.session_id == session_id, _waits_at(station))
    rows = work.session.execute(query.order_by(Visit.arrived_at, Visit.id)).all()
    people = {row[1]: row[3] for row in rows}
    doses = lines_of(work, people)
    work.saw(Person.__tablename__, sorted(people))
    found = []
    for row in rows:
        waiting = (work.now() - row[5]) // MINUTE if row[5] else 0
        missing = _missing(row[4], row[6], row[7])
        values: tuple[Any, ...] = (*row[:5], _next(doses.get(row[1], [])), waiting, missing, row[8])
        found.append(QueueRow(*values))
    return found


def _waits_at(station: Station) -> ColumnElement[bool]:
    """Whoever is there waits at exactly one station: the one of the first step that is missing."""
    there, agreed = Visit.turn == Turn.ARRIVED, Visit.consent == Consent.GIVEN
    screened = Visit.turn == Turn.SCREENED
    return {
        Station.ALONE: or_(there, screened),
        Station.RECEPTION: and_(
            there, or_(Visit.consent.is_(None), Visit.consent != Consent.GIVEN)
        ),
        Station.SCREENING: and_(there, agreed),
        Station.INJECTION: screened,
        Station.REST: false(),
    }[station]


def _next(doses: Sequence[DoseLine]) -> int:
    return max((line.number or 0 for line in doses), default=0) + 1


def _missing(turn: Turn, consent: Consent | None, screened: Screened | None) -> tuple[str, ...]:
    """The steps before the one that somebody waits for which nobody has entered."""
    if turn is not Turn.SCREENED:
        return ()
    steps = (("consent", consent is not Consent.GIVEN), ("screening", screened is None))
    return tuple(name for name, is_so in steps if is_so)


def resting(work: Work, session_id: int) -> list[RestRow]:
    """Who rests after the injection, whoever may go first on top."""
    query = (
        select(Visit.id, Person.id, Person.name, Visit.injected_at, Visit.rest_until, Visit.dose_id)
        .join(Person, Person.id == Visit.person_id)
        .where(Visit.session_id == session_id, Visit.turn == Turn.WATCHED)
        .order_by(Visit.rest_until, Visit.id)
    )
    rows = work.session.execute(query).all()
    keys = [row[5] for row in rows if row[5] is not None]
    usual = _usual(work, keys)
    severe = set(
        work.session.scalars(select(Event.dose_id).where(bulk.among(work, Event.dose_id, keys)))
    )
    work.saw(Person.__tablename__, sorted({row[1] for row in rows}))
    found = []
    for key, _person, name, injected, until, dose in rows:
        if injected is not None and until is not None and dose is not None:
            left = max(0, -((work.now() - until) // MINUTE))
            at = stamp(injected)[11:]
            kinds = usual.get(dose, ())
            found.append(RestRow(key, name, at, until, left, kinds, dose in severe, dose))
    return found


def _usual(work: Work, doses: Sequence[int]) -> dict[int, tuple[Common, ...]]:
    query = select(Reaction.dose_id, Reaction.kind).order_by(Reaction.id)
    found: dict[int, tuple[Common, ...]] = {}
    for dose, kind in work.session.execute(query.where(bulk.among(work, Reaction.dose_id, doses))):
        found[dose] = (*found.get(dose, ()), kind)
    return found


def steps(work: Work, visit_id: int) -> Steps:
    """One person's way through the session, with the doses of before."""
    visit = work.session.get(Visit, visit_id)
    if visit is None:
        raise UserError(_("This person is not on the list of a session."))
    person = work.session.get_one(Person, visit.person_id)
    names = commune_names(work)
    doses, ahead = _judged(work, visit, person)
    by = work.session.get(User, visit.screened_by) if visit.screened_by else None
    commune = names(person.commune_code, work.today().isoformat())
    address = whole_address(person.address, commune)
    work.saw(Person.__tablename__, [person.id])
    return Steps(
        visit_id=visit.id,
        person_id=person.id,
        name=person.name,
        dob=person.dob,
        sex=person.sex,
        phone=person.phone,
        id_no=person.id_no,
        address=address,
        turn=visit.turn,
        arrived_at=_clock(visit.arrived_at),
        outside=visit.outside,
        sent_by=visit.sent_by,
        consent=visit.consent,
        consent_at=_clock(visit.consent_at),
        **_examined(visit),
        proposed=visit.proposed,
        screened=visit.screened,
        screened_at=_clock(visit.screened_at),
        screened_by=by.full_name if by else "",
        injected_at=_clock(visit.injected_at),
        left_at=_clock(visit.left_at),
        dose_id=visit.dose_id,
        doses=tuple(doses),
        number=_next(doses),
        ahead=ahead,
        form=checklist(work).value,
    )


def _judged(work: Work, visit: Visit, person: Person) -> tuple[list[DoseLine], Judged | None]:
    """Somebody's doses, and what the one would be worth for which he has come."""
    rules, day = regimen(work), work.today()
    rows = facts(work, [person.id]).get(person.id, [])
    lines = judged(rows, person.dob, day, rules)
    if visit.dose_id is not None:
        return lines, None
    product = work.session.get_one(Session, visit.session_id).product
    coming = Given(day, product, hour=LATEST)
    return lines, judge([*map(given, rows), coming], person.dob, day, rules)[-1]


def _examined(visit: Visit) -> dict[str, Any]:
    """Answers, signs and findings of the screening, and why somebody is not vaccinated."""
    same = (*VITALS, "reason", "defer_until")
    told: dict[str, Any] = {name: getattr(visit, name) for name in same}
    told["answers"] = tuple(visit.answers.split())
    told["findings"] = tuple(visit.findings.split())
    return told


def _clock(moment: datetime | None) -> str:
    return f"{here(moment):%H:%M}" if moment is not None else ""
