"""Two entries of one person made one by somebody, and taken apart again where that was wrong.

Every row of any module that names the one is made to name the other, found by the foreign keys of
the tables, and every such row is written down: taking apart restores each of them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import (
    Column,
    Index,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    literal,
    select,
    update,
)

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.standing import pointing
from admin_suite.db.work import Work, use_case
from admin_suite.registry import entries
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from admin_suite.registry.models import Apart, Merge, MergeLine, Person
from admin_suite.registry.permissions import MERGE

LINE = ("merge_id", "subject", "field", "row_id")
OWN = (Merge.__tablename__, Apart.__tablename__)  # they say of the entries themselves
ALONE = (
    "sex",
    "phone",
    "id_no",
    "insurance_no",
    "old_id_no",
    "passport_no",
    "nationality",
    "ethnic",
    "occupation",
    "workplace",
)
TOGETHER = (
    ("dob", "dob_kind"),
    ("commune_code", "address", "address_on"),
    ("guardian_id", "guardian_relation"),
    ("phone_consent", "consent_on"),
)


@use_case(MERGE)
def merge_people(work: Work, keep: int, gone: int, reason: str) -> int:
    """Make two entries one: all that names the one names the other; returns the merge's number.

    What the kept entry does not know it takes from the other; where both differ its own counts.
    """
    if keep == gone:
        raise UserError(_("Nobody can be made one with himself."))
    if not reason.strip():
        raise UserError(_("Say why these two are one person."))
    first, second = sorted((keep, gone))
    hold = select(Person).where(Person.id.in_((first, second))).order_by(Person.id)
    work.session.scalars(hold.with_for_update()).all()
    kept, other = entries.live_person(work, keep), entries.live_person(work, gone)
    if kept.guardian_id == gone or other.guardian_id == keep:
        raise UserError(_("One of them is the guardian of the other, so they are two people."))
    _refuse_both_named(work, keep, gone)
    work.session.flush()
    merge = Merge(kept_id=keep, gone_id=gone, reason=reason.strip(), at=work.now())
    merge.by, merge.filled = work.actor.id, json.dumps(_fill(kept, other))
    work.session.add(merge)
    work.session.flush()
    for column in _named_in():
        _repoint(work, merge, column)
    bulk.update_rows(work, Person, [gone], {"voided_at": work.now(), "merged_into": keep})
    work.session.expire_all()
    work.publish(PeopleMerged(keep, gone))
    return merge.id


@use_case(MERGE)
def unmerge_people(work: Work, merge_id: int) -> None:
    """Take apart again what was made one: every row names whom it named before.

    Refused while the kept entry is itself made one with another, or where a row of the entry was
    given to somebody else since.
    """
    query = select(Merge).where(Merge.id == merge_id).with_for_update()
    merge = work.session.scalars(query).one_or_none()
    if merge is None:
        said = _("There is no merge with the number {number}, or it was undone.")
        raise UserError(said.format(number=merge_id))
    _refuse_later(work, merge)
    rows = _rows_of(work, merge)
    _refuse_moved(work, merge, rows)
    values = {"voided_at": None, "merged_into": None}
    bulk.update_rows(work, Person, [merge.gone_id], values)
    for (subject, field), ids in rows.items():
        _point(work, Person.metadata.tables[subject], field, ids, merge.gone_id)
    work.session.expire_all()
    _empty(work.session.get_one(Person, merge.kept_id), json.loads(merge.filled))
    merge.voided_at = work.now()
    work.session.flush()
    work.publish(PeopleParted(merge.kept_id, merge.gone_id))


@use_case(MERGE)
def tell_apart(work: Work, one: int, other: int) -> None:
    """Say that two entries which look alike are two people; they are not offered again."""
    if one == other:
        raise UserError(_("Nobody is two people."))
    low, high = sorted((one, other))
    query = select(Apart.id).where(Apart.low == low, Apart.high == high)
    if work.session.scalar(query) is None:
        for key in (low, high):
            entries.live_person(work, key)
        work.session.add(Apart(low=low, high=high))
        work.session.flush()


# -- what is filled -------------------------------------------------------------------------------


def _fill(kept: Person, other: Person) -> dict[str, list[str]]:
    """Give the kept entry what it does not know; old and new of each field as the database has it.

    What only means something together (an address and its day) is taken together or not at all.
    """
    filled: dict[str, list[str]] = {}
    for names in (*((name,) for name in ALONE), *TOGETHER):
        if any(_text(kept, name) for name in names[:2]):
            continue
        for name in names:
            old, new = _text(kept, name), _text(other, name)
            if old != new:
                setattr(kept, name, getattr(other, name))
                filled[name] = [old, new]
    return filled


def _empty(kept: Person, filled: Mapping[str, Sequence[str]]) -> None:
    """Take back what was filled in, unless somebody has changed it since."""
    for name, (old, new) in filled.items():
        if _text(kept, name) == new:
            nothing = None if Person.__table__.c[name].nullable else ""
            setattr(kept, name, old or nothing)


def _text(person: Person, name: str) -> str:
    value = getattr(person, name)
    return "" if value is None else str(value)


# -- rows that name people ------------------------------------------------------------------------


def _named_in() -> list[Column[int]]:
    """The columns of all tables that name a person.

    Those which speak of the entries are left out, and rows that follow from others: whoever keeps
    these hears of the merge.
    """
    return [
        column
        for column in pointing(Person)
        if column.table.name not in OWN and not column.info.get("derived")
    ]


def _repoint(work: Work, merge: Merge, column: Column[int]) -> None:
    table = column.table
    key: Column[int] = table.columns["id"]
    query = select(key).where(column == merge.gone_id).order_by(key)
    ids = list(work.session.scalars(query))
    _point(work, Person.metadata.tables[table.name], column.name, ids, merge.kept_id)
    rows = [(merge.id, table.name, column.name, row) for row in ids]
    if rows:
        bulk.insert_rows(work, MergeLine, LINE, rows)


def _point(work: Work, table: Table, field: str, ids: Sequence[int], person: int) -> None:
    if ids:
        change = update(table).where(table.c.id == bindparam("key"))
        values = {field: person, "version": table.c.version + 1}
        work.session.execute(change.values(**values), [{"key": row} for row in ids])
        work.note(table.name, list(ids), {field: person})


def _rows_of(work: Work, merge: Merge) -> dict[tuple[str, str], list[int]]:
    """The rows that a merge made to name the kept entry, by table and column.

    What an older program moved that is kept anew today is left out: whoever keeps it hears of it.
    """
    named = {(column.table.name, column.name) for column in _named_in()}
    columns = (MergeLine.subject, MergeLine.field, MergeLine.row_id)
    query = select(*columns).where(MergeLine.merge_id == merge.id).order_by(MergeLine.id)
    rows: dict[tuple[str, str], list[int]] = {}
    for subject, field, row in work.session.execute(query):
        if (subject, field) in named:
            rows.setdefault((subject, field), []).append(row)
    return rows


# -- what speaks against it -----------------------------------------------------------------------


def _refuse_both_named(work: Work, keep: int, gone: int) -> None:
    """Refuse where a table has a row of each that only one person may have."""
    for column in _named_in():
        table = Person.metadata.tables[column.table.name]
        for names in _unique_with(table, column.name):
            mine, theirs = table.alias(), table.alias()
            same = [mine.c[name] == theirs.c[name] for name in names if name != column.name]
            clauses = [mine.c[column.name] == keep, theirs.c[column.name] == gone, *same]
            clauses += [one.c.voided_at.is_(None) for one in (mine, theirs) if "voided_at" in one.c]
            if work.session.execute(select(literal(1)).where(and_(*clauses)).limit(1)).first():
                raise UserError(_("Both stand in one place, such as two swabs in one tube."))


def _unique_with(table: Table, column: str) -> Iterator[list[str]]:
    rules: list[UniqueConstraint | Index] = [one for one in table.indexes if one.unique]
    rules += [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    for rule in rules:
        names = [one.name for one in rule.columns]
        if column in names and "id" not in names:
            yield names


def _refuse_later(work: Work, merge: Merge) -> None:
    """Merges upon merges are undone in the order in which they lie upon each other."""
    query = select(Merge.id).where(Merge.gone_id == merge.kept_id).order_by(Merge.id.desc())
    first = work.session.scalars(query).first()
    if first is not None:
        said = _("The kept entry was itself made one with another. Undo merge {number} first.")
        raise UserError(said.format(number=first))


def _refuse_moved(work: Work, merge: Merge, rows: Mapping[tuple[str, str], Sequence[int]]) -> None:
    for (subject, field), ids in rows.items():
        table = Person.metadata.tables[subject]
        for part in bulk.chunks(ids):
            query = select(table.c.id).where(
                table.c.id.in_(part), table.c[field].is_distinct_from(merge.kept_id)
            )
            if work.session.execute(query.limit(1)).first():
                said = _("Something that this entry had was given to another person since.")
                raise UserError(said)
