"""Tubes that are planned, do not come, are lost or found; the rules of keeping and of numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from admin_suite.core.clock import stamp
from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab import queries, service

Verb = Callable[[Work, Sequence[int]], int]


def _done(verb: Verb, word: str) -> Callable[[Work, Mapping[str, Any]], dict[str, int]]:
    def command(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
        tubes = list(dict.fromkeys(queries.tube_ids(work, values["accession"])))
        return {word: verb(work, tubes)}

    return command


def collect(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Say that planned swabs were taken."""
    tubes = list(dict.fromkeys(queries.tube_ids(work, values["accession"])))
    return {"collected": service.collect(work, tubes, values["at"] or stamp(work.now()))}


def plan(work: Work, _values: Mapping[str, Any]) -> dict[str, int]:
    """Plan a tube for everybody who is to be swabbed again."""
    tasks = [task.id for task in queries.open_tasks(work)]
    return {"planned": service.plan_again(work, tasks)}


def retention(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """From a day on keep tubes so long."""
    day = values["from"] or work.today()
    service.adopt_retention(work, values["days"], day, values["source"])
    return {"days": values["days"], "from": day}


def letters(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Let the letters of new tube numbers cover the site too."""
    service.adopt_lettering(work, values["source"])
    rule = queries.lettering(work)
    return {"year": rule.year, "from": rule.first}


THESE = Option("accession", N_("These accession numbers"), many=True, required=True)
SOURCE = Option("source", N_("The decision it comes from"), required=True)
COMMANDS = (
    Command(
        "plan",
        N_("Plan a tube for everybody who is to be swabbed again"),
        plan,
        needs=Needs.WRITING,
    ),
    Command(
        "collect",
        N_("Say that planned swabs were taken"),
        collect,
        (THESE, Option("at", N_("When, such as 2021-08-13T08:30; now if not said"))),
        Needs.WRITING,
    ),
    Command(
        "cancel",
        N_("Say that tubes will not come"),
        _done(service.cancel, "cancelled"),
        (THESE,),
        Needs.WRITING,
    ),
    Command(
        "lose", N_("Report tubes as lost"), _done(service.lose, "lost"), (THESE,), Needs.WRITING
    ),
    Command(
        "reopen",
        N_("Take tubes up again that were lost or cancelled"),
        _done(service.reopen, "reopened"),
        (THESE,),
        Needs.WRITING,
    ),
    Command(
        "retention",
        N_("Decide how many days tubes are kept after their release"),
        retention,
        (
            Option("days", N_("How many days"), int, required=True),
            SOURCE,
            Option(
                "from",
                N_("The first day, such as 2021-08-13; today if not said"),
                date.fromisoformat,
            ),
        ),
        Needs.WRITING,
    ),
    Command(
        "letters",
        N_("Let the last letter of new tube numbers cover the site too"),
        letters,
        (SOURCE,),
        Needs.WRITING,
    ),
)
