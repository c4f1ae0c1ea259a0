"""What the verbs of release ask before they write."""

from modules.results.checks.changes import (
    Wanted,
    unconfirmable,
    unforewarnable,
    unholdable,
    unproposable,
    unswappable,
)
from modules.results.checks.release import (
    signable,
    unreleasable,
    unreturnable,
    unreturnable_check,
    unsound,
)
from modules.results.checks.telling import unpeekable, untakable, untellable

__all__ = [
    "Wanted",
    "signable",
    "unconfirmable",
    "unforewarnable",
    "unholdable",
    "unpeekable",
    "unproposable",
    "unreleasable",
    "unreturnable",
    "unreturnable_check",
    "unsound",
    "unswappable",
    "untakable",
    "untellable",
]
