"""Declarations of health and movement: the one form that quarantine, gates and posts all ask for.

Somebody declares for himself, or another on his behalf. What was declared is corrected or
withdrawn, never deleted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry import queries, service
from admin_suite.registry.codes import Exposure, Relation, Symptom
from admin_suite.registry.declared import (
    WORDS,
    NewDeclaration,
    aware,
    in_order,
    read_places,
    wrong_declarations,
    wrong_declared,
)
from admin_suite.registry.facts import HealthDeclared
from admin_suite.registry.models import Declaration, DeclaredPlace
from admin_suite.registry.permissions import DECLARE
from admin_suite.registry.service import NewPerson

STORED = ("uid", "person_id", "by_id", "relation", "declared_at", "symptoms", "exposures", *WORDS)
PLACE = ("declaration_id", "position", "place", "since", "until")


@use_case(DECLARE)
def declare(work: Work, declarations: Sequence[NewDeclaration], origin: Origin = TYPED) -> Stored:
    """Enter declarations; whoever declared the same at the same moment is not entered twice."""
    refuse(wrong_declarations(work, declarations))
    unknown = [one.person for one in declarations if not one.person_id]
    entered = iter(service.add_people(work, unknown, origin).ids if unknown else ())
    people = [one.person_id or next(entered) for one in declarations]
    known = _known(work, people)
    moments = [_moment(work, one) for one in declarations]
    new: dict[tuple[int, datetime, str], int] = {}
    keys = [_key(*both) for both in zip(people, moments, declarations, strict=True)]
    for at, key in enumerate(keys):
        if key not in known:
            new.setdefault(key, at)
    places = list(new.values())
    uids = new_uids(work.now(), len(places))
    rows = [
        (uid, *_values(declarations[at], people[at], moments[at]), origin.import_id)
        for uid, at in zip(uids, places, strict=True)
    ]
    added = bulk.insert_rows(work, Declaration, (*STORED, "import_id"), rows)
    _write_places(
        work, {key: declarations[at].places for key, at in zip(added, places, strict=True)}
    )
    work.publish(HealthDeclared(tuple(added)))
    made = known | dict(zip(new, added, strict=True))
    return Stored([made[key] for key in keys], len(added), frozenset(added))


@use_case(DECLARE)
def correct_declarations(work: Work, changes: Sequence[Change]) -> None:
    """Change what declarations say, and who is meant; the new text of each field counts."""
    refuse(wrong_declared(work, changes))
    for change in changes:
        row = _live(work, change.id)
        values = {name: new for name, (_old, new) in change.fields.items()}
        for name in (*WORDS, "symptoms", "exposures"):
            if name in values:
                setattr(row, name, values[name])
        if "relation" in values:
            row.relation = Relation.of(values["relation"]) if values["relation"] else None
        if values.get("declared_at"):
            row.declared_at = aware(values["declared_at"])
        if "places" in values:
            _write_places(work, {row.id: values["places"]})
        of_person = {n: change.fields[n] for n in NewPerson._fields if n in change.fields}
        if of_person:
            service.correct_people(work, [Change(row.person_id, of_person)])
    work.session.flush()


@use_case(DECLARE)
def withdraw_declarations(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Take declarations back, and the people who came with them and whom nothing else names."""
    query = select(Declaration.id, Declaration.person_id)
    rows = [
        row
        for part in bulk.chunks(ids)
        for row in work.session.execute(query.where(Declaration.id.in_(part)))
    ]
    bulk.update_rows(work, Declaration, [row[0] for row in rows], {"voided_at": work.now()})
    brought = queries.brought(work, sorted({row[1] for row in rows}))
    service.withdraw_people(work, brought)
    return {}


def _values(one: NewDeclaration, person: int, moment: datetime) -> tuple[object, ...]:
    texts = (getattr(one, name) for name in WORDS)
    codes = (in_order(one.symptoms, Symptom), in_order(one.exposures, Exposure))
    return (person, one.by_id, one.relation, moment, *codes, *texts)


def _moment(work: Work, one: NewDeclaration) -> datetime:
    return aware(one.declared_at) if one.declared_at else work.now()


def _key(person: int, moment: datetime, one: NewDeclaration) -> tuple[int, datetime, str]:
    return person, moment, f"{in_order(one.symptoms, Symptom)}|{one.from_place}|{one.to_place}"


def _known(work: Work, people: Sequence[int]) -> dict[tuple[int, datetime, str], int]:
    """The declarations of these people, by what makes one different from another."""
    columns = (Declaration.person_id, Declaration.declared_at, Declaration.symptoms)
    query = select(*columns, Declaration.from_place, Declaration.to_place, Declaration.id)
    return {
        (row[0], row[1], f"{row[2]}|{row[3]}|{row[4]}"): row[5]
        for part in bulk.chunks(sorted(set(people)))
        for row in work.session.execute(query.where(Declaration.person_id.in_(part)))
    }


def _write_places(work: Work, told: Mapping[int, str]) -> None:
    """Say anew which places declarations name."""
    for part in bulk.chunks(list(told)):
        query = select(DeclaredPlace.id).where(DeclaredPlace.declaration_id.in_(part))
        gone = list(work.session.scalars(query))
        bulk.update_rows(work, DeclaredPlace, gone, {"voided_at": work.now()})
    rows = [
        (key, position, *visit)
        for key, text in told.items()
        for position, visit in enumerate(read_places(text))
    ]
    if rows:
        bulk.insert_rows(work, DeclaredPlace, PLACE, rows)


def _live(work: Work, key: int) -> Declaration:
    found = work.session.scalars(select(Declaration).where(Declaration.id == key)).one_or_none()
    if found is None:
        raise UserError(_("There is no declaration with the number {number}.").format(number=key))
    return found
