"""Preliminary notices, holds and changes of released results on the command line."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab.api import Method, Outcome, grouped, tube_ids
from modules.results import queries, service
from modules.results.codes import Change
from modules.results.permissions import SEE
from modules.results.queries import VersionRow
from modules.results.service import Wanted


def forewarn(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Tell results before their release to those who must act."""
    return {"forewarned": service.forewarn(work, _tubes(work, values))}


def hold(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Put released results on hold."""
    return {"held": service.hold_back(work, _tubes(work, values), values["reason"])}


def propose(change: Change, work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Propose the same change of these results; somebody else confirms it."""
    wanted = [
        Wanted(
            tube,
            change,
            values.get("outcome"),
            values.get("method"),
            values.get("ct") or "",
            values.get("tested") or "",
            values.get("remark") or "",
        )
        for tube in _tubes(work, values)
    ]
    return {"proposed": len(service.propose(work, wanted, values["reason"]))}


def swap(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Propose that two results change places."""
    one, other = tube_ids(work, [values["accession"], values["with"]])
    return {"proposed": len(service.propose_swap(work, one, other, values["reason"]))}


def confirm(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Let what somebody else proposed come true."""
    return {"confirmed": service.confirm(work, _waiting(work, values))}


def decline(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Let what was proposed come to nothing."""
    return {"declined": service.decline(work, _waiting(work, values))}


def versions(work: Work, values: Mapping[str, Any]) -> list[VersionRow]:
    """Every version of the report of a tube."""
    work.require(SEE)
    return queries.versions(work, tube_ids(work, [values["accession"]])[0])


def _tubes(work: Work, values: Mapping[str, Any]) -> list[int]:
    return list(dict.fromkeys(tube_ids(work, values["accession"])))


def _waiting(work: Work, values: Mapping[str, Any]) -> Sequence[int]:
    """The proposals about these tubes; refuses a tube without one."""
    waiting = {row.tube_id: row.id for row in queries.proposals(work)}
    tubes = _tubes(work, values)
    for tube, number in zip(tubes, dict.fromkeys(values["accession"]), strict=False):
        if tube not in waiting:
            said = _("No change of tube {accession} waits for somebody.")
            raise UserError(said.format(accession=grouped(number)))
    return [waiting[tube] for tube in tubes]


NAMED = Option("accession", N_("The results of these tubes"), many=True, required=True)
WHY = Option("reason", N_("Why"), required=True)
RESULT = (
    Option("outcome", N_("The right result"), Outcome.read, required=True),
    Option("ct", N_("Its Ct values")),
    Option("method", N_("How it was measured, if otherwise"), Method.read),
    Option("tested", N_("When it was measured, such as 2021-08-13")),
)


def _change(name: str, title: str, change: Change, *more: Option) -> Command:
    return Command(name, title, partial(propose, change), (NAMED, WHY, *more), Needs.WRITING)


CHANGING = (
    Command(
        "forewarn",
        N_("Tell results before their release to those who must act"),
        forewarn,
        (NAMED,),
        Needs.WRITING,
    ),
    Command("hold", N_("Put released results on hold"), hold, (NAMED, WHY), Needs.WRITING),
    _change("lift", N_("Propose that results on hold stand as they were"), Change.LIFT),
    _change("correct", N_("Propose another result"), Change.CORRECT, *RESULT),
    _change("amend", N_("Propose to say a result anew, particulars changed"), Change.AMEND),
    _change(
        "append",
        N_("Propose a remark on a result"),
        Change.APPEND,
        Option("remark", N_("What is added"), required=True),
    ),
    _change("annul", N_("Propose to annul a result entered in error"), Change.ANNUL),
    Command(
        "swap",
        N_("Propose that the results of two tubes change places"),
        swap,
        (
            Option("accession", N_("One of the tubes"), required=True),
            Option("with", N_("The other tube"), required=True),
            WHY,
        ),
        Needs.WRITING,
    ),
    Command("confirm", N_("Confirm what somebody else proposed"), confirm, (NAMED,), Needs.WRITING),
    Command("decline", N_("Decline what was proposed"), decline, (NAMED,), Needs.WRITING),
    Command(
        "versions",
        N_("Every version of the result of a tube"),
        versions,
        (Option("accession", N_("The number of the tube"), positional=True, required=True),),
        Needs.READING,
    ),
)
