"""Questions about people, places and users; answers are plain rows, never live objects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, select

from admin_suite.core.clock import here, shown
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Role
from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine
from admin_suite.db.standing import standing
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.sheet import Change
from admin_suite.module import Hit
from admin_suite.registry import search
from admin_suite.registry.cards import Card, read_card
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Commune, Person, Unit, User
from admin_suite.registry.names import fold

ID_DIGITS = 12
PEOPLE_SHEET = "registry.people"
FOUND = 20


class Described(Protocol):
    """What is asked of a person before it is stored."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dob(self) -> str: ...  # noqa: D102
    @property
    def id_no(self) -> str: ...  # noqa: D102
    @property
    def phone(self) -> str: ...  # noqa: D102
    @property
    def commune_code(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class UnitRow:
    """A unit; ``parent`` is the agency above it, ``place`` where its papers are dated."""

    id: int
    name: str
    parent: str
    place: str
    site: str


@dataclass(frozen=True)
class UserRow:
    """Somebody who works with the program."""

    id: int
    name: str
    full_name: str
    role: Role
    active: bool


@dataclass(frozen=True)
class CommuneRow:
    """A commune of the district between two days; ``became`` is the code of what followed."""

    code: str
    kind: str
    name: str
    district: str
    province: str
    valid_from: date
    valid_to: date | None
    became: str


@dataclass(frozen=True)
class PersonRow:
    """One person, field by field as exports carry them."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    address: str
    insurance_no: str
    uid: str


def wrong_people(work: Work, people: Sequence[Described], field: str = "") -> list[Refusal]:
    """Why each of these people could not be entered; asked by the preview and by the verb."""
    today, wrong = here(work.now()).date().isoformat(), []
    for at, person in enumerate(people):
        if not person.name:
            wrong.append(Refusal(at, f"{field}name", _("A name is required.")))
        if person.dob > today:
            wrong.append(Refusal(at, f"{field}dob", _("This day is still to come.")))
    return wrong + twice([person.uid for person in people])


def wrong_corrections(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Why each of these people could not be changed so."""
    today, wrong = here(work.now()).date().isoformat(), []
    for at, change in enumerate(changes):
        if change.fields.get("name", ("", "known"))[1] == "":
            wrong.append(Refusal(at, "name", _("A name is required.")))
        if change.fields.get("dob", ("", ""))[1] > today:
            wrong.append(Refusal(at, "dob", _("This day is still to come.")))
    return wrong


def needed_people(work: Work, ids: Sequence[int]) -> set[int]:
    """Whom of these anything else names: rows of any module, or a list of people."""
    found = set(standing(work, Person, ids))
    query = (
        select(ImportLine.record_id)
        .join(Import, Import.id == ImportLine.import_id)
        .where(
            Import.sheet == PEOPLE_SHEET, Import.taken_back_at.is_(None), ImportLine.gone.is_(False)
        )
    )
    for part in bulk.chunks(ids):
        found |= set(work.session.scalars(query.where(ImportLine.record_id.in_(part))))
    return found


def brought(work: Work, ids: Sequence[int]) -> list[int]:
    """Who of these is in the register only because of an import that was taken back."""
    query = select(Person.id).join(Import, Import.id == Person.import_id)
    query = query.where(Import.taken_back_at.is_not(None))
    parts = bulk.chunks(ids)
    return [key for p in parts for key in work.session.scalars(query.where(Person.id.in_(p)))]


Namesakes = dict[str, list[tuple[int, str, str, str, str, str]]]


def namesakes(work: Work, people: Sequence[Described]) -> Namesakes:
    """Who is in the register under one of these folded names, with what tells people apart."""
    columns = (
        Person.id,
        Person.folded,
        Person.dob,
        Person.id_no,
        Person.phone,
        Person.commune_code,
    )
    alike: Namesakes = {}
    for part in bulk.chunks(list(dict.fromkeys(fold(person.name) for person in people))):
        for row in work.session.execute(select(*columns).where(Person.folded.in_(part))):
            alike.setdefault(row[1], []).append(tuple(row))  # type: ignore[arg-type]
    return alike


def known_people(people: Sequence[Described], alike: Namesakes) -> list[int | None]:
    """Who of these is among their namesakes.

    The same citizen number and name, or the same name and date of birth with a telephone or a
    commune in common and no number against it. Whoever is only alike stays two people: merging
    is a person's decision.
    """
    return [
        next((row[0] for row in alike.get(fold(person.name), ()) if _same(row, person)), None)
        for person in people
    ]


def _same(row: tuple[int, str, str, str, str, str], person: Described) -> bool:
    _id, _folded, dob, id_no, phone, commune = row
    if id_no and person.id_no:
        return id_no == person.id_no and (dob[:4] == person.dob[:4] or not (dob and person.dob))
    if dob != person.dob or not dob:
        return False
    return bool(phone and phone == person.phone) or (
        commune == person.commune_code and not (phone and person.phone)
    )


def people(work: Work, _where: object = None) -> list[PersonRow]:
    """Everybody in the register, in Vietnamese order."""
    query = select(*_person_columns()).order_by(Person.sorted, Person.dob, Person.id)
    rows = [PersonRow(*row) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, [row.id for row in rows])
    return rows


def person(work: Work, person_id: int) -> PersonRow:
    """One person; refuses a number that nobody has."""
    query = select(*_person_columns()).where(Person.id == person_id)
    row = work.session.execute(query).one_or_none()
    if row is None:
        raise UserError(_("Nobody has the number {number}.").format(number=person_id))
    work.saw(Person.__tablename__, [person_id])
    return PersonRow(*row)


def _person_columns() -> tuple[Any, ...]:
    return tuple(getattr(Person, field.name) for field in fields(PersonRow))


def find(work: Work, text: str) -> list[Hit]:
    """People by a scanned card, a citizen number, a telephone or words of the name."""
    card, plain = read_card(text), text.strip()
    if card is None and not plain.isdecimal():
        rows, certain = search.named(work, plain, FOUND), False
    else:
        clause, certain = _of_card(card) if card else (_of_number(plain), True)
        query = select(Person.id, Person.name, Person.dob).limit(FOUND).order_by(Person.folded)
        rows = [(row[0], row[1], row[2]) for row in work.session.execute(query.where(clause))]
    work.saw(Person.__tablename__, [row[0] for row in rows])
    exact = certain and len(rows) == 1
    return [Hit(name, shown(dob), "registry.person", key, exact) for key, name, dob in rows]


def _of_number(digits: str) -> ColumnElement[bool]:
    return (Person.id_no if len(digits) == ID_DIGITS else Person.phone) == digits


def _of_card(card: Card) -> tuple[ColumnElement[bool], bool]:
    """By its number; by name and birth where it has none or only a masked one."""
    if card.id_no:
        return Person.id_no.in_([card.id_no, card.old_id_no or card.id_no]), True
    alike = (Person.folded == fold(card.name)) & Person.dob.startswith(card.dob, autoescape=True)
    if card.insurance_no:
        return (Person.insurance_no == card.insurance_no) | alike, False
    return alike, False


def communes(work: Work) -> list[CommuneRow]:
    """Every commune of the district, with the days between which it had these borders."""
    query = select(
        Commune.code,
        Commune.kind,
        Commune.name,
        Commune.district,
        Commune.province,
        Commune.valid_from,
        Commune.valid_to,
        Commune.became,
    ).order_by(Commune.valid_from, Commune.code)
    return [CommuneRow(*row) for row in work.session.execute(query)]


def commune_names(work: Work) -> Callable[[str, str], str]:
    """What a commune was called on a day (ISO, or the beginning of a FHIR date-time).

    The same five digits meant a smaller commune before 1 July 2025 and mean a larger one since.
    """
    versions: dict[str, list[tuple[str, str]]] = {}
    for row in communes(work):
        name = f"{row.kind} {row.name}"
        versions.setdefault(row.code, []).append((row.valid_from.isoformat(), name))

    @cache
    def name_on(code: str, day: str) -> str:
        begun = [name for since, name in versions.get(code, ()) if since <= day]
        return begun[-1] if begun else ""

    return name_on


def own_unit(work: Work) -> UnitRow:
    """The unit that works with this database; refuses before ``init`` has named it."""
    query = select(Unit.id, Unit.name, Unit.parent, Unit.place, Unit.site).where(Unit.own == 1)
    row = work.session.execute(query).one_or_none()
    if row is None:
        raise UserError(_("This database has no unit yet. Set it up first (command “init”)."))
    return UnitRow(*row)


def units(work: Work) -> list[UnitRow]:
    """Every unit known, by name."""
    query = select(Unit.id, Unit.name, Unit.parent, Unit.place, Unit.site).order_by(Unit.folded)
    return [UnitRow(*row) for row in work.session.execute(query)]


def unit_named(work: Work, name: str) -> UnitRow | None:
    """The unit of that name, whatever its capitals and marks."""
    return next((row for row in units(work) if fold(row.name) == fold(name)), None)


def users(work: Work) -> list[UserRow]:
    """Everybody who works with the program, by name."""
    query = select(User.id, User.name, User.full_name, User.role, User.active).order_by(User.name)
    return [UserRow(*row) for row in work.session.execute(query)]


def user_named(work: Work, name: str) -> UserRow:
    """The user of that name; an unknown one is refused."""
    found = next((row for row in users(work) if row.name == name.strip()), None)
    if found is None:
        said = _("There is no user “{name}”. “users list” names them.")
        raise UserError(said.format(name=name))
    return found


def names_of(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """The full names of users."""
    query = select(User.id, User.full_name).where(User.id.in_(set(ids)))
    return {row[0]: row[1] for row in work.session.execute(query)}
