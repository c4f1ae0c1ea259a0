"""Where a tube is and since when, and who has to be swabbed again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person, Unit, User
from admin_suite.registry.queries import commune_names
from admin_suite.registry.service import NewPerson
from modules.lab.codes import Again, Material, Stage, State, Subject, Unfit
from modules.lab.models import Recollection, Referral, SamplingList, Specimen, Storage, Tube

RACK = "/"  # between freezer and rack in what a rack's label says


class Standing(Struct, frozen=True):
    """Where a tube is, with what a refusal has to say of it."""

    id: int
    accession: str
    stage: Stage
    state: State
    received_at: datetime | None
    received_by: str
    unfit: Unfit | None
    unfit_note: str
    rejected_at: datetime | None
    rejected_by: str
    place: str = ""


class RejectedRow(Struct, frozen=True):
    """A tube that was rejected, as its notice says it."""

    tube_id: int
    accession: str
    code: str
    sender: str
    collected_at: str
    people: tuple[str, ...]
    reason: Unfit
    note: str
    rejected_at: datetime
    rejected_by: str


class TaskRow(Struct, frozen=True):
    """Somebody who has to be swabbed again."""

    id: int
    person_id: int
    name: str
    dob: str
    phone: str
    commune: str
    address: str
    accession: str
    why: Again
    reason: str
    opened_at: datetime
    sender: str


def standings(work: Work, tubes: Sequence[int]) -> dict[int, Standing]:
    """Where these tubes are."""
    taker, rejecter = aliased(User), aliased(User)
    query = (
        select(
            Tube.id,
            Tube.accession,
            Tube.stage,
            Tube.state,
            Tube.received_at,
            taker.full_name,
            Tube.unfit,
            Tube.unfit_note,
            Tube.rejected_at,
            rejecter.full_name,
        )
        .outerjoin(taker, taker.id == Tube.received_by)
        .outerjoin(rejecter, rejecter.id == Tube.rejected_by)
    )
    places = _places(work, tubes)
    found: dict[int, Standing] = {}
    for part in bulk.chunks(tubes):
        for row in work.session.execute(query.where(Tube.id.in_(part))):
            place = places.get((row[0], row[3]), "")
            found[row[0]] = Standing(*row[:5], row[5] or "", *row[6:9], row[9] or "", place)
    return found


def lives(work: Work, tubes: Sequence[int]) -> dict[int, tuple[Stage, State, bool]]:
    """Stage and state of these tubes, and whether they were received: what a deed asks first."""
    return {
        row[0]: (row[1], row[2], row[3] is not None)
        for part in bulk.chunks(tubes)
        for row in work.session.execute(_lives(), {"tubes": part})
    }


@cache
def _lives() -> Select[int, Stage, State, datetime | None]:
    query = select(Tube.id, Tube.stage, Tube.state, Tube.received_at)
    return query.where(Tube.id.in_(bindparam("tubes", expanding=True)))


def _places(work: Work, tubes: Sequence[int]) -> dict[tuple[int, State], str]:
    """Freezer, rack and position of what is stored, the laboratory of what was sent on."""
    stored = select(Storage.tube_id, Storage.freezer, Storage.rack, Storage.position)
    stored = stored.where(Storage.taken_at.is_(None), bulk.among(work, Storage.tube_id, tubes))
    found = {
        (row[0], State.STORED): place_shown(row[1], row[2], row[3])
        for row in work.session.execute(stored)
    }
    sent = select(Referral.tube_id, Unit.name).join(Unit, Unit.id == Referral.unit_id)
    sent = sent.where(Referral.returned_at.is_(None), bulk.among(work, Referral.tube_id, tubes))
    return found | {(row[0], State.REFERRED_OUT): row[1] for row in work.session.execute(sent)}


def place_shown(freezer: str, rack: str, position: int) -> str:
    """A place as people read it: ``TL1/G03, 12``."""
    return f"{freezer}{RACK}{rack}, {position}"


def rack_of(words: str) -> tuple[str, str]:
    """Freezer and rack in what the label of a rack says: ``TL1/G03``."""
    freezer, bar, rack = words.strip().upper().partition(RACK)
    if not (bar and freezer.strip() and rack.strip()):
        said = _("“{words}” is no rack. The label of a rack says freezer and rack: TL1/G03.")
        raise UserError(said.format(words=words.strip()))
    return freezer.strip(), rack.strip()


def taken_positions(work: Work, freezer: str, rack: str) -> set[int]:
    """The positions of a rack where a tube lies."""
    query = select(Storage.position).where(
        Storage.freezer == freezer, Storage.rack == rack, Storage.taken_at.is_(None)
    )
    return set(work.session.scalars(query))


def rejected(work: Work, tubes: Sequence[int]) -> list[RejectedRow]:
    """What the notice of a rejection says of these tubes; what is shown of people is recorded."""
    known = standings(work, tubes)
    query = (
        select(
            Tube.id, Tube.code, Unit.name, Specimen.collected_at, Specimen.person_id, Person.name
        )
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .join(Specimen, Specimen.tube_id == Tube.id)
        .join(Person, Person.id == Specimen.person_id)
        .where(bulk.among(work, Tube.id, tubes), Tube.unfit.is_not(None))
        .order_by(Tube.id, Specimen.id)
    )
    people: dict[int, list[str]] = {}
    about: dict[int, tuple[str, str, str]] = {}
    seen = set()
    for key, code, sender, when, person, name in work.session.execute(query):
        people.setdefault(key, []).append(name)
        about.setdefault(key, (code or "", sender, when))
        seen.add(person)
    work.saw(Person.__tablename__, sorted(seen))
    return [_rejected(known[key], about[key], people[key]) for key in tubes if key in about]


def _rejected(tube: Standing, about: tuple[str, str, str], people: Sequence[str]) -> RejectedRow:
    assert tube.unfit is not None  # noqa: S101 - asked for by the query
    assert tube.rejected_at is not None  # noqa: S101 - the database keeps both together
    return RejectedRow(
        tube.id,
        tube.accession,
        *about,
        tuple(people),
        tube.unfit,
        tube.unfit_note,
        tube.rejected_at,
        tube.rejected_by,
    )


def rejected_tubes(work: Work, sender: str = "", day: str = "") -> list[int]:
    """The tubes rejected, of one sender, on one day of the unit's clock."""
    query = (
        select(Tube.id, Tube.rejected_at)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(Tube.unfit.is_not(None))
        .order_by(Tube.id)
    )
    rows = work.session.execute(query.where(Unit.name == sender) if sender else query)
    return [row[0] for row in rows if not day or _on(row[1], day)]


def _on(moment: datetime | None, day: str) -> bool:
    return moment is not None and stamp(moment)[:10] == day


def open_tasks(work: Work) -> list[TaskRow]:
    """Everybody who has to be swabbed again, the oldest task first; the look is recorded."""
    query = (
        select(
            Recollection.id,
            Person.id,
            Person.name,
            Person.dob,
            Person.phone,
            Person.commune_code,
            Specimen.collected_at,
            Person.address,
            Tube.accession,
            Recollection.why,
            Tube.unfit,
            Recollection.opened_at,
            Unit.name,
        )
        .join(Specimen, Specimen.id == Recollection.specimen_id)
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .join(Person, Person.id == Specimen.person_id)
        .where(Recollection.closed_at.is_(None))
        .order_by(Recollection.id)
    )
    names = commune_names(work)
    rows = [_task(row, names) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows}))
    return rows


def _task(row: Any, communes: Callable[[str, str], str]) -> TaskRow:
    unfit = row[10].word if row[10] else ""
    values: tuple[Any, ...] = (
        *row[:5],
        communes(row[5], row[6]),
        *row[7:10],
        unfit,
        *row[11:],
    )
    return TaskRow(*values)


def whom_to_swab(
    work: Work, tasks: Sequence[int]
) -> list[tuple[str, NewPerson, Subject | None, Material | None]]:
    """Whom these tasks call, once each: the sender, the person, the reason, the specimen."""
    query = (
        select(Unit.name, Person.id, Person.name, Person.dob, Person.uid)
        .add_columns(Specimen.subject, Specimen.specimen)
        .join(Specimen, Specimen.person_id == Person.id)
        .join(Recollection, Recollection.specimen_id == Specimen.id)
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(bulk.among(work, Recollection.id, tasks))
        .order_by(Recollection.id)
    )
    found: dict[int, tuple[str, NewPerson, Subject | None, Material | None]] = {}
    for sender, key, name, dob, uid, subject, material in work.session.execute(query):
        person = NewPerson(name, dob, uid=uid)
        found.setdefault(key, (sender, person, subject, material))
    work.saw(Person.__tablename__, sorted(found))
    return list(found.values())


def tasks_open(work: Work) -> int:
    """How many people have to be swabbed again."""
    query = select(func.count()).select_from(Recollection).where(Recollection.closed_at.is_(None))
    return work.session.scalar(query) or 0
