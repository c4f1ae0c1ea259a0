"""Severe reactions with their clocks, requests for correction with their deadlines, slips."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import midnight_of, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import Asked, Ending, Serious, Sign
from modules.vaccination.models import Correction, Dose, Event, FollowUp, Slip, Visit
from modules.vaccination.queries.regimen import watch
from modules.vaccination.rules.aefi import follow_ups, notify_by

PREGNANT = "PREGNANT_"  # how the questions of the screening forms about it begin


class EventRow(Struct, frozen=True):
    """One report of a severe reaction; ``follow_on`` is the next day to ask again."""

    id: int
    number: str
    person_id: int
    name: str
    product: str
    lot: str
    given_on: date
    onset_at: str
    signs: tuple[Sign, ...]
    serious: Serious | None
    outcome: Ending
    notified: bool
    notify_by: datetime
    late: bool
    follow_on: date | None
    follow_after: int
    closed: bool


class CorrectionRow(Struct, frozen=True):
    """One request for correction."""

    id: int
    number: str
    person_id: int
    name: str
    field: str
    old: str
    new: str
    evidence: str
    state: Asked
    asked_at: str
    due_on: date
    late: bool
    answer: str
    slips: tuple[str, ...]


def events(work: Work) -> list[EventRow]:
    """Every report, the open ones first."""
    rule, now = watch(work), work.now()
    query = (
        select(Event, Dose, Person.id, Person.name)
        .join(Dose, Dose.id == Event.dose_id)
        .join(Person, Person.id == Dose.person_id)
        .order_by(Event.closed_at.is_not(None), Event.known_at.desc())
    )
    rows = work.session.execute(query).all()
    seen = _followed(work)
    work.saw(Person.__tablename__, sorted({row[2] for row in rows}))
    found = []
    for event, dose, person, name in rows:
        until = notify_by(event.known_at, rule.notify)
        after, day = _next(event, dose.given_on, rule.followed, seen.get(event.id, set()))
        found.append(
            EventRow(
                event.id,
                event.number,
                person,
                name,
                dose.product,
                dose.lot,
                dose.given_on,
                stamp(event.onset_at),
                tuple(Sign.of(code) for code in event.signs.split()),
                event.serious,
                event.outcome,
                event.notified_at is not None,
                until,
                _late(event, until, now),
                day,
                after,
                event.closed_at is not None,
            )
        )
    return found


def _next(
    event: Event, given_on: date, followed: Sequence[int], seen: set[int]
) -> tuple[int, date | None]:
    """After how many days, and on which, to ask next how somebody is; nobody who died."""
    if event.closed_at is not None or event.outcome is Ending.DIED:
        return 0, None
    pairs = zip(followed, follow_ups(given_on, followed), strict=True)
    return next(((after, day) for after, day in pairs if after not in seen), (0, None))


def _late(event: Event, until: datetime, now: datetime) -> bool:
    """Whether the higher level has not been told in time."""
    return event.notified_at is None and event.closed_at is None and now > until


def event_begun(work: Work, dose_id: int) -> dict[str, Any]:
    """What a new report of a dose can say already: whose it is, and what the screening asked."""
    dose = work.session.get(Dose, dose_id)
    if dose is None:
        raise UserError(_("There is no such dose."))
    person = work.session.get_one(Person, dose.person_id)
    work.saw(Person.__tablename__, [person.id])
    visit = work.session.scalars(select(Visit).where(Visit.dose_id == dose_id)).one_or_none()
    found: dict[str, Any] = {"name": person.name, "sex": person.sex}
    if visit is not None and visit.checklist_id is not None and person.sex is Sex.F:
        found["pregnant"] = any(code.startswith(PREGNANT) for code in visit.answers.split())
    return found


def event_known(work: Work, event_id: int) -> dict[str, Any]:
    """What is known of one report, field by field."""
    event = work.session.get(Event, event_id)
    if event is None:
        raise UserError(_("There is no such report."))
    person = work.session.get_one(Person, work.session.get_one(Dose, event.dose_id).person_id)
    work.saw(Person.__tablename__, [person.id])
    found: dict[str, Any] = {one.key: getattr(event, one.key) for one in Event.__table__.columns}
    signs = tuple(Sign.of(code) for code in event.signs.split())
    return found | {"signs": signs, "name": person.name, "sex": person.sex}


def _followed(work: Work) -> dict[int, set[int]]:
    """After how many days each report was followed up already."""
    seen: dict[int, set[int]] = {}
    for event_id, after in work.session.execute(select(FollowUp.event_id, FollowUp.after_days)):
        seen.setdefault(event_id, set()).add(after)
    return seen


def corrections(work: Work, *, open_only: bool = False) -> list[CorrectionRow]:
    """The requests for correction, those to be answered first, by their deadline."""
    query = select(Correction, Person.name).join(Person, Person.id == Correction.person_id)
    if open_only:
        query = query.where(Correction.state == Asked.OPEN)
    query = query.order_by(Correction.state != Asked.OPEN, Correction.due_on, Correction.id)
    rows = work.session.execute(query).all()
    keys = [row[0].id for row in rows]
    slips: dict[int | None, list[str]] = {}
    made = select(Slip.correction_id, Slip.number).where(bulk.among(work, Slip.correction_id, keys))
    for key, number in work.session.execute(made.order_by(Slip.id)):
        slips.setdefault(key, []).append(number)
    day = work.today()
    work.saw(Person.__tablename__, sorted({row[0].person_id for row in rows}))
    return [
        CorrectionRow(
            one.id,
            one.number,
            one.person_id,
            name,
            one.field,
            one.old,
            one.new,
            one.evidence,
            one.state,
            stamp(one.asked_at),
            one.due_on,
            one.state is Asked.OPEN and one.due_on < day,
            one.answer,
            tuple(slips.get(one.id, ())),
        )
        for one, name in rows
    ]


def open_corrections(work: Work) -> tuple[int, int]:
    """How many requests wait for an answer, and how many of them past their deadline."""
    late = func.count().filter(Correction.due_on < work.today())
    query = select(func.count(), late).where(Correction.state == Asked.OPEN)
    row = work.session.execute(query).one()
    return row[0] or 0, row[1] or 0


def asked_for(work: Work, correction_id: int) -> tuple[str, date]:
    """The number of a request and the day until which it is answered."""
    row = work.session.get_one(Correction, correction_id)
    return row.number, row.due_on


def slip_people(work: Work, slips: Sequence[int]) -> list[tuple[str, int]]:
    """The numbers of slips and whose they are, in their order."""
    query = select(Slip.number, Slip.person_id).where(bulk.among(work, Slip.id, slips))
    return [(row[0], row[1]) for row in work.session.execute(query.order_by(Slip.id))]


def numbered_slips(
    work: Work, numbers: Sequence[str], people: Sequence[int] = ()
) -> list[tuple[str, int]]:
    """The slips in force of these numbers or people; of neither, those of today.

    Refuses a number that no slip has, and one whose slip was replaced.
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
    query = select(Slip.number, Slip.person_id).where(Slip.replaced_by.is_(None))
    if numbers or people:
        query = query.where(
            bulk.among(work, Slip.number, numbers) | bulk.among(work, Slip.person_id, people)
        )
    else:
        start = midnight_of(work.today())
        query = query.where(Slip.printed_at >= start)
    return [(row[0], row[1]) for row in work.session.execute(query.order_by(Slip.id))]
