"""Entering rapid tests; a positive calls for a PCR sample, once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import shown
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson, add_people, correct_people, unit_id
from modules.lab import checks
from modules.lab.codes import Movement, RapidOutcome, Stage, Subject
from modules.lab.facts import RapidPositive, RapidPositives, RapidPositivesWithdrawn
from modules.lab.models import RapidTest, Specimen, Tube
from modules.lab.permissions import RAPID
from modules.lab.queries.rapid import rapid_known
from modules.lab.rules import DAY
from modules.lab.service.kits import lots_of, write_ledger
from modules.lab.service.tubes import NewSample, register, withdraw

TEST = (
    "uid",
    "person_id",
    "lot_id",
    "outcome",
    "tested_at",
    "site_id",
    "subject",
    "tester",
    "note",
    "row",
    "specimen_id",
    "entered_by",
    "entered_at",
    "opened",
)
PERSON = TEST.index("person_id")
OPEN = (Stage.EXPECTED, Stage.RECEIVED)


class NewRapid(NamedTuple):
    """One rapid test to enter; ``tested_at`` a FHIR date-time in local time.

    Kit and lot are as the box says; ``site`` is where it was done (empty: the sender of the list).
    """

    person: NewPerson
    outcome: RapidOutcome
    tested_at: str
    kit: str = ""
    lot: str = ""
    tester: str = ""
    subject: Subject | None = None
    note: str = ""
    row: int = 0
    site: str = ""
    uid: str = ""


@use_case(RAPID)
def enter_rapid(work: Work, tests: Sequence[NewRapid], origin: Origin = TYPED) -> Stored:
    """Enter rapid tests; one that is known stays as it is. A positive calls for a PCR sample."""
    refuse(checks.wrong_rapid(work, tests))
    people = add_people(work, [test.person for test in tests], origin).ids
    bulk.hold(work, Person, people)  # a positive calls only once
    there = checks.rapid_of(work, people)
    coded = rapid_known(work, [test.uid for test in tests])
    ids: list[int | None] = [
        coded.get(test.uid) or there.get((person, test.tested_at), (None,))[0]
        for test, person in zip(tests, people, strict=True)
    ]
    new: dict[tuple[int, str], int] = {}
    for at, known in enumerate(ids):
        if known is None:
            new.setdefault((people[at], tests[at].tested_at), at)
    fresh = [(people[at], tests[at]) for at in new.values()]
    swabs = _waiting(work, fresh)
    opened = _call_for_samples(work, fresh, swabs, origin)
    rows = _rows(work, fresh, swabs | opened, origin)
    added = bulk.insert_rows(work, RapidTest, TEST, [(*row, row[PERSON] in opened) for row in rows])
    made = dict(zip(new, added, strict=True))
    told = [
        RapidPositive(key, person, test.tested_at, (swabs | opened)[person])
        for key, (person, test) in zip(added, fresh, strict=True)
        if test.outcome is RapidOutcome.POSITIVE
    ]
    if told:
        work.publish(RapidPositives(tuple(told)))
    found = [
        known if known is not None else made[person, test.tested_at]
        for known, person, test in zip(ids, people, tests, strict=True)
    ]
    return Stored(found, len(added), frozenset(added))


@use_case(RAPID)
def correct_rapid(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise of a person, or beside the test itself."""
    refuse(checks.uncorrectable_rapid(work, changes))
    people = []
    for change in changes:
        test = work.session.get_one(RapidTest, change.id)
        people.append(Change(test.person_id, change.fields))
        new = {name: pair[1] for name, pair in change.fields.items()}
        if "subject" in new:
            test.subject = Subject.of(new["subject"]) if new["subject"] else None
        test.tester = new.get("tester", test.tester)
        test.note = new.get("note", test.note)
    correct_people(work, people)


@use_case(RAPID)
def withdraw_rapid(work: Work, tests: Sequence[int]) -> dict[int, str]:
    """Mark the tests of an import that is taken back; answers with what stays, which is nothing."""
    mark_rapid_error(work, tests, _("The import was taken back."))
    return {}


@use_case(RAPID)
def mark_rapid_error(work: Work, tests: Sequence[int], reason: str) -> int:
    """Mark rapid tests as entered in error, with the reason; nothing is deleted. Returns how many.

    The kit counts as not used, and a PCR sample that only such a test has called for and that is
    still to be taken is called off.
    """
    if not reason.strip():
        raise UserError(_("Say why the rapid test was entered in error."))
    rows = work.session.scalars(select(RapidTest).where(bulk.among(work, RapidTest.id, tests)))
    found = list(rows)
    if len(found) < len(set(tests)):
        raise UserError(_("There is no such rapid test, or it was marked before."))
    values = {"error_by": work.actor.id, "error_reason": reason.strip()}
    back = Counter(row.lot_id for row in found if row.lot_id is not None)
    positive = [
        RapidPositive(row.id, row.person_id, row.tested_at, row.specimen_id)
        for row in found
        if row.specimen_id is not None
    ]
    ids = [row.id for row in found]
    bulk.update_rows(work, RapidTest, ids, {"voided_at": work.now(), **values})
    work.session.expire_all()
    write_ledger(work, [(lot, Movement.GIVEN_BACK, n, reason.strip()) for lot, n in back.items()])
    _call_off(work, [one.specimen_id for one in positive])
    if positive:
        work.publish(RapidPositivesWithdrawn(tuple(positive)))
    return len(ids)


def _rows(
    work: Work,
    new: Sequence[tuple[int, NewRapid]],
    swabs: Mapping[int, int],
    origin: Origin,
) -> list[tuple[Any, ...]]:
    """The rows of new tests; the lots they used are written into the ledger."""
    lots = lots_of(work, list({(test.kit, test.lot) for _person, test in new if test.kit}))
    used = Counter(lots[test.kit, test.lot] for _person, test in new if test.kit)
    write_ledger(work, [(lot, Movement.USED, -n, "") for lot, n in used.items()])
    sites = {name: unit_id(work, name) for name in {_site(test, origin) for _p, test in new}}
    rows: list[tuple[Any, ...]] = []
    for (person, test), uid in zip(new, new_uids(work.now(), len(new)), strict=True):
        positive = test.outcome is RapidOutcome.POSITIVE
        row: tuple[Any, ...] = (
            test.uid or uid,
            person,
            lots.get((test.kit, test.lot)),
            test.outcome,
            test.tested_at,
            sites[_site(test, origin)],
            test.subject,
            test.tester,
            test.note,
            test.row,
            swabs[person] if positive else None,
            work.actor.id,
            work.now(),
        )
        rows.append(row)
    return rows


def _site(test: NewRapid, origin: Origin) -> str:
    return test.site or origin.sender


def _waiting(work: Work, new: Sequence[tuple[int, NewRapid]]) -> dict[int, int]:
    """The samples of who is positive, alone in their tubes, that have no result yet."""
    query = (
        select(Specimen.person_id, Specimen.id)
        .join(Tube, Tube.id == Specimen.tube_id)
        .where(Tube.stage.in_(OPEN), Tube.pooled.is_(False))
        .where(bulk.among(work, Specimen.person_id, _positive(new)))
        .order_by(Specimen.id)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}


def _call_for_samples(
    work: Work, new: Sequence[tuple[int, NewRapid]], there: Mapping[int, int], origin: Origin
) -> dict[int, int]:
    """A PCR sample to be taken of everybody who is positive and has none that waits."""
    wanted = {person: test for person, test in _positive(new).items() if person not in there}
    opened: dict[int, int] = {}
    for site in dict.fromkeys(_site(test, origin) for test in wanted.values()):
        some = [person for person, test in wanted.items() if _site(test, origin) == site]
        day = work.today()
        samples = [_sample(work, person, wanted[person]) for person in some]
        ids = register(work, samples, Origin(sender=site, day=day)).ids
        opened |= dict(zip(some, ids, strict=True))
    return opened


def _positive(new: Sequence[tuple[int, NewRapid]]) -> dict[int, NewRapid]:
    """The first positive test of each person."""
    found: dict[int, NewRapid] = {}
    for person, test in new:
        if test.outcome is RapidOutcome.POSITIVE:
            found.setdefault(person, test)
    return found


def _sample(work: Work, person_id: int, test: NewRapid) -> NewSample:
    """The sample to be taken of somebody in the register, told by the code of the entry."""
    uid = work.session.get_one(Person, person_id).uid
    said = _("Rapid test positive, {time}").format(time=shown(test.tested_at))
    person = test.person._replace(uid=uid)
    subject = test.subject or Subject.SCREENING
    return NewSample(person, test.tested_at[:DAY], subject=subject, note=said)


def _call_off(work: Work, specimens: Sequence[int]) -> None:
    """Withdraw the samples that only tests that are void have called for; one that came stays."""
    every = RapidTest.__table__.c  # those marked before, too
    mine = bulk.among(work, every.specimen_id, specimens)
    opened = set(work.session.scalars(select(every.specimen_id).where(mine, every.opened)))
    called = select(RapidTest.specimen_id).where(bulk.among(work, RapidTest.specimen_id, specimens))
    withdraw(work, sorted(opened - set(work.session.scalars(called))))
