"""Questions about people, places and users; answers are plain rows, never live objects."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, select

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine
from admin_suite.db.standing import standing
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.narrowing import only
from admin_suite.excel.sheet import Change
from admin_suite.module import Hit
from admin_suite.registry import search
from admin_suite.registry.cards import read_card
from admin_suite.registry.codes import DobKind, Sex
from admin_suite.registry.models import Commune, Person, Unit, User
from admin_suite.registry.names import fold

PEOPLE_SHEET, PAGE = "registry.people", "registry.person"
FOUND = 20
COUNTRY = re.compile("[A-Z]{2}")
NO_COUNTRY = N_("A nationality is two letters, such as VN, LA or CN.")
NUMBERS = re.compile(r"[A-Za-z]{0,3}\d{5,15}")
PACK = re.compile(r"[\s.\-]")
OWN_PARTS = ("registry_phone", "registry_address", "registry_apart")  # they go with the person


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
    def nationality(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102


class UnitRow(Struct, frozen=True):
    """A unit; ``parent`` is the agency above it, ``place`` where its papers are dated."""

    id: int
    name: str
    parent: str
    place: str
    site: str


class UserRow(Struct, frozen=True):
    """Somebody who works with the program."""

    id: int
    name: str
    full_name: str
    role: str
    active: bool


class CommuneRow(Struct, frozen=True):
    """A commune of the district between two days; ``became`` is the code of what followed."""

    code: str
    kind: str
    name: str
    district: str
    province: str
    valid_from: date
    valid_to: date | None
    became: str


class PersonRow(Struct, frozen=True):
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
    dob_kind: DobKind | None
    old_id_no: str
    passport_no: str
    nationality: str
    ethnic: str
    occupation: str
    workplace: str
    household: str
    uid: str


def wrong_people(work: Work, people: Sequence[Described], field: str = "") -> list[Refusal]:
    """Why each of these people could not be entered; asked by the preview and by the verb."""
    today, wrong = work.today().isoformat(), []
    for at, person in enumerate(people):
        if not person.name:
            wrong.append(Refusal(at, f"{field}name", _("A name is required.")))
        if person.dob > today:
            wrong.append(Refusal(at, f"{field}dob", _("This day is still to come.")))
        if person.nationality and not COUNTRY.fullmatch(person.nationality):
            wrong.append(Refusal(at, f"{field}nationality", _(NO_COUNTRY)))
    return wrong + twice([person.uid for person in people])


def wrong_corrections(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Why each of these people could not be changed so."""
    today, wrong = work.today().isoformat(), []
    for at, change in enumerate(changes):
        if change.fields.get("name", ("", "known"))[1] == "":
            wrong.append(Refusal(at, "name", _("A name is required.")))
        if change.fields.get("dob", ("", ""))[1] > today:
            wrong.append(Refusal(at, "dob", _("This day is still to come.")))
        if not COUNTRY.fullmatch(change.fields.get("nationality", ("", ""))[1] or "VN"):
            wrong.append(Refusal(at, "nationality", _(NO_COUNTRY)))
    return wrong


def needed_people(work: Work, ids: Sequence[int]) -> set[int]:
    """Whom of these anything else names: rows of any module, or a list of people."""
    found = set(standing(work, Person, ids, besides=OWN_PARTS))
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


CommuneNames = Callable[[str, str], str]


def described(work: Work, where: Mapping[str, str]) -> list[int]:
    """The ids of whom these fields tell, in Vietnamese order; nobody has been looked at yet."""
    only(where, PersonRow.__struct_fields__[1:])
    query = select(Person.id).order_by(Person.sorted, Person.dob, Person.id)
    for name, wanted in where.items():
        if name == "name":
            query = query.where(Person.folded == fold(wanted))
        else:
            query = query.where(getattr(Person, name) == _coded(name, wanted.strip()))
    return list(work.session.scalars(query))


def _coded(name: str, wanted: str) -> str | Code:
    kind = {"sex": Sex, "dob_kind": DobKind}.get(name)
    return kind.read(wanted) if kind is not None and wanted else wanted


def people(work: Work) -> list[PersonRow]:
    """Everybody in the register, in Vietnamese order."""
    query = select(*_person_columns()).order_by(Person.sorted, Person.dob, Person.id)
    rows = [PersonRow(*row) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, [row.id for row in rows])
    return rows


def people_of(work: Work, ids: Sequence[int]) -> list[PersonRow]:
    """These people, in the order asked for."""
    found: dict[int, PersonRow] = {}
    for part in bulk.chunks(ids):
        query = select(*_person_columns()).where(Person.id.in_(part))
        found |= {row[0]: PersonRow(*row) for row in work.session.execute(query)}
    work.saw(Person.__tablename__, sorted(found))
    return [found[key] for key in ids if key in found]


def person(work: Work, person_id: int) -> PersonRow:
    """One person; refuses a number that nobody has."""
    query = select(*_person_columns()).where(Person.id == person_id)
    row = work.session.execute(query).one_or_none()
    if row is None:
        raise UserError(_("Nobody has the number {number}.").format(number=person_id))
    work.saw(Person.__tablename__, [person_id])
    return PersonRow(*row)


def _person_columns() -> tuple[Any, ...]:
    return tuple(getattr(Person, name) for name in PersonRow.__struct_fields__)


def find(work: Work, text: str) -> list[Hit]:
    """People by a scanned card, any number of theirs or words of the name, the former ones too."""
    card, plain = read_card(text), text.strip()
    if card is not None:
        rows, certain = search.of_card(work, card, FOUND)
    elif numbers := NUMBERS.fullmatch(PACK.sub("", plain)):
        rows, certain = search.numbered(work, [numbers[0].upper()], FOUND), True
    else:
        rows, certain = search.named(work, plain, FOUND), False
    hits = list(dict.fromkeys(_hits(work, rows)))
    work.saw(Person.__tablename__, [hit.id for hit in hits])
    only_like = card is not None and not certain
    return [replace(hit, exact=certain and len(hits) == 1, suggested=only_like) for hit in hits]


def _hits(work: Work, rows: Sequence[search.Row]) -> Iterator[Hit]:
    """What was found; an entry made one with another opens the other, and says what it was."""
    gone = {row[3] for row in rows if row[3] is not None}
    query = select(Person.id, Person.name, Person.dob).where(Person.id.in_(gone))
    kept = {row[0]: row[1:] for row in work.session.execute(query)} if gone else {}
    for key, name, dob, into in rows:
        if into is None:
            yield Hit(name, shown(dob), PAGE, key)
        elif into in kept:
            known, born = kept[into]
            said = _("{dob}, entered before as {name}").format(dob=shown(born), name=name)
            yield Hit(known, said.removeprefix(", "), PAGE, into)


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


def before_change(communes: Sequence[CommuneRow], today: date) -> date | None:
    """The day before the borders of communes were changed last; None where they never were."""
    ends = [day for one in communes if (day := one.valid_to) and day <= today]
    return max(ends) - timedelta(days=1) if ends else None


def placed_on(work: Work, codes: Sequence[str]) -> str:
    """The day on which all of these communes were there: today, else before the last change."""
    today, every = work.today(), communes(work)
    there = {one.code for one in every if one.valid_to is None or one.valid_to > today}
    before = None if set(codes) <= there else before_change(every, today)
    return (before or today).isoformat()


def commune_names(work: Work) -> CommuneNames:
    """What a commune was called on a day (ISO, or the beginning of a FHIR date-time).

    The same five digits meant a smaller commune before 1 July 2025 and mean a larger one since.
    """
    versions = commune_versions(work)

    @cache
    def name_on(code: str, day: str) -> str:
        begun = [row for row in versions.get(code, ()) if row.valid_from.isoformat() <= day]
        return f"{begun[-1].kind} {begun[-1].name}" if begun else ""

    return name_on


def commune_versions(work: Work) -> dict[str, list[CommuneRow]]:
    """What each commune code has meant, the oldest first."""
    versions: dict[str, list[CommuneRow]] = {}
    for row in communes(work):
        versions.setdefault(row.code, []).append(row)
    return versions


def own_unit(work: Work, *, alone: bool = False) -> UnitRow:
    """The unit that works with this database, held for a verb that is ``alone`` with it.

    Refuses before ``init`` has named it.
    """
    query = _own_unit()
    row = work.session.execute(query.with_for_update() if alone else query).one_or_none()
    if row is None:
        raise UserError(_("This database has no unit yet. Set it up first (command “init”)."))
    return UnitRow(*row)


@cache
def _own_unit() -> Select[int, str, str, str, str]:
    return select(Unit.id, Unit.name, Unit.parent, Unit.place, Unit.site).where(Unit.own == 1)


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
