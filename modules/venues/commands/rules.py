"""The rules of venues on the command line: read, tried, adopted."""

from admin_suite.core.i18n import N_
from admin_suite.registry import ruling
from modules.venues import service
from modules.venues.permissions import RULES, SEE
from modules.venues.queries import changing
from modules.venues.queries.limits import BOOKS

RULING = ruling.Rules(
    BOOKS, changing.TITLES, SEE, RULES, changing.effects, service.adopt_change, changing.CODES
)
COMMANDS = tuple(
    ruling.commands(
        RULING,
        ruling.Words(
            rules=N_("The rules of venues, each with its day and its decision"),
            preview=N_("What a changed rule of venues would change; nothing is stored"),
            adopt=N_("Adopt a changed rule of venues"),
            rule=N_("The name of the rule: limits, keeping or tracing"),
        ),
    )
)
