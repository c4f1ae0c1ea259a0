"""The door of results: what the other modules may hear and ask."""

from modules.results.facts import (
    ForewarningsWithdrawn,
    PersonResult,
    ResultsCorrected,
    ResultsForewarned,
    ResultsHeld,
    ResultsLifted,
    ResultsReleased,
    SitesAsked,
)

__all__ = [
    "ForewarningsWithdrawn",
    "PersonResult",
    "ResultsCorrected",
    "ResultsForewarned",
    "ResultsHeld",
    "ResultsLifted",
    "ResultsReleased",
    "SitesAsked",
]
