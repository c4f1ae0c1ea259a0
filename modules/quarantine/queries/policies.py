"""What a new decision about the length of quarantine would change, before anybody adopts it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.dated import Dated
from admin_suite.db.work import Work
from modules.quarantine.queries.beds import facilities
from modules.quarantine.queries.clocks import POLICY, Moved, impact
from modules.quarantine.queries.households import at_home
from modules.quarantine.rules.clock import Policy

MOST_DAYS = 365


class Draft(Struct, frozen=True):
    """What a decision says; where it says nothing (None), what is in force on its day goes on."""

    source: str = ""
    day: date | None = None
    days: int | None = None
    home_days: int | None = None
    test_days: tuple[int, ...] | None = None
    running: bool | None = None


class Impact(Struct, frozen=True):
    """A draft made whole, and whose last day it would move, of everybody in a bed or at home."""

    draft: Draft
    day: date
    rule: Dated[Policy]
    policy: Policy
    moved: Sequence[Moved]
    people: int

    @property
    def longer(self) -> int:
        """How many would stay longer."""
        return sum(one.new > one.old for one in self.moved)


def impact_of(work: Work, draft: Draft) -> Impact:
    """What a draft means from its day on, today if it names none, and for whom."""
    day = draft.day or work.today()
    rule = POLICY.at(work, day)
    said = {
        "days": draft.days,
        "home_days": draft.home_days,
        "test_days": draft.test_days,
        "running": draft.running,
    }
    given: dict[str, Any] = {key: one for key, one in said.items() if one is not None}
    policy = replace(rule.value, **given)
    refuse_impossible(policy)
    found = impact(work, policy, day, draft.source)
    people = sum(one.taken for one in facilities(work)) + len(at_home(work))
    return Impact(draft, day, rule, policy, found, people)


def refuse_impossible(policy: Policy) -> None:
    """Refuse days that no decision can mean."""
    if policy.days < 1:
        raise UserError(_("A quarantine lasts one day at least."))
    told = (policy.days, policy.home_days, *policy.test_days, *policy.home_test_days)
    if not all(0 <= n <= MOST_DAYS for n in told):
        raise UserError(_("Days are numbers from 0 to {n}.").format(n=MOST_DAYS))
