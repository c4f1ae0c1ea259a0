"""Reactions: the usual ones are counted by one key, a severe one is reported and followed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import Common, Ending, Serious, Sign
from modules.vaccination.models import Dose, Event, FollowUp, Reaction, Vial
from modules.vaccination.permissions import VACCINATE
from modules.vaccination.queries.regimen import watch
from modules.vaccination.rules.aefi import (
    still_to_come,
    wrong_days,
    wrong_end,
    wrong_hour,
    wrong_person,
)
from modules.vaccination.service.forecasts import forecast

DAY = 10  # letters of a FHIR date that tell the day


class NewEvent(NamedTuple):
    """A severe reaction as it is reported, after the WHO's core variables for AEFI.

    Person, vaccine, lot, dose, day and place of the injection are those of the dose.
    """

    dose_id: int
    onset_at: datetime
    signs: tuple[Sign, ...]
    description: str = ""
    serious: Serious | None = None
    serious_other: str = ""
    outcome: Ending = Ending.UNKNOWN
    died_on: date | None = None
    autopsy: bool | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    history: str = ""
    other_vaccines: str = ""
    diluent_lot: str = ""
    treatment: str = ""
    reporter: str = ""
    reporter_post: str = ""
    reporter_contact: str = ""
    known_at: datetime | None = None
    reported_on: date | None = None
    notified_at: datetime | None = None
    investigated_on: date | None = None
    national_on: date | None = None


TOLD = [name for name in NewEvent._fields if name not in ("dose_id", "known_at", "notified_at")]


@use_case(VACCINATE)
def react(work: Work, dose_id: int, kind: Common) -> int:
    """Count a usual reaction; the same one again changes nothing. Returns it."""
    query = select(Reaction).where(Reaction.dose_id == dose_id, Reaction.kind == kind)
    there = work.session.scalars(query).one_or_none()
    if there is None:
        there = Reaction(dose_id=dose_id, kind=kind, at=work.now(), by=work.actor.id)
        work.session.add(there)
        work.session.flush()
    return there.id


@use_case(VACCINATE)
def unreact(work: Work, reactions: Sequence[int]) -> int:
    """Take the count of usual reactions back; one that was taken back already stays so."""
    query = select(Reaction).where(Reaction.id.in_(reactions))
    there = work.session.scalars(query).all()
    for one in there:
        one.voided_at = work.now()
    return len(there)


@use_case(VACCINATE)
def report_event(work: Work, said: NewEvent) -> int:
    """Report a severe reaction and start its clock; returns the report."""
    dose = work.session.get(Dose, said.dose_id)
    if dose is None:
        raise UserError(_("There is no such dose."))
    if not said.signs:
        raise UserError(_("Say what was seen: at least one sign."))
    refuse(_wrong(work, dose, said))
    year = here(work.now()).year
    serial = bulk.next_number(work, Event.number, f"AEFI-{year}-")
    event = Event(number=f"AEFI-{year}-{serial:04d}", dose_id=dose.id, entered_by=work.actor.id)
    _put(event, said)
    event.known_at = said.known_at or work.now()
    event.notified_at = said.notified_at
    work.session.add(event)
    work.session.flush()
    forecast(work, [dose.person_id])
    return event.id


@use_case(VACCINATE)
def amend_event(work: Work, event_id: int, said: NewEvent, before: NewEvent | None = None) -> None:
    """Say more of a severe reaction, or put it right; its number and dose stay.

    ``before`` is what the form showed when it was opened: what a colleague has said since stays,
    unless both say something else of the same, which is refused.
    """
    event = _open(work, event_id)
    said = said if before is None else _beside_others(event, before, said)
    dose = work.session.get_one(Dose, event.dose_id)
    refuse(_wrong(work, dose, said))
    _put(event, said)
    event.known_at = said.known_at or event.known_at
    event.notified_at = said.notified_at or event.notified_at
    forecast(work, [dose.person_id])


@use_case(VACCINATE)
def notify_event(work: Work, event_id: int) -> None:
    """The higher level was told of a severe reaction; of a closed report too, late as it is."""
    event = _held(work, event_id)
    event.notified_at = event.notified_at or work.now()


@use_case(VACCINATE)
def untell_event(work: Work, event_id: int) -> None:
    """Take back that the higher level was told; its clock runs again."""
    _held(work, event_id).notified_at = None


@use_case(VACCINATE)
def follow(work: Work, event_id: int, after_days: int, state: Ending, note: str = "") -> int:
    """Write down how somebody was found on a day of the follow-up; the report says so too.

    Before that day it is an earlier look, kept under the days that have passed: the follow-up is
    still to come.
    """
    event = _open(work, event_id)
    if event.outcome is Ending.DIED:
        raise UserError(_("By the report this person died; nobody is asked any more."))
    if after_days not in watch(work).followed:
        known = ", ".join(map(str, watch(work).followed))
        raise UserError(_("People are followed after {days} days.").format(days=known))
    dose = work.session.get_one(Dose, event.dose_id)
    after_days = min(after_days, (work.today() - dose.given_on).days)
    there = select(FollowUp.id).where(FollowUp.event_id == event.id)
    if work.session.scalars(there.where(FollowUp.after_days == after_days)).first() is not None:
        said = _("The follow-up after {days} days is written down already.")
        raise UserError(said.format(days=after_days))
    row = FollowUp(
        event_id=event.id, after_days=after_days, seen_on=work.today(), note=note.strip()
    )
    row.state, row.by = state, work.actor.id
    work.session.add(row)
    if state is not Ending.UNKNOWN:
        event.outcome = state
    forecast(work, [dose.person_id])
    return row.id


@use_case(VACCINATE)
def close_event(work: Work, event_id: int) -> None:
    """Close a report whose end is known; until the higher level is told its clock runs on."""
    event = _open(work, event_id)
    if event.outcome is Ending.UNKNOWN:
        raise UserError(_("Say what became of the person before closing the report."))
    event.closed_at = work.now()


@use_case(VACCINATE)
def reopen_event(work: Work, event_id: int) -> None:
    """Take the closing of a report back."""
    _held(work, event_id).closed_at = None


def _held(work: Work, event_id: int) -> Event:
    """A report, kept from colleagues until the unit of work ends."""
    return bulk.held(work, Event, event_id, _("There is no such report."))


def _open(work: Work, event_id: int) -> Event:
    """A report of which more may be said."""
    event = _held(work, event_id)
    if event.closed_at is not None:
        said = _("Report {number} is closed; open it again to say more.")
        raise UserError(said.format(number=event.number))
    return event


def _put(event: Event, said: NewEvent) -> None:
    values = said._asdict()
    values["signs"] = " ".join(sign.value for sign in said.signs)
    for name in TOLD:
        value = values[name]
        setattr(event, name, value.strip() if type(value) is str else value)


def _beside_others(event: Event, before: NewEvent, said: NewEvent) -> NewEvent:
    """What is said of a report, with what colleagues have said of the rest since it was shown."""
    kept: dict[str, Any] = {}
    for name in TOLD:
        now, shown, new = _now(event, name), getattr(before, name), getattr(said, name)
        if _plain(new) == _plain(shown):
            kept[name] = now
        elif _plain(now) not in (_plain(shown), _plain(new)):
            told = _(
                "Meanwhile a colleague has said another thing of the same. Open {number} anew."
            )
            raise UserError(told.format(number=event.number))
    return said._replace(**kept)


def _now(event: Event, name: str) -> Any:
    codes = event.signs.split()
    return tuple(map(Sign.of, codes)) if name == "signs" else getattr(event, name)


def _plain(value: Any) -> Any:
    """A value as a form shows it: signs in no order, moments to the minute."""
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0)
    return frozenset(value) if isinstance(value, tuple) else value


def _wrong(work: Work, dose: Dose, said: NewEvent) -> list[Refusal]:
    """The days that are in the wrong order, and what cannot be of this person."""
    person = work.session.get_one(Person, dose.person_id)
    born = person.dob
    vial = work.session.get(Vial, dose.vial_id) if dose.vial_id else None
    days = {
        "vaccinated_on": dose.given_on,
        "onset_on": here(said.onset_at).date(),
        "died_on": said.died_on,
        "notified_on": here(said.notified_at).date() if said.notified_at else None,
        "investigated_on": said.investigated_on,
        "reported_on": said.reported_on,
        "national_on": said.national_on,
        "born_on": date.fromisoformat(born) if len(born) == DAY else None,
        "opened_on": here(vial.opened_at).date() if vial else None,
    }
    told = {"pregnant": said.pregnant, "breastfeeding": said.breastfeeding}
    given = here(dose.given_at) if dose.given_at else None
    found = [*wrong_days(days), *wrong_hour(here(said.onset_at), given)]
    found += still_to_come(days, work.today())
    found += [*wrong_person(person.sex is Sex.M, told), *wrong_end(said.serious, said.outcome)]
    return [Refusal(0, one.field, _(one.message)) for one in found]
