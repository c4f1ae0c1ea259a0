"""The tables of venues, a file for each subject."""

from modules.venues.models.register import COMPLAINTS as REGISTER_COMPLAINTS
from modules.venues.models.register import Counter, Entrance, Issue, Venue
from modules.venues.models.visits import COMPLAINTS as VISIT_COMPLAINTS
from modules.venues.models.visits import Checkin, Hold, Staff, Stated, Stay

COMPLAINTS = REGISTER_COMPLAINTS | VISIT_COMPLAINTS

__all__ = [
    "COMPLAINTS",
    "Checkin",
    "Counter",
    "Entrance",
    "Hold",
    "Issue",
    "Staff",
    "Stated",
    "Stay",
    "Venue",
]
