"""Who of a list is in the register already: compared with whoever has the same name."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from admin_suite.registry.queries import Described

Telling = tuple[int, str, str, str, str, str]
"""An entry and what tells it apart: folded name, birth, citizen number, telephone, commune."""
Namesakes = dict[str, list[Telling]]


def namesakes(work: Work, people: Sequence[Described]) -> Namesakes:
    """Who is in the register under one of these folded names, with what tells people apart.

    An entry that was made one with another stands for that one.
    """
    alike: Namesakes = {}
    names = dict.fromkeys(fold(person.name) for person in people)
    named = bulk.among(work, Person.__table__.c.folded, names)
    for row in work.session.execute(_telling().where(named)):
        alike.setdefault(row[1], []).append(tuple(row))
    return alike


@cache
def _telling() -> Select[Any]:
    c = Person.__table__.c
    columns = (c.folded, c.dob, c.id_no, c.phone, c.commune_code)
    query = select(func.coalesce(c.merged_into, c.id), *columns)
    return query.where(c.voided_at.is_(None) | c.merged_into.is_not(None))


def known_people(
    people: Sequence[Described], alike: Namesakes, crowd: Collection[str] = ()
) -> list[int | None]:
    """Who of these is among their namesakes.

    The same citizen number and name, or the same name and date of birth with a telephone (one
    that not everybody gives) or a commune in common and no number against it. Whoever is only
    alike stays two people: merging is a person's decision.
    """
    told = _told_apart(alike)
    return [_known(told, person, crowd) for person in people]


def _told_apart(alike: Namesakes) -> dict[tuple[str, str], list[tuple[int, Telling]]]:
    """The namesakes by name and birth and by name and number, each with its place among them.

    Of a common name there are hundreds: nobody is to be compared with all of them.
    """
    told: dict[tuple[str, str], list[tuple[int, Telling]]] = {}
    for name, rows in alike.items():
        for place, row in enumerate(rows):
            for sign in filter(None, row[2:4]):
                told.setdefault((name, sign), []).append((place, row))
    return told


def _known(
    told: Mapping[tuple[str, str], Sequence[tuple[int, Telling]]],
    person: Described,
    crowd: Collection[str],
) -> int | None:
    """The first namesake who is this person."""
    name = fold(person.name)
    rows = (*told.get((name, person.id_no), ()), *told.get((name, person.dob), ()))
    same = [one for one in rows if _same(one[1], person, crowd)] if rows else ()
    return min(same)[1][0] if same else None


def _same(row: Telling, person: Described, crowd: Collection[str]) -> bool:
    _id, _folded, dob, id_no, phone, commune = row
    if id_no and person.id_no:
        return id_no == person.id_no and (dob[:4] == person.dob[:4] or not (dob and person.dob))
    if dob != person.dob or not dob:
        return False
    shared = bool(phone and phone == person.phone)
    if shared and phone not in crowd:
        return True
    return commune == person.commune_code and (shared or not (phone and person.phone))
