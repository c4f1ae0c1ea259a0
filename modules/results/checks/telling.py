"""What is asked before something is told, taken back or looked at."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from modules.results.codes import State
from modules.results.models import Telling
from modules.results.queries import Standing, sayable, standings

WAITING = {State.REGISTERED, State.CHECKED}


def untellable(
    tubes: Sequence[int], there: Mapping[int, Standing], void: Mapping[int, int]
) -> list[Refusal]:
    """Of which tubes, standing so, there is nothing that may be told, and why.

    An annulment may be told, and that an early result is void.
    """
    wrong = []
    for at, key in enumerate(tubes):
        standing = there.get(key)
        said = ""
        if standing is None:
            said = _("There is no such tube.")
        elif key in void:
            continue
        elif standing.state is State.ON_HOLD:
            said = _("The result of tube {accession} is being checked again; nobody goes by it.")
        elif not sayable(standing) and standing.state is not State.ENTERED_IN_ERROR:
            said = _("The result of tube {accession} has not been released.")
        if said and standing is not None:
            said = said.format(accession=standing.accession)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def untakable(work: Work, ids: Sequence[int]) -> list[Refusal]:
    """Which of these were written down by somebody else, or taken back already."""
    query = select(Telling.id).where(Telling.id.in_(ids), Telling.told_by == work.actor.id)
    own = set(work.session.scalars(query))
    said = _("Somebody else wrote this down, or it was taken back already.")
    return [Refusal(at, "", said) for at, key in enumerate(ids) if key not in own]


def unpeekable(work: Work, tube: int) -> list[Refusal]:
    """Why there is nothing to look at out of turn."""
    standing = standings(work, [tube]).get(tube)
    said = ""
    if standing is None:
        said = _("There is no such tube.")
    elif standing.state is State.NONE:
        said = _("Tube {accession} has no result yet.").format(accession=standing.accession)
    elif standing.state not in WAITING:
        said = _("The result of tube {accession} has been released; it stands in the lists.")
        said = said.format(accession=standing.accession)
    return [Refusal(0, "accession", said)] if said else []
