"""The rules of vaccination: what is in force by which decision, and what a change would do."""

from admin_suite.core.i18n import N_
from admin_suite.ui import ruling
from modules.vaccination import queries, service
from modules.vaccination.permissions import RULES


class RulesPage(ruling.RulesPage):
    """Intervals, ages, groups and forms by day, each with its decision."""

    ruling = ruling.Ruling(
        title=N_("Rules of vaccination"),
        about=N_("Doses that were given keep the rule of their own day."),
        adopted=N_("The rule is adopted; who is due was reckoned anew"),
        rows=queries.regimen.rule_rows,
        titles=queries.changing.TITLES,
        effects=queries.changing.effects,
        adopt=service.adopt_change,
        right=RULES,
        scoped=True,
    )
