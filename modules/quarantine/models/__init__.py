"""The tables of quarantine, a file for each subject."""

from modules.quarantine.models.home import COMPLAINTS as OF_HOMES
from modules.quarantine.models.home import HomeStay, Household
from modules.quarantine.models.keeping import COMPLAINTS as OF_KEEPING
from modules.quarantine.models.keeping import Item, Parcel, Payment, Supply
from modules.quarantine.models.papers import COMPLAINTS as OF_PAPERS
from modules.quarantine.models.papers import HeadCount, Issue
from modules.quarantine.models.places import COMPLAINTS as OF_PLACES
from modules.quarantine.models.places import Bed, Facility, Room
from modules.quarantine.models.stays import COMPLAINTS as OF_STAYS
from modules.quarantine.models.stays import Claim, Episode, Leave, Movement, Party, Sharing
from modules.quarantine.models.watch import COMPLAINTS as OF_WATCH
from modules.quarantine.models.watch import Case, ClockEvent, Observation, Task

COMPLAINTS = {**OF_PLACES, **OF_STAYS, **OF_WATCH, **OF_PAPERS, **OF_HOMES, **OF_KEEPING}

__all__ = [
    "COMPLAINTS",
    "Bed",
    "Case",
    "Claim",
    "ClockEvent",
    "Episode",
    "Facility",
    "HeadCount",
    "HomeStay",
    "Household",
    "Issue",
    "Item",
    "Leave",
    "Movement",
    "Observation",
    "Parcel",
    "Party",
    "Payment",
    "Room",
    "Sharing",
    "Supply",
    "Task",
]
