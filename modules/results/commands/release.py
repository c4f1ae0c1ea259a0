"""Checking and releasing on the command line: the same verbs that buttons call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab.api import Stage, tube_ids
from modules.results import checks, service

Verb = Callable[[Work, Sequence[int]], int]


def validate(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Check the results named, or every negative one that somebody else entered."""
    return {"validated": _signed(work, values, service.validate, Stage.MEASURED)}


def release(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Release the results named, or every negative one that has been checked."""
    return {"released": _signed(work, values, service.release, Stage.CHECKED)}


def give_back(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Give results that are not released back to the bench, to be entered anew."""
    tubes = tube_ids(work, values["accession"] or ())
    return {"returned": service.send_back(work, list(dict.fromkeys(tubes)), values["reason"])}


def adopt_signatures(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """From a day on let so many persons stand behind a result."""
    day = values["from"] or work.today()
    service.adopt_signatures(work, values["persons"], day, values["source"])
    return {"persons": values["persons"], "from": day}


def adopt_contamination(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """From a day on mark results above one Ct beside results below another."""
    day = values["from"] or work.today()
    service.adopt_contamination(work, values["strong"], values["weak"], day, values["source"])
    return {"strong": values["strong"], "weak": values["weak"], "from": day}


def adopt_disclosure(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """From a day on split groups by outcome from so many people on."""
    day = values["from"] or work.today()
    service.adopt_disclosure(work, values["people"], day, values["source"])
    return {"people": values["people"], "from": day}


def _signed(work: Work, values: Mapping[str, Any], verb: Verb, stage: Stage) -> int:
    if values["all-negative"]:
        return verb(work, checks.signable(work, stage))
    tubes = tube_ids(work, values["accession"] or ())
    if not tubes:
        raise UserError(_("Say which results: --all-negative or --accession."))
    return verb(work, list(dict.fromkeys(tubes)))


CHOICE = (
    Option("all-negative", N_("Every negative result that somebody else entered"), flag=True),
    Option("accession", N_("The results of these tubes"), many=True),
)
DECIDED = (
    Option("source", N_("The decision it comes from"), required=True),
    Option("from", N_("The first day, such as 2021-08-13; today if not said"), date.fromisoformat),
)
RELEASING = (
    Command("validate", N_("Check results"), validate, CHOICE, Needs.WRITING),
    Command("release", N_("Release checked results"), release, CHOICE, Needs.WRITING),
    Command(
        "signatures",
        N_("Decide how many persons release a result"),
        adopt_signatures,
        (
            Option("persons", N_("Two or three"), int, required=True),
            *DECIDED,
        ),
        Needs.WRITING,
    ),
    Command(
        "contamination",
        N_("Decide which results are marked as ones that may have been contaminated"),
        adopt_contamination,
        (
            Option("strong", N_("Strong is what has a Ct below this"), float, required=True),
            Option("weak", N_("Weak is what has a Ct above this"), float, required=True),
            *DECIDED,
        ),
        Needs.WRITING,
    ),
    Command(
        "smallest-group",
        N_("Decide from how many people on a group is told by outcome"),
        adopt_disclosure,
        (Option("people", N_("How many people"), int, required=True), *DECIDED),
        Needs.WRITING,
    ),
    Command(
        "return",
        N_("Give results that are not released back to the bench"),
        give_back,
        (
            Option("accession", N_("The results of these tubes"), many=True, required=True),
            Option("reason", N_("Why the result goes back"), required=True),
        ),
        Needs.WRITING,
    ),
)
