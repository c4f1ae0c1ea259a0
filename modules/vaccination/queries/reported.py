"""Severe reactions line by line, as a higher level or the WHO's core variables want them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import Ending, Serious, Sign
from modules.vaccination.models import Dose, Event
from modules.vaccination.queries.doses import lines_of

FILTERS: Mapping[str, Any] = {
    "number": Event.number,
    "product": Dose.product,
    "lot": Dose.lot,
    "commune_code": Person.commune_code,
}
SAME = (
    "number",
    "pregnant",
    "breastfeeding",
    "signs",
    "description",
    "serious",
    "serious_other",
    "outcome",
    "autopsy",
    "history",
    "other_vaccines",
    "diluent_lot",
    "treatment",
    "reporter",
    "reporter_post",
    "reporter_contact",
)
DAYS = ("died_on", "reported_on", "investigated_on", "national_on")
MOMENTS = ("onset_at", "known_at", "notified_at", "closed_at")
OF_PERSON = ("name", "dob", "sex", "phone", "id_no", "commune_code", "address")


class ReportedRow(Struct, frozen=True):
    """One severe reaction with its person and dose; ``dose`` is which one it was."""

    id: int
    number: str
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    address: str
    pregnant: bool | None
    breastfeeding: bool | None
    product: str
    lot: str
    dose: int | None
    given_at: str
    place: str
    diluent_lot: str
    other_vaccines: str
    history: str
    onset_at: str
    signs: str
    description: str
    serious: Serious | None
    serious_other: str
    outcome: Ending
    died_on: str
    autopsy: bool | None
    treatment: str
    reporter: str
    reporter_post: str
    reporter_contact: str
    known_at: str
    reported_on: str
    notified_at: str
    investigated_on: str
    national_on: str
    closed_at: str


def reported(work: Work, where: Mapping[str, str]) -> list[ReportedRow]:
    """Every report by its number; ``where`` may name what ``FILTERS`` holds."""
    query = select(Event, Dose, Person).join(Dose, Dose.id == Event.dose_id)
    query = query.join(Person, Person.id == Dose.person_id)
    for name, text in where.items():
        if name not in FILTERS:
            raise UserError(_("There is no filter “{name}”.").format(name=name))
        query = query.where(FILTERS[name] == text)
    found = work.session.execute(query.order_by(Event.number)).all()
    people = {person.id: person.dob for _event, _dose, person in found}
    lines = [line for several in lines_of(work, people).values() for line in several]
    numbers = {line.id: line.number for line in lines}
    work.saw(Person.__tablename__, sorted(people))
    return [_row(event, dose, person, numbers.get(dose.id)) for event, dose, person in found]


def sign_words(codes: str) -> str:
    """The signs of a report in words."""
    return ", ".join(Sign.of(code).word for code in codes.split())


def _row(event: Event, dose: Dose, person: Person, number: int | None) -> ReportedRow:
    days: dict[str, Any] = {name: _day(getattr(event, name)) for name in DAYS}
    moments: dict[str, Any] = {name: _moment(getattr(event, name)) for name in MOMENTS}
    return ReportedRow(
        id=event.id,
        product=dose.product,
        lot=dose.lot,
        dose=number,
        given_at=stamp(dose.given_at) if dose.given_at else dose.given_on.isoformat(),
        place=dose.place,
        **_all(event, SAME),
        **_all(person, OF_PERSON),
        **days,
        **moments,
    )


def _all(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _moment(moment: datetime | None) -> str:
    return stamp(moment) if moment is not None else ""
