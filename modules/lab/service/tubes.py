"""What people do with tubes: registering lists, receiving tubes, saying how far they have come."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import refuse
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.queries import brought
from admin_suite.registry.service import (
    NewPerson,
    add_people,
    correct_people,
    hold_names,
    unit_id,
    withdraw_people,
)
from modules.lab import checks, queries
from modules.lab.codes import Deed, Material, Stage, State, Subject
from modules.lab.models import Passage, SamplingList, Specimen, Tube
from modules.lab.permissions import ENTER, RECEIVE, REGISTER
from modules.lab.rules import DAY, ListKey, lists_of
from modules.lab.service.again import missed_again, swabbed_again
from modules.lab.service.numbers import take_numbers

PASSAGE = ("tube_id", "stage", "at", "by")
TUBE = ("uid", "accession", "list_id", "code", "pooled", "stated", "stage", "state")
SPECIMEN = ("tube_id", "person_id", "row", "subject", "specimen", "collected_at", "note", "uid")


class NewSample(NamedTuple):
    """One person's swab to register.

    ``pool`` is what the list calls the tube (empty: a tube of its own), ``collected_at`` a FHIR
    date-time in local time, ``row`` the line of the list, ``stated`` how many rows of the list name
    this tube, whether they can be read or not: their swabs are in it. ``number`` is that of a label
    printed before, or one that a site without network has given; ``planned`` says that the swab is
    still to be taken, on the day of ``collected_at``.

    What another unit exports says besides: ``uid``, the swab's code; ``from_sender``, whose list it
    was in; ``from_tube``, that unit's number of the tube, and ``beside``, the code of another swab
    in it; ``nth``, which of the sender's lists.
    """

    person: NewPerson
    collected_at: str
    pool: str = ""
    subject: Subject | None = None
    specimen: Material | None = None
    note: str = ""
    row: int = 0
    stated: int = 1
    uid: str = ""
    from_sender: str = ""
    from_tube: str = ""
    nth: int = 0
    beside: str = ""
    number: str = ""
    planned: bool = False

    @property
    def tube(self) -> str:
        """What tells its tube from the others of the list; empty for a tube of its own."""
        return self.number or self.pool


class _Of(NamedTuple):
    """The list that tubes come with, and its sender."""

    list_id: int
    sender: int


class _Told(NamedTuple):
    """What decides how the tube of a swab is made."""

    person: int
    stated: int
    state: State


@use_case(REGISTER)
def register(work: Work, samples: Sequence[NewSample], origin: Origin = TYPED) -> Stored:
    """Register specimens and the tubes they are in; what is registered already stays as it is.

    Specimens of one call that name the same ``pool`` share a tube, if one list names it.
    """
    refuse(checks.wrong_samples(work, samples))
    hold_names(work, [sample.person for sample in samples])
    lists = lists_of(samples, origin)
    if len(lists) == 1:
        return _register(work, samples, *lists)
    found: list[int] = [0] * len(samples)
    added: set[int] = set()
    for key, places in lists.items():
        stored = _register(work, [samples[place] for place in places], key)
        added |= stored.added
        for place, specimen in zip(places, stored.ids, strict=True):
            found[place] = specimen
    return Stored(found, len(added), frozenset(added))


def _register(work: Work, samples: Sequence[NewSample], key: ListKey) -> Stored:
    origin = key.origin
    sender = unit_id(work, origin.sender, alone=True)  # one list of a sender at a time
    refuse(checks.wrong_numbers(work, samples, sender))
    entered = add_people(work, [sample.person for sample in samples], origin)
    people = entered.ids
    known = checks.known_specimens(work, sender, people, samples, entered.added)
    new = [place for place, specimen in enumerate(known) if specimen is None]
    if not new:
        return Stored([specimen for specimen in known if specimen is not None], 0)
    of = _Of(_list(work, sender, key), sender)
    there = _there(work, of, origin.day, samples, new)
    told = [_Told(people[p], samples[p].stated, _state_of(samples[p])) for p in new]
    tubes = _tubes(work, of, [samples[place].tube for place in new], there, told)
    filled = set(there.values())
    stated = [(tube, one.stated) for tube, one in zip(tubes, told, strict=True)]
    _state(work, [pair for pair in stated if pair[0] in filled])
    fresh = new_uids(work.now(), len(new))
    rows = {
        (tube, people[place]): (tube, people[place], *_swab(samples[place], uid))
        for place, tube, uid in zip(new, tubes, fresh, strict=True)
    }
    ids = dict(
        zip(rows, bulk.insert_rows(work, Specimen, SPECIMEN, list(rows.values())), strict=True)
    )
    _settle_tubes(work, [tube for tube, _person in rows if tube in filled])
    swabbed_again(work, [key for (_t, who), key in ids.items() if who not in entered.added])
    for place, tube in zip(new, tubes, strict=True):
        known[place] = ids[tube, people[place]]
    specimens = [specimen for specimen in known if specimen is not None]
    return Stored(specimens, len(rows), frozenset(ids.values()))


def _there(
    work: Work, of: _Of, day: date | None, samples: Sequence[NewSample], new: Sequence[int]
) -> dict[str, int]:
    """The tubes that are there for these swabs, by code; refuses those that are closed already."""
    codes = [samples[place].tube for place in new]
    there = checks.open_tubes(work, of.sender, day, codes)
    there |= _shared(work, samples, new)
    there |= _claimed(work, of.list_id, [samples[place] for place in new])
    closed = [(p, code) for p, code in zip(new, codes, strict=True) if code not in there]
    refuse(checks.sealed_tubes(work, of.list_id, closed))
    return {**queries.tubes_in(work, of.list_id, codes), **there}


def _swab(sample: NewSample, uid: str) -> tuple[object, ...]:
    """What a swab says beside whose it is and where."""
    told = (sample.row, sample.subject, sample.specimen, sample.collected_at, sample.note)
    return (*told, sample.uid or uid)


@use_case(REGISTER)
def plan_again(work: Work, tasks: Sequence[int]) -> int:
    """Plan a tube of its own for everybody whom these tasks call, to be collected today.

    The label can be printed and taken along; a tube that is cancelled opens its task again.
    Returns how many.
    """
    refuse(checks.closed_tasks(work, tasks))
    today = stamp(work.now())[:DAY]
    by_sender: dict[str, list[NewSample]] = {}
    for sender, person, subject, material in queries.whom_to_swab(work, tasks):
        swab = NewSample(person, today, subject=subject, specimen=material, planned=True)
        by_sender.setdefault(sender, []).append(swab)
    return sum(
        register(work, swabs, Origin(sender=sender)).new for sender, swabs in by_sender.items()
    )


@use_case(REGISTER)
def correct(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise of a person, a swab, or its tube."""
    refuse(checks.uncorrectable(work, changes))
    people: list[Change] = []
    touched: list[int] = []
    for change in changes:
        swab = work.session.get_one(Specimen, change.id)
        people.append(Change(swab.person_id, change.fields))
        new = {name: pair[1] for name, pair in change.fields.items()}
        if "pool" in new:
            list_id = work.session.get_one(Tube, swab.tube_id).list_id
            touched.append(swab.tube_id)
            work.session.get_one(Tube, swab.tube_id).stated -= 1
            swab.tube_id = _tube_called(work, list_id, new["pool"], swab.person_id)
            work.session.get_one(Tube, swab.tube_id).stated += 1
            touched.append(swab.tube_id)
        _correct_swab(swab, new)
    correct_people(work, people)
    _settle_tubes(work, touched)


@use_case(REGISTER)
def withdraw(work: Work, specimens: Sequence[int]) -> dict[int, str]:
    """Void swabs whose tube has not been received, and what is empty or unknown without them.

    Answers with the reason for each that stays.
    """
    stays = checks.unwithdrawable(work, specimens)
    going = [key for key in specimens if key not in stays]
    tubes, people, lists = checks.around(work, going)
    bulk.update_rows(work, Specimen, going, {"voided_at": work.now()})
    missed_again(work, going)
    _settle_tubes(work, tubes)
    empty = checks.emptied(work, lists)
    bulk.update_rows(work, SamplingList, empty, {"voided_at": work.now()})
    withdraw_people(work, brought(work, people))
    return stays


@use_case(RECEIVE)
def receive(work: Work, tubes: Sequence[int]) -> int:
    """Take tubes in, and return how many."""
    checks.hold(work, tubes)
    stuck = checks.impossible(work, tubes, Deed.RECEIVE)
    refuse(stuck and (checks.unreceivable(work, tubes) or stuck))
    values = {
        "stage": Stage.RECEIVED,
        "state": State.RECEIVED,
        "received_at": work.now(),
        "received_by": work.actor.id,
    }
    bulk.update_rows(work, Tube, tubes, values)
    return len(tubes)


@use_case(RECEIVE)
def unreceive(work: Work, tubes: Sequence[int]) -> int:
    """Take a reception back, of tubes that nothing was measured of. Returns how many."""
    checks.hold(work, tubes)
    refuse(checks.needed(work, tubes) or checks.impossible(work, tubes, Deed.UNRECEIVE))
    values = {"received_at": None, "received_by": None}
    back = {"stage": Stage.EXPECTED, "state": State.COLLECTED}
    bulk.update_rows(work, Tube, tubes, {**back, **values})
    return len(tubes)


@use_case(ENTER)
def move(work: Work, tubes: Sequence[int], *stages: Stage) -> None:
    """Say how far tubes have come; for the neighbours that check and release.

    Of several stages in one act each is a passage, and the tube is at the last one.
    """
    bulk.update_rows(work, Tube, tubes, {"stage": stages[-1]})
    passed = [
        (tube, stage, at, work.actor.id)
        for stage, at in [(stage, work.now()) for stage in stages]
        for tube in tubes
    ]
    bulk.insert_rows(work, Passage, PASSAGE, passed)


def _shared(work: Work, samples: Sequence[NewSample], new: Sequence[int]) -> dict[str, int]:
    """The tubes of swabs that another unit sends to others of the same tubes, by code."""
    beside = {place: samples[place].beside for place in new if samples[place].beside}
    found, sealed = checks.tubes_beside(work, beside)
    refuse(sealed)
    return {samples[place].pool: tube for place, tube in found.items()}


def _list(work: Work, sender: int, key: ListKey) -> int:
    """The list of this import, or of today's keyboard entries for the sender."""
    origin = key.origin
    stored_by = origin.list_import or origin.import_id
    query = select(SamplingList.id).where(
        SamplingList.import_id == stored_by, SamplingList.sender_id == sender
    )
    if origin.import_id is None:
        day = work.today()
        query = query.where(SamplingList.collected_on == day)
        origin = Origin(day=day)
    found = work.session.scalars(query.order_by(SamplingList.id).offset(key.nth)).first()
    if found is not None:
        return found
    made = SamplingList(
        import_id=stored_by,
        sender_id=sender,
        title=origin.title,
        collected_on=origin.day,
    )
    work.session.add(made)
    work.session.flush()
    return made.id


def _claimed(work: Work, list_id: int, samples: Sequence[NewSample]) -> dict[str, int]:
    """The tubes of the numbers that swabs come with; made where they are not there yet."""
    named = {sample.number: sample for sample in samples if sample.number}
    if not named:
        return {}
    there = {number: tube.id for number, tube in queries.tubes_of(work, list(named)).items()}
    new = [number for number in named if number not in there]
    uids = new_uids(work.now(), len(new))
    rows = [
        (uid, n, list_id, named[n].pool or None, False, 0, Stage.EXPECTED, _state_of(named[n]))
        for uid, n in zip(uids, new, strict=True)
    ]
    return there | dict(zip(new, bulk.insert_rows(work, Tube, TUBE, rows), strict=True))


def _state_of(sample: NewSample) -> State:
    return State.PLANNED if sample.planned else State.COLLECTED


def _tube_called(work: Work, list_id: int, code: str, person: int) -> int:
    """The tube of a list that it calls so; made where it is not there yet."""
    there = queries.tubes_in(work, list_id, [code])
    of = _Of(list_id, work.session.get_one(SamplingList, list_id).sender_id)
    return _tubes(work, of, [code], there, [_Told(person, 0, State.COLLECTED)])[0]


def _tubes(
    work: Work, of: _Of, codes: Sequence[str], there: Mapping[str, int], told: Sequence[_Told]
) -> list[int]:
    """The tube of each code: the one that is there, else a new one; one of its own without code.

    A new one is made as what is told of the swabs for it says.
    """
    named = [code for code in dict.fromkeys(codes) if code and code not in there]
    keys: list[str | int] = [*named, *(at for at, code in enumerate(codes) if not code)]
    inside: dict[str | int, list[_Told]] = {key: [] for key in keys}
    for at, (code, one) in enumerate(zip(codes, told, strict=True)):
        if (key := code or at) in inside:
            inside[key].append(one)
    numbers = take_numbers(work, len(keys), of.sender)
    uids = new_uids(work.now(), len(numbers))
    rows = [
        (uid, number, of.list_id, key if isinstance(key, str) else None, *_made(inside[key]))
        for uid, number, key in zip(uids, numbers, keys, strict=True)
    ]
    made = dict(zip(keys, bulk.insert_rows(work, Tube, TUBE, rows), strict=True))
    return [
        made[key] if (key := code or at) in made else there[code] for at, code in enumerate(codes)
    ]


def _made(swabs: Sequence[_Told]) -> tuple[bool, int, Stage, State]:
    """Whether a tube for these swabs is pooled, how many are stated, how far it is, where."""
    stated = min(one.stated for one in swabs)
    several = max(stated, len({one.person for one in swabs})) > 1
    return several, stated, Stage.EXPECTED, swabs[-1].state


def _state(work: Work, stated: Sequence[tuple[int, int]]) -> None:
    """Keep how many swabs the list says are in each tube; a later row of it says no less."""
    told: dict[int, int] = {}
    for tube, count in stated:
        told[tube] = min(count, told.get(tube, count))
    kept = queries.stated(work, list(told)) if told else {}
    more = {tube: count for tube, count in told.items() if count > kept.get(tube, 0)}
    for count in set(more.values()):
        same = [tube for tube, one in more.items() if one == count]
        bulk.update_rows(work, Tube, same, {"stated": count})


def _settle_tubes(work: Work, tubes: Sequence[int]) -> None:
    """A tube with several swabs in it, stored or only stated, is pooled; one with none is void."""
    there = list(dict.fromkeys(tubes))
    if not there:
        return
    work.session.flush()
    states, inside = queries.pooled(work, there), queries.sizes(work, there)
    told = queries.stated(work, there)
    several = {tube: max(count, told[tube]) > 1 for tube, count in inside.items()}
    for pooled in (True, False):
        wrong = [t for t, is_so in several.items() if is_so is pooled is not states[t]]
        bulk.update_rows(work, Tube, wrong, {"pooled": pooled})
    empty = [tube for tube in there if tube not in inside]
    bulk.update_rows(work, Tube, empty, {"voided_at": work.now()})


def _correct_swab(swab: Specimen, new: Mapping[str, str]) -> None:
    if "subject" in new:
        swab.subject = Subject.of(new["subject"]) if new["subject"] else None
    if "specimen" in new:
        swab.specimen = Material.of(new["specimen"]) if new["specimen"] else None
    swab.collected_at = new.get("collected_at", swab.collected_at)
    swab.note = new.get("note", swab.note)
