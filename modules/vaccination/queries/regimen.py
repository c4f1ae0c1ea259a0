"""The rules of vaccination as they stand in the database."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from admin_suite.core.i18n import N_, language
from admin_suite.db import changing
from admin_suite.db.changing import RuleRow
from admin_suite.db.dated import Dated, RuleBook, RuleVersion
from admin_suite.db.work import Work
from modules.vaccination.rules.regimen import (
    Additional,
    Age,
    Booster,
    Group,
    Interval,
    Mixing,
    Product,
    Regimen,
    Unfit,
    Watch,
    begun,
    on_day,
)
from modules.vaccination.rules.screening import Checklist

V = TypeVar("V")

GROUPS = RuleBook("vaccination.group", N_("Priority groups"), Group)
PRODUCTS = RuleBook("vaccination.product", N_("Vaccines"), Product)
INTERVALS = RuleBook("vaccination.interval", N_("Interval between doses"), Interval)
AGES = RuleBook("vaccination.age", N_("Least age"), Age)
UPPER_AGES = RuleBook("vaccination.upper_age", N_("Greatest age"), Age)
MIXING = RuleBook("vaccination.mixing", N_("Mixed products"), Mixing)
BOOSTERS = RuleBook("vaccination.booster", N_("Doses after the schedule"), Booster)
ADDITIONAL = RuleBook("vaccination.additional", N_("Additional dose"), Additional)
CHECKLISTS = RuleBook("vaccination.checklist", N_("Screening form"), Checklist)
UNFIT = RuleBook("vaccination.unfit", N_("Who may not be given a vaccine"), Unfit)
WATCHES = RuleBook("vaccination.watch", N_("Rest and follow-up"), Watch)
BOOKS: tuple[RuleBook[Any], ...] = (
    GROUPS,
    PRODUCTS,
    INTERVALS,
    AGES,
    UPPER_AGES,
    MIXING,
    BOOSTERS,
    ADDITIONAL,
    CHECKLISTS,
    UNFIT,
    WATCHES,
)


def regimen(work: Work) -> Regimen:
    """All rules that judge doses, read in one go."""
    return Regimen(
        products=_scoped(work, PRODUCTS),
        intervals=_scoped(work, INTERVALS),
        ages=_scoped(work, AGES),
        uppers=_scoped(work, UPPER_AGES),
        mixing=MIXING.versions(work),
        boosters=BOOSTERS.versions(work),
        additional=ADDITIONAL.versions(work),
    )


def _scoped(work: Work, book: RuleBook[V]) -> dict[str, list[Dated[V]]]:
    """The versions of a rule by what they are of: a product, a group."""
    query = select(RuleVersion.scope).where(RuleVersion.code == book.code, RuleVersion.adopted)
    scopes = work.session.scalars(query.distinct().order_by(RuleVersion.scope))
    return {scope: book.versions(work, scope) for scope in scopes}


def groups(work: Work, day: date | None = None) -> dict[int, str]:
    """The priority groups of a day by their number, in the language spoken."""
    found = {}
    for scope, versions in _scoped(work, GROUPS).items():
        version = on_day(versions, day or work.today())
        if version is not None and version.value.name:
            english = language() == "en"
            found[int(scope)] = version.value.english if english else version.value.name
    return dict(sorted(found.items()))


def products(work: Work, day: date | None = None) -> dict[str, Product]:
    """The vaccines of a day by their name, those first whose rule is the oldest."""
    found = {}
    several = _scoped(work, PRODUCTS)
    for scope in sorted(several, key=lambda one: (several[one][0].valid_from, one)):
        version = begun(several[scope], day or work.today())
        if version is not None:
            found[scope] = version.value
    return found


def checklist(work: Work, day: date | None = None) -> Dated[Checklist]:
    """The screening form of a day."""
    return CHECKLISTS.at(work, day or work.today())


def unfit(work: Work, product: str, day: date | None = None) -> tuple[str, ...]:
    """The answers of the screening form that rule a vaccine out on a day."""
    rule = begun(UNFIT.versions(work, product), day or work.today())
    return rule.value.answers if rule else ()


def watch(work: Work) -> Watch:
    """How long people rest, and when a severe reaction is followed."""
    return WATCHES.at(work, work.today()).value


def rule_rows(work: Work) -> list[RuleRow]:
    """Every version of every rule, by rule, what it is of, and day."""
    return changing.rule_rows(work, BOOKS)
