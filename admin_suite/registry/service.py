"""What people do with people and units: entering one is entering many with one in the list."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry import identity, queries, search
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.permissions import KEEP

PERSON = (
    "name",
    "dob",
    "sex",
    "phone",
    "id_no",
    "commune_code",
    "address",
    "insurance_no",
    "folded",
    "sorted",
    "uid",
    "import_id",
)


class NewPerson(NamedTuple):
    """A person to enter; field by field what forms and sheets ask for.

    ``dob`` is a FHIR date (``1985-03-07``, ``1985-03``, ``1985``), ``phone`` ten digits of today
    (a landline eleven), ``commune_code`` one of the district's or empty. ``uid`` is the code of
    somebody whom another unit has sent (empty: a new one is made).
    """

    name: str
    dob: str = ""
    sex: Sex | None = None
    phone: str = ""
    id_no: str = ""
    commune_code: str = ""
    address: str = ""
    insurance_no: str = ""
    uid: str = ""


@use_case(KEEP)
def add_people(work: Work, people: Sequence[NewPerson], origin: Origin = TYPED) -> Stored:
    """Enter people; somebody who is in the register already is left as he is."""
    refuse(queries.wrong_people(work, people))
    alike = queries.namesakes(work, people)
    known = identity.known(work, people, queries.known_people(people, alike))
    first: dict[NewPerson, int] = {}
    for person, there in zip(people, known, strict=True):
        if there is None:
            first.setdefault(person, len(first))
    new = list(first)
    uids = new_uids(work.now(), len(new))
    rows = [
        (
            *person[:-1],
            fold(person.name),
            sort_key(person.name),
            person.uid or uid,
            origin.import_id,
        )
        for person, uid in zip(new, uids, strict=True)
    ]
    search.remember(work.session.connection(), {fold(one.name) for one in new} - alike.keys())
    added = bulk.insert_rows(work, Person, PERSON, rows)
    ids = [
        there if there is not None else added[first[person]]
        for person, there in zip(people, known, strict=True)
    ]
    return Stored(ids, len(new), frozenset(added))


@use_case(KEEP)
def correct_people(work: Work, changes: Sequence[Change]) -> None:
    """Change fields of people; the new text of each counts, a field of nobody's is left alone."""
    refuse(queries.wrong_corrections(work, changes))
    for change in changes:
        person = work.session.get_one(Person, change.id)
        for name, (_old, new) in change.fields.items():
            if name in NewPerson._fields:
                setattr(person, name, (Sex.of(new) if new else None) if name == "sex" else new)
        person.folded, person.sorted = fold(person.name), sort_key(person.name)
    work.session.flush()


@use_case(KEEP)
def withdraw_people(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Void people; whoever is known by anything else stays, with the sentence why."""
    stays = dict.fromkeys(queries.needed_people(work, ids), _("Other records name this person."))
    bulk.update_rows(
        work, Person, [key for key in ids if key not in stays], {"voided_at": work.now()}
    )
    return stays


@use_case(KEEP)
def add_person(work: Work, person: NewPerson) -> int:
    """Enter one person and return the id."""
    return add_people(work, [person]).ids[0]


@use_case(KEEP)
def unit_id(work: Work, name: str) -> int:
    """The id of the unit of that name; an unknown one is entered, no name is our own unit."""
    if not name:
        return queries.own_unit(work).id
    query = select(Unit.id).where(Unit.folded == fold(name))
    found = work.session.scalars(query).first()
    if found is not None:
        return found
    unit = Unit(name=name, folded=fold(name), parent="", place="", site="")
    work.session.add(unit)
    work.session.flush()
    return unit.id
