"""Reports of the laboratory, a file for each subject."""

from modules.lab.reports.numbers import numbers
from modules.lab.reports.rapid import by_site
from modules.lab.reports.tubes import by_sender
from modules.lab.reports.turnaround import Lasting, lasting, turnaround

__all__ = [
    "Lasting",
    "by_sender",
    "by_site",
    "lasting",
    "numbers",
    "turnaround",
]
