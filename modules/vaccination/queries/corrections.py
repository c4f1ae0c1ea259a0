"""Requests for correction with their deadlines, of people and of doses."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import shown, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import WHOLE, Asked, Paper, Source, Wrong
from modules.vaccination.models import Correction, Dose, Slip
from modules.vaccination.queries.slips import slips_of

PERSON = ("name", "dob", "sex", "phone", "id_no", "commune_code")
D = Dose.__table__.c  # a dose that was taken back is told too


class WholeDose(Struct, frozen=True):
    """A dose as somebody says it was given, or as it is kept; ``on`` as ISO."""

    on: str
    product: str = ""
    lot: str = ""
    stated: int = 0
    place: str = ""
    source: Source = Source.CARD

    def words(self) -> str:
        """The dose in one line."""
        parts = [self.product, shown(self.on), self.lot, self.place]
        if self.stated:
            parts.insert(0, _("Dose {n}:").format(n=self.stated))
        return " ".join(part for part in parts if part)


class CorrectionRow(Struct, frozen=True):
    """One request for correction.

    ``dose`` is which dose it is of, in words; ``slips`` were printed because of it, and ``stale``
    are those of them that are no longer right by now.
    """

    id: int
    number: str
    person_id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    dose: str
    field: Wrong
    old: str
    new: str
    evidence: str
    state: Asked
    asked_at: str
    due_on: str
    late: bool
    closed_at: str
    answer: str
    slips: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def now(self) -> str:
        """What was known when it was asked, in words."""
        return value_words(self.field, self.old)

    @property
    def wanted(self) -> str:
        """What it should be, in words."""
        return value_words(self.field, self.new)

    @property
    def paper(self) -> str:
        """The numbers of its slips, each with its word where it is out of date."""
        word = Paper.STALE.word
        marked = (f"{n} ({word})" if n in self.stale else n for n in self.slips)
        return ", ".join(marked)


def value_words(field: Wrong, value: str) -> str:
    """What a field says, as people write it."""
    if field in WHOLE:
        return whole(value).words() if value else _("not given")
    if field is Wrong.SEX:
        return Sex.of(value).word if value else ""
    return shown(value) if field in (Wrong.DOB, Wrong.ON) else value


def whole(value: str) -> WholeDose:
    """A dose as a request keeps it."""
    return msgspec.json.decode(value, type=WholeDose)


def kept(dose: WholeDose) -> str:
    """A dose as a request keeps it."""
    return msgspec.json.encode(dose).decode()


def corrections(
    work: Work, where: Mapping[str, str] | None = None, *, open_only: bool = False
) -> list[CorrectionRow]:
    """The requests for correction, those to be answered first, by their deadline."""
    columns: tuple[Any, ...] = tuple(getattr(Person, name) for name in PERSON)
    query = select(Correction, *columns, D.product, D.given_on, D.lot).join(
        Person, Person.id == Correction.person_id
    )
    query = query.outerjoin(Dose.__table__, D.id == Correction.dose_id)
    if open_only:
        query = query.where(Correction.state == Asked.OPEN)
    for name, text in (where or {}).items():
        query = query.where(_is(name, text))
    query = query.order_by(Correction.state != Asked.OPEN, Correction.due_on, Correction.id)
    rows = work.session.execute(query).all()
    slips = _slips(work, [row[0].id for row in rows])
    printed = {number for several in slips.values() for number in several}
    of = sorted({row[0].person_id for row in rows if row[0].id in slips})
    stale = {one.number for one in slips_of(work, of) if one.state is Paper.STALE} & printed
    work.saw(Person.__tablename__, sorted({row[0].person_id for row in rows}))
    return [_row(row, slips.get(row[0].id, ()), stale, work.today()) for row in rows]


def _row(row: Any, slips: Sequence[str], stale: set[str], day: date) -> CorrectionRow:
    one: Correction = row[0]
    named = one.field in WHOLE or one.dose_id is None  # says itself which dose it is
    values: tuple[Any, ...] = (
        one.id,
        one.number,
        one.person_id,
        *row[1:7],
        "" if named else WholeDose(row[8].isoformat(), row[7], row[9]).words(),
        one.field,
        one.old,
        one.new,
        one.evidence,
        one.state,
        stamp(one.asked_at),
        one.due_on.isoformat(),
        one.state is Asked.OPEN and one.due_on < day,
        stamp(one.closed_at) if one.closed_at else "",
        one.answer,
        tuple(slips),
        tuple(number for number in slips if number in stale),
    )
    return CorrectionRow(*values)


def _slips(work: Work, keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    made = select(Slip.correction_id, Slip.number).where(bulk.among(work, Slip.correction_id, keys))
    for key, number in work.session.execute(made.order_by(Slip.id)):
        found.setdefault(key or 0, []).append(number)
    return found


def _is(name: str, text: str) -> Any:
    if name == "number":
        return Correction.number == text
    if name == "state":
        return Correction.state == Asked.read(text)
    if name == "field":
        return Correction.field == Wrong.read(text)
    raise UserError(_("There is no filter “{name}”.").format(name=name))


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
