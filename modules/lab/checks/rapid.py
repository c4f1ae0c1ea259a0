"""What is asked of rapid tests before they are entered; facts are warned of, never blocked."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select

from admin_suite.core.clock import shown, stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change
from admin_suite.registry import entries, identity
from admin_suite.registry.namesakes import known_people, namesakes
from admin_suite.registry.queries import Described, wrong_corrections, wrong_people
from modules.lab.codes import RapidOutcome
from modules.lab.models import RapidTest
from modules.lab.queries.kits import Named, warnings

FREE = {"subject", "tester", "note"}  # what a corrected list may say otherwise of a test
FIXED = ("outcome", "tested_at", "kit", "lot", "site")


class Tested(Protocol):
    """What is asked of a rapid test before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def outcome(self) -> RapidOutcome: ...  # noqa: D102
    @property
    def tested_at(self) -> str: ...  # noqa: D102
    @property
    def kit(self) -> str: ...  # noqa: D102
    @property
    def lot(self) -> str: ...  # noqa: D102


def wrong_rapid(work: Work, tests: Sequence[Tested]) -> list[Refusal]:
    """Why each of these rapid tests could not be entered."""
    now = stamp(work.now())
    wrong = wrong_people(work, [test.person for test in tests])
    for at, test in enumerate(tests):
        if not test.tested_at:
            wrong.append(Refusal(at, "tested_at", _("The day of the test is missing.")))
        elif test.tested_at > now:
            wrong.append(Refusal(at, "tested_at", _("This day is still to come.")))
        elif test.person.dob[:10] > test.tested_at[:10]:
            wrong.append(Refusal(at, "dob", _("The person was born after the test.")))
    return wrong + _otherwise(work, tests)


def kit_warnings(work: Work, tests: Sequence[Tested]) -> list[Refusal]:
    """Expired, used-up and unknown lots, said once of the first test of each."""
    used: dict[Named, list[str]] = {}
    first: dict[Named, int] = {}
    for at, test in enumerate(tests):
        used.setdefault((test.kit, test.lot), []).append(test.tested_at)
        first.setdefault((test.kit, test.lot), at)
    said = warnings(work, used)
    return [Refusal(first[named], "lot", words) for named, words in said.items()]


def uncorrectable_rapid(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which changes of a corrected list cannot be: a test that was done stays what it was."""
    said = _("A rapid test stays what it was. Mark it as entered in error and enter it anew.")
    wrong = wrong_corrections(work, changes)
    for at, change in enumerate(changes):
        name = next((name for name in FIXED if name in change.fields), "")
        if name:
            wrong.append(Refusal(at, name, said))
    return wrong


def rapid_of(work: Work, people: Sequence[int]) -> dict[tuple[int, str], tuple[int, RapidOutcome]]:
    """The tests of these people by person and moment: the id, and what it said."""
    query = select(RapidTest.person_id, RapidTest.tested_at, RapidTest.id, RapidTest.outcome)
    rows = work.session.execute(query.where(bulk.among(work, RapidTest.person_id, set(people))))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _otherwise(work: Work, tests: Sequence[Tested]) -> list[Refusal]:
    """Tests that are known, or stand twice in the list, with another word."""
    people = [test.person for test in tests]
    alike = namesakes(work, people)
    found = known_people(people, alike, entries.crowded(work, people, alike))
    known = identity.known(work, people, found)
    there = rapid_of(work, [key for key in known if key is not None])
    said = _("This person has a rapid test of {time} already; it was {outcome}.")
    wrong, told = [], dict[tuple[object, str], RapidOutcome]()
    for at, (test, key) in enumerate(zip(tests, known, strict=True)):
        before = there.get((key, test.tested_at)) if key is not None else None
        who: object = key if key is not None else test.person
        word = before[1] if before else told.setdefault((who, test.tested_at), test.outcome)
        if word is not test.outcome:
            words = said.format(time=shown(test.tested_at), outcome=word.word)
            wrong.append(Refusal(at, "outcome", words))
    return wrong
