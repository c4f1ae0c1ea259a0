"""The lists of venues, a file for each subject."""

from modules.venues.sheets.checkins import CHECKINS
from modules.venues.sheets.register import VENUES

__all__ = ["CHECKINS", "VENUES"]
