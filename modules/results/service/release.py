"""Checking results, releasing them, sending them back."""

from collections.abc import Sequence
from datetime import date

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import Stage, hold, move
from modules.results import checks, queries
from modules.results.codes import Status
from modules.results.facts import ResultsReleased
from modules.results.models import CHECKED, COPIED, Release, Version
from modules.results.permissions import RELEASE, RULES, VALIDATE
from modules.results.queries import SIGNATURES, Told, copied
from modules.results.rules import Signatures

BEGINNING = date(1900, 1, 1)
SOURCE = "ISO 15189:2022, 7.4.1.2: results are reviewed and authorised before they are released"
ALLOWED = (2, 3)
FIELDS = (*COPIED, *CHECKED)
VERSION = (
    *COPIED,
    "number",
    "status",
    "since",
    "supersedes",
    "reason",
    "remark",
    "release_id",
    "proposal_id",
    "proposed_by",
    "signed_by",
    "at",
)


def begin(work: Work) -> None:
    """Adopt the rule a new database starts with: two persons, the second checks and releases."""
    SIGNATURES.begin(work, BEGINNING, SOURCE, Signatures(persons=2))


@use_case(RULES)
def adopt_signatures(work: Work, persons: int, valid_from: date, source: str) -> int:
    """From a day on let so many persons stand behind a result: two or three, never one."""
    if persons not in ALLOWED:
        raise UserError(_("A result needs two or three persons, never one."))
    if valid_from < here(work.now()).date():
        raise UserError(_("A new rule begins today or later; what was decided stays decided."))
    if not source.strip():
        raise UserError(_("Say which decision the new rule comes from."))
    return SIGNATURES.add(work, valid_from, source.strip(), Signatures(persons))


@use_case(VALIDATE)
def validate(work: Work, tubes: Sequence[int]) -> int:
    """Confirm that the results of these tubes are sound; never one's own. Returns how many."""
    hold(work, tubes)
    refuse(checks.unsound(work, tubes))
    rule = SIGNATURES.at(work, here(work.now()).date())
    now = work.now()
    checked = (rule.value.persons, rule.id, work.actor.id, now)
    rows = [(*copied(line), *checked) for line in queries.lines(work, tubes)]
    bulk.insert_rows(work, Release, FIELDS, rows)
    move(work, tubes, Stage.CHECKED)
    return len(rows)


@use_case(RELEASE)
def release(work: Work, tubes: Sequence[int]) -> int:
    """Hand the checked results of these tubes out. Returns how many."""
    hold(work, tubes)
    refuse(checks.unreleasable(work, tubes))
    found, now = queries.lines(work, tubes), work.now()
    ids = [line.release_id for line in found if line.release_id is not None]
    values = {"released_by": work.actor.id, "released_at": now}
    bulk.update_rows(work, Release, ids, values)
    move(work, tubes, Stage.RELEASED)
    first = (1, Status.FINAL, 1, None, "", "")
    rows = [
        (*copied(line), *first, line.release_id, None, line.entered_by, work.actor.id, now)
        for line in found
    ]
    bulk.insert_rows(work, Version, VERSION, rows)
    told = [Told(*copied(line)) for line in found]
    work.publish(ResultsReleased(queries.person_results(work, told)))
    return len(ids)


@use_case(RELEASE)
def sign(work: Work, tubes: Sequence[int]) -> int:
    """Check and release in one act, where the rule asks for two persons. Returns how many."""
    unchecked = [ln.tube_id for ln in queries.lines(work, tubes) if ln.stage is Stage.MEASURED]
    if unchecked:
        work.require(VALIDATE)
        validate(work, unchecked)
    return release(work, tubes)


@use_case(VALIDATE)
def send_back(work: Work, tubes: Sequence[int], reason: str) -> int:
    """Give results that are not released back to the bench, with the reason. Returns how many."""
    if not reason.strip():
        raise UserError(_("Say why the result goes back."))
    hold(work, tubes)
    refuse(checks.unreturnable(work, tubes))
    found = queries.lines(work, tubes)
    values = {"returned_by": work.actor.id, "returned_at": work.now(), "reason": reason.strip()}
    checked = [line.release_id for line in found if line.release_id is not None]
    bulk.update_rows(work, Release, checked, values)
    move(work, tubes, Stage.RECEIVED)
    return len(found)


@use_case(VALIDATE)
def unvalidate(work: Work, tubes: Sequence[int]) -> int:
    """Take one's own check back, of results that are not released. Returns how many."""
    hold(work, tubes)
    refuse(checks.unreturnable_check(work, tubes))
    ids = [line.release_id for line in queries.lines(work, tubes) if line.release_id is not None]
    said = {"reason": _("The check was taken back."), "returned_at": work.now()}
    bulk.update_rows(work, Release, ids, {"returned_by": work.actor.id, **said})
    move(work, tubes, Stage.MEASURED)
    return len(ids)
