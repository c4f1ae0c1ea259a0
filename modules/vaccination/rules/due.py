"""When somebody's next dose is due, by the rules of today.

A forecast is kept with the person (``vaccination_forecast``); whether it is due or overdue follows
from its days and the day it is, so nothing has to be counted anew at midnight, and a status goes
down as well as up.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from modules.vaccination.codes import Standing
from modules.vaccination.rules.regimen import Regimen, months_later
from modules.vaccination.rules.verdicts import DAY, YEAR, Given, counted, following


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


def forecaster(regimen: Regimen, today: date) -> Callable[[Sequence[Given], str, date], Outlook]:
    """A forecast of many people by the rules of one day; each rule is looked up once."""
    steps: dict[str, tuple[timedelta, timedelta, int]] = {}
    after = _after_schedule(regimen, today)
    years = (_years(regimen, code, today) for code in regimen.products)
    youngest = min(filter(None, years), default=0)  # a product without a least age tells none

    def step(product: str) -> tuple[timedelta, timedelta, int]:
        if product not in steps:
            rule = regimen.interval(product, today) or regimen.longest_interval(today)
            days = (rule.value.days, rule.value.overdue) if rule else (0, 0)
            first, late = map(timedelta, days)
            steps[product] = (first, late, regimen.doses(product, today))
        return steps[product]

    def ahead(doses: Sequence[Given], born: str, since: date) -> Outlook:
        history = counted(doses, born, today)
        if not history:
            return Outlook(1, max(since, _of_age(born, youngest)))
        last = history[-1]
        number, basic = _number(history), _basic(history)
        interval, grace, _schedule = step(last.product)
        beyond = number - step(basic)[2]
        if beyond < 0:
            due = last.on + interval
            return Outlook(number + 1, due, due + grace, last.product, len(history))
        first = after(basic, beyond, last.on)
        return Outlook(number + 1 if first else 0, first, None, last.product, len(history))

    return ahead


def _after_schedule(regimen: Regimen, today: date) -> Callable[[str, int, date], date | None]:
    """When a dose follows the schedule of a product and so many more, the last on a day."""
    booster, more = regimen.booster(today), regimen.one_more(today)
    completed = frozenset(more.value.products if more else ())

    def first(basic: str, beyond: int, last: date) -> date | None:
        if more is not None and basic in completed:
            if beyond == 0:
                return last + timedelta(days=more.value.days)
            beyond -= 1
        if booster is None or beyond >= booster.value.most:
            return None
        return months_later(last, booster.value.months)

    return first


def _basic(history: Sequence[Given]) -> str:
    """The product whose schedule somebody follows: the first that is known."""
    return next((one.product for one in history if one.product), "")


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


def _of_age(born: str, years: int) -> date:
    """The first day on which somebody may surely be given a first dose."""
    if not born or not years:
        return date.min
    year = int(born[:YEAR]) + years
    if len(born) < DAY:
        return date(year, 1, 1)
    return months_later(date.fromisoformat(born[:DAY]), 12 * years)
