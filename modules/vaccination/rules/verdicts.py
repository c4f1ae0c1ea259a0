"""What each dose of one person is worth: its number and one verdict, computed, never typed.

A dose is a fact and is never refused; the first of these that is so is its verdict: a day that
cannot be, the same day again, under age, too early, another product, beyond the schedule
(the order of CDSi and ICE). There is no grace: Viet Nam has none. A dose that came too early keeps
its number. The answer does not depend on the order in which doses were entered.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from modules.vaccination.codes import Verdict, Why
from modules.vaccination.rules.regimen import Regimen, months_later

DAY, MONTH, YEAR = 10, 7, 4  # letters of a FHIR date that tell so much
MOST_STATED = 9
# what ought not to have been and changes no verdict: the seven of the rules have no word for it
AMISS = (Why.AGE_OVER, Why.BEFORE_LICENCE, Why.NOT_VIABLE)


class Given(NamedTuple):
    """One dose as it is known; ``stated`` is which one a list or card calls it (0: it does not).

    ``over_hours`` says how long the vial was over its time; ``recalled`` that its lot was;
    ``dead`` that by a report the person had died before that day.
    """

    on: date
    product: str = ""
    lot: str = ""
    stated: int = 0
    hour: str = ""
    over_hours: int = 0
    recalled: bool = False
    dead: bool = False


class Reason(NamedTuple):
    """Why, with what stands in the sentence, and the document it comes from."""

    why: Why
    told: tuple[tuple[str, str], ...] = ()
    source: str = ""

    @property
    def words(self) -> str:
        """The sentence in the language spoken now, with its source."""
        said = self.why.word.format(**dict(self.told))
        return f"{said} ({self.source})" if self.source else said


class Judged(NamedTuple):
    """Number and verdict of one dose; one that cannot have been has no number."""

    number: int | None
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look: not valid, or valid with what ought not to have been."""
        return self.verdict is not Verdict.VALID or any(one.why in AMISS for one in self.reasons)

    @property
    def word(self) -> str:
        """The word for what the dose is worth; it never calls a doubtful dose plainly valid."""
        return valued(self.verdict, self.doubtful)


def valued(verdict: Verdict, doubtful: bool) -> str:
    """The word for a verdict, and for a valid dose with which something is amiss."""
    if verdict is Verdict.VALID and doubtful:
        return _("Valid, with a remark")
    return verdict.word


def judge(doses: Sequence[Given], born: str, today: date, regimen: Regimen) -> list[Judged]:
    """The verdicts of one person's doses, in the order in which they are given here."""
    found: dict[int, Judged] = {}
    before: Given | None = None
    number, basic = 0, ""  # the product whose schedule it is
    for at in sorted(range(len(doses)), key=lambda at: _rank(doses[at])):
        dose = doses[at]
        impossible = _impossible(dose, born, today)
        if impossible is not None:
            found[at] = Judged(None, Verdict.IMPOSSIBLE_DATE, (impossible,))
        elif before is not None and before.on == dose.on:
            found[at] = Judged(number, Verdict.DUPLICATE, (Reason(Why.SAME_DAY),))
        else:
            number, basic = following(number, dose), basic or dose.product
            found[at] = _one(dose, before, number, (born, basic, regimen))
            before = dose
    return [found[at] for at in range(len(doses))]


def following(number: int, dose: Given) -> int:
    """The number of a dose after so many: the next one, or a later one that its card states."""
    return max(number + 1, min(dose.stated, MOST_STATED))


def counted(doses: Sequence[Given], born: str, today: date) -> list[Given]:
    """The doses that have a number, in their order: what the next one is counted from."""
    return [doses[at] for at in _counting(doses, born, today)]


def numbers(doses: Sequence[Given], born: str, today: date) -> list[int]:
    """The number of each dose in the order given here; 0 where it has none of its own."""
    found, number = [0] * len(doses), 0
    for at in _counting(doses, born, today):
        found[at] = number = following(number, doses[at])
    return found


def _counting(doses: Sequence[Given], born: str, today: date) -> list[int]:
    """The places of the doses that have a number, in the order of these."""
    kept: list[int] = []
    places: Sequence[int] = range(len(doses))
    for at in sorted(places, key=lambda at: _rank(doses[at])) if len(doses) > 1 else places:
        again = bool(kept) and doses[kept[-1]].on == doses[at].on
        if not again and _impossible(doses[at], born, today) is None:
            kept.append(at)
    return kept


def _rank(dose: Given) -> tuple[object, ...]:
    """The order of doses by what they say, not by when they were entered.

    Of one day the first that a card states comes first: one that stands beside it as the second
    makes no schedule whole.
    """
    stated = dose.stated or MOST_STATED + 1
    facts = (stated, not dose.product, dose.product, not dose.lot, dose.lot)
    return (dose.on, dose.hour or "~", *facts, dose.over_hours, dose.recalled, dose.dead)


def _impossible(dose: Given, born: str, today: date) -> Reason | None:
    if dose.on > today or dose.dead:
        return Reason(Why.TO_COME if dose.on > today else Why.AFTER_DEATH)
    if not born or dose.on.year > int(born[:YEAR]):  # nearly everybody
        return None
    if dose.on.isoformat()[: len(born)] < born[:DAY]:
        return Reason(Why.BEFORE_BIRTH)
    return None


def _one(
    dose: Given, before: Given | None, number: int, around: tuple[str, str, Regimen]
) -> Judged:
    born, basic, regimen = around
    reasons = _remarks(dose, regimen)
    if before is None and number > 1:
        reasons.append(Reason(Why.EARLIER_UNKNOWN))
    young, said = _under_age(dose, born, regimen)
    reasons[:0] = said or _over_age(dose, born, regimen)
    if young:
        return Judged(number, Verdict.UNDER_AGE, tuple(reasons))
    if before is None:
        return Judged(number, Verdict.VALID, tuple(reasons))
    beyond = number - regimen.doses(basic, dose.on)
    if beyond > 0:
        verdict, said = _beyond(dose, before, beyond, (basic, regimen))
    else:
        verdict, said = _within(dose, before, regimen)
    return Judged(number, verdict, (*said, *reasons))


def _within(dose: Given, before: Given, regimen: Regimen) -> tuple[Verdict, list[Reason]]:
    """The verdict of a dose of the schedule that follows another."""
    first, said = first_day(before, dose, regimen)
    mixed, told = _mixed(dose, before, regimen)
    if first is not None and dose.on < first:
        return Verdict.EARLY, [*_early(dose, first), *said, *told]
    return (Verdict.MIXED if mixed else Verdict.VALID), [*told, *said]


def first_day(before: Given, dose: Given, regimen: Regimen) -> tuple[date | None, list[Reason]]:
    """From which day on a dose may follow another, and the rule that says so."""
    pair = None
    if dose.product and before.product and dose.product != before.product:
        pair = regimen.pair(before.product, dose.product, dose.on)
    interval = regimen.interval(before.product or dose.product, dose.on)
    if pair is None and interval is None:
        known = before.product or dose.product
        return None, [Reason(Why.NO_RULE, (("product", known),))] if known else []
    least, source = pair or (0, "")
    if pair is None and interval is not None:
        least, source = interval.value.days, interval.source
    told = (("days", str((dose.on - before.on).days)), ("least", str(least)))
    return before.on + timedelta(days=least), [Reason(Why.INTERVAL, told, source)]


def _early(dose: Given, first: date) -> list[Reason]:
    told = (("days", str((first - dose.on).days)), ("day", day_shown(first)))
    return [Reason(Why.EARLY_BY, told)]


def _mixed(dose: Given, before: Given, regimen: Regimen) -> tuple[bool, list[Reason]]:
    if not (dose.product and before.product) or dose.product == before.product:
        return False, []
    told = (("other", dose.product), ("product", before.product))
    pair = regimen.pair(before.product, dose.product, dose.on)
    if pair is None:
        return True, [Reason(Why.MIX_UNFORESEEN, told)]
    return True, [Reason(Why.MIX_ALLOWED, told, pair[1])]


def _beyond(
    dose: Given, before: Given, beyond: int, around: tuple[str, Regimen]
) -> tuple[Verdict, list[Reason]]:
    """A dose after the schedule: the additional one, or a booster, if a rule of its day has it."""
    basic, regimen = around
    rule, more = regimen.booster(dose.on), regimen.one_more(dose.on)
    completes = more is not None and basic in more.value.products
    if more is not None and completes and beyond == 1:
        first, source = before.on + timedelta(days=more.value.days), more.source
    elif rule is None or beyond - completes > rule.value.most:
        told = (("doses", str(regimen.doses(basic, dose.on))),)
        return Verdict.EXTRA, [Reason(Why.SCHEDULE_FULL, told, rule.source if rule else "")]
    else:
        first, source = months_later(before.on, rule.value.months), rule.source
    apart = (
        ("days", str((dose.on - before.on).days)),
        ("least", str((first - before.on).days)),
    )
    said = [Reason(Why.INTERVAL, apart, source)]
    if dose.on >= first:
        return Verdict.VALID, said
    if more is not None and beyond == 1 and (dose.on - before.on).days >= more.value.days:
        said.append(Reason(Why.ADDITIONAL, (("least", str(more.value.days)),), more.source))
    return Verdict.EARLY, [*_early(dose, first), *said]


def _under_age(dose: Given, born: str, regimen: Regimen) -> tuple[bool, list[Reason]]:
    """Whether somebody was surely too young, or may have been."""
    rule = regimen.age(dose.product, dose.on)
    if rule is None:
        return False, []
    oldest, youngest = _ages(born, dose.on) if born else (rule.value.years, 0)  # of any age
    if oldest < rule.value.years:
        told = (
            ("age", str(oldest)),
            ("product", dose.product),
            ("least", str(rule.value.years)),
        )
        return True, [Reason(Why.AGE, told, rule.source)]
    if youngest < rule.value.years:
        return False, [Reason(Why.AGE_UNSURE)]
    return False, []


def _over_age(dose: Given, born: str, regimen: Regimen) -> list[Reason]:
    """That somebody was surely too old, or may have been."""
    rule = regimen.upper(dose.product, dose.on)
    if rule is None or not born:
        return []
    most = rule.value.years
    oldest, youngest = _ages(born, dose.on)
    if youngest > most:
        told = (("age", str(youngest)), ("product", dose.product), ("most", str(most)))
        return [Reason(Why.AGE_OVER, told, rule.source)]
    return [Reason(Why.AGE_UNSURE)] if oldest > most else []


def _ages(born: str, day: date) -> tuple[int, int]:
    """The full years somebody had at most and at least, as far as the birth is known.

    Who was born on 29 February has a year more on the last day of any February.
    """
    year = day.year - int(born[:YEAR])
    written = day.isoformat()
    if day.day == monthrange(day.year, day.month)[1]:
        written = f"{written[:MONTH]}-31"
    at_most = year - (written[YEAR : len(born)] < born[YEAR:])
    latest = (born + "-12-31"[len(born) - DAY :])[:DAY] if len(born) < DAY else born[:DAY]
    return at_most, year - (written[YEAR:] < latest[YEAR:])


def _remarks(dose: Given, regimen: Regimen) -> list[Reason]:
    """What is to be known of a dose and does not change its verdict."""
    said = []
    product = regimen.product(dose.product, dose.on)
    if product is None:
        said.append(Reason(Why.PRODUCT_UNKNOWN))
    elif product.value.licensed and dose.on.isoformat() < product.value.licensed:
        licensed = date.fromisoformat(product.value.licensed)
        told = (("product", dose.product), ("day", day_shown(licensed)))
        said.append(Reason(Why.BEFORE_LICENCE, told, product.source))
    if dose.over_hours or dose.recalled:
        said.append(Reason(Why.NOT_VIABLE, (("hours", str(dose.over_hours)),)))
    return said
