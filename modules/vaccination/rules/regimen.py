"""What ministries decide about vaccines, as it was in force day by day.

Every value is a dated row with its source (``db.dated``); nothing of it stands in code. A dose is
judged by the rule in force on its own day, the next one is forecast by the rule of today. For days
before the first version of a rule that first version counts: a dose may be older than its rule.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field

from admin_suite.db.dated import Dated, frozen

V = TypeVar("V")
Versions = Mapping[str, Sequence[Dated[V]]]


class Product(Struct, frozen=True):
    """A vaccine: how it is called in lists (``words``), its vials, its licence in Viet Nam.

    ``doses`` make the primary schedule; a ``vial`` holds so many, ``extra`` ones may be drawn,
    and it is used within so many ``hours`` (0: no document at hand says it); ``licensed`` is a day
    as ISO.
    """

    name: str
    words: tuple[str, ...]
    doses: int
    vial: int
    millilitres: str
    hours: int
    extra: int
    licensed: str


class Interval(Struct, frozen=True):
    """Least days to the next dose of the same product, and after how many it is overdue."""

    days: int
    overdue: int


class Age(Struct, frozen=True):
    """From how many full years on, or up to how many, a product is given."""

    years: int


class Unfit(Struct, frozen=True):
    """Which answers of the screening form, by code, rule a product out for whoever gives them."""

    answers: tuple[str, ...]


class Mixing(Struct, frozen=True):
    """Which product may follow which, and after how many days at least."""

    pairs: tuple[tuple[str, str, int], ...]


class Additional(Struct, frozen=True):
    """After how many days one dose more completes the schedule of which products."""

    days: int
    products: tuple[str, ...]


class Booster(Struct, frozen=True):
    """How many doses may follow the primary schedule, and when the first of them."""

    most: int
    months: int


class Watch(Struct, frozen=True):
    """How many minutes somebody rests, after which days a severe reaction is followed up.

    ``notify``: hours until the higher level is told; ``answer``: days until a correction is.
    """

    minutes: int
    followed: tuple[int, ...]
    notify: int
    answer: int


class Group(Struct, frozen=True):
    """A priority group as the decision words it."""

    name: str
    english: str


class Regimen(Struct, frozen=True):
    """All rules that judge doses, each with its versions, oldest first."""

    products: Versions[Product] = field(default_factory=dict)
    intervals: Versions[Interval] = field(default_factory=dict)
    ages: Versions[Age] = field(default_factory=dict)
    uppers: Versions[Age] = field(default_factory=dict)
    mixing: Sequence[Dated[Mixing]] = ()
    boosters: Sequence[Dated[Booster]] = ()
    additional: Sequence[Dated[Additional]] = ()

    def product(self, code: str, day: date) -> Dated[Product] | None:
        """A product as its licence was on a day."""
        return on_day(self.products.get(code, ()), day)

    def interval(self, code: str, day: date) -> Dated[Interval] | None:
        """The interval of a product on a day."""
        return on_day(self.intervals.get(code, ()), day)

    def longest_interval(self, day: date) -> Dated[Interval] | None:
        """The longest interval of any product on a day; what is not known waits as long."""
        found = filter(None, (on_day(versions, day) for versions in self.intervals.values()))
        return max(found, key=lambda one: one.value.days, default=None)

    def age(self, code: str, day: date) -> Dated[Age] | None:
        """The least age for a product on a day."""
        return on_day(self.ages.get(code, ()), day)

    def upper(self, code: str, day: date) -> Dated[Age] | None:
        """The greatest age for a product on a day; most have none."""
        return on_day(self.uppers.get(code, ()), day)

    def pair(self, first: str, second: str, day: date) -> tuple[int, str] | None:
        """After how many days one product may follow another, and who says so; none: not at all."""
        found = begun(self.mixing, day)
        for one, other, days in found.value.pairs if found else ():
            if (one, other) == (first, second):
                return days, found.source if found else ""
        return None

    def booster(self, day: date) -> Dated[Booster] | None:
        """The rule of doses beyond the schedule, if there was one by that day."""
        return begun(self.boosters, day)

    def one_more(self, day: date) -> Dated[Additional] | None:
        """The rule of the additional dose, if there was one by that day."""
        return begun(self.additional, day)

    def doses(self, code: str, day: date) -> int:
        """How many doses make the schedule of a product; of an unknown one, two."""
        found = self.product(code, day)
        return found.value.doses if found else 2


def begun(versions: Sequence[Dated[V]], day: date) -> Dated[V] | None:
    """The latest version that had begun by a day."""
    for version in reversed(versions):
        if version.valid_from <= day:
            return version
    return None


def on_day(versions: Sequence[Dated[V]], day: date) -> Dated[V] | None:
    """The version of a day; before the first one, that first one."""
    return begun(versions, day) or (versions[0] if versions else None)


def months_later(day: date, months: int) -> date:
    """So many calendar months later; where the month is too short, its last day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def read(rows: Sequence[Mapping[str, Any]]) -> Regimen:
    """A regimen of rows as the program ships them."""
    kinds = {"product": Product, "interval": Interval, "age": Age, "upper_age": Age}
    single = {"mixing": Mixing, "booster": Booster, "additional": Additional}
    found: dict[str, dict[str, list[Dated[Any]]]] = {name: {} for name in kinds}
    plain: dict[str, list[Dated[Any]]] = {name: [] for name in single}
    for at, row in enumerate(rows):
        name = row["code"].partition(".")[2]
        kind = kinds.get(name) or single.get(name)
        if kind is None:
            continue
        since = date.fromisoformat(row["valid_from"])
        made: Dated[Any] = Dated(-at - 1, since, row["source"], kind(**frozen(row["content"])))
        (found[name].setdefault(row["scope"], []) if name in found else plain[name]).append(made)
    return Regimen(
        products=found["product"],
        intervals=found["interval"],
        ages=found["age"],
        uppers=found["upper_age"],
        mixing=plain["mixing"],
        boosters=plain["booster"],
        additional=plain["additional"],
    )
