"""What the verbs of release ask before they write: who may sign what.

A verb hands over the lines of its tubes, which it has asked for once it held them.
"""

from collections.abc import Callable, Sequence

from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from modules.lab.api import Outcome, Stage
from modules.results.queries import THREE, Line, lines, standings, waiting


def unsound(work: Work, tubes: Sequence[int], found: Sequence[Line]) -> list[Refusal]:
    """Which of these results the actor cannot check, and why."""
    return _refused(work, tubes, found, _uncheckable)


def unreleasable(work: Work, tubes: Sequence[int], found: Sequence[Line]) -> list[Refusal]:
    """Which of these results the actor cannot release, and why."""
    return _refused(work, tubes, found, _unhandable)


def unreturnable(work: Work, tubes: Sequence[int], found: Sequence[Line]) -> list[Refusal]:
    """Which of these results cannot be sent back, and why."""
    return _refused(work, tubes, found, _unsendable)


def unreturnable_check(work: Work, tubes: Sequence[int], found: Sequence[Line]) -> list[Refusal]:
    """Of which results the actor cannot take the check back, and why."""
    return _refused(work, tubes, found, _settled)


def _refused(
    work: Work, tubes: Sequence[int], found: Sequence[Line], why: Callable[[Work, Line], str]
) -> list[Refusal]:
    known, wrong = {line.tube_id: line for line in found}, []
    for at, key in enumerate(tubes):
        line = known.get(key)
        said = _absent(work, key) if line is None else why(work, line)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def _absent(work: Work, tube: int) -> str:
    """What to say of a tube without a result in force."""
    standing = standings(work, [tube]).get(tube)
    if standing is None or standing.report is None:
        return _("This tube has no result yet.")
    said = _("The result of tube {accession} was released and is not in force.")
    return said.format(accession=standing.accession)


def _uncheckable(work: Work, line: Line) -> str:
    said = ""
    if line.entered_by == work.actor.id:
        said = _("You entered the result of tube {accession}; somebody else must check it.")
    elif line.stage in {Stage.CHECKED, Stage.RELEASED}:
        said = _("The result of tube {accession} has been checked already.")
    elif line.stage is not Stage.MEASURED:
        said = _("Tube {accession} waits for a new result.")
    return said.format(accession=line.accession)


def _unhandable(work: Work, line: Line) -> str:
    said = ""
    if line.entered_by == work.actor.id:
        said = _("You entered the result of tube {accession}; somebody else must release it.")
    elif line.stage is Stage.RELEASED:
        said = _("The result of tube {accession} has been released already.")
    elif line.stage is not Stage.CHECKED:
        said = _("The result of tube {accession} must be checked by a second person first.")
    elif line.persons == THREE and line.validated_by == work.actor.id:
        said = _("You checked the result of tube {accession}; a third person must release it.")
    return said.format(accession=line.accession)


def _unsendable(_work: Work, line: Line) -> str:
    said = ""
    if line.stage is Stage.RELEASED:
        said = _("The result of tube {accession} has been released; it needs a correction.")
    elif line.stage not in {Stage.MEASURED, Stage.CHECKED}:
        said = _("Tube {accession} waits for a new result.")
    return said.format(accession=line.accession)


def _settled(work: Work, line: Line) -> str:
    said = ""
    if line.stage is Stage.RELEASED:
        said = _("The result of tube {accession} has been released; it needs a correction.")
    elif line.stage is not Stage.CHECKED:
        said = _("The result of tube {accession} has not been checked.")
    elif line.validated_by != work.actor.id:
        said = _("Somebody else checked the result of tube {accession}.")
    return said.format(accession=line.accession)


def signable(work: Work, stage: Stage) -> list[int]:
    """The tubes at a stage whose results somebody else must have made, only negative ones.

    Refuses in words when there are some and all of them are the actor's own.
    """
    found = [
        line for line in lines(work, waiting(work, [stage])) if line.outcome is Outcome.NEGATIVE
    ]
    why = _uncheckable if stage is Stage.MEASURED else _unhandable
    others = [line.tube_id for line in found if not why(work, line)]
    if found and not others:
        raise UserError(why(work, found[0]))
    return others
