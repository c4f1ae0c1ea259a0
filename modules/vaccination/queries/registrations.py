"""Who is registered, with doses, state and what stops the match with the national platform."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, Select, and_, or_, select

from admin_suite.core.clock import shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk, paging
from admin_suite.db.paging import Ordered, Place, Places
from admin_suite.db.work import Work
from admin_suite.registry.areas import Area, areas
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold
from modules.vaccination.codes import Match, Standing, Verdict
from modules.vaccination.models import Dose, Forecast, Registration
from modules.vaccination.queries.doses import DoseLine, Told, facts, judged
from modules.vaccination.queries.due import condition, standings_of
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.matching import match

PORTION = 20_000  # people whose doses are judged at once


class RegistrationView(Struct, frozen=True):
    """Which registrations a list shows; ``filters`` are texts by field."""

    filters: Mapping[str, str] = field(default_factory=dict)
    standings: tuple[Standing, ...] = ()
    descending: bool = False


class _Told(Struct, frozen=True):
    """What the dose of a number says, as a field of the row; empty if there is none."""

    n: int
    part: str

    def __get__(self, row: "RegistrationRow | None", _kind: type) -> str:
        for dose, place in zip(row.doses, row.places, strict=True) if row is not None else ():
            if dose.number == self.n and dose.verdict is not Verdict.DUPLICATE:
                return place if self.part == "place" else str(getattr(dose, self.part))
        return ""


class RegistrationRow(Struct, frozen=True):
    """One registration with its person, field by field as lists and exports carry it."""

    id: int
    person_id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    district: str
    district_code: str
    province: str
    province_code: str
    address: str
    insurance_no: str
    nationality: str
    ethnic: str
    occupation: str
    workplace: str
    priority_group: int | None
    doses: tuple[Told, ...]
    places: tuple[str, ...]  # of the doses
    match: Match | None
    standing: Standing | None
    due_on: str
    wanted_on: str
    sender: str
    note: str
    row: int
    uid: str

    product1, on1 = _Told(1, "product"), _Told(1, "on")
    lot1, place1 = _Told(1, "lot"), _Told(1, "place")
    product2, on2 = _Told(2, "product"), _Told(2, "on")
    lot2, place2 = _Told(2, "lot"), _Told(2, "place")
    product3, on3 = _Told(3, "product"), _Told(3, "on")
    lot3, place3 = _Told(3, "lot"), _Told(3, "place")
    product4, on4 = _Told(4, "product"), _Told(4, "on")
    lot4, place4 = _Told(4, "lot"), _Told(4, "place")
    product5, on5 = _Told(5, "product"), _Told(5, "on")
    lot5, place5 = _Told(5, "lot"), _Told(5, "place")


COLUMNS: tuple[Any, ...] = (
    Registration.id,
    Person.id,
    Person.name,
    Person.dob,
    Person.sex,
    Person.phone,
    Person.id_no,
    Person.commune_code,
    Person.address,
    Person.insurance_no,
    Person.nationality,
    Person.ethnic,
    Person.occupation,
    Person.workplace,
    Registration.priority_group,
    Registration.wanted_on,
    Unit.name,
    Registration.note,
    Registration.row,
    Registration.uid,
    Registration.listed_on,
)


def told(doses: Sequence[Told]) -> str:
    """The doses of somebody as one text of a workbook."""
    said = _("{n}: {product} {day} {lot} ({verdict})")
    return "; ".join(
        " ".join(
            said.format(
                n=one.number or "–",  # noqa: RUF001
                product=one.product,
                day=shown(one.on),
                lot=one.lot,
                verdict=one.verdict.word,
            ).split()
        )
        for one in doses
    )


def rows(work: Work, where: Mapping[str, str] | None = None) -> list[RegistrationRow]:
    """Everybody registered, in the order in which the lists came."""
    view = RegistrationView(dict(where or {}))
    found: list[RegistrationRow] = []
    for part in bulk.chunks(list(paging.keys(work, _ordered(work, view)))):
        found += registration_rows(work, part)
    return found


def first_rows(work: Work, most: int) -> list[RegistrationRow]:
    """A few registrations, for a preview."""
    query = select(Registration.id).order_by(Registration.id).limit(most)
    return registration_rows(work, list(work.session.scalars(query)))


def registration_page(
    work: Work, view: RegistrationView, start: Place | None = None
) -> list[RegistrationRow]:
    """The page of a view that begins at a place; without one, its first page."""
    return registration_rows(work, paging.page(work, _ordered(work, view), start))


def registration_places(work: Work, view: RegistrationView) -> Places:
    """How many a view shows, and where its pages begin."""
    return paging.places(work, _ordered(work, view))


def registration_rows(work: Work, keys: Sequence[int]) -> list[RegistrationRow]:
    """These registrations, in the order asked for."""
    query = _joined(select(*COLUMNS)).where(bulk.among(work, Registration.id, keys))
    there = {row[0]: row for row in work.session.execute(query)}
    people = {row[1]: row[3] for row in there.values()}
    rules, day = regimen(work), work.today()
    doses = facts(work, list(people))
    states, area = standings_of(work, list(people)), areas(work)
    work.saw(Person.__tablename__, sorted(people))
    made = []
    for row in (there[key] for key in keys if key in there):
        lines = judged(doses.get(row[1], ()), row[3], day, rules)
        where = area(row[7], row[20].isoformat())
        made.append(_row(row, lines, states.get(row[1]), where))
    return made


def registration_of(work: Work, person_id: int) -> RegistrationRow | None:
    """The registration of somebody, if there is one."""
    query = select(Registration.id).where(Registration.person_id == person_id)
    keys = list(work.session.scalars(query.order_by(Registration.id).limit(1)))
    return next(iter(registration_rows(work, keys)), None)


def _row(
    row: Any,
    lines: Sequence[DoseLine],
    state: tuple[Standing, date | None] | None,
    where: Area,
) -> RegistrationRow:
    values: tuple[Any, ...] = (
        *row[:8],
        *where,
        *row[8:15],
        tuple(line.told() for line in lines),
        tuple(line.place for line in lines),
        match(row[6], row[3], row[4], foreign=bool(row[10])),
        state[0] if state else None,
        state[1].isoformat() if state and state[1] else "",
        *row[15:20],
    )
    return RegistrationRow(*values)


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(Person, Person.id == Registration.person_id).join(
        Unit, Unit.id == Registration.sender_id
    )


def _ordered(work: Work, view: RegistrationView) -> Ordered:
    query = select(Registration.id).join(Person, Person.id == Registration.person_id)
    if view.filters.get("sender", "").strip():
        query = query.join(Unit, Unit.id == Registration.sender_id)
    for name, text in view.filters.items():
        if name not in FILTERS:
            raise UserError(_("There is no filter “{name}”.").format(name=name))
        if text.strip():
            query = query.where(FILTERS[name](text.strip()))
    if view.standings:
        day = work.today()
        here = select(Forecast.id).where(  # asked one by one: a page soon has its lines
            Forecast.person_id == Registration.person_id,
            or_(*(condition(kind, day) for kind in view.standings)),
        )
        query = query.where(here.exists())
    return Ordered(query, (Registration.id,), view.descending)


def _numbers(text: str) -> ColumnElement[bool]:
    numbers = [int(part) for part in text.replace(",", " ").split() if part.isdecimal()]
    return Registration.priority_group.in_(numbers)


def _given(column: Any) -> Callable[[str], ColumnElement[bool]]:
    def has(text: str) -> ColumnElement[bool]:
        return Registration.person_id.in_(select(Dose.person_id).where(column == text))

    return has


def _starts(column: Any) -> Callable[[str], ColumnElement[bool]]:
    def begins(text: str) -> ColumnElement[bool]:
        found: ColumnElement[bool] = column.startswith(text, autoescape=True)
        return found

    return begins


FILTERS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "name": lambda text: and_(*(Person.folded.contains(w) for w in fold(text).split())),
    "dob": _starts(Person.dob),
    "phone": _starts(Person.phone),
    "id_no": _starts(Person.id_no),
    "commune_code": lambda text: Person.commune_code.in_(text.split()),
    "priority_group": _numbers,
    "sender": lambda text: and_(*(Unit.folded.contains(w) for w in fold(text).split())),
    "product": _given(Dose.product),
    "lot": _given(Dose.lot),
    "sex": lambda text: Person.sex == Sex.read(text),
}
