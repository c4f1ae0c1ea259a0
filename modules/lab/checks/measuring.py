"""What is asked of results before they are entered; the preview of an import asks the same."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from admin_suite.core.clock import stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from modules.lab.checks.keeping import unmeasurable
from modules.lab.codes import Outcome, Stage
from modules.lab.queries import NOBODY, Match, TubeRow, Whose, tubes_of, unknown
from modules.lab.queries.whose import matches, of_people, people_in
from modules.lab.rules import grouped


class Reported(Protocol):
    """What is asked of a result before it is stored."""

    @property
    def accession(self) -> str: ...  # noqa: D102
    @property
    def outcome(self) -> Outcome: ...  # noqa: D102
    @property
    def tested_at(self) -> str: ...  # noqa: D102
    @property
    def whose(self) -> Whose: ...  # noqa: D102


class Settled(Struct):
    """Which tube each result is of, by its place; ``found`` by what the list says of a person."""

    numbers: list[str]
    found: dict[int, Match] = field(default_factory=dict)
    wrong: list[Refusal] = field(default_factory=list)


def settled(work: Work, results: Sequence[Reported]) -> Settled:
    """The tube of each result: the one it names, or the only one that it surely means."""
    made = Settled([result.accession for result in results])
    lost = [at for at, number in enumerate(made.numbers) if not number]
    meant = matches(work, [results[at].whose for at in lost])
    for at, match in zip(lost, meant, strict=True):
        if match.sure and match.swab is not None:
            made.numbers[at], made.found[at] = match.swab.accession, match
        else:
            made.wrong.append(_unsettled(at, results[at].whose, match))
    made.wrong += _other_people(work, results)
    return made


def taken_as(work: Work, results: Sequence[Reported]) -> list[Refusal]:
    """Which tube each result that names none will be stored with; to be looked at before."""
    said = _("Taken for {swab}.")
    return [
        Refusal(at, "name", said.format(swab=match.swab.said))
        for at, match in settled(work, results).found.items()
        if match.swab is not None
    ]


def wrong_results(work: Work, results: Sequence[Reported]) -> list[Refusal]:
    """Why each of these results could not be entered."""
    made = settled(work, results)
    tubes = tubes_of(work, made.numbers)
    today, wrong = stamp(work.now())[:10], list(made.wrong)
    out = {refusal.item for refusal in wrong}
    for at, (result, number) in enumerate(zip(results, made.numbers, strict=True)):
        if at in out:
            continue
        name, why = _unmeasurable(number, result.outcome, tubes.get(number))
        if why:
            wrong.append(Refusal(at, name, why))
        elif result.tested_at[:10] > today:
            wrong.append(Refusal(at, "tested_at", _("This day is still to come.")))
    return wrong + _contradictions(results, made.numbers)


def _unsettled(at: int, whose: Whose, match: Match) -> Refusal:
    """Why a result is of no tube: one that a person must confirm, several, or none."""
    if match.swab is not None:
        said = _("This may be {swab}. Confirm it, or write the number of the tube.")
        offer = match.swab.accession
        return Refusal(at, "accession", said.format(swab=match.swab.said), offer)
    said = _("The row says neither a tube nor a person.")
    if match.tubes:
        several = _("{n} tubes may be meant. Write the number of the right one.")
        said = several.format(n=match.tubes)
    elif whose.name:
        none = _("No swab of “{name}” waits that the other cells do not speak against.")
        said = none.format(name=whose.name)
    elif whose.mark or whose.code:
        said = unknown(whose.mark or whose.code)
    return Refusal(at, "accession", said)


def _other_people(work: Work, results: Sequence[Reported]) -> list[Refusal]:
    """Results that name a tube and a person whose swab is not in it."""
    named = [at for at, one in enumerate(results) if one.accession and one.whose != NOBODY]
    tubes = tubes_of(work, [results[at].accession for at in named])
    inside = people_in(work, [tube.id for tube in tubes.values()])
    wrong = []
    for at in named:
        number, whose = results[at].accession, results[at].whose
        people = inside.get(tubes[number].id, []) if number in tubes else []
        found = of_people(whose, people) if people else True
        if found is True:
            continue
        if found is False:
            said = _("Tube {accession} is of {people}; this row is about somebody else.")
            names = ", ".join(one.name for one in people)
            said = said.format(accession=grouped(number), people=names)
            wrong.append(Refusal(at, "accession", said))
        else:
            said = _("Tube {accession} is of {people}. Is this the same person?")
            said = said.format(accession=grouped(number), people=found.name)
            wrong.append(Refusal(at, "name", said, found.name))
    return wrong


def _contradictions(results: Sequence[Reported], numbers: Sequence[str]) -> list[Refusal]:
    """Rows that say different things of one tube: none of them is believed."""
    words: dict[str, set[Outcome]] = {}
    for result, number in zip(results, numbers, strict=True):
        words.setdefault(number, set()).add(result.outcome)
    said = _("The list says different things of tube {accession}.")
    return [
        Refusal(at, "outcome", said.format(accession=number))
        for at, number in enumerate(numbers)
        if number and len(words[number]) > 1
    ]


def _unmeasurable(number: str, outcome: Outcome, tube: TubeRow | None) -> tuple[str, str]:
    """The field in the way and the sentence; a result that was told is never overwritten."""
    name, said = "", ""
    if tube is None:
        name, said = "accession", unknown(number)
    elif tube.stage is Stage.EXPECTED:
        name, said = "accession", _("Tube {accession} has not been received. Receive it first.")
    elif unmeasurable(tube.stage):
        name, said = "accession", unmeasurable(tube.stage)
    elif outcome is Outcome.AWAITING_SINGLES and not tube.pooled:
        name = "outcome"
        said = _("Tube {accession} holds one swab; there are no single samples to take.")
    elif tube.stage is Stage.RELEASED and tube.reported is None:
        name = "outcome"
        said = _("The result of tube {accession} is not in force; it needs a correction.")
    elif tube.stage is not Stage.RECEIVED and tube.reported is not outcome:
        name = "outcome"
        said = _("Tube {accession} has the result “{outcome}” already; send it back first.")
    word = tube.reported.word if tube and tube.reported else ""
    return name, said.format(accession=number, outcome=word)
