"""The rules of meals on the command line: read, tried, adopted."""

from admin_suite.core.i18n import N_
from admin_suite.registry import ruling
from modules.quarantine.permissions import KEEP, RULES
from modules.quarantine.queries import changing
from modules.quarantine.service.changing import adopt_change

RULING = ruling.Rules(
    changing.BOOKS,
    changing.TITLES,
    KEEP,
    RULES,
    changing.effects,
    adopt_change,
    changing.CODES,
)
RULES_OF_MEALS = tuple(
    ruling.commands(
        RULING,
        ruling.Words(
            rules=N_("Who pays for meals and when they are served, each with its decision"),
            preview=N_("What a changed rule of meals would change; nothing is stored"),
            adopt=N_("Adopt a changed rule of meals"),
            rule=N_("The name of the rule: payers or kitchen"),
        ),
    )
)
