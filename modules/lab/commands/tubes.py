"""The laboratory on the command line: the same verbs that buttons call."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab import queries, service
from modules.lab.codes import BlockKind, LabelState, Stage, Unfit
from modules.lab.queries import Numbers
from modules.lab.rules import typed
from modules.lab.service import NewBlock


def receive(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Receive the tubes named, or all that are expected."""
    if values["all"]:
        tubes = queries.tubes_at(work, Stage.EXPECTED)
    else:
        tubes = [
            *queries.tube_ids(work, values["accession"] or ()),
            *queries.tube_ids_by_code(work, values["tube"] or ()),
        ]
        if not tubes:
            raise UserError(_("Say which tubes: --all, --accession or --tube."))
    return {"received": service.receive(work, list(dict.fromkeys(tubes)))}


def numbers(work: Work, values: Mapping[str, Any]) -> Numbers:
    """The numbers of a year: blocks, used, void and missing ones, gaps with their reasons."""
    return queries.numbers(work, values["year"] or 0)


def reserve(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Reserve numbers for a station, a site without network or a batch of labels."""
    kind = BlockKind.read(values["for"] or BlockKind.STATION.value)
    wanted = NewBlock(values["count"], kind, values["holder"] or "", values["sender"] or "")
    number = service.reserve(work, wanted)
    first, last = queries.ends_of_block(work, number)
    return {"block": number, "first": first, "last": last}


def give_back(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Close a block of numbers."""
    return {"left": service.give_back(work, values["block"], values["reason"] or "")}


def void_labels(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Call labels void, or missing."""
    state = LabelState.MISSING if values["missing"] else LabelState.VOID
    named = [typed(number) for number in values["accession"]]
    return {"settled": service.settle_labels(work, named, state, values["reason"])}


def reject(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Reject received tubes with a reason."""
    tubes = queries.tube_ids(work, values["accession"])
    reason = Unfit.read(values["reason"])
    return {"rejected": service.reject(work, tubes, reason, values["note"] or "")}


def store(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Lay tubes into a rack; says at which positions."""
    tubes = queries.tube_ids(work, values["accession"])
    return {"positions": service.store(work, tubes, values["rack"], values["first"] or 0)}


def refer(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Send tubes on to another laboratory, or take them back from it."""
    tubes = queries.tube_ids(work, values["accession"])
    if values["back"]:
        return {"returned": service.take_back(work, tubes)}
    return {"referred": service.refer(work, tubes, values["to"] or "")}


def dispose(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Throw tubes away whose results are released."""
    tubes = queries.tube_ids(work, values["accession"])
    return {"disposed": service.dispose(work, tubes)}


THESE = Option("accession", N_("These accession numbers"), many=True, required=True)
COMMANDS = (
    Command(
        "receive",
        N_("Receive tubes"),
        receive,
        (
            Option("all", N_("Every tube that is expected"), flag=True),
            Option("accession", N_("These accession numbers"), many=True),
            Option("tube", N_("The tubes that lists call by these codes"), many=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "numbers",
        N_("The numbers of a year: reserved, used, void, missing, and why there are gaps"),
        numbers,
        (Option("year", N_("Of this year; without it, of the present one"), int),),
    ),
    Command(
        "reserve",
        N_("Reserve numbers"),
        reserve,
        (
            Option("count", N_("How many numbers"), int, required=True),
            Option("for", N_("STATION, LABELS or OFFLINE")),
            Option("holder", N_("Who has them")),
            Option("sender", N_("The sender whose tubes get them")),
        ),
        Needs.WRITING,
    ),
    Command(
        "give-back",
        N_("Give back or explain what is left of reserved numbers"),
        give_back,
        (
            Option("block", N_("The number of the block"), int, positional=True),
            Option("reason", N_("What became of the numbers without a tube")),
        ),
        Needs.WRITING,
    ),
    Command(
        "void-labels",
        N_("Call printed labels void or missing"),
        void_labels,
        (
            THESE,
            Option("reason", N_("Why"), required=True),
            Option("missing", N_("They are missing"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "reject",
        N_("Reject received tubes"),
        reject,
        (
            THESE,
            Option("reason", N_("A code or its words, for example BROKEN"), required=True),
            Option("note", N_("More about it")),
        ),
        Needs.WRITING,
    ),
    Command(
        "store",
        N_("Lay tubes into a rack"),
        store,
        (
            THESE,
            Option("rack", N_("Freezer and rack, for example TL1/G03"), required=True),
            Option("first", N_("The first position; without it, the free ones"), int),
        ),
        Needs.WRITING,
    ),
    Command(
        "refer",
        N_("Send tubes on to another laboratory"),
        refer,
        (
            THESE,
            Option("to", N_("The laboratory")),
            Option("back", N_("They came back"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command("dispose", N_("Throw tubes away"), dispose, (THESE,), Needs.WRITING),
)
