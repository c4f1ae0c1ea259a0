"""The rules of venues on the command line: read, tried, adopted, and applied to earlier stays."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from admin_suite.registry import ruling
from modules.venues import service
from modules.venues.commands.visits import a_moment, venue_numbered
from modules.venues.permissions import RULES, SEE
from modules.venues.queries import changing, computing
from modules.venues.queries.limits import BOOKS

RULING = ruling.Rules(
    BOOKS, changing.TITLES, SEE, RULES, changing.effects, service.adopt_change, changing.CODES
)


def recompute(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Compute earlier stays anew by the rules of today; --dry-run only counts what would change."""
    work.require(RULES)
    venues = [venue_numbered(work, number) for number in values["venue"] or ()]
    since = a_moment(values["since"]).date() if values["since"] else None
    verb = computing.would_change if values["dry-run"] else service.recompute
    done = verb(work, venues, since)
    return {"people": done.people, "stays": done.stays, "changed": done.changed}


COMMANDS = (
    *ruling.commands(
        RULING,
        ruling.Words(
            rules=N_("The rules of venues, each with its day and its decision"),
            preview=N_("What a changed rule of venues would change; nothing is stored"),
            adopt=N_("Adopt a changed rule of venues"),
            rule=N_("The name of the rule: limits, keeping or tracing"),
        ),
    ),
    Command(
        "recompute",
        N_("Compute earlier stays anew by the rules of today"),
        recompute,
        (
            Option("venue", N_("Only those at these venues"), many=True),
            Option("since", N_("Only those that begin on that day or later, as 2021-08-13")),
            Option("dry-run", N_("Count what would change and store nothing"), flag=True),
        ),
        Needs.WRITING,
    ),
)
