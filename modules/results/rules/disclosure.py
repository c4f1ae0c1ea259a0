"""What counts of outcomes may be told of groups of people: none that tells somebody's result."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

K = TypeVar("K")


class Disclosure(Struct, frozen=True):
    """A group of fewer than ``least`` people is not split by outcome."""

    least: int


def disclosed(
    groups: Mapping[str, Counter[K]], rule: Disclosure
) -> tuple[dict[str, Counter[K]], Counter[K]]:
    """The groups that may be split by outcome, and all the others as one.

    The others hold nobody or at least ``least`` people, so that what is told of the whole less what
    is told of the groups tells of nobody either: larger groups join them, the smallest first.
    """
    by_size = sorted(groups, key=lambda name: (groups[name].total(), name))
    told, others = list(by_size), Counter[K]()
    for name in by_size:
        if split(groups[name], rule) and (not others or split(others, rule)):
            break
        others += groups[name]
        told.remove(name)
    return {name: groups[name] for name in told}, others


def split(counts: Counter[K], rule: Disclosure) -> bool:
    """Whether a group is large enough to be split by outcome."""
    return counts.total() >= rule.least
