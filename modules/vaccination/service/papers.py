"""Requests for correction with their deadline, and the slips that follow from them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from admin_suite.core.clock import day_shown, here, shown
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change
from admin_suite.registry import typed
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from admin_suite.registry.queries import wrong_corrections
from admin_suite.registry.service import NewPerson, correct_people
from modules.vaccination.codes import Asked
from modules.vaccination.models import Correction, Slip
from modules.vaccination.permissions import REGISTER
from modules.vaccination.queries.counting import UNCOUNTED
from modules.vaccination.queries.doses import lines_of
from modules.vaccination.queries.regimen import watch
from modules.vaccination.service.forecasts import forecast

FIELDS = ("name", "dob", "sex", "id_no", "phone", "address", "insurance_no")
SLIP = ("number", "person_id", "printed_at", "printed_by", "doses", "correction_id")


@use_case(REGISTER)
def ask_correction(work: Work, person_id: int, field: str, new: str, evidence: str) -> int:
    """Take a request for correction in, with its number and deadline; returns it."""
    person = work.session.get(Person, person_id)
    if person is None or field not in FIELDS:
        raise UserError(_("Say of whom and what is to be corrected."))
    old, new = _kept(person, field), _read(work, person, field, new)
    if not new or old == new:
        raise UserError(_("Say what it should be; it is the same as now."))
    refuse(wrong_corrections(work, [Change(person_id, {field: (old, new)})]))
    _asked_already(work, person_id, field, new)
    year = here(work.now()).year
    serial = bulk.next_number(work, Correction.number, f"SC-{year}-")
    row = Correction(number=f"SC-{year}-{serial:04d}", person_id=person_id, field=field)
    row.old, row.new, row.evidence = old, new, evidence.strip()
    row.state, row.asked_at, row.asked_by = Asked.OPEN, work.now(), work.actor.id
    row.due_on = work.today() + timedelta(days=watch(work).answer)
    work.session.add(row)
    work.session.flush()
    return row.id


def _asked_already(work: Work, person_id: int, field: str, new: str) -> None:
    """Refuse a request that waits already; two would be answered twice."""
    query = select(Correction.number, Correction.due_on).where(
        Correction.person_id == person_id,
        Correction.field == field,
        Correction.new == new,
        Correction.state == Asked.OPEN,
    )
    there = work.session.execute(query.limit(1)).first()
    if there is not None:
        said = _("Request {number} asks for the same; it is answered until {day}.")
        raise UserError(said.format(number=there[0], day=day_shown(there[1])))


def _kept(person: Person, field: str) -> str:
    """What the register says, as a list writes it."""
    value = getattr(person, field)
    return value.value if isinstance(value, Sex) else str(value or "")


def _read(work: Work, person: Person, field: str, words: str) -> str:
    """What somebody asked for, as the register keeps it; refuses what the field cannot be."""
    if field == "sex":
        return Sex.read(words).value
    form = typed.Form(NewPerson(person.name, person.dob, person.sex))
    told = typed.read({"dob": person.dob, field: words}, form, work.today())
    if field in told.wrong:
        raise UserError(told.wrong[field])
    if field == "phone" and told.form.person.other_phones:
        raise UserError(_("Ask for one telephone; further ones stand on the person's card."))
    return str(getattr(told.form.person, field))


@use_case(REGISTER)
def accept_correction(work: Work, correction_id: int) -> list[int]:
    """Correct what was asked for and print the slips anew; returns the new slips."""
    row = _open(work, correction_id)
    now = _kept(work.session.get_one(Person, row.person_id), row.field)
    if now != row.old:
        said = _("Since this was asked the register says “{now}”. Decline it, or ask anew.")
        raise UserError(said.format(now=shown(now)))
    change = Change(row.person_id, {row.field: (row.old, row.new)})
    correct_people(work, [change])
    forecast(work, [row.person_id])
    row.state, row.closed_at, row.closed_by = Asked.DONE, work.now(), work.actor.id
    return _slips_anew(work, row)


def _slips_anew(work: Work, row: Correction) -> list[int]:
    """New slips for whoever has some, and doses still, as the register says another thing now."""
    query = select(Slip.id).where(Slip.person_id == row.person_id, Slip.replaced_by.is_(None))
    if work.session.scalars(query).first() is None or not _confirmable(work, [row.person_id]):
        return []
    return issue_slips(work, [row.person_id], row.id)


@use_case(REGISTER)
def decline_correction(work: Work, correction_id: int, answer: str) -> None:
    """Decline a request, with the reason that the person is told."""
    row = _open(work, correction_id)
    if not answer.strip():
        raise UserError(_("Say why the correction is declined."))
    row.state, row.closed_at, row.closed_by = Asked.DECLINED, work.now(), work.actor.id
    row.answer = answer.strip()


@use_case(REGISTER)
def reopen_correction(work: Work, correction_id: int) -> list[int]:
    """Take an answer back: the register says again what it said; returns the new slips."""
    row = _held(work, correction_id)
    if row.state is Asked.OPEN:
        said = _("Request {number} waits for its answer; there is nothing to take back.")
        raise UserError(said.format(number=row.number))
    corrected = row.state is Asked.DONE
    if corrected:
        _put_back(work, row)
    row.state, row.closed_at, row.closed_by, row.answer = Asked.OPEN, None, None, ""
    return _slips_anew(work, row) if corrected else []


def _put_back(work: Work, row: Correction) -> None:
    now = _kept(work.session.get_one(Person, row.person_id), row.field)
    if now != row.new:
        said = _("Since it was corrected the register says “{now}”. Ask for another correction.")
        raise UserError(said.format(now=shown(now)))
    correct_people(work, [Change(row.person_id, {row.field: (row.new, row.old)})])
    forecast(work, [row.person_id])


def _held(work: Work, correction_id: int) -> Correction:
    """A request, kept from colleagues until the unit of work ends."""
    return bulk.held(work, Correction, correction_id, _("There is no such request."))


def _open(work: Work, correction_id: int) -> Correction:
    """A request that waits for its answer."""
    row = _held(work, correction_id)
    if row.state is not Asked.OPEN:
        said = _("Request {number} was answered already: {word}.")
        raise UserError(said.format(number=row.number, word=row.state.word))
    return row


@use_case(REGISTER)
def issue_slips(work: Work, people: Sequence[int], correction_id: int | None = None) -> list[int]:
    """Number a confirmation for each of these people; it takes the place of the one before."""
    doses = _confirmable(work, people)
    wanted = [person for person in dict.fromkeys(people) if person in doses]
    if not wanted:
        raise UserError(_("None of these people has a dose that could be confirmed."))
    year = here(work.now()).year
    start = bulk.next_number(work, Slip.number, f"XN-{year}-")
    query = select(Slip.person_id, Slip.id).where(Slip.replaced_by.is_(None))
    old = work.session.execute(query.where(bulk.among(work, Slip.person_id, wanted))).all()
    made = [
        (f"XN-{year}-{n:06d}", p, work.now(), work.actor.id, doses[p], correction_id)
        for n, p in enumerate(wanted, start=start)
    ]
    ids = bulk.insert_rows(work, Slip, SLIP, made)
    new = dict(zip(wanted, ids, strict=True))
    for person, slip in old:
        bulk.update_rows(work, Slip, [slip], {"replaced_by": new[person]})
    work.session.expire_all()
    return ids


def _confirmable(work: Work, people: Sequence[int]) -> dict[int, int]:
    """Who of these people has doses that can be confirmed, and how many."""
    born = select(Person.id, Person.dob).where(bulk.among(work, Person.id, people))
    lines = lines_of(work, {row[0]: row[1] for row in work.session.execute(born)})
    counted = {
        person: sum(line.verdict not in UNCOUNTED for line in several)
        for person, several in lines.items()
    }
    return {person: count for person, count in counted.items() if count}
