"""Test kits and mistakes in rapid tests; the tests themselves come by the sheet ``lab.rapid``."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.lab import queries, service
from modules.lab.permissions import SEE
from modules.lab.queries import LotRow
from modules.lab.service import NewLot


def kits(work: Work, _values: Mapping[str, Any]) -> Sequence[LotRow]:
    """Every lot with its balance."""
    work.require(SEE)
    return queries.lots(work)


def kits_in(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Enter tests of one lot that have come in."""
    maker, expires = values["maker"] or "", values["expires"]
    lot = NewLot(values["kit"], values["lot"], values["quantity"], expires, maker)
    return {"lot": service.receive_kits(work, [lot])[0]}


def rapid_error(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Mark rapid tests as entered in error."""
    return {"marked": service.mark_rapid_error(work, values["test"], values["reason"])}


LAST_DAY = N_("The last day it may be used, such as 2026-12-31")
COMMANDS = (
    Command("kits", N_("The lots of test kits and what is left of them"), kits),
    Command(
        "kits-in",
        N_("Take test kits in"),
        kits_in,
        (
            Option("kit", N_("The name of the kit"), required=True),
            Option("lot", N_("The number of the lot"), required=True),
            Option("quantity", N_("How many tests"), int, required=True),
            Option("expires", LAST_DAY, date.fromisoformat),
            Option("maker", N_("Who makes it")),
        ),
        Needs.WRITING,
    ),
    Command(
        "rapid-error",
        N_("Mark rapid tests as entered in error"),
        rapid_error,
        (
            Option("test", N_("The numbers of the tests"), int, many=True, required=True),
            Option("reason", N_("Why they were entered in error"), required=True),
        ),
        Needs.WRITING,
    ),
)
