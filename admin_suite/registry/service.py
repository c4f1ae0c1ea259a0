"""What people do with people and units: entering one is entering many with one in the list."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import refuse
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry import queries, search
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.permissions import KEEP


class NewPerson(NamedTuple):
    """A person to enter; field by field what forms and sheets ask for.

    ``dob`` is a FHIR date (``1985-03-07``, ``1985-03``, ``1985``), ``phone`` ten digits of today
    (a landline eleven), ``commune_code`` one of the district's or empty.
    """

    name: str
    dob: str = ""
    sex: Sex | None = None
    phone: str = ""
    id_no: str = ""
    commune_code: str = ""
    address: str = ""
    insurance_no: str = ""


@use_case(KEEP)
def add_people(work: Work, people: Sequence[NewPerson], _origin: Origin = TYPED) -> Stored:
    """Enter people; somebody who is in the register already is left as he is."""
    refuse(queries.wrong_people(work, people))
    alike = queries.namesakes(work, people)
    known = queries.known_people(people, alike)
    first: dict[NewPerson, int] = {}
    for person, there in zip(people, known, strict=True):
        if there is None:
            first.setdefault(person, len(first))
    new = list(first)
    uids = new_uids(work.now(), len(new))
    rows = [
        (*person, fold(person.name), sort_key(person.name), uid)
        for person, uid in zip(new, uids, strict=True)
    ]
    search.remember(work.session.connection(), {row[-3] for row in rows} - alike.keys())
    added = bulk.insert_rows(work, Person, (*NewPerson._fields, "folded", "sorted", "uid"), rows)
    ids = [
        there if there is not None else added[first[person]]
        for person, there in zip(people, known, strict=True)
    ]
    return Stored(ids, len(new))


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
