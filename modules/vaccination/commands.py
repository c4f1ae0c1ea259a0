"""Vaccination on the command line: the rules, and the confirmations of people."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from admin_suite.registry import ruling
from modules.vaccination import queries, service
from modules.vaccination.codes import Paper
from modules.vaccination.permissions import REGISTER, RULES, SEE
from modules.vaccination.queries import changing
from modules.vaccination.queries.regimen import BOOKS
from modules.vaccination.queries.slips import SlipRow

RULING = ruling.Rules(BOOKS, changing.TITLES, SEE, RULES, changing.effects, service.adopt_change)


def printed(work: Work, values: Mapping[str, Any]) -> list[SlipRow]:
    """The confirmations of some people, or those of anybody that are out of date."""
    work.require(SEE)
    people = values["people"]
    found = queries.slips.slips_of(work, people or None)
    return [one for one in found if people or one.state is Paper.STALE]


def confirm(work: Work, values: Mapping[str, Any]) -> list[SlipRow]:
    """Number a confirmation for each of these people; the paper is drawn by its number."""
    work.require(REGISTER)
    made = queries.slips.slip_people(work, service.issue_slips(work, values["people"]))
    numbers = {number for number, _person in made}
    rows = queries.slips.slips_of(work, [person for _number, person in made])
    return [one for one in reversed(rows) if one.number in numbers]


WHOSE = N_("Numbers of the people")
COMMANDS = (
    *ruling.commands(
        RULING,
        ruling.Words(
            rules=N_("The rules of vaccination, each with its day and its decision"),
            preview=N_("Who would be due by a changed rule; nothing is stored"),
            adopt=N_("Adopt a changed rule of vaccination"),
            rule=N_("The name of the rule, such as interval"),
            of=N_("What the rule is of: a vaccine, or the number of a group"),
        ),
    ),
    Command(
        "slips",
        N_("The confirmations of people; of nobody, all that are out of date"),
        printed,
        (Option("people", WHOSE, int, many=True),),
    ),
    Command(
        "confirm",
        N_("Number confirmations anew, in the place of those before"),
        confirm,
        (Option("people", WHOSE, int, many=True, required=True),),
        Needs.WRITING,
    ),
)
