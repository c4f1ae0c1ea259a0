"""Questions about lists, tubes and specimens."""

import re
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, field
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk, paging
from admin_suite.db.paging import Ordered, Place, Places
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold
from admin_suite.registry.queries import commune_names
from modules.lab.codes import Material, Outcome, Stage, Subject
from modules.lab.models import Measurement, SamplingList, Specimen, Tube
from modules.lab.rules import typed, well_formed


class TubeRow(Struct, frozen=True):
    """One tube as verbs need it."""

    id: int
    accession: str
    pooled: bool
    stage: Stage
    reported: Outcome | None


class SampleRow(Struct, frozen=True):
    """One specimen in its tube, field by field as lists, exports and the screen show it.

    ``outcome`` is empty until the result is released.
    """

    id: int
    accession: str
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    address: str
    subject: Subject | None
    specimen: Material | None
    collected_at: str
    pool: str
    pooled: bool
    stage: Stage
    outcome: Outcome | None
    sender: str
    received_at: str
    note: str
    row: int
    person_id: int
    tube_id: int
    uid: str


class SampleView(Struct, frozen=True):
    """Which specimens a list shows and in which order; ``filters`` are texts by field."""

    filters: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    sort: str = ""
    descending: bool = False


class Counts(Struct, frozen=True):
    """How many tubes are at each stage."""

    by_stage: Mapping[Stage, int]

    def of(self, *stages: Stage) -> int:
        """How many are at any of these."""
        return sum(self.by_stage.get(stage, 0) for stage in stages)


# -- tubes ----------------------------------------------------------------------------------------


def tubes_of(work: Work, numbers: Sequence[str]) -> dict[str, TubeRow]:
    """The tubes of these accession numbers."""
    found: dict[str, TubeRow] = {}
    for part in bulk.chunks(list(dict.fromkeys(numbers))):
        for row in work.session.execute(_numbered(), {"numbers": part}):
            found[row[1]] = TubeRow(*row)
    return found


@cache
def _numbered() -> Select[int, str, bool, Stage, Outcome]:
    columns = (Tube.id, Tube.accession, Tube.pooled, Tube.stage, Measurement.reported)
    measured = (Measurement.tube_id == Tube.id) & Measurement.current
    query = select(*columns).outerjoin(Measurement, measured)
    return query.where(Tube.accession.in_(bindparam("numbers", expanding=True)))


def tube_ids(work: Work, numbers: Sequence[str]) -> list[int]:
    """The tubes of numbers as typed or scanned; refuses with the first that is unknown."""
    wanted = [typed(number) for number in numbers]
    found = tubes_of(work, wanted)
    for number in wanted:
        if number not in found:
            raise UserError(unknown(number))
    return [found[number].id for number in wanted]


def tube_ids_by_code(work: Work, codes: Sequence[str]) -> list[int]:
    """The tubes that lists call by these codes; refuses a code that is not exactly one tube."""
    found = []
    for code in codes:
        query = select(Tube.id, Unit.name).join(SamplingList, SamplingList.id == Tube.list_id)
        query = query.join(Unit, Unit.id == SamplingList.sender_id).where(Tube.code == code)
        rows = work.session.execute(query).all()
        if not rows:
            raise UserError(_("No list has a tube “{code}”.").format(code=code))
        if len(rows) > 1:
            senders = ", ".join(sorted({row[1] for row in rows}))
            said = _("Several tubes are called “{code}” ({senders}). Use the accession number.")
            raise UserError(said.format(code=code, senders=senders))
        found.append(rows[0][0])
    return found


def tubes_at(work: Work, stage: Stage) -> list[int]:
    """Every tube at this stage, oldest first."""
    return list(work.session.scalars(select(Tube.id).where(Tube.stage == stage).order_by(Tube.id)))


def tubes_in(work: Work, list_id: int, codes: Sequence[str]) -> dict[str, int]:
    """The tubes that a list calls by these codes."""
    named = {*codes} - {""}
    if not named:
        return {}
    query = select(Tube.code, Tube.id).where(Tube.list_id == list_id)
    rows = work.session.execute(query.where(bulk.among(work, Tube.code, named)))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def sizes(work: Work, tubes: Sequence[int]) -> dict[int, int]:
    """How many people's swabs are in each of these tubes."""
    query = select(Specimen.tube_id, func.count()).group_by(Specimen.tube_id)
    rows = work.session.execute(query.where(bulk.among(work, Specimen.tube_id, tubes)))
    return {row[0]: row[1] for row in rows}


def stated(work: Work, tubes: Sequence[int]) -> dict[int, int]:
    """How many swabs the lists say are in each of these tubes."""
    query = select(Tube.id, Tube.stated).where(bulk.among(work, Tube.id, tubes))
    return {row[0]: row[1] for row in work.session.execute(query)}


def pooled(work: Work, tubes: Sequence[int]) -> dict[int, bool]:
    """Which of these tubes count as pooled."""
    query = select(Tube.id, Tube.pooled).where(bulk.among(work, Tube.id, tubes))
    return {row[0]: row[1] for row in work.session.execute(query)}


def current_measurements(work: Work, tubes: Sequence[int]) -> dict[int, int]:
    """The result in force of each of these tubes that has one."""
    found: dict[int, int] = {}
    query = select(Measurement.tube_id, Measurement.id).where(Measurement.current)
    for part in bulk.chunks(tubes):
        rows = work.session.execute(query.where(Measurement.tube_id.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def counts(work: Work) -> Counts:
    """How many tubes are at each stage."""
    query = select(Tube.stage, func.count()).group_by(Tube.stage)
    return Counts({row[0]: row[1] for row in work.session.execute(query)})


def unknown(number: str) -> str:
    """What to say of a number that no tube has."""
    if well_formed(number):
        return _("No tube has the number {accession}.").format(accession=number)
    return _("“{accession}” is not a tube number; check the digits and the last letter.").format(
        accession=number
    )


# -- lists of specimens ---------------------------------------------------------------------------

Column = InstrumentedAttribute[Any]
PREFIX: dict[str, Column] = {"accession": Tube.accession, "dob": Person.dob, "phone": Person.phone}
PREFIX |= {"id_no": Person.id_no, "pool": Tube.code, "collected_at": Specimen.collected_at}
EXACT: dict[str, Column] = {"commune_code": Person.commune_code, "state": Tube.state}
EXACT |= {"stage": Tube.stage}
EXACT |= {"subject": Specimen.subject, "specimen": Specimen.specimen, "sex": Person.sex}
WORDS: dict[str, Column] = {"name": Person.folded, "sender": Unit.folded}
ORDER: dict[str, tuple[Column, ...]] = {  # in the order of an index, down to what tells each line
    "": (Tube.list_id, Specimen.id),
    "accession": (Tube.accession, Specimen.id),
    "collected_at": (Specimen.collected_at, Specimen.id),
    "name": (Person.sorted, Person.id, Specimen.id),
    "sender": (Unit.folded, Unit.id, SamplingList.id, Specimen.id),
    "stage": (Tube.stage, Tube.id, Specimen.id),
}
SEPARATORS = re.compile(r"[\n\r\t,;\u2028\u2029]+")


def sample_page(work: Work, view: SampleView, start: Place | None = None) -> list[SampleRow]:
    """The page of a view that begins at a place; without one, its first page."""
    return sample_rows(work, paging.page(work, _ordered(view), start))


def sample_places(work: Work, view: SampleView) -> Places:
    """How many specimens a view shows, and where its pages begin."""
    return paging.places(work, _ordered(view))


def sample_keys(work: Work, view: SampleView) -> "array[int]":
    """The ids of the specimens a view shows, in its order."""
    return paging.keys(work, _ordered(view))


def shown_samples(work: Work, view: SampleView) -> list[SampleRow]:
    """Every specimen that a view shows, in its order."""
    return sample_rows(work, sample_keys(work, view))


def _ordered(view: SampleView) -> Ordered:
    asked = {name: text.strip() for name, text in view.filters.items() if text.strip()}
    told = {**PREFIX, **EXACT, **WORDS}
    by: tuple[Any, ...] = ORDER.get(view.sort, ORDER[""])
    if view.sort in told and view.sort not in ORDER:
        by = (func.coalesce(type_coerce(told[view.sort], String), ""), Specimen.id)
    needed = {told[name].class_ for name in (*asked, view.sort) if name in told}
    query = _reaching(needed | ({Tube} if view.stages or by is ORDER[""] else set()))
    for name, text in asked.items():
        query = query.where(_filter(name, text))
    if view.stages:
        query = query.where(Tube.stage.in_(view.stages))
    return Ordered(query, by, view.descending)


def _reaching(tables: Collection[Any]) -> Select[Any]:
    """As far as what is named needs: every specimen has a tube, a list, a sender and a person."""
    query = select(Specimen.id).select_from(Specimen)
    if not {Tube, SamplingList, Unit}.isdisjoint(tables):
        query = query.join(Tube, Tube.id == Specimen.tube_id)
    if not {SamplingList, Unit}.isdisjoint(tables):
        query = query.join(SamplingList, SamplingList.id == Tube.list_id)
        query = query.join(Unit, Unit.id == SamplingList.sender_id)
    if Person in tables:
        query = query.join(Person, Person.id == Specimen.person_id)
    return query


def sample_rows(work: Work, ids: Sequence[int]) -> list[SampleRow]:
    """These specimens, in the order asked for; what is shown of people is recorded."""
    found: dict[int, SampleRow] = {}
    names = commune_names(work)
    for part in bulk.chunks(ids):
        for row in work.session.execute(_fields().where(Specimen.id.in_(part))):
            found[row[0]] = _sample_row(row, names)
    rows = [found[key] for key in ids if key in found]
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows}))
    return rows


def samples(work: Work, where: Mapping[str, str] | None = None) -> list[SampleRow]:
    """Every specimen, list by list in the order of the list; ``where`` filters by field."""
    return shown_samples(work, SampleView(dict(where or {})))


def specimens_of_tube(work: Work, tube: int) -> list[SampleRow]:
    """The people's swabs in one tube."""
    query = select(Specimen.id).where(Specimen.tube_id == tube).order_by(Specimen.id)
    return sample_rows(work, list(work.session.scalars(query)))


def _filter(name: str, text: str) -> ColumnElement[bool]:
    several = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
    if name == "stage":
        return _at_stage(several)
    if name in EXACT:
        return EXACT[name].in_(_codes(EXACT[name], several))
    if name in WORDS:
        marks = (WORDS[name].contains(word, autoescape=True) for word in fold(text).split())
        return and_(true(), *marks)
    if name in PREFIX:
        wanted = [typed(part) for part in several] if name == "accession" else several
        return _beginning(PREFIX[name], wanted)
    raise UserError(_("There is no filter “{name}”.").format(name=name))


def _beginning(column: Column, wanted: Sequence[str]) -> ColumnElement[bool]:
    """What begins so; several, pasted from a spreadsheet, mean exactly these."""
    if len(wanted) > 1:
        return column.in_(wanted)
    start = "".join(wanted)
    return (column >= start) & (column < f"{start}\U0010ffff")


def _at_stage(names: Sequence[str]) -> ColumnElement[bool]:
    """Stages, and outcomes of what is released."""
    outcomes = [Outcome.of(name) for name in names if name in Outcome.__members__]
    stages = _codes(Tube.stage, [name for name in names if name not in Outcome.__members__])
    told = select(Measurement.tube_id).where(Measurement.current, Measurement.outcome.in_(outcomes))
    released = (Tube.stage == Stage.RELEASED) & Tube.id.in_(told)
    return or_(Tube.stage.in_(stages), released) if outcomes else Tube.stage.in_(stages)


def _codes(column: Column, names: Sequence[str]) -> Sequence[str]:
    """The codes meant, where a column holds codes; refuses what is none of them."""
    kind = getattr(column.type, "kind", None)
    return [kind.read(name) for name in names] if kind is not None else names


def _fields() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Specimen.id,
        Tube.accession,
        Person.name,
        Person.dob,
        Person.sex,
        Person.phone,
        Person.id_no,
        Person.commune_code,
        Person.address,
        Specimen.subject,
        Specimen.specimen,
        Specimen.collected_at,
        Tube.code,
        Tube.pooled,
        Tube.stage,
        Measurement.outcome,
        Unit.name,
        Tube.received_at,
        Specimen.note,
        Specimen.row,
        Person.id,
        Tube.id,
        Specimen.uid,
    )
    measured = (Measurement.tube_id == Specimen.tube_id) & Measurement.current
    return _joined(select(*columns)).outerjoin(Measurement, measured)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Specimen)
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .join(Person, Person.id == Specimen.person_id)
    )


def _sample_row(row: Any, communes: Callable[[str, str], str]) -> SampleRow:
    values: tuple[Any, ...] = (
        *row[:8],
        communes(row[7], row[11]),
        *row[8:12],
        row[12] or "",
        *row[13:15],
        row[15] if row[14] is Stage.RELEASED else None,
        row[16],
        "" if row[17] is None else stamp(row[17]),
        *row[18:],
    )
    return SampleRow(*values)
