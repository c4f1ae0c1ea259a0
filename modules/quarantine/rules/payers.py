"""Who pays for meals: the rule names a payer for each group, a person may have another one."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from modules.quarantine.codes import Group, Payer


class Payers(Struct, frozen=True):
    """A dated row: (group, payer) pairs, and who pays for all other groups."""

    by_group: tuple[tuple[str, str], ...] = ()
    otherwise: str = Payer.STATE.value

    def of(self, group: Group) -> Payer:
        """Who pays for somebody of a group."""
        return Payer.of(dict(self.by_group).get(group.value, self.otherwise))


def payer_on(
    day: date, group: Group, own: Sequence[tuple[date, Payer]], rule: Payers | None
) -> Payer:
    """Who pays for a person's meals on a day: what was written of him last, else the rule.

    Where no rule is in force on that day the person pays.
    """
    said = [(since, payer) for since, payer in own if since <= day]
    if said:
        return max(said, key=lambda one: one[0])[1]
    return rule.of(group) if rule is not None else Payer.SELF
