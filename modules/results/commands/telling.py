"""Telling people, answering them, and looking before one's turn, on the command line."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab.api import sample_rows, tube_ids
from modules.results import queries, service
from modules.results.codes import Channel
from modules.results.permissions import OVERSEE
from modules.results.queries import CallRow
from modules.results.service import Peeked, Swab


def tell(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Write down that everybody in these tubes was told."""
    channel = values["how"] or Channel.PHONE
    return {"told": len(service.tell(work, _swabs(work, values), channel, values["to"]))}


def answer(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Write down that somebody asked about these tubes."""
    return {"asked": len(service.answer(work, _swabs(work, values), values["to"]))}


def calls(work: Work, values: Mapping[str, Any]) -> list[CallRow]:
    """Who asked or was told on a day."""
    work.require(OVERSEE)
    return queries.calls(work, values["day"] or "")


def peek(work: Work, values: Mapping[str, Any]) -> Peeked:
    """Look at a result before its release, out of turn."""
    [tube] = tube_ids(work, [values["accession"]])
    return service.look(work, tube, values["reason"])


def numbers(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of a day as a message for a telephone."""
    work.require(OVERSEE)
    told = queries.day_message(work, values["day"] or "")
    return {"message": told, "characters": len(told)}


def _swabs(work: Work, values: Mapping[str, Any]) -> list[Swab]:
    tubes = list(dict.fromkeys(tube_ids(work, values["accession"])))
    inside = queries.specimens_in(work, tubes)
    keys = [key for tube in tubes for key in inside.get(tube, ())]
    if not keys:
        raise UserError(_("Nobody's swab is in these tubes."))
    return [Swab(row.tube_id, row.person_id) for row in sample_rows(work, keys)]


NAMED = Option("accession", N_("The people of these tubes"), many=True, required=True)
WHOM = Option("to", N_("Who took the message, or asks"), required=True)
DAY = Option("day", N_("The day, such as 2021-08-13; today if not said"))
TELLING = (
    Command(
        "tell",
        N_("Write down that people were told"),
        tell,
        (NAMED, WHOM, Option("how", N_("PHONE, SMS or LIST"), Channel.read)),
        Needs.WRITING,
    ),
    Command(
        "answer",
        N_("Write down that somebody asked, and what there was to say"),
        answer,
        (NAMED, WHOM),
        Needs.WRITING,
    ),
    Command("calls", N_("Who asked or was told on a day"), calls, (DAY,), Needs.READING),
    Command(
        "look",
        N_("Look at a result before its release, out of turn"),
        peek,
        (
            Option("accession", N_("The number of the tube"), positional=True, required=True),
            Option("reason", N_("Why it cannot wait"), required=True),
        ),
        Needs.WRITING,
    ),
    Command("numbers", N_("The numbers of a day as a message"), numbers, (DAY,), Needs.READING),
)
