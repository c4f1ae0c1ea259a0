"""The rules of venues: what is believed of visits, how long they are kept, by which decision."""

from admin_suite.core.i18n import N_
from admin_suite.ui import ruling
from modules.venues import service
from modules.venues.permissions import RULES
from modules.venues.queries import changing


class RulesPage(ruling.RulesPage):
    """Stays, plausibility, retention and tracing by day, each with its decision."""

    ruling = ruling.Ruling(
        title=N_("Rules of venues"),
        about=N_("Stays that were computed before stay as they are."),
        adopted=N_("The rule is adopted"),
        rows=changing.rule_rows,
        titles=changing.TITLES,
        effects=changing.effects,
        adopt=service.adopt_change,
        right=RULES,
        codes=changing.CODES,
    )
