"""The door of results: what the other modules may hear and ask."""

from modules.results.facts import (
    PersonResult,
    ResultsCorrected,
    ResultsForewarned,
    ResultsHeld,
    ResultsLifted,
    ResultsReleased,
)

__all__ = [
    "PersonResult",
    "ResultsCorrected",
    "ResultsForewarned",
    "ResultsHeld",
    "ResultsLifted",
    "ResultsReleased",
]
