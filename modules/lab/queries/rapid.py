"""Questions about rapid tests."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.queries import commune_names
from modules.lab.codes import RapidOutcome, Stage, Subject
from modules.lab.models import Kit, KitLot, RapidTest, Specimen, Tube

FILTERS: Mapping[str, Any] = {
    "outcome": RapidTest.outcome,
    "site": Unit.name,
    "kit": Kit.name,
    "lot": KitLot.lot,
}


class RapidRow(Struct, frozen=True):
    """One rapid test, field by field as lists, exports and the screen show it."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    address: str
    subject: Subject | None
    tested_at: str
    kit: str
    lot: str
    outcome: RapidOutcome
    tester: str
    site: str
    note: str
    row: int
    person_id: int
    uid: str


class PositiveRow(Struct, frozen=True):
    """A positive rapid test whose PCR sample has not been received."""

    id: int
    person_id: int
    tested_at: str
    site: str
    tube_id: int


def rapid_tests(work: Work, where: Mapping[str, str] | None = None) -> list[RapidRow]:
    """Rapid tests by the moment; ``where`` filters by outcome, site, kit, lot or day."""
    query = select(RapidTest.id).join(Unit, Unit.id == RapidTest.site_id)
    query = query.outerjoin(KitLot, KitLot.id == RapidTest.lot_id)
    query = query.outerjoin(Kit, Kit.id == KitLot.kit_id)
    for name, text in (where or {}).items():
        if name == "day":
            query = query.where(_on(date.fromisoformat(text), date.fromisoformat(text)))
        elif name in FILTERS:
            wanted = RapidOutcome.read(text) if name == "outcome" else text
            query = query.where(FILTERS[name] == wanted)
        else:
            raise UserError(_("There is no filter “{name}”.").format(name=name))
    keys = list(work.session.scalars(query.order_by(RapidTest.tested_at, RapidTest.id)))
    return rapid_rows(work, keys)


def latest_rapid(work: Work, most: int) -> list[RapidRow]:
    """The tests that were entered last, the latest first."""
    query = select(RapidTest.id).order_by(RapidTest.id.desc()).limit(most)
    return rapid_rows(work, list(work.session.scalars(query)))


def rapid_rows(work: Work, ids: Sequence[int]) -> list[RapidRow]:
    """These tests, in the order asked for; what is shown of people is recorded."""
    names = commune_names(work)
    found: dict[int, RapidRow] = {}
    for part in bulk.chunks(ids):
        for row in work.session.execute(_fields().where(RapidTest.id.in_(part))):
            found[row[0]] = _row(row, names)
    rows = [found[key] for key in ids if key in found]
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows}))
    return rows


def rapid_known(work: Work, uids: Sequence[str]) -> dict[str, int]:
    """The tests of these codes."""
    return bulk.existing(work, RapidTest, "uid", [uid for uid in uids if uid])


def unconfirmed(work: Work) -> list[PositiveRow]:
    """The positives whose PCR sample is still to be received, the oldest first."""
    query = (
        select(RapidTest.id, RapidTest.person_id, RapidTest.tested_at, Unit.name, Specimen.tube_id)
        .join(Unit, Unit.id == RapidTest.site_id)
        .join(Specimen, Specimen.id == RapidTest.specimen_id)
        .join(Tube, Tube.id == Specimen.tube_id)
        .where(RapidTest.outcome == RapidOutcome.POSITIVE, Tube.stage == Stage.EXPECTED)
        .order_by(RapidTest.tested_at, RapidTest.id)
    )
    return [PositiveRow(*row) for row in work.session.execute(query)]


def between(first: date, last: date) -> Select[Any]:
    """Day, site and outcome of the tests of some days, and who was tested."""
    fields: tuple[Any, ...] = (RapidTest.tested_at, Unit.name, RapidTest.outcome)
    fields += (RapidTest.person_id,)
    return select(*fields).join(Unit, Unit.id == RapidTest.site_id).where(_on(first, last))


def rapid_today(work: Work) -> tuple[int, int]:
    """How many rapid tests were done today, and how many of them were positive."""
    day = work.today()
    outcomes = list(work.session.scalars(select(RapidTest.outcome).where(_on(day, day))))
    return len(outcomes), outcomes.count(RapidOutcome.POSITIVE)


def _on(first: date, last: date) -> Any:
    behind = (last + timedelta(days=1)).isoformat()
    return (RapidTest.tested_at >= first.isoformat()) & (RapidTest.tested_at < behind)


def _fields() -> Select[Any]:
    columns: tuple[Any, ...] = (
        RapidTest.id,
        Person.name,
        Person.dob,
        Person.sex,
        Person.phone,
        Person.id_no,
        Person.commune_code,
        Person.address,
        RapidTest.subject,
        RapidTest.tested_at,
        Kit.name,
        KitLot.lot,
        RapidTest.outcome,
        RapidTest.tester,
        Unit.name,
        RapidTest.note,
        RapidTest.row,
        Person.id,
        RapidTest.uid,
    )
    query = select(*columns).join(Person, Person.id == RapidTest.person_id)
    query = query.join(Unit, Unit.id == RapidTest.site_id)
    query = query.outerjoin(KitLot, KitLot.id == RapidTest.lot_id)
    return query.outerjoin(Kit, Kit.id == KitLot.kit_id)


def _row(row: Any, communes: Callable[[str, str], str]) -> RapidRow:
    kit: tuple[Any, ...] = (row[10] or "", row[11] or "")
    values = (*row[:7], communes(row[6], row[9]), *row[7:10], *kit, *row[12:])
    return RapidRow(*values)
