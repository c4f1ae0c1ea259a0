"""Who is due, overdue, waits or is complete, by the forecast that stands with each person."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk, paging
from admin_suite.db.paging import Ordered, Place, Places
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from admin_suite.registry.queries import commune_names
from modules.vaccination.codes import Standing
from modules.vaccination.models import Forecast, Registration
from modules.vaccination.rules.due import Hold, Outlook, standing

HELD = (
    Standing.DEFERRED,
    Standing.CONTRAINDICATED,
    Standing.REFUSED,
    Standing.MOVED,
    Standing.DIED,
    Standing.UNKNOWN_HISTORY,
)


class DueView(Struct, frozen=True):
    """Which people the list shows; ``standings`` none: whoever is due or overdue."""

    standings: tuple[Standing, ...] = (Standing.DUE, Standing.OVERDUE)
    filters: Mapping[str, str] = field(default_factory=dict)


class DueRow(Struct, frozen=True):
    """One person of the list of what is due."""

    id: int
    person_id: int
    name: str
    dob: str
    phone: str
    commune: str
    address: str
    number: int
    due_on: date | None
    product: str
    given: int
    standing: Standing


def condition(kind: Standing, day: date) -> ColumnElement[bool]:
    """What the kept days say of whoever stands so on a day."""
    f = Forecast
    held = and_(f.hold.is_not(None), or_(f.hold_until.is_(None), f.hold_until > day))
    if kind is Standing.COMPLETE:
        return f.due_on.is_(None)
    if kind in HELD:
        return and_(f.due_on.is_not(None), f.hold == kind, held)
    free = or_(f.hold.is_(None), f.hold_until <= day)
    late = and_(f.overdue_on.is_not(None), f.overdue_on < day)
    ways = {
        Standing.NOT_YET: f.due_on > day,
        Standing.DUE: and_(f.due_on <= day, or_(f.overdue_on.is_(None), f.overdue_on >= day)),
        Standing.OVERDUE: and_(f.due_on <= day, late),
    }
    return and_(free, ways[kind])


def due_page(work: Work, view: DueView, start: Place | None = None) -> list[DueRow]:
    """The page of the list that begins at a place; without one, its first page."""
    return due_rows(work, paging.page(work, _ordered(work, view), start))


def due_places(work: Work, view: DueView) -> Places:
    """How long the list is, and where its pages begin."""
    return paging.places(work, _ordered(work, view))


def due_keys(work: Work, view: DueView) -> list[int]:
    """The people of a view, the longest due first."""
    keys = paging.keys(work, _ordered(work, view))
    query = select(Forecast.id, Forecast.person_id).where(bulk.among(work, Forecast.id, keys))
    people = {row[0]: row[1] for row in work.session.execute(query)}
    return [people[key] for key in keys]


def due_rows(work: Work, keys: Sequence[int]) -> list[DueRow]:
    """These lines of the list, in the order asked for."""
    f = Forecast
    columns: tuple[Any, ...] = (
        f.id,
        f.person_id,
        Person.name,
        Person.dob,
        Person.phone,
        Person.commune_code,
        Person.address,
        f.number,
        f.due_on,
        f.product,
        f.given,
        f.overdue_on,
        f.hold,
        f.hold_until,
    )
    query = select(*columns).join(Person, Person.id == f.person_id)
    day, names = work.today(), commune_names(work)
    found = {}
    for row in work.session.execute(query.where(bulk.among(work, f.id, keys))):
        commune = names(row[5], day.isoformat())
        state = standing(
            Outlook(row[7], row[8], row[11]), Hold(row[12], row[13]) if row[12] else None, day
        )
        values: tuple[Any, ...] = (*row[:5], commune, *row[6:11], state)
        found[row[0]] = DueRow(*values)
    work.saw(Person.__tablename__, sorted(row.person_id for row in found.values()))
    return [found[key] for key in keys if key in found]


def due_counts(work: Work) -> dict[Standing, int]:
    """How many stand where today."""
    day = work.today()
    parts = [func.sum(_one(condition(kind, day))) for kind in Standing]
    row = work.session.execute(select(*parts)).one()
    return {kind: n or 0 for kind, n in zip(Standing, row, strict=True)}


def _one(clause: ColumnElement[bool]) -> Any:
    return case((clause, 1), else_=0)


def standings_of(work: Work, people: Sequence[int]) -> dict[int, tuple[Standing, date | None]]:
    """Where each of these people stands today, and from when the next dose is due."""
    f, day = Forecast, work.today()
    query = select(f.person_id, f.number, f.due_on, f.overdue_on, f.hold, f.hold_until)
    query = query.where(bulk.among(work, f.person_id, people)).order_by(f.id.desc())
    found = {}
    for person, number, due, overdue, hold, until in work.session.execute(query):
        outlook, held = Outlook(number, due, overdue), Hold(hold, until) if hold else None
        found[person] = (standing(outlook, held, day), due)
    return found


def _ordered(work: Work, view: DueView) -> Ordered:
    day = work.today()
    kinds = view.standings or tuple(Standing)
    query = select(Forecast.id).where(or_(*(condition(kind, day) for kind in kinds)))
    if view.filters:
        query = _filtered(query.join(Person, Person.id == Forecast.person_id), view.filters)
    return Ordered(query, (Forecast.due_on, Forecast.id))


def _filtered(query: Select[Any], filters: Mapping[str, str]) -> Select[Any]:
    for name, text in filters.items():
        if name not in FILTERS:
            raise UserError(_("There is no filter “{name}”.").format(name=name))
        if text.strip():
            query = query.where(FILTERS[name](text.strip()))
    return query


def _in_group(text: str) -> ColumnElement[bool]:
    numbers = [int(part) for part in text.replace(",", " ").split() if part.isdecimal()]
    people = select(Registration.person_id).where(Registration.priority_group.in_(numbers))
    return Forecast.person_id.in_(people)


FILTERS = {
    "name": lambda text: and_(*(Person.folded.contains(w) for w in fold(text).split())),
    "phone": lambda text: Person.phone.startswith(text, autoescape=True),
    "dob": lambda text: Person.dob.startswith(text, autoescape=True),
    "commune_code": lambda text: Person.commune_code.in_(text.split()),
    "address": lambda text: Person.address.contains(text, autoescape=True),
    "product": lambda text: Forecast.product == text,
    "number": lambda text: Forecast.number == int(text) if text.isdecimal() else False,
    "priority_group": _in_group,
}
