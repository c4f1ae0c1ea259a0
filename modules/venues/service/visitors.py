"""Who comes to a venue, among the people of the register: mostly a name and a telephone, no birth.

A laboratory needs more than that to give somebody a result. A check-in says only where to ask, so
here the same name with the same telephone is the same person.
"""

from collections.abc import Sequence

from sqlalchemy import func, select

from admin_suite.db import bulk
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from admin_suite.registry.service import NewPerson, add_people, hold_names
from modules.venues.models import Staff

Sign = tuple[str, str]
"""A folded name and a telephone."""


def settle(work: Work, people: Sequence[NewPerson], origin: Origin) -> list[int]:
    """The entries of visitors in the register, in order; who is not there is entered."""
    hold_names(work, people)
    signs = [_sign(one) for one in people]
    known = _known(work, {sign for sign in signs if sign is not None})
    wanted: dict[NewPerson | Sign, NewPerson] = {}
    for one, sign in zip(people, signs, strict=True):
        if sign is None or sign not in known:
            wanted.setdefault(one if sign is None else sign, one)
    ids = add_people(work, list(wanted.values()), origin).ids
    added: dict[NewPerson | Sign, int] = dict(zip(wanted, ids, strict=True))
    return [
        known[sign] if sign in known else added[one if sign is None else sign]
        for one, sign in zip(people, signs, strict=True)
    ]


def settle_staff(
    work: Work, venue_id: int, people: Sequence[NewPerson], origin: Origin
) -> list[int]:
    """As visitors; but a name alone is whoever has it on the roster of the venue already."""
    hold_names(work, people)
    query = select(Person.folded, func.min(Staff.person_id)).join(
        Staff, Staff.person_id == Person.id
    )
    rows = work.session.execute(query.where(Staff.venue_id == venue_id).group_by(Person.folded))
    there = {row[0]: row[1] for row in rows}
    known = [there.get(fold(one.name)) if _is_bare(one) else None for one in people]
    others = [one for one, key in zip(people, known, strict=True) if key is None]
    settled = iter(settle(work, others, origin))
    return [next(settled) if key is None else key for key in known]


def _is_bare(one: NewPerson) -> bool:
    """Whether nothing but a name is told."""
    return one._replace(name="") == NewPerson("")


def _sign(one: NewPerson) -> Sign | None:
    """What tells a visitor of whom little is known; None where the register's own rules do."""
    if one.uid or one.dob or one.id_no or not one.phone:
        return None
    return fold(one.name), one.phone


def _known(work: Work, signs: set[Sign]) -> dict[Sign, int]:
    """The first entry of each name with this telephone; one that was made another is the other."""
    c = Person.__table__.c
    query = (
        select(c.folded, c.phone, func.coalesce(c.merged_into, c.id))
        .where(
            bulk.among(work, c.phone, {phone for _name, phone in signs}),
            c.voided_at.is_(None) | c.merged_into.is_not(None),
        )
        .order_by(c.id.desc())
    )
    rows = work.session.execute(query) if signs else ()
    return {(row[0], row[1]): row[2] for row in rows if (row[0], row[1]) in signs}
