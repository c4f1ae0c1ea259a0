"""Names while they are typed, beside the same questions put to the driver alone.

What people type is mixed: whole names, words in another order, two words, one word, initials; the
last word only begun. ``search.typing`` are the questions around the median of the driver's own
times, ``search.slowest`` the slowest hundredth of them, so their ratios are those of p50 and p99.
"""

import time
from collections.abc import Callable
from random import Random
from typing import Any

from msgspec import Struct

from admin_suite.registry import queries, search
from admin_suite.registry.names import fold
from benchmarks import material
from benchmarks.frame import Bench
from benchmarks.material import Filled

TYPED = 1_000
MIDDLE, SLOWEST = slice(450, 550), slice(-10, None)


Fill = Callable[[int], Filled]


class Counter(Struct, frozen=True):
    """An open question of the suite, the driver beside it, and what is typed."""

    work: Any
    there: Filled
    typed: list[str]


def driver_finds(there: Filled, typed: str) -> list[tuple[int, str, str]]:
    """The statements of the suite, put by hand."""
    whole = fold(typed)
    most, last = queries.FOUND, search.LAST
    found = there.ask(search.BEGINNING, {"start": whole, "end": whole + last, "most": most})
    if len(found) == most:
        return found
    words = list(dict.fromkeys(whole.split()))
    edges = {f"start{at}": word for at, word in enumerate(words)}
    edges |= {f"end{at}": word + last for at, word in enumerate(words)}
    [counted] = there.ask(search._counting(len(words)), edges)  # noqa: SLF001
    rarest = min(zip(counted, words, strict=True), key=lambda pair: (pair[0], -len(pair[1])))[1]
    others = sorted((f" {word}" for word in words if word != rarest), key=len, reverse=True)
    given = {"start": rarest, "end": rarest + last, "most": most}
    given |= {f"other{at}": word for at, word in enumerate(others)}
    dialect = there.suite.database.writer.dialect.name
    walk = search._walk(len(others), dialect)  # noqa: SLF001
    return [*found, *there.ask(walk, given)]


def at_the_counter(part: slice, fill: Fill) -> Callable[[int], Counter]:
    """What prepares the questions of one part of all, ordered by the driver's own time."""

    def prepare(people: int) -> Counter:
        there = fill(people)
        typed = _typed(material.names(people))
        for text in typed[:50]:
            driver_finds(there, text)
        took = {text: min(_seconds(there, text) for _turn in range(3)) for text in typed}
        return Counter(there.question(), there, sorted(typed, key=took.__getitem__)[part])

    return prepare


def _seconds(there: Filled, text: str) -> float:
    start = time.perf_counter()
    driver_finds(there, text)
    return time.perf_counter() - start


def _typed(names: list[str]) -> list[str]:
    dice = Random(len(names))  # noqa: S311 - the same questions in every run
    made = []
    for name in dice.choices(names, k=TYPED):
        words = name.split()
        kind = dice.randrange(10)
        if kind in {4, 5}:
            dice.shuffle(words)
        elif kind in {6, 7, 8}:
            words = dice.sample(words, 1 + kind % 2)
        words[-1] = words[-1][: dice.randint(1, len(words[-1]))]
        made.append(" ".join(word[:1] for word in words) if kind == 0 else " ".join(words))
    return made


def found(counter: Counter) -> None:
    """As the search box asks."""
    for text in counter.typed:
        queries.find(counter.work, text)


def found_by_driver(counter: Counter) -> None:
    """By hand."""
    for text in counter.typed:
        driver_finds(counter.there, text)


def benches(mark: str, fill: Fill) -> list[Bench]:
    """The questions at the median and the slowest, of one engine."""
    return [
        Bench(
            name=f"search.{name}{mark}",
            sizes=(1_000, 10_000, 100_000),
            prepare=at_the_counter(part, fill),
            floor=found_by_driver,
            job=found,
            target=target,
            large=10,
        )
        for name, part, target in (("typing", MIDDLE, 3), ("slowest", SLOWEST, 2))
    ]


BENCHES = benches("", material.filled)
