"""The rules of vaccination on the command line: read, tried, adopted."""

from admin_suite.core.i18n import N_
from admin_suite.registry import ruling
from modules.vaccination import service
from modules.vaccination.permissions import RULES, SEE
from modules.vaccination.queries import changing
from modules.vaccination.queries.regimen import BOOKS

RULING = ruling.Rules(BOOKS, changing.TITLES, SEE, RULES, changing.effects, service.adopt_change)
COMMANDS = tuple(
    ruling.commands(
        RULING,
        ruling.Words(
            rules=N_("The rules of vaccination, each with its day and its decision"),
            preview=N_("Who would be due by a changed rule; nothing is stored"),
            adopt=N_("Adopt a changed rule of vaccination"),
            rule=N_("The name of the rule, such as interval"),
            of=N_("What the rule is of: a vaccine, or the number of a group"),
        ),
    )
)
