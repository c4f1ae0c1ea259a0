"""What pages ask of people: the list in its order, page by page, and one person's whole card."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, Select, func, select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk, paging
from admin_suite.db.origin import Import
from admin_suite.db.paging import Ordered, Place, Places
from admin_suite.db.work import Work
from admin_suite.registry.codes import Consent, DobKind, Relation, Sex
from admin_suite.registry.entries import kept_as
from admin_suite.registry.merging import ALONE, TOGETHER
from admin_suite.registry.models import WORDS, Address, Merge, Person, Phone
from admin_suite.registry.names import fold
from admin_suite.registry.phones import NewPhone, written
from admin_suite.registry.queries import (
    PACK,
    CommuneNames,
    PersonRow,
    commune_names,
    names_of,
)
from admin_suite.registry.search import LAST


class PeopleView(Struct, frozen=True):
    """Which people a list shows; ``filters`` are texts by field: name, phone, id_no, ..."""

    filters: Mapping[str, str] = field(default_factory=dict)
    descending: bool = False


class PersonLine(Struct, frozen=True):
    """One line of the list of people; ``commune`` as it was called when it was written."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    address: str


class FormerAddress(Struct, frozen=True):
    """Where somebody lived before."""

    address: str
    commune: str
    since: str
    until: str


class MergeRow(Struct, frozen=True):
    """Two entries made one: when, by whom and why; ``differs`` says what the other entry said.

    ``differs`` is by field what was kept and what was not.
    """

    number: int
    kept_id: int
    gone_id: int
    kept: str
    gone: str
    reason: str
    at: str
    by: str
    differs: Mapping[str, tuple[str, str]]


class PersonCard(Struct, frozen=True):
    """All the register knows of one person. ``person`` is what exports carry, field by field."""

    person: PersonRow
    dob_kind: DobKind | None
    commune: str
    address_on: str
    phones: tuple[NewPhone, ...]
    former_addresses: tuple[FormerAddress, ...]
    guardian_id: int | None
    guardian: str
    guardian_relation: Relation | None
    wards: tuple[tuple[int, str], ...]
    phone_consent: Consent | None
    consent_on: date | None
    household: tuple[tuple[int, str], ...]
    merges: tuple[MergeRow, ...]


# -- the list -------------------------------------------------------------------------------------


def people_keys(work: Work, view: PeopleView) -> "array[int]":
    """The ids of everybody a view shows, in the order of names."""
    return paging.keys(work, _ordered(view))


def people_page(work: Work, view: PeopleView, start: Place | None = None) -> list[PersonLine]:
    """The page of a view that begins at a place; without one, its first page."""
    return people_lines(work, paging.page(work, _ordered(view), start))


def people_places(work: Work, view: PeopleView) -> Places:
    """How many a view shows, and where its pages begin."""
    return paging.places(work, _ordered(view))


def _ordered(view: PeopleView) -> Ordered:
    query = _wanted(select(Person.id), view)
    return Ordered(query, (Person.sorted, Person.id), view.descending)


def people_lines(work: Work, ids: Sequence[int]) -> list[PersonLine]:
    """These people, in the order asked for."""
    rows = [
        row
        for part in bulk.chunks(ids)
        for row in work.session.execute(_line().where(Person.id.in_(part)))
    ]
    found = {line.id: line for line in _lines(work, rows)}
    return [found[key] for key in ids if key in found]


LINE = ("id", "name", "dob", "sex", "phone", "id_no", "commune_code", "address")


def _line() -> Select[Any]:
    return select(*(getattr(Person, n) for n in LINE), Person.address_on)


def _lines(work: Work, rows: Sequence[Any]) -> list[PersonLine]:
    names, today = commune_names(work), work.today().isoformat()
    work.saw(Person.__tablename__, sorted(row[0] for row in rows))
    lines = []
    for row in rows:
        commune = names(row.commune_code, row.address_on or today)
        values: tuple[Any, ...] = (*row[:7], commune, row.address)
        lines.append(PersonLine(*values))
    return lines


def _wanted(query: Select[Any], view: PeopleView) -> Select[Any]:
    for name, text in view.filters.items():
        if text.strip():
            if name not in FILTERS:
                raise UserError(_("There is no filter “{name}”.").format(name=name))
            query = query.where(FILTERS[name](text.strip()))
    return query


def _named(text: str) -> ColumnElement[bool]:
    """Names that have all these words, each perhaps only begun, by the index of words."""
    first, *others = sorted(fold(text).split(), key=len, reverse=True) or [""]
    names = select(func.substr(WORDS.c.spaced, 2)).where(_begins(WORDS.c.word, first))
    for word in others:
        names = names.where(WORDS.c.spaced.contains(f" {word}", autoescape=True))
    return Person.folded.in_(names)


def _begins(column: Any, text: str) -> ColumnElement[bool]:
    begun: ColumnElement[bool] = (column >= text) & (column < text + LAST)
    return begun


def _phoned(text: str) -> ColumnElement[bool]:
    digits = PACK.sub("", text)
    further = select(Phone.person_id).where(_begins(Phone.number, digits))
    return _begins(Person.phone, digits) | Person.id.in_(further)


def _carded(text: str) -> ColumnElement[bool]:
    number = PACK.sub("", text).upper()
    found = _begins(Person.id_no, number) | (
        _begins(Person.old_id_no, number) & (Person.old_id_no != "")
    )
    return found | (_begins(Person.passport_no, number) & (Person.passport_no != ""))


FILTERS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "name": _named,
    "phone": _phoned,
    "id_no": _carded,
    "dob": lambda text: _begins(Person.dob, text),
    "insurance_no": lambda text: _begins(Person.insurance_no, text.upper()),
    "commune_code": lambda text: Person.commune_code.in_(text.split()),
    "sex": lambda text: Person.sex == Sex.read(text),
    "import": lambda text: Person.import_id == int(text),
}


# -- one person -----------------------------------------------------------------------------------


def person_card(work: Work, person_id: int) -> PersonCard:
    """All that is known of one person; who was made one with another is shown as the other."""
    person_id = kept_as(work, [person_id]).get(person_id, person_id)
    query = select(Person).where(Person.id == person_id)
    found = work.session.scalars(query).one_or_none()
    if found is None:
        raise UserError(_("Nobody has the number {number}.").format(number=person_id))
    names = commune_names(work)
    guardian = found.guardian_id and _name(work, found.guardian_id)
    phones = tuple(phones_of(work, found.id)) or _plainly(found.phone)
    work.saw(Person.__tablename__, [found.id])
    return PersonCard(
        person=PersonRow(*(getattr(found, name) for name in PersonRow.__struct_fields__)),
        dob_kind=DobKind.seen_in(found.dob, found.dob_kind),
        commune=names(found.commune_code, found.address_on or work.today().isoformat()),
        address_on=found.address_on,
        phones=phones,
        former_addresses=tuple(_former(work, found.id, names)),
        guardian_id=found.guardian_id,
        guardian=guardian or "",
        guardian_relation=found.guardian_relation,
        wards=_named_where(work, Person.guardian_id == found.id),
        phone_consent=found.phone_consent,
        consent_on=found.consent_on,
        household=_household(work, found),
        merges=tuple(merges(work, found.id)),
    )


def phones_of(work: Work, person_id: int) -> list[NewPhone]:
    """The telephones of somebody who has more than a plain number, the first one first."""
    query = select(Phone.number, Phone.whose, Phone.note).where(Phone.person_id == person_id)
    rows = work.session.execute(query.order_by(Phone.position, Phone.id))
    return [NewPhone(*row) for row in rows]


def further_phones(work: Work, ids: Sequence[int] | None = None) -> dict[int, str]:
    """The telephones behind the first one of whoever has several, as one text.

    Of these people, or of everybody.
    """
    query = select(Phone.person_id, Phone.number, Phone.whose, Phone.note)
    query = query.where(Phone.position > 0).order_by(Phone.person_id, Phone.position, Phone.id)
    if ids is not None:
        query = query.where(bulk.among(work, Phone.person_id, ids))
    found: dict[int, list[NewPhone]] = {}
    for key, number, whose, note in work.session.execute(query):
        found.setdefault(key, []).append(NewPhone(number, whose, note))
    return {key: written(phones) for key, phones in found.items()}


def _plainly(number: str) -> tuple[NewPhone, ...]:
    return (NewPhone(number),) if number else ()


def _former(work: Work, person_id: int, names: CommuneNames) -> list[FormerAddress]:
    query = select(Address.address, Address.commune_code, Address.since, Address.until)
    query = query.where(Address.person_id == person_id).order_by(Address.id.desc())
    return [
        FormerAddress(address, names(code, since or until), since, until)
        for address, code, since, until in work.session.execute(query)
    ]


def _name(work: Work, person_id: int) -> str:
    return work.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def _household(work: Work, person: Person) -> tuple[tuple[int, str], ...]:
    """The others of the household, which only the list and its corrections speak of."""
    if not person.household or person.import_id is None:
        return ()
    first = select(func.coalesce(Import.revises, Import.id)).where(Import.id == person.import_id)
    lists = select(Import.id).where(
        func.coalesce(Import.revises, Import.id) == first.scalar_subquery()
    )
    same = (Person.household == person.household) & Person.import_id.in_(lists)
    return _named_where(work, same & (Person.id != person.id))


def _named_where(work: Work, clause: ColumnElement[bool]) -> tuple[tuple[int, str], ...]:
    rows = work.session.execute(
        select(Person.id, Person.name).where(clause).order_by(Person.sorted)
    ).all()
    work.saw(Person.__tablename__, sorted(row[0] for row in rows))
    return tuple((row[0], row[1]) for row in rows)


# -- entries made one -----------------------------------------------------------------------------

COMPARED = ("name", *ALONE, *(name for group in TOGETHER[:2] for name in group))


def merges(work: Work, person_id: int | None = None) -> list[MergeRow]:
    """The merges in force, the latest first; of one person or all."""
    query = select(Merge).order_by(Merge.id.desc())
    if person_id is not None:
        query = query.where(Merge.kept_id == person_id)
    rows = list(work.session.scalars(query))
    entries = _entries(work, {key for row in rows for key in (row.kept_id, row.gone_id)})
    users = names_of(work, [row.by for row in rows])
    work.saw(Person.__tablename__, sorted({row.kept_id for row in rows}))
    return [_merge_row(row, entries, users) for row in rows]


def _entries(work: Work, ids: set[int]) -> dict[int, dict[str, str]]:
    """What these entries say, those made one with others too."""
    c = Person.__table__.c
    query = select(c.id, *(c[name] for name in COMPARED))
    found: dict[int, dict[str, str]] = {}
    for part in bulk.chunks(sorted(ids)):
        for key, *values in work.session.execute(query.where(c.id.in_(part))):
            texts = ("" if value is None else str(value) for value in values)
            found[key] = dict(zip(COMPARED, texts, strict=True))
    return found


def _merge_row(
    row: Merge, entries: Mapping[int, Mapping[str, str]], users: Mapping[int, str]
) -> MergeRow:
    kept, gone = entries[row.kept_id], entries[row.gone_id]
    differs = {
        name: (kept[name], gone[name])
        for name in COMPARED
        if gone[name] and gone[name] != kept[name] and name not in {"address_on", "dob_kind"}
    }
    at, by = stamp(row.at), users.get(row.by, "")
    return MergeRow(
        row.id,
        row.kept_id,
        row.gone_id,
        kept["name"],
        gone["name"],
        row.reason,
        at,
        by,
        differs,
    )
