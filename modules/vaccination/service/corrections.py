"""Requests for correction with their deadline: of a person, of a dose, of a dose as a whole.

What is asked for is done by the verb that does it elsewhere, so its refusals and its audit are the
same. Doses that were given here are put right at the vaccination desk; then the request is closed.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from admin_suite.core.clock import day_shown, here
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Noted
from admin_suite.registry import typed
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from admin_suite.registry.queries import wrong_corrections
from admin_suite.registry.service import NewPerson, correct_people
from modules.vaccination import formats
from modules.vaccination.codes import OF_DOSE, WHOLE, Asked, Source, Wrong
from modules.vaccination.models import Correction, Dose
from modules.vaccination.permissions import REGISTER
from modules.vaccination.queries.corrections import WholeDose, kept, value_words, whole
from modules.vaccination.queries.regimen import products, watch
from modules.vaccination.service.forecasts import forecast
from modules.vaccination.service.papers import slips_anew
from modules.vaccination.service.people import (
    NewDose,
    correct_doses,
    enter_doses,
)
from modules.vaccination.service.withdrawing import withdraw_doses

D = Dose.__table__.c  # of doses that were taken back, too


@use_case(REGISTER)
def ask_correction(
    work: Work, person_id: int, field: str, new: str, evidence: str, dose_id: int | None = None
) -> int:
    """Take a request for correction in, with its number and deadline; returns it.

    ``dose_id`` is the dose that it is of; ``new`` of a dose that was never given is empty.
    """
    person = work.session.get(Person, person_id)
    wrong = Wrong.of(field) if field in set(Wrong) else Wrong.MISSING
    of_dose = wrong in OF_DOSE or wrong is Wrong.NEVER
    if person is None or wrong is Wrong.MISSING or of_dose != (dose_id is not None):
        raise UserError(_("Say of whom and what is to be corrected."))
    row = Correction(person_id=person_id, field=wrong, dose_id=dose_id, new="")
    if dose_id is not None:
        _dose_of(work, person_id, dose_id)
        row.old = _known(work, row)
        row.new = "" if wrong is Wrong.NEVER else _read_dose(work, wrong, new)
    else:
        row.old, row.new = _known(work, row), _read(work, person, field, new)
    if row.old == row.new or not (row.new or wrong is Wrong.NEVER):
        raise UserError(_("Say what it should be; it is the same as now."))
    if dose_id is None:
        refuse(wrong_corrections(work, [Change(person_id, {field: (row.old, row.new)})]))
    return _take_in(work, row, evidence)


@use_case(REGISTER)
def ask_missing(work: Work, person_id: int, dose: WholeDose, evidence: str) -> int:
    """Take in that a dose of somebody is missing, as it is said to have been given; returns it."""
    if work.session.get(Person, person_id) is None:
        raise UserError(_("Say of whom and what is to be corrected."))
    on = _read_dose(work, Wrong.ON, dose.on)
    product = _read_dose(work, Wrong.PRODUCT, dose.product)
    lot, place = formats.lot_number(dose.lot), dose.place.strip()
    if dose.source is Source.OWN:
        raise UserError(_("A dose that was given here is entered at the vaccination desk."))
    there = select(Dose.id).where(
        Dose.person_id == person_id, Dose.given_on == date.fromisoformat(on)
    )
    if product:
        there = there.where(Dose.product == product)
    if work.session.scalars(there.limit(1)).first() is not None:
        raise UserError(_("This dose is entered already."))
    new = kept(WholeDose(on, product, lot, dose.stated, place, dose.source))
    row = Correction(person_id=person_id, field=Wrong.MISSING, dose_id=None, old="", new=new)
    return _take_in(work, row, evidence)


def _take_in(work: Work, row: Correction, evidence: str) -> int:
    _asked_already(work, row)
    year = here(work.now()).year
    serial = bulk.next_number(work, Correction.number, f"SC-{year}-")
    row.number, row.evidence = f"SC-{year}-{serial:04d}", evidence.strip()
    row.state, row.asked_at, row.asked_by = Asked.OPEN, work.now(), work.actor.id
    row.due_on = work.today() + timedelta(days=watch(work).answer)
    work.session.add(row)
    work.session.flush()
    return row.id


def _asked_already(work: Work, row: Correction) -> None:
    """Refuse a request that waits already; two would be answered twice."""
    query = select(Correction.number, Correction.due_on).where(
        Correction.person_id == row.person_id,
        Correction.field == row.field,
        Correction.new == row.new,
        Correction.state == Asked.OPEN,
    )
    if row.dose_id is not None:
        query = query.where(Correction.dose_id == row.dose_id)
    there = work.session.execute(query.limit(1)).first()
    if there is not None:
        said = _("Request {number} asks for the same; it is answered until {day}.")
        raise UserError(said.format(number=there[0], day=day_shown(there[1])))


# -- what is known now, and what somebody writes -------------------------------------------------


def _known(work: Work, row: Correction) -> str:
    """What is known of what a request is about, as a list writes it."""
    if row.field not in OF_DOSE and row.field not in WHOLE:
        value = getattr(work.session.get_one(Person, row.person_id), row.field)
        return value.value if isinstance(value, Sex) else str(value or "")
    dose = _dose(work, row.dose_id)
    if dose is None:
        return ""
    if row.field in WHOLE:
        facts = (dose.given_on.isoformat(), dose.product, dose.lot, dose.stated, dose.place)
        return kept(WholeDose(*facts, dose.source))
    return str(getattr(dose, _column(row.field)) or "")


def _column(wrong: Wrong) -> str:
    """The column of doses that a field of a request is."""
    return "given_on" if wrong is Wrong.ON else wrong.value


def _dose(work: Work, dose_id: int | None) -> Dose | None:
    """A dose as it is now, kept from colleagues; none where it was taken back."""
    query = select(Dose).where(Dose.id == dose_id).with_for_update()
    return work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _dose_of(work: Work, person_id: int, dose_id: int) -> Dose:
    dose = _dose(work, dose_id)
    if dose is None or dose.person_id != person_id:
        raise UserError(_("There is no such dose."))
    return dose


def _read_dose(work: Work, wrong: Wrong, words: str) -> str:
    """What somebody asked for of a dose, as it is kept; refuses what the field cannot be."""
    if not words.strip() and wrong is not Wrong.ON:
        return ""
    if wrong is Wrong.PRODUCT:
        known = products(work)
        found = formats.product(words, known)
        if not found or isinstance(found, Noted):
            said = _("There is no vaccine “{cell}”. Known: {names}.")
            raise UserError(said.format(cell=words.strip(), names=", ".join(known)))
        return str(found)
    if wrong is Wrong.ON:
        return _day(work, words.strip())
    return READERS[wrong](words)


def _number(words: str) -> str:
    return str(formats.which(words) or "")


READERS: Mapping[Wrong, Callable[[str], str]] = {
    Wrong.LOT: formats.lot_number,
    Wrong.STATED: _number,
    Wrong.PLACE: str.strip,
}


def _day(work: Work, words: str) -> str:
    if not words:
        raise UserError(_("The day of the injection is missing."))
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise UserError(_("“{cell}” is not a day.").format(cell=words)) from None
    if day > work.today():
        raise UserError(_("This day is still to come."))
    return day.isoformat()


def _read(work: Work, person: Person, field: str, words: str) -> str:
    """What somebody asked for, as the register keeps it; refuses what the field cannot be."""
    if field == Wrong.SEX:
        return Sex.read(words).value
    form = typed.Form(NewPerson(person.name, person.dob, person.sex))
    told = typed.read({"dob": person.dob, field: words}, form, work.today())
    if field in told.wrong:
        raise UserError(told.wrong[field])
    if field == Wrong.PHONE and told.form.person.other_phones:
        raise UserError(_("Ask for one telephone; further ones stand on the person's card."))
    return str(getattr(told.form.person, field))


# -- answers --------------------------------------------------------------------------------------


@use_case(REGISTER)
def accept_correction(work: Work, correction_id: int) -> list[int]:
    """Correct what was asked for and print the slips anew; returns the new slips.

    What is so already, because somebody has put it right in the meantime, only closes the request.
    """
    row = _open(work, correction_id)
    now = _known(work, row)
    if now == row.new or _put_right_at_desk(work, row):
        row.answer = _("It was put right already.")
    elif now != row.old:
        raise UserError(_since_asked(row, now))
    else:
        _make(work, row, row.old, row.new)
    row.state, row.closed_at, row.closed_by = Asked.DONE, work.now(), work.actor.id
    return slips_anew(work, row.person_id, row.id)


def _since_asked(row: Correction, now: str) -> str:
    if row.field in OF_DOSE and not now:
        return _("Since this was asked the dose was taken back. Decline it, or ask anew.")
    said = _("Since this was asked the register says “{now}”. Decline it, or ask anew.")
    return said.format(now=value_words(row.field, now))


def _put_right_at_desk(work: Work, row: Correction) -> bool:
    """Whether the dose was taken back and stands there anew as it was asked for."""
    if row.field not in OF_DOSE or _dose(work, row.dose_id) is not None:
        return False
    query = select(D.given_on, D.product, D.lot).where(D.id == row.dose_id)
    day, product, lot = work.session.execute(query).one()
    same = {"given_on": day, "product": product, "lot": lot}
    column = _column(row.field)
    same.pop(column, None)
    if row.field is Wrong.PRODUCT:  # another vaccine is of another lot
        same.pop("lot")
    found = select(Dose).where(Dose.person_id == row.person_id)
    found = found.where(*(getattr(Dose, name) == value for name, value in same.items()))
    return any(str(getattr(one, column)) == row.new for one in work.session.scalars(found))


def _make(work: Work, row: Correction, old: str, new: str) -> None:
    """Make what is known another, by the verb that does so elsewhere."""
    if row.field in WHOLE:
        _bring(work, row, new) if new else _take_back(work, row)
    elif row.field in OF_DOSE:
        correct_doses(work, [Change(row.dose_id or 0, {row.field.value: (old, new)})])
    else:
        correct_people(work, [Change(row.person_id, {row.field.value: (old, new)})])
        forecast(work, [row.person_id])


def _take_back(work: Work, row: Correction) -> None:
    """Take back the dose of a request."""
    dose = _dose(work, row.dose_id)
    if dose is not None and dose.source is Source.OWN:
        raise UserError(_("This dose was given here; take it back at the vaccination desk."))
    reason = _("Request for correction {number}").format(number=row.number)
    for said in withdraw_doses(work, [row.dose_id or 0], reason).values():
        raise UserError(said)


def _bring(work: Work, row: Correction, new: str) -> None:
    """Enter the dose of a request, or the one again that was taken back because of it."""
    if row.dose_id is not None:
        bulk.update_rows(work, Dose, [row.dose_id], {"voided_at": None, "void_reason": ""})
        work.session.expire_all()
        forecast(work, [row.person_id])
        return
    one, person = whole(new), work.session.get_one(Person, row.person_id)
    told = NewPerson(person.name, person.dob, person.sex, uid=person.uid)
    note = _("Request for correction {number}").format(number=row.number)
    rest: dict[str, Any] = {"place": one.place, "source": one.source, "note": note}
    dose = NewDose(told, one.on, one.product, one.lot, one.stated, **rest)
    row.dose_id = next(iter(enter_doses(work, [dose]).added), None)
    if row.dose_id is None:
        row.answer = _("It was put right already.")


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
    """Take an answer back: what is known is again what it was; returns the new slips.

    What was put right by other means stays so.
    """
    row = _held(work, correction_id)
    if row.state is Asked.OPEN:
        said = _("Request {number} waits for its answer; there is nothing to take back.")
        raise UserError(said.format(number=row.number))
    corrected = row.state is Asked.DONE and not row.answer
    if corrected:
        now = _known(work, row)
        if now != row.new:
            said = _(
                "Since it was corrected the register says “{now}”. Ask for another correction."
            )
            raise UserError(said.format(now=value_words(row.field, now)))
        _make(work, row, row.new, row.old)
    row.state, row.closed_at, row.closed_by, row.answer = Asked.OPEN, None, None, ""
    return slips_anew(work, row.person_id, row.id) if corrected else []


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
