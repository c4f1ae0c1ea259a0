"""The laboratory on the command line: the same verbs that buttons call."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab import queries, service
from modules.lab.codes import Stage


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
)
