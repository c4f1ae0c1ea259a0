"""Confirmations that were printed, and whether what stands on them is still what is known."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import midnight_of, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from admin_suite.registry.queries import PersonRow, people_of
from modules.vaccination.codes import Paper
from modules.vaccination.models import Slip
from modules.vaccination.queries.counting import UNCOUNTED
from modules.vaccination.queries.doses import DoseLine, lines_of

SHOWN = 10  # numbers that a sentence names


class SlipRow(Struct, frozen=True):
    """One confirmation; ``newer`` is the number of the one that took its place."""

    number: str
    person_id: int
    name: str
    printed_at: str
    doses: int
    state: Paper
    newer: str


def confirmed(lines: Iterable[DoseLine]) -> list[DoseLine]:
    """The doses that a confirmation names: none that cannot have been, none twice."""
    return [line for line in lines if line.verdict not in UNCOUNTED]


def contents(work: Work, people: Sequence[int]) -> dict[int, str]:
    """What the confirmation of each of these people says today; empty where it has no dose."""
    rows = people_of(work, people)
    lines = lines_of(work, {one.id: one.dob for one in rows})
    return {one.id: _content(one, confirmed(lines.get(one.id, ()))) for one in rows}


def _content(one: PersonRow, lines: Sequence[DoseLine]) -> str:
    """The facts of a confirmation, a line for the person and for each dose."""
    if not lines:
        return ""
    about = (one.name, one.dob, one.sex or "", one.id_no, one.address)
    told = [(line.number, line.on, line.product, line.lot, line.place) for line in lines]
    return "\n".join("|".join(map(_in_line, facts)) for facts in (about, *told))


def _in_line(fact: object) -> str:
    return " ".join(str(fact).split())


def slips_of(work: Work, people: Sequence[int] | None = None) -> list[SlipRow]:
    """The confirmations of these people, or of everybody, the latest first."""
    query = select(Slip, Person.name).join(Person, Person.id == Slip.person_id)
    if people is not None:
        query = query.where(bulk.among(work, Slip.person_id, people))
    rows = work.session.execute(query.order_by(Slip.id.desc())).all()
    current = [row[0] for row in rows if row[0].replaced_by is None]
    stale = _stale(work, current)
    names = _numbers(work, [one.replaced_by for one, _name in rows if one.replaced_by])
    work.saw(Person.__tablename__, sorted({row[0].person_id for row in rows}))
    return [
        SlipRow(
            one.number,
            one.person_id,
            name,
            stamp(one.printed_at),
            one.doses,
            _state(one, stale),
            names.get(one.replaced_by or 0, ""),
        )
        for one, name in rows
    ]


def _state(one: Slip, stale: set[int]) -> Paper:
    if one.replaced_by is not None:
        return Paper.REPLACED
    return Paper.STALE if one.id in stale else Paper.IN_FORCE


def _stale(work: Work, slips: Sequence[Slip]) -> set[int]:
    """Which of these say another thing than is known now.

    An older program kept only how many doses it had printed.
    """
    now = contents(work, sorted({one.person_id for one in slips}))
    return {one.id for one in slips if not _same(one, now.get(one.person_id, ""))}


def _same(one: Slip, now: str) -> bool:
    return one.said == now if one.said else one.doses == now.count("\n")


def _numbers(work: Work, keys: Sequence[int]) -> dict[int, str]:
    query = select(Slip.id, Slip.number).where(bulk.among(work, Slip.id, keys))
    return {row[0]: row[1] for row in work.session.execute(query)}


def replaced(work: Work, numbers: Sequence[str]) -> Mapping[str, str]:
    """The numbers of the confirmations whose place these have taken, as words of the paper."""
    old, new = Slip.__table__.alias(), Slip.__table__.alias()
    query = select(new.c.number, old.c.number).join_from(old, new, old.c.replaced_by == new.c.id)
    found: dict[str, str] = {}
    told = query.where(bulk.among(work, new.c.number, numbers)).order_by(old.c.id)
    for number, before in work.session.execute(told):
        found[number] = f"{found[number]}, {before}" if number in found else before
    return found


def slip_people(work: Work, slips: Sequence[int]) -> list[tuple[str, int]]:
    """The numbers of slips and whose they are, in their order."""
    query = select(Slip.number, Slip.person_id).where(bulk.among(work, Slip.id, slips))
    return [(row[0], row[1]) for row in work.session.execute(query.order_by(Slip.id))]


def numbered_slips(
    work: Work, numbers: Sequence[str], people: Sequence[int] = ()
) -> list[tuple[str, int]]:
    """The slips in force of these numbers or people; of neither, those of today.

    Refuses a number that no slip has, one whose slip was replaced, and what is out of date: under
    its number another paper has gone out.
    """
    there = select(Slip.number, Slip.replaced_by).where(bulk.among(work, Slip.number, numbers))
    known = {row[0]: row[1] for row in work.session.execute(there)}
    for number in numbers:
        if number not in known:
            raise UserError(_("There is no confirmation {number}.").format(number=number))
        if known[number] is not None:
            newer = work.session.get_one(Slip, known[number]).number
            said = _("Confirmation {number} was replaced by {newer}.")
            raise UserError(said.format(number=number, newer=newer))
    query = select(Slip).where(Slip.replaced_by.is_(None))
    if numbers or people:
        query = query.where(
            bulk.among(work, Slip.number, numbers) | bulk.among(work, Slip.person_id, people)
        )
    else:
        start = midnight_of(work.today())
        query = query.where(Slip.printed_at >= start)
    found = work.session.scalars(query.order_by(Slip.id)).all()
    stale = _stale(work, found)
    old = [one.number for one in found if one.id in stale]
    if old:
        said = _(
            "No longer right: {numbers}. The person or a dose was changed since; number the "
            "confirmation anew."
        )
        more = ["…"] if len(old) > SHOWN else []
        raise UserError(said.format(numbers=", ".join([*old[:SHOWN], *more])))
    return [(one.number, one.person_id) for one in found]
