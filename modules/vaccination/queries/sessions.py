"""Sessions, their lists, and whom to invite."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, String, case, func, or_, select

from admin_suite.core.clock import day_shown
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.queries import commune_names
from modules.vaccination.codes import OVER, Call, SessionState, Standing, Turn
from modules.vaccination.models import Forecast, Registration, Session, Visit
from modules.vaccination.queries.due import condition
from modules.vaccination.queries.regimen import AGES, UPPER_AGES, products
from modules.vaccination.rules.regimen import months_later, on_day
from modules.vaccination.rules.vials import vials_needed

MONTH = 7  # letters of a birth known to the month
AWAY = (Turn.NO_SHOW, Turn.REFUSED, Turn.MOVED, Turn.ELSEWHERE, Turn.DIED)


class SessionRow(Struct, frozen=True):
    """One session with its numbers; ``vials`` are those to take out for who is expected."""

    id: int
    held_on: date
    starts: str
    ends: str
    place: str
    team: str
    capacity: int
    product: str
    groups: str
    round: str
    state: SessionState
    invited: int
    given: int
    missing: int
    outside: int
    vials: int


class InvitedRow(Struct, frozen=True):
    """One person on the list of a session."""

    id: int
    person_id: int
    name: str
    dob: str
    phone: str
    commune: str
    address: str
    slot: str
    turn: Turn
    call: Call | None
    outside: bool
    sent_by: str
    dose_id: int | None


def sessions(work: Work) -> list[SessionRow]:
    """Every session, the latest first."""
    by, away = Visit.session_id, Visit.turn.in_(AWAY)
    counted = (
        select(
            by.label("session_id"),
            func.count().label("invited"),
            func.count(Visit.dose_id).label("given"),
            func.sum(case((away, 1), else_=0)).label("missing"),
            func.sum(case((Visit.outside, 1), else_=0)).label("outside"),
        )
        .group_by(by)
        .subquery()
    )
    c = counted.c
    query = select(Session, c.invited, c.given, c.missing, c.outside)
    query = query.outerjoin(counted, c.session_id == Session.id)
    per_vial = {code: one.vial or 1 for code, one in products(work).items()}
    rows = work.session.execute(query.order_by(Session.held_on.desc(), Session.starts, Session.id))
    return [
        SessionRow(
            one.id,
            one.held_on,
            one.starts,
            one.ends,
            one.place,
            one.team,
            one.capacity,
            one.product,
            one.groups,
            one.round,
            one.state,
            invited or 0,
            given or 0,
            missing or 0,
            outside or 0,
            vials_needed(_expected_at(one, invited, missing), per_vial.get(one.product, 1)),
        )
        for one, invited, given, missing, outside in rows
    ]


def _expected_at(one: Session, invited: int | None, missing: int | None) -> int:
    """For how many vials are taken out: who is invited and does not stay away; before, for all."""
    if one.state is SessionState.CANCELLED:
        return 0
    return invited - (missing or 0) if invited else one.capacity


def session_choices(work: Work) -> list[tuple[str, str]]:
    """The sessions as a form offers them."""
    return [(str(one.id), _line(one)) for one in sessions(work)]


def invited_to(work: Work, session_id: int) -> list[InvitedRow]:
    """The list of a session by hamlet, as whoever calls people wants it."""
    columns: tuple[Any, ...] = (
        Visit.id,
        Person.id,
        Person.name,
        Person.dob,
        Person.phone,
        Person.commune_code,
        Person.address,
        Visit.slot,
        Visit.turn,
        Visit.call,
        Visit.outside,
        Visit.sent_by,
        Visit.dose_id,
    )
    query = select(*columns).join(Person, Person.id == Visit.person_id)
    query = query.where(Visit.session_id == session_id)
    query = query.order_by(Person.commune_code, Person.address, Person.sorted, Visit.id)
    names, day = commune_names(work), work.today().isoformat()
    found = []
    for row in work.session.execute(query):
        values: Sequence[Any] = (*row[:5], names(row[5], day), *row[6:])
        found.append(InvitedRow(*values))
    work.saw(Person.__tablename__, sorted({row.person_id for row in found}))
    return found


def proposed(
    work: Work, session_id: int, communes: Sequence[str] = (), most: int | None = None
) -> list[int]:
    """Who could be invited: due for this product, of the groups of the session, the late first.

    Whoever is expected at another session that is still to come is not asked twice, and whoever is
    surely too young or too old for the product is not asked.
    """
    session = work.session.get_one(Session, session_id)
    day = max(session.held_on, work.today())
    f = Forecast
    due = or_(*(condition(kind, day) for kind in (Standing.DUE, Standing.OVERDUE)))
    query = select(f.person_id).where(due).where(or_(f.product == session.product, f.product == ""))
    on_list = select(Visit.person_id).where(Visit.session_id == session_id)
    query = query.where(f.person_id.not_in(on_list), f.person_id.not_in(_expected(work)))
    age = on_day(AGES.versions(work, session.product), day)
    if age is not None:
        grown = select(Person.id).where(_born_by(day, age.value.years))
        query = query.where(f.person_id.in_(grown))
    upper = on_day(UPPER_AGES.versions(work, session.product), day)
    if upper is not None:
        query = query.where(f.person_id.not_in(_surely_over(day, upper.value.years)))
    groups = [int(part) for part in session.groups.split() if part.isdecimal()]
    if groups:
        chosen = select(Registration.person_id).where(Registration.priority_group.in_(groups))
        query = query.where(f.person_id.in_(chosen))
    if communes:
        there = select(Person.id).where(Person.commune_code.in_(communes))
        query = query.where(f.person_id.in_(there))
    return list(work.session.scalars(query.order_by(f.due_on, f.id).limit(most)))


def _born_by(day: date, years: int) -> ColumnElement[bool]:
    """Whose birth, as far as it is known, may be so many years before a day.

    Without its hyphens a birth told only in part stands before every day of that part.
    """
    latest = months_later(day, -12 * years)
    last = monthrange(day.year, day.month)[1] == day.day  # then 29 February is over too
    limit = f"{latest:%Y%m}31" if last else f"{latest:%Y%m%d}"
    return func.replace(Person.dob, "-", "") <= limit


def _surely_over(day: date, years: int) -> Select[Any]:
    """Who has more full years on a day, even if born at the end of what is known of a birth."""
    latest = months_later(day, -12 * (years + 1))
    last = monthrange(day.year, day.month)[1] == day.day  # then 29 February is over too
    limit = f"{latest:%Y%m}31" if last else f"{latest:%Y%m%d}"
    bare = func.replace(Person.dob, "-", "", type_=String)
    whole = func.substr(bare + "1231", 1, len(limit))
    born = case((func.length(Person.dob) == MONTH, bare + "31"), else_=whole)
    return select(Person.id).where(Person.dob != "", born <= limit)


def _expected(work: Work) -> Select[Any]:
    """Who is expected at a session that is still to come."""
    query = select(Visit.person_id).join(Session, Session.id == Visit.session_id)
    coming = Session.held_on >= work.today(), Session.state.not_in(OVER)
    return query.where(Visit.turn == Turn.INVITED, *coming)


def session_line(work: Work, session_id: int) -> str:
    """A session in one line: place, day, hours, vaccine."""
    return _line(work.session.get_one(Session, session_id))


def _line(one: Session | SessionRow) -> str:
    hours = f"{one.starts} - {one.ends}"
    return ", ".join((one.place, day_shown(one.held_on), hours, one.product))
