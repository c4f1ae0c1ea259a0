"""What is asked before a result is told early, held, or changed by two persons."""

from collections.abc import Sequence
from typing import NamedTuple

from admin_suite.core.clock import stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from modules.lab.api import Method, Outcome
from modules.results.codes import Change, State
from modules.results.queries import ProposalRow, Report, Standing, forewarned, lines, standings
from modules.results.rules import Event, possible

IMPOSSIBLE: dict[State, str] = {
    State.NONE: N_("Tube {accession} has no result yet."),
    State.REGISTERED: N_("The result of tube {accession} has not been released; send it back."),
    State.CHECKED: N_("The result of tube {accession} has not been released; send it back."),
    State.ON_HOLD: N_("The result of tube {accession} is being checked again; nobody goes by it."),
    State.ENTERED_IN_ERROR: N_("The result of tube {accession} was annulled and stays so."),
}
STANDS = N_("The result of tube {accession} is not on hold; there is nothing to lift.")
NO_TUBE = N_("There is no such tube.")


class Wanted(NamedTuple):
    """A change of one released result; the fields of a result matter to a correction alone."""

    tube_id: int
    kind: Change
    reported: Outcome | None = None
    method: Method | None = None
    ct: str = ""
    tested_at: str = ""
    remark: str = ""


def unforewarnable(work: Work, tubes: Sequence[int]) -> list[Refusal]:
    """Of which of these results no preliminary notice can be given, and why."""
    found = {line.tube_id: line for line in lines(work, tubes)}
    there = standings(work, tubes)
    given = forewarned(work, [line.measurement_id for line in found.values()])
    wrong = []
    for at, key in enumerate(tubes):
        standing, line = there.get(key), found.get(key)
        said = _(NO_TUBE)
        if standing is not None:
            said = _too_late(standing)
            if not said and line is not None and line.measurement_id in given:
                said = _("A preliminary notice of tube {accession} was given already.")
            said = said.format(accession=standing.accession)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def _too_late(standing: Standing) -> str:
    if possible(standing.state, Event.FOREWARN):
        return ""
    if standing.state is State.NONE:
        return _(IMPOSSIBLE[State.NONE])
    return _("The result of tube {accession} has been released already.")


def unholdable(work: Work, tubes: Sequence[int]) -> list[Refusal]:
    """Which of these results cannot be put on hold, and why."""
    there = standings(work, tubes)
    return [
        Refusal(at, "accession", said)
        for at, key in enumerate(tubes)
        if (said := _unfit(there.get(key), Event.HOLD))
    ]


def unproposable(work: Work, wanted: Sequence[Wanted]) -> list[Refusal]:
    """Which of these changes cannot be proposed, and why."""
    there = standings(work, [one.tube_id for one in wanted])
    today, wrong = stamp(work.now())[:10], []
    for at, one in enumerate(wanted):
        standing = there.get(one.tube_id)
        said = _unfit(standing, Event.of(one.kind))
        if standing is not None and not said:
            said = _pending(standing) or _content(standing, one, today)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def unswappable(work: Work, one: int, other: int) -> list[Refusal]:
    """Why the results of two tubes cannot change places."""
    if one == other:
        return [Refusal(1, "accession", _("Two different tubes are needed."))]
    there = standings(work, [one, other])
    wrong = []
    for at, key in enumerate((one, other)):
        standing = there.get(key)
        said = _unfit(standing, Event.CORRECT)
        if standing is not None and not said:
            said = _pending(standing)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def unconfirmable(work: Work, rows: Sequence[ProposalRow]) -> list[Refusal]:
    """Which of these proposals the actor cannot confirm, and why."""
    there = standings(work, [row.tube_id for row in rows])
    wrong = []
    for at, row in enumerate(rows):
        standing = there[row.tube_id]
        said = _unfit(standing, Event.of(row.kind))
        if row.mine:
            said = _("You proposed the change of tube {accession}; somebody else must confirm it.")
        elif not said and standing.report and standing.report.number != row.number:
            said = _("The result of tube {accession} has got another version meanwhile.")
        if said:
            wrong.append(Refusal(at, "accession", said.format(accession=row.accession)))
    return wrong


def _unfit(standing: Standing | None, event: Event) -> str:
    """Why something cannot happen to a report; nothing when it can."""
    if standing is None:
        return _(NO_TUBE)
    if possible(standing.state, event):
        return ""
    said = IMPOSSIBLE.get(standing.state, STANDS)
    return _(said).format(accession=standing.accession)


def _pending(standing: Standing) -> str:
    if not standing.proposed:
        return ""
    said = _("A change of tube {accession} is proposed already; confirm or decline that one first.")
    return said.format(accession=standing.accession)


def _content(standing: Standing, one: Wanted, today: str) -> str:
    said = ""
    if one.kind is Change.APPEND and not one.remark.strip():
        said = _("Say what is added to the result of tube {accession}.")
    if one.kind is Change.CORRECT:
        said = _correction(standing, one, today)
    return said.format(accession=standing.accession)


def _correction(standing: Standing, one: Wanted, today: str) -> str:
    said = ""
    if one.reported is None:
        said = _("Say what the right result of tube {accession} is.")
    elif one.reported is Outcome.AWAITING_SINGLES and not standing.pooled:
        said = _("Tube {accession} holds one swab; there are no single samples to take.")
    elif one.tested_at[:10] > today:
        said = _("This day is still to come.")
    elif standing.report is not None and _says(standing.report, one):
        said = _("That is what the result of tube {accession} says already.")
    return said


def _says(report: Report, one: Wanted) -> bool:
    told = report.told
    return (one.reported, one.method or told.method, one.ct, one.tested_at) == (
        told.reported,
        told.method,
        told.ct,
        told.tested_at,
    )
