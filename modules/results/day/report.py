"""All there is to know of one released result: versions, what was built on it, what may follow."""

from collections.abc import Sequence

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Happening
from modules.lab.api import grouped, sample_rows
from modules.results.codes import Change, State
from modules.results.day.oversight import built_on
from modules.results.queries import (
    VersionRow,
    proposals,
    specimens_in,
    standings,
    tube_numbered,
    versions,
)
from modules.results.rules import Event, possible


class ReportCard(Struct, frozen=True):
    """A released result; ``changes`` are what may be proposed, ``proposals`` what was."""

    tube_id: int
    accession: str
    names: str
    state: State
    versions: Sequence[VersionRow]
    built: Sequence[Happening]
    changes: Sequence[Change]
    may_hold: bool
    proposals: Sequence[int]


def report_card_of(work: Work, number: str) -> ReportCard:
    """The result of the tube of a typed number; refuses one that was not released."""
    tube = tube_numbered(work, number)
    card = report_card(work, tube)
    if card is None:
        accession = standings(work, [tube])[tube].accession
        said = _("The result of tube {accession} has not been released.")
        raise UserError(said.format(accession=grouped(accession)))
    return card


def report_card(work: Work, tube: int) -> ReportCard | None:
    """All there is to know of a released result; None of any other."""
    standing = standings(work, [tube]).get(tube)
    if standing is None or standing.report is None:
        return None
    people = sample_rows(work, specimens_in(work, [tube]).get(tube, []))
    changes = [one for one in Change if possible(standing.state, Event.of(one))]
    return ReportCard(
        tube,
        standing.accession,
        ", ".join(row.name for row in people),
        standing.state,
        versions(work, tube),
        built_on(work, tube),
        [] if standing.proposed else changes,
        possible(standing.state, Event.HOLD),
        [row.id for row in proposals(work) if row.tube_id == tube],
    )
