"""The reports of release, a file for each."""

from modules.results.reports.day import of_days
from modules.results.reports.turnaround import turnaround

__all__ = ["of_days", "turnaround"]
