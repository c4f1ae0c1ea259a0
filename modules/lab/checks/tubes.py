"""What the laboratory's verbs ask before they write; the preview of an import asks the same."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import func, select

from admin_suite.core.clock import moment_shown, stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.sheet import Change
from admin_suite.registry.identity import as_cells, cells_of
from admin_suite.registry.models import Person, User
from admin_suite.registry.queries import Described, wrong_corrections, wrong_people
from modules.lab.codes import Stage
from modules.lab.models import Measurement, SamplingList, Specimen, Tube

SWAB = ("collected_at", "pool", "subject", "specimen", "note")  # what a list says beside people


class Sampled(Protocol):
    """What is asked of a specimen before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def collected_at(self) -> str: ...  # noqa: D102
    @property
    def pool(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102
    @property
    def planned(self) -> bool: ...  # noqa: D102


def hold(work: Work, tubes: Sequence[int]) -> None:
    """Keep colleagues from changing these tubes until the unit of work ends."""
    bulk.hold(work, Tube, tubes)


def wrong_samples(work: Work, samples: Sequence[Sampled]) -> list[Refusal]:
    """Why each of these specimens could not be registered."""
    today = stamp(work.now())
    wrong = wrong_people(work, [sample.person for sample in samples])
    for at, sample in enumerate(samples):
        when = sample.collected_at
        if not when:
            wrong.append(Refusal(at, "collected_at", _("The day of collection is missing.")))
        elif when[:10] > today[:10] and not sample.planned:
            wrong.append(Refusal(at, "collected_at", _("This day is still to come.")))
        elif sample.person.dob[:10] > when[:10]:
            wrong.append(Refusal(at, "dob", _("The person was born after the collection.")))
    return wrong + twice([sample.uid for sample in samples])


def known_specimens(
    work: Work,
    sender: int,
    people: Sequence[int],
    samples: Sequence[Sampled],
    entered: Collection[int] = (),
) -> list[int | None]:
    """Which of these swabs are registered: same sender, person, moment and tube code.

    Of people who were only ``entered`` now there is none yet.
    """
    there = _swabs_of(work, sender, set(people).difference(entered))
    coded = specimens_coded(work, [sample.uid for sample in samples if sample.uid])
    return [
        coded.get(sample.uid) or there.get((person, sample.collected_at, sample.pool))
        for person, sample in zip(people, samples, strict=True)
    ]


def _swabs_of(work: Work, sender: int, people: Collection[int]) -> dict[tuple[int, str, str], int]:
    """The swabs of people that this sender has sent, by person, moment and tube code."""
    if not people:
        return {}
    # the sender is compared here: given to SQLite it would start from all tubes of the sender
    query = (
        select(
            Specimen.id,
            Specimen.person_id,
            Specimen.collected_at,
            Tube.code,
            SamplingList.sender_id,
        )
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
    )
    rows = work.session.execute(query.where(bulk.among(work, Specimen.person_id, people)))
    return {(r[1], r[2], r[3] or ""): r[0] for r in rows if r[4] == sender}


def open_tubes(work: Work, sender: int, day: date | None, codes: Sequence[str]) -> dict[str, int]:
    """Tubes of the sender's lists of that day that miss a swab whose row could not be read.

    A refused row comes back corrected in a list of its own; its swab is in the tube all the while.
    """
    named = {*codes} - {""}
    if not named:
        return {}
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
    rows = work.session.execute(query.where(bulk.among(work, Tube.code, named)))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def specimens_coded(work: Work, uids: Sequence[str]) -> dict[str, int]:
    """The swabs of these codes."""
    found: dict[str, int] = {}
    for part in bulk.chunks(uids):
        rows = work.session.execute(select(Specimen.uid, Specimen.id).where(Specimen.uid.in_(part)))
        found |= {row[0]: row[1] for row in rows}
    return found


def specimens_known(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """The swabs of these codes: the id, and what is known of swab and person, as text."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    of_swab = (Specimen.collected_at, Tube.code, Specimen.subject, Specimen.specimen, Specimen.note)
    query = select(Specimen.uid, Specimen.id, Person.id, *of_swab, *cells_of(Person))
    query = query.join(Tube, Tube.id == Specimen.tube_id)
    query = query.join(Person, Person.id == Specimen.person_id)
    seen: set[int] = set()
    for part in bulk.chunks(uids):
        for uid, key, person, *values in work.session.execute(query.where(Specimen.uid.in_(part))):
            told = zip(SWAB, values, strict=False)
            swab = {name: str(value) for name, value in told if value not in (None, "")}
            found[uid] = (key, as_cells(values[len(SWAB) :]) | swab)
            seen.add(person)
    work.saw(Person.__tablename__, sorted(seen))
    return found


def tubes_beside(work: Work, uids: Mapping[int, str]) -> tuple[dict[int, int], list[Refusal]]:
    """The tubes of the swabs of these codes, by place; and which of them were received already."""
    if not uids:
        return {}, []
    there: dict[str, tuple[int, str, Stage]] = {}
    query = select(Specimen.uid, Tube.id, Tube.accession, Tube.stage)
    query = query.join(Tube, Tube.id == Specimen.tube_id)
    for part in bulk.chunks(list(set(uids.values()))):
        rows = work.session.execute(query.where(Specimen.uid.in_(part)))
        there |= {row[0]: (row[1], row[2], row[3]) for row in rows}
    found, sealed = {}, []
    said = _("Tube {accession} was received already; nothing can be added to it.")
    for at, uid in uids.items():
        tube, number, stage = there.get(uid, (0, "", Stage.EXPECTED))
        if stage is not Stage.EXPECTED:
            sealed.append(Refusal(at, "pool", said.format(accession=number)))
        elif tube:
            found[at] = tube
    return found, sealed


def sealed_tubes(work: Work, list_id: int, wanted: Sequence[tuple[int, str]]) -> list[Refusal]:
    """Which swabs would be put into a tube of this list that has been received already."""
    sealed: dict[str | None, str] = {}
    codes = {code for _at, code in wanted if code}
    if not codes:
        return []
    query = select(Tube.code, Tube.accession).where(
        Tube.list_id == list_id, Tube.stage != Stage.EXPECTED
    )
    rows = work.session.execute(query.where(bulk.among(work, Tube.code, codes)))
    sealed |= {row[0]: row[1] for row in rows}
    message = _("Tube {accession} was received already; nothing can be added to it.")
    return [
        Refusal(at, "pool", message.format(accession=sealed[code]))
        for at, code in wanted
        if code in sealed
    ]


def uncorrectable(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which changes of a corrected list come too late, and why.

    A name or a telephone may be put right at any time; no swab leaves or enters a tube that was
    received, and what a released result says of the swab stays.
    """
    there = _tubes_of_swabs(work, [change.id for change in changes])
    wanted = {at: c.fields["pool"][1] for at, c in enumerate(changes) if "pool" in c.fields}
    wrong = wrong_corrections(work, changes)
    for at, change in enumerate(changes):
        tube = there[change.id]
        name, said = _too_late(tube, change)
        if said:
            wrong.append(Refusal(at, name, said.format(accession=tube.accession)))
        elif wanted.get(at):
            wrong += sealed_tubes(work, tube.list_id, [(at, wanted[at])])
    return wrong


def unwithdrawable(work: Work, specimens: Sequence[int]) -> dict[int, str]:
    """Which of these swabs must stay, and why."""
    said = _("Tube {accession} was received already; the swab in it stays.")
    tubes = _tubes_of_swabs(work, specimens)
    return {
        key: said.format(accession=tube.accession)
        for key, tube in tubes.items()
        if tube.stage is not Stage.EXPECTED
    }


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


class _Swab(NamedTuple):
    """The tube a swab is in."""

    list_id: int
    accession: str
    stage: Stage


def _tubes_of_swabs(work: Work, specimens: Sequence[int]) -> dict[int, _Swab]:
    query = select(Specimen.id, Tube.list_id, Tube.accession, Tube.stage)
    query = query.join(Tube, Tube.id == Specimen.tube_id)
    return {
        row[0]: _Swab(*row[1:])
        for part in bulk.chunks(specimens)
        for row in work.session.execute(query.where(Specimen.id.in_(part)))
    }


def _too_late(tube: _Swab, change: Change) -> tuple[str, str]:
    """The field that may not change any more, and the sentence."""
    if "pool" in change.fields and tube.stage is not Stage.EXPECTED:
        return "pool", _("Tube {accession} was received already; its swab stays in it.")
    told = next((name for name in ("collected_at", "specimen") if name in change.fields), "")
    if told and tube.stage is Stage.RELEASED:
        return told, _("The result of tube {accession} was released; the swab stays as it is.")
    return "", ""


def unreceivable(work: Work, tubes: Sequence[int]) -> list[Refusal]:
    """Which tubes cannot be received, and why."""
    there: dict[int, tuple[str, datetime | None, str | None]] = {}
    query = select(Tube.id, Tube.accession, Tube.received_at, User.full_name).outerjoin(
        User, User.id == Tube.received_by
    )
    for part in bulk.chunks(tubes):
        for key, number, moment, name in work.session.execute(query.where(Tube.id.in_(part))):
            there[key] = (number, moment, name)
    wrong = []
    for at, key in enumerate(tubes):
        if key not in there:
            wrong.append(Refusal(at, "accession", _("There is no such tube.")))
            continue
        number, moment, by = there[key]
        if moment is not None:
            said = _("Tube {accession} was received at {time} by {name}.")
            said = said.format(accession=number, time=moment_shown(moment), name=by)
            wrong.append(Refusal(at, "accession", said))
    return wrong


def needed(work: Work, tubes: Sequence[int]) -> list[Refusal]:
    """Of which tubes the reception cannot be taken back, and why."""
    measured = select(Measurement.tube_id)
    query = select(Tube.id, Tube.accession, Tube.stage, Tube.id.in_(measured))
    there = {
        row[0]: row[1:]
        for part in bulk.chunks(tubes)
        for row in work.session.execute(query.where(Tube.id.in_(part)))
    }
    wrong = []
    for at, key in enumerate(tubes):
        number, stage, has_result = there.get(key, ("", None, False))
        said = ""
        if stage is None:
            said = _("There is no such tube.")
        elif stage is Stage.EXPECTED:
            said = _("Tube {accession} has not been received. Receive it first.")
        elif has_result:
            said = _("Tube {accession} has been measured; its reception stays.")
        if said:
            wrong.append(Refusal(at, "accession", said.format(accession=number)))
    return wrong
