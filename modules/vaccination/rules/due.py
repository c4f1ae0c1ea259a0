"""When somebody's next dose is due, by the rules of today.

A forecast is kept with the person (``vaccination_forecast``); whether it is due or overdue follows
from its days and the day it is, so nothing has to be counted anew at midnight, and a status goes
down as well as up.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from modules.vaccination.codes import Standing
from modules.vaccination.rules.regimen import Regimen, months_later
from modules.vaccination.rules.verdicts import DAY, YEAR, Given, counted, following

BIRTHS = 50_000  # days of birth of which the day of age is kept: a century has fewer


class Outlook(NamedTuple):
    """The next dose: its number (0: none), from when, after when overdue, after which product."""

    number: int
    due_on: date | None = None
    overdue_on: date | None = None
    product: str = ""
    given: int = 0


class Hold(NamedTuple):
    """Why somebody is not called although a dose is due; ``until`` ends a postponement."""

    standing: Standing
    until: date | None = None


class Forecaster:
    """The forecast of many people by the rules of one day; each rule is looked up once."""

    def __init__(self, regimen: Regimen, today: date) -> None:
        """Take the rules and the day by which is counted."""
        self.regimen, self.today = regimen, today
        self._booster, self._more = regimen.booster(today), regimen.one_more(today)
        years = (_years(regimen, code, today) for code in regimen.products)
        self._youngest = min(filter(None, years), default=0)  # no least age tells none
        self._steps: dict[str, tuple[timedelta, timedelta, int]] = {}
        self._alone: dict[tuple[date, str, int, str], Outlook] = {}

    def __call__(self, doses: Sequence[Given], born: str, since: date) -> Outlook:
        """The next dose of somebody with these doses, known since a day."""
        if len(doses) != 1 or doses[0].dead:
            return self._ahead(doses, born, since)
        on, product, stated = doses[0].on, doses[0].product, doses[0].stated
        key = (on, product, stated, born[:YEAR])  # of the many with one dose few differ
        found = self._alone.get(key)
        if found is None:
            found = self._ahead(doses, born, since)
            certain = not born or on.year != int(born[:YEAR])  # not before the birth
            if found.given and certain:
                self._alone[key] = found
        return found

    def _ahead(self, doses: Sequence[Given], born: str, since: date) -> Outlook:
        history = counted(doses, born, self.today)
        if not history:
            return Outlook(1, max(since, _of_age(born, self._youngest)))
        return self._follow(history)

    def _follow(self, history: Sequence[Given]) -> Outlook:
        last, number = history[-1], _number(history)
        basic = next((one.product for one in history if one.product), "")
        beyond = number - self._step(basic)[2]  # the schedule is that of the first product
        if beyond < 0:
            interval, grace, _schedule = self._step(last.product)
            due = last.on + interval
            return Outlook(number + 1, due, due + grace, last.product, len(history))
        first = self._after(basic, beyond, last.on)
        return Outlook(number + 1 if first else 0, first, None, last.product, len(history))

    def _after(self, basic: str, beyond: int, last: date) -> date | None:
        """When a dose follows the schedule and so many more, the last of them on a day."""
        more, booster = self._more, self._booster
        if more is not None and basic in more.value.products:
            if beyond == 0:
                return last + timedelta(days=more.value.days)
            beyond -= 1
        if booster is None or beyond >= booster.value.most:
            return None
        return months_later(last, booster.value.months)

    def _step(self, product: str) -> tuple[timedelta, timedelta, int]:
        if product not in self._steps:
            rules, day = self.regimen, self.today
            rule = rules.interval(product, day) or rules.longest_interval(day)
            first, late = (rule.value.days, rule.value.overdue) if rule else (0, 0)
            step = (timedelta(first), timedelta(late), rules.doses(product, day))
            self._steps[product] = step
        return self._steps[product]


def standing(outlook: Outlook, hold: Hold | None, today: date) -> Standing:
    """The word for where somebody stands on a day."""
    if outlook.number == 0 or outlook.due_on is None:
        return Standing.COMPLETE
    if hold is not None and not (hold.until is not None and hold.until <= today):
        return hold.standing
    if today < outlook.due_on:
        return Standing.NOT_YET
    late = outlook.overdue_on is not None and today > outlook.overdue_on
    return Standing.OVERDUE if late else Standing.DUE


def _number(history: Sequence[Given]) -> int:
    number = 0
    for dose in history:
        number = following(number, dose)
    return number


def _years(regimen: Regimen, code: str, today: date) -> int:
    rule = regimen.age(code, today)
    return rule.value.years if rule else 0


@lru_cache(BIRTHS)
def _of_age(born: str, years: int) -> date:
    """The first day on which somebody may be old enough, as far as the birth is known."""
    if not born or not years:
        return date.min
    year = int(born[:YEAR]) + years
    if len(born) < DAY:
        return date(year, 1, 1)
    return months_later(date.fromisoformat(born[:DAY]), 12 * years)
