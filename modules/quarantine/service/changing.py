"""A changed rule of meals, of which only the values that differ are said."""

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.changing import Change
from admin_suite.db.work import Work
from modules.quarantine.codes import Group, Payer
from modules.quarantine.queries import changing
from modules.quarantine.rules.meals import Kitchen
from modules.quarantine.rules.payers import Payers
from modules.quarantine.service.payers import adopt_payers
from modules.quarantine.service.rules import adopt_kitchen


def adopt_change(work: Work, change: Change, source: str) -> int:
    """Adopt a version of who pays for meals or of when they are served; returns its number."""
    value = changing.wanted(work, change)
    if isinstance(value, Kitchen):
        return adopt_kitchen(work, value, change.valid_from, source)
    return adopt_payers(
        work, _by_group(value), Payer.of(value.otherwise), change.valid_from, source
    )


def _by_group(value: Payers) -> dict[Group, Payer]:
    """The payer of each group; a group that is named twice is refused."""
    found: dict[Group, Payer] = {}
    for group, payer in value.by_group:
        one = Group.of(group)
        if one in found:
            raise UserError(_("The group “{group}” is named twice.").format(group=one.word))
        found[one] = Payer.of(payer)
    return found
