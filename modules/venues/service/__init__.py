"""What people do with venues, a file for each subject."""

from modules.venues.service.checkins import (
    NewCheckin,
    correct_checkins,
    note_checkins,
    withdraw_checkins,
)
from modules.venues.service.keeping import (
    Deleted,
    delete_expired,
    hold_person,
    hold_venue,
    lift_hold,
)
from modules.venues.service.register import (
    NewVenue,
    correct,
    issue,
    name_entrances,
    register,
    revoke,
    rotate_key,
    withdraw,
)
from modules.venues.service.rules import adopt_keeping, adopt_limits, begin

__all__ = [
    "Deleted",
    "NewCheckin",
    "NewVenue",
    "adopt_keeping",
    "adopt_limits",
    "begin",
    "correct",
    "correct_checkins",
    "delete_expired",
    "hold_person",
    "hold_venue",
    "issue",
    "lift_hold",
    "name_entrances",
    "note_checkins",
    "register",
    "revoke",
    "rotate_key",
    "withdraw",
    "withdraw_checkins",
]
