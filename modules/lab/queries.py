"""Questions about lists, tubes and specimens."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from admin_suite.core.clock import shown, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.module import Happening, Hit
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold
from admin_suite.registry.queries import commune_names
from modules.lab.codes import Material, Outcome, Stage, Subject
from modules.lab.models import Measurement, SamplingList, Specimen, Tube
from modules.lab.rules import typed, well_formed


@dataclass(frozen=True)
class TubeRow:
    """One tube as verbs need it."""

    id: int
    accession: str
    pooled: bool
    stage: Stage
    reported: Outcome | None


@dataclass(frozen=True)
class SampleRow:
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


@dataclass(frozen=True)
class SampleView:
    """Which specimens a list shows and in which order; ``filters`` are texts by field."""

    filters: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Counts:
    """How many tubes are at each stage."""

    by_stage: Mapping[Stage, int]

    def of(self, *stages: Stage) -> int:
        """How many are at any of these."""
        return sum(self.by_stage.get(stage, 0) for stage in stages)


# -- tubes ----------------------------------------------------------------------------------------


def tubes_of(work: Work, numbers: Sequence[str]) -> dict[str, TubeRow]:
    """The tubes of these accession numbers."""
    query = select(
        Tube.id, Tube.accession, Tube.pooled, Tube.stage, Measurement.reported
    ).outerjoin(Measurement, (Measurement.tube_id == Tube.id) & Measurement.current)
    found: dict[str, TubeRow] = {}
    for part in bulk.chunks(list(dict.fromkeys(numbers))):
        for row in work.session.execute(query.where(Tube.accession.in_(part))):
            found[row[1]] = TubeRow(*row)
    return found


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
    found: dict[str, int] = {}
    query = select(Tube.code, Tube.id).where(Tube.list_id == list_id)
    for part in bulk.chunks([code for code in dict.fromkeys(codes) if code]):
        rows = work.session.execute(query.where(Tube.code.in_(part)))
        found |= {row[0]: row[1] for row in rows if row[0] is not None}
    return found


def sizes(work: Work, tubes: Sequence[int]) -> dict[int, int]:
    """How many people's swabs are in each of these tubes."""
    found: dict[int, int] = {}
    for part in bulk.chunks(tubes):
        query = select(Specimen.tube_id, func.count()).where(Specimen.tube_id.in_(part))
        found |= {r[0]: r[1] for r in work.session.execute(query.group_by(Specimen.tube_id))}
    return found


def stated(work: Work, tubes: Sequence[int]) -> dict[int, int]:
    """How many swabs the lists say are in each of these tubes."""
    found: dict[int, int] = {}
    for part in bulk.chunks(tubes):
        rows = work.session.execute(select(Tube.id, Tube.stated).where(Tube.id.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def open_tubes(work: Work, sender: int, day: date | None, codes: Sequence[str]) -> dict[str, int]:
    """Tubes of the sender's lists of that day that miss a swab whose row could not be read.

    A refused row comes back corrected in a list of its own; its swab is in the tube all the while.
    """
    found: dict[str, int] = {}
    inside = select(func.count(Specimen.id)).where(Specimen.tube_id == Tube.id).scalar_subquery()
    query = (
        select(Tube.code, Tube.id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .where(
            SamplingList.sender_id == sender,
            SamplingList.collected_on == day,
            Tube.stage.in_((Stage.EXPECTED, Stage.RECEIVED)),
            Tube.stated > inside,
        )
    )
    for part in bulk.chunks([code for code in dict.fromkeys(codes) if code]):
        rows = work.session.execute(query.where(Tube.code.in_(part)))
        found |= {row[0]: row[1] for row in rows if row[0] is not None}
    return found


def pooled(work: Work, tubes: Sequence[int]) -> dict[int, bool]:
    """Which of these tubes count as pooled."""
    found: dict[int, bool] = {}
    for part in bulk.chunks(tubes):
        rows = work.session.execute(select(Tube.id, Tube.pooled).where(Tube.id.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def around(work: Work, specimens: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """The tubes of these swabs, the people they are from, the lists they stand in."""
    query = select(Specimen.tube_id, Specimen.person_id, Tube.list_id)
    query = query.join(Tube, Tube.id == Specimen.tube_id)
    rows = [
        row
        for part in bulk.chunks(specimens)
        for row in work.session.execute(query.where(Specimen.id.in_(part)))
    ]
    tubes, people, lists = (sorted({row[at] for row in rows}) for at in range(3))
    return tubes, people, lists


def emptied(work: Work, lists: Sequence[int]) -> list[int]:
    """Which of these lists have no tube."""
    query = select(Tube.list_id).where(Tube.list_id.in_(lists)).distinct()
    return sorted(set(lists) - set(work.session.scalars(query)))


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
EXACT: dict[str, Column] = {"commune_code": Person.commune_code, "stage": Tube.stage}
EXACT |= {"subject": Specimen.subject}
EXACT |= {"specimen": Specimen.specimen, "sex": Person.sex}
WORDS: dict[str, Column] = {"name": Person.folded, "sender": Unit.folded}
ORDER: dict[str, Any] = {"name": Person.sorted, "sender": Unit.folded} | PREFIX | EXACT


def sample_keys(work: Work, view: SampleView) -> "array[int]":
    """The ids of the specimens a view shows, in its order; cheap enough for a million."""
    asked = {name: text.strip() for name, text in view.filters.items() if text.strip()}
    query = _reaching(select(Specimen.id), {*asked, view.sort})
    for name, text in asked.items():
        query = query.where(_filter(name, text))
    if view.stages:
        query = query.where(Tube.stage.in_(view.stages))
    by = ORDER.get(view.sort)
    if by is not None:
        query = query.order_by(by.desc() if view.descending else by)
    return array("q", work.session.scalars(query.order_by(Tube.list_id, Specimen.id)))


def _reaching(query: Select[Any], names: Collection[str]) -> Select[Any]:
    """As far as what is named needs: every specimen has a tube, a list, a sender and a person."""
    columns = [ORDER[name] for name in names if name in ORDER]
    query = query.select_from(Specimen).join(Tube, Tube.id == Specimen.tube_id)
    if any(column.class_ is Unit for column in columns):
        query = query.join(SamplingList, SamplingList.id == Tube.list_id)
        query = query.join(Unit, Unit.id == SamplingList.sender_id)
    if any(column.class_ is Person for column in columns):
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
    return sample_rows(work, sample_keys(work, SampleView(dict(where or {}))))


def specimens_of_tube(work: Work, tube: int) -> list[SampleRow]:
    """The people's swabs in one tube."""
    query = select(Specimen.id).where(Specimen.tube_id == tube).order_by(Specimen.id)
    return sample_rows(work, list(work.session.scalars(query)))


def _filter(name: str, text: str) -> ColumnElement[bool]:
    if name in EXACT:
        return EXACT[name] == text
    if name in WORDS:
        column = WORDS[name]
        marks = [column.contains(word, autoescape=True) for word in fold(text).split()]
        whole = marks[0]
        for mark in marks[1:]:
            whole &= mark
        return whole
    if name in PREFIX:
        start = typed(text) if name == "accession" else text
        column = PREFIX[name]
        return (column >= start) & (column < f"{start}\U0010ffff")
    raise UserError(_("There is no filter “{name}”.").format(name=name))


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


# -- for the house --------------------------------------------------------------------------------


def find(work: Work, text: str) -> list[Hit]:
    """The tube of a scanned or typed number."""
    query = select(Tube.id, Tube.accession, Tube.stage).where(Tube.accession == typed(text))
    return [
        Hit(number, stage.word, "lab.samples", key, True)
        for key, number, stage in work.session.execute(query)
    ]


def of_person(work: Work, person_id: int) -> list[Happening]:
    """Swabs taken from one person and what was released of them."""
    query = (
        select(Specimen.collected_at, Tube.accession, Tube.received_at, Tube.stage)
        .join(Tube, Tube.id == Specimen.tube_id)
        .where(Specimen.person_id == person_id, Tube.received_at.is_not(None))
    )
    return [
        Happening(at, _("Tube received"), f"{number}, {shown(collected)}, {stage.word}")
        for collected, number, at, stage in work.session.execute(query)
        if at is not None
    ]
