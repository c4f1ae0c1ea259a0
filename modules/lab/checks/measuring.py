"""What is asked of results before they are entered; the preview of an import asks the same."""

from collections.abc import Sequence
from typing import Protocol

from admin_suite.core.clock import stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from modules.lab.codes import Outcome, Stage
from modules.lab.queries import TubeRow, tubes_of, unknown


class Reported(Protocol):
    """What is asked of a result before it is stored."""

    @property
    def accession(self) -> str: ...  # noqa: D102
    @property
    def outcome(self) -> Outcome: ...  # noqa: D102
    @property
    def tested_at(self) -> str: ...  # noqa: D102


def wrong_results(work: Work, results: Sequence[Reported]) -> list[Refusal]:
    """Why each of these results could not be entered."""
    tubes = tubes_of(work, [result.accession for result in results])
    today, wrong = stamp(work.now())[:10], []
    for at, result in enumerate(results):
        name, why = _unmeasurable(result, tubes.get(result.accession))
        if why:
            wrong.append(Refusal(at, name, why))
        elif result.tested_at[:10] > today:
            wrong.append(Refusal(at, "tested_at", _("This day is still to come.")))
    return wrong + _contradictions(results)


def _contradictions(results: Sequence[Reported]) -> list[Refusal]:
    """Rows that say different things of one tube: none of them is believed."""
    words: dict[str, set[Outcome]] = {}
    for result in results:
        words.setdefault(result.accession, set()).add(result.outcome)
    said = _("The list says different things of tube {accession}.")
    return [
        Refusal(at, "outcome", said.format(accession=result.accession))
        for at, result in enumerate(results)
        if len(words[result.accession]) > 1
    ]


def _unmeasurable(result: Reported, tube: TubeRow | None) -> tuple[str, str]:
    """The field in the way and the sentence; a result that was told is never overwritten."""
    name, said = "", ""
    if tube is None:
        name, said = "accession", unknown(result.accession)
    elif tube.stage is Stage.EXPECTED:
        name, said = "accession", _("Tube {accession} has not been received. Receive it first.")
    elif result.outcome is Outcome.AWAITING_SINGLES and not tube.pooled:
        name = "outcome"
        said = _("Tube {accession} holds one swab; there are no single samples to take.")
    elif tube.stage is not Stage.RECEIVED and tube.reported is not result.outcome:
        name = "outcome"
        said = _("Tube {accession} has the result “{outcome}” already; send it back first.")
    word = tube.reported.word if tube and tube.reported else ""
    return name, said.format(accession=result.accession, outcome=word)
