"""The doses of people with their numbers and verdicts, computed from the facts each time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import day_shown, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import Ending, Reliability, Source, Verdict
from modules.vaccination.models import Dose, Event, Lot, Vial
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.regimen import Regimen
from modules.vaccination.rules.verdicts import Given, Judged, judge, valued
from modules.vaccination.rules.vials import hours_over

REPORTED = aliased(Dose)  # the dose that a severe reaction followed
DEATHS = (
    select(REPORTED.person_id, func.min(Event.died_on).label("died_on"))
    .join(Event, Event.dose_id == REPORTED.id)
    .where(Event.outcome == Ending.DIED)
    .group_by(REPORTED.person_id)
)
DEATH = DEATHS.subquery()
FIELDS: tuple[Any, ...] = (
    Dose.id,
    Dose.person_id,
    Dose.given_on,
    Dose.product,
    Dose.lot,
    Dose.stated,
    Dose.given_at,
    Dose.place,
    Dose.source,
    Dose.reliability,
    Vial.discard_at,
    Lot.recalled_at,
    Dose.uid,
    Dose.session_id,
    Dose.note,
    DEATH.c.died_on,
)


class Told(NamedTuple):
    """A dose as exports carry it inside a row of a person."""

    product: str
    on: str
    lot: str
    number: int | None
    verdict: Verdict


class DoseLine(Struct, frozen=True):
    """One dose of one person with what it is worth."""

    id: int
    person_id: int
    on: date
    at: str
    product: str
    lot: str
    place: str
    source: Source
    reliability: Reliability
    number: int | None
    verdict: Verdict
    doubtful: bool
    reasons: tuple[str, ...]
    uid: str
    session_id: int | None
    note: str

    @property
    def word(self) -> str:
        """The word for what the dose is worth."""
        return valued(self.verdict, self.doubtful)

    @property
    def title(self) -> str:
        """Which dose it is, in words."""
        return _("Dose {n}: {product}").format(n=self.number or "–", product=self.product)  # noqa: RUF001

    @property
    def dated(self) -> str:
        """The same with its day, as it is chosen from a list."""
        return f"{self.title}, {day_shown(self.on)}"

    def told(self) -> Told:
        """As exports carry it."""
        return Told(self.product, self.on.isoformat(), self.lot, self.number, self.verdict)


class DoseRow(Struct, frozen=True):
    """One dose with its person, field by field as the sheet of doses carries them."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    address: str
    number: int | None
    product: str
    on: str
    lot: str
    place: str
    source: Source
    reliability: Reliability
    verdict: Verdict
    reasons: str
    note: str
    uid: str


def lines_of(work: Work, people: Mapping[int, str]) -> dict[int, list[DoseLine]]:
    """The doses of people (id and birth), each person's in order of days."""
    rules, day = regimen(work), work.today()
    found: dict[int, list[DoseLine]] = {}
    for person, rows in facts(work, list(people)).items():
        found[person] = judged(rows, people[person], day, rules)
    return found


def facts(work: Work, people: Sequence[int] | None = None) -> dict[int, list[Any]]:
    """The rows of doses of these people, or of everybody, in order of days."""
    query = _query()
    if people is not None:
        query = query.where(bulk.among(work, Dose.person_id, people))
    found: dict[int, list[Any]] = {}
    for row in work.session.execute(query.order_by(Dose.given_on, Dose.id)):
        found.setdefault(row[1], []).append(row)
    return found


def judged(rows: Sequence[Any], born: str, day: date, rules: Regimen) -> list[DoseLine]:
    """The lines of one person's doses."""
    verdicts = judge([given(row) for row in rows], born, day, rules)
    return [_line(row, one) for row, one in zip(rows, verdicts, strict=True)]


def given(row: Any) -> Given:
    """A row of a dose as the rules want it."""
    moment, discard = row[6], row[10]
    over = hours_over(discard, moment) if moment is not None and discard is not None else 0
    hour = stamp(moment)[11:] if moment is not None else ""
    recalled = row[11] is not None and moment is not None and row[11] < moment
    dead = row[15] is not None and row[15] < row[2]
    return Given(row[2], row[3], row[4], row[5], hour, over, recalled, dead)


def _line(row: Any, one: Judged) -> DoseLine:
    moment = row[6]
    return DoseLine(
        id=row[0],
        person_id=row[1],
        on=row[2],
        at=stamp(moment) if moment is not None else row[2].isoformat(),
        product=row[3],
        lot=row[4],
        place=row[7],
        source=row[8],
        reliability=row[9],
        number=one.number,
        verdict=one.verdict,
        doubtful=one.doubtful,
        reasons=tuple(reason.words for reason in one.reasons),
        uid=row[12],
        session_id=row[13],
        note=row[14],
    )


def _query() -> Select[Any]:
    return (
        select(*FIELDS)
        .outerjoin(Vial, Vial.id == Dose.vial_id)
        .outerjoin(Lot, Lot.id == Vial.lot_id)
        .outerjoin(DEATH, DEATH.c.person_id == Dose.person_id)
    )


def deaths(work: Work) -> dict[int, date | None]:
    """Who died by a report of a severe reaction, and when, as far as it says."""
    return {row[0]: row[1] for row in work.session.execute(DEATHS)}


# -- the sheet of doses ---------------------------------------------------------------------------

FILTERS: Mapping[str, Any] = {
    "product": Dose.product,
    "lot": Dose.lot,
    "on": Dose.given_on,
    "source": Dose.source,
    "commune_code": Person.commune_code,
    "id_no": Person.id_no,
    "phone": Person.phone,
}
PERSON: tuple[Any, ...] = (
    Person.id,
    Person.name,
    Person.dob,
    Person.sex,
    Person.phone,
    Person.id_no,
    Person.commune_code,
    Person.address,
)


def rows(
    work: Work, where: Mapping[str, str] | None = None, most: int | None = None
) -> list[DoseRow]:
    """Doses with their people; ``where`` may name what ``FILTERS`` holds, or ``verdict``."""
    wanted = dict(where or {})
    verdict = Verdict.read(wanted.pop("verdict")) if wanted.get("verdict") else None
    wanted.pop("verdict", None)
    query = select(Dose.id, *PERSON).join(Person, Person.id == Dose.person_id)
    for name, text in wanted.items():
        query = query.where(_is(name, text))
    found = work.session.execute(query.order_by(Dose.given_on, Dose.id).limit(most)).all()
    people = {row[1]: row[3] for row in found}
    lines = {line.id: line for several in lines_of(work, people).values() for line in several}
    work.saw(Person.__tablename__, sorted(people))
    made = [_row(row, lines[row[0]]) for row in found if row[0] in lines]
    return [row for row in made if verdict is None or row.verdict is verdict]


def _is(name: str, text: str) -> Any:
    if name not in FILTERS:
        raise UserError(_("There is no filter “{name}”.").format(name=name))
    if name == "on":
        return FILTERS[name] == _day(text)
    return FILTERS[name] == (Source.read(text) if name == "source" else text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        said = _("“{day}” is not a day; write it as 2021-08-13.")
        raise UserError(said.format(day=text)) from error


def _row(person: Any, line: DoseLine) -> DoseRow:
    values: tuple[Any, ...] = (
        line.id,
        *person[2:9],
        line.number,
        line.product,
        line.on.isoformat(),
        line.lot,
        line.place,
        line.source,
        line.reliability,
        line.verdict,
        "; ".join(line.reasons),
        line.note,
        line.uid,
    )
    return DoseRow(*values)
