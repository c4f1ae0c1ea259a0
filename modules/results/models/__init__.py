"""The tables of release, a file for each subject."""

from modules.results.models import release, telling, versions
from modules.results.models.release import CHECKED, COPIED, Release, Return
from modules.results.models.telling import Look, Telling
from modules.results.models.versions import Hold, Notice, Proposal, Version

COMPLAINTS = release.COMPLAINTS | versions.COMPLAINTS | telling.COMPLAINTS

__all__ = [
    "CHECKED",
    "COMPLAINTS",
    "COPIED",
    "Hold",
    "Look",
    "Notice",
    "Proposal",
    "Release",
    "Return",
    "Telling",
    "Version",
]
