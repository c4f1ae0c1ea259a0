"""The rules of meals: who pays for which group, when they are served, by which decision."""

from admin_suite.core.i18n import N_
from admin_suite.ui import ruling
from modules.quarantine.permissions import RULES
from modules.quarantine.queries import changing
from modules.quarantine.service.changing import adopt_change


class RulesPage(ruling.RulesPage):
    """Payers by group and the hours of the kitchen by day, each with its decision."""

    ruling = ruling.Ruling(
        title=N_("Rules of meals"),
        about=N_("Days before stay as they were paid; what is agreed for a person stays agreed."),
        adopted=N_("The rule is adopted"),
        rows=changing.rule_rows,
        titles=changing.TITLES,
        effects=changing.effects,
        adopt=adopt_change,
        right=RULES,
        codes=changing.CODES,
    )
