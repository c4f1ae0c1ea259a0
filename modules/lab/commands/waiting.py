"""What waits, what is late, and where a sample is."""

from collections.abc import Mapping, Sequence
from typing import Any

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Option
from modules.lab import queries
from modules.lab.day import radar as steps
from modules.lab.day.numbers import message
from modules.lab.day.radar import RadarRow
from modules.lab.permissions import SEE
from modules.lab.queries import Located


def where(work: Work, values: Mapping[str, Any]) -> Sequence[Located]:
    """The tubes that a text may mean, and how far each has come."""
    work.require(SEE)
    return queries.located(work, values["text"])


def radar(work: Work, _values: Mapping[str, Any]) -> Sequence[RadarRow]:
    """Step by step what waits and what is late."""
    work.require(SEE)
    return steps.radar(work)


def today(work: Work, _values: Mapping[str, Any]) -> dict[str, str]:
    """The numbers of the day as one message."""
    work.require(SEE)
    return {"message": message(work)}


COMMANDS = (
    Command(
        "where",
        N_("Where is my sample: the tubes that a number, name, code or sender means"),
        where,
        (Option("text", N_("What to look for"), positional=True),),
    ),
    Command("radar", N_("Step by step what waits and what is late"), radar),
    Command("today", N_("The numbers of the day as one message"), today),
)
