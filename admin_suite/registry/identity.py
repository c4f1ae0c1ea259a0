"""People known by the code that exports carry."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.queries import Described, PersonRow

CELLS = ("name", "dob", "sex", "phone", "id_no", "commune_code", "address", "insurance_no")


def people(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """Whoever has one of these codes: the id, and the fields that are known, as text."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    query = select(Person.uid, Person.id, *cells_of(Person))
    for part in bulk.chunks(uids):
        rows = work.session.execute(query.where(Person.uid.in_(part)))
        found |= {row[0]: (row[1], as_cells(row[2:])) for row in rows}
    work.saw(Person.__tablename__, sorted(key for key, _cells in found.values()))
    return found


def first_people(work: Work, most: int) -> list[PersonRow]:
    """A few people, for a preview."""
    columns = [getattr(Person, field.name) for field in fields(PersonRow)]
    rows = work.session.execute(select(*columns).order_by(Person.id.desc()).limit(most))
    found = [PersonRow(*row) for row in rows]
    work.saw(Person.__tablename__, sorted(row.id for row in found))
    return found


def known(
    work: Work, people: Sequence[Described], alike: Sequence[int | None]
) -> Sequence[int | None]:
    """Who of these is in the register by the code; the others as ``alike`` says."""
    codes = [person.uid for person in people if person.uid]
    if not codes:
        return alike
    there: dict[str, int] = {}
    for part in bulk.chunks(codes):
        rows = work.session.execute(select(Person.uid, Person.id).where(Person.uid.in_(part)))
        there |= {row[0]: row[1] for row in rows}
    return [there.get(one.uid, key) for one, key in zip(people, alike, strict=True)]


def cells_of(model: Any) -> list[Any]:
    """The columns of a person that a list may write."""
    return [getattr(model, name) for name in CELLS]


def as_cells(values: Sequence[Any]) -> dict[str, str]:
    """The values of these columns as a list tells them: by field, without empty ones."""
    pairs = zip(CELLS, values, strict=True)
    return {name: str(value) for name, value in pairs if value not in (None, "")}
