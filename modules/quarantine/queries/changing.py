"""A rule of meals that somebody wants otherwise: what its values are called, what it would do.

How long a quarantine lasts has a page of its own, for it moves the last days of people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.db import changing
from admin_suite.db.changing import Change, Codes, Effect, RuleRow
from admin_suite.db.work import Work
from modules.quarantine.codes import Group, Payer
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.meals import KITCHEN, kitchen
from modules.quarantine.queries.payers import PAYERS, Paying, paying
from modules.quarantine.queries.release import staying
from modules.quarantine.rules.meals import Kitchen
from modules.quarantine.rules.payers import Payers, payer_on

BOOKS = (PAYERS, KITCHEN)
TITLES: Mapping[str, str] = {
    "by_group": N_("Group | who pays for its meals"),
    "otherwise": N_("Who pays for all other groups"),
    "times": N_("Hours of the meals, such as 06:30, 11:00"),
    "cut_off": N_("Ordered until this hour of the day before"),
}
CODES: Codes = {"by_group": (Group, Payer), "otherwise": Payer}


def rule_rows(work: Work) -> list[RuleRow]:
    """Every version of every rule of meals, by rule and day."""
    return changing.rule_rows(work, BOOKS)


def wanted(work: Work, change: Change) -> Any:
    """The version that is wanted, as a value; what was not said stays as it is on that day."""
    return changing.wanted(work, BOOKS, change, TITLES, CODES)


def effects(work: Work, change: Change) -> list[Effect]:
    """What the version that is wanted changes for whoever is in a facility now; writes nothing."""
    value = wanted(work, change)
    people = arrivals_of(work, staying(work))
    if isinstance(value, Kitchen):
        return _meals(people, kitchen(work, change.valid_from), value)
    return _paid(people, paying(work, [who.id for who in people]), value, change.valid_from)


def _meals(people: Sequence[ArrivalRow], now: Kitchen, value: Kitchen) -> list[Effect]:
    there = len(people)
    return [
        Effect("meals_before", _("Meals a day by the rule as it is"), there * len(now.times)),
        Effect("meals_after", _("Meals a day by the changed rule"), there * len(value.times)),
    ]


def _paid(people: Sequence[ArrivalRow], known: Paying, value: Payers, day: date) -> list[Effect]:
    """Whose payer becomes another, and of how many people each pays before and after."""
    before = {who.id: known.payer(who.id, who.group, day) for who in people}
    after = {who.id: payer_on(day, who.group, known.own.get(who.id, ()), value) for who in people}
    then, now = Counter(after.values()), Counter(before.values())
    agreed = sum(any(since <= day for since, _p in known.own.get(key, ())) for key in after)
    found = [
        Effect("changed", _("People whose meals somebody else pays"), _differ(before, after)),
        Effect("agreed", _("People with an agreement, which stays"), agreed),
    ]
    said = (_("{payer}: people by the rule as it is"), _("{payer}: people by the changed rule"))
    for payer in Payer:
        if now[payer] or then[payer]:
            for at, (when, count) in enumerate((("before", now), ("after", then))):
                title = said[at].format(payer=payer.word)
                found.append(Effect(f"{payer.value.lower()}_{when}", title, count[payer]))
    return found


def _differ(before: Mapping[int, Payer], after: Mapping[int, Payer]) -> int:
    return sum(before[key] is not payer for key, payer in after.items())
