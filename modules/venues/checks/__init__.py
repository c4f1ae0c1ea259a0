"""What the verbs of venues ask before they write; the preview of an import asks the same."""

from modules.venues.checks.register import (
    before_issue,
    is_same,
    namesakes,
    stays_that_stay,
    tells_hamlet,
    uncorrectable,
    unissuable,
    unwithdrawable,
    wrong_venues,
)
from modules.venues.checks.visits import (
    local,
    seconds,
    uncorrectable_checkins,
    wrong_checkins,
)

__all__ = [
    "before_issue",
    "is_same",
    "local",
    "namesakes",
    "seconds",
    "stays_that_stay",
    "tells_hamlet",
    "uncorrectable",
    "uncorrectable_checkins",
    "unissuable",
    "unwithdrawable",
    "wrong_checkins",
    "wrong_venues",
]
